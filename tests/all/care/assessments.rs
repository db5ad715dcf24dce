//! The assessment, and the risk.

use super::{BAD, OK, Place, plain};
use crate::support::id;
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn an_assessment_sets_the_risk_and_opens_the_way_to_the_plan() {
    let place = Place::new().await;
    let worker = place.worker();
    let draw_up = [("move", "draw_up_plan")];
    assert_eq!(
        place.post(&worker, "/state", &draw_up).await.0,
        BAD,
        "not assessed"
    );
    for score in ["0", "5", "x"] {
        assert_eq!(
            place.assess(&worker, "first", "safety", score).await.0,
            BAD,
            "{score}"
        );
    }
    // a draft keeps what was typed, and is no assessment
    let form = id("first").to_string();
    let draft = [
        ("id", form.as_str()),
        ("version", "0"),
        ("act", "save"),
        ("score-safety", "2"),
        ("summary", "Half a story"),
    ];
    assert_eq!(place.post(&worker, "/assessments/form", &draft).await.0, OK);
    let page = worker
        .get(&format!("{}/assessments/form", place.case))
        .await;
    assert!(page.body.contains("Half a story") && page.body.contains(&form));
    assert_eq!(place.episode().await, "assessment medium");
    // pressed twice it is the same; other words from an older page are asked about
    assert_eq!(place.post(&worker, "/assessments/form", &draft).await.0, OK);
    let mut older = draft.to_vec();
    older[4] = ("summary", "Another story");
    let (status, body) = place.post(&worker, "/assessments/form", &older).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(body.contains("Another story") && body.contains("Half a story"));
    let done = [
        ("id", form.as_str()),
        ("version", "1"),
        ("act", "complete"),
        ("summary", "Whole"),
        ("score-safety", "2"),
    ];
    let (status, body) = place.post(&worker, "/assessments/form", &done).await;
    assert_eq!(status, BAD, "seven domains are missing");
    assert!(body.contains("Whole") && body.contains("#score-exploitation"));
    assert_eq!(place.rows("assessment_score").await, 0);
    // the draft makes way: another form of the same episode is told
    assert_eq!(
        place.assess(&worker, "second", "safety", "1").await.0,
        StatusCode::CONFLICT
    );
    place.app.db.run("set session_replication_role = replica; delete from app.assessment where state = 'draft'").await;
    assert_eq!(
        place.assess(&worker, "second", "exploitation", "3").await.0,
        OK
    );
    assert_eq!(place.episode().await, "assessment high");
    assert_eq!(place.owes().await, ["reassess 1"]);
    let page = worker.get(&place.case).await;
    assert!(
        plain(&page.body).contains("High, because: Exploitation: Marked concern"),
        "{}",
        page.body
    );
    assert_eq!(place.post(&worker, "/state", &draw_up).await.0, OK);
    // pressed twice
    assert_eq!(
        place.assess(&worker, "second", "exploitation", "3").await.0,
        OK
    );
    assert_eq!(place.rows("assessment").await, 1);
    // the second shows a trend
    assert_eq!(place.assess(&worker, "third", "education", "3").await.0, OK);
    assert_eq!(
        place.episode().await,
        "planning high",
        "lower, it waits for the supervisor"
    );
    let page = worker.get(&format!("{}/assessments", place.case)).await;
    assert_eq!(page.body.matches("<svg class=\"svgchart ch\"").count(), 8);
    assert!(plain(&page.body).contains("Education and training: 1, 3"));
}

#[tokio::test]
async fn risk_is_raised_by_a_worker_and_lowered_by_another_supervisor() {
    let place = Place::new().await;
    let (worker, supervisor) = (place.worker(), place.supervisor());
    let to = |level: &'static str| [("risk", level), ("risk_why", "What I saw")];
    assert_eq!(
        place.post(&worker, "/risk", &to("high")).await.0,
        StatusCode::CONFLICT,
        "nothing to change"
    );
    assert_eq!(place.assess(&worker, "first", "education", "3").await.0, OK);
    assert_eq!(
        place.post(&worker, "/risk", &[("risk", "high")]).await.0,
        BAD,
        "no reason"
    );
    assert_eq!(
        place.post(&worker, "/risk", &to("medium")).await.0,
        BAD,
        "the same"
    );
    assert_eq!(
        place.post(&worker, "/risk", &to("none")).await.0,
        BAD,
        "not a level of an open file"
    );
    assert_eq!(
        place.post(&worker, "/risk", &to("low")).await.0,
        BAD,
        "below the computed one"
    );
    assert_eq!(place.rows("risk_change").await, 0);
    assert_eq!(place.post(&worker, "/risk", &to("high")).await.0, OK);
    assert_eq!(place.episode().await, "assessment high");
    let (status, body) = place.post(&worker, "/risk", &to("medium")).await;
    assert_eq!(status, BAD, "raised, it is lowered by a supervisor alone");
    assert!(body.contains(&Lang::En.t("assessment-risk-supervisor")));
    assert_eq!(place.post(&supervisor, "/risk", &to("low")).await.0, OK);
    assert_eq!(place.episode().await, "assessment low");
    let story = worker.get(&place.case).await;
    assert!(story.body.contains("What I saw"), "{}", story.body);
    // a supervisor who assessed is one of the two, not both
    assert_eq!(
        place.assess(&supervisor, "own", "education", "3").await.0,
        OK
    );
    let (status, body) = place.post(&supervisor, "/risk", &to("low")).await;
    assert_eq!(status, BAD);
    assert!(body.contains(&Lang::En.t("assessment-risk-four-eyes")));
}
