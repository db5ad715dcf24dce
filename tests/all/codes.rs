//! Closed lists that stand in the code and in a CHECK of the database are the same.

use crate::support::{TestDb, day};
use sanad::{
    authz::Role,
    cases::{EpisodeState, ShownField},
    i18n::Lang,
    identity, meetings, mothers,
    people::Claim,
    plan::{CityStatus, StepState},
    prosecution::{Custody, Effect, Voice},
    reference::{Catalogue, List},
    services::ServiceState,
    teams,
};
use std::collections::BTreeSet;

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

/// The texts in quotes of `CHECK ((role = ANY (ARRAY['social_worker'::text, …])))`.
async fn allowed(db: &TestDb, constraint: &str) -> BTreeSet<String> {
    let definitions: Vec<String> = sqlx::query_scalar(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = $1",
    )
    .bind(constraint)
    .fetch_all(&mut db.connect("postgres").await)
    .await
    .unwrap();
    assert_eq!(definitions.len(), 1, "{constraint}");
    definitions[0]
        .split('\'')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn the_code_and_the_database_know_the_same_codes() {
    let db = TestDb::new().await;
    let claims = [Claim::Claimed, Claim::Verified, Claim::Refuted];
    for (constraint, codes) in [
        ("role_assignment_role_check", codes(Role::ALL, Role::code)),
        ("app_user_locale_check", codes(&Lang::ALL, Lang::code)),
        (
            "case_episode_state_check",
            codes(EpisodeState::ALL, EpisodeState::code),
        ),
        ("relationship_claim_check", codes(&claims, Claim::code)),
        (
            "identity_request_state_check",
            codes(identity::State::ALL, identity::State::code),
        ),
        (
            "identity_preference_field_check",
            codes(ShownField::ALL, ShownField::code),
        ),
        (
            "judicial_file_state_check",
            codes(&Custody::ALL, Custody::code),
        ),
        (
            "adult_decision_effect_check",
            codes(&Effect::ALL, Effect::code),
        ),
        (
            "adult_decision_kind_effect_check",
            codes(&Effect::ALL, Effect::code),
        ),
        (
            "judicial_answer_side_check",
            codes(&Voice::ALL, Voice::code),
        ),
        (
            "service_state_check",
            codes(ServiceState::ALL, ServiceState::code),
        ),
        (
            "service_beneficiary_effect_check",
            codes(&mothers::Effect::ALL, mothers::Effect::code),
        ),
        (
            "city_status_check",
            codes(&CityStatus::ALL, CityStatus::code),
        ),
        (
            "designation_kind_check",
            codes(&teams::Kind::ALL, teams::Kind::code),
        ),
        (
            "team_meeting_state_check",
            codes(&meetings::State::ALL, meetings::State::code),
        ),
        (
            "attendance_state_check",
            codes(&meetings::Attended::ALL, meetings::Attended::code),
        ),
        // of a step that nobody spoke of there is no row
        (
            "activation_step_state_check",
            codes(&StepState::ALL[1..], StepState::code),
        ),
    ] {
        let codes: BTreeSet<String> = codes.into_iter().map(str::to_owned).collect();
        assert_eq!(allowed(&db, constraint).await, codes, "{constraint}");
    }
}

#[tokio::test]
async fn a_target_is_set_for_a_state_that_exists() {
    let db = TestDb::new().await;
    for state in db.list("select distinct state from ref.case_target").await {
        assert!(
            EpisodeState::ALL.iter().any(|known| known.code() == state),
            "{state}"
        );
    }
}

/// A role needs its place, in the database too: a supervisor of no city would see none, or all.
#[tokio::test]
async fn an_assignment_has_the_place_of_its_role() {
    let db = TestDb::new().await;
    let mut connection = db.connect("postgres").await;
    db.run("insert into sec.app_user (id, username, name_ar, name_la) values (gen_random_uuid(), 'someone', 'x', 'x')").await;
    for role in Role::ALL {
        let mut accepted = Vec::new();
        for (place, values) in [
            ("none", "null, null, null"),
            ("prefecture", "1, null, null"),
            ("organisation", "1, null, 'en_cell_rabat'"),
            ("court", "null, 11, null"),
            ("both", "1, 11, null"),
        ] {
            let sql = format!(
                "insert into sec.role_assignment (id, user_id, role, territory_id, court_id, organisation_code)
                 select gen_random_uuid(), id, '{}', {values} from sec.app_user",
                role.code()
            );
            if sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .is_ok()
            {
                accepted.push(place);
            }
        }
        let wanted = match role {
            Role::SocialWorker | Role::Supervisor => "prefecture",
            Role::FocalPoint | Role::InstitutionManager => "organisation",
            Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => "court",
            Role::Steering | Role::Admin | Role::Dpo => "none",
        };
        assert_eq!(accepted, [wanted], "{}", role.code());
    }
}

#[tokio::test]
async fn every_list_of_the_program_is_read() {
    let db = TestDb::new().await;
    let catalogue = Catalogue::read(&mut db.connect("postgres").await)
        .await
        .unwrap();
    let today = day(0);
    let empty: Vec<_> = List::ALL
        .iter()
        .filter(|list| catalogue.choices(**list, today).is_empty())
        .collect();
    assert!(empty.is_empty(), "{empty:?}");
}
