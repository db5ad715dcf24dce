-- What was done, what was opened, what was refused (schema D24). Written by one function, in the
-- transaction of the act; read by the audit role; changed by nobody, the owner included.

create table audit.event (
    id bigint generated always as identity,
    at timestamptz not null default clock_timestamp(),
    xid xid8 not null default pg_current_xact_id(),
    actor uuid,
    assignment uuid,
    action text not null constraint event_action_check check (action ~ '^[a-z_]+\.[a-z_]+$'),
    territory_id smallint,
    object_kind text,
    object_id uuid,
    fields jsonb not null default '{}',
    reason text,
    request_id text,
    row_hash bytea not null,
    primary key (id, at)
) partition by range (at);
create table audit.event_default partition of audit.event default;
create index on audit.event (object_id, at);
create index on audit.event (actor, at);

create function audit.refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'audit rows are never changed'; end $$;
create trigger event_is_final before update or delete on audit.event
    for each row execute function audit.refuse_change();
create trigger event_is_kept before truncate on audit.event
    for each statement execute function audit.refuse_change();
create trigger event_is_kept before truncate on audit.event_default
    for each statement execute function audit.refuse_change();

-- A partition per month, made ahead of time; what falls outside lands in the default one.
create procedure audit.ensure_months(first date, months integer)
language plpgsql security definer set search_path = pg_catalog as $$
declare
    m date := date_trunc('month', first);
begin
    for i in 1..months loop
        if to_regclass('audit.event_' || to_char(m, 'YYYY_MM')) is null then
            execute format('create table audit.%I partition of audit.event for values from (%L) to (%L)',
                           'event_' || to_char(m, 'YYYY_MM'), m, m + interval '1 month');
            -- row triggers come with the parent, this one does not
            execute format('create trigger event_is_kept before truncate on audit.%I
                            for each statement execute function audit.refuse_change()',
                           'event_' || to_char(m, 'YYYY_MM'));
        end if;
        m := m + interval '1 month';
    end loop;
end $$;
call audit.ensure_months(current_date, 24);

-- The actor comes from the session of the transaction, so a caller cannot name another.
create function audit.record(action text, object_kind text, object_id uuid, territory smallint,
                             fields jsonb, reason text)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    me record;
    request text := nullif(current_setting('app.request', true), '');
    moment timestamptz := clock_timestamp();
begin
    select m.user_id, m.assignment_id into me from sec.me() m;
    insert into audit.event (at, actor, assignment, action, territory_id, object_kind, object_id, fields,
                             reason, request_id, row_hash)
    values (moment, me.user_id, me.assignment_id, record.action, territory, record.object_kind,
            record.object_id, coalesce(record.fields, '{}'), record.reason, request,
            sha256(convert_to(concat_ws(chr(31), moment, me.user_id, me.assignment_id, record.action, territory,
                   record.object_kind, record.object_id, coalesce(record.fields, '{}')::text,
                   record.reason, request), 'UTF8')));
    -- whichever page read of a protected file wrote it down here, so here its supervisors are told (0014, 0019); of
    -- broken glass they are told in other words
    if me.user_id is not null and record.object_id is not null and record.action <> 'emergency.begun'
       and record.action = any (audit.readings()) then
        perform app.tell_reading(record.object_kind, record.object_id);
    end if;
end $$;

grant execute on function audit.record to sanad_app;
grant usage on schema audit to sanad_audit;
grant select on audit.event to sanad_audit;

-- Who opened one file, for its own access log: the reader must be able to see the case.
create function audit.openings(kind text, id uuid, since timestamptz)
returns table (at timestamptz, actor uuid, action text, reason text)
language sql stable security definer set search_path = pg_catalog as $$
    select e.at, e.actor, e.action, e.reason from audit.event e, sec.me() m
    where e.object_kind = kind and e.object_id = openings.id and e.at >= since
      and e.territory_id = m.territory_id and m.role in ('social_worker', 'supervisor')
      and e.action in ('case.opened', 'case.opened_with_reason', 'mother.opened', 'child.opened')
    order by e.at desc
$$;
grant execute on function audit.openings to sanad_app;
