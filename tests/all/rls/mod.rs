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
    world::{self, session_of},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgTransaction};

async fn world() -> TestDb {
    let db = TestDb::new().await;
    world::build(&db).await;
    db
}

/// A transaction of the application in which the setting holds that text.
async fn told<'a>(connection: &'a mut PgConnection, context: &str) -> PgTransaction<'a> {
    let mut tx = connection.begin().await.unwrap();
    sqlx::query("select set_config('app.session', $1, true)")
        .bind(context)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx
}

/// The values of the first column, as text, that someone gets.
async fn reads(db: &TestDb, username: &str, sql: &str) -> Vec<String> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = told(&mut connection, &session_of(username)).await;
    sqlx::query_scalar(AssertSqlSafe(format!(
        "select x::text from ({sql}) as q (x) order by 1"
    )))
    .fetch_all(&mut *tx)
    .await
    .unwrap()
}

/// Runs a statement as someone and keeps what it did; the code of the refusal, if it was refused.
async fn tries(db: &TestDb, username: &str, sql: &str) -> Result<u64, String> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = told(&mut connection, &session_of(username)).await;
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await;
    let rows = done.map_err(|error| code_of(&error))?.rows_affected();
    tx.commit().await.map_err(|error| code_of(&error))?;
    Ok(rows)
}

fn code_of(error: &sqlx::Error) -> String {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .unwrap_or_else(|| panic!("{error}"))
        .into_owned()
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
