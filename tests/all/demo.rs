//! The demonstration shows every state: each state of each machine of the program, and each code of each closed list
//! of the database, has a row; and a file has what its state says it must have.

use crate::support::{TestDb, database};
use chrono::Timelike;
use sanad::{
    blobs::Blobs,
    care_plans::PlanState,
    cases::{EpisodeState, Facts, Lack, Move},
    clock::{Clock, local_date},
    closure, demo, duplicates,
    mothers::{Effect, Ground},
    rights::{Occasion, Purpose},
    services::ServiceState,
    shelter::BedState,
    tasks::Near,
    transfers,
};
use std::collections::{BTreeSet, HashMap};

/// Columns, as `table.column`, with the codes that no page of the application writes, or that no demonstration
/// begins with.
const UNWRITTEN: &[(&str, &[&str])] = &[
    // two files of one child are joined by nobody yet: one of them is void
    ("case_file.void", &["merged"]),
    // a decision that gives the child back is the prosecution's
    ("case_file.protected_measure_kind", &["return_to_family"]),
    // what the night's check of the bytes finds: nothing is missing in what was just laid down
    ("attachment.fault", &["missing", "damaged"]),
    // a form that is half filled in is its author's alone, for some days: nobody has begun one
    (
        "form_draft.form",
        &[
            "contact",
            "assessment",
            "care_plan",
            "visit",
            "referral",
            "closing_report",
        ],
    ),
    // a page in words is kept as it came, and none was
    ("attachment.media", &["docx"]),
];

async fn told() -> TestDb {
    let db = TestDb::new().await;
    let blobs = Blobs::in_memory();
    let mut connection = db.connect("postgres").await;
    let stores = (&database::vault(), &blobs);
    demo::fill(&mut connection, &Clock::system(), stores)
        .await
        .unwrap();
    db
}

async fn codes(db: &TestDb, sql: &str) -> BTreeSet<String> {
    db.list(sql).await.into_iter().collect()
}

/// Says which codes have no row.
async fn every(faults: &mut Vec<String>, db: &TestDb, sql: &str, codes_of: &[&str]) {
    let there = codes(db, sql).await;
    let lacking = codes_of.iter().filter(|code| !there.contains(**code));
    faults.extend(lacking.map(|code| format!("{code}: no row in `{sql}`")));
}

#[tokio::test]
async fn every_state_of_every_machine_has_a_row() {
    let db = told().await;
    let mut faults = Vec::new();
    macro_rules! all {
        ($list:expr, $sql:literal) => {{
            let codes: Vec<&str> = $list.iter().map(|one| one.code()).collect();
            every(&mut faults, &db, $sql, &codes).await;
        }};
    }
    all!(EpisodeState::ALL, "select state from app.case_episode");
    all!(ServiceState::ALL, "select state from app.service");
    all!(BedState::ALL, "select state from app.bed_hold");
    all!(PlanState::ALL, "select state from app.care_plan");
    all!(transfers::State::ALL, "select state from app.case_transfer");
    all!(
        duplicates::Verdict::ALL,
        "select verdict from app.identity_link where live"
    );
    all!(Purpose::ALL, "select purpose from app.case_consent");
    all!(Occasion::ALL, "select occasion from app.child_view");
    all!(
        Effect::ALL,
        "select coalesce(e.effect, 'no_procedure') from app.relationship r
         left join app.mother_effect e on e.person_id = r.from_person where r.kind = 'mother'"
    );
    all!(Ground::ALL, "select ground from app.mother_support");
    let months = closure::CHECKS.map(|months| months.to_string());
    let months: Vec<&str> = months.iter().map(String::as_str).collect();
    every(
        &mut faults,
        &db,
        "select distinct months::text from app.after_closure",
        &months,
    )
    .await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // each city has every state of a file, and some of what hangs on it
    let cities: i64 = db
        .ask("select count(distinct territory_id) from app.case_file")
        .await;
    for state in EpisodeState::ALL {
        let here: i64 = db
            .ask(format!(
                "select count(distinct territory_id) from app.case_episode where state = '{}'",
                state.code()
            ))
            .await;
        assert_eq!(here, cities, "{state:?}");
    }
    for table in [
        "assessment",
        "care_plan",
        "case_consent",
        "child_view",
        "complaint",
        "closing_report",
        "after_closure",
        "visit",
        "bed_hold",
        "service",
        "stand_in",
        "judicial_file",
        "identity_link",
        "clinical_note",
    ] {
        let here: i64 = db
            .ask(format!(
                "select count(distinct territory_id) from app.{table}"
            ))
            .await;
        assert!(here >= cities, "{table}: {here} of {cities} cities");
    }
    // a transfer is of two cities
    let sides: i64 = db
        .ask(
            "select count(distinct city) from app.case_transfer t
             cross join unnest(array[t.from_territory, t.to_territory]) city",
        )
        .await;
    assert!(sides >= cities, "transfers: {sides} of {cities} cities");
}

/// What is not an enum of the program: each code of each `check (column in (…))`.
#[tokio::test]
async fn every_code_of_the_closed_lists_has_a_row() {
    let db = told().await;
    let lists = db
        .list(
            r"select c.relname || '.' || a.attname || '=' || array_to_string(array(
                  select m[1] from regexp_matches(pg_get_constraintdef(k.oid), '''([a-z0-9_]+)''::text', 'g') m), ',')
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid and c.relnamespace = 'app'::regnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] and cardinality(k.conkey) = 1
              where k.contype = 'c' and pg_get_constraintdef(k.oid) ~ '^CHECK \(\(\w+ = ANY \(ARRAY\['",
        )
        .await;
    assert!(lists.len() > 25, "{lists:?}");
    let mut faults = Vec::new();
    for list in &lists {
        let (column, all) = list.split_once('=').unwrap();
        let (table, name) = column.split_once('.').unwrap();
        let there = codes(
            &db,
            &format!("select distinct {name}::text from app.{table} where {name} is not null"),
        )
        .await;
        let unwritten = UNWRITTEN.iter().find(|(known, _)| *known == column);
        let unwritten = unwritten.map_or(&[][..], |(_, codes)| codes);
        for code in all.split(',').filter(|code| !code.is_empty()) {
            if !there.contains(code) && !unwritten.contains(&code) {
                faults.push(format!("{column}: nothing is {code}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// States that are told by more than one column.
#[tokio::test]
async fn what_is_told_by_several_columns_is_shown_too() {
    let db = told().await;
    for (what, sql) in [
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
            "from app.mother_support s join app.mother_effect e on e.person_id = s.person_id where s.ground = 'override' and e.effect = 'prosecuted'",
        ),
        (
            "a decision that replaces another",
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
    ] {
        let there: i64 = db.ask(format!("select count(*) {sql}")).await;
        assert!(there > 0, "there is not {what}");
    }
    near(&db).await;
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

/// The way that leads to each state, but for what danger and closing do at any moment.
const WAY: &[Move] = &[
    Move::Register,
    Move::Assess,
    Move::DrawUpPlan,
    Move::CarryOut,
    Move::FollowUp,
];

/// What the moves needed that led there, and the closing.
fn needs(state: EpisodeState, walked_to: EpisodeState) -> Vec<Lack> {
    let steps = WAY.iter().position(|step| step.to() == Some(walked_to));
    let walked = WAY.iter().take(steps.map_or(0, |steps| steps + 1));
    let closes = [EpisodeState::ClosureRequested, EpisodeState::Closed].contains(&state);
    let closing = closes.then_some(&Move::AskClosure);
    walked
        .chain(closing)
        .flat_map(|step| step.needs().iter().copied())
        .collect()
}

#[tokio::test]
async fn a_file_has_what_its_state_says_it_must_have() {
    let db = told().await;
    let rows = db
        .list(
            "select e.state || ' ' || coalesce(e.closure_asked_from, e.state) || ' ' || row_to_json(f)::text from app.case_facts f
             join app.case_file c on c.id = f.case_id and c.void is null
             join lateral (select x.state, x.closure_asked_from from app.case_episode x
                           where x.case_id = c.id order by x.seq desc limit 1) e on true",
        )
        .await;
    assert!(rows.len() > 200);
    let mut faults = BTreeSet::new();
    for row in rows {
        let mut parts = row.splitn(3, ' ');
        let mut state = || EpisodeState::from_code(parts.next().unwrap()).unwrap();
        let (state, walked_to) = (state(), state());
        let facts: Facts = serde_json::from_str(parts.next().unwrap()).unwrap();
        for lack in facts.lacking(&needs(state, walked_to)) {
            faults.insert(format!("{state:?} from {walked_to:?} without {lack:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

/// Whoever reads a page of the demonstration sees that nobody of it lives.
#[tokio::test]
async fn dates_are_in_order_and_nothing_has_happened_tomorrow() {
    let db = told().await;
    for (what, sql) in [
        ("a plan is answered before it is sent", "from app.care_plan where answered_at < submitted_at"),
        ("a plan was answered tomorrow", "from app.care_plan where answered_at > now()"),
        ("an assessment after its plan", "from app.assessment a join app.care_plan p on p.episode_id = a.episode_id and p.seq = 1
          where a.state = 'completed' and a.seq = 1 and a.completed_at > p.submitted_at"),
        ("a visit was made before the follow-up", "from app.visit v join app.case_transition t on t.episode_id = v.episode_id and t.to_state = 'monitoring'
          where v.done_on < t.at::date"),
        ("a visit was made tomorrow", "from app.visit where done_on > current_date or missed_on > current_date"),
        ("a report after the closing", "from app.closing_report r join app.case_episode e on e.id = r.episode_id where r.written_at > e.closed_at"),
        ("a check before its closing", "from app.after_closure a join app.case_episode e on e.id = a.episode_id where a.checked_on < e.closed_at::date"),
        ("a consent before its file", "from app.case_consent k join app.case_file c on c.id = k.case_id where k.given_on < c.opened_at::date"),
        ("somebody approved what they wrote", "from app.care_plan where answered_by = author"),
    ] {
        let wrong: i64 = db.ask(format!("select count(*) {sql}")).await;
        assert_eq!(wrong, 0, "{what}");
    }
    let marked: i64 = db
        .ask("select count(*) from ref.organisation_name where organisation_code like 'demo\\_%' and name !~ '(مختلق|fictif|invented)'")
        .await;
    assert_eq!(marked, 0, "a house that exists nowhere says so");
}
