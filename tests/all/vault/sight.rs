//! Who reaches a wrapped key.

use crate::support::{TestApp, id, role::told, world};

/// Who, a kind of holder, a holder: does the session reach its wrapped key?
const SIGHT: &[(&str, &str, &str, bool)] = &[
    ("worker1.rabat", "contact", "contact rabat.colleague", true),
    ("worker1.sale", "contact", "contact rabat.mine", false),
    ("prosecutor.rabat", "contact", "contact rabat.mine", false),
    ("worker1.rabat", "case", "case rabat.mine", true),
    ("worker1.rabat", "case", "case rabat.protected", false),
    ("supervisor.rabat", "case", "case rabat.protected", false),
    ("worker2.rabat", "case", "case rabat.protected", true),
    ("worker1.sale", "case", "case rabat.mine", false),
    (
        "worker1.rabat",
        "service",
        "service child rabat.protected",
        false,
    ),
    ("worker1.rabat", "person", "mother rabat.colleague", true),
    (
        "prosecutor.rabat",
        "person",
        "mother rabat.colleague",
        false,
    ),
    ("worker1.rabat", "disclosure", "disclosure rabat.mine", true),
    (
        "worker1.rabat",
        "disclosure",
        "disclosure rabat.colleague",
        false,
    ),
    (
        "prosecutor.rabat",
        "disclosure",
        "disclosure rabat.mine",
        true,
    ),
    (
        "prosecutor.rabat",
        "disclosure",
        "disclosure rabat.colleague",
        false,
    ),
    (
        "prosecutor.sale",
        "disclosure",
        "disclosure rabat.mine",
        false,
    ),
    (
        "prosecutor.rabat",
        "judicial_file",
        "judicial rabat.mine",
        true,
    ),
    (
        "prosecutor.sale",
        "judicial_file",
        "judicial rabat.mine",
        false,
    ),
    (
        "worker1.rabat",
        "judicial_file",
        "judicial rabat.mine",
        false,
    ),
    (
        "supervisor.rabat",
        "judicial_file",
        "judicial rabat.mine",
        false,
    ),
    ("steering", "contact", "contact rabat.mine", false),
    ("admin", "case", "case rabat.mine", false),
    ("nobody", "case", "case rabat.mine", false),
    ("worker1.rabat", "case", "no such case", false),
];

/// A wrapped key is reached by who can see its holder, and by nobody else; the court's never by the cell.
#[tokio::test]
async fn wrapped_keys_follow_what_a_session_sees() {
    let app = TestApp::new().await;
    let sees = async |username: &str, kind: &str, holder: &str| -> bool {
        let mut connection = app.db.connect("sanad_app").await;
        let mut tx = told(&mut connection, &world::session_of(username)).await;
        sqlx::query_scalar("select app.key_of($1, $2) is not null")
            .bind(kind)
            .bind(id(holder))
            .fetch_one(&mut *tx)
            .await
            .unwrap()
    };
    for (username, kind, holder, wanted) in SIGHT {
        assert_eq!(
            sees(username, kind, holder).await,
            *wanted,
            "{username}: {kind} of {holder}"
        );
    }
}

/// Offering a key for a file that is not seen tells nothing and leaves nothing.
#[tokio::test]
async fn a_key_cannot_be_put_into_what_is_not_seen() {
    let app = TestApp::new().await;
    let count = "select count(*) from sec.data_key";
    let before: i64 = app.db.ask(count).await;
    app.db
        .run(&format!(
            "delete from sec.data_key where holder_id = '{}'",
            id("case sale.mine")
        ))
        .await;
    let offer = async |username: &str, holder: &str| -> Option<i32> {
        let mut connection = app.db.connect("sanad_app").await;
        let mut tx = told(&mut connection, &world::session_of(username)).await;
        let kept = sqlx::query_scalar(
            "select length(app.keep_key('case', $1, 1, decode(repeat('00', 60), 'hex')))",
        )
        .bind(id(holder))
        .fetch_one(&mut *tx)
        .await
        .ok();
        tx.commit().await.unwrap();
        kept
    };
    let (hidden, other, own) = ("case rabat.protected", "case sale.mine", "case rabat.mine");
    for holder in [hidden, other, own] {
        assert_eq!(offer("worker1.rabat", holder).await, Some(128), "{holder}");
    }
    assert_eq!(
        app.db.ask::<i64>(count).await,
        before - 1,
        "none was added or replaced"
    );
    assert_eq!(offer("nobody", own).await, None);
    let changed =
        "select count(*) from sec.data_key where wrapped = decode(repeat('00', 60), 'hex')";
    assert_eq!(app.db.ask::<i64>(changed).await, 0);
}
