//! The command line.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

mod admin;
mod audit;
mod demo;
mod documents;
mod keys;
mod migrate;
mod names;
mod release;
mod serve;
mod user;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Sanad: protection of children from exploitation in begging.
#[derive(Debug, Parser)]
#[command(
    name = "sanad",
    version,
    about,
    after_help = "Settings come from the environment; .env.example explains each."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything on this machine with invented people: own PostgreSQL, demo data, web server
    Demo,
    /// Serve the application on an existing database (DATABASE_URL, SANAD_STAT_DATABASE_URL)
    Serve,
    /// Bring a database up to this version, reference data included (SANAD_OWNER_DATABASE_URL)
    Migrate(migrate::Args),
    /// Make, change and look at the keys of what lies encrypted (SANAD_OWNER_DATABASE_URL,
    /// SANAD_MASTER_KEY_FILE)
    #[command(subcommand)]
    Keys(keys::Action),
    /// Look after the bytes of documents (SANAD_OWNER_DATABASE_URL, SANAD_FILES_DIR)
    #[command(subcommand)]
    Documents(documents::Action),
    /// Manage those who can sign in (SANAD_OWNER_DATABASE_URL)
    #[command(subcommand)]
    User(user::Action),
    /// Seal the audit trail, or verify that nothing in it was changed
    #[command(subcommand)]
    Audit(audit::Action),
    /// Tell the figures of the months that are over, once, now (SANAD_JOB_DATABASE_URL, SANAD_SEAL_KEY_FILE); the server
    /// does it by itself on the fifth day of a month
    Release(release::Args),
    /// Why two names are taken for one, or are not
    #[command(subcommand)]
    Names(names::Action),
    /// A way back in for an administrator whom nobody can help (SANAD_OWNER_DATABASE_URL)
    #[command(subcommand)]
    Admin(admin::Action),
}

/// Why a command ended.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// Settings: a line each, exit 2.
    #[error("{}", .0.join("\n"))]
    Settings(Vec<String>),
    /// Anything else: one line, exit 1.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl From<Vec<String>> for Failure {
    fn from(faults: Vec<String>) -> Self {
        Self::Settings(faults)
    }
}

/// Runs the command of the arguments; 0, or 1 for a fault, 2 for wrong settings or arguments.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return tell(&anyhow::Error::from(error).into()),
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Demo => demo::run().await,
            Command::Serve => serve::run().await,
            Command::Migrate(args) => migrate::run(&args).await,
            Command::Keys(action) => keys::run(&action).await,
            Command::Documents(action) => documents::run(&action).await,
            Command::User(action) => user::run(&action).await,
            Command::Audit(action) => audit::run(&action).await,
            Command::Release(args) => release::run(&args).await,
            Command::Names(action) => names::run(&action).await,
            Command::Admin(action) => admin::run(&action).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(&failure),
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks to a person")]
fn tell(failure: &Failure) -> ExitCode {
    match failure {
        Failure::Settings(lines) => {
            for line in lines {
                eprintln!("sanad: {line}");
            }
            ExitCode::from(2)
        }
        Failure::Other(error) => {
            eprintln!("sanad: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Settings from the process environment.
fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The connection of `migrate` and `user`: a superuser or a member of `sanad_owner`.
fn owner() -> Result<sqlx::postgres::PgConnectOptions, Failure> {
    let Some(url) = env("SANAD_OWNER_DATABASE_URL") else {
        return Err(vec![
            "SANAD_OWNER_DATABASE_URL: missing (postgres://postgres:…@host/sanad)".to_owned(),
        ]
        .into());
    };
    url.parse()
        .map_err(|_| vec!["SANAD_OWNER_DATABASE_URL: not a PostgreSQL address".to_owned()].into())
}

/// Logs to standard output: JSON for machines, or text for a person at a terminal. Ids only, never names.
fn log_to_stdout() {
    use tracing_subscriber::{EnvFilter, fmt};
    let mut filter =
        EnvFilter::try_from_env("SANAD_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // the queue tells each payload at info; whatever is asked for, its warnings are enough
    if let Ok(queue) = "graphile_worker=warn".parse() {
        filter = filter.add_directive(queue);
    }
    let text = env("SANAD_LOG_FORMAT").is_some_and(|format| format == "text");
    if text {
        fmt().with_env_filter(filter).with_target(false).init();
    } else {
        fmt()
            .json()
            .flatten_event(true)
            .with_env_filter(filter)
            .init();
    }
}
