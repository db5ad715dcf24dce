//! Decisions: appended, superseding the one before, never edited.

use super::custody;
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    forms::Paragraph,
    i18n::Msg,
    ids::{DecisionId, JudicialFileId, PersonId, RowId},
    prosecution::{
        custody::{Custody, HeldFile},
        domain::{ActNumber, AdultDecision, ChildMeasure, Ruling},
    },
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

/// Why a decision was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Its act number belongs to another file of the court that year: mended in the form.
    #[error("act number taken")]
    ActTaken,
    /// Anything that the form cannot mend.
    #[error(transparent)]
    Other(#[from] AppError),
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Other(error.into())
    }
}

/// Where a decision stands among those of its party.
enum Place {
    /// Already there, and the same.
    Same,
    /// After this one, which is what its author saw.
    After(Option<DecisionId>),
}

/// Records a measure for a child.
pub async fn on_child(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    file: &HeldFile,
    (person, measure): (PersonId, &ChildMeasure),
) -> Result<(), Refusal> {
    let Place::After(earlier) = place_on_child(tx, file, person, measure).await? else {
        return Ok(());
    };
    let act = open_act(tx, actor, now, file, &measure.ruling).await?;
    let instructions = measure.instructions.as_ref().map(Paragraph::as_str);
    let (extract, row) = (Holder::disclosure(file.disclosure_id), measure.ruling.id.0);
    let instructions = tx
        .seal(extract, Field::CHILD_INSTRUCTIONS, row, instructions)
        .await?;
    let written = sqlx::query!(
        "insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on,
             recorded_at, recorded_by, act_id, instructions_enc, supersedes_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do nothing",
        measure.ruling.id.0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        person.0,
        measure.kind,
        measure.ruling.decided_on,
        now,
        actor.user.0,
        act,
        instructions as Option<SealedText>,
        earlier.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    written_once(written.rows_affected())?;
    let fields = serde_json::json!({ "decision": measure.ruling.id, "person": person, "kind": measure.kind });
    let event = Event::on("child_decision.recorded", "judicial_file", file.id.0);
    audit::record(tx, event.in_territory(file.territory_id).with(fields)).await?;
    Ok(())
}

/// Records a decision on an adult; its text goes where only the court reads.
pub async fn on_adult(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    file: &HeldFile,
    (person, decision): (PersonId, &AdultDecision),
) -> Result<(), Refusal> {
    let Place::After(earlier) = place_on_adult(tx, file, person, decision).await? else {
        return Ok(());
    };
    let act = open_act(tx, actor, now, file, &decision.ruling).await?;
    let written = sqlx::query!(
        "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, reason,
             offence, decided_on, recorded_at, recorded_by, act_id, supersedes_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (id) do nothing",
        decision.ruling.id.0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        person.0,
        decision.kind,
        decision.effect.code(),
        decision.reason,
        decision.offence,
        decision.ruling.decided_on,
        now,
        actor.user.0,
        act,
        earlier.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    written_once(written.rows_affected())?;
    if let Some(text) = &decision.text {
        let key = tx.key_for(Holder::judicial_file(file.id)).await?;
        let row = decision.ruling.id.0;
        let text = key
            .seal(Field::ADULT_DECISION_TEXT, row, text.as_str())
            .map_err(AppError::from)?;
        sqlx::query!(
            "insert into app.adult_decision_text (decision_id, territory_id, court_id, text_enc) values ($1, $2, $3, $4)",
            decision.ruling.id.0,
            file.territory_id.0,
            file.court_id.0,
            text.as_bytes()
        )
        .execute(&mut **tx)
        .await?;
    }
    let fields = serde_json::json!({
        "decision": decision.ruling.id, "person": person, "kind": decision.kind, "effect": decision.effect.code(),
    });
    let event = Event::on("adult_decision.recorded", "judicial_file", file.id.0);
    audit::record(tx, event.in_territory(file.territory_id).with(fields)).await?;
    Ok(())
}

async fn place_on_child(
    tx: &mut Tx,
    file: &HeldFile,
    person: PersonId,
    measure: &ChildMeasure,
) -> Result<Place, AppError> {
    let row = sqlx::query!(
        r#"select (select d.id from app.child_decision d
                   where d.file_id = c.file_id and d.person_id = c.person_id and d.court_id = $3
                     and not exists (select from app.child_decision later where later.supersedes_id = d.id)
                  ) as "latest: DecisionId",
                  s.file_id as "file?: JudicialFileId",
                  (s.person_id = c.person_id and s.kind = $5 and s.decided_on = $6) as "same?"
           from app.judicial_child c
           left join app.child_decision s on s.id = $4 and s.court_id = $3
           where c.file_id = $1 and c.person_id = $2 and c.court_id = $3"#,
        file.id.0,
        person.0,
        file.court_id.0,
        measure.ruling.id.0,
        measure.kind,
        measure.ruling.decided_on
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    place(
        file,
        &measure.ruling,
        row.latest,
        row.file.map(|known| (known, row.same == Some(true))),
    )
}

async fn place_on_adult(
    tx: &mut Tx,
    file: &HeldFile,
    person: PersonId,
    decision: &AdultDecision,
) -> Result<Place, AppError> {
    let row = sqlx::query!(
        r#"select (select d.id from app.adult_decision d
                   where d.file_id = c.file_id and d.person_id = c.person_id and d.court_id = $3
                     and not exists (select from app.adult_decision later where later.supersedes_id = d.id)
                  ) as "latest: DecisionId",
                  s.file_id as "file?: JudicialFileId",
                  (s.person_id = c.person_id and s.kind = $5 and s.decided_on = $6) as "same?"
           from app.judicial_adult c
           left join app.adult_decision s on s.id = $4 and s.court_id = $3
           where c.file_id = $1 and c.person_id = $2 and c.court_id = $3"#,
        file.id.0,
        person.0,
        file.court_id.0,
        decision.ruling.id.0,
        decision.kind,
        decision.ruling.decided_on
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    place(
        file,
        &decision.ruling,
        row.latest,
        row.file.map(|known| (known, row.same == Some(true))),
    )
}

/// The same press again is the same decision. A decision that its author did not see is a conflict: what
/// it would supersede was never read.
fn place(
    file: &HeldFile,
    ruling: &Ruling,
    latest: Option<DecisionId>,
    known: Option<(JudicialFileId, bool)>,
) -> Result<Place, AppError> {
    match known {
        Some((known, true)) if known == file.id => return Ok(Place::Same),
        Some(_) => return Err(AppError::Conflict(Msg::new("decision-sent-otherwise"))),
        None => {}
    }
    if !file.state.takes_decisions() {
        return Err(AppError::Conflict(Msg::new("judicial-moved")));
    }
    if latest != ruling.seen {
        return Err(AppError::Conflict(Msg::new("decision-moved")));
    }
    Ok(Place::After(latest))
}

/// Another court's decision under the same number: not ours to see, and so only "already taken".
fn written_once(rows: u64) -> Result<(), AppError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("decision-sent-otherwise")))
    }
}

/// The signed act of that number, if one was named: new, or one of this file. The first act on a file that
/// nobody acknowledged also acknowledges it.
async fn open_act(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    file: &HeldFile,
    ruling: &Ruling,
) -> Result<Option<Uuid>, Refusal> {
    let act = match &ruling.act {
        None => None,
        Some(number) => Some(act(tx, now, file, ruling, number).await?),
    };
    if file.state == Custody::Transmitted {
        custody::receive(tx, actor, now, file).await?;
    }
    Ok(act)
}

/// One number a court and year, for as many decisions of one file as the act holds.
async fn act(
    tx: &mut Tx,
    now: DateTime<Utc>,
    file: &HeldFile,
    ruling: &Ruling,
    number: &ActNumber,
) -> Result<Uuid, Refusal> {
    let year = i16::try_from(ruling.decided_on.year()).map_err(AppError::internal)?;
    let opened = sqlx::query_scalar!(
        "insert into app.court_act (id, file_id, case_id, territory_id, court_id, year, number)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint court_act_number_key do nothing
         returning id",
        RowId::new(now).0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        year,
        number.as_str()
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(id) = opened {
        return Ok(id);
    }
    sqlx::query_scalar!(
        "select id from app.court_act where court_id = $1 and year = $2 and number = $3 and file_id = $4",
        file.court_id.0,
        year,
        number.as_str(),
        file.id.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Refusal::ActTaken)
}
