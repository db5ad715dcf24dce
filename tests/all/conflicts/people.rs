//! A child, a number, a tie.

use super::{ASKED, Place, SAVED, STALE, Sheet};
use crate::support::id;

fn edit() -> String {
    format!("/children/{}/edit", id("child rabat.mine"))
}

#[tokio::test]
async fn two_who_change_different_fields_lose_nothing() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    let saved = one.typed("given_la", "Zaynab").send(&place.worker).await;
    assert_eq!(saved.status, SAVED);
    assert_eq!(place.child().await, "2 Zaynab t estimated");
    let page = other
        .typed("civil_status", "registered")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    // what is stored, what was before, who and that it is theirs; nothing was written
    for words in ["Zaynab", "Zineb", "worker1.rabat"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(place.child().await, "2 Zaynab t estimated");
    // both are proposed already, only these two are asked, and one press saves them
    let merged = Sheet::of(&page, "pick-given_la");
    assert_eq!(merged.text("pick-given_la"), "theirs");
    assert_eq!(merged.text("pick-civil_status"), "mine");
    let asked = |(field, _): &&(String, String)| field == "asked";
    assert_eq!(merged.fields.iter().filter(asked).count(), 2);
    assert_eq!(merged.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.child().await, "3 registered Zaynab t estimated");
}

#[tokio::test]
async fn what_both_changed_is_asked_and_not_guessed() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "First").send(&place.worker).await;
    let page = other
        .typed("given_la", "Second")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    let sheet = Sheet::of(&page, "pick-given_la");
    assert_eq!(sheet.text("pick-given_la"), "", "none is proposed");
    // not answered: asked again, beside the field, with what was typed
    let again = sheet.send(&place.supervisor).await;
    assert_eq!(again.status, ASKED);
    assert!(again.body.contains("id=\"pick-given_la-error\""));
    assert!(again.body.contains("First") && again.body.contains("Second"));
    assert_eq!(place.child().await, "2 First t estimated");
    let sheet = Sheet::of(&again, "pick-given_la");
    // somebody writes once more meanwhile: shown again, against what was shown last
    let third = Sheet::open(&place.worker, &edit(), "given_la").await;
    third
        .typed("civil_status", "registered")
        .send(&place.worker)
        .await;
    let sheet = sheet.typed("pick-given_la", "mine");
    let page = sheet.send(&place.supervisor).await;
    assert_eq!(page.status, STALE, "a second time");
    let sheet = Sheet::of(&page, "pick-given_la");
    assert_eq!(sheet.text("pick-given_la"), "mine", "the choice stays");
    assert_eq!(sheet.text("pick-civil_status"), "theirs");
    assert_eq!(place.child().await, "3 registered First t estimated");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.child().await, "4 registered Second t estimated");
}

#[tokio::test]
async fn disability_and_schooling_are_asked_about_like_the_rest() {
    let place = Place::new().await;
    let condition = format!(
        "select concat_ws(' ', disability, education) from app.child_condition where case_id = '{}'",
        id("case rabat.mine")
    );
    let (one, other) = place.both(&edit(), "disability").await;
    assert_eq!(one.text("disability"), "intellectual");
    let first = one.typed("disability", "hearing").send(&place.worker).await;
    assert_eq!(first.status, SAVED, "{}", first.body);
    let page = other
        .typed("disability", "visual")
        .typed("education", "primary")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE, "the version of the child is theirs too");
    assert_eq!(place.one(&condition).await, "hearing non_formal");
    let sheet = Sheet::of(&page, "pick-disability");
    assert_eq!(sheet.text("pick-disability"), "", "both changed it");
    assert_eq!(sheet.text("pick-education"), "mine");
    let sheet = sheet.typed("pick-disability", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.one(&condition).await, "hearing primary");
}

#[tokio::test]
async fn theirs_can_be_kept_and_an_untouched_birth_stays_as_it_was_recorded() {
    let place = Place::new().await;
    let before = "select birth_earliest || ' ' || birth_latest from app.person where id = ";
    let before = format!("{before}'{}'", id("child rabat.mine"));
    let born = place.one(&before).await;
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "First").send(&place.worker).await;
    let page = other
        .typed("given_la", "Second")
        .send(&place.supervisor)
        .await;
    let sheet = Sheet::of(&page, "pick-given_la").typed("pick-given_la", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.child().await, "2 First t estimated", "no new version");
    assert_eq!(place.one(&before).await, born);
    // both speak of the birth: one question
    let (one, other) = place.both(&edit(), "given_la").await;
    let dated = one.typed("birth", "date").typed("birth_date", "01/02/2019");
    let dated = dated.typed("birth_basis", "document");
    let saved = dated.send(&place.worker).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let aged = other
        .typed("birth", "age")
        .typed("age_from", "9")
        .typed("age_to", "");
    let page = aged.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.body.contains("01/02/2019"));
    let sheet = Sheet::of(&page, "pick-birth").typed("pick-birth", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.one(&before).await, "2019-02-01 2019-02-01");
}

#[tokio::test]
async fn what_a_form_says_of_the_past_is_never_written() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "Stored").send(&place.worker).await;
    // a form that says it was shown with what its author typed: theirs would be proposed, and nothing more
    let forged = other
        .typed("given_la", "Typed")
        .typed("was", "given_la=Typed&family_la=Forged&version=9&id=x");
    let page = forged.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert_eq!(place.child().await, "2 Stored t estimated");
    // theirs, of which the form tells a lie
    let sheet = Sheet::of(&page, "pick-given_la")
        .typed("then", "given_la=Forged&family_la=Forged")
        .typed("was", "given_la=Forged%00&family_la=Forged")
        .typed("pick-given_la", "theirs")
        .typed("pick-protected", "theirs")
        .typed("asked", "given_la");
    let saved = sheet.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    assert_eq!(place.child().await, "2 Stored t estimated");
    // garbage is a form without a past: everything that differs is asked
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "Later").send(&place.worker).await;
    let garbage = other.typed("given_la", "Mine").typed("was", "%FF%00&&&==");
    let page = garbage.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert_eq!(place.child().await, "3 Later t estimated");
}

#[tokio::test]
async fn a_number_recorded_by_both_is_asked_about() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    let number =
        |sheet: Sheet, value: &str| sheet.typed("id_kind", "cnie").typed("id_value", value);
    let first = number(one, "AB12345").send(&place.worker).await;
    assert_eq!(first.status, SAVED, "{}", first.body);
    let page = number(other, "CD67890").send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.body.contains("••••45") && !page.body.contains("AB12345"));
    let sheet = Sheet::of(&page, "pick-id_value");
    assert_eq!(sheet.text("pick-id_value"), "");
    let sheet = sheet.typed("pick-id_value", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    let child = format!("/children/{}", id("child rabat.mine"));
    let page = place.worker.get(&child).await;
    assert!(page.body.contains("••••45") && !page.body.contains("••••90"));
}

#[tokio::test]
async fn two_verdicts_on_one_tie_are_shown_to_the_second() {
    let place = Place::new().await;
    let (child, mother) = (id("child rabat.mine"), id("mother rabat.mine"));
    let path = format!("/children/{child}/family/{mother}/proof");
    let (one, other) = place.both(&path, "claim").await;
    let refuted = one.typed("claim", "refuted").typed("proof", "judgment");
    assert_eq!(refuted.send(&place.worker).await.status, SAVED);
    let verified = other
        .typed("claim", "verified")
        .typed("proof", "civil_document");
    let page = verified.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let claim = format!("select claim from app.relationship where to_person = '{child}'");
    assert_eq!(place.one(&claim).await, "refuted");
    let sheet = Sheet::of(&page, "pick-claim").typed("pick-claim", "mine");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.one(&claim).await, "verified");
}

/// Both press at the same moment: one is saved, the other is asked.
#[tokio::test]
async fn of_two_at_the_same_moment_one_is_asked() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    let (one, other) = (
        one.typed("given_la", "One"),
        other.typed("given_la", "Other"),
    );
    let both = tokio::join!(one.send(&place.worker), other.send(&place.supervisor));
    let mut status = [both.0.status, both.1.status];
    status.sort_unstable();
    assert_eq!(status, [SAVED, STALE]);
    let asked = if both.0.status == STALE {
        both.0
    } else {
        both.1
    };
    assert!(
        asked.body.contains("pick-given_la"),
        "it is the page that asks"
    );
}
