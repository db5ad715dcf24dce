//! Numbers that identify a child: recorded whole, shown by their end, met by their blind index alone.

use crate::support::{Answer, Client, TestApp, TestDb, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

fn child(name: &str) -> String {
    format!("/children/{}", id(&format!("child {name}")))
}

/// The identity form of a child as it is, with a number.
async fn send(client: &Client, db: &TestDb, name: &str, kind: &str, value: &str) -> Answer {
    let versions = db
        .list("select concat_ws(' ', id, version) from app.person")
        .await;
    let person = id(&format!("child {name}")).to_string();
    let line = versions
        .iter()
        .find(|line| line.starts_with(&person))
        .unwrap();
    let version = line.split(' ').nth(1).unwrap();
    let family = format!("CANARY-child-{name}");
    let fields = [
        ("version", version),
        ("sex", "F"),
        ("birth", "keep"),
        ("nationality", "MA"),
        ("disability", "intellectual"),
        ("education", "non_formal"),
        ("given_ar", "زينب"),
        ("family_ar", &family),
        ("given_la", "Zineb"),
        ("family_la", &family),
        ("id_kind", kind),
        ("id_value", value),
    ];
    client.post(&format!("{}/edit", child(name)), &fields).await
}

async fn numbers(db: &TestDb) -> i64 {
    db.ask("select count(*) from app.person_identifier where kind = 'cnie'")
        .await
}

#[tokio::test]
async fn a_number_is_recorded_whole_and_shown_by_its_end() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let sent = send(&worker, &app.db, "rabat.mine", "cnie", "ab ١٢٣٤٥").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for path in [child("rabat.mine"), format!("{}/edit", child("rabat.mine"))] {
        let page = worker.get(&path).await;
        assert!(page.body.contains("••••45"), "{path}");
        assert!(!page.body.contains("12345"), "{path}");
        assert!(
            page.body.contains("••••42") && !page.body.contains("CANARY-NUMBER"),
            "{path}"
        );
    }
    // a colleague of the prefecture is told who the child is, and no number
    let page = app.client("worker2.rabat").get(&child("rabat.mine")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("••••"));
    // a new one of the same kind takes its place
    let sent = send(&worker, &app.db, "rabat.mine", "cnie", "CD6789").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(numbers(&app.db).await, 1);
    let page = worker.get(&child("rabat.mine")).await;
    assert!(page.body.contains("••••89") && !page.body.contains("••••45"));
    let told = app
        .db
        .list("select fields::text from audit.event where action = 'child.edited' order by id")
        .await;
    assert_eq!(told, vec![r#"{"fields": ["identifier"]}"#; 2]);
}

/// The same number on two records: the answer does not say whose it is, nor that it is anybody's; the trail
/// says that they met.
#[tokio::test]
async fn a_number_that_is_taken_is_refused_without_saying_so() {
    let app = TestApp::new().await;
    let colleague = app.client("worker2.rabat");
    let sent = send(&colleague, &app.db, "rabat.colleague", "cnie", "AB12345").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let worker = app.client("worker1.rabat");
    for lang in Lang::ALL {
        let client = worker.clone().reading(lang);
        let refused = send(
            &client,
            &app.db,
            "rabat.mine",
            "cnie",
            "ab-12345".trim_matches('x'),
        )
        .await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "its shape"
        );
        assert!(refused.says(lang, "child-identifier-shape"));
        let refused = send(&client, &app.db, "rabat.mine", "cnie", " a b 1 2 3 4 5").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says(lang, "child-identifier-refused"));
        assert!(
            refused.body.contains("a b 1 2 3 4 5"),
            "what was typed stays"
        );
        assert!(!refused.body.contains("rabat.colleague"));
    }
    assert_eq!(numbers(&app.db).await, 1, "nothing was stored");
    let met = app
        .db
        .list(
            "select concat_ws(' ', object_id, fields->>'kind', actor) from audit.event where action = 'identifier.met'",
        )
        .await;
    let wanted = format!("{} cnie {}", id("child rabat.mine"), id("worker1.rabat"));
    assert_eq!(met, vec![wanted; 3]);
    // elsewhere, or of another kind, it is another number
    let other_kind = send(&worker, &app.db, "rabat.mine", "passport", "AB12345").await;
    assert_eq!(other_kind.status, StatusCode::SEE_OTHER);
    let sale = app.client("worker1.sale");
    let elsewhere = send(&sale, &app.db, "sale.mine", "cnie", "AB12345").await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn half_an_answer_or_a_kind_of_ones_own_is_refused() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    for (kind, value, field) in [
        ("cnie", "", "id_value"),
        ("", "AB12345", "id_kind"),
        ("tattoo", "AB12345", "id_kind"),
        ("cnie", "AB12345<script>", "id_value"),
    ] {
        let refused = send(&worker, &app.db, "rabat.mine", kind, value).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{kind} {value}"
        );
        assert!(
            refused.body.contains(&format!("id=\"{field}-error\"")),
            "{kind} {value}"
        );
    }
    assert_eq!(numbers(&app.db).await, 0);
}

/// Without the key of the index, nobody finds a number by trying them all.
#[tokio::test]
async fn the_blind_index_is_no_bare_hash() {
    use sha2::{Digest, Sha256};
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    send(&worker, &app.db, "rabat.mine", "cnie", "AB12345").await;
    let kept = app
        .db
        .list("select encode(blind_index, 'hex') from app.person_identifier where kind = 'cnie'")
        .await;
    assert_eq!(kept[0].len(), 32);
    for guess in ["AB12345", "cnieAB12345", "cnie:AB12345", "cnie\0AB12345"] {
        assert!(
            !hex::encode(Sha256::digest(guess)).starts_with(&kept[0]),
            "{guess}"
        );
    }
}
