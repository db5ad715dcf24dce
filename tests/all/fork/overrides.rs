//! A supervisor's word is against one decision.

use super::{decide, deliver, hidden, kept, override_it, page, record};
use crate::support::{TestApp, id, role::refused_by};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use uuid::Uuid;

/// A second procedure that concerns her: the file of the colleague is sent.
async fn second_procedure(app: &TestApp, mother: Uuid) {
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.judicial_file set state = 'transmitted', transmitted_at = now() - interval '1 hour', transmitted_by = '{}'
             where id = '{file}';
             insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed)
             select f.id, f.case_id, f.territory_id, f.court_id, '{mother}', 'mother' from app.judicial_file f where f.id = '{file}'",
            id("supervisor.rabat"),
            file = id("judicial rabat.colleague"),
        ))
        .await;
}

#[tokio::test]
async fn a_second_prosecution_closes_what_a_word_against_the_first_had_opened() {
    let app = TestApp::new().await;
    let (mother, service) = (id("mother rabat.mine"), id("service mother rabat.mine"));
    let her_page = format!("/mothers/{mother}");
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let first = decide(&app, (mother, "rabat.mine"), "prosecuted", 1).await;
    let asked = page(&supervisor, &her_page).await;
    assert!(asked.says(Lang::En, "mother-access-blocked"));
    assert_eq!(hidden(&asked.body, "decision"), first.to_string());
    let opened = override_it(&supervisor, mother, &first.to_string()).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let given = deliver(&worker, service, 0).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    assert_eq!(kept(&app, service).await, "delivered prosecuted");

    second_procedure(&app, mother).await;
    let shown = page(&worker, &her_page).await;
    assert!(
        shown.says(Lang::En, "mother-access-open"),
        "what is only pending takes nothing away"
    );
    let second = decide(&app, (mother, "rabat.colleague"), "prosecuted", 0).await;
    let shown = page(&worker, &her_page).await;
    assert!(shown.says(Lang::En, "mother-access-blocked"));
    let listed = page(&worker, "/mothers?effect=prosecuted").await;
    assert!(listed.says(Lang::En, "mother-access-blocked"));
    assert!(
        shown.body.contains(&format!("/services/{service}")),
        "what was given stays given"
    );
    let act = (mother, id("an act after the second"));
    let literacy = ("literacy", "planned", 3);
    let refused = record(&worker, act, "en_cell_rabat", literacy).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "service-blocked"));

    // the page of before does not open against what it did not show, and keeps what was typed
    let stale = override_it(&supervisor, mother, &first.to_string()).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says(Lang::En, "mother-decided-meanwhile"));
    assert!(stale.body.contains("NOTE-OF-THE-SUPERVISOR"));
    assert_eq!(hidden(&stale.body, "decision"), second.to_string());
    let opened = override_it(&supervisor, mother, &second.to_string()).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let taken = record(&worker, act, "en_cell_rabat", literacy).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);

    // without the second prosecution, the first word is against the one that is left
    decide(&app, (mother, "rabat.colleague"), "not_prosecuted", 0).await;
    let shown = page(&worker, &her_page).await;
    assert!(shown.says(Lang::En, "mother-access-open"));
    // and without both none is needed; nothing is taken back
    decide(&app, (mother, "rabat.mine"), "not_prosecuted", 0).await;
    let shown = page(&worker, &her_page).await;
    assert!(shown.says(Lang::En, "decision-mother-why-not-prosecuted"));
    let words = format!("select count(*) from app.mother_support where person_id = '{mother}'");
    assert_eq!(app.db.ask::<i64>(words).await, 2);
    assert_eq!(kept(&app, service).await, "delivered prosecuted");
}

#[tokio::test]
async fn the_database_takes_a_word_against_what_stands_alone() {
    let app = TestApp::new().await;
    let mother = id("mother rabat.mine");
    let word = |ground: &str, decision: Option<Uuid>| {
        let decision = decision.map_or("null".to_owned(), |id| format!("'{id}'"));
        format!(
            "insert into app.mother_support (id, person_id, territory_id, ground, decision_id, reason, opened_by)
             values (gen_random_uuid(), '{mother}', 1, '{ground}', {decision}, 'other', '{}')",
            id("supervisor.rabat")
        )
    };
    let first = decide(&app, (mother, "rabat.mine"), "prosecuted", 1).await;
    // prosecuted anew in the same procedure
    let second = decide(&app, (mother, "rabat.mine"), "prosecuted", 0).await;
    for (sql, constraint) in [
        (word("override", Some(first)), "mother_support_fits"),
        (word("override", None), "mother_support_against"),
        (word("no_procedure", Some(second)), "mother_support_against"),
        (word("no_procedure", None), "mother_support_fits"),
    ] {
        assert_eq!(
            refused_by(&app.db, "supervisor.rabat", &sql).await,
            constraint,
            "{sql}"
        );
    }
    decide(&app, (mother, "rabat.mine"), "not_prosecuted", 0).await;
    let late = word("override", Some(second));
    assert_eq!(
        refused_by(&app.db, "supervisor.rabat", &late).await,
        "mother_support_fits"
    );
}
