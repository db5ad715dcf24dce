//! A place that is lost is looked for again; a placement that lasts is weighed.

use super::{OK, day};
use crate::{
    seal,
    support::{TestApp, id},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// What the file owes of its place.
async fn owed(app: &TestApp) -> Vec<String> {
    let sql = format!(
        "select rule from app.task where case_id = '{}' and done_at is null
         and rule in ('bed_again', 'hold_expires', 'placement_review') order by 1",
        id("case rabat.mine")
    );
    app.db.list(&sql).await
}

#[tokio::test]
async fn a_place_that_is_lost_is_looked_for_again() {
    let app = TestApp::new().await;
    let case = id("case rabat.mine");
    let worker = app.client("worker1.rabat").reading(Lang::En);
    assert_eq!(owed(&app).await, ["hold_expires"]);
    app.db
        .run(&format!(
            "update app.bed_hold set until = now() - interval '1 minute' where id = '{}'",
            id("hold rabat.mine")
        ))
        .await;
    seal::work(&app.db).lapse().await.unwrap();
    assert_eq!(owed(&app).await, ["bed_again"]);
    let shelter = format!("/cases/{case}/shelter");
    let today = worker.get("/today").await;
    assert!(today.body.contains("Find another place for the child"));
    assert!(today.body.contains(&format!("href=\"{shelter}\"")));
    // another is found, which the institution then refuses
    let (form, group) = (
        id("another place").to_string(),
        id("group rabat.mine").to_string(),
    );
    let fields = [
        ("id", form.as_str()),
        ("group", group.as_str()),
        ("brought_by", "The social worker, 22:00"),
        ("needs", "Warm clothes"),
        ("health", "Nothing known"),
    ];
    assert_eq!(worker.post(&shelter, &fields).await.status, OK);
    assert_eq!(owed(&app).await, ["hold_expires"]);
    app.db
        .run(&format!(
            "update app.bed_hold set state = 'refused', refusal = 'no_place', state_since = now() where id = '{form}'"
        ))
        .await;
    assert_eq!(owed(&app).await, ["bed_again"]);
    app.db
        .run(&format!(
            "update app.case_episode set state = 'closure_requested', closure_asked_by = '{}',
                 closure_asked_from = state where case_id = '{case}';
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{}',
                 closure_reason = 'objectives_met' where case_id = '{case}'",
            id("worker1.rabat"),
            id("supervisor.rabat")
        ))
        .await;
    assert!(owed(&app).await.is_empty(), "a closed file looks for none");
}

#[tokio::test]
async fn an_approved_determination_strikes_the_review_of_a_placement() {
    let app = TestApp::new().await;
    let (worker, supervisor) = (app.client("worker1.rabat"), app.client("supervisor.rabat"));
    app.db
        .run(&format!(
            "update app.bed_hold set state = 'admitted', admitted_on = current_date, state_since = now() where id = '{}'",
            id("hold rabat.mine")
        ))
        .await;
    assert_eq!(owed(&app).await, ["placement_review"]);
    let (form, met) = (id("weighed").to_string(), day(0));
    let mut weighed = vec![
        ("id", form.as_str()),
        ("occasion", "long_placement"),
        ("met_on", met.as_str()),
    ];
    weighed.extend(
        [
            "option-0-what",
            "option-0-pro",
            "option-0-contra",
            "option-1-what",
            "option-1-pro",
            "option-1-contra",
            "child_view",
            "participants",
            "conclusion",
        ]
        .map(|field| (field, "words")),
    );
    let path = format!("/cases/{}/best-interests", id("case rabat.mine"));
    assert_eq!(worker.post(&path, &weighed).await.status, OK);
    assert_eq!(owed(&app).await, ["placement_review"], "it only waits");
    let answer = format!("{path}/{form}/answer");
    let approved = supervisor.post(&answer, &[("answer", "approve")]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER);
    assert!(owed(&app).await.is_empty());
}
