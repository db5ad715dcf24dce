//! What `sanad keys` does in the database, as its owner: the first keys, a new one a year, how they stand.

use super::{
    CannotSeal, Fingerprint, Holder, HolderKind, Key, Ring, RingRow, Unreadable, Vault, WrappedKey,
    cipher::Secret, key::of_holder, ring,
};
use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Data keys re-wrapped in one transaction: short enough that nobody waits for it.
pub const BATCH: i64 = 500;
/// Two of these commands never run beside each other.
const LOCK: i64 = 0x5641_554c;

/// Why the keys cannot be made, changed or used. One line each.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// No key is in this database.
    #[error("the database has no keys yet: run `sanad keys init`")]
    NoKeys,
    /// The master key does not open what is there.
    #[error("SANAD_MASTER_KEY_FILE: not the master key of this database (key {key} does not open)")]
    WrongMaster {
        /// The first that does not open.
        key: i32,
    },
    /// A data key does not open; the others are untouched.
    #[error("data key {0} does not open: it was changed by another hand")]
    Broken(i32),
    /// Beyond what the cipher takes.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// No answer.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// Whether the master key opens every key of the database. Run before the first page.
pub fn check(vault: &Vault, keys: &[RingRow]) -> Result<(), KeeperError> {
    if keys.is_empty() {
        return Err(KeeperError::NoKeys);
    }
    for key in keys {
        ring::unwrap(vault.masters(), &key.purpose, key.id, &key.wrapped)
            .map_err(|_| KeeperError::WrongMaster { key: key.id })?;
    }
    Ok(())
}

async fn keys(connection: &mut PgConnection) -> Result<Vec<RingRow>, sqlx::Error> {
    sqlx::query_as!(
        RingRow,
        "select id, purpose, wrapped from sec.vault_key order by id"
    )
    .fetch_all(connection)
    .await
}

/// Makes the first keys; false if they are there already and open.
pub async fn init(connection: &mut PgConnection, vault: &Vault) -> Result<bool, KeeperError> {
    let mut tx = connection.begin().await?;
    alone(&mut tx).await?;
    match check(vault, &keys(&mut tx).await?) {
        Err(KeeperError::NoKeys) => {}
        Err(error) => return Err(error),
        Ok(()) => return Ok(false),
    }
    for (id, purpose) in [(1, "wrap"), (2, "index"), (3, "print")] {
        add(&mut tx, vault, id, purpose).await?;
    }
    let fields = serde_json::json!({ "master": vault.masters().fingerprint().to_string() });
    record(&mut tx, "keys.made", fields).await?;
    tx.commit().await?;
    Ok(true)
}

async fn alone(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_advisory_xact_lock($1)", LOCK)
        .fetch_one(connection)
        .await
        .map(|_| ())
}

async fn add(
    connection: &mut PgConnection,
    vault: &Vault,
    id: i32,
    purpose: &str,
) -> Result<(), KeeperError> {
    let wrapped = ring::wrap(vault.masters(), purpose, id, &Secret::random()?)?;
    sqlx::query!(
        "insert into sec.vault_key (id, purpose, wrapped) values ($1, $2, $3)",
        id,
        purpose,
        wrapped
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn record(
    connection: &mut PgConnection,
    action: &str,
    fields: serde_json::Value,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select audit.record($1, 'keys', null::uuid, null::smallint, $2, null)",
        action,
        fields
    )
    .fetch_one(connection)
    .await
    .map(|_| ())
}

/// A rotation under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    id: i32,
    /// The new key, under which every data key is wrapped in the end.
    pub vault_key: i32,
}

/// Begins a rotation, or takes up one that was interrupted (true). Every key that the master key wraps is
/// wrapped again by the first line of its file, so this is also how the master key is changed.
pub async fn begin(
    connection: &mut PgConnection,
    vault: &Vault,
) -> Result<(Rotation, bool), KeeperError> {
    let mut tx = connection.begin().await?;
    alone(&mut tx).await?;
    let known = keys(&mut tx).await?;
    check(vault, &known)?;
    for key in &known {
        let secret = ring::unwrap(vault.masters(), &key.purpose, key.id, &key.wrapped)
            .map_err(|_| KeeperError::WrongMaster { key: key.id })?;
        sqlx::query!(
            "update sec.vault_key set wrapped = $2 where id = $1",
            key.id,
            ring::wrap(vault.masters(), &key.purpose, key.id, &secret)?
        )
        .execute(&mut *tx)
        .await?;
    }
    let open = sqlx::query_as!(
        Rotation,
        "select id, vault_key_id as vault_key from sec.key_rotation where finished_at is null"
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(rotation) = open {
        tx.commit().await?;
        return Ok((rotation, true));
    }
    let next = known.iter().map(|key| key.id).max().unwrap_or(0) + 1;
    add(&mut tx, vault, next, "wrap").await?;
    let rotation = sqlx::query_as!(
        Rotation,
        "insert into sec.key_rotation (vault_key_id) values ($1) returning id, vault_key_id as vault_key",
        next
    )
    .fetch_one(&mut *tx)
    .await?;
    let fields = serde_json::json!({
        "key": next, "master": vault.masters().fingerprint().to_string(),
    });
    record(&mut tx, "keys.rotation_begun", fields).await?;
    tx.commit().await?;
    Ok((rotation, false))
}

/// Wraps one batch of data keys again; gives how many. Each batch is whole or not there at all, and readers
/// find each key under the old or the new vault key, never under none.
pub async fn step(
    connection: &mut PgConnection,
    vault: &Vault,
    rotation: Rotation,
    batch: i64,
) -> Result<u64, KeeperError> {
    let mut tx = connection.begin().await?;
    let rows = sqlx::query!(
        r#"select d.id, d.holder_kind, d.holder_id, d.wrapped, v.id as "under!", v.wrapped as "vault_wrapped!"
           from sec.data_key d join sec.vault_key v on v.id = d.vault_key_id
           where d.vault_key_id <> $1 order by d.id limit $2 for update of d"#,
        rotation.vault_key,
        batch
    )
    .fetch_all(&mut *tx)
    .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let target = sqlx::query_scalar!(
        "select wrapped from sec.vault_key where id = $1",
        rotation.vault_key
    )
    .fetch_one(&mut *tx)
    .await?;
    let wrong = |key: i32| move |_: Unreadable| KeeperError::WrongMaster { key };
    let masters = vault.masters();
    let new = ring::unwrap(masters, "wrap", rotation.vault_key, &target)
        .map_err(wrong(rotation.vault_key))?;
    let (mut ids, mut wrapped) = (Vec::new(), Vec::new());
    for row in rows {
        let old = ring::unwrap(masters, "wrap", row.under, &row.vault_wrapped)
            .map_err(wrong(row.under))?;
        let holder = holder(&row.holder_kind, row.holder_id).ok_or(KeeperError::Broken(row.id))?;
        let key = old
            .decrypt(&of_holder(holder), &row.wrapped)
            .ok()
            .and_then(|bytes| Secret::from_slice(&bytes))
            .ok_or(KeeperError::Broken(row.id))?;
        ids.push(row.id);
        wrapped.push(ring::wrap_data_key(&new, holder, &key)?);
    }
    sqlx::query!(
        "update sec.data_key d set vault_key_id = $1, wrapped = n.wrapped
         from unnest($2::integer[], $3::bytea[]) as n (id, wrapped) where d.id = n.id",
        rotation.vault_key,
        &ids,
        &wrapped
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update sec.key_rotation set done = done + $2 where id = $1",
        rotation.id,
        i32::try_from(ids.len()).unwrap_or(i32::MAX)
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(ids.len() as u64)
}

fn holder(kind: &str, id: Uuid) -> Option<Holder> {
    let kind = HolderKind::ALL.into_iter().find(|one| one.code() == kind)?;
    Some(Holder::new(kind, id))
}

/// Ends a rotation after the last batch: the older keys retire. A server that began a transaction before the
/// new key was there may still wrap one under an older key; then there is a batch more.
pub async fn finish(
    connection: &mut PgConnection,
    rotation: Rotation,
) -> Result<bool, KeeperError> {
    let mut tx = connection.begin().await?;
    alone(&mut tx).await?;
    let left = sqlx::query_scalar!(
        r#"select exists (select from sec.data_key where vault_key_id <> $1) as "left!""#,
        rotation.vault_key
    )
    .fetch_one(&mut *tx)
    .await?;
    if left {
        return Ok(false);
    }
    sqlx::query!(
        "update sec.vault_key set retired_at = now() where purpose = 'wrap' and id <> $1 and retired_at is null",
        rotation.vault_key
    )
    .execute(&mut *tx)
    .await?;
    let done = sqlx::query_scalar!(
        "update sec.key_rotation set finished_at = now() where id = $1 and finished_at is null returning done",
        rotation.id
    )
    .fetch_optional(&mut *tx)
    .await?;
    let fields = serde_json::json!({ "key": rotation.vault_key, "data_keys": done });
    record(&mut tx, "keys.rotated", fields).await?;
    tx.commit().await?;
    Ok(true)
}

/// The whole rotation: gives the new key and how many data keys it wraps.
pub async fn rotate(
    connection: &mut PgConnection,
    vault: &Vault,
) -> Result<(Rotation, u64), KeeperError> {
    let (rotation, _) = begin(connection, vault).await?;
    let mut done = 0;
    loop {
        loop {
            match step(connection, vault, rotation, BATCH).await? {
                0 => break,
                n => done += n,
            }
        }
        if finish(connection, rotation).await? {
            return Ok((rotation, done));
        }
    }
}

/// The keys of the ring, for who writes as owner.
pub async fn ring(connection: &mut PgConnection, vault: &Vault) -> Result<Ring, KeeperError> {
    let rows = sqlx::query_as!(
        RingRow,
        "select distinct on (purpose) id, purpose, wrapped from sec.vault_key order by purpose, id desc"
    )
    .fetch_all(connection)
    .await?;
    vault.ring(&rows).map_err(|_| KeeperError::NoKeys)
}

/// Data keys for holders, made at once where they have none: for the demonstration, which writes as owner
/// and not through the pages.
pub async fn data_keys(
    connection: &mut PgConnection,
    vault: &Vault,
    holders: &[Holder],
) -> Result<HashMap<Holder, Key>, KeeperError> {
    let ring = ring(connection, vault).await?;
    let holders: Vec<Holder> = holders
        .iter()
        .copied()
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let wrapped: Vec<Vec<u8>> = holders
        .iter()
        .map(|holder| ring.offer(*holder))
        .collect::<Result<_, _>>()?;
    let (kinds, ids): (Vec<String>, Vec<Uuid>) = holders
        .iter()
        .map(|holder| (holder.kind.code().to_owned(), holder.id))
        .unzip();
    sqlx::query!(
        "insert into sec.data_key (holder_kind, holder_id, vault_key_id, wrapped)
         select n.kind, n.holder, $1, n.wrapped from unnest($2::text[], $3::uuid[], $4::bytea[]) as n (kind, holder, wrapped)
         on conflict on constraint data_key_one do nothing",
        ring.wraps_under(),
        &kinds,
        &ids,
        &wrapped
    )
    .execute(&mut *connection)
    .await?;
    let rows = sqlx::query!(
        r#"select d.holder_kind, d.holder_id,
                  int4send(d.id) || int4send(v.id) || v.wrapped || d.wrapped as "key!: WrappedKey"
           from sec.data_key d join sec.vault_key v on v.id = d.vault_key_id
           where d.holder_id = any ($1)"#,
        &ids
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .filter_map(|row| Some((holder(&row.holder_kind, row.holder_id)?, row.key)))
        .map(|(holder, key)| {
            let key = vault.unwrap(holder, &key).map_err(|_| CannotSeal)?;
            Ok((holder, key))
        })
        .collect()
}

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
