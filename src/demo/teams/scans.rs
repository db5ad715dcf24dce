//! Scans of letters and minutes, plainly invented.

use crate::{
    demo::papers::{Lying, pdf},
    ids::uuid_at,
};
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// What it is of, and who brought it when.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) territory: Option<i16>,
    pub(super) designation: Option<Uuid>,
    pub(super) meeting: Option<Uuid>,
    pub(super) by: Uuid,
    pub(super) at: DateTime<Utc>,
}

/// Writes its row; its bytes are laid down by `papers`.
pub(super) async fn scan(
    connection: &mut PgConnection,
    about: &Paper,
    lines: &[&str],
) -> Result<Lying, sqlx::Error> {
    let bytes = pdf(lines);
    let (id, blob) = (uuid_at(about.at), uuid_at(about.at));
    let size = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
    let print = Sha256::digest(&bytes);
    sqlx::query!(
        "insert into plan.scan (id, territory_id, designation_id, meeting_id, media, blob, size, sha256, received_size,
                                received_sha256, added_by, added_at)
         values ($1, $2, $3, $4, 'pdf', $5, $6, $7, $6, $7, $8, $9)",
        id,
        about.territory,
        about.designation,
        about.meeting,
        blob,
        size,
        print.as_slice(),
        about.by,
        about.at
    )
    .execute(connection)
    .await?;
    let bytes = Bytes::from(bytes);
    Ok(Lying { id, blob, bytes })
}
