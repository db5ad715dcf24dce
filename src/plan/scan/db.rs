//! Rows of scans, read and written under row security.

use super::{About, Scan};
use crate::{
    authz::TerritoryId,
    db::Tx,
    documents::{Fault, Media, Stored},
    error::AppError,
    ids::{AttachmentId, RowId, UserId},
    vault::WrappedKey,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Bytes that the reader brought in since yesterday, of whatever kind; nobody's are none.
pub(super) async fn brought(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, AppError> {
    let row = sqlx::query!(
        r#"select (select app.my_user()) is not null as "is_signed_in!", app.brought_since($1) as "brought!""#,
        now - TimeDelta::hours(24)
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.is_signed_in {
        return Err(AppError::SignIn("/".to_owned()));
    }
    Ok(row.brought.unsigned_abs())
}

/// Whether this very file is there already, of the same thing; `None` if its id is new.
pub(super) async fn is_kept(tx: &mut Tx, scan: &Scan<'_>) -> Result<Option<bool>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select (s.received_sha256 = $2 and s.designation_id is not distinct from $3
                   and s.meeting_id is not distinct from $4) as "same!"
           from plan.scan s where s.id = $1"#,
        scan.id.0,
        scan.checked.received_sha256.as_slice(),
        scan.about.designation().map(|id| id.0),
        scan.about.meeting().map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes the row of a scan whose bytes lie under that name; false if its id was taken meanwhile.
pub(super) async fn write(
    tx: &mut Tx,
    who: UserId,
    scan: &Scan<'_>,
    blob: Uuid,
) -> Result<bool, AppError> {
    let (about, checked) = (scan.about, scan.checked);
    let inspected = &checked.inspected;
    let size = i32::try_from(inspected.bytes.len()).map_err(AppError::internal)?;
    let done = sqlx::query!(
        "insert into plan.scan (id, territory_id, designation_id, meeting_id, media, blob, size, sha256, received_size,
                                received_sha256, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing",
        scan.id.0,
        about.territory().map(|place| place.0),
        about.designation().map(|id| id.0),
        about.meeting().map(|id| id.0),
        inspected.media.code(),
        blob,
        size,
        inspected.sha256.as_slice(),
        checked.received_size,
        checked.received_sha256.as_slice(),
        who.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A scan about to be read.
#[derive(Debug)]
pub(super) struct Found {
    /// Where its bytes lie, and what they should be.
    pub(super) stored: Stored,
    /// What it is of.
    pub(super) about: About,
}

/// A scan that the reader looks at, of the register or of a team and its meetings.
pub(super) async fn found(
    tx: &mut Tx,
    id: AttachmentId,
    of_register: bool,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select s.media as "media: Media", s.size, s.sha256, s.blob, s.fault as "fault: Fault",
                  s.designation_id as "designation: RowId", s.meeting_id as "meeting: RowId",
                  s.territory_id as "territory: TerritoryId", app.key_of('document', s.id) as "key: WrappedKey"
           from plan.scan s
           where s.id = $1 and app.sees_scan(s.id) and (num_nonnulls(s.designation_id, s.meeting_id) = 0) = $2"#,
        id.0,
        of_register
    )
    .fetch_one(&mut **tx)
    .await?;
    let about = match (row.designation, row.meeting, row.territory) {
        (Some(designation), _, Some(place)) => About::Designation(designation, place),
        (_, Some(meeting), place) => About::Meeting(meeting, place),
        _ => About::Register,
    };
    let stored = Stored {
        id,
        kind: String::new(),
        is_clinical: false,
        title: None,
        media: row.media,
        size: row.size,
        sha256: row.sha256,
        blob: row.blob,
        key: row.key,
        fault: row.fault,
        cases: Vec::new(),
    };
    Ok(Found { stored, about })
}

/// What is wrong with its bytes, or nothing any more.
pub(super) async fn set_fault(
    tx: &mut Tx,
    id: AttachmentId,
    fault: Option<Fault>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update plan.scan set fault = $2 where id = $1",
        id.0,
        fault.map(Fault::code)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
