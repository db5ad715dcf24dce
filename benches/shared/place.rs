//! Where it is measured: a scratch cluster with many people, and the program that serves them.

use super::{http, machine::Resident};
use anyhow::Context;
use sanad::embedded::{Cluster, Settings};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    fs,
    io::Write,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sanad");
/// The database of the program.
pub const DATABASE: &str = "sanad";

/// The password of all the invented users.
pub const PASSWORD: &str = "a bench in the park";

/// What a server in use has and a fresh one has not. Durability is as PostgreSQL has it by itself.
const SETTINGS: [(&str, &str); 7] = [
    ("shared_buffers", "512MB"),
    ("max_wal_size", "4GB"),
    ("log_destination", "jsonlog"),
    ("logging_collector", "on"),
    ("log_filename", "bench.log"),
    ("log_rotation_size", "0"),
    ("shared_preload_libraries", "pg_stat_statements"),
];

/// The cluster.
pub struct Place {
    /// Where PostgreSQL runs.
    pub cluster: Cluster,
    /// The folder that holds it, and the master key.
    pub data_dir: PathBuf,
}

impl Place {
    /// An empty one; what an earlier run left is removed.
    pub async fn start() -> anyhow::Result<Self> {
        let settings = Settings::bench(Path::new(env!("CARGO_MANIFEST_DIR")));
        let data_dir = settings.data_dir.clone();
        if data_dir.join("cluster/PG_VERSION").exists() {
            Cluster::start(&settings).await?.stop().await?;
            fs::remove_dir_all(&data_dir)?;
        }
        let cluster = Cluster::start(&settings).await?;
        let mut admin =
            sanad::db::connect(&cluster.connect_options("postgres", "postgres")).await?;
        for (name, value) in SETTINGS {
            let set = format!("alter system set {name} = '{value}'");
            sqlx::raw_sql(AssertSqlSafe(set))
                .execute(&mut admin)
                .await?;
        }
        admin.close().await?;
        cluster.stop().await?;
        let cluster = Cluster::start(&settings).await?;
        Ok(Self { cluster, data_dir })
    }

    /// Ends it. Its data stays until the next run, for a look.
    pub async fn stop(self) -> anyhow::Result<()> {
        Ok(self.cluster.stop().await?)
    }

    /// Migrations, reference data, one user whose password is [`PASSWORD`], and keys.
    pub fn bootstrap(&self) -> anyhow::Result<()> {
        self.sanad(&["migrate", "--bootstrap"], "")?;
        let user = [
            "user",
            "create",
            "someone",
            "--name-ar",
            "أحد",
            "--name-la",
            "Someone",
            "--role",
            "steering",
        ];
        self.sanad(&user, PASSWORD)?;
        self.sanad(&["keys", "init"], "")
    }

    /// The password of one is the password of all; then the statistics of the planner.
    pub async fn open(&self) -> anyhow::Result<()> {
        self.run(
            "set session_replication_role = replica;
             insert into sec.credential
             select (jsonb_populate_record(c, jsonb_build_object('user_id', u.id))).*
             from sec.credential c, sec.app_user u
             where c.user_id = (select id from sec.app_user where username = 'someone')
               and not exists (select from sec.credential other where other.user_id = u.id)",
        )
        .await?;
        self.run("vacuum (analyze)").await?;
        self.run("checkpoint").await
    }

    /// The key under which what people write is sealed.
    pub fn master_key(&self) -> PathBuf {
        self.data_dir.join("master.key")
    }

    fn sanad(&self, arguments: &[&str], input: &str) -> anyhow::Result<()> {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .env("SANAD_OWNER_DATABASE_URL", self.url("postgres"))
            .env("SANAD_MASTER_KEY_FILE", self.master_key())
            .env("SANAD_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        child
            .stdin
            .take()
            .context("stdin")?
            .write_all(input.as_bytes())?;
        let status = child.wait()?;
        anyhow::ensure!(status.success(), "sanad {}: {status}", arguments.join(" "));
        Ok(())
    }

    fn url(&self, role: &str) -> String {
        let socket = self.cluster.socket_dir().display();
        format!("postgres://{role}@localhost/{DATABASE}?host={socket}")
    }

    /// A connection of the superuser.
    pub async fn connect(&self) -> anyhow::Result<PgConnection> {
        let options = self.cluster.connect_options("postgres", DATABASE);
        Ok(sanad::db::connect(&options).await?)
    }

    /// Statements of the superuser.
    pub async fn run(&self, sql: &str) -> anyhow::Result<()> {
        let mut connection = self.connect().await?;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await?;
        Ok(connection.close().await?)
    }

    /// One text, asked as superuser.
    pub async fn ask(&self, sql: &'static str) -> anyhow::Result<String> {
        let mut connection = self.connect().await?;
        let text = sqlx::query_scalar(sql).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(text)
    }

    /// Texts, likewise.
    pub async fn list(&self, sql: &'static str) -> anyhow::Result<Vec<String>> {
        let mut connection = self.connect().await?;
        let texts = sqlx::query_scalar(sql).fetch_all(&mut connection).await?;
        connection.close().await?;
        Ok(texts)
    }

    /// The process whose children are PostgreSQL.
    pub fn postmaster(&self) -> anyhow::Result<u32> {
        let file = fs::read_to_string(self.data_dir.join("cluster/postmaster.pid"))?;
        Ok(file.lines().next().context("postmaster.pid")?.parse()?)
    }

    /// How large the database has become.
    pub async fn size(&self) -> anyhow::Result<String> {
        self.ask("select pg_size_pretty(pg_database_size(current_database()))")
            .await
    }

    /// The settings on which the figures hang.
    pub async fn settings(&self) -> anyhow::Result<String> {
        self.ask(
            "select 'PostgreSQL ' || current_setting('server_version') || ': ' || string_agg(name || ' ' || current_setting(name), ', ' order by name)
             from unnest(array['fsync', 'full_page_writes', 'synchronous_commit', 'shared_buffers', 'max_wal_size']) name",
        )
        .await
    }

    /// A folder for what is made on the way.
    pub fn scratch(&self) -> anyhow::Result<PathBuf> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// A running `sanad serve`. Dropped without [`Server::stop`], it is ended all the same.
pub struct Server {
    child: Child,
    address: SocketAddr,
    scratch: PathBuf,
    /// From the start of the process to its first right answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts it, and waits until it is ready.
    pub fn start(place: &Place) -> anyhow::Result<Self> {
        // free a moment ago, and nobody else is about to take it
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let begun = Instant::now();
        let child = Command::new(PROGRAM)
            .arg("serve")
            .env("DATABASE_URL", place.url("sanad_app"))
            .env("SANAD_STAT_DATABASE_URL", place.url("sanad_stat"))
            .env("SANAD_PUBLIC_URL", format!("http://{address}"))
            .env("SANAD_LISTEN", address.to_string())
            .env("SANAD_MASTER_KEY_FILE", place.master_key())
            .env("SANAD_FILES_DIR", place.data_dir.join("files"))
            // what this program sends is a name and a password
            .env("SANAD_REQUIRE_SECOND_FACTOR", "false")
            .env("SANAD_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(fs::File::create(place.scratch()?.join("server.log"))?)
            .spawn()?;
        let mut server = Self {
            child,
            address,
            scratch: place.scratch()?,
            started_in: Duration::ZERO,
        };
        while begun.elapsed() < Duration::from_secs(20) {
            if let Ok(answer) = http::send(address, "GET", "/readyz", "", "")
                && answer.status == 200
            {
                server.started_in = begun.elapsed();
                return Ok(server);
            }
            anyhow::ensure!(server.child.try_wait()?.is_none(), "sanad serve has ended");
            std::thread::sleep(Duration::from_millis(5));
        }
        anyhow::bail!("sanad serve is not ready after 20 seconds")
    }

    /// Asks it to end, and waits.
    pub fn stop(mut self) -> anyhow::Result<()> {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()?;
        anyhow::ensure!(asked.success(), "kill");
        self.child.wait()?;
        Ok(())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its memory.
    pub fn memory(&self) -> anyhow::Result<Resident> {
        Resident::of(self.pid())
    }

    /// A folder for what is made on the way.
    pub fn scratch(&self) -> &Path {
        &self.scratch
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // after `stop` there is nobody left to end
        let _ended = self.child.kill();
    }
}
