//! A day is a Moroccan day, in the database as in the program.

use crate::support::TestApp;
use sanad::db::JobDb;

const ZONE: &str = "select current_setting('timezone')";

/// The driver connects in UTC. Between midnight in Rabat and midnight in Greenwich, what a person writes down
/// "today" would be tomorrow to the database: not counted, and refused by its rules.
#[tokio::test]
async fn every_connection_counts_moroccan_days() {
    let app = TestApp::new().await;
    let db = &app.state.db;
    let jobs = JobDb::new(app.db.options("sanad_job"));
    let mut zones = vec![];
    for mut tx in [
        db.begin_anonymous().await.unwrap(),
        db.begin_figures().await.unwrap(),
    ] {
        zones.push(sqlx::query_scalar(ZONE).fetch_one(&mut *tx).await.unwrap());
    }
    let mut tx = jobs.begin("zone").await.unwrap();
    zones.push(sqlx::query_scalar(ZONE).fetch_one(&mut *tx).await.unwrap());
    drop(tx);
    let mut own = sanad::db::connect(&app.db.options("sanad_app"))
        .await
        .unwrap();
    zones.push(sqlx::query_scalar(ZONE).fetch_one(&mut own).await.unwrap());
    let zones: Vec<String> = zones;
    assert_eq!(zones, ["Africa/Casablanca"; 4]);
}
