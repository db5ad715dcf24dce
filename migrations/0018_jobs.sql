-- Background work. The queue is graphile_worker's own schema, which belongs to sanad_job; its tables are
-- made by `sanad migrate` with the migrations of that library. Nobody else reaches them: the functions
-- below are the only doors, and belong to sanad_job too.

create schema graphile_worker authorization sanad_job;
-- The library would create its schema by itself, and may not: it finds the table of its migrations.
set local role sanad_job;
create table graphile_worker.migrations (
    id integer primary key,
    ts timestamptz not null default now(),
    breaking boolean not null default false
);
set local role sanad_owner;

create schema job;
grant usage on schema job to sanad_app, sanad_job;

-- Asks for work, in the transaction of the change that needs it. A payload is an id and nothing else; a
-- kind that is not named here does not exist. Asked twice before it ran, it runs once.
create function job.enqueue(kind text, id uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if kind is null or kind <> all (array['seal_audit', 'watch_reading']) then
        raise exception 'there is no such job' using errcode = 'check_violation';
    end if;
    perform graphile_worker.add_job(
        identifier => kind, payload => json_build_object('id', enqueue.id),
        job_key => concat_ws(':', kind, enqueue.id), max_attempts => 8);
end $$;

-- What waits, runs or has failed, for administrators; what failed first.
create function job.listed()
returns table (id bigint, kind text, state text, asked_at timestamptz, run_at timestamptz, attempts smallint,
               fault text)
language plpgsql stable security definer rows 100 set search_path = pg_catalog as $$
begin
    if not exists (select from sec.me() m where m.role = 'admin') then return; end if;
    return query
    select j.id, t.identifier,
           case when j.attempts >= j.max_attempts then 'failed'
                when j.locked_at is not null then 'running'
                when j.last_error is not null then 'again'
                else 'waiting' end as state,
           j.created_at, j.run_at, j.attempts, left(j.last_error, 200)
    from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    order by (j.attempts >= j.max_attempts) desc, j.run_at, j.id
    limit 200;
end $$;

-- The work that comes by the clock, and when it was last asked for.
create function job.scheduled() returns table (kind text, last_at timestamptz)
language plpgsql stable security definer rows 5 set search_path = pg_catalog as $$
begin
    if not exists (select from sec.me() m where m.role = 'admin') then return; end if;
    return query select c.identifier, c.last_execution
    from graphile_worker._private_known_crontabs c order by c.identifier;
end $$;

-- Lets a job that failed run again, now; returns its kind, or nothing if there is none.
create function job.retry(which bigint) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    kind text;
begin
    if not exists (select from sec.me() m where m.role = 'admin') then return null; end if;
    update graphile_worker._private_jobs j
    set attempts = 0, run_at = now(), updated_at = now()
    from graphile_worker._private_tasks t
    where j.id = which and t.id = j.task_id and j.locked_at is null and j.last_error is not null
    returning t.identifier into kind;
    return kind;
end $$;

grant execute on function job.enqueue, job.listed, job.scheduled, job.retry to sanad_app;
-- they look into the tables of sanad_job, so it owns them; it may make nothing more here
grant create on schema job to sanad_job;
alter function job.enqueue owner to sanad_job;
alter function job.listed owner to sanad_job;
alter function job.scheduled owner to sanad_job;
alter function job.retry owner to sanad_job;
revoke create on schema job from sanad_job;
grant execute on function sec.me to sanad_job;

-- What the jobs themselves may do beside reading the trail (0017): partitions ahead, and away with sessions
-- that ended a day ago.
create function sec.sweep_sessions() returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    swept bigint;
begin
    delete from sec.session s where least(s.expires_at, s.idle_until) < now() - interval '1 day';
    get diagnostics swept = row_count;
    return swept;
end $$;
grant execute on function sec.sweep_sessions to sanad_job;
grant execute on procedure audit.ensure_months to sanad_job;
