-- A worker and a supervisor of Rabat, a worker of Salé, and words to lay down invented facts of 2024 with. Triggers are off
-- from here on: what a test lays down is what is there.
create function public.id(name text) returns uuid language sql as
$$ select encode(substr(sha256(convert_to(name, 'UTF8')), 1, 16), 'hex')::uuid $$;
create function public.clock(on_day date, clock time default '10:00') returns timestamptz language sql as
$$ select (on_day + clock) at time zone 'Africa/Casablanca' $$;

insert into sec.app_user (id, username, name_ar, name_la)
select id(name), name, 'اسم مختلق', 'Invented ' || name
from unnest(array['worker.rabat', 'second.rabat', 'supervisor.rabat', 'worker.sale']) name;
insert into sec.role_assignment (id, user_id, role, territory_id, valid)
values (id('post 1'), id('worker.rabat'), 'social_worker', 1, daterange('2023-01-01', null)),
       (id('post 2'), id('second.rabat'), 'social_worker', 1, daterange('2023-01-01', null)),
       (id('post 3'), id('supervisor.rabat'), 'supervisor', 1, daterange('2023-01-01', null)),
       (id('post 4'), id('worker.sale'), 'social_worker', 2, daterange('2023-01-01', null));
insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
select sha256(convert_to(u.username, 'UTF8')), u.id, a.id, 1, now() + interval '1 hour', now() + interval '1 hour'
from sec.app_user u join sec.role_assignment a on a.user_id = u.id;

-- A child with a file, opened on a day, and where it stands.
create function public.child(name text, opened date, city smallint default 1, sex text default 'F', born date default '2014-06-15',
                             risk text default 'medium') returns void language sql as $$
    insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, created_by)
    values (id('child ' || name), city, sex, born, born, case when born is not null then 'declared' end, 'MA', id('worker.rabat'));
    insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, opened_at)
    values (id('file ' || name), 'RAB-2024-' || name, city, city, id('child ' || name), id('worker.rabat'), clock(opened));
    insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, opened_at)
    values (id('episode ' || name), id('file ' || name), city, 1, 'registered', clock(opened), risk, clock(opened));
    insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role, at)
    values (gen_random_uuid(), id('episode ' || name), id('file ' || name), city, 'identified', id('worker.rabat'),
            'social_worker', clock(opened));
$$;
-- Its first protection measure.
create function public.protect(name text, on_day date) returns void language sql as $$
    update app.case_file set protected_measure_on = on_day, protected_measure_kind = 'service' where id = id('file ' || name)
$$;
-- The file moves.
create function public.moved(name text, from_state text, to_state text, moment timestamptz) returns void language sql as $$
    insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, at)
    select gen_random_uuid(), id('episode ' || name), c.id, c.territory_id, from_state, to_state, id('worker.rabat'),
           'social_worker', moment
    from app.case_file c where c.id = id('file ' || name)
$$;
create function public.shut(name text, on_day date, reason text) returns void language sql as $$
    update app.case_episode set state = 'closed', closed_at = clock(on_day), closure_reason = reason, closed_by = id('supervisor.rabat')
    where id = id('episode ' || name)
$$;
-- A contact; with a child of a file, sorted and linked to it.
create function public.meet(what text, moment timestamptz, who text default null, kind text default 'linked_to_case',
                            city smallint default 1, more integer default 0) returns void language sql as $$
    insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, received_at, author,
                             circumstance, state, triaged_by, triaged_at, payload_mac)
    values (id('contact ' || what), 'R-' || what, city, city, '044210107', 'traffic_light', moment, moment, id('worker.rabat'),
            'alone', 'triaged', id('supervisor.rabat'), moment + interval '2 hours', '\x00');
    insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
    select id('seen ' || what || n), id('contact ' || what), city, n, 'F', 100, 120 from generate_series(0, more) n;
    insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user, at)
    select id('seen ' || what || 0), city, kind, id('file ' || who), id('supervisor.rabat'), moment + interval '2 hours'
    where kind is not null;
$$;
-- Help of a kind, given on a day: to the child of a file, or to somebody through it, under an effect. `asked` is when it was
-- written down first.
create function public.help(what text, name text, kind text, on_day date, effect text default null, person uuid default null,
                            asked date default null) returns void language sql as $$
    insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on, recorded_by, recorded_at,
                             payload_mac)
    select id('help ' || what), c.territory_id, c.territory_at, kind, (select min(code) from ref.organisation),
           case when on_day is null then 'planned' else 'delivered' end, coalesce(on_day, asked), on_day, id('worker.rabat'),
           clock(coalesce(asked, on_day)), '\x00'
    from app.case_file c where c.id = id('file ' || name);
    insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
    select id('help ' || what), coalesce(person, c.child_id), c.id, c.territory_id, effect
    from app.case_file c where c.id = id('file ' || name);
$$;
-- A completed assessment, with one need.
create function public.assess(what text, name text, moment timestamptz, need text default null) returns void language sql as $$
    insert into app.assessment (id, case_id, territory_id, episode_id, seq, state, computed, reasons, begun_by, begun_at, completed_by,
                                completed_at, review_due_at)
    select id('assessment ' || what), c.id, c.territory_id, id('episode ' || name),
           (select count(*) from app.assessment a where a.case_id = c.id) + 1, 'completed', 'medium', '[]', id('worker.rabat'),
           moment, id('worker.rabat'), moment, moment + interval '90 days'
    from app.case_file c where c.id = id('file ' || name);
    insert into app.assessment_need (assessment_id, case_id, territory_id, need)
    select a.id, a.case_id, a.territory_id, assess.need from app.assessment a
    where a.id = id('assessment ' || what) and assess.need is not null;
$$;
-- What is owed for a file until a moment, and when it was struck out.
create function public.owe(what text, name text, rule text, until timestamptz, done timestamptz default null,
                           since timestamptz default '2024-01-01') returns void language sql as $$
    insert into app.task (id, territory_id, rule, queue, occurrence, case_id, episode_id, due_at, owed_at, done_at)
    select id('task ' || what), c.territory_id, rule, 'lead', (select count(*) from app.task t where t.case_id = c.id) + 1, c.id,
           id('episode ' || name), until, since, done
    from app.case_file c where c.id = id('file ' || name)
$$;
-- A visit that was due, and when it was made.
create function public.visit(what text, name text, due date, done date default null, school text default null)
returns void language sql as $$
    insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, done_on, education, refound, safe,
                           findings_enc, recorded_by, recorded_at)
    select id('visit ' || what), c.id, id('episode ' || name), c.territory_id, c.territory_at,
           (select count(*) from app.visit v where v.case_id = c.id) + 1, 'home_visit', due, done, school,
           case when done is not null then 'no' end, case when done is not null then 'yes' end,
           case when done is not null then '\x00'::bytea end, case when done is not null then id('worker.rabat') end,
           case when done is not null then clock(done) end
    from app.case_file c where c.id = id('file ' || name)
$$;
-- An adult who stands in a judicial file about the child of a file, and a decision on her or him.
create function public.adult(name text, sex text default 'F', city smallint default 1) returns void language sql as $$
    insert into app.person (id, territory_id, sex, created_by) values (id('adult ' || name), city, sex, id('worker.rabat'))
$$;
create function public.refer(what text, name text, sent timestamptz, received timestamptz default null, court smallint default 11)
returns void language sql as $$
    insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state, composed_by,
                                   composed_at, transmitted_by, transmitted_at, received_by, received_at)
    select id('judicial ' || what), 'J-' || what, c.id, c.territory_id, court, court, id('disclosure ' || what),
           case when received is null then 'transmitted' else 'received' end, id('worker.rabat'), sent, id('supervisor.rabat'), sent,
           case when received is not null then id('supervisor.rabat') end, received
    from app.case_file c where c.id = id('file ' || name);
    insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
    select f.id, f.case_id, f.territory_id, f.court_id, c.child_id, c.id
    from app.judicial_file f join app.case_file c on c.id = f.case_id where f.id = id('judicial ' || what);
$$;
create function public.stand(what text, person text, relation text) returns void language sql as $$
    insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
    select f.id, f.case_id, f.territory_id, f.court_id, id('adult ' || person), relation
    from app.judicial_file f where f.id = id('judicial ' || what)
$$;
create function public.decide(what text, person text, outcome text, on_day date) returns void language sql as $$
    insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, offence, decided_on,
                                    recorded_at, recorded_by)
    select gen_random_uuid(), f.id, f.case_id, f.territory_id, f.court_id, id('adult ' || person),
           case outcome when 'prosecuted' then 'prosecution_at_liberty' when 'pending' then 'provisional_filing' else 'filed' end,
           outcome, case outcome when 'prosecuted' then (select min(code) from ref.offence) end, on_day, clock(on_day),
           id('supervisor.rabat')
    from app.judicial_file f where f.id = id('judicial ' || what)
$$;
create function public.measure(what text, kind text, on_day date) returns void language sql as $$
    insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_at, recorded_by)
    select gen_random_uuid(), f.id, f.case_id, f.territory_id, f.court_id, k.person_id, kind, on_day, clock(on_day), id('supervisor.rabat')
    from app.judicial_file f join app.judicial_child k on k.file_id = f.id where f.id = id('judicial ' || what)
$$;
-- Two records of one child.
create function public.same(one text, other text) returns void language sql as $$
    insert into app.identity (id, territory_id) values (id('identity ' || one), 1);
    insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
    select gen_random_uuid(), p.territory_id, p.id, id('identity ' || one), 'same', id('supervisor.rabat')
    from app.person p where p.id in (id('child ' || one), id('child ' || other))
$$;
