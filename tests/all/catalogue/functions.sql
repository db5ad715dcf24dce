-- A function that runs with its owner's rights chooses its own search path; none is open to everyone.
select p.oid::regprocedure || ': SECURITY DEFINER without search_path = pg_catalog'
from pg_proc p
where p.pronamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref', 'job') and p.prosecdef
  and not 'search_path=pg_catalog' = any (coalesce(p.proconfig, '{}'))
union all
select p.oid::regprocedure || ': everyone may call it'
from pg_proc p
where p.pronamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref', 'job')
  and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
