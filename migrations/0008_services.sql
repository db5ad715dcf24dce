-- Help given to a child or to a mother: one act may serve several people.

create table app.service (
    id uuid primary key,
    territory_id smallint not null references ref.territory,
    territory_at smallint not null references ref.territory,
    kind text not null references ref.service_kind,
    provider text not null references ref.organisation,
    -- where it stands (domain §3.4); moved by a step alone (0024)
    state text not null constraint service_state_check check (state in ('planned', 'proposed', 'sent', 'accepted',
        'refused', 'scheduled', 'delivered', 'partial', 'no_show', 'cancelled')),
    -- the day agreed on; of a request, the day wished for until one is agreed on
    agreed_on date not null,
    delivered_on date,
    urgent boolean not null default false,
    outcome text references ref.service_outcome,
    note_enc bytea,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    payload_mac bytea not null,
    -- a protected file stands behind it, or stood: asked no further without (decision 0056)
    near_protected boolean not null default false,
    version integer not null default 1,
    -- of what was refused, this is the alternative
    replaces_id uuid references app.service,
    -- the loop is closed: how it ended is known, nothing more is expected
    closed_at timestamptz,
    constraint service_delivered_whole check ((state in ('delivered', 'partial')) = (delivered_on is not null)),
    constraint service_closed_whole check (closed_at is null or state in ('delivered', 'partial', 'refused', 'cancelled')),
    constraint service_replaces_another check (replaces_id <> id),
    constraint service_home unique (id, territory_id)
);
create index on app.service (territory_id, delivered_on);
create index on app.service (territory_at, delivered_on);
create index on app.service (kind);
create index on app.service (provider);
create index on app.service (outcome);
create index on app.service (replaces_id);
create index on app.service (recorded_by);

-- Through which file each person is served. For a mother, the effect of the decisions that day is kept:
-- urgent help under a pending decision is not counted among the four services (I12).
create table app.service_beneficiary (
    service_id uuid not null,
    person_id uuid not null references app.person,
    case_id uuid not null references app.case_file,
    territory_id smallint not null,
    mother_effect text constraint service_beneficiary_effect_check
        check (mother_effect in ('pending', 'prosecuted', 'not_prosecuted', 'no_procedure')),
    -- a mother and her children served by one act (decision 0081): the kind as which it counts for this person; null:
    -- the kind of the act
    counts_as text references ref.service_kind,
    primary key (service_id, person_id),
    foreign key (service_id, territory_id) references app.service (id, territory_id) on update cascade
);
create index on app.service_beneficiary (service_id, territory_id);
create index on app.service_beneficiary (person_id);
create index service_beneficiary_case_id_idx on app.service_beneficiary (case_id, service_id);
create index on app.service_beneficiary (counts_as);

-- An act counts for a child as help to children, for a mother as help to mothers.
create function app.service_counts() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if not exists (
        select from app.service s
        join ref.service_kind k on k.code = s.kind
        join ref.service_kind own on own.code = new.counts_as and own.audience <> k.audience
        where s.id = new.service_id
          and own.audience = case when new.mother_effect is null then 'child' else 'mother' end) then
        raise exception 'the act does not count as % for this person', new.counts_as using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger service_counts before insert on app.service_beneficiary
    for each row when (new.counts_as is not null) execute function app.service_counts();
alter function app.service_counts owner to sanad_definer;

-- What a protected child receives would tell of the child (schema D17).
create function app.hidden_services() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    hidden constant uuid[] := app.hidden_cases();
begin
    return (select coalesce(array_agg(b.service_id), '{}') from app.service_beneficiary b where b.case_id = any (hidden));
end $$;
create function app.hides_service(which uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return app.hidden_among(array(select b.case_id from app.service_beneficiary b where b.service_id = which)) <> '{}';
end $$;
grant execute on function app.hidden_services, app.hides_service to sanad_app;
alter function app.hidden_services owner to sanad_definer;
alter function app.hides_service owner to sanad_definer;

call app.protect('app.service',
    'territory_id = any ((select app.my_territories())::smallint[]) and (not near_protected or not app.hides_service(id))',
    'territory_id = any ((select app.my_territories())::smallint[]) and (not near_protected or not app.hides_service(id))');
call app.protect('app.service_beneficiary',
    'case_id = any ((select app.my_cases())::uuid[]) or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id))',
    '(territory_id = any ((select app.supervised_territories())::smallint[]) or case_id = any ((select app.my_cases())::uuid[]))
        and exists (select from app.case_file c where c.id = case_id)
        and exists (select from app.person p where p.id = person_id)');
-- no grant to update: an act moves by its steps (0024), and whom it serves is written once

-- The first protection measure of a child, whoever records it: a worker's delivered service, or a
-- prosecutor who cannot touch the file itself (schema D20). An earlier date learnt later wins.
create function app.mark_protected(which uuid, on_day date, how text) returns void
language sql security definer set search_path = pg_catalog as $$
    update app.case_file c
    set protected_measure_on = on_day, protected_measure_kind = how
    where c.id = which and (c.protected_measure_on is null or c.protected_measure_on > on_day)
$$;
alter function app.mark_protected owner to sanad_definer;

create function app.service_protects() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.mark_protected(b.case_id, s.delivered_on,
                case when k.code = 'emergency_shelter' then 'shelter' else 'service' end)
    from app.service s
    join app.service_beneficiary b on b.service_id = s.id and b.mother_effect is null
    join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind) and k.protects
    where s.id = case tg_table_name when 'service' then (to_jsonb(new)->>'id')::uuid
                                    else (to_jsonb(new)->>'service_id')::uuid end
      -- help that began protects; what nobody came to does not (decision 0063)
      and s.state in ('delivered', 'partial');
    return null;
end $$;
create trigger service_protects after update of state on app.service
    for each row execute function app.service_protects();
create trigger service_protects after insert on app.service_beneficiary
    for each row execute function app.service_protects();
alter function app.service_protects owner to sanad_definer;
