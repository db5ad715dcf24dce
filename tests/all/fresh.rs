//! A protected file before a screen that was left open, and before somebody who broke the glass.

use crate::{
    paths::{LINES, Line, Reach},
    support::{Answer, Client, TestApp, html::forms, id, session},
};
use axum::http::StatusCode;

const FILE: &str = "rabat.protected";
/// Who leads it.
const LEAD: &str = "worker2.rabat";
const WHY: &str = "تهديد من طرف مستغل يعرف مسكن الأسرة";

async fn ask(client: &Client, line: &Line) -> Answer {
    let path = line.path(FILE);
    if line.method == "GET" {
        return client.get(&path).await;
    }
    let fields = line.fields(FILE);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    client.post(&path, &fields).await
}

fn of_a_file() -> impl Iterator<Item = &'static Line> {
    LINES.iter().filter(|line| line.reach.is_of_a_file())
}

/// Whatever hangs on the file, and whoever wrote its page: the question is asked where the transaction begins.
#[tokio::test]
async fn every_page_of_a_protected_file_asks_for_a_fresh_factor() {
    let app = TestApp::new().await;
    let lead = app.client(LEAD);
    let mut shown = Vec::new();
    for line in of_a_file().filter(|line| line.method == "GET") {
        if ask(&lead, line).await.status == StatusCode::OK {
            shown.push(line.route);
        }
    }
    assert!(shown.len() > 12, "{shown:?}");
    session::age(&app.db, LEAD).await;
    let mut faults = Vec::new();
    // one's own emergency ends whoever sits there
    for line in of_a_file().filter(|line| line.reach != Reach::Nobody) {
        let answer = ask(&lead, line).await;
        let (status, path) = (answer.status.as_u16(), line.path(FILE));
        let asks = answer.location().starts_with("/account/confirm?next=%2F");
        let is_right = match (line.method, status) {
            // neither the role nor the relation reaches it, fresh or not
            (_, 403 | 404) => !shown.contains(&line.route),
            ("GET", 303) | ("POST", 307) => asks,
            _ => false,
        };
        if !is_right || answer.body.contains("CANARY") {
            faults.push(format!(
                "{} {path}: {status} {}",
                line.method,
                answer.location()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    // an ordinary file is opened as before, and so is what is not theirs to see
    let own = format!("/cases/{}", id("case rabat.colleague"));
    assert_eq!(lead.get(&own).await.status, StatusCode::OK);
    session::age(&app.db, "worker1.rabat").await;
    let stranger = app.client("worker1.rabat");
    for line in of_a_file().filter(|line| shown.contains(&line.route)) {
        let status = ask(&stranger, line).await.status;
        if line.route == "/cases/{id}/print" || line.route.ends_with("/paper.pdf") {
            // paper asks it of everybody, also of a file that there is none of
            let none = line.path("no file");
            assert_eq!(status, stranger.get(&none).await.status);
            continue;
        }
        assert_ne!(
            status,
            StatusCode::SEE_OTHER,
            "{} tells that there is one",
            line.route
        );
    }
}

/// The router undoes the escapes of an address, and so does the question.
#[tokio::test]
async fn an_id_in_escapes_passes_no_question_by() {
    let app = TestApp::new().await;
    session::age(&app.db, LEAD).await;
    let lead = app.client(LEAD);
    for (page, thing) in [("cases", "case"), ("children", "child")] {
        let plain = id(&format!("{thing} {FILE}")).to_string();
        let escaped: String = plain.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for written in [plain.replace('-', "%2D"), escaped] {
            let answer = lead.get(&format!("/{page}/{written}")).await;
            let asks = answer.location().starts_with("/account/confirm?next=");
            assert!(asks, "{page} {written}: {}", answer.status);
        }
    }
}

/// A body with a file is not sent through the confirmation: what is right is kept, what is refused comes back
/// with its words and without the documents.
#[tokio::test]
async fn a_document_brought_by_a_stale_session_is_kept_or_comes_back_alone() {
    let app = TestApp::new().await;
    session::age(&app.db, LEAD).await;
    let lead = app.client(LEAD);
    let send = async |file: &str, bytes: &[u8]| {
        let path = format!("/cases/{}/documents", id(&format!("case {file}")));
        let document = id(&format!("new {file} {}", bytes.len())).to_string();
        let fields = [
            ("id", document.as_str()),
            ("document_kind", "civil_status_document"),
            ("title", "TYPED-TITLE"),
        ];
        lead.upload(&path, &fields, ("paper.pdf", bytes)).await
    };
    let refused = send(FILE, b"no paper").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("TYPED-TITLE"),
        "nothing typed is lost"
    );
    assert!(!refused.body.contains("CANARY"), "and nothing is shown");
    let ordinary = send("rabat.colleague", b"no paper").await;
    assert!(ordinary.body.contains("CANARY-child-rabat.colleague"));
    let kept = send(FILE, crate::documents::pdf("kept").as_slice()).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let after = lead.get(kept.location().split('#').next().unwrap()).await;
    assert!(after.location().starts_with("/account/confirm?next="));
}

/// What an emergency opens is read: no form, no way to one, and no page of one.
#[tokio::test]
async fn through_broken_glass_no_page_has_a_form() {
    let app = TestApp::new().await;
    let reader = app.client("worker1.rabat");
    let number = "select number from app.case_file where id = ";
    let number = format!("{number}'{}'", id(&format!("case {FILE}")));
    let number = session::truly(&app.db, number).await.remove(0);
    let form = id("new emergency").to_string();
    let fields = [
        ("id", form.as_str()),
        ("number", &number),
        ("reason", "danger_now"),
        ("text", WHY),
    ];
    let begun = reader.post("/protection/emergency", &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    // its number is that of what was answered
    let running =
        "select id::text from app.emergency_access where ended_at is null and until > now()";
    let emergency = session::truly(&app.db, running.to_owned()).await.remove(0);
    // an hour is longer than five minutes
    session::age(&app.db, "worker1.rabat").await;
    let end = format!("/protection/emergency/{emergency}/end");
    let (mut read, mut faults) = (0, Vec::new());
    for line in of_a_file().filter(|line| line.method == "GET") {
        let (answer, path) = (ask(&reader, line).await, line.path(FILE));
        if answer.status != StatusCode::OK {
            let status = answer.status.as_u16();
            // paper asks for a factor before it says whether there is any
            let is_paper = path.ends_with("/print") || path.rsplit('.').next() == Some("pdf");
            let asks = answer.location().starts_with("/account/confirm?") && is_paper;
            if ![403, 404].contains(&status) && !asks {
                faults.push(format!("{path}: {status}"));
            }
            continue;
        }
        read += 1;
        let actions = forms(&answer.body, &path)
            .into_iter()
            .map(|form| form.action);
        let links = answer.body.split("href=\"").skip(1);
        let links = links.map(|rest| rest.split('"').next().unwrap().to_owned());
        let leads_to_a_form = |link: &String| {
            [
                "/edit",
                "/new?",
                "/family/",
                "/deliver",
                "/prosecution/new",
                "/clinical",
                "#add",
            ]
            .iter()
            .any(|part| link.contains(part))
        };
        faults.extend(
            actions
                .filter(|action| *action != end)
                .chain(links.filter(leads_to_a_form))
                .map(|found| format!("{path}: {found}")),
        );
    }
    assert!(read > 6, "{read}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
