//! What `sanad keys` does in the database, as its owner: the first keys, a new one a year, how they stand.

mod rotation;
mod status;

pub use rotation::{Rotation, begin, finish, rotate, step};
pub use status::{KeyLine, Status, status};

use super::{CannotSeal, Holder, Key, Ring, RingRow, Vault, WrappedKey, cipher::Secret, ring};
use sqlx::{Connection, PgConnection};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

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
        .filter_map(|row| Some((Holder::from_code(&row.holder_kind, row.holder_id)?, row.key)))
        .map(|(holder, key)| {
            let key = vault.unwrap(holder, &key).map_err(|_| CannotSeal)?;
            Ok((holder, key))
        })
        .collect()
}
