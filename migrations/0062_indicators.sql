-- The indicators I1 to I24 (domain §6; decision 0104; docs/indicators.md works each of them out). One definition each, in one
-- place: the figures of a city, exact and between two days, and those of all cities for the release of a month come from the
-- same functions.
--
-- Each function of facts gives, of one subject, a row for every thing that is counted:
--   hits    1 if it is in the numerator, else 0; of what is counted in lots, how many
--   total   1 if it is in the denominator; of a count null
--   days    of what lasts, once its end is known
-- `lo` and `hi` are the prefectures from one number to another: one city is (n, n), all of them (0, 32767). Day `to_day` is
-- the day as of which one looks; both days are within. None of these functions has a search path of its own, so that they
-- become part of the question that asks them; none has rights of its own.

-- ——— Days and hours —————————————————————————————————————————————————————————————————————————————————————————————————

create function stat.midnight(on_day date) returns timestamptz
language sql immutable as $$ select on_day::timestamp at time zone 'Africa/Casablanca' $$;
create function stat.day_of(moment timestamptz) returns date
language sql immutable as $$ select (moment at time zone 'Africa/Casablanca')::date $$;
-- When the day as of which one looks is over, or now, if it is not.
create function stat.end_of(to_day date) returns timestamptz
language sql stable as $$ select least(stat.midnight(to_day + 1), now()) $$;

-- From sunset to six in the morning (I3). The sun of Rabat, by the usual equation of time and declination: further east and
-- west it sets up to half an hour earlier or later.
create function stat.is_night(moment timestamptz) returns boolean
language sql immutable as $$
    with sun as (
        select 2 * pi() * (extract(doy from moment at time zone 'UTC') - 1)::float8 / 365 as g,
               extract(epoch from (moment at time zone 'UTC')::time)::float8 / 60 as minute,
               (moment at time zone 'Africa/Casablanca')::time as clock),
    sky as (
        select s.*,
               0.006918 - 0.399912 * cos(g) + 0.070257 * sin(g) - 0.006758 * cos(2 * g) + 0.000907 * sin(2 * g)
                   - 0.002697 * cos(3 * g) + 0.00148 * sin(3 * g) as declination,
               229.18 * (0.000075 + 0.001868 * cos(g) - 0.032077 * sin(g) - 0.014615 * cos(2 * g) - 0.040849 * sin(2 * g))
                   as equation
        from sun s)
    select clock < time '06:00'
        or (clock >= time '12:00'
            and minute >= 720 - 4 * (-6.84) - equation
                + 4 * degrees(acos(cos(radians(90.833)) / (cos(radians(34.02)) * cos(declination))
                                   - tan(radians(34.02)) * tan(declination))))
    from sky
$$;

-- Hours within which a child of that risk is answered for (I6): practice between agencies, no law.
create function stat.response_hours(risk text) returns integer
language sql immutable as $$ select case risk when 'high' then 24 when 'medium' then 72 else 168 end $$;

-- What a published total already holds, by prefecture (D21).
create function stat.closed_periods() returns table (territory_id smallint, up_to date)
language sql stable as $$
    select s.territory_id, max(a.as_of)
    from stat.historical_aggregate a join stat.historical_scope s on s.aggregate = a.code
    where a.closes_period group by s.territory_id
$$;

-- ——— Whom and what one looks at ——————————————————————————————————————————————————————————————————————————————————————

-- The files of every human being who has one in these prefectures, wherever the others are: records that are said to be of
-- one child are one.
create function stat.files_of_humans(lo smallint, hi smallint)
returns table (human uuid, case_id uuid, child_id uuid, territory_id smallint, opened_at timestamptz, protected_on date)
language sql stable as $$
    with mine as (
        select distinct coalesce(l.identity_id, c.child_id) as human
        from app.case_file c
        left join app.identity_link l on l.person_id = c.child_id and l.verdict = 'same' and l.live
        where c.void is null and c.territory_at between lo and hi)
    select m.human, c.id, c.child_id, c.territory_at, c.opened_at, c.protected_measure_on
    from mine m
    left join app.identity_link o on o.identity_id = m.human and o.verdict = 'same' and o.live
    join app.case_file c on c.child_id = coalesce(o.person_id, m.human) and c.void is null
$$;

-- A child where, when and as it was registered first.
create function stat.first_registered(lo smallint, hi smallint, from_day date, to_day date)
returns table (human uuid, case_id uuid, child_id uuid, territory_id smallint, on_day date)
language sql stable as $$
    select f.human, f.case_id, f.child_id, f.territory_id, stat.day_of(f.opened_at)
    from (select distinct on (r.human) r.human, r.case_id, r.child_id, r.territory_id, r.opened_at
          from stat.files_of_humans(lo, hi) r
          order by r.human, r.opened_at, r.case_id) f
    where f.territory_id between lo and hi and stat.day_of(f.opened_at) between from_day and to_day
$$;

-- A child where, when and as it was protected first, as `children_protected` of the releases counts it.
create function stat.first_protected(lo smallint, hi smallint, from_day date, to_day date)
returns table (human uuid, child_id uuid, territory_id smallint, on_day date)
language sql stable as $$
    select f.human, f.child_id, f.territory_id, f.protected_on
    from (select distinct on (r.human) r.human, r.child_id, r.territory_id, r.protected_on
          from stat.files_of_humans(lo, hi) r
          where r.protected_on is not null
          order by r.human, r.protected_on, r.opened_at, r.case_id) f
    left join stat.closed_periods() x on x.territory_id = f.territory_id
    where f.territory_id between lo and hi and f.protected_on between from_day and to_day
      and (x.up_to is null or f.protected_on > x.up_to)
$$;

-- The days on which the children of these prefectures were met begging: at contacts that were sorted and linked to one of the
-- files of the child, in whatever city (I13; `families::refound` says the same of one child).
create function stat.days_met(lo smallint, hi smallint) returns table (human uuid, on_day date)
language sql stable as $$
    select f.human, stat.day_of(k.observed_at)
    from stat.files_of_humans(lo, hi) f
    join app.contact_outcome w on w.case_id = f.case_id
    join app.contact_child s on s.id = w.contact_child_id
    join app.contact k on k.id = s.contact_id and k.state = 'triaged'
$$;

-- ——— Children: I1, I2, I13, I21 ——————————————————————————————————————————————————————————————————————————————————————

create function stat.facts_of_children(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with protected as (
        select f.*, p.sex from stat.first_protected(lo, hi, '-infinity', to_day) f join app.person p on p.id = f.child_id),
    cohort as (
        select x.human, x.territory_id, x.on_day, d.part, d.span
        from protected x, (values ('', 90), ('d180', 180), ('d365', 365)) d (part, span)
        where x.on_day >= from_day and x.on_day + d.span <= to_day and x.on_day + d.span < stat.day_of(now())),
    again as (
        select distinct c.human, c.part
        from cohort c
        join stat.days_met(lo, hi) m on m.human = c.human and m.on_day > c.on_day and m.on_day <= c.on_day + c.span),
    registered as (
        select f.*, p.sex, stat.age_band(p.birth_earliest, p.birth_latest, f.on_day) as band
        from stat.first_registered(lo, hi, from_day, to_day) f join app.person p on p.id = f.child_id)
    -- I1: children with a first protection measure up to the day
    select x.territory_id, 'I1', '', 1, null::integer, null::numeric from protected x
    union all
    select x.territory_id, 'I1', 'sex.' || x.sex, 1, null, null from protected x
    union all
    select x.territory_id, 'I1', 'girls', (x.sex = 'F')::integer, 1, null from protected x
    -- I2: children registered for the first time within the period
    union all
    select x.territory_id, 'I2', '', 1, null, null from registered x
    union all
    select x.territory_id, 'I2', 'sex.' || x.sex, 1, null, null from registered x
    union all
    select x.territory_id, 'I2', 'age.' || x.band, 1, null, null from registered x
    -- I13: of the children protected within the period whose d days are over, those met begging again within them
    union all
    select c.territory_id, 'I13', c.part, (a.human is not null)::integer, 1, null
    from cohort c left join again a on a.human = c.human and a.part = c.part
    -- I21: children protected up to the day, for each hundred thousand inhabitants (HCP, RGPH 2024)
    union all
    select t.id, 'I21', '', (select count(*) from protected x where x.territory_id = t.id)::integer, t.population_2024, null
    from ref.territory t
    where t.id between lo and hi and t.kind <> 'region' and t.population_2024 is not null
$$;

-- ——— The street: I3 ———————————————————————————————————————————————————————————————————————————————————————————————————

-- Contacts that count: not those with a child sorted as a double or as no child.
create function stat.counted_contacts(lo smallint, hi smallint, from_day date, to_day date)
returns table (contact_id uuid, territory_id smallint, on_day date, by_night boolean)
language sql stable as $$
    select k.id, k.territory_at, stat.day_of(k.observed_at), stat.is_night(k.observed_at)
    from app.contact k
    where k.territory_at between lo and hi
      and stat.day_of(k.observed_at) between from_day and to_day
      and not exists (
          select from app.contact_child s join app.contact_outcome o on o.contact_child_id = s.id
          where s.contact_id = k.id and o.kind in ('duplicate', 'no_child_found'))
$$;

create function stat.facts_of_streets(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    -- I3: contacts; children seen at each; those by night
    select k.territory_id, 'I3', '', 1, null::integer, null::numeric
    from stat.counted_contacts(lo, hi, from_day, to_day) k
    union all
    select k.territory_id, 'I3', 'children',
           (select count(*) from app.contact_child s where s.contact_id = k.contact_id)::integer, 1, null
    from stat.counted_contacts(lo, hi, from_day, to_day) k
    union all
    select k.territory_id, 'I3', 'night', k.by_night::integer, 1, null
    from stat.counted_contacts(lo, hi, from_day, to_day) k
$$;

-- ——— Load: I4, I24 ————————————————————————————————————————————————————————————————————————————————————————————————————

create function stat.facts_of_load(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with active as (
        -- who has the work has the file: where it is now. Its state is that of the day
        select c.id, c.territory_id
        from app.case_file c
        cross join lateral (
            select x.to_state from app.case_transition x
            where x.case_id = c.id and x.at < stat.end_of(to_day) order by x.at desc, x.id desc limit 1) t
        where c.void is null and c.territory_id between lo and hi and t.to_state <> 'closed'),
    worker as (
        select a.user_id, a.territory_id, a.role
        from sec.role_assignment a
        where a.role in ('social_worker', 'supervisor') and a.territory_id between lo and hi and a.valid @> to_day),
    led as (
        select a.user_id, a.territory_id, count(*) as files
        from app.case_assignment a join active c on c.id = a.case_id
        where a.kind = 'lead' and a.since < stat.end_of(to_day) and (a.until is null or a.until >= stat.end_of(to_day))
        group by 1, 2),
    task as (
        -- what was owed at the end of the day and not done; how late it was
        select t.territory_id, t.due_at < stat.end_of(to_day) as is_late,
               extract(epoch from stat.end_of(to_day) - t.due_at) / 86400 as late_by
        from app.task t join app.case_file c on c.id = t.case_id and c.void is null
        where t.territory_id between lo and hi and t.owed_at < stat.end_of(to_day)
          and (t.done_at is null or t.done_at >= stat.end_of(to_day)))
    -- I4: files that are open, for each social worker in post
    select x.territory_id, 'I4', '', sum(x.files)::integer, sum(x.workers)::integer, null::numeric
    from (select c.territory_id, 1 as files, 0 as workers from active c
          union all
          select w.territory_id, 0, 1 from worker w where w.role = 'social_worker') x
    group by 1
    union all
    -- workers who lead more than twenty-five of them
    select w.territory_id, 'I4', 'over_25', (coalesce(l.files, 0) > 25)::integer, 1, null
    from worker w left join led l on l.user_id = w.user_id and l.territory_id = w.territory_id
    where w.role = 'social_worker'
    union all
    -- social workers for each supervisor
    select w.territory_id, 'I4', 'supervision', (w.role = 'social_worker')::integer, (w.role = 'supervisor')::integer, null
    from worker w
    -- I24: of what is owed, what is past its time; and for how long
    union all
    select t.territory_id, 'I24', '', t.is_late::integer, 1, null from task t
    union all
    select t.territory_id, 'I24', d.part, 1, null, null
    from task t
    join (values ('week', 0, 7), ('month', 7, 30), ('longer', 30, 100000)) d (part, above, upto)
        on t.late_by > d.above and t.late_by <= d.upto
    where t.is_late
$$;

-- ——— In time: I5, I6, I7, I8, I9, I18 —————————————————————————————————————————————————————————————————————————————————

-- Files that were opened from a contact which was sorted within the period, once their time is over: whether something was
-- done for the child in time. That is the first of: a move of the file, help given, a notice or a file sent to the prosecution,
-- a place asked for. The risk is that of the sorting.
create function stat.responses(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, case_id uuid, risk text, in_time boolean)
language sql stable as $$
    select x.territory_at, x.id, x.risk, coalesce(x.acted_at <= x.until, false)
    from (
        select c.territory_at, c.id, r.risk,
               k.triaged_at + make_interval(hours => stat.response_hours(r.risk)) as until,
               least((select min(t.at) from app.case_transition t where t.case_id = c.id and t.from_state is not null),
                     (select min(s.at) from app.service_beneficiary b
                      join app.service_step s on s.service_id = b.service_id and s.to_state in ('delivered', 'partial')
                      where b.case_id = c.id),
                     (select min(d.sent_at) from app.disclosure d where d.case_id = c.id),
                     (select min(h.requested_at) from app.bed_hold h where h.case_id = c.id)) as acted_at
        from app.case_file c
        join app.case_episode e on e.case_id = c.id and e.seq = 1
        join app.contact k on k.id = e.source_contact_id and k.triaged_at >= stat.midnight(from_day)
            and k.triaged_at < stat.midnight(to_day + 1)
        cross join lateral (
            select coalesce((select g.from_risk from app.risk_change g where g.case_id = c.id order by g.at, g.id limit 1),
                            e.risk) as risk) r
        where c.void is null and c.territory_at between lo and hi) x
    where x.until <= stat.end_of(to_day)
$$;

-- What was due within the period, in the state `assessment` or `planning` of an episode, and whether it was done by then: an
-- assessment completed, a plan approved. What a closing made needless before its day is left out.
create function stat.steps_due(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, case_id uuid, episode_id uuid, is_plan boolean, in_time boolean)
language sql stable as $$
    select x.territory_at, x.case_id, x.episode_id, x.is_plan, coalesce(x.finished_at <= x.due_at, false)
    from (
        select c.territory_at, t.case_id, t.episode_id, t.rule = 'step_planning' as is_plan, t.due_at, t.done_at,
               case t.rule
                   when 'step_assessment' then (select min(a.completed_at) from app.assessment a
                                                where a.episode_id = t.episode_id and a.state = 'completed')
                   else (select min(p.answered_at) from app.care_plan p
                         where p.episode_id = t.episode_id and p.state in ('approved', 'superseded')) end as finished_at
        from app.task t join app.case_file c on c.id = t.case_id and c.void is null
        where t.rule in ('step_assessment', 'step_planning') and c.territory_at between lo and hi
          and t.due_at >= stat.midnight(from_day) and t.due_at < stat.end_of(to_day)) x
    where x.finished_at is not null or x.done_at is null or x.done_at >= x.due_at
$$;

create function stat.facts_of_time(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with opened as (
        -- files opened within the period: the day the child was met, and of the first help
        select c.territory_at as territory_id,
               least(stat.day_of(c.opened_at), (
                   select min(stat.day_of(k.observed_at)) from app.contact_outcome o
                   join app.contact_child s on s.id = o.contact_child_id
                   join app.contact k on k.id = s.contact_id
                   where o.case_id = c.id)) as met_on,
               (select min(s.delivered_on) from app.service_beneficiary b
                join app.service s on s.id = b.service_id and s.state in ('delivered', 'partial') and s.delivered_on <= to_day
                where b.case_id = c.id and b.mother_effect is null) as helped_on
        from app.case_file c
        where c.void is null and c.territory_at between lo and hi
          and stat.day_of(c.opened_at) between from_day and to_day),
    review as (
        -- days on which a plan was to be looked at again, and when it was: by a review, or by another plan. The first day
        -- of a plan that was reviewed is not kept, and not counted
        select p.episode_id, p.case_id, d.due_at,
               least((select min(x.reviewed_at) from app.plan_review x where x.plan_id = p.id and x.reviewed_at > d.since),
                     (select min(n.submitted_at) from app.care_plan n
                      where n.episode_id = p.episode_id and n.seq > p.seq)) as done_at
        from app.care_plan p
        cross join lateral (
            select r.next_due_at as due_at, r.reviewed_at as since from app.plan_review r where r.plan_id = p.id
            union all
            select p.review_due_at, p.answered_at
            where not exists (select from app.plan_review r where r.plan_id = p.id)) d
        where p.state in ('approved', 'superseded') and d.due_at >= stat.midnight(from_day) and d.due_at < stat.end_of(to_day)),
    sent as (
        -- requests sent within the period
        select s.territory_at as territory_id, x.at as sent_at, s.closed_at,
               exists (select from app.service_step y
                       where y.service_id = x.service_id and y.seq > x.seq and y.at < stat.midnight(to_day + 1)
                         and y.to_state in ('accepted', 'scheduled', 'delivered', 'partial')) as is_accepted
        from app.service_step x join app.service s on s.id = x.service_id
        where x.to_state = 'sent' and s.territory_at between lo and hi
          and x.at >= stat.midnight(from_day) and x.at < stat.midnight(to_day + 1)),
    closed as (
        -- episodes closed within the period
        select c.territory_at as territory_id, e.closure_reason, e.closed_at,
               stat.day_of(e.closed_at) - stat.day_of(e.opened_at) as lasted,
               exists (select from app.case_episode n where n.case_id = e.case_id and n.seq > e.seq
                       and n.opened_at <= e.closed_at + interval '180 days') as is_reopened
        from app.case_episode e join app.case_file c on c.id = e.case_id and c.void is null
        where c.territory_at between lo and hi
          and e.closed_at >= stat.midnight(from_day) and e.closed_at < stat.midnight(to_day + 1))
    -- I5: days from the first contact to the first help; who has had none is counted and is in no median
    select x.territory_id, 'I5', '', (x.helped_on is not null)::integer, 1,
           case when x.helped_on is not null then greatest(x.helped_on - x.met_on, 0)::numeric end
    from opened x
    -- I6: something done for the child within the hours of its risk
    union all
    select x.territory_id, 'I6', p.part, x.in_time::integer, 1, null
    from stat.responses(lo, hi, from_day, to_day) x, lateral (values (''), ('risk.' || x.risk)) p (part)
    -- I7: assessments completed, and plans approved, by the day they were due
    union all
    select x.territory_id, 'I7', case when x.is_plan then 'plan' else '' end, x.in_time::integer, 1, null
    from stat.steps_due(lo, hi, from_day, to_day) x
    -- I8: visits made by the day they were due; plans looked at again by theirs. What is due today may still be done
    union all
    select v.territory_at, 'I8', '', coalesce(v.done_on <= v.due_on, false)::integer, 1, null
    from app.visit v join app.case_file c on c.id = v.case_id and c.void is null
    where v.territory_at between lo and hi and v.due_on between from_day and to_day and v.due_on < stat.day_of(now())
      and not (v.missed_reason is not distinct from 'file_closed' and v.missed_on <= v.due_on)
    union all
    select c.territory_at, 'I8', 'review', coalesce(x.done_at <= x.due_at, false)::integer, 1, null
    from review x
    join app.case_file c on c.id = x.case_id and c.void is null and c.territory_at between lo and hi
    join app.case_episode e on e.id = x.episode_id
    where e.closed_at is null or e.closed_at >= x.due_at
    -- I9: requests that were accepted; of those whose thirty days are over, those whose outcome was written down within them
    union all
    select x.territory_id, 'I9', '', x.is_accepted::integer, 1, null from sent x
    union all
    select x.territory_id, 'I9', 'outcome', coalesce(x.closed_at <= x.sent_at + interval '30 days', false)::integer, 1, null
    from sent x where x.sent_at + interval '30 days' <= stat.end_of(to_day)
    -- I18: days from the opening to the closing; why files were closed; closed with their objectives met; of those whose 180
    -- days are over, opened again within them
    union all
    select x.territory_id, 'I18', '', 1, 1, x.lasted::numeric from closed x
    union all
    select x.territory_id, 'I18', 'reason.' || x.closure_reason, 1, null, null from closed x
    union all
    select x.territory_id, 'I18', 'met', (x.closure_reason = 'objectives_met')::integer, 1, null from closed x
    union all
    select x.territory_id, 'I18', 'reopened', x.is_reopened::integer, 1, null
    from closed x where x.closed_at + interval '180 days' <= stat.end_of(to_day)
$$;

-- ——— The prosecution: I10, I11, I19 ————————————————————————————————————————————————————————————————————————————————————

-- Each adult with a decision in force, of those taken within the period: one row a human being, under the decision that the
-- fork goes by (prosecuted before pending before not prosecuted), where that was taken.
create function stat.adults_decided(lo smallint, hi smallint, from_day date, to_day date)
returns table (human uuid, territory_id smallint, effect text, relation text)
language sql stable as $$
    with mine as (
        select distinct coalesce(l.identity_id, d.person_id) as human
        from app.adult_decision d join app.case_file c on c.id = d.case_id and c.territory_at between lo and hi
        left join app.identity_link l on l.person_id = d.person_id and l.verdict = 'same' and l.live
        where d.decided_on between from_day and to_day),
    in_force as (
        select m.human, c.territory_at, d.effect, a.relation_claimed, d.decided_on, d.id
        from mine m
        left join app.identity_link o on o.identity_id = m.human and o.verdict = 'same' and o.live
        join app.adult_decision d on d.person_id = coalesce(o.person_id, m.human) and d.decided_on between from_day and to_day
        join app.judicial_adult a on a.file_id = d.file_id and a.person_id = d.person_id
        join app.case_file c on c.id = d.case_id
        where not exists (
            select from app.adult_decision x
            where x.file_id = d.file_id and x.person_id = d.person_id and x.decided_on <= to_day
              and (x.supersedes_id = d.id
                   or ((x.decided_on, x.recorded_at, x.id) > (d.decided_on, d.recorded_at, d.id) and not exists (
                       select from app.adult_decision y where y.supersedes_id = x.id and y.decided_on <= to_day)))))
    select x.human, x.territory_at, x.effect, x.relation_claimed
    from (select distinct on (f.human) f.* from in_force f
          order by f.human, array_position(array['prosecuted', 'pending', 'not_prosecuted'], f.effect), f.decided_on, f.id) x
    where x.territory_at between lo and hi
$$;

create function stat.facts_of_prosecution(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with sent as (
        select c.territory_at as territory_id, f.id, f.transmitted_at, f.received_at, f.joined_to, t.level
        from app.judicial_file f
        join app.case_file c on c.id = f.case_id and c.territory_at between lo and hi
        join ref.court t on t.id = f.court_id
        where f.transmitted_at < stat.midnight(to_day + 1)),
    -- what was joined to another procedure is decided there
    received as (
        select s.* from sent s
        where s.received_at >= stat.midnight(from_day) and s.received_at < stat.midnight(to_day + 1) and s.joined_to is null),
    opened as (
        select c.territory_at as territory_id, c.id, c.child_id
        from app.case_file c
        where c.void is null and c.territory_at between lo and hi
          and stat.day_of(c.opened_at) between from_day and to_day)
    -- I10: files sent to the prosecution; those received; from the receipt to the first measure for the child, and to the first
    -- decision on each adult that is not a pending one
    select s.territory_id, 'I10', '', 1, null::integer, null::numeric from sent s where s.transmitted_at >= stat.midnight(from_day)
    union all
    select s.territory_id, 'I10', 'received', 1, null, null
    from sent s where s.received_at >= stat.midnight(from_day) and s.received_at < stat.midnight(to_day + 1)
    union all
    select r.territory_id, 'I10', 'child_decision', (x.first_on is not null)::integer, 1,
           case when x.first_on is not null then greatest(x.first_on - stat.day_of(r.received_at), 0)::numeric end
    from received r,
         lateral (select min(d.decided_on) as first_on from app.child_decision d where d.file_id = r.id and d.decided_on <= to_day) x
    union all
    select r.territory_id, 'I10', 'adult_decision', (x.first_on is not null)::integer, 1,
           case when x.first_on is not null then greatest(x.first_on - stat.day_of(r.received_at), 0)::numeric end
    from received r join app.judicial_adult a on a.file_id = r.id,
         lateral (select min(d.decided_on) as first_on from app.adult_decision d
                  where d.file_id = a.file_id and d.person_id = a.person_id and d.effect <> 'pending'
                    and d.decided_on <= to_day) x
    -- I11: of the adults with a settled decision, those who are prosecuted; by the relation they said they had; how many there
    -- are; and those whose decision is pending, apart
    union all
    select a.territory_id, 'I11', p.part, (a.effect = 'prosecuted')::integer, 1, null
    from stat.adults_decided(lo, hi, from_day, to_day) a, lateral (values (''), ('relation.' || a.relation)) p (part)
    where a.effect <> 'pending'
    union all
    select a.territory_id, 'I11', a.effect, 1, null, null
    from stat.adults_decided(lo, hi, from_day, to_day) a where a.effect in ('prosecuted', 'pending')
    -- I19: of the files opened within the period, those of a child who has a brother or a sister with a file, or shares an
    -- adult with another child who has one; those with a sign of trafficking; and of the files sent, those that went to a
    -- general prosecutor
    union all
    select o.territory_id, 'I19', '', (
               exists (select from app.relationship r
                       join app.case_file x on x.void is null and x.child_id <> o.child_id
                           and x.child_id = case when r.from_person = o.child_id then r.to_person else r.from_person end
                       where r.kind = 'sibling' and r.claim <> 'refuted' and o.child_id in (r.from_person, r.to_person))
               or exists (select from app.relationship r
                          join app.relationship other on other.from_person = r.from_person and other.to_person <> o.child_id
                              and other.kind <> 'sibling' and other.claim <> 'refuted'
                          join app.case_file x on x.child_id = other.to_person and x.void is null
                          where r.to_person = o.child_id and r.kind <> 'sibling' and r.claim <> 'refuted'))::integer, 1, null
    from opened o
    union all
    select o.territory_id, 'I19', 'trafficking', exists (
               select from app.assessment a
               join app.assessment_indicator i on i.assessment_id = a.id
               join ref.exploitation_indicator k on k.code = i.indicator and k.trafficking
               where a.case_id = o.id and a.state = 'completed' and a.completed_at < stat.midnight(to_day + 1))::integer, 1, null
    from opened o
    union all
    select s.territory_id, 'I19', 'general_prosecutor', (s.level = 'ca')::integer, 1, null
    from sent s where s.transmitted_at >= stat.midnight(from_day)
$$;

-- ——— Mothers: I12 —————————————————————————————————————————————————————————————————————————————————————————————————————

-- Each woman who is the mother of a child, and whom the fork takes on that day as not prosecuted: once, where the decision
-- was taken that says so; and the families of help among the four that she was given by then. Help under a pending decision
-- does not count, nor what was opened against a prosecution.
create function stat.mothers_open(lo smallint, hi smallint, to_day date)
returns table (human uuid, territory_id smallint, families text[])
language sql stable as $$
    with freed as (
        select distinct coalesce(l.identity_id, d.person_id) as human, d.person_id
        from app.adult_decision d join app.case_file c on c.id = d.case_id and c.territory_at between lo and hi
        left join app.identity_link l on l.person_id = d.person_id and l.verdict = 'same' and l.live
        where d.effect = 'not_prosecuted' and d.decided_on <= to_day),
    standing as (
        select distinct on (f.human) f.human, c.territory_at
        from freed f
        cross join lateral app.standing_on(f.person_id, to_day) s
        join app.adult_decision d on d.id = s.decision_id
        join app.case_file c on c.id = d.case_id
        where s.effect = 'not_prosecuted'
        order by f.human, f.person_id),
    record as (
        select s.human, s.territory_at, coalesce(o.person_id, s.human) as person_id
        from standing s
        left join app.identity_link o on o.identity_id = s.human and o.verdict = 'same' and o.live),
    mother as (
        select distinct r.human, r.territory_at from record r
        join app.relationship t on t.from_person = r.person_id and t.kind = 'mother' and t.claim <> 'refuted'
        where r.territory_at between lo and hi),
    given as (
        select r.human, array_agg(distinct coalesce(k.parent, k.code)) as families
        from record r
        join app.service_beneficiary b on b.person_id = r.person_id and b.mother_effect in ('not_prosecuted', 'no_procedure')
        join app.service v on v.id = b.service_id and v.state in ('delivered', 'partial') and v.delivered_on <= to_day
        join ref.service_kind k on k.code = coalesce(b.counts_as, v.kind) and k.audience = 'mother'
        group by r.human)
    select m.human, m.territory_at, coalesce(g.families, '{}')
    from mother m left join given g on g.human = m.human
$$;

create function stat.facts_of_mothers(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    -- I12: of the mothers who are not prosecuted, those who were given one of the four services; and each of the four
    select m.territory_id, 'I12', '', (m.families <> '{}')::integer, 1, null::numeric
    from stat.mothers_open(lo, hi, to_day) m
    union all
    select m.territory_id, 'I12', 'family.' || k.code, (k.code = any (m.families))::integer, 1, null
    from stat.mothers_open(lo, hi, to_day) m
    join ref.service_kind k on k.parent is null and k.audience = 'mother'
$$;

-- ——— School, civil status, care: I14, I15, I16 ————————————————————————————————————————————————————————————————————————————

-- Where a child stands in school; of a code that says neither, null.
create function stat.attends(education text) returns boolean
language sql immutable as $$
    select case when education in ('preschool', 'primary', 'lower_secondary', 'upper_secondary', 'non_formal', 'vocational') then true
                when education in ('never_enrolled', 'dropped_out') then false end
$$;

-- Whether a child went to school when its file was opened, as far as the file says: not, if the first assessment that was
-- completed names it among the needs; else what the first visit says that says anything. Unknown is null.
create function stat.schooled_at_first(file uuid, to_day date) returns boolean
language sql stable as $$
    select coalesce(
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

-- The first day from one on that proves that the child goes to school: an enrolment delivered, a visit.
create function stat.schooled_from(file uuid, since date, to_day date) returns date
language sql stable as $$
    select least(
        (select min(s.delivered_on)
         from app.service_beneficiary b
         join app.service s on s.id = b.service_id and s.state in ('delivered', 'partial')
         where b.case_id = file and b.mother_effect is null and s.delivered_on between since and to_day
           and coalesce(b.counts_as, s.kind) in ('school_enrolment', 'school_reenrolment', 'second_chance', 'preschool',
                                                 'vocational_training')),
        (select min(v.done_on) from app.visit v
         where v.case_id = file and v.done_on between since and to_day and stat.attends(v.education)))
$$;

-- Children of 4 to 16 who did not go to school when they were registered, within the period and ninety days ago or more; the
-- day from which they do.
create function stat.out_of_school(lo smallint, hi smallint, from_day date, to_day date)
returns table (case_id uuid, territory_id smallint, on_day date, schooled_on date)
language sql stable as $$
    select f.case_id, f.territory_id, f.on_day, stat.schooled_from(f.case_id, f.on_day, to_day)
    from stat.first_registered(lo, hi, from_day, to_day - 90) f
    join app.person p on p.id = f.child_id
    where p.birth_earliest + (p.birth_latest - p.birth_earliest) / 2 > (f.on_day - interval '17 years')::date
      and p.birth_earliest + (p.birth_latest - p.birth_earliest) / 2 <= (f.on_day - interval '4 years')::date
      and stat.schooled_at_first(f.case_id, to_day) is false
$$;

-- Children registered within the period who were not in the civil register then: an assessment says so, or the help to be
-- entered was planned or given. The status itself keeps no date, so it is the help that tells when.
create function stat.unregistered(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, on_day date, entered_on date)
language sql stable as $$
    with help as (
        select f.human, f.territory_id, f.on_day, f.case_id,
               min(s.delivered_on) filter (where s.state in ('delivered', 'partial') and s.delivered_on <= to_day) as entered_on,
               count(s.id) as asked
        from stat.first_registered(lo, hi, from_day, to_day) f
        left join app.service_beneficiary b on b.case_id = f.case_id and b.mother_effect is null
        left join app.service s on s.id = b.service_id and coalesce(b.counts_as, s.kind) = 'civil_registration'
            and s.recorded_at < stat.midnight(to_day + 1)
        group by 1, 2, 3, 4)
    select h.territory_id, h.on_day, h.entered_on
    from help h
    where h.asked > 0 or exists (
        select from app.assessment a join app.assessment_need n on n.assessment_id = a.id and n.need = 'no_civil_record'
        where a.case_id = h.case_id and a.state = 'completed' and a.completed_at < stat.midnight(to_day + 1))
$$;

-- The first durable care of each child, if it began within the period: a decision to hand the child over, an admission to a
-- house that is no passing shelter, the place where a stay ended, the closing report. Shelters, hospitals, the street and what
-- nobody knows are not durable.
create function stat.durable_care(lo smallint, hi smallint, from_day date, to_day date)
returns table (human uuid, territory_id smallint, on_day date, in_family boolean)
language sql stable as $$
    with care as (
        select f.human, f.territory_id, x.on_day, x.kind
        from stat.files_of_humans(lo, hi) f
        cross join lateral (
            select d.decided_on as on_day, 'parents' as kind
            from app.judicial_child k join app.child_decision d on d.file_id = k.file_id and d.person_id = k.person_id
            where k.child_case_id = f.case_id and d.kind in ('return_to_parents', 'entrusted_person')
              and not exists (select from app.child_decision n where n.supersedes_id = d.id and n.decided_on <= to_day)
            union all
            select h.ended_on, h.destination from app.bed_hold h where h.case_id = f.case_id and h.state = 'discharged'
            union all
            select h.admitted_on, i.kind from app.bed_hold h join app.institution i on i.id = h.institution_id
            where h.case_id = f.case_id and h.admitted_on is not null
            union all
            select stat.day_of(r.written_at), r.placement from app.closing_report r where r.case_id = f.case_id) x
        where x.kind in ('parents', 'one_parent', 'extended_family', 'trusted_person', 'kafala', 'host_family', 'eps_boarding',
                         'eps_abandoned', 'child_protection_centre', 'shelter_with_mother'))
    select x.human, x.territory_id, x.on_day, x.kind in ('parents', 'one_parent', 'extended_family', 'trusted_person', 'kafala')
    from (select distinct on (c.human) c.* from care c order by c.human, c.on_day, c.kind) x
    where x.territory_id between lo and hi and x.on_day between from_day and to_day
$$;

create function stat.facts_of_school(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with family as (
        select c.human, c.territory_id, c.on_day
        from stat.durable_care(lo, hi, from_day, to_day) c where c.in_family and c.on_day + 180 <= to_day),
    broken as (
        select f.human from family f
        join stat.days_met(lo, hi) m on m.human = f.human and m.on_day > f.on_day and m.on_day <= f.on_day + 180
        union
        select f.human from family f
        join stat.files_of_humans(lo, hi) r on r.human = f.human
        join app.bed_hold h on h.case_id = r.case_id and h.admitted_on > f.on_day and h.admitted_on <= f.on_day + 180)
    -- I14: of the children out of school, those who go to school within ninety days; of those who went so for 180 days or
    -- more, those of whom the first news after that says that they still do
    select s.territory_id, 'I14', '', coalesce(s.schooled_on <= s.on_day + 90, false)::integer, 1, null::numeric
    from stat.out_of_school(lo, hi, from_day, to_day) s
    union all
    select s.territory_id, 'I14', 'kept', coalesce((
               select x.attends
               from (select v.done_on as on_day, stat.attends(v.education) as attends from app.visit v where v.case_id = s.case_id
                     union all
                     select stat.day_of(r.written_at), stat.attends(r.education) from app.closing_report r
                     where r.case_id = s.case_id) x
               where x.attends is not null and x.on_day between s.schooled_on + 180 and to_day
               order by x.on_day, x.attends limit 1), false)::integer, 1, null
    from stat.out_of_school(lo, hi, from_day, to_day) s where s.schooled_on + 180 <= to_day
    -- I15: of the children who were in no civil register, those who are; and the days until then
    union all
    select u.territory_id, 'I15', '', (u.entered_on is not null)::integer, 1, null
    from stat.unregistered(lo, hi, from_day, to_day) u
    union all
    select u.territory_id, 'I15', 'days', (u.entered_on is not null)::integer, 1,
           case when u.entered_on is not null then greatest(u.entered_on - u.on_day, 0)::numeric end
    from stat.unregistered(lo, hi, from_day, to_day) u
    -- I16: of the children with a durable care, those whose first one is a family; of these, when 180 days are over, those
    -- found begging again or taken into a house within them
    union all
    select c.territory_id, 'I16', '', c.in_family::integer, 1, null from stat.durable_care(lo, hi, from_day, to_day) c
    union all
    select c.territory_id, 'I16', 'broken', (b.human is not null)::integer, 1, null
    from family c left join broken b on b.human = c.human
$$;

-- ——— Places: I17 ——————————————————————————————————————————————————————————————————————————————————————————————————————

-- The register of places says what is, and not what was: of a day that is past there is no row of it.
create function stat.facts_of_shelter(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with places as (
        select i.territory_id, g.capacity, g.closed, g.others, g.admitted, g.held, g.confirmed_at
        from app.bed_group g join app.institution i on i.id = g.institution_id
        where i.territory_id between lo and hi and to_day >= stat.day_of(now())
          and (i.closed_on is null or i.closed_on > to_day) and (g.closed_on is null or g.closed_on > to_day))
    -- I17: places that are free; of those that are in use, those that are taken; those whose figure is older than a week
    select p.territory_id, 'I17', '', p.capacity - p.closed - p.others - p.admitted - p.held, null::integer, null::numeric
    from places p
    union all
    select p.territory_id, 'I17', 'occupancy', p.others + p.admitted, p.capacity - p.closed, null from places p
    union all
    select p.territory_id, 'I17', 'stale', case when p.confirmed_at < now() - interval '7 days' then p.capacity else 0 end,
           p.capacity, null
    from places p
    -- days in a shelter of emergency, of those admitted within the period; requests refused for want of a place
    union all
    select i.territory_id, 'I17', 'stay', coalesce(h.ended_on <= to_day, false)::integer, 1,
           case when h.ended_on <= to_day then (h.ended_on - h.admitted_on)::numeric end
    from app.bed_hold h join app.institution i on i.id = h.institution_id and i.kind = 'emergency_shelter'
    where i.territory_id between lo and hi and h.admitted_on between from_day and to_day
    union all
    select c.territory_at, 'I17', 'no_place', 1, null, null
    from app.bed_hold h join app.case_file c on c.id = h.case_id
    where c.territory_at between lo and hi and h.refusal = 'no_place'
      and h.requested_at >= stat.midnight(from_day) and h.requested_at < stat.midnight(to_day + 1)
$$;

-- ——— Teams and cities: I20, I21 ———————————————————————————————————————————————————————————————————————————————————————

create function stat.facts_of_teams(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with held as (
        -- meetings of a city's own team within the period whose time has come
        select m.id, m.territory_id, m.state from plan.team_meeting m
        where m.territory_id between lo and hi and m.held_at >= stat.midnight(from_day) and m.held_at < stat.end_of(to_day))
    -- I20: of the seats there are, those with somebody in them
    select s.territory_id, 'I20', '', exists (
               select from plan.designation d
               where d.seat_id = s.id and d.kind = 'holder' and d.struck_at is null and d.valid @> to_day)::integer, 1, null::numeric
    from plan.seat s
    where s.territory_id between lo and hi and (s.closed_on is null or s.closed_on > to_day)
      and (stat.day_of(s.made_at) <= to_day
           or exists (select from plan.designation d where d.seat_id = s.id and d.struck_at is null and lower(d.valid) <= to_day))
    -- of the meetings that were planned, those that were held; of the seats that were asked for there, those who came or
    -- sent their alternate; and the days for which what was agreed on has been open
    union all
    select h.territory_id, 'I20', 'meetings', (h.state = 'held')::integer, 1, null from held h
    union all
    select h.territory_id, 'I20', 'attendance', (a.state in ('present', 'alternate'))::integer, 1, null
    from held h join plan.attendance a on a.meeting_id = h.id and a.seat_id is not null
    where h.state = 'held'
    union all
    select m.territory_id, 'I20', 'points', 1, 1, (to_day - stat.day_of(p.made_at))::numeric
    from plan.action_point p join plan.team_meeting m on m.id = p.meeting_id
    where m.territory_id between lo and hi and stat.day_of(p.made_at) <= to_day
      and (p.done_at is null or stat.day_of(p.done_at) > to_day)
    -- I21: of the cities of the plan, those where it runs; of the steps that opening one takes, those that are done, or were
    -- not needed
    union all
    select c.territory_id, 'I21', 'cities', (c.status = 'active')::integer, 1, null
    from plan.city c where c.territory_id between lo and hi and c.status <> 'set_aside'
    union all
    select c.territory_id, 'I21', 'steps', coalesce((
               select x.state in ('done', 'not_needed') from plan.activation_step x
               where x.city = c.slug and x.step = k.code and x.on_day <= to_day order by x.seq desc limit 1), false)::integer, 1, null
    from plan.city c cross join ref.activation_step k
    -- a city that was opened before there was a register has no steps in it
    where c.territory_id between lo and hi and c.status <> 'set_aside' and k.required
      and exists (select from plan.activation_step x where x.city = c.slug and x.on_day <= to_day)
$$;

-- ——— Rights and quality: I22, I23 ——————————————————————————————————————————————————————————————————————————————————————

-- Whether a disability, or that there is none, is known of the child of a file. Today a file says it in one place alone: among
-- the needs of an assessment, where it says yes.
create function stat.disability_known(file uuid) returns boolean
language sql stable as $$
    select exists (select from app.assessment a join app.assessment_need n on n.assessment_id = a.id and n.need = 'disability'
                   where a.case_id = file and a.state = 'completed')
$$;
-- The same of school.
create function stat.education_known(file uuid) returns boolean
language sql stable as $$
    select stat.schooled_at_first(file, 'infinity') is not null
        or exists (select from app.visit v join ref.education_status k on k.code = v.education and not k.is_missing
                   where v.case_id = file and v.done_on is not null)
        or exists (select from app.closing_report r join ref.education_status k on k.code = r.education and not k.is_missing
                   where r.case_id = file)
$$;
create function stat.facts_of_quality(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    with opened as (
        select c.id, c.territory_at as territory_id, c.child_id, p.sex, p.birth_latest, p.civil_status,
               coalesce(not o.is_missing, false) as nationality_known,
               coalesce(not s.is_missing, false) as civil_status_known
        from app.case_file c
        join app.person p on p.id = c.child_id
        left join ref.nationality o on o.code = p.nationality
        left join ref.civil_status s on s.code = p.civil_status
        where c.void is null and c.territory_at between lo and hi
          and stat.day_of(c.opened_at) between from_day and to_day),
    known as (
        select o.id, o.territory_id, k.part, k.is_known
        from opened o
        cross join lateral (values
            ('sex', o.sex <> 'U'), ('age', o.birth_latest is not null), ('nationality', o.nationality_known),
            ('disability', stat.disability_known(o.id)), ('education', stat.education_known(o.id))) k (part, is_known))
    -- I22: of the files opened within the period, those in which the child was heard; those with a consent or what stands in
    -- its place; of six things that every file should say, those it says; and of the complaints whose thirty days are over,
    -- those answered within them
    select o.territory_id, 'I22', '', exists (
               select from app.child_view v
               where v.case_id = o.id and v.why_not is null and v.recorded_at < stat.midnight(to_day + 1))::integer, 1, null::numeric
    from opened o
    union all
    select o.territory_id, 'I22', 'basis', exists (
               select from app.case_consent k
               where k.case_id = o.id and k.basis <> 'refusal_recorded' and k.given_on <= to_day
                 and (k.withdrawn_on is null or k.withdrawn_on > to_day))::integer, 1, null
    from opened o
    union all
    select o.territory_id, 'I22', 'minimum',
           (o.sex <> 'U')::integer + (o.birth_latest is not null)::integer + o.nationality_known::integer
               + o.civil_status_known::integer
               + exists (select from app.person_name n where n.person_id = o.child_id)::integer
               + exists (select from app.relationship r where r.to_person = o.child_id and r.claim <> 'refuted')::integer, 6, null
    from opened o
    union all
    select c.territory_at, 'I22', 'complaints', coalesce(stat.day_of(x.answered_at) <= x.due_on, false)::integer, 1, null
    from app.complaint x join app.case_file c on c.id = x.case_id and c.void is null
    where c.territory_at between lo and hi and x.received_on between from_day and to_day
      and x.due_on <= to_day and x.due_on < stat.day_of(now())
    -- I23: of the same files, those that say all five by which figures are told apart; and each of the five
    union all
    select k.territory_id, 'I23', '', bool_and(k.is_known)::integer, 1, null from known k group by k.id, k.territory_id
    union all
    select k.territory_id, 'I23', k.part, k.is_known::integer, 1, null from known k
$$;

-- ——— A city's own figures ———————————————————————————————————————————————————————————————————————————————————————————————

create function stat.indicator_facts(lo smallint, hi smallint, from_day date, to_day date)
returns table (territory_id smallint, indicator text, part text, hits integer, total integer, days numeric)
language sql stable as $$
    select * from stat.facts_of_children(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_streets(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_load(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_time(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_prosecution(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_mothers(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_school(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_shelter(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_teams(lo, hi, from_day, to_day)
    union all select * from stat.facts_of_quality(lo, hi, from_day, to_day)
$$;

do $$
declare
    f regprocedure;
begin
    for f in
        select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'stat'::regnamespace
          and p.proname in ('midnight', 'day_of', 'end_of', 'is_night', 'response_hours', 'closed_periods', 'files_of_humans',
              'first_registered', 'first_protected', 'days_met', 'counted_contacts', 'responses', 'steps_due',
              'adults_decided', 'mothers_open', 'attends', 'schooled_at_first', 'schooled_from', 'out_of_school', 'unregistered',
              'durable_care', 'disability_known', 'education_known', 'indicator_facts')
           or p.pronamespace = 'stat'::regnamespace and p.proname like 'facts\_of\_%'
    loop
        execute format('grant execute on function %s to sanad_definer', f);
    end loop;
end $$;

-- The indicators of one's own city, exact, from one day to another. Whoever asks about another city, or works in none, is told
-- nothing.
create function stat.city_indicators(territory smallint, from_day date, to_day date)
returns table (indicator text, part text, numerator integer, denominator integer, median_days numeric, p90_days numeric)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
    if not exists (select from sec.me() w
                   where w.role in ('social_worker', 'supervisor') and w.territory_id = city_indicators.territory) then
        return;
    end if;
    return query
    select f.indicator, f.part, sum(f.hits)::integer, sum(f.total)::integer,
           (percentile_cont(0.5) within group (order by f.days))::numeric,
           (percentile_cont(0.9) within group (order by f.days))::numeric
    from stat.indicator_facts(city_indicators.territory, city_indicators.territory, city_indicators.from_day,
                              city_indicators.to_day) f
    group by f.indicator, f.part
    order by f.indicator, f.part;
end $$;
grant execute on function stat.city_indicators to sanad_app;
alter function stat.city_indicators owner to sanad_definer;

-- ——— The release of a month —————————————————————————————————————————————————————————————————————————————————————————————

-- Parts of tables of the closed list, exact, for the job that publishes. All of them are counted since the plan began, but
-- for contacts, which are those of the month: what lies between two days is the difference of two figures that were told,
-- and is under the proofs of both. Tables that share their total with one of `stat.exact_cells` count the same things.
-- Planned for each question: for one place and for all of them are two different ways, here and in the next two.
create function stat.indicator_cells(as_of date)
returns table (measure text, territory_id smallint, key text, sex text, n integer)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off as $$
#variable_conflict use_column
declare
    lo constant smallint := 0;
    hi constant smallint := 32767;
    begins constant date := plan.begins();
    month_begins constant date := date_trunc('month', indicator_cells.as_of);
    -- the end of the month three months ago: the children that were told then have their ninety days behind them
    settled constant date := (date_trunc('month', indicator_cells.as_of) - interval '2 months')::date - 1;
    until constant timestamptz := stat.midnight(indicator_cells.as_of + 1);
begin
    return query
    with counted as (
        -- as `cases` of stat.exact_cells
        select c.id, c.territory_at
        from app.case_file c
        left join stat.closed_periods() x on x.territory_id = c.territory_at
        where c.void is null and stat.day_of(c.opened_at) <= indicator_cells.as_of
          and (x.up_to is null or stat.day_of(c.opened_at) > x.up_to)
          and exists (select from app.case_transition t where t.case_id = c.id and t.at < until)),
    assessed as (
        -- the first that was due
        select distinct on (s.case_id) s.case_id, s.in_time
        from stat.steps_due(lo, hi, begins, indicator_cells.as_of) s join app.case_episode e on e.id = s.episode_id
        where not s.is_plan
        order by s.case_id, e.seq),
    protected as (
        select p.human, p.territory_id, p.on_day from stat.first_protected(lo, hi, '-infinity', indicator_cells.as_of) p),
    again as (
        select distinct p.human
        from protected p
        join stat.days_met(lo, hi) m on m.human = p.human and m.on_day > p.on_day and m.on_day <= p.on_day + 90
        where p.on_day <= settled and m.on_day <= indicator_cells.as_of),
    responded as (select r.case_id, r.in_time from stat.responses(lo, hi, begins, indicator_cells.as_of) r),
    heard as (
        select distinct v.case_id from app.child_view v where v.why_not is null and v.recorded_at < until),
    told as (
        select 'contacts_by_night' as measure, k.territory_id, case when k.by_night then 'yes' else 'no' end as key
        from stat.counted_contacts(lo, hi, month_begins, indicator_cells.as_of) k
        left join stat.closed_periods() x on x.territory_id = k.territory_id
        where x.up_to is null or k.on_day > x.up_to
        union all
        select 'children_found_again', p.territory_id, case when a.human is not null then 'yes' else 'no' end
        from protected p left join again a on a.human = p.human
        union all
        select 'cases_by_response', c.territory_at, case r.in_time when true then 'yes' when false then 'no' else 'open' end
        from counted c left join responded r on r.case_id = c.id
        union all
        select 'cases_by_assessment', c.territory_at, case a.in_time when true then 'yes' when false then 'no' else 'open' end
        from counted c left join assessed a on a.case_id = c.id
        union all
        select 'cases_by_view', c.territory_at, case when h.case_id is not null then 'yes' else 'no' end
        from counted c left join heard h on h.case_id = c.id
        union all
        -- one question each, so that nothing else is counted for it
        select 'visits_in_time', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_time(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I8' and f.part = ''
        union all
        select 'requests_accepted', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_time(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I9' and f.part = ''
        union all
        select 'mothers_served', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_mothers(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I12' and f.part = ''
        union all
        select 'school_regained', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_school(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I14' and f.part = ''
        union all
        select 'births_registered', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_school(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I15' and f.part = ''
        union all
        select 'care_in_family', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_school(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I16' and f.part = ''
        union all
        select 'tasks_overdue', f.territory_id, case when f.hits > 0 then 'yes' else 'no' end
        from stat.facts_of_load(lo, hi, begins, indicator_cells.as_of) f where f.indicator = 'I24' and f.part = '')
    select t.measure, t.territory_id, t.key, '', count(*)::integer
    from told t group by t.measure, t.territory_id, t.key;
end $$;
grant execute on function stat.indicator_cells to sanad_job;
alter function stat.indicator_cells owner to sanad_definer;

-- Medians for regions and the country, at the end of a quarter alone, of what began in the quarter before it and has ended
-- since (decision 0104). Each quarter is told once, and no two have anything in common: from the median of one nothing
-- follows for another. In whole days, over ten or more; nine in ten over fifty or more, so that five lie beyond.
create function stat.indicator_medians(as_of date)
returns table (indicator text, part text, territory_id smallint, n_mark text, median_days integer, p90_days integer)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off as $$
#variable_conflict use_column
declare
    lo constant smallint := 0;
    hi constant smallint := 32767;
    quarter_begins constant date := (indicator_medians.as_of + 1) - interval '3 months';
    before_begins constant date := (indicator_medians.as_of + 1) - interval '6 months';
begin
    if extract(month from indicator_medians.as_of)::integer % 3 <> 0 then
        return;
    end if;
    return query
    -- what began in both quarters, less what began in the later one: each length so many times
    with asked (sign, from_day) as (values (1, before_begins), (-1, quarter_begins)),
    lasted as (
        select f.indicator, f.part, t.parent_id as region, f.days, sum(a.sign) as n
        from asked a
        cross join lateral (
            select * from stat.facts_of_time(lo, hi, a.from_day, indicator_medians.as_of)
            union all select * from stat.facts_of_prosecution(lo, hi, a.from_day, indicator_medians.as_of)
            union all select * from stat.facts_of_school(lo, hi, a.from_day, indicator_medians.as_of)) f
        join ref.territory t on t.id = f.territory_id
        where f.days is not null
        group by f.indicator, f.part, t.parent_id, f.days having sum(a.sign) > 0),
    weighed as (
        select l.indicator, l.part, l.region, count(*) as n,
               percentile_cont(0.5) within group (order by l.days) as median,
               percentile_cont(0.9) within group (order by l.days) as p90
        from lasted l cross join generate_series(1, l.n)
        group by grouping sets ((l.indicator, l.part, l.region), (l.indicator, l.part)))
    select w.indicator, w.part, w.region, case when w.n >= 50 then '50' else '10' end, round(w.median::numeric)::integer,
           case when w.n >= 50 then round(w.p90::numeric)::integer end
    from weighed w
    where w.n >= 10;
end $$;
grant execute on function stat.indicator_medians to sanad_job;
alter function stat.indicator_medians owner to sanad_definer;

-- What was told of them. Without a territory it is the country's.
create table stat.published_median (
    release integer not null references stat.release,
    indicator text not null,
    territory_id smallint references ref.territory,
    part text not null default '',
    -- over so many at least
    n_mark text not null constraint published_median_n_mark_check check (n_mark in ('10', '50')),
    median_days integer not null constraint published_median_median_check check (median_days >= 0),
    p90_days integer constraint published_median_p90_check check (p90_days >= median_days),
    constraint published_median_p90_over_fifty check ((p90_days is not null) = (n_mark = '50')),
    constraint published_median_once unique nulls not distinct (release, indicator, territory_id, part)
);
create index on stat.published_median (territory_id);
create trigger is_final before update or delete on stat.published_median
    for each row execute function audit.refuse_change();
create trigger is_kept before truncate on stat.published_median
    for each statement execute function audit.refuse_change();
grant select on stat.published_median to sanad_stat, sanad_job;
grant select, insert on stat.published_median to sanad_definer;

-- The door, as before (0060), for medians too.
set local role sanad_definer;
drop function stat.publish(integer, date, smallint, bytea, jsonb, jsonb, jsonb, jsonb);
set local role sanad_owner;
create function stat.publish(number integer, as_of date, method smallint, sha256 bytea,
                             cells jsonb, medians jsonb, corrections jsonb, counts jsonb, proofs jsonb)
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
    insert into stat.published_median (release, indicator, territory_id, part, n_mark, median_days, p90_days)
    select publish.number, m.indicator, m.territory_id, m.part, m.n_mark, m.median_days, m.p90_days
    from jsonb_to_recordset(medians) as m (indicator text, territory_id smallint, part text, n_mark text,
                                           median_days integer, p90_days integer);
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
