//! A database of its own for each test, cloned from a template that is built once for each content of
//! the migrations and the reference data.

use super::source;
use sanad::{
    db,
    embedded::{Cluster, Settings},
    reference,
    vault::{MasterKeys, Vault, keeper},
};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use tokio::sync::OnceCell;

/// Tests, and test programs, build the template one at a time.
const BUILDING: i64 = 0x5a4a_4144;

/// One server for all tests of the clone. It runs on when they end; `scripts/test` stops it.
async fn cluster() -> &'static Cluster {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    CLUSTER
        .get_or_init(|| async {
            Cluster::start(&Settings::test(source::root()))
                .await
                .unwrap()
        })
        .await
}

/// A vault with the master key of the tests.
pub fn vault() -> Vault {
    Vault::new(MasterKeys::from_bytes(*b"the master key of all the tests.").unwrap())
}

/// The name of the template, once it is there.
async fn template() -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(|| async {
        let cluster = cluster().await;
        let mut admin = connect(&cluster.connect_options("postgres", "postgres")).await;
        sqlx::query("select pg_advisory_lock($1)")
            .bind(BUILDING)
            .execute(&mut admin)
            .await
            .unwrap();
        let name = format!("template_{}", content());
        sweep(&mut admin, &name).await;
        // marked as a template only when it is whole
        let whole: bool = sqlx::query_scalar(
            "select exists (select from pg_database where datname = $1 and datistemplate)",
        )
        .bind(&name)
        .fetch_one(&mut admin)
        .await
        .unwrap();
        if !whole {
            run(&mut admin, &format!("drop database if exists \"{name}\"")).await;
            build(cluster, &name).await;
            run(
                &mut admin,
                &format!("alter database \"{name}\" is_template true allow_connections false"),
            )
            .await;
        }
        admin.close().await.unwrap();
        name
    })
    .await
}

/// As `sanad migrate` does it.
async fn build(cluster: &Cluster, name: &str) {
    let owner = cluster.connect_options("postgres", name);
    db::bootstrap(&cluster.connect_options("postgres", "postgres"), name)
        .await
        .unwrap();
    db::migrate(&owner).await.unwrap();
    let mut connection = connect(&owner).await;
    run(&mut connection, "set role sanad_owner").await;
    reference::load(&mut connection).await.unwrap();
    keeper::init(&mut connection, &vault()).await.unwrap();
    // each test counts what it did itself
    run(
        &mut connection,
        "reset role; set session_replication_role = replica; delete from audit.event",
    )
    .await;
    connection.close().await.unwrap();
}

/// Twelve digits of what the template is made from.
fn content() -> String {
    let mut hasher = Sha256::new();
    for folder in [
        "migrations",
        "reference",
        "src/db",
        "src/reference",
        "src/vault",
    ] {
        for file in source::files(folder, &["sql", "csv", "rs"]) {
            hasher.update(file.name());
            hasher.update(file.text);
        }
    }
    hex::encode(hasher.finalize()).chars().take(12).collect()
}

/// Drops templates of other contents, and the databases of failed tests whose process has ended.
async fn sweep(admin: &mut PgConnection, keep: &str) {
    let names: Vec<String> = sqlx::query_scalar("select datname::text from pg_database")
        .fetch_all(&mut *admin)
        .await
        .unwrap();
    for name in names {
        let ended = |rest: &str| {
            let process = rest.split('_').next().unwrap_or_default();
            !Path::new("/proc").join(process).exists()
        };
        let old_template = name.starts_with("template_") && name != keep;
        if old_template {
            run(
                admin,
                &format!("alter database \"{name}\" is_template false"),
            )
            .await;
        }
        if old_template || name.strip_prefix("test_").is_some_and(ended) {
            run(
                admin,
                &format!("drop database if exists \"{name}\" with (force)"),
            )
            .await;
        }
    }
}

async fn connect(options: &PgConnectOptions) -> PgConnection {
    sanad::db::connect(options).await.unwrap()
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .unwrap();
}

/// What PostgreSQL writes into its own log from now on. All tests of the clone share the server: look for words
/// of your own.
#[derive(Debug)]
pub struct ServerLog {
    path: PathBuf,
    begin: u64,
}

impl ServerLog {
    /// Begins to listen, once there is a server: after the first [`TestDb`].
    pub fn listen() -> Self {
        let path = Settings::test(source::root()).data_dir.join("postgres.log");
        let begin = std::fs::metadata(&path).unwrap().len();
        Self { path, begin }
    }

    /// All of it. A server writes before it answers, so what was answered is there.
    pub fn heard(&self) -> String {
        let mut file = File::open(&self.path).unwrap();
        file.seek(SeekFrom::Start(self.begin)).unwrap();
        let mut said = Vec::new();
        file.read_to_end(&mut said).unwrap();
        String::from_utf8_lossy(&said).into_owned()
    }
}

/// A database of one test. Dropped with it when the test passed, kept for a look when it failed.
#[derive(Debug)]
pub struct TestDb {
    name: String,
    admin: PgConnectOptions,
}

impl TestDb {
    /// Migrated, with the reference data and no people.
    pub async fn new() -> Self {
        let source = template().await;
        // its files are copied: half of the work of writing each page anew
        let db = Self::create(&format!("template \"{source}\" strategy file_copy")).await;
        // the rights on a database are not cloned with it
        sqlx::raw_sql(include_str!("../../../src/db/bootstrap_database.sql"))
            .execute(&mut db.connect("postgres").await)
            .await
            .unwrap();
        db
    }

    /// Without any migration. The roles are there: they belong to the cluster.
    pub async fn empty() -> Self {
        template().await;
        Self::create("template template0").await
    }

    async fn create(how: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "test_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let admin = cluster().await.connect_options("postgres", "postgres");
        let mut connection = connect(&admin).await;
        run(
            &mut connection,
            &format!("create database \"{name}\" owner sanad_owner {how}"),
        )
        .await;
        connection.close().await.unwrap();
        Self { name, admin }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a role reaches it.
    pub fn options(&self, role: &str) -> PgConnectOptions {
        self.admin.clone().username(role).database(&self.name)
    }

    /// A connection of a role, as the program makes it.
    pub async fn connect(&self, role: &str) -> PgConnection {
        connect(&self.options(role)).await
    }

    /// Runs statements as superuser: to build a world, or to take a wall away.
    pub async fn run(&self, sql: &str) {
        run(&mut self.connect("postgres").await, sql).await;
    }

    /// One value, asked as superuser.
    pub async fn ask<T>(&self, sql: impl Into<String>) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
    {
        sqlx::query_scalar(AssertSqlSafe(sql.into()))
            .fetch_one(&mut self.connect("postgres").await)
            .await
            .unwrap()
    }

    /// The texts of one column, asked as superuser.
    pub async fn list(&self, sql: impl Into<String>) -> Vec<String> {
        sqlx::query_scalar(AssertSqlSafe(sql.into()))
            .fetch_all(&mut self.connect("postgres").await)
            .await
            .unwrap()
    }
}

impl Drop for TestDb {
    #[expect(clippy::print_stderr, reason = "told to whoever runs the test")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "kept for a look: database {} on {:?}",
                self.name,
                self.admin.get_socket()
            );
            return;
        }
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // a thread of its own: this one may be inside a runtime that must not block
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let mut connection = connect(&admin).await;
                run(
                    &mut connection,
                    &format!("drop database \"{name}\" with (force)"),
                )
                .await;
            });
        });
        dropped.join().unwrap();
    }
}
