//! Each long form, and what it was begun on.

use super::{AUTO, FILE, Place, fill, send};
use crate::support::id;
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn contacts_begun_side_by_side_are_drafts_of_their_own() {
    let place = Place::new().await;
    let begin = async |name: &str| {
        let page = place.worker.get("/contacts/new").await;
        let fields = fill(&page, "note", name);
        let own = fields
            .iter()
            .find(|(field, _)| field == "id")
            .unwrap()
            .1
            .clone();
        let path = format!("/drafts/of/contact/{own}");
        let kept = send(&place.worker, &path, &fields, &[AUTO]).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        (own, path, fields)
    };
    let (first, path, fields) = begin("Two children at the lights").await;
    let (second, _, _) = begin("One at the mosque").await;
    assert_eq!(place.drafts().await, ["contact 1 t", "contact 1 t"]);
    // one form cannot be kept under the name of the other
    let crossed = send(&place.worker, &path, &fields, &[AUTO, ("id", &second)]).await;
    assert_eq!(crossed.status, StatusCode::BAD_REQUEST);
    let draft = place
        .app
        .db
        .list(format!(
            "select id::text from app.form_draft where subject = '{first}'"
        ))
        .await
        .remove(0);
    let page = place
        .worker
        .get(&format!("/contacts/new?draft={draft}"))
        .await;
    assert!(page.body.contains("Two children at the lights") && page.body.contains(&first));
    let resumed = fill(&page, "note", "Two children at the lights");
    // "now" of a form that was put aside is when it was begun
    assert!(resumed.contains(&("when".to_owned(), "earlier".to_owned())));
    assert!(
        resumed
            .iter()
            .any(|(field, value)| field == "time" && !value.is_empty())
    );
    let whole = [
        ("spot", "other"),
        ("place", "044210107"),
        ("place_kind", "mosque"),
        ("child-0-sex", "F"),
        ("child-0-years", "6"),
        ("adult", "mother"),
        ("circumstance", "with_mother"),
        ("action", "awareness"),
    ];
    let saved = send(&place.worker, "/contacts", &resumed, &whole).await;
    assert_eq!(
        saved.location(),
        format!("/contacts/{first}"),
        "{}",
        saved.body
    );
    assert_eq!(place.drafts().await, ["contact 1 t"], "the other stays");
    // the same form from another device, where its draft had another number: saved twice, saved once
    let mut again = whole.to_vec();
    again.push(("draft_rev", "7"));
    let twice = send(&place.worker, "/contacts", &resumed, &again).await;
    assert_eq!(
        twice.location(),
        format!("/contacts/{first}"),
        "{}",
        twice.body
    );
    // and what was still on its way when it was saved is not kept again
    let late = send(&place.worker, &path, &fields, &[AUTO, ("draft_rev", "")]).await;
    assert!(late.body.contains("\"stop\":true"), "{}", late.body);
    assert_eq!(place.drafts().await, ["contact 1 t"]);
}

#[tokio::test]
async fn each_long_form_keeps_and_offers_its_own() {
    let place = Place::new().await;
    let case = id(&format!("case {FILE}"));
    place
        .app
        .db
        .run(&format!(
            "set session_replication_role = replica; delete from app.judicial_file; delete from app.care_plan;
             update app.case_episode set state = 'monitoring' where case_id = '{case}'"
        ))
        .await;
    for (form, path, field) in [
        ("care_plan", "care-plan/form", "goal-0-text"),
        ("determination", "best-interests", "conclusion"),
        ("visit", "visits", "findings"),
        ("referral", "prosecution/new", "summary"),
        ("closing_report", "closure", "report_done"),
    ] {
        let path = format!("/cases/{case}/{path}");
        let fields = fill(&place.worker.get(&path).await, field, "What I was typing");
        let keep = format!("/drafts/of/{form}/{case}");
        let kept = send(&place.worker, &keep, &fields, &[AUTO]).await;
        assert_eq!(kept.status, StatusCode::OK, "{form}: {}", kept.body);
        let page = place.worker.get(&path).await;
        let link = format!("{path}?draft=");
        assert!(page.body.contains(&link), "{form}: {}", page.body);
        let at = page.body.find(&link).unwrap();
        let link = page.body[at..].split('"').next().unwrap();
        let page = place.worker.get(link).await;
        assert!(page.body.contains("What I was typing"), "{form}");
        let drop = place
            .app
            .db
            .list(format!(
                "select '/drafts/' || id || '/drop' from app.form_draft where form = '{form}'"
            ))
            .await
            .remove(0);
        assert_eq!(place.worker.post(&drop, &[]).await.location(), path);
    }
    assert!(place.drafts().await.is_empty());
}

/// A draft that was begun before somebody else saved is asked about when it is saved, not written over theirs.
#[tokio::test]
async fn a_draft_knows_the_version_it_was_begun_on() {
    let place = Place::new().await;
    let mine = place.typed("Mine, begun first").await;
    send(&place.worker, &place.keep, &mine, &[AUTO]).await;
    let supervisor = place.app.client("supervisor.rabat").reading(Lang::En);
    let form = fill(
        &supervisor.get(&place.form).await,
        "summary",
        "Theirs, saved first",
    );
    send(&supervisor, &place.form, &form, &[("act", "save")]).await;
    let page = place
        .worker
        .get(&format!("{}?draft={}", place.form, place.draft().await))
        .await;
    let form = fill(&page, "summary", "Mine, begun first");
    let page = send(&place.worker, &place.form, &form, &[("act", "save")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("Theirs, saved first") && page.body.contains("Mine, begun first"));
    assert_eq!(
        place.drafts().await,
        ["assessment 1 t"],
        "until it is saved"
    );
    let mut chosen = fill(&page, "pick-summary", "mine");
    chosen.retain(|(name, value)| name != "pick-summary" || value == "mine");
    let saved = send(&place.worker, &place.form, &chosen, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(place.drafts().await.is_empty());
}
