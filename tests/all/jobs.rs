//! Background work: asked for inside a change, done by a role that can do little else.

use crate::{
    seal::work,
    support::{TestApp, TestDb, id, role::told, world::session_of},
};
use axum::{body::Bytes, http::StatusCode};
use chrono::TimeDelta;
use sanad::{
    authz::Role,
    clock::Clock,
    i18n::Lang,
    jobs::{self, Kind, Work},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::Duration;

const WAITING: &str = "select count(*) from graphile_worker._private_jobs where last_error is null";

async fn refusal(connection: &mut PgConnection, sql: &str) -> String {
    let mut tx = connection.begin().await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await;
    let error = done.map_or_else(|error| error, |_| panic!("it was let through: {sql}"));
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.unwrap_or_else(|| panic!("{error}")).into_owned()
}

#[tokio::test]
async fn work_is_asked_for_with_the_change_or_not_at_all() {
    let app = TestApp::new().await;
    let mut tx = app.state.db.begin_anonymous().await.unwrap();
    jobs::enqueue(&mut tx, Kind::SealAudit, None).await.unwrap();
    drop(tx);
    assert_eq!(
        app.db.ask::<i64>(WAITING).await,
        0,
        "the change was rolled back"
    );
    for _ in 0..2 {
        let mut tx = app.state.db.begin_anonymous().await.unwrap();
        jobs::enqueue(&mut tx, Kind::SealAudit, Some(id("x")))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(
        app.db.ask::<i64>(WAITING).await,
        1,
        "asked twice, waiting once"
    );
    let payload: String = app
        .db
        .ask("select payload::text from graphile_worker._private_jobs where last_error is null")
        .await;
    assert_eq!(
        payload,
        format!("{{\"id\" : \"{}\"}}", id("x")),
        "an id and nothing else"
    );
}

#[tokio::test]
async fn the_application_reaches_the_queue_by_its_doors_only() {
    let app = TestApp::new().await;
    let mut connection = app.db.connect("sanad_app").await;
    for kind in ["drop_everything", "keep_house", "", "SEAL_AUDIT"] {
        let sql = format!("select job.enqueue('{kind}', null)");
        assert_eq!(refusal(&mut connection, &sql).await, "23514", "{kind}");
    }
    assert_eq!(
        refusal(&mut connection, "select job.enqueue(null, null)").await,
        "23514"
    );
    for sql in [
        "select * from graphile_worker._private_jobs",
        "insert into graphile_worker._private_tasks (identifier) values ('x')",
        "select graphile_worker.add_job('seal_audit')",
    ] {
        assert_eq!(refusal(&mut connection, sql).await, "42501", "{sql}");
    }
    // the list of jobs and the second chance are an administrator's
    for (username, found) in [("admin", 1i64), ("dpo", 0), ("worker1.rabat", 0)] {
        let mut tx = told(&mut connection, &session_of(username)).await;
        let listed: i64 = sqlx::query_scalar("select count(*) from job.listed()")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(listed, found, "{username}");
        let retried: Option<String> = sqlx::query_scalar("select job.retry(1)")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(retried.is_some(), found > 0, "{username}");
    }
}

/// What `sanad_job` can reach is what its jobs need.
#[tokio::test]
async fn the_role_of_the_jobs_reads_no_person_and_changes_no_trail() {
    let app = TestApp::new().await;
    let mut connection = app.db.connect("sanad_job").await;
    let tables = app
        .db
        .list("select schemaname || '.' || tablename from pg_tables where schemaname in ('app', 'sec')")
        .await;
    assert!(tables.len() > 30);
    for table in tables {
        let sql = format!("select count(*) from {table}");
        assert_eq!(refusal(&mut connection, &sql).await, "42501", "{table}");
    }
    for sql in [
        "insert into audit.event (action, row_hash) values ('case.opened', 'x')",
        "update audit.event set action = 'case.moved'",
        "delete from audit.leaf",
        "update audit.checkpoint set size = 0",
        "truncate audit.leaf",
        "select audit.record('case.opened', null, null, null, null, null)",
        "select * from audit.log(now(), now(), null, null, null, null, null, 1)",
        "create table public.mine ()",
        "alter table audit.event disable trigger all",
    ] {
        assert_eq!(refusal(&mut connection, sql).await, "42501", "{sql}");
    }
    let owns: i64 = app
        .db
        .ask("select count(*) from pg_class where relowner = 'sanad_job'::regrole and relnamespace <> 'graphile_worker'::regnamespace
              and relnamespace <> 'pg_toast'::regnamespace")
        .await;
    assert_eq!(owns, 0, "its own queue and nothing else");
}

/// How often a thing that the worker does is looked for, each [`MOMENT`]: a minute in all, for work asked for
/// before the worker listens waits until it looks by itself, which is every ten seconds.
const LOOKS: usize = 1200;
const MOMENT: Duration = Duration::from_millis(50);

/// Until something is so.
async fn until(db: &TestDb, question: &'static str) {
    for _ in 0..LOOKS {
        if db.ask::<bool>(question).await {
            return;
        }
        tokio::time::sleep(MOMENT).await;
    }
    panic!("never: {question}");
}

#[tokio::test]
async fn the_worker_does_what_was_asked_and_stops_when_told() {
    let app = TestApp::new().await;
    app.db
        .run("select audit.record('case.opened', 'case', null, null, null, null)")
        .await;
    let running = jobs::start(work(&app.db));
    let mut tx = app.state.db.begin_anonymous().await.unwrap();
    jobs::enqueue(&mut tx, Kind::SealAudit, None).await.unwrap();
    tx.commit().await.unwrap();
    until(&app.db, "select exists (select from audit.checkpoint)").await;
    until(
        &app.db,
        "select not exists (select from graphile_worker._private_jobs where last_error is null)",
    )
    .await;
    running.stop().await;
    // no connection is left
    until(&app.db, "select not exists (select from pg_stat_activity where usename = 'sanad_job' and datname = current_database())")
        .await;
}

/// A job that was under way when its process was killed is not lost: here, the retry of an administrator.
#[tokio::test]
async fn a_failed_job_is_shown_and_runs_again_when_an_administrator_says_so() {
    let app = TestApp::new().await;
    let admin = app.client("admin");
    let page = admin.get("/jobs").await;
    assert!(page.body.contains("CANARY-FAULT") && page.body.contains("/jobs/1/retry"));
    for path in [
        "/jobs/999/retry",
        "/jobs/x/retry",
        "/jobs/99999999999999999999/retry",
    ] {
        assert_eq!(
            admin.post(path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(admin.post("/jobs/1/retry", &[]).await.location(), "/jobs");
    let trail = app
        .db
        .list("select actor || ' ' || (fields->>'job') || ' ' || (fields->>'kind') from audit.event where action = 'job.retried'")
        .await;
    assert_eq!(trail, [format!("{} 1 seal_audit", id("admin"))]);
    let running = jobs::start(work(&app.db));
    until(
        &app.db,
        "select not exists (select from graphile_worker._private_jobs where id = 1)",
    )
    .await;
    running.stop().await;
    assert_eq!(
        admin.post("/jobs/1/retry", &[]).await.status,
        StatusCode::NOT_FOUND,
        "it is done"
    );
    for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
        let other = app.client(crate::paths::persona(*role));
        assert_eq!(
            other.get("/jobs").await.status,
            StatusCode::FORBIDDEN,
            "{role:?}"
        );
    }
}

#[tokio::test]
async fn ended_sessions_are_swept_by_the_jobs_alone() {
    let app = TestApp::new().await;
    app.db
        .run("update sec.session set idle_until = now() - interval '2 days' where user_id in (select id from sec.app_user where username = 'dpo')")
        .await;
    let mut connection = app.db.connect("sanad_app").await;
    assert_eq!(
        refusal(&mut connection, "select sec.sweep_sessions()").await,
        "42501"
    );
    let mut connection = app.db.connect("sanad_job").await;
    let swept: i64 = sqlx::query_scalar("select sec.sweep_sessions()")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(swept, 1);
    assert_eq!(
        app.client("worker1.rabat").get("/cases").await.status,
        StatusCode::OK
    );
}

/// By the clock and not by somebody's hand: what an upload that was cut off left behind.
#[tokio::test]
async fn leftovers_of_documents_are_swept_by_the_worker() {
    let app = TestApp::new().await;
    let blobs = &app.state.blobs;
    let orphan = id("orphan");
    blobs
        .put(orphan, vec![Bytes::from_static(b"x")])
        .await
        .unwrap();
    let work = Work {
        blobs: blobs.clone(),
        clock: Clock::fixed(Clock::system().now() + TimeDelta::hours(25)),
        ..work(&app.db)
    };
    let running = jobs::start(work);
    until(
        &app.db,
        "select exists (select from graphile_worker._private_known_crontabs where identifier = 'sweep_documents')",
    )
    .await;
    let page = app.client("admin").get("/jobs").await;
    assert!(page.says(Lang::Ar, "job-kind-sweep-documents"));
    app.db
        .run("select graphile_worker.add_job('sweep_documents', '{}'::json)")
        .await;
    for _ in 0..LOOKS {
        if !blobs.has(orphan).await.unwrap() {
            break;
        }
        tokio::time::sleep(MOMENT).await;
    }
    assert!(!blobs.has(orphan).await.unwrap());
    assert_eq!(
        blobs.list().await.unwrap().len(),
        10,
        "those of documents and of letters of designation stay"
    );
    until(
        &app.db,
        "select not exists (select from graphile_worker._private_jobs where last_error is null)",
    )
    .await;
    running.stop().await;
}

/// What opens a protected file is under the seal as soon as it is done, not up to a minute later; and only if
/// it is done.
#[tokio::test]
async fn what_opens_a_protected_file_asks_for_the_seal() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let mark = format!("/cases/{}/protection", id("case rabat.mine"));
    let sent = async |text: &str| {
        let form = id("form").to_string();
        let fields = [("id", form.as_str()), ("reason", "threat"), ("text", text)];
        supervisor.post(&mark, &fields).await.status
    };
    assert_eq!(sent("short").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.db.ask::<i64>(WAITING).await, 0);
    let why = "تهديد من طرف مستغل يعرف مسكن الأسرة";
    assert_eq!(sent(why).await, StatusCode::SEE_OTHER);
    assert_eq!(app.db.ask::<i64>(WAITING).await, 1);
}
