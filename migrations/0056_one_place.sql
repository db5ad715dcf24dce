-- What is known stands where one looks for it, and a rule stands once: the story of a child has the measures of the juvenile
-- judge (decision 0091), the page of a mother says that a conviction closed what was open (0092), and who a record is of is
-- read in one function (0097).

-- ——— Who a record is of ———————————————————————————————————————————————————————————————————————————————————

-- The human being behind a record is its identity (0052); a record that has none yet stands for itself.
create or replace function app.human_of(which uuid) returns uuid
language sql stable as
$$ select coalesce(app.identity_of(which), which) $$;

-- ——— The story of a child —————————————————————————————————————————————————————————————————————————————————

-- A branch more, after the last one of 0035: what the juvenile judge ordered for the child, when, at which court. No word is
-- with it: those of the court have a table of their own (0041), and no hearing, judgment or appeal is in the story. Who works on
-- a brother's or sister's file reads what is about that child, as the policy of the row has it (0045); the procedure is opened
-- by who reads the file that began it, and by nobody else.
--
-- A measure is of the court that took it, wherever its file went since: that of the prosecution as well.
set local role sanad_definer;
do $$
declare
    story text := pg_get_functiondef('app.story_of'::regproc);
    change record;
begin
    for change in
        select * from (values
            (E'\n    ), page as (', $branch$
        union all
        (select app.hour_of(m.decided_on, m.recorded_at), m.recorded_at, 'judge_measure', 22::smallint, m.id, m.kind, null,
                coalesce(e.at_court, e.court_id)::text,
                case when p.case_id = which or app.reads_file(p.case_id) then m.file_id end, null, null, null
         from app.judicial_child p
         join app.child_measure m on m.file_id = p.file_id and m.person_id = p.person_id and m.by_judge and not m.is_superseded
         join app.court_event e on e.id = m.id
         where p.child_case_id = which and m.territory_id = me.territory_id and 'justice' = any (groups)
           and (p.case_id = which or p.case_id <> all (app.hidden_cases()))
           and (app.hour_of(m.decided_on, m.recorded_at), 22::smallint, m.id) < (before, before_rank, before_id)
         order by 1 desc, m.id desc limit most)
    ), page as ($branch$),
            ('d.court_id::text, d.file_id', 'coalesce(d.taken_at_court, d.court_id)::text, d.file_id')) x (old, new)
    loop
        if strpos(story, change.old) = 0 then
            raise exception 'the story of a child reads otherwise: %', change.old;
        end if;
        story := replace(story, change.old, change.new);
    end loop;
    execute story;
end $$;
set local role sanad_owner;

-- ——— What a conviction closed —————————————————————————————————————————————————————————————————————————————

-- Of a woman to whom the four services are closed: the last word that opened them against the prosecution that stands, and
-- the day from which a conviction closed them (app.opening_under of 0009). Nothing of it is stored, so that day is looked for:
-- the first one on which what the court had said closed them, after the last one on which it did not. Another city learns
-- what it learns of an opening, and `app.stands_of` tells it the day already.
create function app.closed_opening_of(which uuid) returns table (reason text, opened_at timestamptz, closed_on date)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select s.reason, s.opened_at, told.closed_on
    from app.person p
    cross join lateral app.standing_on(p.id, 'infinity') e
    cross join lateral app.records_of(p.id) r
    join app.mother_support s on s.person_id = r.id and s.ground = 'override' and s.decision_id = e.decision_id
        and s.reason = any (app.reasons_of_outcome()) and app.is_convicted_since(s.decision_id, s.after_event_id, 'infinity')
    join app.adult_decision d on d.id = s.decision_id
    cross join lateral (
        with days as (
            select v.day, app.is_convicted_since(s.decision_id, s.after_event_id, v.day) as closes
            from (select distinct (c.recorded_at at time zone 'Africa/Casablanca')::date as day
                  from app.court_event c where c.file_id = d.file_id and c.adult_id = d.person_id) v)
        select min(k.day) as closed_on from days k
        where k.closes and k.day > coalesce((select max(o.day) from days o where not o.closes), '-infinity')) told
    where p.id = which and p.territory_id = any ((select app.my_territories())::smallint[])
      and (not p.near_protected or not app.hides_person(p.id))
      and e.effect = 'prosecuted'
      and not exists (select from app.opening_under(p.id, e.effect, e.decision_id, 'infinity'))
    order by s.opened_at desc, s.id limit 1;
end $$;
grant execute on function app.closed_opening_of to sanad_app;
alter function app.closed_opening_of owner to sanad_definer;
