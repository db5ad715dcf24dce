//! Bytes that belong to no document and to no pack: an upload whose transaction did not commit leaves them. Swept once a day.

use crate::blobs::{BlobError, Blobs};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use std::collections::HashSet;
use uuid::Uuid;

/// Younger ones may belong to a transaction under way.
const AGE: TimeDelta = TimeDelta::hours(24);
/// From so many on, a sweep of more than half of all bytes is taken for a wrong folder or database.
const MANY: usize = 20;

/// What a sweep found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Bytes that belong to a document.
    pub kept: usize,
    /// Bytes that belonged to none, and are removed.
    pub removed: usize,
    /// Documents whose bytes are not there.
    pub missing: usize,
}

/// Why nothing was swept.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The store and the database are not of one place.
    #[error(
        "{orphans} of {all} files belong to no document: is this the folder of that database? Nothing was removed"
    )]
    NotOurs {
        /// Bytes that belong to no document.
        orphans: usize,
        /// All.
        all: usize,
    },
    /// No answer from the store.
    #[error(transparent)]
    Store(#[from] BlobError),
    /// No answer from the database.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// Removes what belongs to no document and is a day old; counts documents without bytes. `connection` is a role
/// that may call `app.blobs` and reads what packs are kept; with `dry`, nothing is removed.
pub async fn sweep(
    connection: &mut PgConnection,
    blobs: &Blobs,
    now: DateTime<Utc>,
    dry: bool,
) -> Result<Swept, SweepError> {
    // first the store, then the database: what is added meanwhile has its row
    let there = blobs.list().await?;
    let rows = sqlx::query_scalar!(
        r#"select blob as "blob!" from app.blobs() as b (blob) union all select blob from stat.pack_file"#
    )
    .fetch_all(connection)
    .await?;
    let known: HashSet<Uuid> = rows.into_iter().collect();
    let orphans: Vec<Uuid> = there
        .iter()
        .filter(|(name, written)| !known.contains(name) && *written < now - AGE)
        .map(|(name, _)| *name)
        .collect();
    if orphans.len() >= MANY && orphans.len() * 2 > there.len() {
        return Err(SweepError::NotOurs {
            orphans: orphans.len(),
            all: there.len(),
        });
    }
    if !dry {
        for name in &orphans {
            blobs.remove(*name).await?;
        }
    }
    let present: HashSet<Uuid> = there.iter().map(|(name, _)| *name).collect();
    let mut missing = 0;
    for name in known.difference(&present) {
        // it may have come after the first look
        if !blobs.has(*name).await? {
            missing += 1;
            tracing::error!(blob = %name, "document.missing");
        }
    }
    let swept = Swept {
        kept: present.intersection(&known).count(),
        removed: orphans.len(),
        missing,
    };
    tracing::info!(
        kept = swept.kept,
        removed = swept.removed,
        missing,
        dry,
        "documents.swept"
    );
    Ok(swept)
}
