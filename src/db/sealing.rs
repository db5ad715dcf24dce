//! Sealing and opening inside a transaction: the database says whose wrapped key this session may have, the
//! vault opens it, and what does not open is written down when the transaction commits.

use super::Tx;
use crate::{
    error::AppError,
    vault::{
        Field, Holder, Key, Reading, Ring, RingRow, SealedText, Unreadable, Vault, WrappedKey,
    },
};
use uuid::Uuid;

/// More than that in one transaction is one and the same disaster.
const ALERTS: usize = 20;

/// A text that did not open: where it lies, never what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alert {
    field: Field,
    row: Uuid,
    why: Unreadable,
}

impl Tx {
    /// The vault.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The key of a holder for writing, made if it has none. Two statements; the first only once.
    pub async fn key_for(&mut self, holder: Holder) -> Result<Key, AppError> {
        let ring = self.ring().await?;
        let kept = sqlx::query_scalar!(
            r#"select app.keep_key($1, $2, $3, $4) as "key: WrappedKey""#,
            holder.kind.code(),
            holder.id,
            ring.wraps_under(),
            ring.offer(holder)?
        )
        .fetch_one(&mut **self)
        .await?
        .ok_or_else(|| AppError::internal(Unreadable::NoKey))?;
        self.vault.unwrap(holder, &kept).map_err(AppError::internal)
    }

    /// The key of the blind index, that of prints, and the one that wraps now.
    pub async fn ring(&mut self) -> Result<Ring, AppError> {
        if let Some(ring) = &self.ring {
            return Ok(ring.clone());
        }
        let rows = sqlx::query_as!(
            RingRow,
            r#"select id as "id!", purpose as "purpose!", wrapped as "wrapped!" from app.key_ring()"#
        )
        .fetch_all(&mut **self)
        .await?;
        let ring = self.vault.ring(&rows).map_err(AppError::internal)?;
        self.ring = Some(ring.clone());
        Ok(ring)
    }

    /// Seals a text for one column of one row; nothing stays nothing.
    pub async fn seal(
        &mut self,
        holder: Holder,
        field: Field,
        row: Uuid,
        text: Option<&str>,
    ) -> Result<Option<SealedText>, AppError> {
        let Some(text) = text else { return Ok(None) };
        let key = self.key_for(holder).await?;
        Ok(Some(key.seal(field, row, text)?))
    }

    /// Opens a sealed text with the wrapped key that came with it. What does not open is
    /// [`Reading::Unreadable`]: logged here, and in the audit trail when the transaction commits.
    pub fn open(
        &mut self,
        holder: Holder,
        key: Option<&WrappedKey>,
        (field, row): (Field, Uuid),
        sealed: Option<&SealedText>,
    ) -> Option<Reading> {
        let sealed = sealed?;
        let opened = key
            .ok_or(Unreadable::NoKey)
            .and_then(|key| self.vault.unwrap(holder, key))
            .and_then(|key| key.open(field, row, sealed));
        Some(opened.unwrap_or_else(|why| {
            self.alert(field, row, why);
            Reading::Unreadable
        }))
    }

    /// Raises the alert for a text that is not what it should be.
    pub fn alert(&mut self, field: Field, row: Uuid, why: Unreadable) {
        tracing::error!(field = field.column(), %row, why = why.code(), "vault.unreadable");
        let alert = Alert { field, row, why };
        if self.alerts.len() < ALERTS && !self.alerts.contains(&alert) {
            self.alerts.push(alert);
        }
    }

    /// Writes the alerts of this transaction.
    pub(super) async fn write_alerts(&mut self) -> Result<(), AppError> {
        for alert in std::mem::take(&mut self.alerts) {
            let fields =
                serde_json::json!({ "field": alert.field.column(), "why": alert.why.code() });
            sqlx::query!(
                "select audit.record('vault.unreadable', $1, $2, $3, $4, null)",
                alert.field.holder().code(),
                alert.row,
                self.territory,
                fields
            )
            .fetch_one(&mut **self)
            .await?;
        }
        Ok(())
    }
}
