//! The letter of a designation: a scan that lies sealed where documents lie, for who looks at the team.

use super::{BAD, DONE, designation};
use crate::{
    documents::pdf,
    support::{TestApp, id},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const LETTER: &str = "018f0000-0000-7000-8000-00000000e511";

#[tokio::test]
async fn a_letter_is_kept_once_and_read_by_who_looks_at_the_team() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let path = format!("{}/letter", designation("rabat.mine"));
    let bytes = pdf("an invented letter");
    let send = async |file: (&str, &[u8])| supervisor.upload(&path, &[("id", LETTER)], file).await;
    for _ in 0..2 {
        let answer = send(("a.pdf", &bytes)).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    let answer = send(("b.pdf", &pdf("another"))).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "document-sent-before"));
    let answer = send(("a.pdf", b"no paper")).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.body.contains("id=\"file-error\""));
    let kept = "select count(*) from plan.scan where id = '018f0000-0000-7000-8000-00000000e511'";
    assert_eq!(app.db.ask::<i64>(kept).await, 1);
    let added = "select count(*) from audit.event where action = 'letter.added'";
    assert_eq!(app.db.ask::<i64>(added).await, 1);

    let read = format!("/plan/papers/{LETTER}");
    let mut readers = 0;
    for (username, status) in [
        ("worker1.rabat", 200),
        ("supervisor.rabat", 200),
        ("focal.rabat", 200),
        ("prosecutor.rabat", 200),
        ("steering", 200),
        ("worker1.sale", 404),
        ("prosecutor.sale", 404),
        ("institution.rabat", 403),
        ("admin", 403),
    ] {
        let answer = app.client(username).get(&read).await;
        assert_eq!(answer.status.as_u16(), status, "{username}");
        assert_eq!(answer.body.as_bytes() == bytes, status == 200, "{username}");
        readers += i64::from(status == 200);
    }
    let fetched = "select count(*) from audit.event where action = 'plan_paper.fetched'";
    assert_eq!(app.db.ask::<i64>(fetched).await, readers);
}

#[tokio::test]
async fn a_letter_whose_bytes_are_gone_is_said_to_be() {
    let app = TestApp::new().await;
    let paper = id("plan paper rabat.mine");
    app.db
        .run(&format!(
            "update plan.scan set blob = gen_random_uuid() where id = '{paper}'"
        ))
        .await;
    let reader = app.client("worker1.rabat").reading(Lang::En);
    let answer = reader.get(&format!("/plan/papers/{paper}")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "document-missing"), "{}", answer.body);
    let fault = format!("select fault from plan.scan where id = '{paper}'");
    assert_eq!(app.db.list(&fault).await, ["missing"]);
    let page = reader.get(&designation("rabat.mine")).await;
    assert!(page.says(Lang::En, "document-missing"));
}
