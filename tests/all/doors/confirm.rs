//! What is grave asks for a factor of the last five minutes.

use super::{PASSWORD, after, age, factor_of, password_of};
use crate::support::{TestApp, id, role::tries};
use axum::http::StatusCode;
use sanad::{passwords::Gate, router};

/// What needs a fresh confirmation asks for it, keeps what was typed, and goes on.
#[tokio::test]
async fn a_stale_session_confirms_itself_and_loses_nothing() {
    let app = TestApp::new().await;
    password_of(&app, "admin", PASSWORD).await;
    let admin = app.client("admin");
    age(&app, "admin").await;
    let page = admin.get("/admin/users/new?from=list").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(
        page.location(),
        "/account/confirm?next=%2Fadmin%2Fusers%2Fnew%3Ffrom%3Dlist"
    );
    let user = id("someone new").to_string();
    let fields = [
        ("id", user.as_str()),
        ("username", "new.one"),
        ("name_ar", "اسم جديد"),
        ("name_la", "New Name"),
    ];
    let sent = admin.post("/admin/users", &fields).await;
    assert_eq!(
        sent.status,
        StatusCode::TEMPORARY_REDIRECT,
        "keeps the method and the body"
    );
    let asked = admin.post(sent.location(), &fields).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("name=\"name_ar\" value=\"اسم جديد\""));
    let form = &crate::support::html::forms(&asked.body, "/account/confirm")[0];
    let with = |password: &'static str| {
        let mut pairs = form.pairs();
        pairs.retain(|(name, _)| *name != "confirm_password");
        pairs.push(("confirm_password", password));
        pairs
    };
    let wrong = admin
        .post("/account/confirm", &with("not the one at all"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("value=\"New Name\"") && !wrong.body.contains("not the one at all")
    );
    let right = admin.post("/account/confirm", &with(PASSWORD)).await;
    assert_eq!(right.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(right.location(), "/admin/users");
    let admin = after(&admin, &right);
    let done = admin.post(right.location(), &with(PASSWORD)).await;
    assert_eq!(done.location(), format!("/admin/users/{user}"));
    assert_eq!(admin.get(done.location()).await.status, StatusCode::OK);
}

/// Who guesses before a screen that was left open is signed out, whatever was asked for.
#[tokio::test]
async fn five_wrong_answers_end_the_session() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    factor_of(&app, "worker2.rabat").await;
    for (username, field) in [
        ("worker1.rabat", "confirm_password"),
        ("worker2.rabat", "confirm_code"),
    ] {
        let mut client = app.client(username);
        let typed = [("confirm_sent", "1"), (field, "000000")];
        for nth in 1..=5 {
            // before a process that has counted nothing: the database counts by itself
            let mut state = app.state.clone();
            state.gate = Gate::default();
            client.turn_to(router::app(state));
            let page = client.get("/cases").await;
            assert_eq!(page.status, StatusCode::OK, "{username} {nth}");
            let wrong = client.post("/account/confirm", &typed).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let page = client.get("/cases").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{username}");
    }
}

/// The database asks for it, too.
#[tokio::test]
async fn without_a_fresh_confirmation_the_database_gives_no_post() {
    let app = TestApp::new().await;
    let give = |to: &str| {
        format!(
            "select sec.give_post(gen_random_uuid(), '{}', 'dpo', null, null, null, current_date, null, 'x')",
            id(to)
        )
    };
    let given = async |by: &str, to: &str| tries(&app.db, by, &give(to)).await.is_ok();
    assert!(given("admin", "worker1.rabat").await);
    assert!(!given("admin", "admin").await, "not to oneself");
    age(&app, "admin").await;
    assert!(
        !given("admin", "worker2.rabat").await,
        "not without confirmation"
    );
    assert!(
        !given("worker1.rabat", "worker2.rabat").await,
        "not without the role"
    );
}
