//! The indicators, each on a few invented facts of 2024 that are counted by hand in `docs/indicators.md`.

mod children;
mod mothers;
mod prosecution;
mod published;
mod quality;
mod school;
mod scope;
mod shelter;
mod streets;
mod teams;
mod time;
mod told;

use crate::support::{TestDb, world};
use sqlx::{AssertSqlSafe, Connection};

/// The people of `base.sql`, and what a test lays down beside them.
async fn facts(sql: &str) -> TestDb {
    let db = TestDb::new().await;
    db.run(include_str!("base.sql")).await;
    lay(&db, sql).await;
    db
}

/// Lays down more; no trigger makes anything of it.
async fn lay(db: &TestDb, sql: &str) {
    db.run(&format!("set session_replication_role = replica; {sql}"))
        .await;
}

/// What somebody is told of a city between two days, a line each: indicator, part, numerator, denominator, days.
async fn asked(db: &TestDb, username: &str, city: i16, from: &str, until: &str) -> Vec<String> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = connection.begin().await.unwrap();
    sqlx::query("select set_config('app.session', $1, true)")
        .bind(world::session_of(username))
        .execute(&mut *tx)
        .await
        .unwrap();
    let sql = format!(
        "select concat_ws(' ', indicator, nullif(part, ''), numerator || coalesce('/' || denominator, ''),
                          'median ' || trim_scale(median_days), 'p90 ' || trim_scale(p90_days))
         from stat.city_indicators({city}::smallint, '{from}', '{until}')"
    );
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(&mut *tx)
        .await
        .unwrap()
}

/// One indicator of Rabat in 2024, as its worker is told it.
async fn of_2024(db: &TestDb, indicator: &str) -> Vec<String> {
    of(db, indicator, "2024-01-01", "2024-12-31").await
}

async fn of(db: &TestDb, indicator: &str, from: &str, until: &str) -> Vec<String> {
    let mut lines = asked(db, "worker.rabat", 1, from, until).await;
    lines.retain(|line| line.split(' ').next() == Some(indicator));
    lines.sort();
    lines
}
