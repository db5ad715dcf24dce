//! What is for some readers of a file only.

use super::{case, fresh};
use crate::support::{TestApp, id};
use axum::http::StatusCode;

#[tokio::test]
async fn clinical_words_are_masked_until_an_act_reveals_them() {
    let app = TestApp::new().await;
    let lead = app.client("worker1.rabat");
    let page = format!("{}/clinical", case());
    let masked = lead.get(&page).await;
    assert_eq!(masked.status, StatusCode::OK);
    for words in ["CANARY-CLINICAL", "CANARY-ADDRESS"] {
        assert!(!masked.body.contains(words), "{words}");
    }
    let revealed = "select count(*)::text from audit.event where action in ('clinical_note.revealed', 'safe_address.revealed')";
    assert_eq!(app.db.list(revealed).await, ["0"]);
    let note = format!("{page}/{}/reveal", id("clinical rabat.mine"));
    assert!(lead.post(&note, &[]).await.body.contains("CANARY-CLINICAL"));
    let address = format!("{}/address/{}/reveal", case(), id("address rabat.mine"));
    assert!(
        lead.post(&address, &[])
            .await
            .body
            .contains("CANARY-ADDRESS")
    );
    assert_eq!(app.db.list(revealed).await, ["2"]);
    let fields = [
        ("id", &*fresh()),
        ("clinical_kind", "psychological"),
        ("date", "01/02/2099"),
        ("clinical_text", "NEW-WORDS"),
    ];
    assert_eq!(
        lead.post(&page, &fields).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the future"
    );
    let day = app.state.clock.today().format("%d/%m/%Y").to_string();
    let fields = [
        ("id", &*fresh()),
        ("clinical_kind", "psychological"),
        ("date", day.as_str()),
        ("clinical_text", "NEW-WORDS"),
    ];
    for _ in 0..2 {
        assert_eq!(
            lead.post(&page, &fields).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let notes = format!(
        "select count(*)::text from app.clinical_note where case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(app.db.list(&notes).await, ["2"], "sent twice, written once");
    for client in ["prosecutor.rabat", "dpo", "steering"] {
        let answer = app.client(client).get(&page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{client}");
    }
}

#[tokio::test]
async fn a_note_of_the_court_stays_at_the_court() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let file = format!("/prosecution/{}", id("judicial rabat.mine"));
    assert!(prosecutor.get(&file).await.body.contains("CANARY-COURT"));
    let notes = format!("{file}/notes");
    let empty = prosecutor.post(&notes, &[("id", &*fresh())]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("id", &*fresh()), ("judicial_note", "NEW-COURT-WORDS")];
    assert_eq!(
        prosecutor.post(&notes, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(prosecutor.get(&file).await.body.contains("NEW-COURT-WORDS"));
    for social in ["worker1.rabat", "supervisor.rabat"] {
        let page = app.client(social).get(&file).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["CANARY-COURT", "NEW-COURT-WORDS"] {
            assert!(!page.body.contains(words), "{social} reads {words}");
        }
    }
}
