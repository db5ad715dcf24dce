//! Decisions: a further one stands beside those before it, a correction supersedes the one that it corrects; none is ever
//! edited (decision 0090).

use super::{court_act, custody};
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    forms::Paragraph,
    ids::{DecisionId, PersonId},
    prosecution::{
        custody::{Custody, HeldFile},
        domain::{AdultDecision, ChildMeasure, Fate, Found, Ruling},
    },
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The field of what is wrong with the whole of a decision.
pub const WHOLE: &str = "seen";

/// Why a decision was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The form is given back: the field, and the key of what is said beside it.
    #[error("{0}: {1}")]
    Form(&'static str, &'static str),
    /// Anything that the form cannot mend.
    #[error(transparent)]
    Other(#[from] AppError),
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Other(error.into())
    }
}

/// Records a measure for a child.
pub async fn on_child(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    file: &HeldFile,
    (person, measure): (PersonId, &ChildMeasure),
) -> Result<(), Refusal> {
    let found = found_on_child(tx, file, person, measure).await?;
    if !is_new(&measure.ruling, &found)? {
        return Ok(());
    }
    let act = open_act(tx, now, file, &measure.ruling).await?;
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
        measure.ruling.corrects.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await
    .map_err(refusal)?;
    written_once(written.rows_affected())?;
    let fields = serde_json::json!({
        "decision": measure.ruling.id, "person": person, "kind": measure.kind, "corrects": measure.ruling.corrects, "act": act,
    });
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
    let found = found_on_adult(tx, file, person, decision).await?;
    if !is_new(&decision.ruling, &found)? {
        return Ok(());
    }
    let act = open_act(tx, now, file, &decision.ruling).await?;
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
        decision.ruling.corrects.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await
    .map_err(refusal)?;
    written_once(written.rows_affected())?;
    add_offences(tx, file, decision).await?;
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
        "corrects": decision.ruling.corrects, "act": act,
    });
    let event = Event::on("adult_decision.recorded", "judicial_file", file.id.0);
    audit::record(tx, event.in_territory(file.territory_id).with(fields)).await?;
    Ok(())
}

/// The offences beside the main one, in their order.
async fn add_offences(
    tx: &mut Tx,
    file: &HeldFile,
    decision: &AdultDecision,
) -> Result<(), Refusal> {
    if decision.further.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into app.adult_decision_offence (decision_id, offence, seq, file_id, case_id, territory_id, court_id)
         select $1, x.code, x.nth::smallint, $3, $4, $5, $6 from unnest($2::text[]) with ordinality as x (code, nth)",
        decision.ruling.id.0,
        decision.further.as_slice(),
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0
    )
    .execute(&mut **tx)
    .await
    .map_err(refusal)?;
    Ok(())
}

/// What a measure finds there; somebody who is no child of the file is not found.
async fn found_on_child(
    tx: &mut Tx,
    file: &HeldFile,
    person: PersonId,
    measure: &ChildMeasure,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select (select d.id from app.child_decision d
                   where d.file_id = c.file_id and d.person_id = c.person_id and d.court_id = $3
                   order by d.recorded_at desc, d.id desc limit 1) as "newest?: DecisionId",
                  (select s.file_id = c.file_id and s.person_id = c.person_id and s.kind = $5 and s.decided_on = $6
                       and s.supersedes_id is not distinct from $7
                   from app.child_decision s where s.id = $4 and s.court_id = $3) as "same?",
                  (select not exists (select from app.child_decision x where x.supersedes_id = k.id)
                   from app.child_decision k
                   where k.id = $7 and k.file_id = c.file_id and k.person_id = c.person_id and k.court_id = $3) as "corrects?"
           from app.judicial_child c
           where c.file_id = $1 and c.person_id = $2 and c.court_id = $3"#,
        file.id.0,
        person.0,
        file.court_id.0,
        measure.ruling.id.0,
        measure.kind,
        measure.ruling.decided_on,
        measure.ruling.corrects.map(|id| id.0)
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Found {
        newest: row.newest,
        same: row.same,
        corrects: row.corrects,
        at_court: file.state.takes_decisions(),
    })
}

/// The same for an adult.
async fn found_on_adult(
    tx: &mut Tx,
    file: &HeldFile,
    person: PersonId,
    decision: &AdultDecision,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select (select d.id from app.adult_decision d
                   where d.file_id = c.file_id and d.person_id = c.person_id and d.court_id = $3
                   order by d.recorded_at desc, d.id desc limit 1) as "newest?: DecisionId",
                  (select s.file_id = c.file_id and s.person_id = c.person_id and s.kind = $5 and s.decided_on = $6
                       and s.offence is not distinct from $8 and s.reason is not distinct from $9
                       and s.supersedes_id is not distinct from $7
                       and array(select o.offence from app.adult_decision_offence o
                                 where o.decision_id = s.id and o.court_id = $3 order by o.seq) = $10::text[]
                   from app.adult_decision s where s.id = $4 and s.court_id = $3) as "same?",
                  (select not exists (select from app.adult_decision x where x.supersedes_id = k.id)
                   from app.adult_decision k
                   where k.id = $7 and k.file_id = c.file_id and k.person_id = c.person_id and k.court_id = $3) as "corrects?"
           from app.judicial_adult c
           where c.file_id = $1 and c.person_id = $2 and c.court_id = $3"#,
        file.id.0,
        person.0,
        file.court_id.0,
        decision.ruling.id.0,
        decision.kind,
        decision.ruling.decided_on,
        decision.ruling.corrects.map(|id| id.0),
        decision.offence,
        decision.reason,
        decision.further.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Found {
        newest: row.newest,
        same: row.same,
        corrects: row.corrects,
        at_court: file.state.takes_decisions(),
    })
}

/// Whether it is to be written.
fn is_new(ruling: &Ruling, found: &Found) -> Result<bool, Refusal> {
    match ruling.fate(found) {
        Fate::Written => Ok(true),
        Fate::Same => Ok(false),
        Fate::Stray => Err(AppError::NotFound.into()),
        Fate::GivenBack(words) => Err(Refusal::Form(WHOLE, words)),
    }
}

/// The words of a refusal of the database, which holds the same rules.
fn refusal(error: sqlx::Error) -> Refusal {
    const KNOWN: [(&str, &str, &str); 9] = [
        ("decision_corrects", WHOLE, "decision-moved"),
        ("child_decision_superseded_once", WHOLE, "decision-moved"),
        ("adult_decision_superseded_once", WHOLE, "decision-moved"),
        ("decision_at_court", WHOLE, "decision-file-left"),
        ("decision_day", "decided_on", "decision-day-outside"),
        ("decision_act", "act", "error-required"),
        ("decision_offence", "offence", "error-choice"),
        ("decision_further", "further", "error-choice"),
        ("decision_reason", "reason", "error-choice"),
    ];
    match KNOWN.iter().find(|(name, ..)| violates(&error, name)) {
        Some(&(_, field, words)) => Refusal::Form(field, words),
        None => error.into(),
    }
}

/// Another court's decision under the same number: not ours to see, and so only "already taken".
fn written_once(rows: u64) -> Result<(), Refusal> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Refusal::Form(WHOLE, "decision-sent-otherwise"))
    }
}

/// The signed act of that number, if one was named: new, or one of this file. The first act on a file that
/// nobody acknowledged also acknowledges it.
async fn open_act(
    tx: &mut Tx,
    now: DateTime<Utc>,
    file: &HeldFile,
    ruling: &Ruling,
) -> Result<Option<Uuid>, Refusal> {
    let act = match &ruling.act {
        None => None,
        Some(number) => {
            let opened = court_act::open(tx, now, file, (ruling.decided_on, number)).await?;
            Some(opened.ok_or(Refusal::Form("act", "decision-act-taken"))?)
        }
    };
    if file.state == Custody::Transmitted {
        custody::receive(tx, now, file).await?;
    }
    Ok(act)
}
