//! What was agreed on is owed by who is to do it: on their list of the day while they have an account, and closed in both
//! places at once.

use super::{BAD, DONE, Fields, LIST, count, meeting, send, with};
use crate::support::{TestApp, id, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const POINT: &str = "018f0000-0000-7000-8000-00000000e621";
const TEXT: &str = "الاتصال بالمديرية الإقليمية";

fn point(owner: &str) -> Fields {
    vec![
        ("id", POINT.to_owned()),
        ("point_text", TEXT.to_owned()),
        ("owner", owner.to_owned()),
        ("due_on", day(6)),
    ]
}

fn user(username: &str) -> String {
    format!("user-{}", id(username))
}

/// Adds something to a meeting of Rabat, and gives the address at which it is closed.
async fn agree(app: &TestApp, owner: &str) -> String {
    let path = format!("{}/points", meeting("rabat.mine"));
    let supervisor = app.client("supervisor.rabat");
    // pressed twice
    for _ in 0..2 {
        let answer = send(&supervisor, &path, &point(owner)).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    assert_eq!(
        count(app, "audit.event where action = 'action_point.added'").await,
        1
    );
    let sql = format!("select id::text from plan.action_point where text = '{TEXT}'");
    format!("/plan/points/{}", app.db.list(sql).await.remove(0))
}

async fn owes(app: &TestApp, username: &str) -> bool {
    let page = app.client(username).get("/today").await;
    assert_eq!(page.status, StatusCode::OK);
    page.body.contains(TEXT)
}

#[tokio::test]
async fn what_is_agreed_on_is_a_task_of_who_does_it_and_closed_in_both_places() {
    let app = TestApp::new().await;
    let path = agree(&app, &user("worker1.rabat")).await;
    assert!(owes(&app, "worker1.rabat").await);
    for username in ["worker2.rabat", "worker1.sale", "supervisor.rabat"] {
        assert!(!owes(&app, username).await, "{username}");
    }
    // a colleague neither reads of it nor closes it
    let colleague = app.client("worker2.rabat");
    assert!(
        !colleague
            .get(&meeting("rabat.mine"))
            .await
            .body
            .contains(TEXT)
    );
    let answer = colleague.post(&path, &[("done", "yes")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let answer = app.client("steering").post(&path, &[("done", "yes")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);

    // done from the list of the day: done on the page of the meeting
    let worker = app.client("worker1.rabat").reading(Lang::En);
    for _ in 0..2 {
        let answer = worker
            .post(&path, &[("done", "yes"), ("from", "today")])
            .await;
        assert_eq!((answer.status, answer.location()), (DONE, "/today"));
    }
    assert!(!owes(&app, "worker1.rabat").await);
    assert_eq!(
        count(&app, "audit.event where action = 'action_point.closed'").await,
        1
    );
    // not after all, says the meeting: owed again; and done there
    let supervisor = app.client("supervisor.rabat");
    for (done, is_owed) in [("no", true), ("yes", false)] {
        let answer = supervisor.post(&path, &[("done", done)]).await;
        assert_eq!(answer.status, DONE);
        assert!(answer.location().ends_with("#points"));
        assert_eq!(owes(&app, "worker1.rabat").await, is_owed, "{done}");
    }
    assert_eq!(
        count(&app, "audit.event where action = 'action_point.reopened'").await,
        1
    );
    let answer = supervisor.post(&path, &[("done", "perhaps")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    // nothing of it is in somebody's words in the trail
    assert_eq!(
        count(&app, "audit.event e where e::text like '%المديرية%'").await,
        0
    );
}

#[tokio::test]
async fn what_a_seat_is_to_do_is_owed_by_whose_post_rests_on_it() {
    let app = TestApp::new().await;
    agree(&app, &format!("seat-{}", id("seat rabat.colleague"))).await;
    assert!(!owes(&app, "worker2.rabat").await);
    let choice = format!(
        "{}.{}",
        id("assignment worker2.rabat"),
        id("designation rabat.colleague")
    );
    let bind = format!("/admin/users/{}/team", id("worker2.rabat"));
    let bound = app
        .client("admin")
        .post(&bind, &[("rests_on", &choice)])
        .await;
    assert_eq!(bound.status, DONE, "{}", bound.body);
    assert!(owes(&app, "worker2.rabat").await);
    assert!(!owes(&app, "worker1.rabat").await);
    // over with the designation
    let end = format!(
        "/plan/designations/{}/end",
        id("designation rabat.colleague")
    );
    let ended = app
        .client("supervisor.rabat")
        .post(&end, &[("until", &day(-1))])
        .await;
    assert_eq!(ended.status, DONE, "{}", ended.body);
    let gone = app.client("worker2.rabat").get("/today").await;
    assert!(gone.location().starts_with("/login"));
}

#[tokio::test]
async fn who_has_no_list_of_the_day_finds_theirs_with_the_meetings() {
    let app = TestApp::new().await;
    let path = agree(&app, &user("prosecutor.rabat")).await;
    for (username, has) in [
        ("prosecutor.rabat", true),
        ("registrar.rabat", false),
        ("focal.rabat", false),
    ] {
        let page = app.client(username).get(LIST).await;
        assert_eq!(page.body.contains(TEXT), has, "{username}");
    }
    let prosecutor = app.client("prosecutor.rabat");
    let answer = prosecutor
        .post(&path, &[("done", "yes"), ("from", "list")])
        .await;
    assert_eq!((answer.status, answer.location()), (DONE, LIST));
    assert!(!prosecutor.get(LIST).await.body.contains(TEXT));
    // and the meeting itself, which they read, tells that it is done
    assert!(
        prosecutor
            .get(&meeting("rabat.mine"))
            .await
            .body
            .contains(TEXT)
    );
}

#[tokio::test]
async fn a_point_has_somebody_of_the_meeting_and_a_day_after_it() {
    let app = TestApp::new().await;
    let path = format!("{}/points", meeting("rabat.mine"));
    let (before, far) = (day(-11), day(800));
    let other = format!("seat-{}", id("seat sale.mine"));
    let (stranger, nobody) = (user("worker1.sale"), user("admin"));
    for (field, typed, key) in [
        ("owner", other.as_str(), "error-choice"),
        ("owner", stranger.as_str(), "error-choice"),
        ("owner", nobody.as_str(), "error-choice"),
        ("owner", "", "error-required"),
        ("due_on", before.as_str(), "point-due-before"),
        ("due_on", far.as_str(), "team-too-far"),
        ("due_on", "31/02/2026", "error-date-none"),
    ] {
        for lang in Lang::ALL {
            let supervisor = app.client("supervisor.rabat").reading(lang);
            let fields = with(point(&user("worker1.rabat")), &[(field, typed)]);
            let answer = send(&supervisor, &path, &fields).await;
            assert_eq!(answer.status, BAD, "{field} {typed}");
            assert!(answer.says(lang, key), "{field} {typed} {lang:?}");
            assert!(answer.body.contains(TEXT), "nothing typed is lost");
        }
    }
    assert_eq!(count(&app, "plan.action_point").await, 4);
}

/// What somebody owes is one number, wherever it is counted.
#[tokio::test]
async fn what_is_owed_after_a_meeting_is_counted_with_the_rest() {
    let app = TestApp::new().await;
    let sql = format!(
        "select late from app.count_owed('{}', now(), now() + interval '12 hours')",
        id("worker1.rabat")
    );
    let late = async || app.db.ask::<i64>(sql.clone()).await;
    let before = late().await;
    let path = agree(&app, &user("worker1.rabat")).await;
    app.db
        .run("update plan.action_point set due_on = current_date - 2 where done_at is null")
        .await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let page = worker.get("/today").await;
    assert_eq!(late().await, before + 1);
    let (_, after) = page.body.split_once(&Lang::En.t("today-late")).unwrap();
    assert!(after.contains(TEXT), "it stands with what is late");
    worker.post(&path, &[("done", "yes")]).await;
    assert!(!owes(&app, "worker1.rabat").await);
    assert_eq!(late().await, before);
}
