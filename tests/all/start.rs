//! How the server starts and ends, as who runs it sees it; and what PostgreSQL writes down by itself.

use crate::support::{
    ServerLog, TestApp, TestDb, database,
    program::{Place, Said, url},
};
use sanad::db::Db;
use sqlx::AssertSqlSafe;
use std::{
    io::Write,
    time::{Duration, Instant},
};

/// A place with background work.
fn with_jobs(db: &TestDb) -> Place {
    let mut place = Place::over(db);
    let key = place.file("seal.key").display().to_string();
    let made = place.run(&["audit", "key", &key, "--name", "test.example/audit"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    place.set("SANAD_SEAL_KEY_FILE", &key);
    place.set("SANAD_JOB_DATABASE_URL", &url(db, "sanad_job"));
    place
}

fn ended_well(said: &Said) {
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.err, "");
    for event in ["server.ready", "server.stopped"] {
        assert!(said.out.contains(event), "{event}: {}", said.out);
    }
}

/// Asked right after its first answer, with a browser's idle connection open, it ends soon and with success.
#[tokio::test]
async fn a_server_that_is_asked_to_end_ends_with_success() {
    let app = TestApp::new().await;
    let mut place = with_jobs(&app.db);
    for _ in 0..3 {
        let server = place.serve();
        let idle = server.connect().unwrap();
        let asked = Instant::now();
        let said = server.stop();
        ended_well(&said);
        assert!(
            asked.elapsed() < Duration::from_secs(20),
            "{:?}",
            asked.elapsed()
        );
        assert!(!said.out.contains("server.cut_off"), "{}", said.out);
        drop(idle);
    }
}

/// One who never ends a request does not keep the server from ending.
#[tokio::test]
async fn half_a_request_does_not_keep_it_from_ending() {
    let app = TestApp::new().await;
    let mut place = Place::over(&app.db);
    place.set("SANAD_REQUEST_TIMEOUT_SECONDS", "5");
    let server = place.serve();
    let mut half = server.connect().unwrap();
    half.write_all(b"GET /login HTTP/1.1\r\nHost: ").unwrap();
    let page = server.ask("GET", "/cases", "worker1.rabat", "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let asked = Instant::now();
    ended_well(&server.stop());
    assert!(
        asked.elapsed() < Duration::from_secs(30),
        "{:?}",
        asked.elapsed()
    );
    drop(half);
}

/// A row that PostgreSQL refuses, and a statement with a word in it that fails.
async fn fail(db: &TestDb, word: &str) -> String {
    let log = ServerLog::listen();
    let mut connection = db.connect("postgres").await;
    let add = "insert into sec.app_user (id, username, name_ar, name_la) values (gen_random_uuid(), $1, $1, $1)";
    let _ = sqlx::query(add).bind(word).execute(&mut connection).await;
    let refused = sqlx::query(add).bind(word).execute(&mut connection).await;
    let told = refused.unwrap_err();
    let told = told.as_database_error().unwrap();
    assert_eq!(told.constraint(), Some("app_user_username_key"));
    sqlx::raw_sql(AssertSqlSafe(format!("select 1 / 0, '{word}'")))
        .execute(&mut connection)
        .await
        .unwrap_err();
    let heard = log.heard();
    for written in ["app_user_username_key", "division by zero"] {
        assert!(heard.contains(written), "{written} is not in the log");
    }
    heard
}

#[tokio::test]
async fn postgresql_writes_no_row_into_its_log() {
    let db = TestDb::new().await;
    let telling = async || {
        let (app, stat) = (db.options("sanad_app"), db.options("sanad_stat"));
        let pools = Db::new(app, stat, 1, database::vault());
        pools.settings_that_log_rows().await.unwrap()
    };
    let word = format!("canary.{}", db.name());
    assert!(!fail(&db, &word).await.contains(&word));
    assert!(telling().await.is_empty());
    // taken away, the details of the first fault tell it, and the text of the second
    for (setting, right, tells) in [
        ("log_error_verbosity", "terse", "DETAIL"),
        ("log_min_error_statement", "panic", "STATEMENT"),
    ] {
        let alter = |how: &str| format!("alter database \"{}\" {how}", db.name());
        db.run(&alter(&format!("reset {setting}"))).await;
        let heard = fail(&db, &word).await;
        let told = heard
            .lines()
            .any(|line| line.contains(tells) && line.contains(&word));
        assert!(told, "{setting}");
        assert_eq!(telling().await, [setting]);
        db.run(&alter(&format!("set {setting} = {right}"))).await;
    }
}

#[tokio::test]
async fn a_start_warns_when_postgresql_would_write_rows_into_its_log() {
    let db = TestDb::new().await;
    let mut place = Place::over(&db);
    let said = place.serve().stop();
    ended_well(&said);
    assert!(!said.out.contains("database.rows_in_log"), "{}", said.out);
    db.run(&format!(
        "alter database \"{0}\" reset log_error_verbosity; alter database \"{0}\" reset log_parameter_max_length",
        db.name()
    ))
    .await;
    let said = place.serve().stop();
    ended_well(&said);
    let warned: Vec<&str> = said
        .out
        .lines()
        .filter(|line| line.contains("database.rows_in_log"))
        .collect();
    assert_eq!(warned.len(), 1, "{}", said.out);
    assert!(
        warned[0].contains("log_error_verbosity, log_parameter_max_length")
            && warned[0].contains("WARN"),
        "{warned:?}"
    );
}
