//! What was typed is kept, encrypted, for its author.

use super::{AUTO, Place, fill, send};
use crate::support::id;
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn what_was_typed_is_there_on_another_device_and_gone_when_it_is_saved() {
    let place = Place::new().await;
    let fields = place.typed("Half a sentence").await;
    let kept = send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert!(kept.body.contains("\"rev\":1") && kept.body.contains("Kept at"));
    let longer = [
        AUTO,
        ("draft_rev", "1"),
        ("summary", "Half a sentence, and the rest"),
    ];
    let kept = send(&place.worker, &place.keep, &fields, &longer).await;
    assert!(kept.body.contains("\"rev\":2"), "{}", kept.body);
    assert_eq!(place.drafts().await, ["assessment 2 t"]);
    // signed out; another session of the same person
    assert_eq!(
        place.worker.post("/logout", &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        place.worker.get(&place.form).await.status,
        StatusCode::SEE_OTHER
    );
    place
        .app
        .db
        .run(&format!(
            "insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
             select sha256('another device'), u.id, a.id, u.epoch, now() + interval '1 hour', now() + interval '1 hour'
             from sec.app_user u join sec.role_assignment a on a.user_id = u.id where u.id = '{}'",
            id("worker1.rabat")
        ))
        .await;
    let device = place.app.client("another device").reading(Lang::En);
    let page = device.get(&place.form).await;
    let link = format!("{}?draft={}", place.form, place.draft().await);
    assert!(page.body.contains(&link), "{}", page.body);
    assert!(!page.body.contains("Half a sentence"), "it is asked first");
    let page = device.get(&link).await;
    assert!(page.body.contains("Half a sentence, and the rest"));
    // refused: nothing is saved, and the draft stays
    let form = fill(&page, "summary", "Half a sentence, and the rest");
    let refused = send(&device, &place.form, &form, &[("act", "complete")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(place.drafts().await, ["assessment 2 t"]);
    let saved = send(&device, &place.form, &form, &[("act", "save")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(place.drafts().await.is_empty());
    assert_eq!(place.keys().await, 0, "its key went with it");
    // a page that was left open keeps nothing any more
    let late = send(&device, &place.keep, &form, &[AUTO]).await;
    assert!(late.body.contains("\"stop\":true"), "{}", late.body);
    assert!(place.drafts().await.is_empty());
    let trail = "select action from audit.event where action like 'draft.%' order by id";
    assert_eq!(
        place.app.db.list(trail).await,
        ["draft.begun", "draft.resumed"]
    );
}

#[tokio::test]
async fn a_draft_lies_encrypted_and_is_nobody_elses() {
    let place = Place::new().await;
    let fields = place.typed("CANARY-TYPED words").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let open: i64 = place
        .app
        .db
        .ask("select count(*) from app.form_draft where position(convert_to('CANARY-TYPED', 'UTF8') in text_enc) > 0")
        .await;
    assert_eq!((open, place.drafts().await.len()), (0, 1));
    let draft = place.draft().await;
    let link = format!("{}?draft={draft}", place.form);
    let drop = format!("/drafts/{draft}/drop");
    for username in ["supervisor.rabat", "worker2.rabat", "worker1.sale"] {
        let other = place.app.client(username);
        assert_eq!(
            other.get(&link).await.status,
            StatusCode::NOT_FOUND,
            "{username}"
        );
        assert_eq!(
            other.post(&drop, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{username}"
        );
        let page = other.get(&place.form).await.body;
        assert!(
            !page.contains(&draft) && !page.contains("CANARY-TYPED"),
            "{username}"
        );
    }
    let outsider = place.app.client("prosecutor.rabat");
    assert_eq!(
        outsider.post(&drop, &[]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(place.drafts().await.len(), 1);
    // nor of another form of its author
    let elsewhere = format!(
        "{}?draft={draft}",
        place.form.replace("assessments", "care-plan")
    );
    assert_eq!(
        place.worker.get(&elsewhere).await.status,
        StatusCode::NOT_FOUND
    );
    // the same file, the supervisor's own: two drafts that do not meet
    let supervisor = place.app.client("supervisor.rabat");
    let form = fill(&supervisor.get(&place.form).await, "summary", "Another's");
    assert_eq!(
        send(&supervisor, &place.keep, &form, &[AUTO]).await.status,
        StatusCode::OK
    );
    assert_eq!(place.drafts().await.len(), 2);
    assert_eq!(place.worker.post(&drop, &[]).await.location(), place.form);
    assert_eq!(place.drafts().await, ["assessment 1 t"]);
    assert_eq!(place.keys().await, 0);
}

#[tokio::test]
async fn one_page_does_not_write_over_what_another_kept() {
    let place = Place::new().await;
    let fields = place.typed("From the telephone").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let other = [AUTO, ("summary", "From the desk")];
    let answer = send(&place.worker, &place.keep, &fields, &other).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(answer.body.contains("\"stop\":true"), "{}", answer.body);
    assert!(answer.body.contains("kept already"), "{}", answer.body);
    // by the button it is told as any conflict
    let pressed = send(&place.worker, &place.keep, &fields, &[("act", "draft")]).await;
    assert_eq!(pressed.status, StatusCode::CONFLICT);
    let page = place
        .worker
        .get(&format!("{}?draft={}", place.form, place.draft().await))
        .await;
    assert!(page.body.contains("From the telephone") && !page.body.contains("From the desk"));
}

#[tokio::test]
async fn without_a_script_a_button_keeps_it() {
    let place = Place::new().await;
    let fields = place.typed("By the button").await;
    let kept = send(&place.worker, &place.keep, &fields, &[("act", "draft")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = place.worker.get(kept.location()).await;
    assert!(page.body.contains("By the button"));
    // pressed again on that page it is the same draft
    let again = fill(&page, "summary", "By the button, twice");
    let kept = send(&place.worker, &place.keep, &again, &[("act", "draft")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert_eq!(place.drafts().await, ["assessment 2 t"]);
}
