//! Assessment, plan, closing report, visit.

use super::{Place, SAVED, STALE, Sheet};
use crate::support::{id, typed_day as day};
use sanad::i18n::Lang;

#[tokio::test]
async fn two_who_begin_the_same_assessment_end_with_one() {
    let place = Place::new().await;
    let form = format!("{}/assessments/form", place.blank_file().await);
    let (one, other) = place.both(&form, "summary").await;
    let saved = one
        .typed("summary", "A family of six")
        .typed("act", "save")
        .send(&place.worker)
        .await;
    assert_eq!(saved.status, SAVED);
    let page = other
        .typed("note-health", "Coughs at night")
        .typed("needs", "orphan")
        .typed("act", "complete")
        .send(&place.supervisor)
        .await;
    // seven scores are missing as well; that is for after what the other wrote is known
    assert_eq!(page.status, STALE);
    let sheet = Sheet::of(&page, "pick-summary");
    assert_eq!(sheet.text("pick-note-health"), "mine");
    assert_eq!(sheet.text("pick-summary"), "theirs");
    let saved = sheet.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let merged = place.worker.get(&form).await.body;
    assert!(merged.contains("A family of six") && merged.contains("Coughs at night"));
    let rows = format!(
        "select count(*) || ' ' || max(version) from app.assessment where case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(place.one(&rows).await, "1 2");
}

#[tokio::test]
async fn what_was_completed_meanwhile_does_not_swallow_what_another_typed() {
    let place = Place::new().await;
    let form = format!("{}/assessments/form", place.blank_file().await);
    let sheet = Sheet::open(&place.worker, &form, "summary").await;
    sheet.typed("act", "save").send(&place.worker).await;
    let (one, other) = place.both(&form, "summary").await;
    let domains = [
        "safety",
        "health",
        "psychological",
        "family",
        "material",
        "education",
        "legal_identity",
        "exploitation",
    ];
    let whole = domains
        .iter()
        .fold(one, |sheet, one| sheet.typed(&format!("score-{one}"), "1"))
        .typed("summary", "All is said")
        .typed("act", "complete");
    assert_eq!(whole.send(&place.worker).await.status, SAVED);
    assert_eq!(
        whole.send(&place.worker).await.status,
        SAVED,
        "pressed twice"
    );
    let late = other
        .typed("summary", "Typed too late")
        .typed("act", "save");
    let page = late.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.says(Lang::En, "assessment-completed-meanwhile"));
    assert!(page.body.contains("Typed too late") && page.body.contains("All is said"));
    assert!(!page.body.contains("pick-summary"), "nothing can be chosen");
}

#[tokio::test]
async fn two_who_draw_up_a_plan_keep_the_goals_of_both() {
    let place = Place::new().await;
    let form = format!("{}/care-plan/form", place.blank_file().await);
    let sheet = Sheet::open(&place.worker, &form, "goal-0-text").await;
    let begun = sheet
        .typed("goal-0-text", "Back to school")
        .typed("act", "save");
    assert_eq!(begun.send(&place.worker).await.status, SAVED);
    let (one, other) = place.both(&form, "goal-0-text").await;
    let due = day(20);
    let one = one
        .typed("goal-0-a0-what", "Enrol the child")
        .typed("goal-0-a0-due", &due)
        .typed("act", "save");
    assert_eq!(one.send(&place.worker).await.status, SAVED);
    let other = other
        .typed("goal-1-text", "A safe home")
        .typed("act", "save");
    let page = other.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let sheet = Sheet::of(&page, "pick-goal-1-text");
    assert_eq!(sheet.text("pick-goal-0-a0-what"), "theirs");
    let saved = sheet.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let merged = place.worker.get(&form).await.body;
    for words in ["Back to school", "Enrol the child", "A safe home", &due] {
        assert!(merged.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_closing_report_written_twice_is_asked_about_and_the_same_twice_is_not() {
    let place = Place::new().await;
    let path = format!("/cases/{}/closure", id("case rabat.mine"));
    let (one, other) = place.both(&path, "report_done").await;
    let one = one.typed("report_done", "School, papers");
    assert_eq!(one.send(&place.worker).await.status, SAVED);
    assert_eq!(one.send(&place.worker).await.status, SAVED, "pressed twice");
    let version = format!(
        "select version::text from app.closing_report where case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(place.one(&version).await, "2");
    let other = other.typed("report_watch", "The uncle");
    let page = other.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-report_watch")
        .send(&place.supervisor)
        .await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = place.worker.get(&path).await.body;
    assert!(page.contains("School, papers") && page.contains("The uncle"));
}

#[tokio::test]
async fn a_visit_reported_twice_shows_both_reports() {
    let place = Place::new().await;
    let case = id("case rabat.mine");
    place
        .app
        .db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'monitoring' where case_id = '{case}'"
        ))
        .await;
    let path = format!("/cases/{case}/visits");
    let (one, other) = place.both(&path, "findings").await;
    let report = |sheet: Sheet, words: &str| {
        sheet
            .typed("happened", "yes")
            .typed("safe", "yes")
            .typed("refound", "no")
            .typed("findings", words)
            .typed("next_on", &day(14))
    };
    let first = report(one, "At home with the mother");
    let saved = first.send(&place.worker).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let kept = format!(
        "select count(*) || ' ' || sum(version) from app.visit where case_id = '{case}' and recorded_at is not null"
    );
    let before = place.one(&kept).await;
    let second = report(other, "Seen at the market");
    let page = second.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.says(Lang::En, "visit-recorded-meanwhile"));
    for words in ["Seen at the market", "At home with the mother"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(place.one(&kept).await, before);
}
