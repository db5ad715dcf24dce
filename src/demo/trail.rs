//! The audit trail of the invented past, from the rows of the story: in one statement, in the order of time,
//! so that it is sealed and verified like any other.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Writes it: who logged, sorted, opened, helped, sent and decided; sign-ins; a few refusals; and one hour in
/// which somebody opened many files.
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub(super) async fn write(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with curious as (
             select u.id as who, date_trunc('hour', $1::timestamptz) - interval '70 hours' as hour
             from sec.app_user u where u.username = 'worker2.tanger'
         ), court (at, who, action, territory_id, file_id, fields) as (
             select asked_at, asked_by, 'judicial_question.asked', territory_id, file_id, jsonb_build_object('question', id, 'kind', kind) from app.judicial_question
             union all select a.at, a.by_user, case a.side when 'cell' then 'judicial_question.answered' else 'judicial_question.followed_up' end,
                    a.territory_id, a.file_id, jsonb_build_object('question', a.question_id) from app.judicial_answer a
             union all select closed_at, closed_by, 'judicial_question.closed', territory_id, file_id, jsonb_build_object('question', id)
                    from app.judicial_question where closed_at is not null
             union all select e.recorded_at, e.recorded_by, 'court_event.recorded', e.territory_id, e.file_id,
                    jsonb_build_object('event', e.id, 'kind', e.kind, 'person', coalesce(e.child_id, e.adult_id)) from app.court_event e
             union all select d.composed_at, d.composed_by, 'judicial_annex.composed', x.territory_id, x.file_id, jsonb_build_object('case', x.case_id, 'court', x.court_id, 'n', x.seq)
                    from app.judicial_annex x join app.disclosure d on d.id = x.disclosure_id
             union all select d.sent_at, d.sent_by, 'judicial_annex.sent', x.territory_id, x.file_id, jsonb_build_object('case', x.case_id, 'court', x.court_id, 'n', x.seq)
                    from app.judicial_annex x join app.disclosure d on d.id = x.disclosure_id where d.sent_at is not null
             union all select made_at, made_by, 'judicial_paper.printed', territory_id, file_id, jsonb_build_object('paper', kind) from app.paper
         ), acts (at, who, action, territory, kind, object, fields) as (
             select received_at, author, 'contact.logged', territory_id, 'contact', id, null::jsonb from app.contact
             union all select triaged_at, triaged_by, 'contact.triaged', territory_id, 'contact', id, null from app.contact
             where triaged_at is not null
             union all select opened_at, opened_by, 'case.added', territory_id, 'case', id, null from app.case_file union all
             select at, by_user, 'case.moved', territory_id, 'case', case_id,
                    jsonb_build_object('from', from_state, 'to', to_state)
             from app.case_transition where from_state is not null
             union all select at - interval '3 minutes', by_user, 'case.opened', territory_id, 'case', case_id, null
             from app.case_transition where from_state is not null
             union all select seen_at, user_id, 'case.opened', territory_id, 'case', case_id, null from app.case_seen
             union all select recorded_at, recorded_by, 'service.recorded', territory_id, 'service', id, null from app.service
             union all select sent_at, sent_by, 'service.sent', territory_id, 'service', service_id, null from app.disclosure
             where kind = 'service'
             union all select at, by_user, case role when 'focal_point' then 'request.answered' else 'service.moved' end, territory_id,
                    case role when 'focal_point' then 'disclosure' else 'service' end,
                    case role when 'focal_point' then disclosure_id else service_id end,
                    jsonb_build_object('from', from_state, 'to', to_state)
             from app.service_step where seq > 0
             union all select composed_at, composed_by, 'judicial_file.composed', territory_id, 'judicial_file', id, null
             from app.judicial_file
             union all select at, by_user, 'judicial_file.' || case move when 'transmit' then 'transmitted' when 'withdraw' then 'withdrawn' when 'take' then 'taken'
                    when 'hand_over' then 'handed_over' when 'complete' then 'completed' when 'close' then 'closed' when 'receive' then 'received' else 'returned' end,
                    territory_id, 'judicial_file', file_id, null from app.judicial_step
             union all select x.at, x.who, x.action, x.territory_id, 'judicial_file', x.file_id, x.fields from court x
             union all select entered_at, entered_by, 'duty_turn.entered', null, 'duty_turn', id, jsonb_build_object('court', court_id, 'person', user_id,
                    'since', lower(period), 'until', upper(period)) from app.duty_turn
             union all select received_at - interval '2 minutes', received_by, 'judicial_file.opened', territory_id,
                    'judicial_file', id, null from app.judicial_file where received_at is not null
             union all select recorded_at, recorded_by, 'child_decision.recorded', territory_id, 'judicial_file', file_id, null
             from app.child_decision
             union all select at, by_user, 'measure.reported', territory_id, 'judicial_file', file_id, null from app.measure_report
             union all select recorded_at, recorded_by, 'adult_decision.recorded', territory_id, 'judicial_file', file_id, null
             from app.adult_decision
             union all select opened_at, opened_by, 'support.opened', territory_id, 'person', person_id,
                    jsonb_build_object('ground', ground) from app.mother_support
             union all select l.at, u.id, 'plan_letter.added', null, 'plan_letter', l.id, jsonb_build_object('purpose', l.purpose)
             from plan.correspondence l, sec.app_user u where u.username = 'steering'
             union all select s.at, u.id, case s.move when 'propose' then 'plan_city.added' else 'plan_city.moved' end, c.territory_id, 'plan_city', s.id,
                    jsonb_build_object('city', s.city, 'move', s.move)
             from plan.city_step s join plan.city c on c.slug = s.city, sec.app_user u where u.username = 'steering'
             union all select made_at, made_by, 'designation.made', territory_id, 'designation', id,
                    jsonb_build_object('seat', seat_id, 'since', lower(valid), 'until', upper(valid) - 1) from plan.designation
             union all select made_at, made_by, 'meeting.planned', territory_id, 'meeting', id,
                    jsonb_build_object('meeting_kind', kind, 'on', held_at) from plan.team_meeting
             union all select state_at, state_by, 'meeting.' || state, territory_id, 'meeting', id, null from plan.team_meeting where state_at is not null
             union all select p.made_at, p.made_by, 'action_point.added', m.territory_id, 'meeting', m.id, jsonb_build_object('point', p.id, 'until', p.due_on)
             from plan.action_point p join plan.team_meeting m on m.id = p.meeting_id
             union all select s.opened_at + interval '2 days', s.opened_by, 'access.refused', null, 'unknown', s.id,
                    jsonb_build_object('method', 'GET', 'route', '/cases/{id}', 'status', 404)
             from app.case_file s where get_byte(uuid_send(s.id), 15) % 32 = 0
             union all select c.hour + n * interval '48 seconds', c.who, 'case.opened', 4, 'case', f.ids[1 + n % cardinality(f.ids)], null
             from curious c, (select array_agg(id order by id) as ids from app.case_file where territory_id = 4) f, generate_series(1, 64) n
             union all select e.begun_at + x.after, e.user_id, x.action, e.territory_id, x.kind, case x.kind when 'case' then f.id else f.child_id end, null
             from app.emergency_access e join app.case_file f on f.id = e.case_id, (values (interval '0', 'emergency.begun', 'case'), (interval '2 minutes',
                  'emergency.read', 'case'), (interval '3 minutes', 'child.opened', 'person'), (interval '5 minutes', 'documents.opened', 'case')) as x (after, action, kind)
         ), signed (at, who, action, territory, kind, object, fields) as (
             select * from acts where at < $1
             union all
             select min(at) - interval '4 minutes', who, 'session.opened', null, 'user', who, null from acts
             where at < $1 group by who, (at at time zone 'Africa/Casablanca')::date
             union all
             select c.hour + interval '1 hour', null, 'reading.unusual', null, 'user', c.who,
                    jsonb_build_object('hour', to_char(c.hour at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
                                       'openings', 64, 'budget', 60)
             from curious c
         ), posts as (
             select distinct on (user_id) user_id, id from sec.role_assignment order by user_id, id
         )
         insert into audit.event (at, actor, assignment, action, territory_id, object_kind, object_id, fields, row_hash)
         select s.at, s.who, p.id, s.action, s.territory, s.kind, s.object, coalesce(s.fields, '{}'),
                sha256(convert_to(concat_ws(chr(31), s.at, s.who, p.id, s.action, s.territory, s.kind, s.object,
                       coalesce(s.fields, '{}')::text), 'UTF8'))
         from signed s left join posts p on p.user_id = s.who and s.action <> 'session.opened'
         order by s.at",
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
