//! A post that rests on a designation: bound by the administration, and over with it in the same transaction.

use super::{DONE, TEAM, designation};
use crate::support::{TestApp, id, session, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

fn path(username: &str) -> String {
    format!("/admin/users/{}/team", id(username))
}

fn choice(username: &str, name: &str) -> String {
    let post = id(&format!("assignment {username}"));
    format!("{post}.{}", id(&format!("designation {name}")))
}

async fn bind(app: &TestApp, username: &str, name: &str) {
    let admin = app.client("admin").reading(Lang::En);
    let answer = admin
        .post(&path(username), &[("rests_on", &choice(username, name))])
        .await;
    assert_eq!(answer.status, DONE, "{}", answer.body);
}

/// Last day of the post that rests on a designation, from today; empty while it has none.
async fn left(app: &TestApp, username: &str) -> Vec<String> {
    let sql = format!(
        "select coalesce((upper(valid) - 1 - current_date)::text, '') from sec.role_assignment where user_id = '{}'",
        id(username)
    );
    app.db.list(sql).await
}

async fn said(app: &TestApp, action: &str) -> i64 {
    let sql = format!("select count(*) from audit.event where action = '{action}'");
    app.db.ask(sql).await
}

#[tokio::test]
async fn the_administration_binds_a_post_once() {
    let app = TestApp::new().await;
    let admin = app.client("admin").reading(Lang::En);
    let page = format!("/admin/users/{}", id("worker1.rabat"));
    let before = admin.get(&page).await;
    assert!(before.body.contains(&choice("worker1.rabat", "rabat.mine")));
    // of another city there is nothing to choose
    assert!(!before.body.contains(&choice("worker1.rabat", "sale.mine")));
    for _ in 0..2 {
        bind(&app, "worker1.rabat", "rabat.mine").await;
    }
    assert_eq!(said(&app, "post.bound").await, 1);
    assert!(admin.get(&page).await.body.contains("L-1"));
    assert!(
        app.client("supervisor.rabat")
            .get(TEAM)
            .await
            .says(Lang::Ar, "team-account")
    );
    // a court answers for its city; nobody else's post rests on what one rests on already
    bind(&app, "prosecutor.rabat", "rabat.colleague").await;
    for (username, chosen) in [
        ("worker2.rabat", choice("worker2.rabat", "rabat.mine")),
        ("worker2.rabat", choice("worker2.rabat", "sale.mine")),
        (
            "prosecutor.sale",
            choice("prosecutor.sale", "rabat.protected"),
        ),
        ("steering", choice("steering", "rabat.protected")),
        ("worker2.rabat", choice("worker1.sale", "sale.mine")),
    ] {
        let answer = admin.post(&path(username), &[("rests_on", &chosen)]).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{username}"
        );
        assert!(answer.says(Lang::En, "post-rests-gone"), "{username}");
    }
    for chosen in ["", "x", "x.y"] {
        let answer = admin
            .post(&path("worker2.rabat"), &[("rests_on", chosen)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{chosen}");
    }
    assert_eq!(said(&app, "post.bound").await, 2);
    // nobody's own, and nobody who left the screen open
    let answer = admin.post(&path("admin"), &[("rests_on", "x")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    session::age(&app.db, "admin").await;
    let stale = admin
        .post(
            &path("worker2.rabat"),
            &[("rests_on", &choice("worker2.rabat", "rabat.protected"))],
        )
        .await;
    assert!(stale.location().starts_with("/account/confirm"));
}

#[tokio::test]
async fn a_post_is_over_with_the_designation_in_the_same_transaction() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let end = async |until: &str| {
        let path = format!("{}/end", designation("rabat.mine"));
        supervisor.post(&path, &[("until", until)]).await
    };
    bind(&app, "worker1.rabat", "rabat.mine").await;
    assert_eq!(left(&app, "worker1.rabat").await, [""]);
    // an end that is to come leaves the days until then
    assert_eq!(end(&day(7)).await.status, DONE);
    assert_eq!(left(&app, "worker1.rabat").await, ["7"]);
    assert_eq!(said(&app, "post.ended").await, 1);
    let worker = app.client("worker1.rabat");
    assert_eq!(worker.get("/today").await.status, StatusCode::OK);
    // an end in the past ends the post now: the next request finds nobody
    assert_eq!(end(&day(-1)).await.status, DONE);
    assert_eq!(left(&app, "worker1.rabat").await, ["-1"]);
    assert_eq!(said(&app, "post.ended").await, 2);
    let answer = worker.get("/today").await;
    assert!(answer.location().starts_with("/login"), "{}", answer.status);
    // a colleague whose post rests on nothing is where they were
    let other = app.client("worker2.rabat").get("/today").await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn a_post_that_is_bound_gets_the_end_that_is_known() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let one = designation("rabat.mine");
    let answer = supervisor
        .post(&format!("{one}/end"), &[("until", &day(30))])
        .await;
    assert_eq!(answer.status, DONE);
    bind(&app, "worker1.rabat", "rabat.mine").await;
    assert_eq!(left(&app, "worker1.rabat").await, ["30"]);
    // what somebody entered by was no mistake
    let answer = supervisor.post(&format!("{one}/strike"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "team-strike-bound"));
    let page = supervisor.get(&one).await;
    assert!(page.says(Lang::En, "team-account-ends"));
    assert!(!page.body.contains(&format!("{one}/strike")));
}
