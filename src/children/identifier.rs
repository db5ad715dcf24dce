//! Numbers that identify a child: recorded whole, shown by their end, found again by a blind index.

use super::domain::{Child, Identifier, NewIdentifier};
use crate::{
    audit::{self, Event},
    authz::{Actor, Require, can},
    db::Tx,
    error::{AppError, violates},
    ids::{PersonId, RowId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// An identifier as the database keeps it.
#[derive(Debug, Deserialize)]
pub(super) struct Sealed {
    id: Uuid,
    kind: String,
    value: SealedText,
}

/// What a page shows of them: the last two characters, the rest stays in here.
pub(super) fn masked(
    tx: &mut Tx,
    person: PersonId,
    key: Option<&WrappedKey>,
    rows: Vec<Sealed>,
) -> Vec<Identifier> {
    let holder = Holder::person(person);
    rows.into_iter()
        .filter_map(|row| {
            let field = (Field::PERSON_IDENTIFIER, row.id);
            let shown = match tx.open(holder, key, field, Some(&row.value))? {
                Reading::Text(value) => Reading::Text(Identifier::mask(&value)),
                Reading::Unreadable => Reading::Unreadable,
            };
            Some(Identifier {
                kind: row.kind,
                shown,
            })
        })
        .collect()
}

/// Why a number was not recorded.
pub(super) enum Refusal {
    /// Somebody of the prefecture has it. Who, or that it is so, is told to nobody here.
    Taken,
    /// Anything that the form cannot mend.
    Other(AppError),
}

impl<E: Into<AppError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Records a number, in place of an older one of its kind.
pub(super) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    person: PersonId,
    new: &NewIdentifier,
) -> Result<(), Refusal> {
    let known = sqlx::query_scalar!(
        "select id from app.person_identifier where person_id = $1 and territory_id = $2 and kind = $3",
        person.0,
        actor.territory().0,
        new.kind
    )
    .fetch_optional(&mut **tx)
    .await?;
    let id = known.unwrap_or_else(|| RowId::new(now).0);
    let index = tx.ring().await?.blind_index(&new.kind, &new.value);
    let key = tx.key_for(Holder::person(person)).await?;
    let value = key.seal(Field::PERSON_IDENTIFIER, id, &new.value)?;
    sqlx::query!(
        "insert into app.person_identifier (id, person_id, territory_id, kind, value_enc, blind_index, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint person_identifier_one do update
         set value_enc = excluded.value_enc, blind_index = excluded.blind_index,
             recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at",
        id,
        person.0,
        actor.territory().0,
        new.kind,
        value.as_bytes(),
        index.0.as_slice(),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "person_identifier_taken") {
            Refusal::Taken
        } else {
            error.into()
        }
    })?;
    Ok(())
}

/// Writes down that a number met one that is there already: two records of one child, or somebody trying
/// numbers. The kind, never the number.
pub(super) async fn met(
    me: &Require<can::CaseWork>,
    child: &Child,
    kind: &str,
) -> Result<(), AppError> {
    let mut tx = me.begin().await?;
    let event = Event::on("identifier.met", "person", child.id.0)
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "kind": kind }));
    audit::record(&mut tx, event).await?;
    tx.commit().await
}
