//! Documents of a clinical kind: for those who care for the child, their titles by an act that is written down.

use super::{ID, documents, pdf};
use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FILE: &str = "rabat.mine";
/// The title of the document of the world.
const TITLE: &str = "CANARY-child-rabat.mine";

fn of(act: &str) -> String {
    format!(
        "{}/{}/{act}",
        documents(FILE),
        id(&format!("document {FILE}"))
    )
}

fn view() -> String {
    format!("/documents/{}/view", id(&format!("document {FILE}")))
}

/// The list alone: the number of the file and its crumbs stand above it, the form for another document below.
fn list(answer: &Answer) -> &str {
    let (_, rest) = answer.body.split_once("id=\"list\"").unwrap();
    rest.split_once("</section>").unwrap().0
}

async fn audited(app: &TestApp, action: &str) -> i64 {
    app.db
        .ask(format!(
            "select count(*) from audit.event where action = '{action}'"
        ))
        .await
}

async fn mark(client: &Client, how: &str) -> StatusCode {
    client
        .post(&of("clinical"), &[("clinical", how)])
        .await
        .status
}

/// A colleague opened the file for an hour, with a reason.
async fn opened_for_an_hour(app: &TestApp) {
    app.db
        .run(&format!(
            "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
             values (gen_random_uuid(), '{}', 1, '{}', 'replacement', now() + interval '1 hour')",
            id(&format!("case {FILE}")),
            id("worker2.rabat")
        ))
        .await;
}

#[tokio::test]
async fn a_document_marked_clinical_is_for_who_cares_and_its_title_is_masked() {
    let app = TestApp::new().await;
    opened_for_an_hour(&app).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let hour = app.client("worker2.rabat").reading(Lang::En);
    assert!(list(&worker.get(&documents(FILE)).await).contains(TITLE));
    assert!(list(&hour.get(&documents(FILE)).await).contains(TITLE));
    // who reads for an hour classifies nothing; nor is a nonsense taken
    assert_eq!(mark(&hour, "yes").await, StatusCode::FORBIDDEN);
    assert_eq!(
        mark(&worker, "perhaps").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(mark(&worker, "yes").await, StatusCode::SEE_OTHER);
    assert_eq!(audited(&app, "document.reclassified").await, 1);
    // there, and masked
    let masked = worker.get(&documents(FILE)).await;
    assert!(
        masked.says(Lang::En, "document-clinical"),
        "{}",
        masked.body
    );
    assert!(!list(&masked).contains(TITLE), "{}", masked.body);
    assert!(!list(&masked).contains("CANARY-NAME"));
    assert_eq!(audited(&app, "document.revealed").await, 0);
    let shown = worker.post(&of("reveal"), &[]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(list(&shown).contains(TITLE), "{}", shown.body);
    assert_eq!(audited(&app, "document.revealed").await, 1);
    // an hour's opening is not enough: it is told that there is one, and no more
    let kept = hour.get(&documents(FILE)).await;
    let said = kept.body.replace(['\u{2068}', '\u{2069}', '\u{200e}'], "");
    assert!(said.contains("1 clinical document"), "{said}");
    assert!(!list(&kept).contains(TITLE));
    assert_eq!(
        hour.post(&of("reveal"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(hour.get(&view()).await.status, StatusCode::NOT_FOUND);
    let story = hour
        .get(&format!(
            "/cases/{}/history?kind=documents",
            id(&format!("case {FILE}"))
        ))
        .await;
    assert!(
        !story.body.contains("Civil status document"),
        "{}",
        story.body
    );
    // never by a court, nor a provider
    for username in ["prosecutor.rabat", "focal.rabat", "institution.rabat"] {
        let status = app.client(username).get(&documents(FILE)).await.status;
        assert_eq!(status, StatusCode::FORBIDDEN, "{username}");
    }
}

#[tokio::test]
async fn the_mark_is_taken_off_by_a_supervisor_alone() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    assert_eq!(mark(&worker, "yes").await, StatusCode::SEE_OTHER);
    // marked twice, it is written down once
    assert_eq!(mark(&worker, "yes").await, StatusCode::SEE_OTHER);
    assert_eq!(audited(&app, "document.reclassified").await, 1);
    assert_eq!(mark(&worker, "no").await, StatusCode::FORBIDDEN);
    assert_eq!(mark(&supervisor, "no").await, StatusCode::SEE_OTHER);
    assert_eq!(audited(&app, "document.reclassified").await, 2);
    assert!(list(&worker.get(&documents(FILE)).await).contains(TITLE));
}

#[tokio::test]
async fn a_clinical_kind_is_clinical_by_itself() {
    let app = TestApp::new().await;
    opened_for_an_hour(&app).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let hour = app.client("worker2.rabat").reading(Lang::En);
    let fields = [
        ("id", ID),
        ("document_kind", "medical_document"),
        ("title", "Vaccination card"),
    ];
    let file = pdf("a vaccination card");
    let sent = hour
        .upload(&documents(FILE), &fields, ("a.pdf", file.as_slice()))
        .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.says(Lang::En, "document-clinical-not-yours"));
    assert!(
        sent.body.contains("Vaccination card"),
        "what was typed is kept"
    );
    let sent = worker
        .upload(&documents(FILE), &fields, ("a.pdf", file.as_slice()))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let is_clinical = format!("select clinical from app.attachment where id = '{ID}'");
    assert!(app.db.ask::<bool>(&is_clinical).await);
    let shown = worker.get(&documents(FILE)).await;
    assert!(!list(&shown).contains("Vaccination card"), "{}", shown.body);
    assert!(!list(&hour.get(&documents(FILE)).await).contains("Medical document</"));
}
