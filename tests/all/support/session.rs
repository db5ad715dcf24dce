//! Sessions of the world, as time makes them.

use super::{TestDb, id};
use sqlx::AssertSqlSafe;

/// The last factor was given six minutes ago.
pub async fn age(db: &TestDb, username: &str) {
    db.run(&format!(
        "update sec.session set stepped_up_at = now() - interval '6 minutes' where user_id = '{}'",
        id(username)
    ))
    .await;
}

/// What the superuser gets of a statement with something of the world in it.
pub async fn truly(db: &TestDb, sql: String) -> Vec<String> {
    let mut admin = db.connect("postgres").await;
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(&mut admin)
        .await
        .unwrap()
}
