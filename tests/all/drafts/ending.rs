//! When a draft ends, and of what there is none.

use super::{AUTO, FILE, Place, send};
use crate::{
    seal::work,
    support::{id, role::reads},
};
use axum::http::StatusCode;

#[tokio::test]
async fn a_draft_ends_after_fourteen_days() {
    let place = Place::new().await;
    let fields = place.typed("Forgotten").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let work = work(&place.app.db);
    assert_eq!(work.sweep_drafts().await.unwrap(), 0);
    let draft = place.draft().await;
    place
        .app
        .db
        .run("update app.form_draft set saved_at = now() - interval '14 days 1 minute'")
        .await;
    let page = place.worker.get(&place.form).await;
    assert!(!page.body.contains(&draft), "not even before the job");
    assert_eq!(work.sweep_drafts().await.unwrap(), 1);
    assert_eq!((place.drafts().await.len(), place.keys().await), (0, 0));
}

#[tokio::test]
async fn a_draft_goes_with_the_file_or_the_post_of_its_author() {
    let place = Place::new().await;
    let fields = place.typed("About a child I no longer see").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let link = format!("{}?draft={}", place.form, place.draft().await);
    assert_eq!(place.worker.get(&link).await.status, StatusCode::OK);
    let case = id(&format!("case {FILE}"));
    let leads = |until: &str| {
        format!(
            "set session_replication_role = replica; update app.case_assignment set until = {until} where case_id = '{case}'"
        )
    };
    place.app.db.run(&leads("now()")).await;
    assert_eq!(place.worker.get(&link).await.status, StatusCode::NOT_FOUND);
    // the walls of the database say the same, without the page
    let look = "select concat(count(*), ' ', count(app.key_of('draft', id))) from app.form_draft";
    let seen = async || reads(&place.app.db, "worker1.rabat", look).await;
    assert_eq!(seen().await, ["0 0"]);
    place.app.db.run(&leads("null")).await;
    assert_eq!(seen().await, ["1 1"], "there is something to be kept from");
    // the post ends, and the job takes away what nobody will ever open
    let work = work(&place.app.db);
    assert_eq!(work.sweep_drafts().await.unwrap(), 0);
    place
        .app
        .db
        .run(&format!(
            "update sec.role_assignment set valid = daterange(lower(valid), current_date) where user_id = '{}'",
            id("worker1.rabat")
        ))
        .await;
    assert_eq!(work.sweep_drafts().await.unwrap(), 1);
    assert_eq!(place.keys().await, 0);
}

#[tokio::test]
async fn nothing_is_kept_of_a_file_that_is_not_ones_own() {
    let place = Place::new().await;
    let fields = place.typed("Words").await;
    for (subject, status) in [
        (id("case rabat.colleague"), StatusCode::NOT_FOUND),
        (id("case rabat.protected"), StatusCode::NOT_FOUND),
        (id("case sale.mine"), StatusCode::NOT_FOUND),
        (id("no such file"), StatusCode::NOT_FOUND),
    ] {
        let path = format!("/drafts/of/assessment/{subject}");
        assert_eq!(
            send(&place.worker, &path, &fields, &[AUTO]).await.status,
            status
        );
    }
    for path in ["/drafts/of/nothing/", "/drafts/of/assessment/x"] {
        let path = format!("{path}{}", id("case rabat.mine"));
        assert_eq!(
            send(&place.worker, &path, &fields, &[AUTO]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    assert!(place.drafts().await.is_empty());
}
