//! A new key that wraps, and every data key under it: in batches, each of them whole, to be taken up where it
//! was killed.

use super::{KeeperError, add, alone, check, keys, record};
use crate::vault::{Holder, Unreadable, Vault, cipher::Secret, key::of_holder, ring};
use sqlx::{Connection, PgConnection};

/// Data keys re-wrapped in one transaction: short enough that nobody waits for it.
const BATCH: i64 = 500;

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
        let holder = Holder::from_code(&row.holder_kind, row.holder_id)
            .ok_or(KeeperError::Broken(row.id))?;
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
