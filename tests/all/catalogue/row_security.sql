-- Every table of app has row security, held even against its owner.
select c.relname || ': row security is not enabled and forced'
from pg_class c
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
  and not (c.relrowsecurity and c.relforcerowsecurity)
