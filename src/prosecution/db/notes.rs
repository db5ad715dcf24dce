//! A prosecutor's own words on a file: sealed with its key, which the social side never gets.

use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{CaseId, JudicialFileId, RowId},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// One note.
#[derive(Debug)]
pub struct Note {
    /// Its words.
    pub text: Option<Reading>,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom, in Arabic.
    pub name_ar: String,
    /// By whom, in Latin letters.
    pub name_la: String,
}

/// One note as it lies in the database; the head of the file brings it ([`super::file::file`]).
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    id: RowId,
    text: SealedText,
    at: DateTime<Utc>,
    name_ar: Option<String>,
    name_la: Option<String>,
}

/// Opens the notes of a file, in their order.
pub(super) fn open(
    tx: &mut Tx,
    file: JudicialFileId,
    key: Option<&WrappedKey>,
    rows: Vec<Row>,
) -> Vec<Note> {
    let mut notes = Vec::with_capacity(rows.len());
    for row in rows {
        let place = (Field::COURT_NOTE, row.id.0);
        notes.push(Note {
            text: tx.open(Holder::judicial_file(file), key, place, Some(&row.text)),
            at: row.at,
            name_ar: row.name_ar.unwrap_or_default(),
            name_la: row.name_la.unwrap_or_default(),
        });
    }
    notes
}

/// Writes one; the same form again writes nothing.
pub async fn write(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (file, case, territory): (JudicialFileId, CaseId, TerritoryId),
    (id, text): (RowId, &str),
) -> Result<(), AppError> {
    let text = tx
        .seal(
            Holder::judicial_file(file),
            Field::COURT_NOTE,
            id.0,
            Some(text),
        )
        .await?;
    let done = sqlx::query!(
        "insert into app.court_note (id, file_id, case_id, territory_id, court_id, text_enc, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        id.0,
        file.0,
        case.0,
        territory.0,
        actor.court().0,
        text as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 {
        let event =
            Event::on("court_note.written", "judicial_file", file.0).in_territory(territory);
        audit::record(tx, event).await?;
    }
    Ok(())
}
