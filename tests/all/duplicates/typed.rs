//! While somebody types, and when a contact is sorted.

use super::{BOY, Child, JUNE, field, lay, number, page};
use crate::support::{TestApp, id, statements};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const SUGGEST: &str = "/duplicates/suggest";
/// What the form of a contact sends of a child.
const TYPED: &[(&str, &str)] = &[
    ("name", "محمد العمراني"),
    ("sex", "M"),
    ("band", "plan_6_13"),
    ("spot", "044210107/traffic_light"),
];

async fn suggestions(app: &TestApp) -> i64 {
    app.db
        .ask("select count(*) from audit.event where action = 'duplicates.suggested'")
        .await
}

#[tokio::test]
async fn a_name_that_is_typed_finds_the_file_and_leaves_no_trace_of_itself() {
    let app = TestApp::new().await;
    lay(&app, &[JUNE]).await;
    let worker = app.client("worker1.rabat");
    worker.post(SUGGEST, TYPED).await;
    statements::count();
    let answer = worker.post(SUGGEST, TYPED).await;
    let seen = statements::take();
    assert!(seen.len() <= 5, "{seen:#?}");
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains(&number(&app, &JUNE).await));
    assert!(answer.says(Lang::Ar, "duplicate-sign-name"));
    assert!(!answer.body.contains("<html"), "a fragment");
    let told = app
        .db
        .list("select coalesce(fields::text, '') || coalesce(reason, '') from audit.event where action = 'duplicates.suggested'")
        .await;
    assert!(
        !told.is_empty()
            && told
                .iter()
                .all(|row| row.contains("found") && !row.contains("محمد"))
    );
}

#[tokio::test]
async fn what_holds_no_name_asks_nothing() {
    let app = TestApp::new().await;
    lay(&app, &[JUNE]).await;
    let worker = app.client("worker1.rabat");
    for name in ["", "  ", "%", "…", "\u{202e}", "🙂"] {
        let answer = worker.post(SUGGEST, &[("name", name), ("sex", "M")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{name:?}");
        assert!(!answer.body.contains("/cases/"), "{name:?}");
    }
    let long = "م".repeat(10_000);
    let answer = worker
        .post(SUGGEST, &[("name", &long), ("years", "4294967295")])
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let nothing = worker.post(SUGGEST, &[]).await;
    assert_eq!(nothing.status, StatusCode::OK);
    assert!(
        suggestions(&app).await <= 7,
        "the empty form is not written down"
    );
}

#[tokio::test]
async fn another_city_and_a_pair_that_was_told_apart_are_not_proposed() {
    let app = TestApp::new().await;
    let mine = Child {
        name: "mine",
        called: &[("civil", "Mohamed", "Amrani")],
        ..BOY
    };
    lay(&app, &[mine, JUNE]).await;
    let elsewhere = app.client("worker1.sale").post(SUGGEST, TYPED).await;
    assert!(!elsewhere.body.contains(&number(&app, &JUNE).await));
    let worker = app.client("worker1.rabat");
    // on the form of a child who has a file, that file is none of the others
    let child = id("child mine").to_string();
    let typed = [
        ("child", child.as_str()),
        ("given_la", "Mohamed"),
        ("family_la", "Lamrani"),
    ];
    let before = worker.post(SUGGEST, &typed).await;
    assert!(before.body.contains(&number(&app, &JUNE).await));
    assert!(!before.body.contains(&number(&app, &mine).await));
    worker
        .post(&page(&mine), &[(&field(&JUNE), "unsure")])
        .await;
    let unsure = worker.post(SUGGEST, &typed).await;
    assert!(
        unsure.body.contains(&number(&app, &JUNE).await),
        "nobody knows yet"
    );
}

/// The supervisor who sorts a contact is shown the file in the other script.
#[tokio::test]
async fn a_contact_that_is_sorted_shows_the_file_of_the_child() {
    let app = TestApp::new().await;
    // a baby, as the fresh contact of the world saw one
    let baby = Child {
        name: "baby",
        born: (400, 300),
        called: &[("civil", "ياسين", "بناني")],
        ..BOY
    };
    lay(&app, &[baby]).await;
    let worker = app.client("worker1.rabat");
    let contact = "018f0000-0000-7000-8000-0000000000aa";
    let logged = worker
        .post(
            "/contacts",
            &[
                ("id", contact),
                ("children", "1"),
                ("spot", "other"),
                ("place", "044210107"),
                ("place_kind", "mosque"),
                ("when", "now"),
                ("child-0-sex", "M"),
                ("child-0-age", "plan_under_1"),
                ("child-0-name", "Yassine Bennani"),
                ("adult", "none"),
                ("circumstance", "alone"),
                ("action", "awareness"),
            ],
        )
        .await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    let sorted = app.client("supervisor.rabat").get(logged.location()).await;
    assert!(sorted.says(Lang::Ar, "triage-similar"));
    assert!(sorted.body.contains(&number(&app, &baby).await));
}
