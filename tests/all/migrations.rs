//! From nothing to ready, as often as one likes; and roles that the server refuses to serve with.

use crate::support::{TestApp, TestDb, app, database, source};
use axum::http::StatusCode;
use sanad::{
    db::{self, Db},
    reference,
};
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn migrations_run_on_an_empty_database_and_once_only() {
    let db = TestDb::empty().await;
    let admin = db.options("postgres");
    let applied = "select string_agg(version || ' ' || encode(checksum, 'hex') || installed_on, ',' order by version)
        from public._sqlx_migrations where success";
    db::bootstrap(&admin, db.name()).await.unwrap();
    db::migrate(&admin).await.unwrap();
    let first: String = db.ask(applied).await;
    assert_eq!(
        first.split(',').count(),
        source::files("migrations", &["sql"]).len()
    );
    db::bootstrap(&admin, db.name()).await.unwrap();
    db::migrate(&admin).await.unwrap();
    assert_eq!(db.ask::<String>(applied).await, first);

    let mut connection = db.connect("sanad_app").await;
    assert_eq!(db::pending(&mut connection).await.unwrap(), 0);
}

#[tokio::test]
async fn reference_data_loads_twice_to_the_same_rows() {
    let db = TestDb::new().await;
    let tables = db
        .list("select c.oid::regclass::text from pg_class c where c.relnamespace::regnamespace::text in ('ref', 'plan', 'stat') and c.relkind = 'r' order by 1")
        .await;
    let mut before = Vec::new();
    for round in 0..2 {
        let mut owner = db.connect("postgres").await;
        let mut prints = Vec::new();
        for table in &tables {
            let sql = format!(
                "select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') from {table} t"
            );
            prints.push(
                sqlx::query_scalar::<_, String>(AssertSqlSafe(sql))
                    .fetch_one(&mut owner)
                    .await
                    .unwrap(),
            );
        }
        if round == 0 {
            sqlx::raw_sql("set role sanad_owner")
                .execute(&mut owner)
                .await
                .unwrap();
            reference::load(&mut owner).await.unwrap();
            before = prints;
        } else {
            assert_eq!(prints, before);
        }
    }
}

/// A table whose rows the same migration moves into another and counts, so that nothing is lost with it.
const MOVED: [(&str, &str); 1] = [("0067_plan_scans.sql", "drop table plan.paper;")];

#[test]
fn migrations_are_numbered_without_gaps_and_say_why() {
    for (i, file) in source::files("migrations", &["sql"]).iter().enumerate() {
        let name = file
            .path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        assert!(name.starts_with(&format!("{:04}_", i + 1)), "{name}");
        assert!(
            file.text.starts_with("-- "),
            "{name} begins without a comment"
        );
        let mut text = file.text.to_lowercase();
        for (_, moved) in MOVED.iter().filter(|(at, _)| *at == name) {
            assert_eq!(text.matches(moved).count(), 1, "{name}: {moved}");
            text = text.replace(moved, "");
        }
        for dear in ["drop table", "drop column", "concurrently", "cascade;"] {
            assert!(!text.contains(dear), "{name}: {dear}");
        }
    }
}

#[tokio::test]
async fn a_database_that_lacks_a_migration_is_not_ready() {
    let app = TestApp::over(TestDb::new().await, app::config()).await;
    assert_eq!(app.anonymous().get("/readyz").await.status, StatusCode::OK);
    app.db.run("delete from public._sqlx_migrations where version = (select max(version) from public._sqlx_migrations)").await;
    assert_eq!(
        app.anonymous().get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(app.anonymous().get("/healthz").await.body, "ok");
}

/// Row security holds none of these, so every page would show every child.
#[tokio::test]
async fn the_server_refuses_a_role_that_row_security_does_not_hold() {
    let db = TestDb::new().await;
    let serve = async |app: &str, stat: &str| {
        Db::new(db.options(app), db.options(stat), 1, database::vault())
            .refuse_privileged_roles()
            .await
    };
    assert!(serve("sanad_app", "sanad_stat").await.is_ok());
    for (app, stat) in [("postgres", "sanad_stat"), ("sanad_app", "postgres")] {
        let refused = serve(app, stat).await.unwrap_err().to_string();
        assert!(refused.contains("postgres"), "{refused}");
    }
    let login = format!("login_{}", std::process::id());
    for right in ["bypassrls", "in role sanad_owner", "in role sanad_definer"] {
        db.run(&format!(
            "create role {login} login {right}; grant connect on database {} to {login}",
            db.name()
        ))
        .await;
        let answer = serve(&login, "sanad_stat").await;
        db.run(&format!("drop owned by {login}; drop role {login}"))
            .await;
        assert!(answer.is_err(), "{right}");
    }
}
