//! The programs of PostgreSQL: made ready, started, asked and stopped. What to do when is decided
//! in the parent module.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgConnection};
use tokio::process::Child;

use super::EmbeddedError;
use super::account::Account;
use super::binaries::Binaries;
use super::error::last_lines;
use super::log::Log;

/// Names the socket only: nothing listens on the network.
const PORT: u16 = 5432;

/// Once the server has accepted a connection it answers at once, or it hangs.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// The SQLSTATE of a server that is starting up, recovering or shutting down.
const CANNOT_CONNECT_NOW: &str = "57P03";

/// Options for speed where the data may be lost with the machine.
const THROW_AWAY: [&str; 4] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
];

/// What answers on a socket.
#[derive(Debug)]
pub(super) enum Answer {
    /// The postmaster of this very cluster, ready for work.
    Ours,
    /// A server that does not accept connections at this moment.
    NotYet,
    /// Nobody.
    Nobody,
    /// The server of another data folder.
    Foreign(PathBuf),
}

/// How to reach a role of the cluster over its socket.
pub(super) fn connect_options(socket_dir: &Path, role: &str, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .port(PORT)
        .ssl_mode(PgSslMode::Disable)
        .username(role)
        .database(database)
}

/// Asks who answers on the socket.
pub(super) async fn ask(socket_dir: &Path, cluster: &Path) -> Result<Answer, EmbeddedError> {
    let question = async {
        let options = connect_options(socket_dir, "postgres", "postgres");
        let mut connection = PgConnection::connect_with(&options).await?;
        let folder: String = sqlx::query_scalar("show data_directory")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(PathBuf::from(folder))
    };
    match tokio::time::timeout(ANSWER_LIMIT, question).await {
        Err(_elapsed) => Ok(Answer::NotYet),
        Ok(Ok(found)) if found.canonicalize().is_ok_and(|found| found == cluster) => {
            Ok(Answer::Ours)
        }
        Ok(Ok(found)) => Ok(Answer::Foreign(found)),
        Ok(Err(sqlx::Error::Io(error))) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => Ok(Answer::Nobody),
            io::ErrorKind::PermissionDenied => Err(EmbeddedError::Refused(error.into())),
            // Cut off in the middle: it is on its way up or down.
            _ => Ok(Answer::NotYet),
        },
        Ok(Err(sqlx::Error::Database(error)))
            if error.code().is_some_and(|code| code == CANNOT_CONNECT_NOW) =>
        {
            Ok(Answer::NotYet)
        }
        Ok(Err(error)) => Err(EmbeddedError::Refused(error)),
    }
}

/// Makes a cluster in an empty folder. Trust is safe because only the account and root can enter
/// the folder of the socket, and there is no other way in.
pub(super) async fn initialise(
    binaries: &Binaries,
    account: &Account,
    folder: &Path,
    durable: bool,
) -> Result<(), EmbeddedError> {
    let mut command = program(binaries, account, "initdb");
    command
        .args([
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ])
        .args((!durable).then_some("--no-sync"))
        .arg("-D")
        .arg(folder);
    let output = run(command).await?;
    if output.status.success() {
        return Ok(());
    }
    Err(EmbeddedError::Initdb {
        folder: folder.to_owned(),
        output: last_words(&output),
    })
}

/// Starts the postmaster, which writes to the end of the log.
pub(super) fn spawn(
    binaries: &Binaries,
    account: &Account,
    cluster: &Path,
    socket_dir: &Path,
    log: &Log,
    durable: bool,
) -> Result<Child, EmbeddedError> {
    let mut command = program(binaries, account, "postgres");
    command
        .arg("-D")
        .arg(cluster)
        .arg("-k")
        .arg(socket_dir)
        .arg("-p")
        .arg(PORT.to_string());
    set(
        &mut command,
        &["listen_addresses=", "timezone=UTC", "log_timezone=UTC"],
    );
    if durable {
        // Terse: the details of an error quote rows, and rows are people.
        set(&mut command, &["log_error_verbosity=terse"]);
    } else {
        set(&mut command, &THROW_AWAY);
    }
    let failed = |action| EmbeddedError::io(action, log.path());
    let (out, err) = (
        log.open().map_err(failed("open"))?,
        log.open().map_err(failed("open"))?,
    );
    // A process group of its own: Ctrl-C in the terminal reaches the application only, which
    // then stops the server in good order.
    command.stdout(out).stderr(err).process_group(0);
    let path = command.get_program().to_owned();
    tokio::process::Command::from(command)
        .spawn()
        .map_err(EmbeddedError::io("start", path))
}

/// Ends the postmaster: sessions are cut, what they committed is kept.
pub(super) async fn stop(
    binaries: &Binaries,
    account: &Account,
    cluster: &Path,
) -> Result<(), EmbeddedError> {
    let mut command = program(binaries, account, "pg_ctl");
    command
        .args(["stop", "-m", "fast", "-w", "-t", "60", "-D"])
        .arg(cluster);
    // A second, impatient Ctrl-C must not leave this half done.
    command.process_group(0);
    let output = run(command).await?;
    if output.status.success() {
        return Ok(());
    }
    Err(EmbeddedError::Stop {
        output: last_words(&output),
    })
}

/// A program of PostgreSQL under the account, blind to settings meant for other servers.
fn program(binaries: &Binaries, account: &Account, name: &str) -> Command {
    let mut command = Command::new(binaries.program(name));
    for (key, _) in std::env::vars_os() {
        if key.as_encoded_bytes().starts_with(b"PG") {
            command.env_remove(key);
        }
    }
    // The account may not be able to enter the folder we are in.
    command
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(Stdio::null());
    account.apply(&mut command);
    command
}

fn set(command: &mut Command, settings: &[&str]) {
    command.args(settings.iter().flat_map(|setting| ["-c", setting]));
}

async fn run(command: Command) -> Result<Output, EmbeddedError> {
    let path = command.get_program().to_owned();
    tokio::process::Command::from(command)
        .kill_on_drop(true)
        .output()
        .await
        .map_err(EmbeddedError::io("run", path))
}

fn last_words(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    last_lines(&format!("{out}\n{err}"))
}
