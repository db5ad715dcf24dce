-- Every table of app has row security, held even against its owner.
select c.relname || ': row security is not enabled and forced'
from pg_class c
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
  and not (c.relrowsecurity and c.relforcerowsecurity)
union all
-- Of plan, those that hold what a team is to do or name somebody; the register of the whole country has none.
select c.relname || ': row security is not enabled and forced'
from pg_class c
where c.relnamespace = 'plan'::regnamespace and c.relkind in ('r', 'p')
  and not (c.relrowsecurity and c.relforcerowsecurity)
  and exists (select from pg_policy p where p.polrelid = c.oid)
