//! Passwords: what opens, what is told of a wrong one, and how one is set.

use super::{PASSWORD, after, audited, enter, password_of};
use crate::support::{TestApp, id, statements};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_password_opens_a_session_and_a_wrong_one_does_not() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    let (_, answer) = enter(&app, "worker1.rabat", "قنطرة وردة ومطر غزير").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(Lang::Ar, "login-refused"));
    assert!(
        !answer.body.contains("غزير"),
        "a password is not shown back"
    );
    // the same words from a keyboard of the other kind
    let other = PASSWORD.replace('ق', "\u{fed5}");
    let (client, answer) = enter(&app, "worker1.rabat", &other).await;
    assert_eq!(answer.location(), "/cases");
    assert_eq!(client.get("/cases").await.status, StatusCode::OK);
    assert_eq!(audited(&app, "session.opened").await, 1);
    assert_eq!(audited(&app, "session.refused").await, 1);
}

/// Known and unknown names cost the same: one derivation and the same statements, counted over many tries.
#[tokio::test]
async fn a_name_is_not_told_by_the_work_it_costs() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    statements::count();
    let mut seen = Vec::new();
    for (at, username) in [
        "worker1.rabat",
        "nobody.at.all",
        "worker2.rabat",
        "somebody.else",
    ]
    .iter()
    .cycle()
    .take(12)
    .enumerate()
    {
        let client = app.anonymous();
        let username = if at < 4 { "warm.up" } else { username };
        let before = app.state.gate.work();
        statements::take();
        let fields = [("username", username), ("password", "not the one")];
        let answer = client.post("/login", &fields).await;
        let asked = statements::take();
        if at >= 4 && answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            let body = answer
                .body
                .replace(username, "")
                .replace(answer.header("x-request-id"), "");
            seen.push((app.state.gate.work() - before, asked, body.len()));
        }
    }
    assert!(seen.len() >= 8);
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    assert_eq!(seen[0].0, 1, "one derivation");
}

#[tokio::test]
async fn a_one_time_code_lets_its_owner_choose_a_password_and_nobody_else_know_it() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", "the old password of a worker").await;
    let page = app
        .client("admin")
        .post(&format!("/admin/users/{}/code", id("worker1.rabat")), &[])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, rest) = page.body.split_once("class=\"ltr secret big1\">").unwrap();
    let code = rest.split('<').next().unwrap();
    assert_eq!(
        app.db
            .ask::<i64>(format!(
                "select count(*) from sec.access_code where code_sha256 = sha256('{code}')"
            ))
            .await,
        0
    );
    let redeem = async |code: &str, password: &str| {
        let fields = [
            ("username", "worker1.rabat"),
            ("code", code),
            ("new_password", password),
            ("new_password_again", password),
        ];
        app.anonymous().post("/login/code", &fields).await
    };
    for weak in [
        "short",
        "worker1.rabat",
        "الرباط2026الرباط",
        "sanad sanad sanad",
    ] {
        let answer = redeem(code, weak).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        assert!(!answer.body.contains(code), "a code is not shown back");
    }
    assert_eq!(
        redeem("ABCD-EFGH-JKLM", PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(redeem(code, PASSWORD).await.location(), "/login?set=1");
    assert_eq!(
        redeem(code, PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "once"
    );
    assert_eq!(
        app.client("worker1.rabat").get("/cases").await.status,
        StatusCode::SEE_OTHER,
        "older sessions ended"
    );
    let (_, answer) = enter(&app, "worker1.rabat", PASSWORD).await;
    assert_eq!(answer.location(), "/cases");
    // a code of sixteen minutes ago
    let path = format!("/admin/users/{}/code", id("worker1.rabat"));
    let page = app.client("admin").post(&path, &[]).await;
    let (_, rest) = page.body.split_once("class=\"ltr secret big1\">").unwrap();
    let late = rest.split('<').next().unwrap();
    app.db.run("update sec.access_code set issued_at = now() - interval '16 minutes', expires_at = now() - interval '1 minute'").await;
    assert_eq!(
        redeem(late, PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let app = TestApp::new().await;
    password_of(&app, "steering", PASSWORD).await;
    let (other, _) = enter(&app, "steering", PASSWORD).await;
    let me = app.client("steering");
    let change = async |old: &str, new: &str| {
        let fields = [
            ("password", old),
            ("new_password", new),
            ("new_password_again", new),
        ];
        me.post("/account/password", &fields).await
    };
    assert_eq!(
        change("not the old one", "kettle-orbit-vinegar-42")
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(other.get("/dashboard").await.status, StatusCode::OK);
    let done = change(PASSWORD, "kettle-orbit-vinegar-42").await;
    assert_eq!(done.location(), "/account?done=password");
    assert_eq!(other.get("/dashboard").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        after(&me, &done).get("/dashboard").await.status,
        StatusCode::OK
    );
    assert_eq!(
        enter(&app, "steering", PASSWORD).await.1.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        enter(&app, "steering", "kettle-orbit-vinegar-42")
            .await
            .1
            .location(),
        "/dashboard"
    );
}
