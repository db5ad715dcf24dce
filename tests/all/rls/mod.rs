//! Row security, tried by someone who can run any statement as the application's role.
//!
//! Every probe of the design's table stands here, and each says first that there was something to find.

mod around;
mod care;
mod clinical;
mod file;
mod fresh;
mod keys;
mod protection;
mod questions;
mod requests;
mod session;
mod shelter;
mod sight;
mod writing;

use crate::support::{
    TestDb,
    role::{code_of, reads, told, tries},
    world,
};
use sqlx::{AssertSqlSafe, PgConnection};

async fn world() -> TestDb {
    let db = TestDb::new().await;
    world::build(&db).await;
    db
}

/// `insufficient_privilege`: a missing grant, and a policy's WITH CHECK.
const REFUSED: &str = "42501";

fn refused<T>() -> Result<T, String> {
    Err(REFUSED.to_owned())
}

/// The tables and views of `app` that the application reads.
async fn tables(db: &TestDb) -> Vec<String> {
    db.list(
        "select c.oid::regclass::text from pg_class c where c.relnamespace = 'app'::regnamespace
             and c.relkind in ('r', 'p', 'v') and has_table_privilege('sanad_app', c.oid, 'SELECT')",
    )
    .await
}

/// How many rows of each table and view of `app` the application gets under that context.
async fn visible(connection: &mut PgConnection, tables: &[String], context: &str) -> i64 {
    let counts: Vec<String> = tables
        .iter()
        .map(|table| format!("(select count(*) from {table})"))
        .collect();
    let mut tx = told(connection, context).await;
    let sql = format!("select {}", counts.join(" + "));
    let rows = sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    // at once, or its locks would hold up who takes a wall away
    tx.rollback().await.unwrap();
    rows
}
