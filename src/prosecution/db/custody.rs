//! Who holds the file. Every move is made by one function of the database, which asks who, from where, and what the move
//! needs (decision 0087).

use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, DisclosureId, JudicialFileId, RowId, UserId},
    prosecution::custody::{Custody, HeldFile, Move},
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Utc};

/// A move about to be made, and what belongs to it.
#[derive(Debug, Default)]
pub struct Step<'a> {
    /// Whom it is handed to; nobody is the court.
    pub heir: Option<UserId>,
    /// The other court.
    pub court: Option<CourtId>,
    /// Why another: code of `ref.court_change_reason`.
    pub reason: Option<&'a str>,
    /// The procedure that it is joined to.
    pub other: Option<JudicialFileId>,
    /// What is said with it; both sides read it.
    pub words: Option<&'a str>,
    /// What a dossier that is sent still lacks of what is advised, in codes.
    pub gaps: Vec<&'static str>,
}

/// Makes a move. The same step twice is one. What the form can mend is told by [`AppError::Conflict`] with the words of it.
pub async fn make(
    tx: &mut Tx,
    id: RowId,
    file: &HeldFile,
    made: Move,
    step: &Step<'_>,
) -> Result<(), AppError> {
    let extract = Holder::disclosure(file.disclosure_id);
    let words = tx
        .seal(extract, Field::JUDICIAL_WORDS, id.0, step.words)
        .await?;
    sqlx::query!(
        "select app.move_judicial($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        file.id.0,
        made.code(),
        step.heir.map(|user| user.0),
        step.court.map(|court| court.0),
        step.reason,
        words as Option<SealedText>,
        step.other.map(|other| other.0)
    )
    .execute(&mut **tx)
    .await
    .map_err(refusal)?;
    let gaps = (!step.gaps.is_empty()).then_some(&step.gaps);
    let event = Event::on(made.event(), "judicial_file", file.id.0)
        .in_territory(file.territory_id)
        .with(serde_json::json!({
            "case": file.case_id, "court": step.court.unwrap_or(file.court_id), "from_court": file.court_id,
            "to": step.heir, "reason": step.reason, "other": step.other, "gaps": gaps,
        }));
    audit::record(tx, event).await
}

/// The words of a refusal of the database.
fn refusal(error: sqlx::Error) -> AppError {
    const KNOWN: [(&str, &str); 5] = [
        ("judicial_moves", "judicial-moved"),
        ("judicial_waits", "judicial-somebody-waits"),
        ("judicial_heir", "judicial-no-such-colleague"),
        ("judicial_court", "judicial-same-court"),
        ("judicial_join", "judicial-no-such-file"),
    ];
    match KNOWN.iter().find(|(name, _)| violates(&error, name)) {
        Some((_, key)) => AppError::Conflict(Msg::new(key)),
        None => error.into(),
    }
}

/// A file of this prefecture, locked, whatever its state.
pub async fn hold_here(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
) -> Result<HeldFile, AppError> {
    sqlx::query_as!(
        HeldFile,
        r#"select id as "id: JudicialFileId", case_id as "case_id: CaseId", territory_id as "territory_id: TerritoryId",
                  court_id as "court_id: CourtId", disclosure_id as "disclosure_id: DisclosureId",
                  state as "state: Custody", coalesce(transmitted_at, composed_at) as "transmitted_at!"
           from app.judicial_file where id = $1 and territory_id = $2 for update"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// A file of this court, locked: two decisions on one party never stand side by side.
pub async fn hold(tx: &mut Tx, actor: &Actor, id: JudicialFileId) -> Result<HeldFile, AppError> {
    sqlx::query_as!(
        HeldFile,
        r#"select id as "id: JudicialFileId", case_id as "case_id: CaseId", territory_id as "territory_id: TerritoryId",
                  court_id as "court_id: CourtId", disclosure_id as "disclosure_id: DisclosureId",
                  state as "state: Custody", transmitted_at as "transmitted_at!"
           from app.judicial_file
           where id = $1 and court_id = $2 and state not in ('draft', 'withdrawn') for update"#,
        id.0,
        actor.court().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Acknowledges receipt.
pub async fn receive(tx: &mut Tx, now: DateTime<Utc>, file: &HeldFile) -> Result<(), AppError> {
    make(tx, RowId::new(now), file, Move::Receive, &Step::default()).await
}
