-- Reports (decision 0107): what somebody asks of the figures, kept under a name and shared with those of the same scope. A
-- report is a question, codes of tables, places, parts and months: it holds no figure and nobody's name, and whoever opens
-- it is answered by what they may read themselves.

create table plan.saved_report (
    id uuid primary key,
    -- the city whose own figures it asks; none: what is told to the committee
    territory_id smallint references plan.city (territory_id),
    owner_id uuid not null references sec.app_user,
    name text not null constraint saved_report_name_check check (length(name) between 1 and 120),
    -- as the address of the page has it: names of fields, each with its values
    definition jsonb not null
        constraint saved_report_definition_check check (jsonb_typeof(definition) = 'object' and length(definition::text) <= 8000),
    shared boolean not null default false,
    made_at timestamptz not null default now(),
    version integer not null default 1,
    changed_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index on plan.saved_report (territory_id, changed_at desc);
create index on plan.saved_report (owner_id);

-- The owner's, and those that are shared, each in the scope in which it was made: who changes city leaves theirs behind. Only
-- the owner changes one.
do $$
declare
    scope constant text := '(territory_id = any ((select app.my_territories())::smallint[]) or (territory_id is null and (select app.steers())))';
    mine constant text := 'owner_id = (select app.my_user())';
begin
    call app.protect('plan.saved_report', format('(shared or %s) and %s', mine, scope), format('%s and %s', mine, scope));
end $$;
revoke all on plan.saved_report from sanad_stat, sanad_job;
grant update (name, definition, shared, version, changed_at, deleted_at) on plan.saved_report to sanad_app;

-- What was deleted does not come back, and is shared no more.
create function app.saved_report_is_over() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if old.deleted_at is not null then
        raise exception 'the report was deleted' using errcode = 'check_violation', constraint = 'saved_report_over';
    end if;
    if new.deleted_at is not null then
        new.shared := false;
    end if;
    return new;
end $$;
create trigger saved_report_is_over before update on plan.saved_report
    for each row execute function app.saved_report_is_over();
alter function app.saved_report_is_over owner to sanad_definer;

-- Who made a report that is shared is named to those it is shared with.
create function app.report_owners(reports uuid[])
returns table (report uuid, name_ar text, name_la text)
language plpgsql stable security definer rows 20 set search_path = pg_catalog as $$
declare
    cities constant smallint[] := app.my_territories();
    steers constant boolean := app.steers();
    me constant uuid := app.my_user();
begin
    return query
    select r.id, u.name_ar, u.name_la
    from plan.saved_report r join sec.app_user u on u.id = r.owner_id
    where r.id = any (reports) and (r.shared or r.owner_id = me)
      and (r.territory_id = any (cities) or (r.territory_id is null and steers));
end $$;
grant execute on function app.report_owners to sanad_app;
alter function app.report_owners owner to sanad_definer;
