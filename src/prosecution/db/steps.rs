//! The path of a file: where it stands now, each move that it made, and whom it can be handed to. One statement.

use super::{Author, frozen};
use crate::{
    authz::{Actor, CourtId},
    db::Tx,
    error::AppError,
    ids::{DisclosureId, JudicialFileId, RowId, UserId},
    prosecution::custody::{Custody, Move},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// Where a file stands.
#[derive(Debug)]
pub struct Standing {
    /// Its version, for the optimistic lock: one more with each move.
    pub version: i32,
    /// Who has it in hand; nobody is the court.
    pub held_by: Option<UserId>,
    /// By name.
    pub holder: Author,
    /// What is waited for: code of `ref.judicial_target`.
    pub awaits: Option<String>,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether a child waits for a measure, or an adult for a decision that settles.
    pub somebody_waits: bool,
    /// Its moves, the oldest first.
    pub steps: Vec<StepRow>,
    /// Those who decide at the reader's court; none for the cell.
    pub bench: Vec<Colleague>,
    /// The extracts of the procedures that were joined to it, as far as the reader sees them.
    pub joined: Vec<Joined>,
}

/// A move that was made.
#[derive(Debug)]
pub struct StepRow {
    /// Which.
    pub made: Move,
    /// Where it began.
    pub from: Custody,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Author,
    /// Whom it was handed to; unknown is the court.
    pub to: Author,
    /// The court that it left.
    pub from_court: Option<CourtId>,
    /// The court that it went to.
    pub to_court: Option<CourtId>,
    /// Why: code of `ref.court_change_reason`.
    pub reason: Option<String>,
    /// The procedure that it was joined to, if the reader sees it.
    pub other: Option<(JudicialFileId, String)>,
    /// What was said with it.
    pub words: Option<Reading>,
}

/// A prosecutor of the reader's court.
#[derive(Debug, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: UserId,
    /// In Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
}

/// The extract of a procedure that was joined.
#[derive(Debug)]
pub struct Joined {
    /// Version of its shape.
    pub schema_version: i16,
    /// The text; none if it does not open or is not the one that was hashed.
    pub snapshot: Option<String>,
}

/// A move as it lies in the database.
#[derive(Debug, Deserialize)]
struct Row {
    id: RowId,
    made: Move,
    from_state: Custody,
    at: DateTime<Utc>,
    by_ar: Option<String>,
    by_la: Option<String>,
    to_ar: Option<String>,
    to_la: Option<String>,
    from_court: Option<CourtId>,
    to_court: Option<CourtId>,
    reason: Option<String>,
    other: Option<JudicialFileId>,
    other_number: Option<String>,
    words: Option<SealedText>,
}

/// A joined extract as it lies there.
#[derive(Debug, Deserialize)]
struct Extract {
    id: DisclosureId,
    schema_version: i16,
    snapshot: SealedText,
    sha256: String,
    key: Option<WrappedKey>,
}

/// Where a file of the reader's prefecture, or one sent to the reader's court, stands.
pub async fn standing(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
) -> Result<Standing, AppError> {
    let row = sqlx::query!(
        r#"select f.version, f.held_by as "held_by: UserId", f.awaits, f.due_at, f.children_waiting, f.adults_waiting,
                  f.disclosure_id as "extract: DisclosureId",
                  app.key_of('disclosure', f.disclosure_id) as "key: WrappedKey",
                  h.name_ar as "held_ar?", h.name_la as "held_la?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'made', s.move, 'from_state', s.from_state,
                              'at', s.at, 'by_ar', w.name_ar, 'by_la', w.name_la, 'to_ar', t.name_ar, 'to_la', t.name_la,
                              'from_court', s.from_court, 'to_court', s.to_court, 'reason', s.reason,
                              'other', o.id, 'other_number', o.number, 'words', s.words_enc) order by s.at, s.id), '[]')
                   from app.judicial_step s
                   left join lateral app.name_of(s.by_user) w on true
                   left join lateral app.name_of(s.to_user) t on true
                   left join app.judicial_file o on o.id = s.other_file_id
                   where s.file_id = f.id and (s.court_id = $2 or s.territory_id = $3)) as "steps!: Json<Vec<Row>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name_ar', b.name_ar, 'name_la', b.name_la)
                              order by b.name_la, b.id), '[]')
                   from app.my_bench() b) as "bench!: Json<Vec<Colleague>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'schema_version', e.schema_version,
                              'snapshot', e.snapshot_enc, 'sha256', encode(e.sha256, 'hex'),
                              'key', app.key_of('disclosure', e.id)) order by j.transmitted_at, j.id), '[]')
                   from app.judicial_file j join app.disclosure e on e.id = j.disclosure_id
                   where j.joined_to = f.id and (j.court_id = $2 or j.territory_id = $3)) as "joined!: Json<Vec<Extract>>"
           from app.judicial_file f
           left join lateral app.name_of(f.held_by) h on true
           where f.id = $1
             and ((f.court_id = $2 and f.state not in ('draft', 'withdrawn')) or f.territory_id = $3)"#,
        id.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Standing {
        version: row.version,
        held_by: row.held_by,
        holder: Author::new(row.held_ar, row.held_la),
        awaits: row.awaits,
        due_at: row.due_at,
        somebody_waits: row.children_waiting > 0 || row.adults_waiting > 0,
        steps: open(tx, row.extract, row.key.as_ref(), row.steps.0),
        bench: row.bench.0,
        joined: joined(tx, row.joined.0),
    })
}

fn open(
    tx: &mut Tx,
    extract: DisclosureId,
    key: Option<&WrappedKey>,
    rows: Vec<Row>,
) -> Vec<StepRow> {
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let place = (Field::JUDICIAL_WORDS, row.id.0);
        steps.push(StepRow {
            made: row.made,
            from: row.from_state,
            at: row.at,
            by: Author::new(row.by_ar, row.by_la),
            to: Author::new(row.to_ar, row.to_la),
            from_court: row.from_court,
            to_court: row.to_court,
            reason: row.reason,
            other: row.other.zip(row.other_number),
            words: tx.open(Holder::disclosure(extract), key, place, row.words.as_ref()),
        });
    }
    steps
}

fn joined(tx: &mut Tx, rows: Vec<Extract>) -> Vec<Joined> {
    let mut texts = Vec::with_capacity(rows.len());
    for row in rows {
        let sha256 = hex::decode(&row.sha256).unwrap_or_default();
        texts.push(Joined {
            schema_version: row.schema_version,
            snapshot: frozen(tx, row.id, row.key.as_ref(), &row.snapshot, &sha256),
        });
    }
    texts
}

/// Whether the reader made this very step of that file, which may have gone to another court since.
pub async fn is_made(tx: &mut Tx, step: RowId, file: JudicialFileId) -> Result<bool, AppError> {
    let made = sqlx::query_scalar!(r#"select app.made_step($1, $2) as "made!""#, step.0, file.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(made)
}

/// A file of the reader's court by its number; whether another can be joined to it, [`super::custody::make`] says.
pub async fn numbered(
    tx: &mut Tx,
    actor: &Actor,
    number: &str,
) -> Result<Option<JudicialFileId>, AppError> {
    let found = sqlx::query_scalar!(
        r#"select id as "id: JudicialFileId" from app.judicial_file
           where number = $1 and court_id = $2 and state not in ('draft', 'withdrawn')"#,
        number,
        actor.court().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found)
}
