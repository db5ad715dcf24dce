//! Adding, confirming, removing; and who tries again and again.

use super::{PASSWORD, asked, enter, is_refused, password_of, sign_in, trail, with_passkey};
use crate::support::{TestApp, authenticator::Authenticator, id, world::session_of};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn a_passkey_confirms_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    password_of(&app, "admin").await;
    let (mut admin, mut device) = with_passkey(&app, "admin").await;
    let age = format!(
        "update sec.session set stepped_up_at = now() - interval '6 minutes' where user_id = '{}'",
        id("admin")
    );
    app.db.run(&age).await;
    let fields = [("username", "new.one"), ("name_la", "New Name")];
    let page = admin
        .post("/account/confirm?next=/admin/users", &fields)
        .await;
    assert!(
        page.body
            .contains("data-passkey=\"/account/confirm/options\"")
    );
    let form = &crate::support::html::forms(&page.body, "/account/confirm")[0];
    let options = asked(&mut admin, "/account/confirm/options").await;
    let shown = device.get(&options);
    let mut pairs = form.pairs();
    pairs.retain(|(name, _)| !matches!(*name, "confirm_code" | "confirm_passkey"));
    pairs.push(("confirm_passkey", &shown));
    let right = admin.post("/account/confirm", &pairs).await;
    assert_eq!(
        right.status,
        StatusCode::TEMPORARY_REDIRECT,
        "{}",
        right.body
    );
    assert_eq!(right.location(), "/admin/users");
    assert_eq!(trail(&app).await, ["passkey.added", "passkey.passed"]);
    // once a passkey is there, the password confirms nothing any more
    app.db.run(&age).await;
    let admin = admin.with_cookies(&right);
    let typed = [("confirm_sent", "1"), ("confirm_password", PASSWORD)];
    let answer = admin.post("/account/confirm", &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.body.contains("name=\"confirm_password\""));
}

#[tokio::test]
async fn adding_and_removing_ask_for_a_fresh_confirmation_in_the_page_and_in_the_database() {
    let app = TestApp::new().await;
    let (mut client, _) = with_passkey(&app, "worker1.rabat").await;
    app.db
        .run("update sec.session set stepped_up_at = now() - interval '6 minutes'")
        .await;
    let own: String = app
        .db
        .list("select id::text from sec.passkey")
        .await
        .remove(0);
    for path in [
        "/account/passkeys/options".to_owned(),
        "/account/passkeys".to_owned(),
        format!("/account/passkeys/{own}/remove"),
    ] {
        let answer = client.post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{path}");
        assert!(answer.location().starts_with("/account/confirm"));
    }
    let mut connection = app.db.connect("sanad_app").await;
    for sql in [
        "select sec.begin_passkey('add', null)".to_owned(),
        format!("select sec.remove_passkey('{own}', sha256('x'), '{{}}')"),
    ] {
        let refused = sqlx::raw_sql(AssertSqlSafe(format!(
            "begin; select set_config('app.session', '{}', true); {sql}; commit",
            session_of("worker2.rabat")
        )))
        .execute(&mut connection)
        .await
        .unwrap_err();
        assert!(
            refused.to_string().contains("not for this session"),
            "{sql}: {refused}"
        );
        connection = app.db.connect("sanad_app").await;
    }
    asked(&mut client, "/account/confirm/options").await;
}

#[tokio::test]
async fn a_removed_passkey_opens_nothing_and_nobody_removes_anothers() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat").await;
    let (client, mut device) = with_passkey(&app, "worker1.rabat").await;
    let own: String = app
        .db
        .list("select id::text from sec.passkey")
        .await
        .remove(0);
    let path = format!("/account/passkeys/{own}/remove");
    let foreign = app.client("worker2.rabat").post(&path, &[]).await;
    assert_eq!(foreign.location(), "/account/passkeys");
    assert_eq!(
        enter(&app, &mut device).await.1.status,
        StatusCode::SEE_OTHER
    );
    let removed = client.post(&path, &[]).await;
    assert_eq!(removed.location(), "/account?done=passkey-removed");
    assert!(is_refused(&enter(&app, &mut device).await.1));
    let codes: i64 = app.db.ask("select count(*) from sec.backup_code").await;
    assert_eq!(codes, 0, "the codes go with the last factor");
    assert_eq!(sign_in(&app, "worker1.rabat").await.1.location(), "/today");
}

#[tokio::test]
async fn the_last_passkey_of_a_post_that_needs_a_factor_is_replaced_at_once() {
    let app = TestApp::new().await;
    let (client, _) = with_passkey(&app, "supervisor.rabat").await;
    let own: String = app
        .db
        .list("select id::text from sec.passkey")
        .await
        .remove(0);
    let path = format!("/account/passkeys/{own}/remove");
    let removed = client.post(&path, &[]).await;
    let client = client.with_cookies(&removed);
    assert_eq!(client.get("/today").await.status, StatusCode::SEE_OTHER);
    assert_eq!(client.get("/").await.location(), "/login/enrol");
}

#[tokio::test]
async fn a_lost_factor_takes_the_passkeys_with_it() {
    let app = TestApp::new().await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    let user = id("worker1.rabat");
    let asked = app
        .client("admin")
        .post(&format!("/admin/users/{user}/factor"), &[])
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let lift = app
        .db
        .list("select id::text from sec.factor_lift")
        .await
        .remove(0);
    let path = format!("/admin/users/{user}/factor/confirm");
    let lifted = app.client("dpo").post(&path, &[("lift", &lift)]).await;
    assert_eq!(lifted.status, StatusCode::SEE_OTHER, "{}", lifted.body);
    assert!(is_refused(&enter(&app, &mut device).await.1));
    let left: i64 = app.db.ask("select count(*) from sec.passkey").await;
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_is_no_answer_is_refused_in_words_and_not_shown_back() {
    let app = TestApp::new().await;
    let (client, _) = with_passkey(&app, "worker1.rabat").await;
    let stranger = app.anonymous();
    for garbage in ["{}", "garbage-of-mine", "[1,2]", "{\"id\":1}", "null"] {
        for (who, path, fields) in [
            (&stranger, "/login/passkey", vec![("passkey", garbage)]),
            (
                &client,
                "/account/passkeys",
                vec![("name", "x"), ("passkey", garbage)],
            ),
            (
                &client,
                "/account/confirm",
                vec![("confirm_sent", "1"), ("confirm_passkey", garbage)],
            ),
        ] {
            let answer = who.post(path, &fields).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{path} {garbage}"
            );
            assert!(
                answer.says(Lang::Ar, "passkey-unreadable"),
                "{path} {garbage}"
            );
            assert!(!answer.body.contains("garbage-of-mine"));
        }
    }
    let long = "x".repeat(61);
    let fields = [("name", long.as_str()), ("passkey", "{}")];
    let answer = client.post("/account/passkeys", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"name-error\""));
}

#[tokio::test]
async fn who_tries_again_and_again_waits() {
    let app = TestApp::new().await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let mut client = app.anonymous();
        let options = asked(&mut client, "/login/passkey/options").await;
        let shown = Authenticator::new(12).get(&options);
        let answer = client.post("/login/passkey", &[("passkey", &shown)]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
    // as a second factor they count with the codes
    password_of(&app, "worker1.rabat").await;
    with_passkey(&app, "worker1.rabat").await;
    let (mut client, _) = sign_in(&app, "worker1.rabat").await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let options = asked(&mut client, "/login/factor/options").await;
        let shown = Authenticator::new(12).get(&options);
        let answer = client.post("/login/factor", &[("passkey", &shown)]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
}
