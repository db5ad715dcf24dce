-- What a court enters acts too: a measure of the juvenile judge on the child's file, as one of the prosecution does
-- (decisions 0091, 0092); a conviction on what a supervisor had opened because the mother was freed.

-- ——— Measures of both —————————————————————————————————————————————————————————————————————————————————————

-- Because of which measure of the juvenile judge something is owed, planned or reported; of the prosecution's it is
-- `decision_id`.
alter table app.task add column court_event_id uuid constraint task_event_once unique references app.court_event,
    add constraint task_one_measure check (num_nonnulls(decision_id, court_event_id) <= 1);
alter table app.service add column court_event_id uuid constraint service_event_once unique references app.court_event,
    add constraint service_one_measure check (num_nonnulls(decision_id, court_event_id) <= 1);
alter table app.measure_report alter column decision_id drop not null,
    add column court_event_id uuid references app.court_event,
    add constraint measure_report_one_measure check (num_nonnulls(decision_id, court_event_id) = 1);
create index on app.measure_report (court_event_id);

-- Every measure for a child, what it asks for, whether it lasts and ends what lasted; corrected ones too.
create view app.child_measure with (security_invoker = true) as
    select d.id, d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, d.kind, false as by_judge, d.decided_on,
           d.recorded_at, d.recorded_by, d.instructions_enc, k.task, k.service, k.within_hours, k.lasts, k.ends,
           exists (select from app.child_decision later where later.supersedes_id = d.id) as is_superseded
    from app.child_decision d join ref.child_decision_kind k on k.code = d.kind
    union all
    select e.id, e.file_id, e.case_id, e.territory_id, e.court_id, e.child_id, e.measure, true,
           (e.held_at at time zone 'Africa/Casablanca')::date, e.recorded_at, e.recorded_by, null::bytea,
           k.task, k.service, k.within_hours, k.lasts, k.ends,
           exists (select from app.court_event later where later.supersedes_id = e.id)
    from app.court_event e join ref.juvenile_measure k on k.code = e.measure;

-- The measures that nothing corrected, by the child's own file, with the first later one that put an end to each. What the
-- juvenile judge ordered, the judge alone ends; a measure of the judge ends those of the prosecution, which were provisional.
create view app.standing_measure with (security_invoker = true) as
    select k.child_case_id, m.id, m.file_id, m.person_id, m.kind, m.by_judge, m.decided_on, m.recorded_at, m.recorded_by,
           m.instructions_enc, m.task, m.lasts, m.ends, x.decided_on as ended_on, x.by_judge as ended_by_judge
    from app.judicial_child k
    join app.child_measure m on m.file_id = k.file_id and m.person_id = k.person_id and not m.is_superseded
    left join lateral (
        select later.decided_on, later.by_judge
        from app.judicial_child n
        join app.child_measure later on later.file_id = n.file_id and later.person_id = n.person_id
        where n.child_case_id = k.child_case_id and later.ends and not later.is_superseded
          and (later.by_judge or not m.by_judge)
          and (later.decided_on, later.recorded_at, later.id) > (m.decided_on, m.recorded_at, m.id)
        order by later.decided_on, later.recorded_at, later.id limit 1) x on true;
grant select on app.child_measure, app.standing_measure to sanad_app, sanad_definer;

-- Also an entry that corrects one: what that one asked for is taken back.
set local role sanad_definer;
grant execute on function app.measure_acts to sanad_owner;
set local role sanad_owner;
create trigger measure_acts after insert on app.court_event
    for each row when (new.child_id is not null) execute function app.measure_acts();

-- Who works on the child's own file reads what a court entered about that child, and reports on a measure, as they do of
-- those of the prosecution (0039).
do $$
declare
    known text;
begin
    select p.qual into strict known from pg_policies p
    where p.schemaname = 'app' and p.tablename = 'court_event' and p.policyname = 'reads';
    execute format('alter policy reads on app.court_event using (%s or (child_id is not null
        and case_id <> all ((select app.hidden_cases())::uuid[])
        and (child_id = any ((select app.my_children())::uuid[])
            or (territory_id = any ((select app.supervised_territories())::smallint[])
                and exists (select from app.person p where p.id = child_id)))))', known);
end $$;
alter policy adds on app.measure_report with check (
    by_user = (select app.my_user()) and (person_id = any ((select app.my_children())::uuid[])
        or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)))
    and exists (select from app.child_measure m where m.id = coalesce(decision_id, court_event_id)));

-- ——— A conviction after an opening ————————————————————————————————————————————————————————————————————————

-- An opening that rested on an acquittal opens no more when the court convicts (app.opening_under). Nothing is stored of
-- that, but which conviction stood already when a supervisor opened: one word against one decision, until the next outcome.
alter table app.mother_support add constraint mother_support_after foreign key (after_event_id) references app.court_event;
create index on app.mother_support (after_event_id);

create function app.support_comes_after() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    new.after_event_id := (
        select o.event_id from app.adult_decision d cross join lateral app.outcome_of(d.file_id, d.person_id, 'infinity') o
        where d.id = new.decision_id and o.convicts);
    return new;
end $$;
create trigger support_comes_after before insert on app.mother_support
    for each row execute function app.support_comes_after();
alter function app.support_comes_after owner to sanad_definer;
