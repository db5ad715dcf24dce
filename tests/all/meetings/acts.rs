//! What becomes of a meeting: held or cancelled and no way back; who came; the minutes of one that was held.

use super::{BAD, DONE, LIST, count, meeting, plan, planned};
use crate::{
    documents::pdf,
    support::{TestApp, id},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const MINUTES: &str = "018f0000-0000-7000-8000-00000000e611";

#[tokio::test]
async fn a_meeting_is_held_on_its_day_and_what_belongs_to_it_is_written_down() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let page = plan(&supervisor, &planned(0)).await;
    let minutes = async |file: (&str, &[u8])| {
        let path = format!("{page}/minutes");
        supervisor.upload(&path, &[("id", MINUTES)], file).await
    };
    // before it is held there is nobody who came and nothing that was agreed on
    for act in ["attendance", "points"] {
        let answer = supervisor.post(&format!("{page}/{act}"), &[]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{act}");
        assert!(answer.says(Lang::En, "meeting-not-held"), "{act}");
    }
    let early = minutes(("a.pdf", &pdf("minutes"))).await;
    assert_eq!(early.status, BAD);
    assert!(early.says(Lang::En, "minutes-not-held") && early.body.contains("id=\"file-error\""));
    // pressed twice
    for _ in 0..2 {
        let answer = supervisor.post(&format!("{page}/held"), &[]).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    assert_eq!(
        count(&app, "audit.event where action = 'meeting.held'").await,
        1
    );

    let seat = format!("seat-{}", id("seat rabat.mine"));
    let noted = async |state: &str| {
        let path = format!("{page}/attendance");
        supervisor.post(&path, &[(seat.as_str(), state)]).await
    };
    for state in ["present", "present", "excused"] {
        assert_eq!(noted(state).await.status, DONE);
    }
    assert_eq!(
        count(&app, "plan.attendance where state = 'excused'").await,
        1
    );
    assert_eq!(
        count(&app, "audit.event where action = 'attendance.recorded'").await,
        2
    );
    // nobody comes in the place of a member who has no alternate
    let answer = noted("alternate").await;
    assert_eq!(answer.status, BAD);
    assert_eq!(noted("late").await.status, BAD);
    // a seat of another city is none of this meeting
    let other = format!("seat-{}", id("seat sale.mine"));
    supervisor
        .post(
            &format!("{page}/attendance"),
            &[(other.as_str(), "present")],
        )
        .await;
    assert_eq!(count(&app, "plan.attendance").await, 5);

    for _ in 0..2 {
        let answer = minutes(("a.pdf", &pdf("minutes"))).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    assert_eq!(
        count(&app, "audit.event where action = 'minutes.added'").await,
        1
    );
    assert!(
        supervisor
            .get(&format!("{LIST}?state=held"))
            .await
            .says(Lang::En, "meeting-minutes")
    );
    for (username, status) in [
        ("worker1.rabat", 200),
        ("steering", 200),
        ("worker1.sale", 404),
    ] {
        let answer = app
            .client(username)
            .get(&format!("/plan/papers/{MINUTES}"))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{username}");
    }
    // it changes no more
    for act in ["cancel", "edit"] {
        let fields = [("meeting_why", "x"), ("version", "2")];
        let answer = supervisor.post(&format!("{page}/{act}"), &fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{act}");
        assert!(answer.says(Lang::En, "meeting-over"), "{act}");
    }
}

#[tokio::test]
async fn a_meeting_that_is_cancelled_has_a_reason_and_no_way_back() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let page = plan(&supervisor, &planned(4)).await;
    // its day is to come
    let answer = supervisor.post(&format!("{page}/held"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "meeting-to-come"));
    let cancel = async |why: &str| {
        let path = format!("{page}/cancel");
        supervisor.post(&path, &[("meeting_why", why)]).await
    };
    let answer = cancel("").await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "error-required"));
    for _ in 0..2 {
        assert_eq!(cancel("عطلة رسمية").await.status, DONE);
    }
    assert_eq!(
        count(&app, "audit.event where action = 'meeting.cancelled'").await,
        1
    );
    assert!(supervisor.get(&page).await.body.contains("عطلة رسمية"));
    let answer = supervisor.post(&format!("{page}/held"), &[]).await;
    assert!(answer.says(Lang::En, "meeting-over"));
    // and nothing in the trail is in somebody's words
    assert_eq!(
        count(&app, "audit.event e where e::text like '%عطلة%'").await,
        0
    );
}

#[tokio::test]
async fn a_meeting_of_another_city_is_not_there() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    for act in ["held", "cancel", "attendance", "minutes", "points", "edit"] {
        let path = format!("{}/{act}", meeting("sale.mine"));
        let answer = supervisor.post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
        let path = format!("{}/{act}", meeting("rabat.mine"));
        let answer = app.client("worker1.rabat").post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
    }
}
