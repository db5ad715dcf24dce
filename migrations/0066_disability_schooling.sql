-- Disability and schooling of a child (decision 0109). Health is nobody's but theirs who work on the file: it has a table of
-- its own, and is no column of `app.person`, which every worker of the prefecture lists.

-- One row a file, once somebody has asked. What is not asked is not there, or null; "unknown" is a code of the list.
create table app.child_condition (
    case_id uuid primary key,
    territory_id smallint not null,
    -- as known now
    disability text references ref.disability,
    -- when the child's file was opened: visits and the closing report tell what became of it
    education text references ref.education_status,
    recorded_by uuid not null references sec.app_user,
    recorded_at timestamptz not null default now(),
    foreign key (case_id, territory_id) references app.case_file (id, territory_id) on update cascade
);
create index on app.child_condition (case_id, territory_id);
create index on app.child_condition (disability);
create index on app.child_condition (education);
create index on app.child_condition (recorded_by);
-- read through broken glass too: who looks for a deaf child at night must know it
call app.protect_care('app.child_condition');
grant update (disability, education, recorded_by, recorded_at) on app.child_condition to sanad_app;

-- The three parts in which disability is told outside the file. "To be examined" is not known yet.
create function stat.disability_part(code text) returns text
language sql stable as $$
    select case
        when d.code is null or d.is_missing or d.code = 'suspected' then 'unknown'
        when d.code = 'none' then 'none'
        else 'any' end
    from (select disability_part.code as asked) a left join ref.disability d on d.code = a.asked
$$;
grant execute on function stat.disability_part to sanad_definer;

-- Children with a protection measure up to a day, by disability: the same children as `children_protected` of
-- `stat.exact_cells`, each once, where the first of the measures was taken, with what that record says.
create function stat.children_by_disability(as_of date)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
    return query
    with first as (
        select distinct on (coalesce(l.identity_id, c.child_id)) c.id, c.territory_at, c.protected_measure_on as day
        from app.case_file c
        left join app.identity_link l on l.person_id = c.child_id and l.verdict = 'same' and l.live
        where c.void is null and c.protected_measure_on is not null
        order by coalesce(l.identity_id, c.child_id), c.protected_measure_on, c.opened_at, c.id),
    -- what a published total already holds is not counted again (D21)
    closed as (
        select s.territory_id, max(a.as_of) as up_to
        from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
        where a.closes_period group by s.territory_id)
    select 'children_by_disability', f.territory_at, stat.disability_part(k.disability), '', count(*)::integer
    from first f
    left join app.child_condition k on k.case_id = f.id
    left join closed on closed.territory_id = f.territory_at
    where f.day <= children_by_disability.as_of and (closed.up_to is null or f.day > closed.up_to)
    group by 2, 3;
end $$;
-- for the job that publishes, alone
grant execute on function stat.children_by_disability to sanad_job;
alter function stat.children_by_disability owner to sanad_definer;

-- ——— What the indicators read of it (0062) ——————————————————————————————————————————————————————————————————

-- Written anew: where it was asked, the answer comes before what an assessment or a visit lets one guess.
create or replace function stat.schooled_at_first(file uuid, to_day date) returns boolean
language sql stable as $$
    select coalesce(
        (select stat.attends(k.education) from app.child_condition k where k.case_id = file),
        (select false
         from (select a.id from app.assessment a
               where a.case_id = file and a.state = 'completed' and a.completed_at < stat.midnight(to_day + 1)
               order by a.seq limit 1) first
         where exists (select from app.assessment_need n
                       where n.assessment_id = first.id and n.need in ('never_enrolled', 'dropped_out'))),
        (select stat.attends(v.education) from app.visit v
         where v.case_id = file and v.done_on <= to_day and stat.attends(v.education) is not null
         order by v.done_on, v.id limit 1))
$$;
create or replace function stat.disability_known(file uuid) returns boolean
language sql stable as $$
    select exists (select from app.child_condition k
                   where k.case_id = file and stat.disability_part(k.disability) <> 'unknown')
        or exists (select from app.assessment a join app.assessment_need n on n.assessment_id = a.id and n.need = 'disability'
                   where a.case_id = file and a.state = 'completed')
$$;
create or replace function stat.education_known(file uuid) returns boolean
language sql stable as $$
    select stat.schooled_at_first(file, 'infinity') is not null
        or exists (select from app.child_condition c join ref.education_status k on k.code = c.education and not k.is_missing
                   where c.case_id = file)
        or exists (select from app.visit v join ref.education_status k on k.code = v.education and not k.is_missing
                   where v.case_id = file and v.done_on is not null)
        or exists (select from app.closing_report r join ref.education_status k on k.code = r.education and not k.is_missing
                   where r.case_id = file)
$$;
