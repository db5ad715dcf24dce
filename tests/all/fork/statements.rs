//! Statements of the sequences, and their days.

use crate::support::{TestDb, world::session_of};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A connection of somebody's session.
pub(super) async fn session(db: &TestDb, username: &str) -> PgConnection {
    let mut connection = db.connect("sanad_app").await;
    sqlx::query("select set_config('app.session', $1, false)")
        .bind(session_of(username))
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

/// Runs a statement that nothing refuses.
pub(super) async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
}

/// Whether the database took it; what it refused leaves nothing.
pub(super) async fn took(connection: &mut PgConnection, sql: &str) -> bool {
    let mut tx = connection.begin().await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await;
    if done.is_ok() {
        tx.commit().await.unwrap();
        true
    } else {
        tx.rollback().await.unwrap();
        false
    }
}

/// Noon of a day so many days ago, a second later for each thing that happened.
pub(super) fn at(days: i64, nth: u32) -> String {
    format!(
        "(((now() at time zone 'Africa/Casablanca')::date - {days} + time '12:00') at time zone 'Africa/Casablanca' + interval '{nth} seconds')"
    )
}

/// A day so many days ago.
pub(super) fn day(days: i64) -> String {
    format!("((now() at time zone 'Africa/Casablanca')::date - {days})")
}
