//! What a copy of the database tells: nothing that anyone wrote.

use crate::support::{TestApp, TestDb, id};
use axum::http::StatusCode;
use sanad::vault::Field;
use sqlx::AssertSqlSafe;

/// Whoever copies the database reads none of it: every column of every table, as text and as bytes.
#[tokio::test]
async fn no_text_of_anyone_lies_open_in_the_database() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let sent = worker
        .post(
            "/contacts",
            &[
                ("id", "0198c0de-0000-7000-8000-000000000001"),
                ("place", "044210107"),
                ("place_kind", "mosque"),
                ("landmark", "CANARY-LANDMARK typed"),
                ("when", "now"),
                ("children", "1"),
                ("child-0-sex", "F"),
                ("child-0-name", "CANARY-SEEN typed"),
                ("child-0-years", "6"),
                ("adult", "mother"),
                ("adult_name", "CANARY-ADULT typed"),
                ("adult_phone", "06 99 88 77 66"),
                ("circumstance", "with_mother"),
                ("action", "awareness"),
                ("note", "CANARY-NOTE typed"),
            ],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = worker.get(sent.location()).await;
    for words in [
        "CANARY-LANDMARK typed",
        "CANARY-NOTE typed",
        "CANARY-SEEN typed",
        "CANARY-ADULT typed",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let found = lies_open(&app.db, SECRETS).await;
    assert!(found.is_empty(), "{found:#?}");
}

/// A protected child's own name, from its first contact on, whoever typed it and wherever.
#[tokio::test]
async fn the_name_of_a_protected_child_lies_open_nowhere() {
    let app = TestApp::new().await;
    let name = "CANARY-child-rabat.mine";
    assert_eq!(
        lies_open(&app.db, &[name]).await,
        ["app.person_name"],
        "before"
    );
    let mark = format!("/cases/{}/protection", id("case rabat.mine"));
    let fields = [
        ("id", "0198c0de-0000-7000-8000-000000000002"),
        ("reason", "threat"),
        ("text", "تهديد من طرف مستغل يعرف مسكن الأسرة"),
    ];
    let supervisor = app.client("supervisor.rabat");
    let marked = supervisor.post(&mark, &fields).await;
    assert_eq!(marked.status, StatusCode::SEE_OTHER, "{}", marked.body);
    assert!(lies_open(&app.db, &[name]).await.is_empty());
}

/// The tables in which one of the words lies open: in any column, as text or as the hexadecimal of its bytes.
async fn lies_open(db: &TestDb, words: &[&str]) -> Vec<String> {
    let tables = db
        .list(
            "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname !~ '^(pg_|information_schema)' and c.relkind = 'r'",
        )
        .await;
    let mut connection = db.connect("postgres").await;
    let words: Vec<String> = words
        .iter()
        .flat_map(|words| [(*words).to_owned(), hex::encode(words)])
        .collect();
    let mut found = Vec::new();
    for table in tables {
        let sql = format!(
            "select exists (select from {table} t, unnest($1::text[]) as w where position(w in t::text) > 0)"
        );
        let is_open: bool = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(&words)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        if is_open {
            found.push(table);
        }
    }
    found
}

/// Words of the world that only a key opens.
const SECRETS: &[&str] = &[
    "CANARY-LANDMARK",
    "CANARY-SEEN",
    "CANARY-ADULT",
    "CANARY-NOTE",
    "CANARY-SERVICE",
    "CANARY-VISIT",
    "CANARY-REMARK",
    "CANARY-HANDOVER",
    "CANARY-SUMMARY",
    "CANARY-ANNEX",
    "CANARY-ASK",
    "CANARY-PRACTICAL",
    "CANARY-CELL",
    "CANARY-REPORT",
    "CANARY-COURT-CHANGE",
    "CANARY-STEP",
    "CANARY-REASON",
    "CANARY-GRANT",
    "CANARY-INSTRUCTIONS",
    "CANARY-QUESTION",
    "CANARY-REPLY",
    "CANARY-MEASURE-DONE",
    "CANARY-MOTIVES",
    "CANARY-AT-COURT",
    "CANARY-NUMBER",
    "CANARY-MARK",
    "CANARY-STRUCK",
    "CANARY-SUPPORT",
    "CANARY-ASSESSMENT-DRAFT",
    "CANARY-INQUIRY",
    "CANARY-SCORE",
    "CANARY-RISK",
    "CANARY-PLAN",
    "CANARY-GOAL",
    "CANARY-ACTION",
    "CANARY-SUCCESS",
    "CANARY-DROPPED",
    "CANARY-REVIEW-VIEW",
    "CANARY-REVIEW-NOTE",
    "CANARY-OPTION",
    "CANARY-VIEW",
    "CANARY-DETERMINATION-ANSWER",
    "CANARY-SHEET",
    "CANARY-CONSENT",
    "CANARY-VIEW",
    "CANARY-COMPLAINT",
    "CANARY-REPORT",
    "CANARY-AFTER",
    "CANARY-DRAFT",
    "CANARY-PARTED",
    "CANARY-ASKED",
    "CANARY-PRINT",
    "+212600000000",
    "+212699887766",
];

#[tokio::test]
async fn every_sealed_column_is_in_the_list_and_every_field_is_a_column() {
    let db = TestDb::new().await;
    let mut columns = db
        .list(
            "select c.relname || '.' || a.attname from pg_class c
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attname ~ '_enc$'
               and a.atttypid = 'bytea'::regtype",
        )
        .await;
    let mut fields: Vec<&str> = Field::ALL.iter().map(|field| field.column()).collect();
    columns.sort();
    fields.sort_unstable();
    assert_eq!(columns, fields);
}
