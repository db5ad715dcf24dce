//! Scans of letters and decisions: sealed, kept once, opened by who reads the letters.

use super::{BAD, committee, is_done, is_refused, shown, with};
use crate::{
    documents::pdf,
    support::{Answer, Client, TestApp},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use uuid::Uuid;

const LETTERS: &str = "/plan/letters/new";
const LETTER: [(&str, &str); 5] = [
    ("city", "rabat"),
    ("letter_purpose", "eases_field_work"),
    ("letter_subject", "مراسلة مختلقة"),
    ("from_party", "committee"),
    ("to_party", "authority"),
];

async fn upload(who: &Client, page: &str, fields: &[(String, String)], words: &str) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    who.upload(page, &fields, ("scan.pdf", &pdf(words))).await
}

/// Those of the register: each team of the world has a letter of its own.
const OF_REGISTER: &str = "from plan.scan where num_nonnulls(designation_id, meeting_id) = 0";

async fn scans(app: &TestApp) -> i64 {
    app.db.ask(format!("select count(*) {OF_REGISTER}")).await
}

/// The address of the scan on a page.
fn scan_on(page: &str) -> String {
    let (_, rest) = page.split_once("/plan/documents/").unwrap();
    format!("/plan/documents/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_scan_of_a_letter_is_kept_once_and_opened_by_its_readers() {
    let (app, steering) = committee().await;
    let fields = with(&shown(&steering, LETTERS, LETTERS).await, &LETTER);
    let sent = upload(&steering, LETTERS, &fields, "SCAN-ONE").await;
    let letter = is_done(&sent).to_owned();
    let again = upload(&steering, LETTERS, &fields, "SCAN-ONE").await;
    assert_eq!(is_done(&again), letter);
    // the same answers with another paper are not the same
    let other = upload(&steering, LETTERS, &fields, "SCAN-TWO").await;
    is_refused(&other, "file");
    assert!(other.says(Lang::En, "document-sent-before"));
    assert_eq!(scans(&app).await, 1);

    let scan = scan_on(&steering.get(&letter).await.body);
    for username in ["steering", "supervisor.rabat", "supervisor.sale"] {
        let opened = app.client(username).get(&scan).await;
        assert_eq!(opened.status, StatusCode::OK, "{username}");
        assert!(opened.body.contains("SCAN-ONE"), "{username}");
        assert!(
            opened
                .header("content-security-policy")
                .contains("sandbox;")
        );
        assert_eq!(opened.header("cache-control"), "no-store");
    }
    for username in ["worker1.rabat", "prosecutor.rabat", "admin", "dpo"] {
        let refused = app.client(username).get(&scan).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{username}");
        assert!(!refused.body.contains("SCAN-ONE"));
    }
    let opened: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'plan_document.fetched'")
        .await;
    assert_eq!(opened, 3);
}

/// Its text is everybody's who reads the plan; its paper, of who reads the letters.
#[tokio::test]
async fn the_paper_of_a_decision_is_not_for_everybody() {
    let (app, steering) = committee().await;
    let page = "/plan/decisions/new";
    let typed = [("city", "rabat"), ("text_ar", "قرار مختلق موقع")];
    let fields = with(&shown(&steering, page, page).await, &typed);
    is_done(&upload(&steering, page, &fields, "SIGNED").await);
    for (username, is_link) in [("supervisor.sale", true), ("worker1.rabat", false)] {
        let list = app.client(username).get("/plan/decisions").await;
        assert!(list.body.contains("قرار مختلق موقع"), "{username}");
        assert_eq!(
            list.body.contains("/plan/documents/"),
            is_link,
            "{username}"
        );
    }
}

/// Refused beside the field, with what was typed, and nothing is kept.
#[tokio::test]
async fn what_is_no_document_is_refused() {
    let (app, steering) = committee().await;
    let fields = with(&shown(&steering, LETTERS, LETTERS).await, &LETTER);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    for (name, bytes) in [
        ("empty.pdf", &b""[..]),
        ("program.pdf", &b"MZ\x90\x00 not a paper"[..]),
        ("page.html", &b"<script>alert(1)</script>"[..]),
    ] {
        let sent = steering.upload(LETTERS, &fields, (name, bytes)).await;
        is_refused(&sent, "file");
        assert!(sent.body.contains("مراسلة مختلقة"), "{name}");
    }
    let mut unfinished = fields.clone();
    unfinished.retain(|(name, _)| *name != "to_party");
    let paper = pdf("UNFINISHED");
    let sent = steering
        .upload(LETTERS, &unfinished, ("scan.pdf", &paper))
        .await;
    assert_eq!(sent.status, BAD);
    assert_eq!(scans(&app).await, 0);
}

/// Bytes that are not there are told, and marked; once they are back they are opened again.
#[tokio::test]
async fn a_scan_that_is_gone_is_told() {
    let (app, steering) = committee().await;
    let fields = with(&shown(&steering, LETTERS, LETTERS).await, &LETTER);
    let sent = upload(&steering, LETTERS, &fields, "LOST").await;
    let scan = scan_on(&steering.get(is_done(&sent)).await.body);
    let blob: Uuid = app.db.ask(format!("select blob {OF_REGISTER}")).await;
    app.state.blobs.remove(blob).await.unwrap();
    let gone = steering.get(&scan).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.says(Lang::En, "document-missing"));
    let fault: String = app.db.ask(format!("select fault {OF_REGISTER}")).await;
    assert_eq!(fault, "missing");
    let told: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'plan_document.unreadable'")
        .await;
    assert_eq!(told, 1);
}
