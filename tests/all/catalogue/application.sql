-- The application's role reads no session and no audit row, makes nothing, and is nobody else.
select c.oid::regclass || ': sanad_app has a right on it'
from pg_class c
where c.relnamespace::regnamespace::text in ('sec', 'audit') and c.relkind in ('r', 'p', 'v', 'm')
  and (has_any_column_privilege('sanad_app', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
       or has_table_privilege('sanad_app', c.oid, 'DELETE, TRUNCATE, TRIGGER'))
union all
select 'schema ' || n.nspname || ': sanad_app may create in it'
from pg_namespace n where has_schema_privilege('sanad_app', n.oid, 'CREATE')
union all
select 'database: ' || r.rolname || ' may create schemas or temporary tables'
from pg_roles r
where r.rolname in ('sanad_app', 'sanad_stat') and has_database_privilege(r.oid, current_database(), 'CREATE, TEMPORARY')
union all
select r.rolname || ': stands above row security'
from pg_roles r
where r.rolname like 'sanad\_%' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
union all
select m.member::regrole || ': is also ' || m.roleid::regrole
from pg_auth_members m where m.member::regrole::text in ('sanad_app', 'sanad_stat', 'sanad_job', 'sanad_audit', 'sanad_definer')
