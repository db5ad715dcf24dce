-- A view reads as the reader, or it would show what its owner may see.
select c.oid::regclass || ': not security_invoker'
from pg_class c
where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref') and c.relkind = 'v'
  and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'
union all
-- and none is stored: row security does not hold stored views
select c.oid::regclass || ': materialised'
from pg_class c
where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit', 'stat', 'plan', 'ref') and c.relkind = 'm'
