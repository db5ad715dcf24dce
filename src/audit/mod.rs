//! The audit trail: what was done, opened or refused, in the transaction of the act.
//!
//! Beside the one function that writes, the pages of those who read it: the officer for data protection,
//! and whoever prints the daily root. The seal itself is [`crate::seal`].
//!
//! The database names the actor from the session of the transaction; a caller cannot write another's name.

mod db;
mod domain;
mod root;
mod web;
mod words;

pub use web::routes;
pub use words::action as words_of;

use crate::{db::Tx, error::AppError, ids::TerritoryId};
use serde_json::Value;
use uuid::Uuid;

/// One thing that happened. `action` is `object.verb`, as `contact.logged`.
#[derive(Debug)]
pub struct Event {
    action: &'static str,
    object: Option<(&'static str, Uuid)>,
    territory: Option<TerritoryId>,
    fields: Value,
    reason: Option<String>,
}

impl Event {
    /// An event on one object: `Event::on("case.opened", "case", id.0)`.
    pub fn on(action: &'static str, kind: &'static str, id: Uuid) -> Self {
        Self {
            action,
            object: Some((kind, id)),
            territory: None,
            fields: Value::Null,
            reason: None,
        }
    }

    /// An event on no object with an id, as a refused path.
    pub fn of(action: &'static str) -> Self {
        Self {
            action,
            object: None,
            territory: None,
            fields: Value::Null,
            reason: None,
        }
    }

    /// Where the object belongs.
    #[must_use]
    pub fn in_territory(mut self, territory: TerritoryId) -> Self {
        self.territory = Some(territory);
        self
    }

    /// Names of what changed, codes and ids; never a person's words.
    #[must_use]
    pub fn with(mut self, fields: Value) -> Self {
        self.fields = fields;
        self
    }

    /// The reason given.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// Writes it. If it cannot be written, the transaction fails and nothing was done. Of a reading, the database tells the
/// supervisors of the protected files behind its object.
pub async fn record(tx: &mut Tx, event: Event) -> Result<(), AppError> {
    let (kind, id) = event.object.unzip();
    sqlx::query!(
        "select audit.record($1, $2, $3, $4, $5, $6)",
        event.action,
        kind,
        id,
        event.territory.map(|t| t.0),
        event.fields,
        event.reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
