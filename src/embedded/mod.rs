//! A PostgreSQL of Sanad's own, for `sanad demo` and for the tests: nothing to install by hand,
//! no port, no password.
//!
//! It is not for production, where `DATABASE_URL` names a server with backups and somebody who
//! watches it.
//!
//! The server listens on a Unix socket only, in a folder that nobody else can enter; that folder
//! is the whole of its access control, so every role connects without a password. PostgreSQL
//! refuses to run as root, so root drops to the account `postgres` (else `nobody`) for it.
//!
//! An application that is killed leaves its postmaster behind. The next start finds it on the
//! socket and **adopts** it; there is never a second one for the same folder. [`Cluster::start`]
//! and [`Cluster::stop`] hold a file lock, so that processes that start together agree, too.
//!
//! ```no_run
//! # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
//! use sanad::embedded::{Cluster, Settings};
//!
//! let cluster = Cluster::start(&Settings::demo(std::path::Path::new("."))).await?;
//! let options = cluster.connect_options("postgres", "postgres");
//! // … work …
//! cluster.stop().await?;
//! # Ok(())
//! # }
//! ```

mod account;
mod binaries;
mod error;
mod folders;
mod log;
mod pid_file;
mod postmaster;
mod settings;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use tokio::process::Child;

use account::Account;
use binaries::Binaries;
pub use error::EmbeddedError;
use folders::Folders;
use log::Log;
use pid_file::PidFile;
use postmaster::Answer;
pub use settings::Settings;

/// How long a server may take to answer, recovery after a crash included.
const START_LIMIT: Duration = Duration::from_mins(1);

/// Between two looks at whether it answers.
const PAUSE: Duration = Duration::from_millis(15);

/// A running PostgreSQL. Dropping it leaves the server running, for the next start to adopt;
/// [`Cluster::stop`] ends it.
#[derive(Debug)]
#[must_use = "the server runs on until it is stopped"]
pub struct Cluster {
    folders: Folders,
    account: Account,
    binaries: Binaries,
    socket_dir: PathBuf,
    /// The postmaster, when this process started it.
    child: Option<Child>,
    /// Open as long as this process uses the server.
    in_use: File,
}

impl Cluster {
    /// Adopts the server of these settings if it runs, else starts it, and initialises its folder
    /// first if that is empty. Returns when it answers.
    ///
    /// # Errors
    ///
    /// When PostgreSQL is missing, its folder cannot be used, or it does not answer in a minute.
    pub async fn start(settings: &Settings) -> Result<Self, EmbeddedError> {
        let account = Account::current()?;
        let folders = Folders::prepare(&settings.data_dir, &account)?;
        let _only_one_starts = folders.lock_start().await?;
        let in_use = folders.lock_use()?;

        let cluster = folders.cluster();
        let binaries = Binaries::find(&cluster, folders.made_by())?;
        if folders.made_by().is_none() {
            let new = folders.new_cluster(&account)?;
            postmaster::initialise(&binaries, &account, &new, settings.durable).await?;
            fs::rename(&new, &cluster).map_err(EmbeddedError::io("rename", &new))?;
        }

        let socket_dir = folders.socket_dir(&account)?;
        let mut cluster = Self {
            folders,
            account,
            binaries,
            socket_dir,
            child: None,
            in_use,
        };
        cluster.await_answer(settings.durable).await?;
        Ok(cluster)
    }

    /// Whether the server ran already, started by a process before this one.
    pub fn adopted(&self) -> bool {
        self.child.is_none()
    }

    /// How to connect to a database as a role. The superuser is `postgres`, and so is the
    /// database that is always there.
    pub fn connect_options(&self, role: &str, database: &str) -> PgConnectOptions {
        postmaster::connect_options(&self.socket_dir, role, database)
    }

    /// The folder of the socket, for programs such as `psql -h`.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Stops the server and waits for its end, unless another process still uses it: then it is
    /// that one's to stop.
    ///
    /// # Errors
    ///
    /// When the server does not end within a minute.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        let Self {
            folders,
            account,
            binaries,
            child,
            in_use,
            ..
        } = self;
        let _nobody_starts = folders.lock_start().await?;
        drop(in_use);
        let cluster = folders.cluster();
        if !is_running(&cluster) || folders.in_use().await? {
            return Ok(());
        }
        postmaster::stop(&binaries, &account, &cluster).await?;
        if let Some(mut child) = child {
            // It has ended: this only collects it, so that no zombie stays.
            child
                .wait()
                .await
                .map_err(EmbeddedError::io("wait for the end of", cluster))?;
        }
        Ok(())
    }

    /// Waits for an answer, and starts a postmaster as soon as it is clear that none is there.
    async fn await_answer(&mut self, durable: bool) -> Result<(), EmbeddedError> {
        let cluster = self.folders.cluster();
        let mut log = Log::at_end(self.folders.log());
        let own_socket_dir = self.socket_dir.clone();
        let begun = Instant::now();
        loop {
            let pid_file = PidFile::read(&cluster);
            let running = pid_file.as_ref().filter(|file| file.is_running(&cluster));
            let told = running.and_then(PidFile::socket_dir);
            told.unwrap_or(&own_socket_dir)
                .clone_into(&mut self.socket_dir);

            match postmaster::ask(&self.socket_dir, &cluster).await? {
                Answer::Ours => return Ok(()),
                Answer::Foreign(found) => {
                    let socket_dir = self.socket_dir.clone();
                    return Err(EmbeddedError::Foreign { socket_dir, found });
                }
                // One that runs is still opening its socket, or closed it on its way out.
                Answer::Nobody if self.child.is_none() && running.is_none() => {
                    if let Some(file) = &pid_file {
                        file.remove_if_alien(&cluster)?;
                    }
                    log.make_room();
                    let Self {
                        binaries, account, ..
                    } = &*self;
                    let child = postmaster::spawn(
                        binaries,
                        account,
                        &cluster,
                        &own_socket_dir,
                        &log,
                        durable,
                    )?;
                    self.child = Some(child);
                }
                Answer::Nobody | Answer::NotYet => {}
            }
            self.check_patience(&log, begun)?;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Fails when the postmaster has ended, or has taken too long.
    fn check_patience(&mut self, log: &Log, begun: Instant) -> Result<(), EmbeddedError> {
        let ended = match &mut self.child {
            Some(child) => child
                .try_wait()
                .map_err(EmbeddedError::io("look after", "postgres"))?,
            None => None,
        };
        if ended.is_some() {
            return Err(EmbeddedError::Exited {
                log: log.path().to_owned(),
                tail: log.tail(),
            });
        }
        if begun.elapsed() <= START_LIMIT {
            return Ok(());
        }
        match PidFile::read(&self.folders.cluster()) {
            Some(file) if self.child.is_none() => Err(EmbeddedError::Mute { pid: file.pid() }),
            _ => Err(EmbeddedError::Silent {
                seconds: START_LIMIT.as_secs(),
                log: log.path().to_owned(),
                tail: log.tail(),
            }),
        }
    }
}

/// Whether a postmaster of this cluster lives, answering or not.
fn is_running(cluster: &Path) -> bool {
    PidFile::read(cluster).is_some_and(|file| file.is_running(cluster))
}
