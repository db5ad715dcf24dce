//! What a copy of the database tells: nothing that anyone wrote.

use crate::support::{TestApp, TestDb};
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
                ("child-0-years", "6"),
                ("adult", "mother"),
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
        "+212699887766",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let columns = app
        .db
        .list(
            "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('app', 'sec', 'audit', 'plan', 'stat', 'ref', 'public') and c.relkind = 'r'",
        )
        .await;
    let mut connection = app.db.connect("postgres").await;
    let mut found = Vec::new();
    for table in columns {
        // a row as text has its bytea in hexadecimal: both spellings are looked for
        for (words, open) in SECRETS
            .iter()
            .flat_map(|w| [(*w, (*w).to_owned()), (w, hex::encode(w))])
        {
            let sql = format!("select count(*) from {table} t where position($1 in t::text) > 0");
            let rows: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
                .bind(open)
                .fetch_one(&mut connection)
                .await
                .unwrap();
            if rows > 0 {
                found.push(format!("{table}: {words}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Words of the world that only a key opens.
const SECRETS: &[&str] = &[
    "CANARY-LANDMARK",
    "CANARY-NOTE",
    "CANARY-SERVICE",
    "CANARY-VISIT",
    "CANARY-SUMMARY",
    "CANARY-COURT-CHANGE",
    "CANARY-REASON",
    "CANARY-GRANT",
    "CANARY-INSTRUCTIONS",
    "CANARY-MOTIVES",
    "CANARY-NUMBER",
    "CANARY-SUPPORT",
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
