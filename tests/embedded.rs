//! The embedded PostgreSQL with a real server: slow parts of a second, so each test has its own
//! folder and they run side by side.
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may panic as the test does"
)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sanad::embedded::{Cluster, EmbeddedError, Settings};
use sqlx::{Connection, PgConnection};

/// A data folder that is gone at the end, with its server, whatever the test did.
struct Scratch {
    root: PathBuf,
    settings: Settings,
}

impl Scratch {
    fn new() -> Self {
        Self::at(|root| root.join("data"))
    }

    fn at(data_dir: impl FnOnce(&Path) -> PathBuf) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("sanad-t{}-{number}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o711)).unwrap();
        let data_dir = data_dir(&root);
        Self {
            root,
            settings: Settings {
                data_dir,
                durable: false,
            },
        }
    }

    async fn start(&self) -> Cluster {
        Cluster::start(&self.settings).await.unwrap()
    }

    fn pid_file(&self) -> PathBuf {
        self.settings.data_dir.join("cluster/postmaster.pid")
    }

    /// The process of the postmaster, if its file tells one.
    fn pid(&self) -> Option<u32> {
        fs::read_to_string(self.pid_file())
            .ok()?
            .lines()
            .next()?
            .parse()
            .ok()
    }

    fn signal(&self, signal: &str) {
        if let Some(pid) = self.pid().filter(|pid| is_postgres(*pid)) {
            Command::new("kill")
                .arg(signal)
                .arg(pid.to_string())
                .status()
                .unwrap();
            for _ in 0..500 {
                if !is_postgres(pid) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.signal("-QUIT");
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// A zombie has a name, too, but no command line.
fn is_postgres(pid: u32) -> bool {
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| {
        line.split(|byte| *byte == 0)
            .next()
            .is_some_and(|name| name.ends_with(b"postgres"))
    })
}

async fn ask(cluster: &Cluster, question: &'static str) -> String {
    let options = cluster.connect_options("postgres", "postgres");
    let mut connection = PgConnection::connect_with(&options).await.unwrap();
    sqlx::query_scalar(question)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

#[tokio::test]
async fn it_initialises_starts_and_stops() {
    let scratch = Scratch::new();
    let cluster = scratch.start().await;
    assert!(!cluster.adopted());
    assert_eq!(ask(&cluster, "show listen_addresses").await, "");
    assert_eq!(ask(&cluster, "show server_encoding").await, "UTF8");
    assert_eq!(ask(&cluster, "show lc_collate").await, "C.UTF-8");
    assert_eq!(ask(&cluster, "show fsync").await, "off");

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(cluster.socket_dir()), 0o700);
    assert_eq!(mode(&scratch.settings.data_dir.join("cluster")), 0o700);
    assert_eq!(mode(&scratch.settings.data_dir.join("postgres.log")), 0o600);

    let pid = scratch.pid().unwrap();
    cluster.stop().await.unwrap();
    assert!(!is_postgres(pid));
    assert!(!scratch.pid_file().exists());
}

#[tokio::test]
async fn the_postmaster_drops_root_and_leaves_the_terminals_process_group() {
    let scratch = Scratch::new();
    let cluster = scratch.start().await;
    let pid = scratch.pid().unwrap();
    let own = fs::metadata("/proc/self").unwrap().uid();
    let its = fs::metadata(format!("/proc/{pid}")).unwrap().uid();
    if own == 0 {
        assert_ne!(its, 0);
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let groups = status
            .lines()
            .find_map(|line| line.strip_prefix("Groups:"))
            .unwrap();
        assert_eq!(groups.trim(), "", "root's other groups are dropped as well");
    } else {
        assert_eq!(its, own);
    }
    // proc(5): after the name in brackets come the state, the parent and the process group.
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let group = stat.rsplit(") ").next().unwrap().split(' ').nth(2).unwrap();
    assert_eq!(group, pid.to_string());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_postmaster_that_was_left_behind_is_adopted() {
    let scratch = Scratch::new();
    drop(scratch.start().await);
    let pid = scratch.pid().unwrap();

    let cluster = scratch.start().await;
    assert!(cluster.adopted());
    assert_eq!(scratch.pid(), Some(pid));
    assert_eq!(ask(&cluster, "select 'here'").await, "here");
    cluster.stop().await.unwrap();
    assert!(!is_postgres(pid));
}

#[tokio::test]
async fn starts_at_the_same_time_give_one_postmaster() {
    let scratch = Scratch::new();
    let (one, two, three) = tokio::join!(scratch.start(), scratch.start(), scratch.start());
    let started = [&one, &two, &three]
        .iter()
        .filter(|cluster| !cluster.adopted())
        .count();
    assert_eq!(started, 1);

    // Who stops first does not pull the server from under the others.
    let pid = scratch.pid().unwrap();
    one.stop().await.unwrap();
    two.stop().await.unwrap();
    assert_eq!(ask(&three, "select 'still here'").await, "still here");
    three.stop().await.unwrap();
    assert!(!is_postgres(pid));
}

#[tokio::test]
async fn a_server_that_crashed_recovers_with_its_data() {
    let mut scratch = Scratch::new();
    scratch.settings.durable = true;
    let cluster = scratch.start().await;
    assert_eq!(ask(&cluster, "show fsync").await, "on");
    let options = cluster.connect_options("postgres", "postgres");
    let mut connection = PgConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("create table kept as select 'kept'::text as word")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(cluster);
    scratch.signal("-KILL");
    assert!(
        scratch.pid_file().exists(),
        "a killed postmaster leaves its file"
    );

    let cluster = scratch.start().await;
    assert!(!cluster.adopted());
    assert_eq!(ask(&cluster, "select word from kept").await, "kept");
    cluster.stop().await.unwrap();
}

/// After a power cut the number in the file may be anybody's.
#[tokio::test]
async fn a_stale_pid_file_that_names_another_process_is_no_problem() {
    let scratch = Scratch::new();
    scratch.start().await.stop().await.unwrap();
    let mut alien = Command::new("sleep")
        .arg("60")
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let lines = format!(
        "{}\n/nowhere\n1\n5432\n/nowhere\n\n1 1\nready\n",
        alien.id()
    );
    fs::write(scratch.pid_file(), lines).unwrap();

    let cluster = scratch.start().await;
    assert!(!cluster.adopted());
    cluster.stop().await.unwrap();
    alien.kill().unwrap();
    alien.wait().unwrap();
}

#[tokio::test]
async fn a_start_that_was_killed_halfway_is_made_good() {
    let scratch = Scratch::new();
    let halfway = scratch.settings.data_dir.join("cluster.new");
    fs::create_dir_all(&halfway).unwrap();
    fs::set_permissions(
        &scratch.settings.data_dir,
        fs::Permissions::from_mode(0o711),
    )
    .unwrap();
    fs::write(halfway.join("PG_VERSION"), "15").unwrap();
    scratch.start().await.stop().await.unwrap();
    assert!(!halfway.exists());
}

#[tokio::test]
async fn a_long_path_puts_the_socket_elsewhere() {
    let scratch = Scratch::at(|root| root.join("long".repeat(25)));
    let cluster = scratch.start().await;
    let socket_dir = cluster.socket_dir().to_owned();
    assert!(
        !socket_dir.starts_with(&scratch.root),
        "{}",
        socket_dir.display()
    );
    assert!(socket_dir.as_os_str().len() < 90);
    assert_eq!(
        fs::metadata(&socket_dir).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert_eq!(ask(&cluster, "select 'reached'").await, "reached");
    cluster.stop().await.unwrap();
    fs::remove_dir(socket_dir).unwrap();
}

#[tokio::test]
async fn a_start_that_fails_says_why_in_one_line() {
    let scratch = Scratch::new();
    scratch.start().await.stop().await.unwrap();
    let settings = scratch
        .settings
        .data_dir
        .join("cluster/postgresql.auto.conf");
    fs::write(settings, "shared_buffers = nonsense\n").unwrap();
    let error = Cluster::start(&scratch.settings).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::Exited { .. }), "{error:?}");
    let message = error.to_string();
    assert!(
        message.contains("shared_buffers") && !message.contains('\n'),
        "{message}"
    );
}

#[tokio::test]
async fn root_is_told_when_the_other_account_cannot_reach_the_folder() {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return;
    }
    let scratch = Scratch::at(|root| root.join("closed/data"));
    let closed = scratch.root.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let error = Cluster::start(&scratch.settings).await.unwrap_err();
    assert!(
        matches!(&error, EmbeddedError::Unreachable { folder, .. } if folder.ends_with("closed")),
        "{error}"
    );
}

#[tokio::test]
async fn a_second_start_is_quick() {
    const LIMIT: Duration = Duration::from_millis(700);
    let scratch = Scratch::new();
    scratch.start().await.stop().await.unwrap();
    let mut best = Duration::MAX;
    // The best of a few: the other tests run meanwhile.
    for _ in 0..5 {
        let begun = Instant::now();
        let cluster = scratch.start().await;
        best = best.min(begun.elapsed());
        assert!(!cluster.adopted());
        cluster.stop().await.unwrap();
        if best < LIMIT / 2 {
            break;
        }
    }
    println!("second start: {best:?}");
    assert!(best < LIMIT, "{best:?}");
}
