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
-- cannot be subtracted.
create function stat.figures(as_of date)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if as_of is distinct from stat.answerable(as_of) then
        raise exception 'not a date of the committee''s grid' using errcode = 'invalid_parameter_value';
    end if;
    return query
    with until as (select (as_of + 1)::timestamp at time zone 'Africa/Casablanca' as instant),
    -- what a published total already holds is not counted again
    closed as (
        select s.territory_id, max(a.as_of) as up_to
        from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
        where a.closes_period group by s.territory_id),
    cells as (
        select 'children_protected' as measure, c.territory_at, '' as key, p.sex, count(distinct coalesce(l.identity_id, p.id)) as n
        from app.case_file c
        join app.person p on p.id = c.child_id
        left join app.identity_link l on l.person_id = p.id and l.verdict = 'same' and l.live
        left join closed on closed.territory_id = c.territory_at
        where c.void is null and c.protected_measure_on <= as_of
          and (closed.up_to is null or c.protected_measure_on > closed.up_to)
        group by 2, 4
        union all
        select 'contacts', k.territory_at, '', '', count(*) from app.contact k, until
        where k.observed_at < until.instant
          and not exists (select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
                          where s.contact_id = k.id and o.kind in ('duplicate', 'no_child_found'))
        group by 2
        union all
        select 'cases', c.territory_at, t.to_state, '', count(*)
        from app.case_file c, until, lateral (
            select x.to_state from app.case_transition x
            where x.case_id = c.id and x.at < until.instant order by x.at desc, x.id desc limit 1) t
        where c.void is null
        group by 2, 3
        union all
        select 'services', s.territory_at, coalesce(k.parent, k.code), k.audience, count(*)
        from app.service s join ref.service_kind k on k.code = s.kind
        join app.service_beneficiary b on b.service_id = s.id
        where s.state = 'delivered' and s.delivered_on <= as_of
          and (k.audience = 'child' or b.mother_effect in ('not_prosecuted', 'no_procedure'))
        group by 2, 3, 4
        union all
        select 'referrals', c.territory_at, '', '', count(*)
        from app.judicial_file f join app.case_file c on c.id = f.case_id, until
        where f.transmitted_at < until.instant
        group by 2
        union all
        select 'child_decisions', c.territory_at, '', '', count(*)
        from app.child_decision d join app.case_file c on c.id = d.case_id
        where d.decided_on <= as_of and not exists (select from app.child_decision x where x.supersedes_id = d.id)
        group by 2
        union all
        select 'adult_decisions', c.territory_at, d.effect, '', count(*)
        from app.adult_decision d join app.case_file c on c.id = d.case_id
        where d.decided_on <= as_of and not exists (select from app.adult_decision x where x.supersedes_id = d.id)
        group by 2, 3)
    select c.measure, c.territory_at, c.key, c.sex, (round(c.n / 5.0) * 5)::integer from cells c;
end $$;
grant execute on function stat.answerable to sanad_app, sanad_stat, sanad_definer;
grant execute on function stat.figures to sanad_stat;
alter function stat.figures owner to sanad_definer;
