//! What hangs on a protected file, wall by wall: its documents, and the keys of every text about it.

use super::{reads, world};
use crate::support::{TestDb, id};

const KEYS: [(&str, &str); 7] = [
    ("case", "case"),
    ("person", "child"),
    ("contact", "contact"),
    ("service", "service child"),
    ("service", "service mother"),
    ("document", "document"),
    ("disclosure", "disclosure"),
];
/// Named on the protected file by their work; and those of the prefecture who are not.
const NAMED: &str = "worker2.rabat";
const OTHERS: [&str; 2] = ["worker1.rabat", "supervisor.rabat"];

async fn has_key(db: &TestDb, username: &str, (kind, thing): (&str, &str), file: &str) -> bool {
    let holder = id(&format!("{thing} {file}"));
    let sql = format!("select app.key_of('{kind}', '{holder}') is not null");
    reads(db, username, &sql).await == ["true"]
}

#[tokio::test]
async fn the_keys_of_a_protected_file_are_for_those_named_on_it() {
    let db = world().await;
    for key in KEYS {
        assert!(has_key(&db, NAMED, key, "rabat.protected").await, "{key:?}");
        // the supervisor has every key of an ordinary file: there is something to be kept from
        assert!(
            has_key(&db, "supervisor.rabat", key, "rabat.colleague").await,
            "{key:?}"
        );
        for username in OTHERS {
            let has = has_key(&db, username, key, "rabat.protected").await;
            assert!(!has, "{username} has the key of {key:?}");
        }
    }
}

#[tokio::test]
async fn the_documents_of_a_protected_file_are_for_those_named_on_it() {
    let db = world().await;
    let sees = async |username: &str, file: &str| {
        let document = id(&format!("document {file}"));
        let rows = format!("select id from app.attachment where id = '{document}'");
        let links =
            format!("select case_id from app.case_attachment where attachment_id = '{document}'");
        [
            reads(&db, username, &rows).await.len(),
            reads(&db, username, &links).await.len(),
        ]
    };
    assert_eq!(sees(NAMED, "rabat.protected").await, [1, 1]);
    assert_eq!(sees("supervisor.rabat", "rabat.colleague").await, [1, 1]);
    for username in OTHERS {
        assert_eq!(
            sees(username, "rabat.protected").await,
            [0, 0],
            "{username}"
        );
    }
}
