-- Invented people in numbers: the seven cities of the plan with five years of files. The same rows each
-- time, but for the day of the run, from which all dates count back.
--
-- Before it: `set bench.cases = '100000'`. The rest follows: 1.2 persons, 5 services, some 7 transitions
-- and 1.1 contacts a case, one judicial file in five cases, 40 workers a city. Names of accounts:
-- worker1.rabat to worker40.rabat, supervisor.rabat, prosecutor.rabat… and steering; without a password.
--
-- Words of people stay empty. The extracts of the prosecution do too, sealed as they lie: the temporary table
-- `notice` has the texts of the urgent notices for whoever can seal them.

create function pg_temp.cases() returns integer language sql stable as
$$ select current_setting('bench.cases')::integer $$;

-- A number below `below`, always the same for `n`; `salt` gives another series.
create function pg_temp.dice(n integer, salt integer, below integer) returns integer language sql immutable as
$$ select (abs(hashint4extended(n, salt) % below))::integer $$;

-- A UUIDv7 of that moment, always the same for that name: indexes grow at one end, as in use.
create function pg_temp.id(at timestamptz, name text) returns uuid language sql stable as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(name), 1, 3)
           || '8' || substr(md5(name), 4, 15))::uuid $$;

-- Staff --------------------------------------------------------------------------------------------------
create temp table city as
select c.territory_id, c.slug, t.file_prefix as prefix, j.court_id,
       array(select p.code from ref.place p where p.territory_id = c.territory_id and p.selectable order by p.code) as places,
       array(select o.code from ref.organisation o where o.territory_id = c.territory_id order by o.code) as providers
from plan.city c
join ref.territory t on t.id = c.territory_id
join ref.jurisdiction j on j.territory_id = c.territory_id and j.place_code is null and j.valid @> current_date;

create temp table staff as
select username, pg_temp.id('2021-01-04', username) as id, role, territory, court from (
    select 'worker' || n || '.' || slug as username, 'social_worker' as role, territory_id as territory, null::smallint as court
    from city, generate_series(1, 40) n
    union all select 'supervisor.' || slug, 'supervisor', territory_id, null from city
    union all select 'prosecutor.' || slug, 'prosecutor', null, court_id from city
    union all select 'steering', 'steering', null, null) s;
insert into sec.app_user (id, username, name_ar, name_la)
select id, username, 'اسم مختلق', 'Invented ' || username from staff;
insert into sec.role_assignment (id, user_id, role, territory_id, court_id, valid)
select pg_temp.id('2021-01-04', 'assignment ' || username), id, role, territory, court, daterange('2021-01-04', null)
from staff;

-- One row a file, from which all others follow -----------------------------------------------------------
create temp table file as
with numbered as (
    select n, 1 + n % 7 as territory, n / 7 as nth,
           now() - interval '6 hours' - (pg_temp.cases() - n) * interval '1825 days' / pg_temp.cases() as opened_at
    from generate_series(1, pg_temp.cases()) n
), placed as (
    select f.*, c.territory_id, c.slug, c.prefix, c.court_id, c.places, c.providers,
           -- most files of the last year are open, few of the older ones: about a hundred a worker
           pg_temp.dice(n, 1, 100) < case when opened_at > now() - interval '1 year' then 80 else 15 end as open
    from numbered f join city c on c.territory_id = f.territory
)
select p.n, p.territory_id, p.slug, p.prefix, p.court_id, p.places, p.providers, p.open, p.opened_at,
       p.opened_at - interval '3 hours' as seen_at,
       pg_temp.id(p.opened_at, 'case ' || n) as id,
       pg_temp.id(p.opened_at, 'episode ' || n) as episode,
       pg_temp.id(p.opened_at, 'child ' || n) as child,
       -- five children a mother, all of one city
       'mother ' || p.territory || ' ' || nth / 5 as mother_name,
       pg_temp.id('2021-01-04', 'mother ' || p.territory || ' ' || nth / 5) as mother,
       pg_temp.id(p.opened_at - interval '3 hours', 'contact ' || n) as contact,
       w.id as lead, s.id as supervisor, j.id as prosecutor,
       case when not open then 8 else 1 + pg_temp.dice(n, 2, 7) end as reached,
       least(now() - interval '5 hours', p.opened_at + pg_temp.dice(n, 3, 200) * interval '1 day') as moved_at,
       case when pg_temp.dice(n, 4, 100) < 15 then 'high' when pg_temp.dice(n, 4, 100) < 50 then 'medium' else 'low' end as risk,
       (array['F', 'M'])[1 + pg_temp.dice(n, 5, 2)] as sex,
       pg_temp.dice(n, 6, 100) = 0 as protected
from placed p
join staff w on w.username = 'worker' || 1 + nth % 40 || '.' || p.slug
join staff s on s.username = 'supervisor.' || p.slug
join staff j on j.username = 'prosecutor.' || p.slug;
create index on file (n);
analyze file;

-- Contacts: one before each file, one in ten that led to none, and those of the last days, not yet sorted --
create temp table seen as
select n, contact, territory_id, prefix, places, seen_at, lead, supervisor, true as sorted, id as case_id from file
union all
select -n, pg_temp.id(seen_at, 'contact -' || n), territory_id, prefix, places, seen_at, lead, supervisor, true, null
from file where n % 10 = 0
union all
select pg_temp.cases() + i, pg_temp.id(f.at, 'contact new ' || i), f.territory_id, f.prefix, f.places, f.at, f.lead, f.supervisor, false, null
from (select i, now() - i * interval '10 minutes' - interval '6 hours' as at, file.* from generate_series(1, 280) i
      join file on file.n = pg_temp.cases() - i) f;
insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, received_at, author,
                         circumstance, state, triaged_by, triaged_at, payload_mac)
select contact, 'R-' || prefix || '-' || n, territory_id, territory_id, places[1 + pg_temp.dice(n, 11, cardinality(places))],
       (array['traffic_light', 'mosque', 'market', 'station', 'street_square'])[1 + pg_temp.dice(n, 12, 5)],
       seen_at, seen_at, lead, (array['with_mother', 'alone', 'child_group', 'infant_carried'])[1 + pg_temp.dice(n, 13, 4)],
       case when sorted then 'triaged' else 'submitted' end, case when sorted then supervisor end,
       case when sorted then seen_at + interval '2 hours' end, '\x00'
from seen;
insert into app.contact_action (contact_id, territory_id, action) select contact, territory_id, 'awareness' from seen;
insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
select pg_temp.id(seen_at, 'seen ' || n), contact, territory_id, 1, (array['F', 'M'])[1 + pg_temp.dice(n, 5, 2)],
       12 * pg_temp.dice(n, 14, 12), 12 * pg_temp.dice(n, 14, 12) + 35
from seen;
insert into app.contact_child_flag (contact_child_id, territory_id, flag)
select pg_temp.id(seen_at, 'seen ' || n), territory_id, (array['infant', 'injury_or_illness', 'drugged'])[1 + pg_temp.dice(n, 15, 3)]
from seen where pg_temp.dice(n, 16, 10) = 0;
insert into app.contact_adult (id, contact_id, territory_id, relation_claimed)
select pg_temp.id(seen_at, 'adult ' || n), contact, territory_id, 'mother_unverified' from seen where pg_temp.dice(n, 17, 5) < 3;

-- People --------------------------------------------------------------------------------------------------
create temp table human as
select n, child as id, territory_id, sex, (opened_at - (2 + pg_temp.dice(n, 21, 14)) * interval '1 year')::date as born,
       protected, lead, opened_at as at from file
union all
select -min(n), mother, territory_id, 'F', (min(opened_at) - (20 + pg_temp.dice(min(n), 21, 20)) * interval '1 year')::date,
       false, (array_agg(lead order by n))[1], min(opened_at) from file group by mother, territory_id;
insert into app.identity (id, territory_id) select pg_temp.id(at, 'identity ' || n), territory_id from human;
insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, protected, created_by, created_at)
select id, territory_id, sex, born, born + 180, 'estimated', 'MA', protected, lead, at from human;
insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at)
select pg_temp.id(at, 'link ' || n), territory_id, id, pg_temp.id(at, 'identity ' || n), 'same', lead, at from human;
insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la)
select pg_temp.id(at, 'name ' || n), id, territory_id, 'civil',
       case sex when 'F' then (array['زينب', 'مريم', 'هاجر', 'سلمى', 'إيمان'])[g] else (array['يوسف', 'أيوب', 'أنس', 'رضا', 'حمزة'])[g] end,
       (array['العلوي', 'بنعلي', 'المرابط', 'الشرقاوي', 'أمزيان', 'الناصري', 'برادة'])[f],
       case sex when 'F' then (array['Zineb', 'Maryam', 'Hajar', 'Salma', 'Imane'])[g] else (array['Youssef', 'Ayoub', 'Anas', 'Reda', 'Hamza'])[g] end,
       (array['Alaoui', 'Benali', 'Mrabet', 'Cherkaoui', 'Amziane', 'Naciri', 'Berrada'])[f]
from human, lateral (select 1 + pg_temp.dice(n, 22, 5) as g, 1 + pg_temp.dice(n, 23, 7) as f) pick;
insert into app.relationship (id, territory_id, from_person, to_person, kind, claim, proof, created_by, created_at)
select pg_temp.id(opened_at, 'kin ' || n), territory_id, mother, child, 'mother', 'verified', 'civil_document', lead, opened_at
from file;

-- Files ---------------------------------------------------------------------------------------------------
create temp table service as
select f.n, s, pg_temp.id(f.opened_at + s * interval '1 day', 'service ' || f.n || ' ' || s) as id, f.territory_id,
       f.providers[1 + pg_temp.dice(f.n, 30 + s, cardinality(f.providers))] as provider, for_mother, delivered,
       case when for_mother then (array['literacy', 'family_mediation', 'psychological_support'])[1 + pg_temp.dice(f.n, 40 + s, 3)]
            else (array['food_clothes', 'medical_consultation', 'school_enrolment', 'home_visit', 'family_tracing'])[1 + pg_temp.dice(f.n, 40 + s, 5)] end as kind,
       least(current_date, f.opened_at::date + s * 12) as day, f.lead, f.id as case_id, f.child, f.mother
from file f, generate_series(1, 5) s,
     lateral (select s = 5 as for_mother, pg_temp.dice(f.n, 50 + s, 10) > 0 as delivered) kind;
create temp table measure as
select s.case_id, min(s.day) as day from service s join ref.service_kind k on k.code = s.kind and k.protects
where s.delivered group by s.case_id;

insert into app.case_file (id, number, territory_id, territory_at, child_id, protected, protected_measure_on,
                           protected_measure_kind, opened_at, opened_by, changed_at, changed_by)
select f.id, prefix || '-' || to_char(opened_at, 'YYYY') || '-' || n, territory_id, territory_id, child, protected,
       m.day, case when m.day is not null then 'service' end, opened_at, lead,
       moved_at, case pg_temp.dice(n, 24, 3) when 0 then supervisor else lead end
from file f left join measure m on m.case_id = f.id;
insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, due_at, source_contact_id, opened_at,
                              protected, closed_at, closure_reason, closure_asked_by, closure_asked_from, closed_by)
select episode, id, territory_id, 1,
       (array['identified', 'registered', 'assessment', 'planning', 'implementation', 'monitoring', 'closure_requested', 'closed'])[reached],
       moved_at, risk, case when open then now() + (pg_temp.dice(n, 25, 40) - 6) * interval '1 day' end, contact, opened_at,
       protected, case when not open then moved_at end, case when not open then 'stable_in_family' end,
       case when reached >= 7 then lead end, case when reached >= 7 then 'monitoring' end, case when not open then supervisor end
from file;
insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, at)
select pg_temp.id(f.opened_at, 'step ' || n || ' ' || s), episode, id, territory_id, states[s - 1], states[s], lead, 'social_worker',
       f.opened_at + (f.moved_at - f.opened_at) * (s - 1) / greatest(reached - 1, 1)
from file f, generate_series(1, f.reached) s,
     lateral (select array['identified', 'registered', 'assessment', 'planning', 'implementation', 'monitoring', 'closure_requested', 'closed'] as states) all_states;
insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, is_open)
select pg_temp.id(opened_at, 'lead ' || n), id, territory_id, lead, 'lead', opened_at, open from file;
insert into app.case_seen (user_id, case_id, territory_id, seen_at)
select lead, id, territory_id, moved_at from file where open;
insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user, at)
select pg_temp.id(seen_at, 'seen ' || n), territory_id, case when case_id is null then 'awareness_only' else 'new_case' end, case_id,
       supervisor, seen_at + interval '2 hours'
from seen where sorted;

-- Help ----------------------------------------------------------------------------------------------------
insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on, recorded_by, recorded_at,
                         payload_mac)
select id, territory_id, territory_id, kind, provider, case when delivered then 'delivered' else 'planned' end, day,
       case when delivered then day end, lead, day, '\x00'
from service;
insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
select id, case when for_mother then mother else child end, case_id, territory_id, case when for_mother then 'no_procedure' end
from service;

-- Care: an assessment every half year once it is assessed, a plan with four actions once it is planned, a visit a
-- month while it is followed up, and what each open file owes. Actions are done and visits missed, for what they say
-- would have to be sealed; of an open file three things are owed.
insert into app.case_consent (id, case_id, territory_id, purpose, basis, given_by, given_on, recorded_by, recorded_at)
select pg_temp.id(opened_at, 'consent ' || n), id, territory_id, 'sharing', 'legal_mission', 'prosecution', opened_at::date, lead, opened_at
from file where reached >= 2;
create temp table assessed as
select f.*, s, pg_temp.id(f.opened_at + s * interval '1 hour', 'assessment ' || f.n || ' ' || s) as assessment,
       f.opened_at + (f.moved_at - f.opened_at) * s / 3 as completed_at
from file f, generate_series(1, 2) s where f.reached >= 3 + s;
insert into app.assessment (id, case_id, territory_id, episode_id, seq, state, computed, reasons, begun_by, begun_at,
                            completed_by, completed_at, review_due_at)
select assessment, id, territory_id, episode, s, 'completed', risk, '[]', lead, completed_at, lead, completed_at,
       completed_at + interval '180 days' from assessed;
insert into app.assessment_score (id, assessment_id, case_id, territory_id, domain, score)
select pg_temp.id(completed_at, 'score ' || n || s || d.code), assessment, id, territory_id, d.code, 1 + pg_temp.dice(n, 70 + s + d.sort, 4)
from assessed, ref.assessment_domain d;
create temp table planned as select f.*, pg_temp.id(f.opened_at, 'plan ' || f.n) as plan from file f where f.reached >= 5;
insert into app.care_plan (id, case_id, territory_id, episode_id, seq, state, author, drawn_up_at, submitted_at, answer_due_at,
                           answered_by, answered_at, review_due_at)
select plan, id, territory_id, episode, 1, 'approved', lead, opened_at, opened_at, opened_at, supervisor, opened_at,
       opened_at + interval '180 days' from planned;
insert into app.plan_goal (id, plan_id, case_id, territory_id, nth, domain, text_enc)
select pg_temp.id(opened_at, 'goal ' || n || ' ' || g), plan, id, territory_id, g, (array['education', 'family'])[g], ''
from planned, generate_series(1, 2) g;
insert into app.plan_action (id, goal_id, plan_id, case_id, territory_id, number, text_enc, due_on, state, closed_on, closed_by)
select pg_temp.id(opened_at, 'action ' || n || ' ' || a), pg_temp.id(opened_at, 'goal ' || n || ' ' || 1 + a % 2), plan, id, territory_id, a,
       '', moved_at::date, 'done', moved_at::date, lead
from planned, generate_series(1, 4) a;
insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, missed_on, missed_reason,
                       recorded_by, recorded_at)
select pg_temp.id(moved_at - v * interval '30 days', 'visit ' || n || ' ' || v), id, episode, territory_id, territory_id, 7 - v, 'home_visit',
       moved_at::date - 30 * v, moved_at::date - 30 * v, 'nobody_there', lead, moved_at - v * interval '30 days'
from file, generate_series(1, 6) v where reached >= 6;
insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on)
select pg_temp.id(moved_at, 'visit ' || n), id, episode, territory_id, territory_id, 7, 'home_visit', moved_at::date + 30
from file where reached = 6;
insert into app.task (id, territory_id, rule, queue, occurrence, case_id, episode_id, due_at)
select pg_temp.id(opened_at, 'task ' || n || ' ' || nth), territory_id, r.code, r.queue, nth, id, episode,
       now() + (pg_temp.dice(n, 80 + nth, 40) - 4) * interval '1 day'
from file, generate_series(1, 3) nth,
     ref.task_rule r where open and r.code = case nth
         when 1 then (array['step_identified', 'step_registered', 'step_assessment', 'step_planning', 'step_implementation', 'visit', 'closure_answer'])[reached]
         when 2 then 'reassess' else 'plan_review' end;

-- Justice: one file in five, one in ten of them waits; an urgent notice in fifty, the newest not yet seen ----
create function pg_temp.coded(code text) returns jsonb language sql immutable as
$$ select jsonb_build_object('code', code, 'ar', code, 'fr', code, 'en', code) $$;
create temp table extract as
select f.n, kind, pg_temp.id(f.at, kind || ' ' || f.n) as id, f.at,
       (jsonb_build_object('schema_version', 1, 'composed_on', f.at::date, 'case_number', 'X',
            'origin', pg_temp.coded(f.slug), 'court', pg_temp.coded(f.slug))
        || case kind
            when 'urgent_notice' then jsonb_build_object('sex', pg_temp.coded(f.sex), 'age', null, 'contact', null,
                'flags', jsonb_build_array(pg_temp.coded('infant')), 'callback', pg_temp.coded('cell'))
            else jsonb_build_object('legal_basis', pg_temp.coded('law_27_14'), 'urgent', false, 'contact', null,
                'summary', 'ملخص مختلق', 'children', '[]'::jsonb, 'adults', '[]'::jsonb) end)::text as snapshot
from (select file.*, least(now() - interval '3 hours', opened_at + interval '9 days') as at from file) f,
     lateral (select 'dossier' as kind where f.n % 5 = 0 union all select 'urgent_notice' where f.n % 50 = 1) k;
insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc, sha256, composed_by,
                            composed_at, sent_by, sent_at, acknowledged_by, acknowledged_at)
select e.id, e.kind, f.id, territory_id, court_id, 'law_27_14', 1, '', sha256(convert_to(snapshot, 'UTF8')), lead, e.at,
       supervisor, e.at, case when e.at < now() - interval '2 days' then prosecutor end,
       case when e.at < now() - interval '2 days' then e.at + interval '1 hour' end
from extract e join file f using (n);
create temp table notice as select id, snapshot from extract where kind = 'urgent_notice';
create temp table procedure as
select f.*, e.at, e.id as disclosure, pg_temp.id(e.at, 'judicial ' || f.n) as file_id,
       pg_temp.dice(f.n, 61, 10) > 0 and e.at < now() - interval '5 days' as decided, pg_temp.dice(f.n, 62, 20) = 0 as urgent,
       pg_temp.dice(f.n, 63, 2) = 0 as pleaded
from extract e join file f using (n) where e.kind = 'dossier';
insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state, urgent,
                               children, children_waiting, adults, adults_waiting,
                               composed_by, composed_at, transmitted_by, transmitted_at, received_by, received_at,
                               state_since, held_by, held_since, awaits, due_at)
select file_id, 'J-' || prefix || '-' || n, id, territory_id, court_id, court_id, disclosure,
       case when at < now() - interval '2 days' then 'under_study' else 'transmitted' end, urgent, 1, case when decided then 0 else 1 end, 1,
       case when decided then 0 else 1 end, lead, at, supervisor, at,
       case when at < now() - interval '2 days' then prosecutor end, case when at < now() - interval '2 days' then at + interval '1 day' end,
       -- what the trigger on deadlines would write: one file in four is in somebody's hands, the others the court's
       at, case when at < now() - interval '2 days' and n % 4 = 0 then prosecutor end,
       case when at < now() - interval '2 days' and n % 4 = 0 then at + interval '1 day' end,
       case when at >= now() - interval '2 days' then 'receipt' when not decided then 'adult_decision' end,
       case when at >= now() - interval '2 days' then at + interval '1 day' when not decided then at + interval '3 days' end
from procedure;
insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
select file_id, id, territory_id, court_id, child, id from procedure;
insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
select file_id, id, territory_id, court_id, mother, 'mother' from procedure;
insert into app.court_act (id, file_id, case_id, territory_id, court_id, year, number)
select pg_temp.id(at, 'act ' || n), file_id, id, territory_id, court_id, extract(year from at), n::text
from procedure where decided;
insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by, recorded_at, act_id)
select pg_temp.id(at, 'measure ' || n), file_id, id, territory_id, court_id, child, 'return_to_parents', at::date + 3, prosecutor,
       at + interval '3 days', pg_temp.id(at, 'act ' || n)
from procedure where decided;
insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by, recorded_at, act_id)
select pg_temp.id(at, 'decision ' || n), file_id, id, territory_id, court_id, mother, case when pleaded then 'filed' else 'treated_as_victim' end,
       'not_prosecuted', at::date + 3, prosecutor, at + interval '3 days', pg_temp.id(at, 'act ' || n)
from procedure where decided;

-- Two courts beside those of the plan, one with fifty times the files of the other: what an inbox costs must not
-- follow what lies in it. `prosecutor.small` and `prosecutor.large` read them.
create temp table crowded as
select c.id as court_id, case when row_number() over (order by c.id) = 1 then 'small' else 'large' end as slug,
       case when row_number() over (order by c.id) = 1 then pg_temp.cases() / 100 else pg_temp.cases() / 2 end as files
from ref.court c where c.level = 'tpi' and c.id not in (select court_id from city) order by c.id limit 2;
insert into sec.app_user (id, username, name_ar, name_la)
select pg_temp.id('2021-01-04', 'prosecutor.' || slug), 'prosecutor.' || slug, 'اسم مختلق', 'Invented ' || slug from crowded;
insert into sec.role_assignment (id, user_id, role, territory_id, court_id, valid)
select pg_temp.id('2021-01-04', 'assignment ' || slug), pg_temp.id('2021-01-04', 'prosecutor.' || slug), 'prosecutor', null,
       court_id, daterange('2021-01-04', null)
from crowded;
create temp table queued as
select f.n, f.id, f.prefix, f.territory_id, f.lead, f.supervisor, f.child, c.court_id, c.slug,
       least(now() - interval '3 hours', f.opened_at + interval '9 days') as at,
       pg_temp.dice(f.n, 71, 10) > 0 as decided, pg_temp.dice(f.n, 72, 20) = 0 as urgent,
       pg_temp.id('2021-01-04', 'prosecutor.' || c.slug) as prosecutor
from crowded c join file f on f.n > pg_temp.cases() - c.files;
insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc, sha256, composed_by,
                            composed_at, sent_by, sent_at, acknowledged_by, acknowledged_at)
select pg_temp.id(at, 'sent ' || slug || n), 'dossier', id, territory_id, court_id, 'law_27_14', 1, '', sha256(''), lead, at,
       supervisor, at, prosecutor, at + interval '1 hour'
from queued;
insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state, urgent,
                               children, children_waiting, adults, adults_waiting,
                               composed_by, composed_at, transmitted_by, transmitted_at, received_by, received_at,
                               state_since, held_by, held_since, awaits, due_at)
select pg_temp.id(at, 'judicial ' || slug || n), 'J-' || upper(left(slug, 1)) || '-' || n, id, territory_id, court_id, court_id,
       pg_temp.id(at, 'sent ' || slug || n), 'under_study', urgent, 1, case when decided then 0 else 1 end, 0, 0,
       lead, at, supervisor, at, prosecutor, at + interval '1 hour', at,
       case when n % 4 = 0 then prosecutor end, case when n % 4 = 0 then at + interval '1 day' end,
       case when not decided then 'child_measure' end, case when not decided then at + interval '3 days' end
from queued;
insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
select pg_temp.id(at, 'judicial ' || slug || n), id, territory_id, court_id, child, id from queued;

-- What was opened: three times a file ------------------------------------------------------------------------
insert into audit.event (at, actor, action, territory_id, object_kind, object_id, row_hash)
select moved_at - s * interval '1 hour', lead, 'case.opened', territory_id, 'case', id, '\x00'
from file, generate_series(1, 3) s;

-- What the triggers keep where they run -------------------------------------------------------------------------
select app.count_reach(array(select id from file));
select app.mark_near(array(select id from file where protected));
