-- A decision acts (domain §3.5, decision 0091): a measure owes its task or plans its service in the file of the child, in
-- the transaction that records it; what the cell did is reported under the measure; a joinder is judged by its own day.
--
-- A measure is the prosecution's (app.child_decision) or the juvenile judge's (app.court_event, of 0041). What is said here
-- of both is read from app.child_measure and app.standing_measure of 0045: a body is bound when it runs.

-- ——— What a measure asks of the cell ————————————————————————————————————————————————————————————————————

-- Because of which measure something is owed, and one is planned: once each.
alter table app.task add column decision_id uuid constraint task_decision_once unique references app.child_decision;
alter table app.service add column decision_id uuid constraint service_decision_once unique references app.child_decision;

-- Who gives what the prosecution ordered until the cell has agreed with somebody: the cell itself.
create function app.cell_of(place smallint) returns text
language sql stable security definer set search_path = pg_catalog as $$
    select coalesce((select o.code from ref.organisation o where o.territory_id = place and o.type = 'social_cell' order by o.code limit 1),
                    'entraide_nationale')
$$;
alter function app.cell_of owner to sanad_definer;

-- Takes back what a measure asked for that was entered wrongly: its task, and its service while nothing was agreed on.
create function app.unask(which uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    act record;
begin
    update app.task t set done_at = now() where which in (t.decision_id, t.court_event_id) and t.done_at is null;
    select s.id, s.territory_id, s.version, s.recorded_by into act
    from app.service s where which in (s.decision_id, s.court_event_id) and s.state = 'planned' and s.closed_at is null for update;
    if act.id is null then
        return;
    end if;
    insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, reason, by_user, role)
    values (gen_random_uuid(), act.id, act.territory_id, act.version, 'planned', 'cancelled', 'entered_wrongly', act.recorded_by,
            'social_worker');
    perform app.step_is_the_cells(act.id);
    if exists (select from sec.me()) then
        perform audit.record('service.moved', 'service', act.id, act.territory_id, jsonb_build_object(
            'from', 'planned', 'to', 'cancelled', 'reason', 'entered_wrongly', 'decision', which), null);
    end if;
end $$;
-- A court is no author of social records: its decision moves the act, in the name of who answers for the file.
create function app.step_is_the_cells(which uuid) returns void
language sql security definer set search_path = pg_catalog as $$
    update app.service_step p set role = 'social_worker'
    where p.service_id = which and p.role not in ('social_worker', 'supervisor')
$$;
alter function app.step_is_the_cells owner to sanad_definer;
alter function app.unask owner to sanad_definer;

-- Plans the service that a measure asks for, in a file and its city; the same measure plans it once.
create function app.plan_for(measure uuid, by_judge boolean, what text, day date, known timestamptz, file uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    act constant uuid := gen_random_uuid();
    own record;
    author uuid;
    provider text;
begin
    select c.child_id, c.territory_id, c.opened_by into own from app.case_file c where c.id = file;
    select a.user_id into author from app.case_assignment a where a.case_id = file and a.kind = 'lead' and a.until is null;
    author := coalesce(author, (app.answer_for(file))[1], own.opened_by);
    provider := app.cell_of(own.territory_id);
    insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, recorded_by, recorded_at, payload_mac,
                             decision_id, court_event_id)
    values (act, own.territory_id, own.territory_id, what, provider, 'planned', day, author, known, sha256(uuid_send(measure)),
            case when not by_judge then measure end, case when by_judge then measure end)
    on conflict do nothing;
    if not found then
        return;
    end if;
    insert into app.service_beneficiary (service_id, person_id, case_id, territory_id)
    values (act, own.child_id, file, own.territory_id);
    perform app.step_is_the_cells(act);
    if exists (select from sec.me()) then
        perform audit.record('service.recorded', 'service', act, own.territory_id, jsonb_build_object(
            'kind', what, 'state', 'planned', 'provider', provider, 'people', jsonb_build_array(own.child_id),
            'cases', jsonb_build_array(file), 'decision', measure), null);
    end if;
end $$;
alter function app.plan_for owner to sanad_definer;

-- A measure acts on the open episode of the child's own file. Where none is open nobody works on the child, and the
-- supervisors are told (app.decision_tells, app.court_event_tells).
create function app.measure_acts() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    asks record;
    own record;
    nth integer;
begin
    if new.supersedes_id is not null then
        perform app.unask(new.supersedes_id);
    end if;
    select m.id, m.file_id, m.person_id, m.by_judge, m.decided_on, m.recorded_at, m.task, m.service, m.within_hours, m.ends
    into asks from app.child_measure m where m.id = new.id;
    -- anything else that a court enters about a child asks for nothing
    if asks.id is null then
        return null;
    end if;
    -- two procedures that decide at once wait here for each other
    select c.id as file, c.territory_id as place, e.id as episode into own
    from app.judicial_child k
    join app.case_file c on c.id = k.child_case_id and c.void is null
    join app.case_episode e on e.case_id = c.id and e.state <> 'closed'
    where k.file_id = asks.file_id and k.person_id = asks.person_id for no key update of c;
    if own.file is null then
        return null;
    end if;
    -- what put an end to a measure puts an end to what it asked for: a place, the handing over of the child. An inquiry goes
    -- on; and what the juvenile judge ordered, the judge alone ends
    if asks.ends then
        update app.task t set done_at = now()
        where t.case_id = own.file and t.done_at is null and exists (
            select from app.child_measure m
            where m.id = coalesce(t.decision_id, t.court_event_id) and (m.lasts or m.ends) and (asks.by_judge or not m.by_judge)
              and (m.decided_on, m.recorded_at, m.id) < (asks.decided_on, asks.recorded_at, asks.id));
    end if;
    if asks.task is not null then
        select coalesce(max(t.occurrence), 0) + 1 into nth from app.task t where t.rule = asks.task and t.subject = own.episode;
        perform app.owe(asks.task, own.file, own.place, asks.recorded_at + make_interval(hours => asks.within_hours), nth, own.episode);
        update app.task t set decision_id = case when not asks.by_judge then asks.id end,
                              court_event_id = case when asks.by_judge then asks.id end
        where t.rule = asks.task and t.subject = own.episode and t.occurrence = nth;
        -- who has a place already, or has asked for one, is asked for none
        if asks.task = 'judicial_placement' and exists (
            select from app.bed_hold h where h.case_id = own.file and h.state in ('requested', 'held', 'admitted')) then
            perform app.settle(asks.task, own.episode, nth);
        end if;
    elsif asks.service is not null then
        perform app.plan_for(asks.id, asks.by_judge, asks.service, greatest(asks.decided_on + asks.within_hours / 24,
            (asks.recorded_at at time zone 'Africa/Casablanca')::date), asks.recorded_at, own.file);
    end if;
    return null;
end $$;
create trigger measure_acts after insert on app.child_decision
    for each row execute function app.measure_acts();
alter function app.measure_acts owner to sanad_definer;

-- ——— What strikes it out —————————————————————————————————————————————————————————————————————————————————

-- A place that is asked for. Refused or lapsed, another is owed by `bed_again`.
create function app.placement_is_sought() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    perform app.settle('judicial_placement', new.episode_id);
    return null;
end $$;
create trigger placement_is_sought after insert or update of state on app.bed_hold
    for each row when (new.state in ('requested', 'held', 'admitted')) execute function app.placement_is_sought();
alter function app.placement_is_sought owner to sanad_definer;

-- An inquiry that was made, here or in an annex that went to the court.
create function app.inquiry_is_made() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    annexed uuid[];
begin
    if tg_table_name = 'assessment' then
        perform app.settle('judicial_inquiry', (to_jsonb(new)->>'episode_id')::uuid);
        return null;
    end if;
    if tg_table_name = 'judicial_annex' then
        annexed := array(select x.file_id from app.judicial_annex x join app.disclosure d on d.id = x.disclosure_id
                         where x.disclosure_id = (to_jsonb(new)->>'disclosure_id')::uuid and d.sent_at is not null);
    else
        annexed := array(select x.file_id from app.judicial_annex x where x.disclosure_id = (to_jsonb(new)->>'id')::uuid);
    end if;
    perform app.settle('judicial_inquiry', e.id)
    from app.judicial_child k join app.case_episode e on e.case_id = k.child_case_id and e.state <> 'closed'
    where k.file_id = any (annexed);
    return null;
end $$;
create trigger inquiry_is_made after insert or update of state on app.assessment
    for each row when (new.state = 'completed') execute function app.inquiry_is_made();
create trigger inquiry_is_made after insert on app.judicial_annex
    for each row execute function app.inquiry_is_made();
create trigger inquiry_is_made after update of sent_at on app.disclosure
    for each row when (new.kind = 'annex' and old.sent_at is null and new.sent_at is not null) execute function app.inquiry_is_made();
alter function app.inquiry_is_made owner to sanad_definer;

-- ——— What the cell did ————————————————————————————————————————————————————————————————————————————————————

-- What is struck out by saying what was done.
create function app.reported_rules() returns text[] language sql immutable as
$$ select array['judicial_identity', 'judicial_hearing', 'judicial_handing', 'judicial_cell'] $$;
grant execute on function app.reported_rules to sanad_definer;

-- The children whose files this session works on: of a procedure that another file began, they read what is about theirs.
create function app.my_children() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return array(select c.child_id from app.case_file c where c.id = any (app.my_cases()) and c.void is null);
end $$;
grant execute on function app.my_children to sanad_app;
alter function app.my_children owner to sanad_definer;

-- Read on both sides, as the measure.
create table app.measure_report (
    id uuid primary key,
    decision_id uuid not null references app.child_decision,
    -- those of the measure: kept by the trigger below
    file_id uuid not null,
    case_id uuid not null,
    territory_id smallint not null,
    court_id smallint not null,
    person_id uuid not null,
    text_enc bytea not null,
    by_user uuid not null references sec.app_user,
    at timestamptz not null default now(),
    foreign key (file_id, person_id) references app.judicial_child (file_id, person_id),
    foreign key (file_id, case_id, territory_id, court_id)
        references app.judicial_file (id, case_id, territory_id, court_id) on update cascade
);
create index on app.measure_report (decision_id);
create index on app.measure_report (file_id, person_id);
create index on app.measure_report (file_id, case_id, territory_id, court_id);
create index on app.measure_report (by_user);

create function app.report_is_of_measure() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    select d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id
    into new.file_id, new.case_id, new.territory_id, new.court_id, new.person_id
    from app.child_measure d where d.id = coalesce(new.decision_id, new.court_event_id);
    return new;
end $$;
create trigger report_is_of_measure before insert on app.measure_report
    for each row execute function app.report_is_of_measure();
alter function app.report_is_of_measure owner to sanad_definer;

create function app.report_settles() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    update app.task t set done_at = new.at
    where (t.decision_id = new.decision_id or t.court_event_id = new.court_event_id)
      and t.done_at is null and t.rule = any (app.reported_rules());
    update app.case_file c set changed_at = greatest(c.changed_at, new.at), changed_by = new.by_user
    from app.judicial_child k where k.file_id = new.file_id and k.person_id = new.person_id and c.id = k.child_case_id;
    return null;
end $$;
create trigger report_settles after insert on app.measure_report
    for each row execute function app.report_settles();
alter function app.report_settles owner to sanad_definer;

do $$
declare
    file constant text := '(case_id = any ((select app.my_cases())::uuid[])
        or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.case_file c where c.id = case_id)))';
    court constant text := '(court_id = any ((select app.my_courts())::smallint[]) and file_id <> all ((select app.unsent_files())::uuid[]))';
    -- who works on the child's own file, and its supervisors; of a procedure that a protected file began, those named there alone
    child constant text := '(case_id <> all ((select app.hidden_cases())::uuid[]) and (person_id = any ((select app.my_children())::uuid[])
        or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.person p where p.id = person_id))))';
    known text;
    one text;
begin
    foreach one in array array['judicial_child', 'child_decision'] loop
        select p.qual into strict known from pg_policies p
        where p.schemaname = 'app' and p.tablename = one and p.policyname = 'reads';
        execute format('alter policy reads on app.%I using (%s or %s)', one, known, child);
    end loop;
    call app.protect('app.measure_report', format('%s or %s or %s', file, court, child),
        'by_user = (select app.my_user()) and (person_id = any ((select app.my_children())::uuid[])
            or (territory_id = any ((select app.supervised_territories())::smallint[]) and exists (select from app.person p where p.id = person_id)))
            and exists (select from app.child_decision d where d.id = decision_id)');
end $$;
call app.read_only_in_emergency('app.measure_report', 'person_id <> all ((select app.emergency_persons())::uuid[])');

-- ——— What the page of a child's file shows of the judicial side ———————————————————————————————————————————

-- The procedures that the child is in, also one that began in a brother's or sister's file: number, state, court, who has
-- it, what is waited for. Only who reads that other file opens the judicial one.
create function app.judicial_of(which uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if not app.reads_file(which) then
        return '[]';
    end if;
    return (select coalesce(jsonb_agg(to_jsonb(x) order by x.is_over, x.composed_at desc, x.id), '[]') from (
        select f.id, f.number, f.state, f.court_id as court, f.state_since as since, f.awaits, f.due_at as due,
               u.name_ar as holder_ar, u.name_la as holder_la, r.opens, f.state = 'closed' as is_over, f.composed_at
        from app.judicial_child k
        join app.judicial_file f on f.id = k.file_id and f.state <> 'withdrawn'
        cross join lateral (select f.case_id = which or app.reads_file(f.case_id) as opens) r
        left join sec.app_user u on u.id = f.held_by
        where k.child_case_id = which and (f.state <> 'draft' or r.opens)
        order by f.state = 'closed', f.composed_at desc limit 4) x);
end $$;
grant execute on function app.judicial_of to sanad_app;
alter function app.judicial_of owner to sanad_definer;

-- The child's measures that stand: live, and not ended by a later one, or something of them is still owed. With what each
-- asks for, what was reported, and the key of the words where the reader has it.
create function app.measures_of(which uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    if not app.reads_file(which) then
        return '[]';
    end if;
    return (select coalesce(jsonb_agg(to_jsonb(x) order by x.decided_on desc, x.recorded_at desc, x.id desc), '[]') from (
        select d.id, d.kind, d.by_judge, d.decided_on, d.recorded_at, j.disclosure_id as extract, y.key,
               case when y.key is not null then d.instructions_enc end as instructions,
               t.id as task, t.rule, t.due_at as due, t.done_at as done, coalesce(t.rule = any (app.reported_rules()) and j.case_id <> all (app.hidden_cases()), false) as is_reported,
               s.id as service, s.state as service_state,
               (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'text', r.text_enc, 'at', r.at) order by r.at), '[]')
                from app.measure_report r where d.id in (r.decision_id, r.court_event_id) and y.key is not null) as reports
        from app.standing_measure d
        join app.judicial_file j on j.id = d.file_id
        left join app.task t on d.id in (t.decision_id, t.court_event_id)
        left join app.service s on d.id in (s.decision_id, s.court_event_id)
        cross join lateral (select app.key_of('disclosure', case when d.instructions_enc is not null or exists (
            select from app.measure_report r where d.id in (r.decision_id, r.court_event_id)) then j.disclosure_id end) as key) y
        where d.child_case_id = which
          and (t.id is not null and t.done_at is null
               or s.id is not null and s.closed_at is null and s.delivered_on is null
               or d.ended_on is null)
        order by d.decided_on desc, d.recorded_at desc, d.id desc limit 12) x);
end $$;
grant execute on function app.measures_of to sanad_app;
alter function app.measures_of owner to sanad_definer;

-- Something that a measure asks for and that is reported on: of which measure and extract, and whether it is done.
create function app.measure_owed(which uuid, file uuid)
returns table (measure_id uuid, by_judge boolean, judicial_file_id uuid, disclosure_id uuid, territory_id smallint, is_done boolean)
language plpgsql stable security definer rows 1 set search_path = pg_catalog as $$
begin
    return query
    select m.id, m.by_judge, m.file_id, j.disclosure_id, j.territory_id, t.done_at is not null
    from app.task t join app.child_measure m on m.id = coalesce(t.decision_id, t.court_event_id)
    join app.judicial_file j on j.id = m.file_id
    where t.id = which and t.case_id = file and t.rule = any (app.reported_rules()) and app.reads_file(file)
      and j.case_id <> all (app.hidden_cases());
end $$;
grant execute on function app.measure_owed to sanad_app;
alter function app.measure_owed owner to sanad_definer;

-- ——— A joinder, by its day ————————————————————————————————————————————————————————————————————————————————

-- Who comes into a procedure that is under way comes by a joinder, on a day; null is from the beginning.
create function app.adult_joins() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if exists (select from sec.me()) and exists (
        select from app.judicial_file f where f.id = new.file_id and f.state not in ('draft', 'withdrawn')) then
        new.joined_at := now();
    end if;
    return new;
end $$;
create trigger adult_joins before insert on app.judicial_adult
    for each row execute function app.adult_joins();
alter function app.adult_joins owner to sanad_definer;
