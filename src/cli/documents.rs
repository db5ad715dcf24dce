//! `sanad documents`: the bytes of documents, which lie outside the database.

use super::{Failure, env, log_to_stdout, owner};
use crate::{
    blobs::Blobs,
    clock::Clock,
    db,
    documents::{SweepError, sweep},
};
use anyhow::Context;
use clap::Subcommand;
use sqlx::Connection;
use std::path::PathBuf;

/// What to do.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Action {
    /// Remove bytes that belong to no document and are a day old, as an upload that was cut off leaves them;
    /// count documents whose bytes are missing. Once a day is enough
    Sweep {
        /// Only look
        #[arg(long)]
        dry_run: bool,
    },
}

/// The store that the settings name; or one line, and exit 2.
pub(super) fn blobs() -> Result<Blobs, Failure> {
    #[cfg(feature = "s3")]
    if let Some(bucket) = env("SANAD_FILES_BUCKET").filter(|name| !name.is_empty()) {
        return Blobs::in_bucket(&bucket, std::env::vars())
            .map_err(|error| vec![format!("SANAD_FILES_BUCKET: {error}")].into());
    }
    let folder = env("SANAD_FILES_DIR").filter(|folder| !folder.is_empty());
    let Some(folder) = folder.map(PathBuf::from) else {
        return Err(vec![
            "SANAD_FILES_DIR: missing (the folder of the documents' bytes)".to_owned(),
        ]
        .into());
    };
    Blobs::in_folder(&folder)
        .map_err(|error| vec![format!("SANAD_FILES_DIR: {}: {error}", folder.display())].into())
}

pub(super) async fn run(action: &Action) -> Result<(), Failure> {
    let Action::Sweep { dry_run } = *action;
    let (owner, blobs) = (owner()?, blobs()?);
    log_to_stdout();
    let mut connection = db::connect(&owner).await.context("database")?;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut connection)
        .await
        .context("role sanad_owner")?;
    let swept = sweep(&mut connection, &blobs, Clock::system().now(), dry_run).await;
    connection.close().await.context("database")?;
    // what it found is in the log; that it was not ours to sweep is a setting to mend
    match swept {
        Ok(_) => Ok(()),
        Err(error @ SweepError::NotOurs { .. }) => {
            Err(vec![format!("SANAD_FILES_DIR: {error}")].into())
        }
        Err(error) => Err(anyhow::Error::from(error).into()),
    }
}
