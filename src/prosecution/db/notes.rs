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

/// The notes of the court on a file, newest first.
pub async fn of_file(
    tx: &mut Tx,
    actor: &Actor,
    file: JudicialFileId,
) -> Result<Vec<Note>, AppError> {
    let rows = sqlx::query!(
        r#"select c.id as "id: RowId", c.text_enc as "text: SealedText", c.written_at, app.key_of('judicial_file', c.file_id) as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.court_note c left join lateral app.name_of(c.written_by) n on true
           where c.file_id = $1 and c.court_id = $2 order by c.written_at desc limit 50"#,
        file.0,
        actor.court().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut notes = Vec::new();
    for row in rows {
        notes.push(Note {
            text: tx.open(
                Holder::judicial_file(file),
                row.key.as_ref(),
                (Field::COURT_NOTE, row.id.0),
                Some(&row.text),
            ),
            at: row.written_at,
            name_ar: row.name_ar,
            name_la: row.name_la,
        });
    }
    Ok(notes)
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
