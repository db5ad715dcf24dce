-- Two cities, each with workers, a supervisor and a court; in Rabat a file of worker1, one of worker2,
-- and a protected one of worker2; in Salé one of its worker1. Ids come from names, so that a test can
-- say id('case rabat.mine'); the cookie of a session is the user's name.
create function pg_temp.id(name text) returns uuid language sql as
$$ select encode(substr(sha256(convert_to(name, 'UTF8')), 1, 16), 'hex')::uuid $$;

create temp table staff (username text, role text, territory smallint, court smallint, organisation text);
insert into staff values
    ('worker1.rabat', 'social_worker', 1, null, null), ('worker2.rabat', 'social_worker', 1, null, null),
    ('worker1.sale', 'social_worker', 2, null, null), ('worker2.sale', 'social_worker', 2, null, null),
    ('supervisor.rabat', 'supervisor', 1, null, null), ('supervisor.sale', 'supervisor', 2, null, null),
    ('focal.rabat', 'focal_point', 1, null, 'hospital_cell_rabat'),
    ('institution.rabat', 'institution_manager', 1, null, 'shelter_rabat'),
    ('prosecutor.rabat', 'prosecutor', null, 11, null), ('prosecutor.sale', 'prosecutor', null, 12, null),
    ('registrar.rabat', 'court_registrar', null, 11, null), ('chief.rabat', 'chief_prosecutor', null, 11, null),
    ('steering', 'steering', null, null, null), ('admin', 'admin', null, null, null), ('dpo', 'dpo', null, null, null);
insert into sec.app_user (id, username, name_ar, name_la)
select pg_temp.id(username), username, 'اسم مختلق', 'Invented ' || username from staff;
insert into sec.role_assignment (id, user_id, role, territory_id, court_id, organisation_code, valid)
select pg_temp.id('assignment ' || username), pg_temp.id(username), role, territory, court, organisation,
       daterange(current_date - 100, null) from staff;
insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
select sha256(convert_to(username, 'UTF8')), pg_temp.id(username), pg_temp.id('assignment ' || username), 1,
       now() + interval '1 hour', now() + interval '1 hour' from staff;

-- For the administration: somebody for each file, with a post, so that every probe finds one.
insert into sec.app_user (id, username, name_ar, name_la)
select pg_temp.id('user ' || name), 'kept.' || name, 'اسم مختلق', 'Invented ' || name
from (values ('rabat.mine'), ('rabat.colleague'), ('rabat.protected'), ('sale.mine')) as x (name);
insert into sec.role_assignment (id, user_id, role, valid)
select pg_temp.id('post ' || name), pg_temp.id('user ' || name), 'steering', daterange(current_date - 50, null)
from (values ('rabat.mine'), ('rabat.colleague'), ('rabat.protected'), ('sale.mine')) as x (name);
-- and posts of years ago, for the review of a quarter that is past: one found right, one taken away
insert into sec.app_user (id, username, name_ar, name_la)
select pg_temp.id(name), name, 'اسم مختلق', 'Invented ' || name from (values ('former.right'), ('former.taken')) as x (name);
insert into sec.role_assignment (id, user_id, role, valid, ended_at, ended_by)
values (pg_temp.id('post right'), pg_temp.id('former.right'), 'steering', daterange('2024-01-01', '2024-12-01'), null, null),
       (pg_temp.id('post taken'), pg_temp.id('former.taken'), 'steering', daterange('2024-01-01', '2024-05-06'),
        '2024-05-06 10:00Z', pg_temp.id('admin'));
insert into sec.access_review (assignment_id, quarter, reviewed_by, reviewed_at)
values (pg_temp.id('post right'), '2024-04-01', pg_temp.id('dpo'), '2024-04-03 10:00Z');

-- The files, and how far each has come at the prosecution.
create temp table file (name text, territory smallint, place text, court smallint, lead text, protected boolean,
                        judicial text);
insert into file values
    ('rabat.mine', 1, '044210107', 11, 'worker1.rabat', false, 'transmitted'),
    ('rabat.colleague', 1, '044210107', 11, 'worker2.rabat', false, 'draft'),
    ('rabat.protected', 1, '044210107', 11, 'worker2.rabat', true, 'received'),
    ('sale.mine', 2, '044410108', 12, 'worker1.sale', false, 'under_study');

-- words that lie sealed: `world.rs` seals them where they belong
create temp table plain (field text, holder uuid, row_id uuid, text text);

insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at,
                         author, circumstance, state, triaged_by, triaged_at, payload_mac)
select pg_temp.id('contact ' || name), ref.next_number('receipt', territory, current_date), territory, territory,
       place, 'traffic_light', now() - interval '9 days', pg_temp.id(lead), 'with_mother',
       'triaged', pg_temp.id(case territory when 1 then 'supervisor.rabat' else 'supervisor.sale' end),
       now() - interval '8 days', sha256('x') from file
union all
select pg_temp.id('contact fresh ' || name), ref.next_number('receipt', territory, current_date), territory, territory,
       place, 'mosque', now() - interval '2 days', pg_temp.id(lead), 'alone', 'submitted', null, null,
       sha256('y') from file;
insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
select pg_temp.id('seen ' || name), pg_temp.id('contact ' || name), territory, 1, 'F', 48, 71 from file
union all
select pg_temp.id('seen fresh ' || name), pg_temp.id('contact fresh ' || name), territory, 1, 'M', 6, 18 from file;
insert into app.contact_child_flag (contact_child_id, territory_id, flag)
select pg_temp.id('seen fresh ' || name), territory, 'infant' from file;
insert into app.contact_adult (id, contact_id, territory_id, relation_claimed)
select pg_temp.id('adult ' || name), pg_temp.id('contact ' || name), territory, 'mother' from file;
insert into plain
select 'contact.landmark_enc', pg_temp.id('contact ' || name), pg_temp.id('contact ' || name), 'CANARY-LANDMARK' from file
union all
select 'contact.note_enc', pg_temp.id('contact ' || name), pg_temp.id('contact ' || name), 'CANARY-NOTE' from file
union all
select 'contact_child.seen_as_enc', pg_temp.id('contact ' || name), pg_temp.id('seen ' || name), 'CANARY-SEEN' from file
union all
select 'contact_adult.name_enc', pg_temp.id('contact ' || name), pg_temp.id('adult ' || name), 'CANARY-ADULT' from file
union all
select 'contact_adult.phone_enc', pg_temp.id('contact ' || name), pg_temp.id('adult ' || name), '+212600000000' from file;
insert into app.phone_print (contact_adult_id, contact_id, territory_id, print)
select pg_temp.id('adult ' || name), pg_temp.id('contact ' || name), territory,
       substr(sha256(convert_to('phone ' || name, 'UTF8')), 1, 16) from file;
insert into app.contact_action (contact_id, territory_id, action)
select pg_temp.id('contact ' || name), territory, 'awareness' from file;

insert into app.identity (id, territory_id)
select pg_temp.id('identity ' || who || ' ' || name), territory from file, (values ('child'), ('mother')) as x (who);
insert into app.person (id, territory_id, sex, birth_earliest, birth_latest, birth_basis, nationality, protected,
                        created_by, created_at)
select pg_temp.id('child ' || name), territory, 'F', current_date - 2000, current_date - 1800, 'estimated', 'MA',
       protected, pg_temp.id(lead), now() - interval '8 days' from file
union all
select pg_temp.id('mother ' || name), territory, 'F', current_date - 10000, current_date - 9000, 'declared', 'MA',
       false, pg_temp.id(lead), now() - interval '8 days' from file;
insert into app.person_identifier (id, person_id, territory_id, kind, value_enc, blind_index, recorded_by)
select pg_temp.id('number ' || name), pg_temp.id('child ' || name), territory, 'massar', '',
       substr(sha256(convert_to(name, 'UTF8')), 1, 16), pg_temp.id(lead) from file;
insert into plain
select 'person_identifier.value_enc', pg_temp.id('child ' || name), pg_temp.id('number ' || name), 'CANARY-NUMBER-42'
from file;
-- what the child is known again by: one sign that stands, one that was struck
insert into app.distinguishing_sign (id, person_id, territory_id, sign, part, note_enc, recorded_by, recorded_at,
                                     struck_by, struck_at, struck_why_enc)
select pg_temp.id('sign ' || name), pg_temp.id('child ' || name), territory, 'scar', 'left_hand', ''::bytea, pg_temp.id(lead),
       now() - interval '7 days', null, null, null from file
union all
select pg_temp.id('struck ' || name), pg_temp.id('child ' || name), territory, 'glasses', 'face', null, pg_temp.id(lead),
       now() - interval '7 days', pg_temp.id(lead), now() - interval '6 days', ''::bytea from file;
insert into plain
select 'distinguishing_sign.note_enc', pg_temp.id('child ' || name), pg_temp.id('sign ' || name), 'CANARY-MARK' from file
union all
select 'distinguishing_sign.struck_why_enc', pg_temp.id('child ' || name), pg_temp.id('struck ' || name), 'CANARY-STRUCK'
from file;
insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
select pg_temp.id('link ' || who || ' ' || name), territory, pg_temp.id(who || ' ' || name),
       pg_temp.id('identity ' || who || ' ' || name), 'same', pg_temp.id(lead)
from file, (values ('child'), ('mother')) as x (who);
insert into app.person_name (id, person_id, territory_id, kind, given_ar, family_ar, given_la, family_la)
select pg_temp.id('name ' || who || ' ' || name), pg_temp.id(who || ' ' || name), territory, 'civil',
       'زينب', 'CANARY-' || who || '-' || name, 'Zineb', 'CANARY-' || who || '-' || name
from file, (values ('child'), ('mother')) as x (who);
insert into app.relationship (id, territory_id, from_person, to_person, kind, claim, proof, created_by)
select pg_temp.id('kin ' || name), territory, pg_temp.id('mother ' || name), pg_temp.id('child ' || name), 'mother',
       'verified', 'civil_document', pg_temp.id(lead) from file;

insert into app.case_file (id, number, territory_id, territory_at, child_id, protected, opened_at, opened_by,
                           changed_at, changed_by)
select pg_temp.id('case ' || name), ref.next_number('case', territory, current_date), territory, territory,
       pg_temp.id('child ' || name), protected, now() - interval '8 days', pg_temp.id(lead), now() - interval '1 day',
       pg_temp.id(lead) from file;
insert into app.child_condition (case_id, territory_id, disability, education, recorded_by, recorded_at)
select pg_temp.id('case ' || name), territory, 'intellectual', 'non_formal', pg_temp.id(lead), now() - interval '7 days' from file;
-- a child and a mother are nobody's pair: it is there, and no page shows it
insert into app.duplicate_pair (id, one_person, other_person, territory_id, score, reasons, found_at)
select pg_temp.id('pair ' || name), least(c.id, m.id), greatest(c.id, m.id), territory, 60, '{name,age}',
       now() - interval '1 day'
from file, lateral (select pg_temp.id('child ' || name) as id) c, lateral (select pg_temp.id('mother ' || name) as id) m;
insert into app.duplicate_sweep (territory_id, swept_to) values (1, now() - interval '1 day'), (2, now() - interval '1 day');
insert into app.case_episode (id, case_id, territory_id, seq, state, state_since, risk, due_at, source_contact_id, opened_at)
select pg_temp.id('episode ' || name), pg_temp.id('case ' || name), territory, 1, 'assessment',
       now() - interval '7 days', 'medium', now() + interval '3 days', pg_temp.id('contact ' || name),
       now() - interval '8 days' from file;
insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, at)
select pg_temp.id('step ' || seq || name), pg_temp.id('episode ' || name), pg_temp.id('case ' || name), territory,
       from_state, to_state, pg_temp.id(lead), 'social_worker', now() - interval '8 days' + seq * interval '1 hour'
from file, (values (1, null, 'identified'), (2, 'identified', 'registered'), (3, 'registered', 'assessment'))
    as step (seq, from_state, to_state);
insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since)
select pg_temp.id('lead ' || name), pg_temp.id('case ' || name), territory, pg_temp.id(lead), 'lead',
       now() - interval '8 days' from file;
insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user, at)
select pg_temp.id('seen ' || name), territory, 'new_case', pg_temp.id('case ' || name),
       pg_temp.id(case territory when 1 then 'supervisor.rabat' else 'supervisor.sale' end), now() - interval '8 days'
from file;
-- something owed beside what the state owes; somebody who was away
insert into app.task (id, territory_id, rule, queue, occurrence, case_id, episode_id, due_at)
select pg_temp.id('task ' || name), territory, 'step_implementation', 'lead', 7, pg_temp.id('case ' || name),
       pg_temp.id('episode ' || name), now() + interval '2 days' from file;
-- which was with a supervisor for a while, and came back; laid down past the rules of handing over
alter table app.task_handover disable trigger user;
insert into app.task_handover (id, task_id, case_id, territory_id, from_user, to_user, why_enc, by_user, at)
select pg_temp.id('handover ' || x.seq || name), pg_temp.id('task ' || name), pg_temp.id('case ' || name), territory,
       case x.seq when 2 then pg_temp.id('supervisor.' || split_part(name, '.', 1)) end,
       case x.seq when 1 then pg_temp.id('supervisor.' || split_part(name, '.', 1)) end, '', pg_temp.id(lead),
       now() - interval '2 days' + x.seq * interval '1 hour' from file, (values (1), (2)) as x (seq);
alter table app.task_handover enable trigger user;
insert into plain select 'task_handover.why_enc', pg_temp.id('case ' || name), pg_temp.id('handover ' || x.seq || name),
       'CANARY-HANDOVER' from file, (values (1), (2)) as x (seq);
insert into app.stand_in (id, territory_id, absent, colleague, since, until, made_by, ended_at)
select pg_temp.id('stand in ' || name), territory, pg_temp.id(lead), pg_temp.id('supervisor.' || split_part(name, '.', 1)),
       current_date - 5, current_date - 1, pg_temp.id(lead), now() from file;
-- how often each city visits
insert into app.visit_rhythm (territory_id, risk, days, set_by) values
    (1, 'medium', 10, pg_temp.id('supervisor.rabat')), (2, 'medium', 12, pg_temp.id('supervisor.sale'));
-- one visit made, one owed
insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, planned_by)
select pg_temp.id('visit ' || name), pg_temp.id('case ' || name), pg_temp.id('episode ' || name), territory, territory, 2,
       'home_visit', current_date + 3, pg_temp.id(lead) from file;
insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, done_on, education, refound,
                       safe, findings_enc, recorded_by, recorded_at)
select pg_temp.id('visited ' || name), pg_temp.id('case ' || name), pg_temp.id('episode ' || name), territory, territory, 1,
       'home_visit', current_date - 3, current_date - 3, 'primary', 'no', 'yes', '', pg_temp.id(lead), now() - interval '3 days'
from file;
insert into app.case_note (id, case_id, territory_id, text_enc, author, at)
select pg_temp.id('note ' || name), pg_temp.id('case ' || name), territory, '', pg_temp.id(lead), now() - interval '3 days' from file;
insert into plain select 'case_note.text_enc', pg_temp.id('case ' || name), pg_temp.id('note ' || name), 'CANARY-REMARK' from file;
insert into plain select 'visit.findings_enc', pg_temp.id('case ' || name), pg_temp.id('visited ' || name), 'CANARY-VISIT' from file;

insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on, recorded_by,
                         recorded_at, payload_mac)
select pg_temp.id('service ' || who || ' ' || name), territory, territory, kind,
       case territory when 1 then 'en_cell_rabat' else 'en_cell_sale' end, state, current_date - 5,
       case state when 'delivered' then current_date - 4 end, pg_temp.id(lead), now() - interval '4 days', sha256('z')
from file, (values ('child', 'food_clothes', 'delivered'), ('mother', 'literacy', 'planned')) as x (who, kind, state);
insert into plain
select 'service.note_enc', pg_temp.id('service ' || who || ' ' || name), pg_temp.id('service ' || who || ' ' || name),
       'CANARY-SERVICE' from file, (values ('child'), ('mother')) as x (who);
insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
select pg_temp.id('service ' || who || ' ' || name), pg_temp.id(who || ' ' || name), pg_temp.id('case ' || name),
       territory, effect
from file, (values ('child', null), ('mother', 'no_procedure')) as x (who, effect);

-- The judicial side of each: an extract as `prosecution::snapshot` freezes it, and an urgent notice.
create function pg_temp.coded(code text) returns jsonb language sql as
$$ select jsonb_build_object('code', code, 'ar', code, 'fr', code, 'en', code) $$;
create function pg_temp.names(who text) returns jsonb language sql as
$$ select jsonb_build_object('given_ar', 'زينب', 'family_ar', 'CANARY-' || who, 'given_la', 'Zineb', 'family_la', 'CANARY-' || who) $$;
create temp table extract as
select name, jsonb_build_object('schema_version', 1, 'composed_on', current_date - 6, 'case_number', 'X',
           'origin', pg_temp.coded(territory::text), 'court', pg_temp.coded(court::text)) as head,
       jsonb_build_object('legal_basis', pg_temp.coded('law_27_14'), 'urgent', false, 'contact', null, 'summary', 'CANARY-SUMMARY: what was seen in the street',
           'children', jsonb_build_array(jsonb_build_object('person', pg_temp.id('child ' || name), 'case_number', 'X',
               'names', pg_temp.names('child-' || name), 'sex', pg_temp.coded('F'),
               'age', jsonb_build_object('min_months', 72, 'max_months', 83, 'basis', pg_temp.coded('estimated')), 'nationality', null,
               'civil_status', null, 'flags', '[]'::jsonb)),
           'adults', jsonb_build_array(jsonb_build_object('person', pg_temp.id('mother ' || name),
               'names', pg_temp.names('mother-' || name), 'sex', pg_temp.coded('F'), 'age', null,
               'ties', jsonb_build_array(jsonb_build_object('to', pg_temp.id('child ' || name),
                   'kind', pg_temp.coded('mother'), 'verified', true, 'proof', null))))) as dossier,
       jsonb_build_object('sex', pg_temp.coded('F'), 'age', null, 'contact', null, 'flags', '[]'::jsonb,
           'callback', pg_temp.coded('cell')) as notice
from file;
-- the notices are of last week: nobody is told of them now
alter table app.disclosure disable trigger notice_tells;
insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc, sha256,
                            composed_by, composed_at, sent_by, sent_at)
select pg_temp.id('disclosure ' || name), 'dossier', pg_temp.id('case ' || name), territory, court, 'law_27_14', 1,
       ''::bytea, sha256(convert_to(s.snapshot, 'UTF8')), pg_temp.id(lead), now() - interval '6 days',
       case when judicial <> 'draft' then pg_temp.id('supervisor.' || split_part(name, '.', 1)) end,
       case when judicial <> 'draft' then now() - interval '5 days' end
from file join extract using (name), lateral (select (head || dossier)::text as snapshot) s
union all
select pg_temp.id('notice ' || name), 'urgent_notice', pg_temp.id('case ' || name), territory, court, 'law_27_14', 1,
       ''::bytea, sha256(convert_to(s.snapshot, 'UTF8')), pg_temp.id(lead), now() - interval '8 days', pg_temp.id(lead),
       now() - interval '8 days'
from file join extract using (name), lateral (select (head || notice)::text as snapshot) s;
alter table app.disclosure enable trigger notice_tells;
-- each came to its court from another one
insert into app.notice_step (id, disclosure_id, case_id, territory_id, court_id, from_court, to_court, reason, by_user, at)
select pg_temp.id('notice step ' || name), pg_temp.id('notice ' || name), pg_temp.id('case ' || name), territory, court, 1, court,
       'wrong_proposal', pg_temp.id('prosecutor.' || split_part(name, '.', 1)), now() - interval '8 days'
from file;
-- who is on duty at each court, from tomorrow on: now nobody is
insert into app.duty_turn (id, court_id, user_id, period, entered_by)
select pg_temp.id('turn ' || name), court, pg_temp.id('prosecutor.' || split_part(name, '.', 1)),
       tstzrange(now() + n * interval '1 day', now() + n * interval '1 day' + interval '12 hours'),
       pg_temp.id(case court when 11 then 'registrar.rabat' else 'prosecutor.sale' end)
from (select f.*, row_number() over (order by f.name) as n from file f) x;
insert into plain
select 'disclosure.snapshot_enc', pg_temp.id('disclosure ' || name), pg_temp.id('disclosure ' || name),
       (head || dossier)::text from file join extract using (name)
union all
select 'disclosure.snapshot_enc', pg_temp.id('notice ' || name), pg_temp.id('notice ' || name),
       (head || notice)::text from file join extract using (name)
union all
select 'judicial_file.court_change_note_enc', pg_temp.id('disclosure ' || name), pg_temp.id('judicial ' || name),
       'CANARY-COURT-CHANGE' from file
union all
select 'case_transition.reason_enc', pg_temp.id('case ' || name), pg_temp.id('step 3' || name), 'CANARY-REASON' from file
union all
select 'case_grant.note_enc', pg_temp.id('case ' || name), pg_temp.id('grant ' || name), 'CANARY-GRANT' from file
union all
select 'child_decision.instructions_enc', pg_temp.id('disclosure ' || name), pg_temp.id('decision child ' || name),
       'CANARY-INSTRUCTIONS' from file where judicial = 'under_study'
union all
select 'adult_decision_text.text_enc', pg_temp.id('judicial ' || name), pg_temp.id('decision adult ' || name),
       'CANARY-MOTIVES' from file where judicial in ('transmitted', 'under_study')
union all
select 'mother_support.note_enc', pg_temp.id('mother ' || name), pg_temp.id('support ' || name), 'CANARY-SUPPORT'
from file where judicial = 'draft';
-- Help asked of a provider: one request still to be sent, one that was sent.
insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, recorded_by, recorded_at, payload_mac)
select pg_temp.id('service ' || what || ' ' || name), territory, territory, 'medical_consultation',
       case territory when 1 then 'hospital_cell_rabat' else 'hospital_cell_sale' end, 'proposed', current_date + 3,
       pg_temp.id(lead), now() - interval '3 days', sha256('w')
from file, (values ('asked'), ('sent')) as x (what);
insert into app.service_beneficiary (service_id, person_id, case_id, territory_id)
select pg_temp.id('service ' || what || ' ' || name), pg_temp.id('child ' || name), pg_temp.id('case ' || name), territory
from file, (values ('asked'), ('sent')) as x (what);
create temp table slip as
select name, jsonb_build_object('schema_version', 1, 'composed_on', current_date - 2, 'reference', 'R-0000-0000',
       'origin', pg_temp.coded(territory::text), 'provider', pg_temp.coded('hospital'), 'family', pg_temp.coded('medical'),
       'kind', pg_temp.coded('medical_consultation'), 'urgent', false, 'by', current_date + 3, 'people', jsonb_build_array(
           jsonb_build_object('name_ar', 'زينب', 'name_la', 'Zineb', 'sex', pg_temp.coded('F'), 'age', null)),
       'ask', 'CANARY-ASK', 'practical', 'CANARY-PRACTICAL')::text as text
from file;
insert into app.disclosure (id, kind, case_id, territory_id, to_org, service_id, expires_at, legal_basis, schema_version,
                            snapshot_enc, sha256, composed_by, composed_at, sent_by, sent_at)
select pg_temp.id('request ' || name), 'service', pg_temp.id('case ' || name), territory,
       case territory when 1 then 'hospital_cell_rabat' else 'hospital_cell_sale' end, pg_temp.id('service sent ' || name),
       now() + interval '90 days', 'service_request', 1, ''::bytea, sha256(convert_to(text, 'UTF8')), pg_temp.id(lead),
       now() - interval '2 days', pg_temp.id(lead), now() - interval '2 days'
from file join slip using (name);
insert into app.service_note (id, service_id, territory_id, text_enc)
select pg_temp.id('step sent ' || name), pg_temp.id('service sent ' || name), territory, '' from file;
insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, report_enc, by_user, role, at)
select pg_temp.id('step sent ' || name), pg_temp.id('service sent ' || name), territory, 1, 'proposed', 'sent', '',
       pg_temp.id(lead), 'social_worker', now() - interval '2 days' from file;
update app.case_file c set changed_at = now() - interval '1 day', changed_by = pg_temp.id(f.lead)
from file f where c.id = pg_temp.id('case ' || f.name);
insert into plain
select 'disclosure.snapshot_enc', pg_temp.id('request ' || name), pg_temp.id('request ' || name), text from slip
union all
select 'service_note.text_enc', pg_temp.id('service sent ' || name), pg_temp.id('step sent ' || name), 'CANARY-CELL' from file
union all
select 'service_step.report_enc', pg_temp.id('request ' || name), pg_temp.id('step sent ' || name), 'CANARY-REPORT' from file;
insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state,
                               composed_by, composed_at, transmitted_by, transmitted_at, received_by, received_at)
select pg_temp.id('judicial ' || name), ref.next_number('judicial', territory, current_date), pg_temp.id('case ' || name),
       territory, court, court, pg_temp.id('disclosure ' || name), judicial, pg_temp.id(lead), now() - interval '6 days',
       case when judicial <> 'draft' then pg_temp.id('supervisor.' || split_part(name, '.', 1)) end,
       case when judicial <> 'draft' then now() - interval '5 days' end,
       case when judicial in ('received', 'under_study') then pg_temp.id('prosecutor.' || split_part(name, '.', 1)) end,
       case when judicial in ('received', 'under_study') then now() - interval '3 days' end
from file;
insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
select pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory, court, pg_temp.id('child ' || name),
       pg_temp.id('case ' || name) from file;
insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
select pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory, court, pg_temp.id('mother ' || name),
       'mother' from file;
insert into app.court_act (id, file_id, case_id, territory_id, court_id, year, number)
select pg_temp.id('act ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory, court,
       2026, 'CANARY-ACT-' || territory from file where judicial in ('transmitted', 'under_study');
insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by, act_id)
select pg_temp.id('decision child ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory,
       court, pg_temp.id('child ' || name), 'return_to_parents', current_date - 2,
       pg_temp.id('prosecutor.' || split_part(name, '.', 1)), pg_temp.id('act ' || name)
from file where judicial = 'under_study';
-- and what the cell did for it
insert into app.measure_report (id, decision_id, text_enc, by_user, at)
select pg_temp.id('measure report ' || name), pg_temp.id('decision child ' || name), '', pg_temp.id(lead), now() - interval '1 day'
from file where judicial = 'under_study';
insert into plain
select 'measure_report.text_enc', pg_temp.id('disclosure ' || name), pg_temp.id('measure report ' || name), 'CANARY-MEASURE-DONE'
from file where judicial = 'under_study';
insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on,
                                recorded_by, act_id)
select pg_temp.id('decision adult ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory,
       court, pg_temp.id('mother ' || name), 'treated_as_victim', 'not_prosecuted', current_date - 2,
       pg_temp.id('prosecutor.' || split_part(name, '.', 1)), pg_temp.id('act ' || name)
from file where judicial in ('transmitted', 'under_study');
insert into app.adult_decision_text (decision_id, territory_id, court_id, text_enc)
select pg_temp.id('decision adult ' || name), territory, court, ''
from file where judicial in ('transmitted', 'under_study');

-- What happens at the court: a hearing of the child to come, and one of the adult that was held. And an offence beside the
-- main one, of a decision that has none: who reads it is all that is asked here.
set session_replication_role = replica;
insert into app.adult_decision_offence (decision_id, offence, seq, file_id, case_id, territory_id, court_id)
select pg_temp.id('decision adult ' || name), 'pc_327_children', 1, pg_temp.id('judicial ' || name), pg_temp.id('case ' || name),
       territory, court from file where judicial in ('transmitted', 'under_study');
insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, adult_id, held_at, venue, outcome,
                             recorded_by, recorded_at)
select pg_temp.id('event ' || who || ' ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory,
       court, 'hearing', case who when 'child' then pg_temp.id('child ' || name) end,
       case who when 'adult' then pg_temp.id('mother ' || name) end, now() + days * interval '1 day', venue, outcome,
       pg_temp.id('prosecutor.' || split_part(name, '.', 1)), now() - interval '2 days'
from file, (values ('child', 5, 'juvenile_judge', null), ('adult', -1, 'trial_chamber', 'held')) as x (who, days, venue, outcome)
where judicial in ('transmitted', 'under_study');
insert into app.court_event_text (id, territory_id, court_id, text_enc)
select pg_temp.id('event adult ' || name), territory, court, '' from file where judicial in ('transmitted', 'under_study');
set session_replication_role = origin;
insert into plain
select 'court_event_text.text_enc', pg_temp.id('judicial ' || name), pg_temp.id('event adult ' || name), 'CANARY-AT-COURT'
from file where judicial in ('transmitted', 'under_study');

-- A question of the court on each file that was sent, answered by its lead.
set session_replication_role = replica;
insert into app.judicial_question (id, file_id, case_id, territory_id, court_id, seq, kind, text_enc, asked_by, asked_at, due_at,
                                   answered_at, answered_by)
select pg_temp.id('question ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory, court, 1,
       'birth_certificate', '', pg_temp.id('prosecutor.' || split_part(name, '.', 1)), now() - interval '2 days',
       now() + interval '1 day', now() - interval '1 day', pg_temp.id(lead) from file where judicial <> 'draft';
insert into app.judicial_answer (id, question_id, file_id, case_id, territory_id, court_id, side, text_enc, by_user, at)
select pg_temp.id('answer ' || name), pg_temp.id('question ' || name), pg_temp.id('judicial ' || name),
       pg_temp.id('case ' || name), territory, court, 'cell', '', pg_temp.id(lead), now() - interval '1 day'
from file where judicial <> 'draft';
set session_replication_role = origin;
insert into plain
select 'judicial_question.text_enc', pg_temp.id('disclosure ' || name), pg_temp.id('question ' || name), 'CANARY-QUESTION'
from file where judicial <> 'draft'
union all
select 'judicial_answer.text_enc', pg_temp.id('disclosure ' || name), pg_temp.id('answer ' || name), 'CANARY-REPLY'
from file where judicial <> 'draft';
-- The path of each that was sent: given back for completion once, and in Salé taken in hand.
set session_replication_role = replica;
insert into app.judicial_step (id, file_id, case_id, territory_id, court_id, move, from_state, to_state, words_enc, by_user, at)
select pg_temp.id('judicial ' || x.move || ' ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory,
       court, x.move, x.from_state, x.to_state, x.words, pg_temp.id(x.side || split_part(name, '.', 1)), now() - x.ago
from file, (values ('transmit', 'draft', 'transmitted', null::bytea, 'supervisor.', interval '5 days'),
                   ('return', 'transmitted', 'returned', '', 'prosecutor.', interval '4 days 6 hours'),
                   ('complete', 'returned', 'transmitted', '', 'supervisor.', interval '4 days'),
                   ('take', 'transmitted', 'under_study', null, 'prosecutor.', interval '3 days'))
    as x (move, from_state, to_state, words, side, ago)
where judicial <> 'draft' and (x.move <> 'take' or judicial = 'under_study');
update app.judicial_file f set held_by = f.received_by, held_since = f.received_at where f.state = 'under_study';
set session_replication_role = origin;
insert into plain
select 'judicial_step.words_enc', pg_temp.id('disclosure ' || name), pg_temp.id('judicial ' || x.move || ' ' || name), 'CANARY-STEP'
from file, (values ('return'), ('complete')) as x (move) where judicial <> 'draft';

-- what was printed of a file that was sent: the code on its copies
insert into app.paper (code, kind, file_id, case_id, territory_id, court_id, disclosure_id, sha256, made_by)
select '0' || upper(substr(encode(sha256(convert_to('paper ' || f.name, 'UTF8')), 'hex'), 1, 25)), 'dossier',
       pg_temp.id('judicial ' || f.name), d.case_id, d.territory_id, d.to_court, d.id, d.sha256, pg_temp.id(f.lead)
from file f join app.disclosure d on d.id = pg_temp.id('disclosure ' || f.name)
where f.judicial in ('transmitted', 'under_study');
-- and a paper of many pages that was made for its lead
insert into app.paper_job (id, asked_by, file_id, case_id, territory_id, court_id, disclosure_id, print, content_enc, asked_at,
                           expires_at, begun_at, set_at)
select pg_temp.id('print ' || f.name), pg_temp.id(f.lead), pg_temp.id('judicial ' || f.name), d.case_id, d.territory_id, d.to_court,
       d.id, sha256(convert_to('print ' || f.name, 'UTF8')), '', now(), now() + interval '1 hour', now(), now()
from file f join app.disclosure d on d.id = pg_temp.id('disclosure ' || f.name)
where f.judicial in ('transmitted', 'under_study');
insert into plain
select 'paper_job.content_enc', pg_temp.id('disclosure ' || name), pg_temp.id('print ' || name), 'CANARY-PRINT'
from file where judicial in ('transmitted', 'under_study');

-- What only some files have: an opening with a reason that has run out, a look, a support against a decision.
insert into app.case_grant (id, case_id, territory_id, user_id, reason, granted_at, until)
select pg_temp.id('grant ' || name), pg_temp.id('case ' || name), territory, pg_temp.id(lead), 'replacement',
       now() - interval '2 hours', now() - interval '1 hour' from file;
insert into app.case_seen (user_id, case_id, territory_id, seen_at)
select pg_temp.id(lead), pg_temp.id('case ' || name), territory, now() - interval '2 days' from file;
insert into app.mother_support (id, person_id, territory_id, ground, reason, opened_by)
select pg_temp.id('support ' || name), pg_temp.id('mother ' || name), territory, 'no_procedure',
       (select min(code) from ref.no_procedure_reason where ground <> 'override'),
       pg_temp.id('supervisor.' || split_part(name, '.', 1)) from file where judicial = 'draft';

-- A job that has failed for good, number 1 of the queue.
select graphile_worker.add_job('seal_audit', '{"id": null}'::json);
update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'CANARY-FAULT';
-- Protection: of one file live, of the others ended; a request to lift and an emergency on each, over.
set session_replication_role = replica;
insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, marked_at, keeper, lifted_at)
select pg_temp.id('protection ' || name), pg_temp.id('case ' || name), territory, 'threat', '', pg_temp.id(lead),
       now() - interval '7 days', pg_temp.id('supervisor.' || split_part(name, '.', 1)),
       case when not protected then now() - interval '6 days' end from file;
insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by, asked_at)
select pg_temp.id('lift ' || f.name), pg_temp.id('protection ' || f.name), c.id, f.territory, c.number, '',
       pg_temp.id('supervisor.' || split_part(f.name, '.', 1)), now() - interval '1 day'
from file f join app.case_file c on c.id = pg_temp.id('case ' || f.name);
insert into app.emergency_access (id, case_id, territory_id, case_number, user_id, reason, text_enc, begun_at, until, ended_at)
select pg_temp.id('emergency ' || f.name), c.id, f.territory, c.number,
       pg_temp.id('worker2.' || split_part(f.name, '.', 1)), 'danger_now', '', now() - interval '3 hours',
       now() - interval '2 hours', now() - interval '2 hours'
from file f join app.case_file c on c.id = pg_temp.id('case ' || f.name);
insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor)
select f.territory, pg_temp.id(who), 'glass_broken', c.id, c.number,
       pg_temp.id('worker2.' || split_part(f.name, '.', 1))
from file f join app.case_file c on c.id = pg_temp.id('case ' || f.name), lateral (values ('dpo'), (f.lead)) as x (who);
-- the names of a protected child lie sealed
update app.person_name n set given_ar = null, family_ar = null, given_la = null, family_la = null, names_enc = ''
from file f where f.protected and n.person_id = pg_temp.id('child ' || f.name);
set session_replication_role = origin;
insert into plain
select 'person_name.names_enc', pg_temp.id('case ' || name), pg_temp.id('name child ' || name),
       pg_temp.names('child-' || name)::text from file where protected
union all
select 'case_protection.text_enc', pg_temp.id('case ' || name), pg_temp.id('protection ' || name), 'CANARY-WHY' from file
union all
select 'protection_lift.text_enc', pg_temp.id('lift ' || name), pg_temp.id('lift ' || name), 'CANARY-LIFT' from file
union all
select 'emergency_access.text_enc', pg_temp.id('emergency ' || name), pg_temp.id('emergency ' || name), 'CANARY-EMERGENCY'
from file;

-- What only some readers of a file may read.
insert into app.clinical_note (id, case_id, territory_id, kind, observed_on, text_enc, written_by)
select pg_temp.id('clinical ' || name), pg_temp.id('case ' || name), territory, 'medical', current_date - 3, '',
       pg_temp.id(lead) from file;
insert into app.safe_address (id, case_id, territory_id, text_enc, written_by)
select pg_temp.id('address ' || name), pg_temp.id('case ' || name), territory, '', pg_temp.id(lead) from file;
insert into app.court_note (id, file_id, case_id, territory_id, court_id, text_enc, written_by)
select pg_temp.id('court note ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name), territory, court,
       '', pg_temp.id('prosecutor.' || split_part(name, '.', 1)) from file where judicial <> 'draft';
insert into plain
select 'clinical_note.text_enc', pg_temp.id('case ' || name), pg_temp.id('clinical ' || name), 'CANARY-CLINICAL' from file
union all
select 'safe_address.text_enc', pg_temp.id('case ' || name), pg_temp.id('address ' || name), 'CANARY-ADDRESS' from file
union all
select 'court_note.text_enc', pg_temp.id('judicial ' || name), pg_temp.id('court note ' || name), 'CANARY-COURT'
from file where judicial <> 'draft';
-- A document of each file; `world.rs` lays its bytes into the store.
insert into app.attachment (id, territory_id, kind, media, blob, size, sha256, received_size, received_sha256, added_by, added_at)
select pg_temp.id('document ' || name), territory, 'civil_status_document', 'pdf', pg_temp.id('blob ' || name),
       length(text), sha256(convert_to(text, 'UTF8')), length(text), sha256(convert_to(text, 'UTF8')), pg_temp.id(lead),
       now() - interval '4 days'
from file, lateral (values ('%PDF-1.4 CANARY-child-' || name)) as content (text);
insert into app.case_attachment (case_id, attachment_id, territory_id)
select pg_temp.id('case ' || name), pg_temp.id('document ' || name), territory from file;
insert into plain
select 'attachment.title_enc', pg_temp.id('document ' || name), pg_temp.id('document ' || name), 'CANARY-child-' || name from file
union all
select 'attachment.name_enc', pg_temp.id('document ' || name), pg_temp.id('document ' || name), 'CANARY-NAME.pdf' from file;
-- It went with the dossier. After a dossier that was sent came an annex; another waits for a supervisor.
insert into app.disclosure_document (disclosure_id, attachment_id, case_id, territory_id)
select pg_temp.id('disclosure ' || name), pg_temp.id('document ' || name), pg_temp.id('case ' || name), territory from file;
create temp table annex as
select name, seq::smallint, pg_temp.id('annex ' || seq || ' ' || name) as id,
       jsonb_build_object('schema_version', 2, 'composed_on', current_date - 1, 'file_number', 'J', 'seq', seq,
           'origin', pg_temp.coded(territory::text), 'court', pg_temp.coded(court::text), 'assessment', null,
           'words', case seq when 1 then 'CANARY-ANNEX-SENT' else 'CANARY-ANNEX-UNSENT' end, 'documents', '[]'::jsonb)::text as text
from file, (values (1), (2)) as x (seq) where seq = 2 or judicial <> 'draft';
insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc, sha256,
                            composed_by, composed_at, sent_by, sent_at)
select a.id, 'annex', pg_temp.id('case ' || name), territory, court, 'law_27_14', 2, ''::bytea,
       sha256(convert_to(a.text, 'UTF8')), pg_temp.id(lead), now() - interval '1 day',
       case a.seq when 1 then pg_temp.id('supervisor.' || split_part(name, '.', 1)) end,
       case a.seq when 1 then now() - interval '1 day' end
from file join annex a using (name);
insert into app.judicial_annex (file_id, seq, case_id, territory_id, court_id, disclosure_id)
select pg_temp.id('judicial ' || name), a.seq, pg_temp.id('case ' || name), territory, court, a.id
from file join annex a using (name);
insert into plain
select 'disclosure.snapshot_enc', id, id, text from annex;
-- And the signed act of each decision, scanned.
insert into app.attachment (id, territory_id, kind, media, blob, size, sha256, received_size, received_sha256, added_by, added_at)
select pg_temp.id('scan ' || name), territory, 'judicial_document', 'pdf', pg_temp.id('blob of scan ' || name),
       length(text), sha256(convert_to(text, 'UTF8')), length(text), sha256(convert_to(text, 'UTF8')),
       pg_temp.id('prosecutor.' || split_part(name, '.', 1)), now() - interval '1 day'
from file, lateral (values ('%PDF-1.4 CANARY-child-' || name)) as content (text) where judicial in ('transmitted', 'under_study');
insert into app.act_attachment (act_id, attachment_id, file_id, case_id, territory_id, court_id, added_by, added_at)
select pg_temp.id('act ' || name), pg_temp.id('scan ' || name), pg_temp.id('judicial ' || name), pg_temp.id('case ' || name),
       territory, court, pg_temp.id('prosecutor.' || split_part(name, '.', 1)), now() - interval '1 day'
from file where judicial in ('transmitted', 'under_study');
insert into plain
select 'attachment.name_enc', pg_temp.id('scan ' || name), pg_temp.id('scan ' || name), 'CANARY-NAME.pdf'
from file where judicial in ('transmitted', 'under_study');

-- Of each file: an assessment and a draft of the next, a plan in force and a version after it (in Salé still a draft),
-- a determination that waits. Laid out as they end up, past the triggers that make them so.
set session_replication_role = replica;
insert into app.assessment (id, case_id, territory_id, episode_id, seq, state, draft_enc, summary_enc, computed, reasons,
                            begun_by, begun_at, completed_by, completed_at, review_due_at)
select pg_temp.id('assessment ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 1,
       'completed', null, ''::bytea, 'medium', '[{"sign": "debt"}]'::jsonb, pg_temp.id(lead), now() - interval '6 days',
       pg_temp.id(lead), now() - interval '6 days', now() + interval '84 days' from file
union all
select pg_temp.id('assessment draft ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 2,
       'draft', ''::bytea, null, null, null, pg_temp.id(lead), now() - interval '1 day', null, null, null from file;
insert into app.assessment_score (id, assessment_id, case_id, territory_id, domain, score)
select pg_temp.id('score ' || code || ' ' || name), pg_temp.id('assessment ' || name), pg_temp.id('case ' || name),
       territory, code, case code when 'health' then 3 else 1 end from file, ref.assessment_domain;
insert into app.assessment_need (assessment_id, case_id, territory_id, need)
select pg_temp.id('assessment ' || name), pg_temp.id('case ' || name), territory, 'dropped_out' from file;
insert into app.assessment_indicator (assessment_id, case_id, territory_id, indicator)
select pg_temp.id('assessment ' || name), pg_temp.id('case ' || name), territory, 'debt' from file;
insert into app.risk_change (id, assessment_id, case_id, territory_id, from_risk, to_risk, why_enc, by_user, at)
select pg_temp.id('risk ' || name), pg_temp.id('assessment ' || name), pg_temp.id('case ' || name), territory, 'low',
       'medium', '', pg_temp.id(lead), now() - interval '5 days' from file;
insert into app.care_plan (id, case_id, territory_id, episode_id, seq, state, draft_enc, author, drawn_up_at, submitted_at,
                           answer_due_at, answered_by, answered_at, answer_enc, review_due_at)
select pg_temp.id('plan ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 1, 'approved',
       null, pg_temp.id(lead), now() - interval '4 days', now() - interval '4 days', now() - interval '1 day',
       pg_temp.id('supervisor.' || split_part(name, '.', 1)), now() - interval '3 days', ''::bytea, now() + interval '87 days'
from file
union all
select pg_temp.id('plan next ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 2,
       case territory when 1 then 'submitted' else 'draft' end, case territory when 2 then ''::bytea end, pg_temp.id(lead),
       now() - interval '1 day', case territory when 1 then now() - interval '1 day' end,
       case territory when 1 then now() + interval '2 days' end, null, null, null, null from file;
insert into app.plan_goal (id, plan_id, case_id, territory_id, nth, domain, text_enc)
select pg_temp.id('goal ' || which || name), pg_temp.id(which || name), pg_temp.id('case ' || name), territory, 1,
       'education', '' from file, (values ('plan '), ('plan next ')) as x (which) where which = 'plan ' or territory = 1;
insert into app.plan_action (id, goal_id, plan_id, case_id, territory_id, number, text_enc, due_on, occasion, state, closed_on, closed_by, why_enc)
select pg_temp.id('action ' || name), pg_temp.id('goal plan ' || name), pg_temp.id('plan ' || name),
       pg_temp.id('case ' || name), territory, 1, ''::bytea, current_date + 9, null, 'open', null, null::uuid, null::bytea from file
union all
select pg_temp.id('action dropped ' || name), pg_temp.id('goal plan ' || name), pg_temp.id('plan ' || name),
       pg_temp.id('case ' || name), territory, 2, ''::bytea, current_date + 5, null, 'dropped', current_date, pg_temp.id(lead), ''::bytea
from file
union all
select pg_temp.id('action next ' || name), pg_temp.id('goal plan next ' || name), pg_temp.id('plan next ' || name),
       pg_temp.id('case ' || name), territory, 1, ''::bytea, current_date + 20, 'separation', 'open', null, null, null
from file where territory = 1;
insert into app.plan_review (id, plan_id, case_id, territory_id, view_enc, note_enc, reviewed_by, reviewed_at, next_due_at)
select pg_temp.id('review ' || name), pg_temp.id('plan ' || name), pg_temp.id('case ' || name), territory, ''::bytea, ''::bytea,
       pg_temp.id(lead), now() - interval '1 day', now() + interval '59 days' from file;
insert into app.best_interests (id, case_id, territory_id, episode_id, occasion, state, met_on, content_enc, author,
                                submitted_at, answer_due_at, answered_by, answered_at, answer_enc)
select pg_temp.id('determination ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name),
       'separation', 'submitted', current_date - 2, ''::bytea, pg_temp.id(lead), now() - interval '1 day',
       now() + interval '2 days', null::uuid, null::timestamptz, null::bytea from file
union all
select pg_temp.id('determination returned ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name),
       'kafala', 'returned', current_date - 4, ''::bytea, pg_temp.id(lead), now() - interval '4 days', now() - interval '1 day',
       pg_temp.id('supervisor.' || split_part(name, '.', 1)), now() - interval '2 days', ''::bytea from file;
set session_replication_role = origin;
insert into plain
select field, pg_temp.id('case ' || name), pg_temp.id(thing || name), text
from file, (values
    ('assessment.draft_enc', 'assessment draft ', 'summary=CANARY-ASSESSMENT-DRAFT'),
    ('assessment.summary_enc', 'assessment ', 'CANARY-INQUIRY'),
    ('assessment_score.note_enc', 'score health ', 'CANARY-SCORE'),
    ('risk_change.why_enc', 'risk ', 'CANARY-RISK'),
    ('care_plan.draft_enc', 'plan next ', 'goal-0-text=CANARY-PLAN-DRAFT'),
    ('care_plan.answer_enc', 'plan ', 'CANARY-PLAN-ANSWER'),
    ('plan_goal.text_enc', 'goal plan ', 'CANARY-GOAL'),
    ('plan_goal.text_enc', 'goal plan next ', 'CANARY-GOAL'),
    ('plan_action.text_enc', 'action ', '{"what": "CANARY-ACTION", "success": "CANARY-SUCCESS", "responsible": ""}'),
    ('plan_action.text_enc', 'action dropped ', '{"what": "CANARY-ACTION", "success": "CANARY-SUCCESS", "responsible": ""}'),
    ('plan_action.text_enc', 'action next ', '{"what": "CANARY-ACTION", "success": "CANARY-SUCCESS", "responsible": ""}'),
    ('plan_action.why_enc', 'action dropped ', 'CANARY-DROPPED'),
    ('plan_review.view_enc', 'review ', 'CANARY-REVIEW-VIEW'),
    ('plan_review.note_enc', 'review ', 'CANARY-REVIEW-NOTE'),
    ('best_interests.content_enc', 'determination ', '{"options": [{"what": "CANARY-OPTION", "pro": "x", "contra": "y"}], "child_view": "CANARY-VIEW", "participants": "x", "conclusion": "x"}'),
    ('best_interests.content_enc', 'determination returned ', '{"options": [], "child_view": "CANARY-VIEW", "participants": "x", "conclusion": "x"}'),
    ('best_interests.answer_enc', 'determination returned ', 'CANARY-DETERMINATION-ANSWER')) as x (field, thing, text)
where (territory = 2 or field <> 'care_plan.draft_enc')
  and (territory = 1 or thing not in ('goal plan next ', 'action next '));
-- An institution for each file, with places and a hold: live, but for one that was given back.
create temp table house (name text, organisation text);
insert into house values ('rabat.mine', 'shelter_rabat'), ('rabat.colleague', 'hospital_cell_rabat'),
    ('rabat.protected', 'en_cell_rabat'), ('sale.mine', 'shelter_sale');
insert into app.institution (id, organisation_code, territory_id, kind, licence, licensed_until, standards, phone, address)
select pg_temp.id('institution ' || name), organisation, territory, 'emergency_shelter', 'LIC-1', current_date + 100,
       '{safety,staff}', '+212500000000', 'CANARY-HOUSE-' || name from file join house using (name);
insert into app.bed_group (id, institution_id, territory_id, audience, age_min, age_max, capacity, closed, others, reason,
                           confirmed_at, confirmed_by)
select pg_temp.id('group ' || name), pg_temp.id('institution ' || name), territory, 'girls', 0, 17, 10, 1, 3, 'count',
       now() - interval '1 day', pg_temp.id(case territory when 1 then 'institution.rabat' else lead end) from file;
create temp table sheet as
select name, jsonb_build_object('schema_version', 1, 'composed_on', current_date, 'case_number', 'X', 'given_ar',
           case when protected then '' else 'زينب' end, 'given_la', '', 'sex', pg_temp.coded('F'), 'age', null,
           'origin', pg_temp.coded(territory::text), 'needs', 'CANARY-SHEET', 'health', '', 'brought_by', 'CANARY-SHEET')::text as text
from file;
insert into app.disclosure (id, kind, case_id, territory_id, to_institution, legal_basis, schema_version, snapshot_enc, sha256,
                            composed_by, composed_at, sent_by, sent_at)
select pg_temp.id('hold ' || name), 'placement', pg_temp.id('case ' || name), territory, pg_temp.id('institution ' || name),
       'urgent_protection', 1, ''::bytea, sha256(convert_to(text, 'UTF8')), pg_temp.id(lead), now() - interval '1 hour',
       pg_temp.id(lead), now() - interval '1 hour' from file join sheet using (name);
insert into plain
select 'disclosure.snapshot_enc', pg_temp.id('hold ' || name), pg_temp.id('hold ' || name), text from sheet;
insert into app.bed_hold (id, case_id, territory_id, episode_id, seq, group_id, institution_id, disclosure_id, state_since,
                          moved_by, until, requested_by, requested_at, payload_mac)
select pg_temp.id('hold ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 1,
       pg_temp.id('group ' || name), pg_temp.id('institution ' || name), pg_temp.id('hold ' || name), now() - interval '1 hour',
       pg_temp.id(lead), now() + interval '23 hours', pg_temp.id(lead), now() - interval '1 hour', sha256('x') from file;
update app.bed_hold set state = 'held', version = version + 1;
update app.bed_hold set state = 'cancelled', version = version + 1 where id = pg_temp.id('hold rabat.colleague');
-- What a child is owed; a report, and a check, of each file; a transfer of each to a third city.
set session_replication_role = replica;
insert into app.case_consent (id, case_id, territory_id, purpose, basis, given_by, given_on, note_enc, recorded_by)
select pg_temp.id('consent ' || name), pg_temp.id('case ' || name), territory, 'sharing', 'guardian_consent', 'mother',
       current_date - 7, '', pg_temp.id(lead) from file;
insert into app.child_view (id, case_id, territory_id, episode_id, occasion, heard_on, language, words_enc, recorded_by)
select pg_temp.id('view ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 'assessment',
       current_date - 6, 'darija', '', pg_temp.id(lead) from file;
insert into app.complaint (id, case_id, territory_id, episode_id, source, subject, text_enc, received_on, received_by)
select pg_temp.id('complaint ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 'parent',
       'service', '', current_date - 4, pg_temp.id(lead) from file;
insert into app.closing_report (id, case_id, territory_id, episode_id, reason, placement, education, text_enc, written_by)
select pg_temp.id('report ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name),
       'objectives_met', 'one_parent', 'primary', '', pg_temp.id(lead) from file;
insert into app.after_closure (id, case_id, territory_id, episode_id, months, reached, checked_on, words_enc, recorded_by)
select pg_temp.id('after ' || name), pg_temp.id('case ' || name), territory, pg_temp.id('episode ' || name), 3, false,
       current_date - 1, '', pg_temp.id(lead) from file;
insert into app.case_transfer (id, case_id, territory_id, case_number, from_territory, to_territory, sheet_enc, sheet_sha256, asked_by)
select pg_temp.id('transfer ' || f.name), c.id, f.territory, c.number, f.territory, 3, '',
       sha256(convert_to('CANARY-child-' || f.name, 'UTF8')), pg_temp.id('supervisor.' || split_part(f.name, '.', 1))
from file f join app.case_file c on c.id = pg_temp.id('case ' || f.name);
-- Each lead looked whether a third city knows the child, and asked its supervisor; two records were once taken for one of
-- which this is one; and the name of its own record is the one that is shown.
insert into app.identity_look (id, case_id, territory_id, by_user, at, cities)
select pg_temp.id('identity look ' || name), pg_temp.id('case ' || name), territory, pg_temp.id(lead), now() - interval '2 days',
       array[3::smallint] from file;
insert into app.identity_request (id, case_id, territory_id, case_number, from_territory, to_territory, sheet_enc, asked_by, asked_at)
select pg_temp.id('identity request ' || f.name), c.id, f.territory, c.number, f.territory, 3, '', pg_temp.id(f.lead),
       now() - interval '2 days'
from file f join app.case_file c on c.id = pg_temp.id('case ' || f.name);
insert into app.identity_target (request_id, person_id, territory_id)
select pg_temp.id('identity request ' || name), pg_temp.id('child ' || name), territory from file;
insert into app.identity_act (id, territory_id, person_id, kind, by_user, at)
select pg_temp.id('identity act ' || name), territory, pg_temp.id('child ' || name), 'joined', pg_temp.id(lead),
       now() - interval '3 days' from file
union all
select pg_temp.id('identity undone ' || name), territory, pg_temp.id('child ' || name), 'joined', pg_temp.id(lead),
       now() - interval '4 days' from file;
insert into app.identity_act (id, territory_id, person_id, kind, undoes, verdict, why_enc, by_user, at)
select pg_temp.id('identity parted ' || name), territory, pg_temp.id('child ' || name), 'parted',
       pg_temp.id('identity undone ' || name), 'unsure', '', pg_temp.id(lead), now() - interval '3 days' from file;
insert into app.identity_preference (id, territory_id, identity_id, field, person_id, by_user)
select pg_temp.id('identity preference ' || name), territory, pg_temp.id('identity child ' || name), 'names',
       pg_temp.id('child ' || name), pg_temp.id(lead) from file;
-- For the register of the plan, of which every city reads everything: a letter and a partner for each file.
insert into plan.correspondence (id, sent_on, from_party, to_party, to_name, reference, subject, purpose, by_role, by_territory)
select pg_temp.id('letter ' || name), current_date - 30, 'team', 'authority', 'ولاية', '12/' || territory, 'تسهيل الجولات',
       'eases_field_work', 'supervisor', territory from file;
insert into plan.correspondence_city (letter, city)
select pg_temp.id('letter ' || name), case territory when 1 then 'rabat' else 'sale' end from file;
insert into plan.partner (id, organisation, role, city, since, by_role)
select pg_temp.id('partner ' || f.name), h.organisation, 'other', case f.territory when 1 then 'rabat' else 'sale' end,
       current_date - 20, 'steering' from file f join house h using (name);
-- What each lead was typing about their file.
insert into app.form_draft (id, user_id, territory_id, form, case_id, subject, text_enc)
select pg_temp.id('draft ' || name), pg_temp.id(lead), territory, 'visit', pg_temp.id('case ' || name),
       pg_temp.id('case ' || name), '' from file;
set session_replication_role = origin;
insert into plain
select 'form_draft.text_enc', pg_temp.id('draft ' || name), pg_temp.id('draft ' || name), 'findings=CANARY-DRAFT' from file
union all
select 'case_consent.note_enc', pg_temp.id('case ' || name), pg_temp.id('consent ' || name), 'CANARY-CONSENT' from file
union all
select 'child_view.words_enc', pg_temp.id('case ' || name), pg_temp.id('view ' || name), 'CANARY-VIEW' from file
union all
select 'complaint.text_enc', pg_temp.id('case ' || name), pg_temp.id('complaint ' || name), 'CANARY-COMPLAINT' from file
union all
select 'closing_report.text_enc', pg_temp.id('case ' || name), pg_temp.id('report ' || name),
       '{"entry":"CANARY-REPORT","done":"x","now":"y","watch":""}' from file
union all
select 'after_closure.words_enc', pg_temp.id('case ' || name), pg_temp.id('after ' || name), 'CANARY-AFTER' from file
union all
select 'case_transfer.sheet_enc', pg_temp.id('transfer ' || name), pg_temp.id('transfer ' || name), 'CANARY-child-' || name from file
union all
select 'identity_act.why_enc', pg_temp.id('child ' || name), pg_temp.id('identity parted ' || name), 'CANARY-PARTED' from file
union all
select 'identity_request.sheet_enc', pg_temp.id('identity request ' || name), pg_temp.id('identity request ' || name),
       json_build_object('number', 'X', 'name_ar', 'زينب', 'name_la', 'CANARY-child-' || name, 'street_name', '', 'sex', 'F',
           'birth', null, 'nationality', 'MA', 'mother_ar', '', 'mother_la', 'CANARY-mother-' || name, 'place', null,
           'why', 'CANARY-ASKED')::text from file;

-- Reports: one's own that is shared, a colleague's that is not, another's that is; another city's; the committee's.
insert into plan.saved_report (id, territory_id, owner_id, name, definition, shared)
select pg_temp.id('saved report ' || name), territory, pg_temp.id(owner), 'تقرير مختلق',
       jsonb_build_object('table', array['children_by_sex'], 'rows', array[laid]), shared
from (values ('rabat.mine', 1, 'worker1.rabat', 'part', true), ('rabat.colleague', 1, 'worker2.rabat', 'part', false),
             ('rabat.protected', 1, 'worker2.rabat', 'month', true), ('sale.mine', 2, 'worker1.sale', 'part', true),
             ('country', null, 'steering', 'place', true)) as x (name, territory, owner, laid, shared);

-- The team of each city: a seat for each file with its member and the letter; a meeting that was held, with who came and
-- what was agreed on and done; and one to come.
create temp table team as
select f.name, f.territory, f.lead, k.sector, pg_temp.id('supervisor.' || split_part(f.name, '.', 1)) as keeper
from file f join (values ('rabat.mine', 'health'), ('rabat.colleague', 'education'), ('rabat.protected', 'ngo'), ('sale.mine', 'health'))
    as k (name, sector) using (name);
insert into plan.seat (id, territory_id, sector, organisation_name, made_by)
select pg_temp.id('seat ' || name), territory, sector, 'هيئة مختلقة', keeper from team;
insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by)
select pg_temp.id('designation ' || name), pg_temp.id('seat ' || name), territory, 'holder', daterange(current_date - 60, null),
       'L-' || territory, current_date - 70, keeper from team;
insert into plan.member (designation_id, territory_id, name_ar, name_la, function, phone, changed_by)
select pg_temp.id('designation ' || name), territory, 'عضو مختلق', 'Invented member ' || name, 'Invented function',
       '+212537000000', keeper from team;
insert into plan.scan (id, territory_id, designation_id, media, blob, size, sha256, received_size, received_sha256, added_by)
select pg_temp.id('plan paper ' || name), territory, pg_temp.id('designation ' || name), 'pdf', pg_temp.id('blob of letter ' || name),
       length(text), sha256(convert_to(text, 'UTF8')), length(text), sha256(convert_to(text, 'UTF8')), keeper
from team, lateral (values ('%PDF-1.4 an invented letter of ' || name)) as content (text);
insert into plan.team_meeting (id, territory_id, kind, held_at, remote, place, agenda, state, state_by, state_at, made_by, changed_by)
select pg_temp.id('meeting ' || name), territory, 'periodic', now() - interval '10 days', false, 'قاعة مختلقة', '{نقطة مختلقة}'::text[],
       'held', keeper, now() - interval '9 days', keeper, keeper from team
union all
select pg_temp.id('meeting planned ' || name), territory, 'periodic', now() + interval '10 days', true, null, '{}'::text[],
       'planned', null, null, keeper, keeper from team;
insert into plan.team_meeting_city (meeting_id, territory_id)
select pg_temp.id(kind || name), territory from team, (values ('meeting '), ('meeting planned ')) as x (kind);
insert into plan.attendance (meeting_id, seat_id, state, noted_by)
select pg_temp.id('meeting ' || name), pg_temp.id('seat ' || name), 'present', keeper from team;
insert into plan.action_point (id, meeting_id, text, owner_user_id, due_on, made_by, done_at, done_by)
select pg_temp.id('point ' || name), pg_temp.id('meeting ' || name), 'نقطة مختلقة', pg_temp.id(lead), current_date + 5, keeper,
       now() - interval '1 day', pg_temp.id(lead) from team;
