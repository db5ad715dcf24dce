-- The roles of one cluster, made once by a superuser before the first migration. Idempotent.
-- No role of the application owns a table, is superuser or passes row security by.
do $$
declare
    wanted record;
begin
    for wanted in select * from (values
        ('sanad_owner',   'nologin noinherit'),          -- owns every object; migrations run as it
        ('sanad_definer', 'nologin'),                    -- owns the functions that look through row security
        ('sanad_app',     'login noinherit'),            -- the pages of social workers and prosecutors
        ('sanad_stat',    'login noinherit'),            -- the committee's pages: figures only
        ('sanad_job',     'login noinherit'),            -- background work
        ('sanad_audit',   'login noinherit')             -- reads the audit trail, nothing else
    ) as role(name, attributes) loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            execute format('create role %I %s', wanted.name, wanted.attributes);
        end if;
        execute format('alter role %I nosuperuser nocreatedb nocreaterole nobypassrls', wanted.name);
    end loop;
end $$;
grant sanad_definer to sanad_owner;
-- the migrations of the queue run as sanad_job, to whom it belongs
grant sanad_job to sanad_owner;
alter role sanad_app set statement_timeout = '5s';
alter role sanad_app set lock_timeout = '3s';
alter role sanad_app set idle_in_transaction_session_timeout = '10s';
alter role sanad_stat set statement_timeout = '5s';
alter role sanad_stat set default_transaction_read_only = on;
alter role sanad_job set statement_timeout = '60s';
alter role sanad_job set lock_timeout = '5s';
alter role sanad_job set idle_in_transaction_session_timeout = '60s';
