//! Each state of each machine of the program, in each city.

use super::{codes, told};
use crate::support::TestDb;
use sanad::{
    care_plans::PlanState,
    cases::EpisodeState,
    closure, duplicates, identity, meetings,
    mothers::{Effect, Ground},
    rights::{Occasion, Purpose},
    services::ServiceState,
    shelter::BedState,
    teams, transfers,
};

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
            every(&mut faults, db, $sql, &codes).await;
        }};
    }
    all!(EpisodeState::ALL, "select state from app.case_episode");
    all!(ServiceState::ALL, "select state from app.service");
    all!(BedState::ALL, "select state from app.bed_hold");
    all!(PlanState::ALL, "select state from app.care_plan");
    all!(transfers::State::ALL, "select state from app.case_transfer");
    all!(
        identity::State::ALL,
        "select state from app.identity_request"
    );
    all!(
        duplicates::Verdict::ALL,
        "select verdict from app.identity_link where live"
    );
    all!(meetings::State::ALL, "select state from plan.team_meeting");
    all!(meetings::Attended::ALL, "select state from plan.attendance");
    all!(teams::Kind::ALL, "select kind from plan.designation");
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
        db,
        "select distinct months::text from app.after_closure",
        &months,
    )
    .await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Each city has every state of a file, and some of what hangs on it.
#[tokio::test]
async fn every_city_has_its_share() {
    let db = told().await;
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
        "child_condition",
    ] {
        let here: i64 = db
            .ask(format!(
                "select count(distinct territory_id) from app.{table}"
            ))
            .await;
        assert!(here >= cities, "{table}: {here} of {cities} cities");
    }
    for rows in ["plan.seat", "plan.member", "plan.team_meeting", "plan.scan"] {
        let here: i64 = db
            .ask(format!("select count(distinct territory_id) from {rows}"))
            .await;
        assert!(here >= cities, "{rows}: {here} of {cities} cities");
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
