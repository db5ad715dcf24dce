-- Figures. The committee's sessions run as sanad_stat: it reads this schema, plan and ref, and has no
-- right on app at all.

-- Published before Sanad existed; never joined to persons (schema D10).
create table stat.historical_aggregate (
    code text primary key,
    measure text not null constraint historical_measure_check
        check (measure in ('children_protected', 'cases_handled', 'team_members')),
    unit text not null constraint historical_unit_check check (unit in ('child', 'case', 'person')),
    value integer not null constraint historical_value_check check (value >= 0),
    sex text references ref.sex,
    as_of date not null,
    "precision" text not null constraint historical_precision_check check ("precision" in ('day', 'month')),
    source text not null,
    quote text,
    -- nominal facts of its territories up to this day are inside the published total (D21)
    closes_period boolean not null default false
);
create index on stat.historical_aggregate (sex);
create table stat.historical_scope (
    aggregate text not null references stat.historical_aggregate,
    territory_id smallint not null references ref.territory,
    primary key (aggregate, territory_id)
);
create index on stat.historical_scope (territory_id);

grant select on all tables in schema stat to sanad_app, sanad_stat, sanad_job, sanad_definer;

-- The dates a committee may ask for: month ends and the dates of published aggregates (D22). Another
-- date is answered with the last such date; today is the live, provisional view.
create function stat.answerable(wanted date) returns date
language sql stable set search_path = pg_catalog as $$
    select case when wanted >= current_date then current_date else greatest(
        case when wanted = (date_trunc('month', wanted) + interval '1 month - 1 day')::date then wanted
             else (date_trunc('month', wanted) - interval '1 day')::date end,
        (select max(as_of) from stat.historical_aggregate where as_of <= wanted)) end
$$;

-- Figures up to a day, each rounded to the nearest 5 (until the full disclosure control): from a rounded
-- cell nobody can tell whether one child was added. Refuses a day off the grid, so two neighbouring days
-- cannot be subtracted. A cell that rounds to nothing is not returned, or its presence would tell that
-- there was one. Cells without a territory are the country's: too small to be told city by city.
create function stat.figures(as_of date)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
    until constant timestamptz := (figures.as_of + 1)::timestamp at time zone 'Africa/Casablanca';
    -- the month that runs is not a month yet
    month_after constant date := date_trunc('month', figures.as_of + 1);
begin
    if figures.as_of is distinct from stat.answerable(figures.as_of) then
        raise exception 'not a date of the committee''s grid' using errcode = 'invalid_parameter_value';
    end if;
    return query
    with facts as (
        -- a human being counts once, where the first of the measures was taken: in one city, under one sex, also if
        -- several records say otherwise
        (select distinct on (coalesce(l.identity_id, p.id)) 'children_protected' as measure, c.territory_at, '' as key, p.sex,
                c.protected_measure_on as day
         from app.case_file c
         join app.person p on p.id = c.child_id
         left join app.identity_link l on l.person_id = p.id and l.verdict = 'same' and l.live
         where c.void is null and c.protected_measure_on is not null
         order by coalesce(l.identity_id, p.id), c.protected_measure_on, c.opened_at, c.id)
        union all
        -- a case is handled when it has a protection measure (schema D20)
        select 'cases_handled', c.territory_at, '', '', c.protected_measure_on
        from app.case_file c
        where c.void is null and c.protected_measure_on is not null
        union all
        select 'contacts', k.territory_at, '', '', (k.observed_at at time zone 'Africa/Casablanca')::date
        from app.contact k
        where not exists (
            select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
            where s.contact_id = k.id and o.kind in ('duplicate', 'no_child_found'))
        union all
        select 'cases', c.territory_at, t.to_state, '', (c.opened_at at time zone 'Africa/Casablanca')::date
        from app.case_file c, lateral (
            select x.to_state from app.case_transition x
            where x.case_id = c.id and x.at < until order by x.at desc, x.id desc limit 1) t
        where c.void is null
        union all
        select 'services', s.territory_at, coalesce(k.parent, k.code), k.audience, s.delivered_on
        from app.service s join app.service_beneficiary b on b.service_id = s.id
        join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind)
        where s.state in ('delivered', 'partial')
          and (k.audience = 'child' or b.mother_effect in ('not_prosecuted', 'no_procedure'))
        union all
        select 'referrals', c.territory_at, '', '', (f.transmitted_at at time zone 'Africa/Casablanca')::date
        from app.judicial_file f join app.case_file c on c.id = f.case_id
        where f.transmitted_at is not null
        union all
        select 'child_decisions', c.territory_at, '', '', d.decided_on
        from app.child_decision d join app.case_file c on c.id = d.case_id
        where not exists (select from app.child_decision x where x.supersedes_id = d.id and x.decided_on <= figures.as_of)
        union all
        select 'adult_decisions', c.territory_at, d.effect, '', d.decided_on
        from app.adult_decision d join app.case_file c on c.id = d.case_id
        -- the one in force: neither corrected, nor followed by a further one
        where not exists (
            select from app.adult_decision x
            where x.file_id = d.file_id and x.person_id = d.person_id and x.decided_on <= figures.as_of
              and (x.supersedes_id = d.id
                   or ((x.decided_on, x.recorded_at, x.id) > (d.decided_on, d.recorded_at, d.id) and not exists (
                       select from app.adult_decision y where y.supersedes_id = x.id and y.decided_on <= figures.as_of))))),
    -- what a published total already holds is not counted again (D21)
    closed as (
        select s.territory_id, max(a.as_of) as up_to
        from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
        where a.closes_period group by s.territory_id),
    counted as (
        select f.* from facts f left join closed on closed.territory_id = f.territory_at
        where f.day <= figures.as_of and (closed.up_to is null or f.day > closed.up_to)),
    cells as (
        select f.measure, f.territory_at, f.key, f.sex, count(*) as n
        from counted f group by 1, 2, 3, 4
        union all
        select 'contacts_by_month', null, to_char(f.day, 'YYYY-MM'), '', count(*)
        from counted f
        where f.measure = 'contacts' and f.day < month_after and f.day >= month_after - interval '12 months'
        group by 3)
    select c.measure, c.territory_at, c.key, c.sex, (round(c.n / 5.0) * 5)::integer
    from cells c where round(c.n / 5.0) > 0;
end $$;
grant execute on function stat.answerable to sanad_app, sanad_stat, sanad_definer;
grant execute on function stat.figures to sanad_stat;
alter function stat.figures owner to sanad_definer;
