-- Published releases (decision 0102): a month is counted once, told so that no figure tells of a few children, and never
-- changed. What is found out later about it stands in a list of corrections.

-- ——— What is counted ——————————————————————————————————————————————————————————————————————————————————————————————

-- The age at a day, in the bands of the plan; of an estimate its middle.
create function stat.age_band(earliest date, latest date, on_day date) returns text
language sql stable set search_path = pg_catalog as $$
    select coalesce((
        select b.code
        from (select age(on_day, earliest + (latest - earliest) / 2) as old) a,
             lateral (select extract(year from a.old) * 12 + extract(month from a.old) as months) m
        join ref.age_band b on b."set" = 'plan' and m.months >= b.min_months and (b.max_months is null or m.months < b.max_months)
        where on_day >= earliest
        order by b.sort limit 1), 'unknown')
$$;
grant execute on function stat.age_band to sanad_definer;

-- Exact counts up to a day, for the job that publishes and for the rounded figures below: both count the same things in the
-- same way. Cells without a territory are the country's. What children and measures are counted by besides is asked by the
-- job alone: the age of each child costs as much as all the rest.
create function stat.exact_cells(as_of date, by_trait boolean default true)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    until constant timestamptz := (exact_cells.as_of + 1)::timestamp at time zone 'Africa/Casablanca';
    -- the month that runs is not a month yet
    month_after constant date := date_trunc('month', exact_cells.as_of + 1);
begin
    return query
    with facts as (
        -- a human being counts once, where the first of the measures was taken: in one city, under one sex, also if
        -- several records say otherwise
        (select distinct on (coalesce(l.identity_id, p.id)) 'children_protected' as measure, c.territory_at, '' as key, p.sex,
                c.protected_measure_on as day,
                case when by_trait then stat.age_band(p.birth_earliest, p.birth_latest, c.protected_measure_on) end as trait,
                coalesce(o.reporting_group, 'unknown') as other_trait
         from app.case_file c
         join app.person p on p.id = c.child_id
         left join ref.nationality o on o.code = p.nationality
         left join app.identity_link l on l.person_id = p.id and l.verdict = 'same' and l.live
         where c.void is null and c.protected_measure_on is not null
         order by coalesce(l.identity_id, p.id), c.protected_measure_on, c.opened_at, c.id)
        union all
        -- a case is handled when it has a protection measure (schema D20)
        select 'cases_handled', c.territory_at, '', '', c.protected_measure_on, '', ''
        from app.case_file c
        where c.void is null and c.protected_measure_on is not null
        union all
        select 'contacts', k.territory_at, '', '', (k.observed_at at time zone 'Africa/Casablanca')::date, '', ''
        from app.contact k
        where not exists (
            select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
            where s.contact_id = k.id and o.kind in ('duplicate', 'no_child_found'))
        union all
        select 'cases', c.territory_at, t.to_state, '', (c.opened_at at time zone 'Africa/Casablanca')::date, '', ''
        from app.case_file c, lateral (
            select x.to_state from app.case_transition x
            where x.case_id = c.id and x.at < until order by x.at desc, x.id desc limit 1) t
        where c.void is null
        union all
        select 'services', s.territory_at, coalesce(k.parent, k.code), k.audience, s.delivered_on, '', ''
        from app.service s join app.service_beneficiary b on b.service_id = s.id
        join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind)
        where s.state in ('delivered', 'partial')
          and (k.audience = 'child' or b.mother_effect in ('not_prosecuted', 'no_procedure'))
        union all
        select 'referrals', c.territory_at, '', '', (f.transmitted_at at time zone 'Africa/Casablanca')::date, '', ''
        from app.judicial_file f join app.case_file c on c.id = f.case_id
        where f.transmitted_at is not null
        union all
        select 'child_decisions', c.territory_at, '', '', d.decided_on, d.kind, ''
        from app.child_decision d join app.case_file c on c.id = d.case_id
        where not exists (select from app.child_decision x where x.supersedes_id = d.id and x.decided_on <= exact_cells.as_of)
        union all
        select 'adult_decisions', c.territory_at, d.effect, '', d.decided_on, '', ''
        from app.adult_decision d join app.case_file c on c.id = d.case_id
        -- the one in force: neither corrected, nor followed by a further one
        where not exists (
            select from app.adult_decision x
            where x.file_id = d.file_id and x.person_id = d.person_id and x.decided_on <= exact_cells.as_of
              and (x.supersedes_id = d.id
                   or ((x.decided_on, x.recorded_at, x.id) > (d.decided_on, d.recorded_at, d.id) and not exists (
                       select from app.adult_decision y where y.supersedes_id = x.id and y.decided_on <= exact_cells.as_of))))),
    -- what a published total already holds is not counted again (D21)
    closed as (
        select s.territory_id, max(a.as_of) as up_to
        from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
        where a.closes_period group by s.territory_id),
    counted as (
        select f.* from facts f left join closed on closed.territory_id = f.territory_at
        where f.day <= exact_cells.as_of and (closed.up_to is null or f.day > closed.up_to))
    select f.measure, f.territory_at, f.key, f.sex, count(*)::integer
    from counted f group by 1, 2, 3, 4
    union all
    select 'contacts_by_month', null, to_char(f.day, 'YYYY-MM'), '', count(*)::integer
    from counted f
    where f.measure = 'contacts' and f.day < month_after and f.day >= month_after - interval '12 months'
    group by 3
    union all
    select 'contacts_of_month', f.territory_at, '', '', count(*)::integer
    from counted f
    where by_trait and f.measure = 'contacts' and f.day >= date_trunc('month', exact_cells.as_of)
    group by 2
    union all
    select 'children_by_age', f.territory_at, f.trait, '', count(*)::integer
    from counted f where by_trait and f.measure = 'children_protected' group by 2, 3
    union all
    select 'children_by_nationality', f.territory_at, f.other_trait, '', count(*)::integer
    from counted f where by_trait and f.measure = 'children_protected' group by 2, 3
    union all
    select 'child_decisions_by_kind', f.territory_at, f.trait, '', count(*)::integer
    from counted f where by_trait and f.measure = 'child_decisions' group by 2, 3;
end $$;
grant execute on function stat.exact_cells to sanad_job;
alter function stat.exact_cells owner to sanad_definer;

-- As before (0011), rounded and refused off the grid; counted by the function above.
set local role sanad_definer;
create or replace function stat.figures(as_of date)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    if figures.as_of is distinct from stat.answerable(figures.as_of) then
        raise exception 'not a date of the committee''s grid' using errcode = 'invalid_parameter_value';
    end if;
    return query
    select c.measure, c.territory_id, c.key, c.sex, (round(c.n / 5.0) * 5)::integer
    from stat.exact_cells(figures.as_of, by_trait => false) c
    where round(c.n / 5.0) > 0;
end $$;
set local role sanad_owner;

-- ——— What was told ————————————————————————————————————————————————————————————————————————————————————————————————

-- One month, told once. Numbers count from 0 and leave no gap.
create table stat.release (
    number integer primary key constraint release_number_check check (number >= 0),
    as_of date not null unique constraint release_month_end
        check (as_of = (date_trunc('month', as_of) + interval '1 month - 1 day')::date),
    -- the version of the rules, of what is counted and of what is withheld
    method smallint not null,
    computed_at timestamptz not null default now(),
    -- of the cells and corrections, a line each, as decision 0102 writes them
    sha256 bytea not null constraint release_sha256_check check (length(sha256) = 32)
);

-- A cell of the closed list. Without a territory it is the country's; without a part it is the total.
create table stat.published_cell (
    release integer not null references stat.release,
    table_code text not null,
    territory_id smallint references ref.territory,
    part text not null default '',
    mark text not null constraint published_cell_mark_check check (mark in ('shown', 'few', 'withheld')),
    n integer constraint published_cell_n_check check (n >= 0),
    constraint published_cell_told check ((mark = 'shown') = (n is not null)),
    constraint published_cell_once unique nulls not distinct (release, table_code, territory_id, part)
);
create index on stat.published_cell (territory_id);

-- What a later release says of a figure that was told. A smaller difference is none.
create table stat.correction (
    told_by integer not null references stat.release,
    release integer not null references stat.release,
    table_code text not null,
    territory_id smallint references ref.territory,
    part text not null default '',
    was integer not null,
    becomes integer not null constraint correction_becomes_check check (becomes >= 0),
    constraint correction_of_the_past check (release < told_by),
    constraint correction_is_not_small check (abs(becomes - was) >= 5),
    constraint correction_once unique nulls not distinct (told_by, release, table_code, territory_id, part)
);
create index on stat.correction (release);
create index on stat.correction (territory_id);

-- ——— What stands behind it, for the next release alone ————————————————————————————————————————————————————————————

-- Exact counts of the prefectures when they were told, other than 0; of an earlier month, when corrections of it were listed.
create table stat.release_count (
    told_by integer not null references stat.release,
    release integer not null references stat.release,
    table_code text not null,
    territory_id smallint not null references ref.territory,
    part text not null default '',
    n integer not null constraint release_count_n_check check (n > 0),
    constraint release_count_of_the_past check (release <= told_by),
    primary key (told_by, release, table_code, territory_id, part)
);
create index on stat.release_count (release);
create index on stat.release_count (territory_id);

-- The proofs that nothing withheld can be calculated: each is a list of cells that could all have been otherwise. A release
-- adds steps to one, or lets it go; the last word on a step counts.
create table stat.release_proof (
    told_by integer not null references stat.release,
    system text not null,
    proof integer not null,
    -- {"release", "told_by", "table_code", "territory_id", "part", "by"} each; empty: let go
    steps jsonb,
    primary key (told_by, system, proof)
);

do $$
declare
    t text;
begin
    foreach t in array array['release', 'published_cell', 'correction', 'release_count', 'release_proof'] loop
        execute format('create trigger is_final before update or delete on stat.%I
                        for each row execute function audit.refuse_change()', t);
        execute format('create trigger is_kept before truncate on stat.%I
                        for each statement execute function audit.refuse_change()', t);
    end loop;
end $$;
grant select on stat.release, stat.published_cell, stat.correction to sanad_stat, sanad_job;
grant select on stat.release_count, stat.release_proof to sanad_job;
grant select, insert on stat.release, stat.published_cell, stat.correction, stat.release_count, stat.release_proof to sanad_definer;

-- Writes a release, all of it or nothing, and the trail's row of it. The only door: nobody may write the tables.
create function stat.publish(number integer, as_of date, method smallint, sha256 bytea,
                             cells jsonb, corrections jsonb, counts jsonb, proofs jsonb)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    last record;
    told bigint;
    kept bigint;
    listed bigint;
begin
    select r.number, r.as_of into last from stat.release r order by r.number desc limit 1;
    if publish.number is distinct from coalesce(last.number + 1, 0) or publish.as_of <= last.as_of
       or publish.as_of >= (now() at time zone 'Africa/Casablanca')::date then
        raise exception 'releases follow each other, each of a month that is over' using errcode = 'check_violation';
    end if;
    insert into stat.release (number, as_of, method, sha256)
    values (publish.number, publish.as_of, publish.method, publish.sha256);
    insert into stat.published_cell (release, table_code, territory_id, part, mark, n)
    select publish.number, c.table_code, c.territory_id, c.part, c.mark, c.n
    from jsonb_to_recordset(cells) as c (table_code text, territory_id smallint, part text, mark text, n integer);
    insert into stat.correction (told_by, release, table_code, territory_id, part, was, becomes)
    select publish.number, c.release, c.table_code, c.territory_id, c.part, c.was, c.becomes
    from jsonb_to_recordset(corrections) as c (release integer, table_code text, territory_id smallint, part text,
                                               was integer, becomes integer);
    get diagnostics listed = row_count;
    insert into stat.release_count (told_by, release, table_code, territory_id, part, n)
    select publish.number, c.release, c.table_code, c.territory_id, c.part, c.n
    from jsonb_to_recordset(counts) as c (release integer, table_code text, territory_id smallint, part text, n integer);
    insert into stat.release_proof (told_by, system, proof, steps)
    select publish.number, p.system, p.proof, nullif(p.steps, 'null')
    from jsonb_to_recordset(proofs) as p (system text, proof integer, steps jsonb);
    select count(*) filter (where c.mark = 'shown'), count(*) filter (where c.mark <> 'shown') into told, kept
    from stat.published_cell c where c.release = publish.number;
    perform audit.record('figures.released', null, null, null, jsonb_build_object(
        'until', publish.as_of, 'shown', told, 'withheld', kept, 'corrections', listed,
        'sha256', encode(publish.sha256, 'hex')), null);
end $$;
grant execute on function stat.publish to sanad_job;
alter function stat.publish owner to sanad_definer;
