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

/// The table of each kind of holder.
const TABLES: [(&str, &str); 12] = [
    ("contact", "contact"),
    ("case", "case_file"),
    ("person", "person"),
    ("service", "service"),
    ("disclosure", "disclosure"),
    ("judicial_file", "judicial_file"),
    ("document", "attachment"),
    ("lift", "protection_lift"),
    ("emergency", "emergency_access"),
    ("transfer", "case_transfer"),
    ("draft", "form_draft"),
    ("identity_request", "identity_request"),
];

/// `app.sees_holder` says of one row what row security says of it, to everybody and of every key; but the key of the
/// court's own texts is the court's, though the cell sees the judicial file; and what went with an extract is opened at the
/// court by its own road, without a look at the shelf it lies on.
#[tokio::test]
async fn a_key_is_reached_by_who_sees_its_holder() {
    let db = world().await;
    // as superuser of this database alone: the application asks here who it is
    db.run(&format!(
        "grant usage on schema sec to sanad_app; grant execute on function sec.me to sanad_app;
         set session_replication_role = replica;
         update app.disclosure set expires_at = now() - interval '1 hour' where id = '{}'",
        id("request rabat.mine")
    ))
    .await;
    let people = db
        .list("select distinct u.username from sec.session s join sec.app_user u on u.id = s.user_id order by 1")
        .await;
    let keys = db
        .list(
            "select format('(%L, %L::uuid)', holder_kind, holder_id) from sec.data_key order by 1",
        )
        .await
        .join(", ");
    let seen: Vec<String> = TABLES
        .iter()
        .map(|(kind, table)| format!("select '{kind}' as kind, id from app.{table}"))
        // a letter of designation has its key as a document has
        .chain(["select 'document', id from plan.scan".to_owned()])
        .collect();
    let seen = seen.join(" union all ");
    let went = [
        "rabat.mine",
        "rabat.colleague",
        "rabat.protected",
        "sale.mine",
    ]
    .map(|file| format!("'{}'", id(&format!("document {file}"))))
    .join(", ");
    let elsewhere = format!(
        "not (k.kind = 'document' and k.id in ({went}) and exists (select from sec.me() m where m.court_id is not null))"
    );
    let mut reached = 0;
    for who in &people {
        let has = format!(
            "select k.kind || ' ' || k.id from (values {keys}) k (kind, id) where app.key_of(k.kind, k.id) is not null and {elsewhere} order by 1"
        );
        let sees = format!(
            "select k.kind || ' ' || k.id from (values {keys}) k (kind, id) join ({seen}) s using (kind, id)
             where (k.kind <> 'judicial_file' or exists (select from sec.me() m where m.court_id is not null)) and {elsewhere} order by 1"
        );
        let has = reads(&db, who, &has).await;
        assert_eq!(has, reads(&db, who, &sees).await, "{who}");
        reached += has.len();
    }
    assert!(reached > 100, "{reached}");
}
