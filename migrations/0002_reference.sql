-- Territory, places, courts and code lists. Rows come from reference/*.csv.

create table ref.territory (
    id smallint primary key,
    kind text not null constraint territory_kind_check check (kind in ('region', 'prefecture', 'province')),
    parent_id smallint references ref.territory,
    hcp_code text not null unique,
    file_prefix text unique constraint territory_file_prefix_check check (file_prefix ~ '^[A-Z]{3}$'),
    ar text not null, fr text not null, en text not null,
    population_2024 integer,
    constraint territory_prefix_with_unit check ((kind = 'region') = (file_prefix is null))
);
create index on ref.territory (parent_id);

-- Communes and arrondissements; one cut into arrondissements is not selectable itself.
create table ref.place (
    code text primary key constraint place_code_check check (code ~ '^[0-9]{9}$'),
    kind text not null constraint place_kind_check check (kind in ('commune', 'arrondissement', 'arr_prefecture')),
    parent_code text references ref.place,
    territory_id smallint not null references ref.territory,
    ar text not null, fr text not null,
    selectable boolean not null,
    population_2024 integer
);
create index on ref.place (parent_code);
create index on ref.place (territory_id);

create table ref.court (
    id smallint primary key,
    level text not null constraint court_level_check check (level in ('tpi', 'ca')),
    parent_id smallint references ref.court,
    ar text not null, fr text not null,
    verified boolean not null
);
create index on ref.court (parent_id);

-- Which first-instance court answers for a place (schema D26): per prefecture, overridden per commune.
create table ref.jurisdiction (
    court_id smallint not null references ref.court,
    territory_id smallint not null references ref.territory,
    place_code text references ref.place,
    valid daterange not null default daterange(null, null),
    verified boolean not null default false,
    constraint jurisdiction_one_court exclude using gist
        (territory_id with =, (coalesce(place_code, '')) with =, valid with &&)
);
create index on ref.jurisdiction (court_id);
create index on ref.jurisdiction (place_code);

call ref.create_list('sex');
call ref.create_list('birth_basis');
call ref.create_list('civil_status');
call ref.create_list('education_status');
call ref.create_list('language');
call ref.create_list('disability');
call ref.create_list('reporting_group');
call ref.create_list('nationality', ', reporting_group text not null references ref.reporting_group');
call ref.create_list('age_band', ', "set" text not null, min_months smallint not null, max_months smallint');
call ref.create_list('contact_place');
call ref.create_list('circumstance');
call ref.create_list('adult_relation');
call ref.create_list('relation_proof');
call ref.create_list('contact_action');
call ref.create_list('contact_outcome');
call ref.create_list('red_flag', ', now_ar text not null, now_fr text not null, now_en text not null');
-- `trafficking`: it points to it, and the general prosecutor is proposed
call ref.create_list('exploitation_indicator', ', trafficking boolean not null default false');
call ref.create_list('need');
call ref.create_list('information_source');
call ref.create_list('consent_basis');
call ref.create_list('risk_level');
call ref.create_list('open_reason');
call ref.create_list('closure_reason');
call ref.create_list('placement_type');
call ref.create_list('service_kind', ', parent text references ref.service_kind
    , audience text not null constraint service_kind_audience_check check (audience in (''child'', ''mother''))
    , urgent boolean not null, protects boolean not null
    , counterpart text references ref.service_kind');
call ref.create_list('service_outcome');
call ref.create_list('court_change_reason');
-- `ground`: whether a supervisor may open the four services with it where there is no procedure, against a prosecution, or both
call ref.create_list('no_procedure_reason', ', ground text not null
    constraint no_procedure_reason_ground_check check (ground in (''no_procedure'', ''override'', ''any''))');
call ref.create_list('non_prosecution_reason');
-- `lasts`: it stays in force until a later one `ends` it, and a file does not close before. What it asks of the cell: a
-- task (a code of ref.task_rule) within some hours, or a service (a code of ref.service_kind)
call ref.create_list('child_decision_kind', ', protects boolean not null, task text, service text, within_hours integer
    constraint child_decision_kind_asks check (num_nonnulls(task, service) < 2 and (within_hours > 0) is not distinct from
        case when num_nonnulls(task, service) = 1 then true end)
    , lasts boolean not null, ends boolean not null, confirmed boolean not null');
call ref.create_list('adult_decision_kind', ', effect text not null
    constraint adult_decision_kind_effect_check check (effect in (''pending'', ''prosecuted'', ''not_prosecuted''))
    , needs_offence boolean not null, confirmed boolean not null');
call ref.create_list('offence', ', law text not null, article text not null, confirmed boolean not null');
call ref.create_list('org_type');
call ref.create_list('meeting_kind');
call ref.create_list('seat_sector');

create index on ref.nationality (reporting_group);
create index on ref.service_kind (parent);
create index on ref.service_kind (counterpart);

-- Hours a case may stay in a state, by risk (domain §3.2): operational targets, not law. A city may have its own;
-- a row without a city is for all the others.
create table ref.case_target (
    id smallint generated always as identity primary key,
    territory_id smallint references ref.territory,
    state text not null,
    risk text not null references ref.risk_level,
    hours integer not null constraint case_target_hours_check check (hours > 0),
    constraint case_target_one unique nulls not distinct (territory_id, state, risk)
);
create index on ref.case_target (risk);
create index on ref.case_target (territory_id);

-- The hours of a place: its own, else those of all.
create function ref.target_hours(place smallint, state text, risk text) returns integer
language sql stable set search_path = pg_catalog as $$
    select t.hours from ref.case_target t
    where t.state = target_hours.state and t.risk = target_hours.risk
      and (t.territory_id = place or t.territory_id is null)
    order by t.territory_id nulls last limit 1
$$;
grant execute on function ref.target_hours to sanad_app, sanad_definer;

-- Providers and partners. Names change with governments: they carry dates (schema D12).
create table ref.organisation (
    code text primary key constraint organisation_code_check check (code ~ '^[a-z0-9_]+$'),
    type text not null references ref.org_type,
    territory_id smallint references ref.territory,
    parent_code text references ref.organisation
);
create index on ref.organisation (type);
create index on ref.organisation (territory_id);
create index on ref.organisation (parent_code);

create table ref.organisation_name (
    organisation_code text not null references ref.organisation,
    lang text not null constraint organisation_name_lang_check check (lang in ('ar', 'fr', 'en')),
    name text not null,
    valid daterange not null,
    constraint organisation_name_one exclude using gist
        (organisation_code with =, lang with =, valid with &&)
);

-- A print of the files as last loaded, one row: a start does not load again what has not changed.
create table ref.load (
    one boolean primary key default true constraint load_one_check check (one),
    sha256 bytea not null
);
revoke all on ref.load from sanad_app, sanad_stat, sanad_job;

-- Numbers people say on the telephone (schema D0). Gaps allowed, reuse never.
create table ref.number_counter (
    kind text not null constraint number_counter_kind_check check (kind in ('case', 'receipt', 'judicial')),
    territory_id smallint not null references ref.territory,
    year smallint not null,
    last integer not null,
    primary key (kind, territory_id, year)
);
create index on ref.number_counter (territory_id);
revoke all on ref.number_counter from sanad_app, sanad_stat, sanad_job;

-- SAL-2026-00151-T, R-SAL-2026-00151-T, J-SAL-2026-00151-T: the letter is the number mod 23.
create function ref.next_number(kind text, territory smallint, on_day date) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
    n integer;
    prefix text;
begin
    insert into ref.number_counter as c (kind, territory_id, year, last)
    values (next_number.kind, territory, extract(year from on_day), 1)
    on conflict on constraint number_counter_pkey do update set last = c.last + 1
    returning c.last into n;
    select t.file_prefix into strict prefix from ref.territory t where t.id = territory;
    return case next_number.kind when 'receipt' then 'R-' when 'judicial' then 'J-' else '' end
        || prefix || '-' || to_char(on_day, 'YYYY') || '-' || lpad(n::text, greatest(5, length(n::text)), '0') || '-'
        || substr('ABCDEFGHJKLMNPQRSTVWXYZ', n % 23 + 1, 1);
end $$;
grant execute on function ref.next_number to sanad_app;
