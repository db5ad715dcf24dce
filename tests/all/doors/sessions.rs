//! Sessions, and what ends them.

use super::{PASSWORD, audited, enter, password_of};
use crate::support::{TestApp, id, world::session_of};
use axum::http::StatusCode;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn a_session_is_ended_from_another_device_and_only_ones_own() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    let (phone, _) = enter(&app, "worker1.rabat", PASSWORD).await;
    let session = async |token: &str| -> String {
        sqlx::query_scalar(AssertSqlSafe(format!(
            "select id::text from sec.session where encode(token_sha256, 'hex') {token} order by opened_at desc limit 1"
        )))
        .fetch_one(&mut app.db.connect("postgres").await)
        .await
        .unwrap()
    };
    let desk = app.client("worker1.rabat");
    let colleague = session(&format!("= '{}'", session_of("worker2.rabat"))).await;
    desk.post(&format!("/account/sessions/{colleague}/end"), &[])
        .await;
    assert_eq!(
        app.client("worker2.rabat").get("/cases").await.status,
        StatusCode::OK
    );
    let page = desk.get("/account").await;
    let newest = session(
        "not in (select encode(sha256(convert_to(username, 'UTF8')), 'hex') from sec.app_user)",
    )
    .await;
    assert!(page.body.contains(&newest));
    desk.post(&format!("/account/sessions/{newest}/end"), &[])
        .await;
    assert_eq!(phone.get("/cases").await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.get("/cases").await.status, StatusCode::OK);
    assert_eq!(audited(&app, "session.ended").await, 1);
}

/// What an administrator ends, ends at the next request, in the middle of a form, too.
#[tokio::test]
async fn an_ended_post_and_a_closed_account_end_at_the_next_request() {
    let app = TestApp::new().await;
    let admin = app.client("admin");
    for (username, path) in [
        (
            "worker1.rabat",
            format!(
                "/admin/users/{}/posts/{}/end",
                id("worker1.rabat"),
                id("assignment worker1.rabat")
            ),
        ),
        (
            "worker2.rabat",
            format!("/admin/users/{}/end", id("worker2.rabat")),
        ),
    ] {
        let worker = app.client(username);
        assert_eq!(worker.get("/contacts/new").await.status, StatusCode::OK);
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        let before: i64 = app.db.ask("select count(*) from app.contact").await;
        let answer = worker.post("/contacts", &[("circumstance", "alone")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/login?next="));
        let after: i64 = app.db.ask("select count(*) from app.contact").await;
        assert_eq!(before, after);
    }
    let own = format!("/admin/users/{}/end", id("admin"));
    assert_eq!(admin.post(&own, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(admin.get("/admin").await.status, StatusCode::OK);
}
