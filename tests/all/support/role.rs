//! Somebody who can run any statement as the application's role, in a session of theirs.

use super::{TestDb, world::session_of};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgTransaction};

/// A transaction of the application in which the setting holds that text.
pub async fn told<'a>(connection: &'a mut PgConnection, context: &str) -> PgTransaction<'a> {
    let mut tx = connection.begin().await.unwrap();
    sqlx::query("select set_config('app.session', $1, true)")
        .bind(context)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx
}

/// The values of the first column, as text, that someone gets; the code of the refusal, if it was refused.
pub async fn looks(db: &TestDb, username: &str, sql: &str) -> Result<Vec<String>, String> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = told(&mut connection, &session_of(username)).await;
    sqlx::query_scalar(AssertSqlSafe(format!(
        "select x::text from ({sql}) as q (x) order by 1"
    )))
    .fetch_all(&mut *tx)
    .await
    .map_err(|error| code_of(&error))
}

/// The same of who may look.
pub async fn reads(db: &TestDb, username: &str, sql: &str) -> Vec<String> {
    looks(db, username, sql).await.unwrap()
}

/// Runs a statement as someone and keeps what it did; the code of the refusal, if it was refused.
pub async fn tries(db: &TestDb, username: &str, sql: &str) -> Result<u64, String> {
    let done = run(db, username, sql).await;
    done.map_err(|error| code_of(&error))
}

/// What refuses a statement of someone: the name of a constraint, or the code of the error; "taken" if nothing does.
pub async fn refused_by(db: &TestDb, username: &str, sql: &str) -> String {
    let Err(error) = run(db, username, sql).await else {
        return "taken".to_owned();
    };
    let constraint = error
        .as_database_error()
        .and_then(|error| error.constraint());
    constraint.map_or_else(|| code_of(&error), str::to_owned)
}

async fn run(db: &TestDb, username: &str, sql: &str) -> Result<u64, sqlx::Error> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = told(&mut connection, &session_of(username)).await;
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected())
}

/// The code of a refusal.
pub fn code_of(error: &sqlx::Error) -> String {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .unwrap_or_else(|| panic!("{error}"))
        .into_owned()
}
