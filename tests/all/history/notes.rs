//! Notes in somebody's own words.

use super::{FILE, NOTE, WORDS, case, notes, write};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_note_is_written_once_and_lies_sealed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    for _ in 0..2 {
        let answer = write(&worker, NOTE, WORDS).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location(), case());
    }
    assert_eq!(notes(&app.db).await, 1);
    let written = app
        .db
        .list(&format!(
            "select e.actor::text from audit.event e join app.case_note n on n.id::text = e.fields->>'note'
             where e.action = 'case_note.written' and e.object_id = '{}'",
            id(&format!("case {FILE}"))
        ))
        .await;
    assert_eq!(written, [id("worker1.rabat").to_string()]);
    let open: i64 = app
        .db
        .ask("select count(*) from app.case_note n where position('CANARY-TYPED'::bytea in n.text_enc) > 0")
        .await;
    assert_eq!(open, 0);
    assert!(worker.get(&case()).await.body.contains(WORDS));
    // the first answer was lost and the words amended: they stand beside the others
    for _ in 0..2 {
        let other = write(&worker, NOTE, "other words").await;
        assert_eq!(other.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(notes(&app.db).await, 2);
}

#[tokio::test]
async fn a_note_that_says_nothing_or_too_much_is_refused_and_kept() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let long = "x".repeat(4001);
    for (words, key) in [("  ", "error-required"), (long.as_str(), "error-too-long")] {
        let answer = write(&worker, NOTE, words).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(answer.body.contains("id=\"case_note-error\""), "{key}");
        assert!(answer.body.contains(NOTE), "the number is kept");
        assert!(words.trim().is_empty() || answer.body.contains(words));
    }
    assert_eq!(notes(&app.db).await, 0);
}

#[tokio::test]
async fn notes_are_written_by_those_who_care_while_the_file_is_open() {
    let app = TestApp::new().await;
    // an hour's opening of a colleague's file is for reading it
    let grant = format!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
         values (gen_random_uuid(), '{}', 1, '{}', 'replacement', now() + interval '1 hour')",
        id(&format!("case {FILE}")),
        id("worker2.rabat")
    );
    for (username, status) in [
        ("worker2.rabat", StatusCode::NOT_FOUND),
        ("worker1.sale", StatusCode::NOT_FOUND),
        ("supervisor.sale", StatusCode::NOT_FOUND),
        ("prosecutor.rabat", StatusCode::FORBIDDEN),
        ("dpo", StatusCode::FORBIDDEN),
    ] {
        let answer = write(&app.client(username), NOTE, WORDS).await;
        assert_eq!(answer.status, status, "{username}");
    }
    app.db.run(&grant).await;
    let guest = app.client("worker2.rabat");
    assert_eq!(
        write(&guest, NOTE, WORDS).await.status,
        StatusCode::FORBIDDEN
    );
    let page = guest.get(&case()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("name=\"case_note\"") && !page.body.contains("/print\""));
    assert_eq!(
        guest.get(&format!("{}/print", case())).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(notes(&app.db).await, 0);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{}', closure_reason = 'other'
             where case_id = '{}'",
            id("supervisor.rabat"),
            id(&format!("case {FILE}"))
        ))
        .await;
    let worker = app.client("worker1.rabat");
    assert_eq!(
        write(&worker, NOTE, WORDS).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(notes(&app.db).await, 0);
    let page = worker.get(&case()).await.body;
    assert!(!page.contains("name=\"case_note\"") && page.contains("CANARY-REMARK"));
}

#[tokio::test]
async fn the_prosecution_sees_no_note() {
    let app = TestApp::new().await;
    for username in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let court = app.client(username);
        for path in [
            format!("/prosecution/{}", id(&format!("judicial {FILE}"))),
            format!("/prosecution/notices/{}", id(&format!("notice {FILE}"))),
        ] {
            let answer = court.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.body.contains("CANARY-REMARK"), "{path}");
        }
        for page in ["", "/history", "/history?kind=notes", "/print", "/readers"] {
            let answer = court.get(&format!("{}{page}", case())).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        }
    }
}
