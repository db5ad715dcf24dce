//! How the keys stand.

use super::KeeperError;
use crate::vault::{Fingerprint, Vault, ring};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// One vault key.
#[derive(Debug)]
pub struct KeyLine {
    /// Its number.
    pub id: i32,
    /// `wrap`, `index`, `print`.
    pub purpose: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it was replaced.
    pub retired_at: Option<DateTime<Utc>>,
    /// The data keys it wraps.
    pub data_keys: i64,
    /// Whether the master key opens it.
    pub opens: bool,
    /// Whether the first line of the master key's file opens it; else the old line is still needed.
    pub opens_with_first: bool,
}

/// How the keys stand.
#[derive(Debug)]
pub struct Status {
    /// Of the master key.
    pub master: Fingerprint,
    /// The vault keys.
    pub keys: Vec<KeyLine>,
    /// Data keys that an interrupted rotation has done, if one is open.
    pub rotation: Option<i32>,
}

/// Looks at the keys and changes nothing.
pub async fn status(connection: &mut PgConnection, vault: &Vault) -> Result<Status, KeeperError> {
    let rows = sqlx::query!(
        r#"select v.id, v.purpose, v.wrapped, v.made_at, v.retired_at,
                  (select count(*) from sec.data_key d where d.vault_key_id = v.id) as "data_keys!"
           from sec.vault_key v order by v.id"#
    )
    .fetch_all(&mut *connection)
    .await?;
    let rotation =
        sqlx::query_scalar!("select done from sec.key_rotation where finished_at is null")
            .fetch_optional(connection)
            .await?;
    let masters = vault.masters();
    let first = masters.only_first();
    let line = rows.into_iter().map(|row| KeyLine {
        opens: ring::unwrap(masters, &row.purpose, row.id, &row.wrapped).is_ok(),
        opens_with_first: ring::unwrap(&first, &row.purpose, row.id, &row.wrapped).is_ok(),
        id: row.id,
        purpose: row.purpose,
        made_at: row.made_at,
        retired_at: row.retired_at,
        data_keys: row.data_keys,
    });
    Ok(Status {
        master: masters.fingerprint(),
        keys: line.collect(),
        rotation,
    })
}
