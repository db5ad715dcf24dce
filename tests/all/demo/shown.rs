//! States that are told by more than one column, and how near what is owed is.

use super::told;
use crate::support::TestDb;
use chrono::Timelike;
use sanad::{
    clock::{Clock, local_date},
    tasks::Near,
};
use std::collections::HashMap;

/// What is shown, and where it is read.
const SHOWN: &[(&str, &str)] = &[
    (
        "two files of one child that wait for the supervisor of Rabat",
        "from app.duplicate_pair where territory_id = 1 and state = 'open' and 'sign' = any (reasons)",
    ),
    (
        "two records of one mother that wait for the supervisor of Rabat",
        "from app.duplicate_pair d
         where d.territory_id = 1 and d.state = 'open' and not exists (
             select from app.case_file c where c.child_id in (d.one_person, d.other_person))",
    ),
    (
        "a city that the committee prepares, and one that is proposed",
        "from plan.city where status = 'preparing' and exists (select from plan.city c where c.status = 'candidate')",
    ),
    (
        "a step of its opening with the letter that proves it",
        "from plan.activation_now where state = 'done' and letter is not null",
    ),
    (
        "a visit that was made",
        "from app.visit where done_on is not null",
    ),
    (
        "a visit that was missed",
        "from app.visit where missed_on is not null and missed_reason <> 'file_closed'",
    ),
    (
        "a visit that the closing made void",
        "from app.visit where missed_reason = 'file_closed'",
    ),
    (
        "a visit that is late",
        "from app.visit where recorded_at is null and due_on < current_date",
    ),
    (
        "a visit that comes",
        "from app.visit where recorded_at is null and due_on > current_date",
    ),
    (
        "a file that was opened again",
        "from app.case_episode where seq = 2",
    ),
    (
        "a check that found nobody",
        "from app.after_closure where not reached",
    ),
    (
        "a child who begs again",
        "from app.after_closure where begging_again",
    ),
    (
        "a check that is late",
        "from app.task where rule like 'after_closure%' and done_at is null and due_at < now()",
    ),
    (
        "after-care owed within a year",
        "from app.task where rule = 'aftercare_18' and done_at is null and due_at < now() + interval '1 year'",
    ),
    (
        "a complaint that waits",
        "from app.complaint where answered_at is null and due_on >= current_date",
    ),
    (
        "a complaint that is late",
        "from app.complaint where answered_at is null and due_on < current_date",
    ),
    (
        "a complaint that was answered",
        "from app.complaint where answered_at is not null",
    ),
    (
        "a complaint about somebody",
        "from app.complaint where against is not null",
    ),
    (
        "a refusal",
        "from app.case_consent where basis = 'refusal_recorded'",
    ),
    (
        "a consent that was taken back",
        "from app.case_consent where withdrawn_on is not null",
    ),
    (
        "a child who was heard",
        "from app.child_view where words_enc is not null and why_not is null",
    ),
    (
        "a child who was not",
        "from app.child_view where why_not is not null",
    ),
    ("a protected file", "from app.case_file where protected"),
    (
        "an emergency whose hour runs",
        "from app.emergency_access where ended_at is null and until > now()",
    ),
    (
        "an emergency to review",
        "from app.emergency_access where ended_at is not null and justified is null",
    ),
    (
        "an emergency that was justified",
        "from app.emergency_access where justified",
    ),
    (
        "an emergency that was not",
        "from app.emergency_access where not justified",
    ),
    (
        "a lift that waits",
        "from app.protection_lift where granted is null",
    ),
    (
        "a lift that was granted",
        "from app.protection_lift where granted",
    ),
    (
        "a lift that was not",
        "from app.protection_lift where not granted",
    ),
    (
        "figures older than a week",
        "from app.bed_group where confirmed_at < now() - interval '7 days'",
    ),
    (
        "a licence that has run out",
        "from app.institution where licensed_until < current_date",
    ),
    (
        "a licence that runs",
        "from app.institution where licensed_until > current_date",
    ),
    (
        "a house that has closed",
        "from app.institution where closed_on <= current_date",
    ),
    (
        "a standard that is not met",
        "from app.institution where cardinality(standards_unmet) > 0",
    ),
    ("a city with a rhythm of its own", "from app.visit_rhythm"),
    (
        "what was put off",
        "from app.task where snoozed_until > current_date and done_at is null",
    ),
    (
        "somebody who is away",
        "from app.stand_in where ended_at is null and until >= current_date",
    ),
    ("a plan that was reviewed and stays", "from app.plan_review"),
    ("a clinical document", "from app.attachment where clinical"),
    (
        "somebody who is back",
        "from app.stand_in where ended_at is not null",
    ),
    (
        "a file that was handed on",
        "from app.case_assignment where handover_enc is not null",
    ),
    (
        "a mother who is prosecuted and helped all the same",
        "from app.mother_support s join app.mother_effect e on e.person_id = s.person_id where s.ground = 'override' and e.decision_id = s.decision_id",
    ),
    (
        "a prosecution for several offences",
        "from app.adult_decision_offence",
    ),
    (
        "a decision that corrects another",
        "from app.adult_decision where supersedes_id is not null",
    ),
    (
        "an assessment that is a draft",
        "from app.assessment where state = 'draft'",
    ),
    ("a second assessment", "from app.assessment where seq = 2"),
    (
        "an act that is urgent and given",
        "from app.service where urgent and delivered_on is not null",
    ),
    ("a document", "from app.attachment"),
    (
        "a dossier with documents, of a child whose situation was assessed",
        "from app.judicial_file f
         join app.disclosure_document l on l.disclosure_id = f.disclosure_id
         join app.assessment a on a.case_id = f.case_id and a.completed_at < f.composed_at
         where f.transmitted_at is not null",
    ),
    (
        "a measure with its signed act, scanned",
        "from app.act_attachment l
         join app.attachment a on a.id = l.attachment_id and a.of_court = l.court_id and a.kind = 'judicial_document'
         join app.child_decision d on d.act_id = l.act_id",
    ),
    (
        "an act for a mother who is not prosecuted and her child",
        "from app.service_beneficiary c join app.service_beneficiary m using (service_id)
         where c.counts_as is not null and c.mother_effect is null and m.counts_as is null and m.mother_effect = 'not_prosecuted'",
    ),
    (
        "a move told by the cell, where the house has no account",
        "from app.bed_move m join app.bed_hold h on h.id = m.hold_id where m.by_cell and not app.has_desk(h.institution_id)",
    ),
    (
        "a seat that nobody holds today, and one that somebody will",
        "from plan.seat s join plan.designation d on d.seat_id = s.id and d.valid @> current_date + 20
         where s.closed_on is null and exists (
             select from plan.seat o where o.closed_on is null and not exists (
                 select from plan.designation x where x.seat_id = o.id and x.kind = 'holder' and x.valid @> current_date))
           and not exists (select from plan.designation x where x.seat_id = s.id and x.valid @> current_date)",
    ),
    (
        "a seat that was closed",
        "from plan.seat where closed_on <= current_date",
    ),
    (
        "a designation that was a mistake",
        "from plan.designation where struck_at is not null",
    ),
    (
        "a designation that ended, with another after it",
        "from plan.designation a join plan.designation b on b.seat_id = a.seat_id and b.kind = a.kind
         where upper(a.valid) <= current_date and lower(b.valid) >= upper(a.valid) and b.valid @> current_date",
    ),
    (
        "a post that rests on a designation with its letter",
        "from sec.role_assignment a join plan.scan p on p.designation_id = a.designation_id",
    ),
    (
        "a meeting of the committee with its minutes",
        "from plan.team_meeting m join plan.scan p on p.meeting_id = m.id where m.territory_id is null",
    ),
    (
        "something agreed on that is late",
        "from plan.action_point where done_at is null and due_on < current_date",
    ),
    (
        "something agreed on that is done",
        "from plan.action_point where done_at is not null",
    ),
    (
        "a question of a lower risk that waits",
        "from app.assessment a where a.asks is not null
         and not exists (select from app.risk_change c where c.assessment_id = a.id and c.answers)",
    ),
];

#[tokio::test]
async fn what_is_told_by_several_columns_is_shown_too() {
    let db = told().await;
    let mut lacking = Vec::new();
    for (what, sql) in SHOWN {
        let there: i64 = db.ask(format!("select count(*) {sql}")).await;
        if there == 0 {
            lacking.push(*what);
        }
    }
    assert!(lacking.is_empty(), "there is not {lacking:?}");
    near(db).await;
}

/// What is owed: late, today (until the evening at which it was due), this week, later.
async fn near(db: &TestDb) {
    let now = Clock::system().now();
    let today = local_date(now);
    let mut there: HashMap<&str, usize> = HashMap::new();
    for due in db
        .list("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from app.task where done_at is null and snoozed_until is null")
        .await
    {
        let at: chrono::DateTime<chrono::Utc> = due.parse().unwrap();
        *there.entry(Near::of(at, local_date(at), now, today).key()).or_default() += 1;
    }
    let is_evening = now.with_timezone(&chrono_tz::Africa::Casablanca).hour() >= 18;
    for near in Near::ALL {
        let may_lack = near == Near::Today && is_evening;
        assert!(
            may_lack || there.contains_key(near.key()),
            "{near:?}: {there:?}"
        );
    }
}
