-- The committee's role reads figures and the plan: it cannot even name a table of people.
select 'schema ' || n.nspname || ': sanad_stat may look inside'
from pg_namespace n
where n.nspname in ('app', 'sec', 'audit') and has_schema_privilege('sanad_stat', n.oid, 'USAGE, CREATE')
union all
select c.oid::regclass || ': sanad_stat has a right on it'
from pg_class c
where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit') and c.relkind in ('r', 'p', 'v', 'm', 'S')
  and (case when c.relkind = 'S' then has_sequence_privilege('sanad_stat', c.oid, 'USAGE, SELECT, UPDATE')
       else has_any_column_privilege('sanad_stat', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
           or has_table_privilege('sanad_stat', c.oid, 'DELETE, TRUNCATE, TRIGGER') end)
union all
select p.oid::regprocedure || ': sanad_stat may call it'
from pg_proc p
where p.pronamespace::regnamespace::text in ('app', 'sec', 'audit') and has_function_privilege('sanad_stat', p.oid, 'EXECUTE')
