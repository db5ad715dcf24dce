//! What is written of a city, by functions of the database that ask who it is; each with its row in the trail.

use crate::{
    audit::{self, Event},
    authz::TerritoryId,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    plan::machine::{CityMove, StepState},
};
use chrono::NaiveDate;

/// A candidate about to be entered.
#[derive(Debug)]
pub(super) struct NewCity {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    pub territory: TerritoryId,
    pub phase: String,
    pub ar: String,
    pub fr: String,
    pub en: String,
    pub why: Option<String>,
}

/// Its address; `None` if the prefecture is in the register already.
pub(super) async fn add(tx: &mut Tx, new: &NewCity) -> Result<Option<String>, AppError> {
    let done = sqlx::query!(
        r#"select which as "slug!", is_new as "is_new!" from plan.add_city($1, $2, $3, $4, $5, $6, $7)"#,
        new.id.0,
        new.territory.0,
        new.phase,
        new.ar,
        new.fr,
        new.en,
        new.why
    )
    .fetch_one(&mut **tx)
    .await;
    let city = match done {
        Ok(city) => city,
        Err(error) if violates(&error, "city_territory_key") || violates(&error, "city_pkey") => {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    if city.is_new {
        let event = Event::on("plan_city.added", "plan_city", new.id.0)
            .in_territory(new.territory)
            .with(serde_json::json!({ "city": city.slug }));
        audit::record(tx, event).await?;
    }
    Ok(Some(city.slug))
}

/// A move of a city about to be made.
#[derive(Debug)]
pub(super) struct Moving {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    pub made: CityMove,
    pub day: NaiveDate,
    pub decision: Option<String>,
    pub why: Option<String>,
    pub phase: Option<String>,
    /// The version that its author saw.
    pub version: i32,
}

/// What came of an act.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Done, or done before by the same answers.
    Done,
    /// Why not, and beside which field.
    Refused(&'static str, Msg),
}

/// Makes it, under the lock of the city.
pub(super) async fn make(
    tx: &mut Tx,
    (slug, place): (&str, TerritoryId),
    moving: &Moving,
) -> Result<Outcome, AppError> {
    let done = sqlx::query_scalar!(
        r#"select plan.move_city($1, $2, $3, $4, $5, $6, $7, $8) as "done!""#,
        moving.id.0,
        slug,
        moving.made.code(),
        moving.day,
        moving.decision,
        moving.why,
        moving.phase,
        moving.version
    )
    .fetch_one(&mut **tx)
    .await?;
    let (field, key) = match done.as_str() {
        "done" => {
            let event = Event::on("plan_city.moved", "plan_city", moving.id.0)
                .in_territory(place)
                .with(serde_json::json!({
                    "city": slug, "move": moving.made.code(), "day": moving.day, "decision": moving.decision,
                }));
            audit::record(tx, event).await?;
            return Ok(Outcome::Done);
        }
        "again" => return Ok(Outcome::Done),
        "decision" => ("decision", "plan-move-decision"),
        "reason" => ("move_why", "error-required"),
        "early" => ("moved_on", "plan-move-early"),
        "court" => ("city_move", "plan-move-court"),
        "steps" => ("city_move", "plan-move-steps"),
        "closed" => ("city_move", "plan-move-closed"),
        _ => ("city_move", "plan-stale"),
    };
    Ok(Outcome::Refused(field, Msg::new(key)))
}

/// What proves a step.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    pub letter: Option<RowId>,
    pub decision: Option<String>,
    /// One that was published.
    pub meeting: Option<String>,
    /// One of the team's own.
    pub team_meeting: Option<RowId>,
}

/// A word about a step about to be written.
#[derive(Debug)]
pub(super) struct NewWord {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    pub step: String,
    pub state: StepState,
    pub day: NaiveDate,
    pub evidence: Evidence,
    pub note: Option<String>,
    /// The last word that its author saw.
    pub seen: Option<RowId>,
}

/// Writes it, under the lock of the city.
pub(super) async fn say(
    tx: &mut Tx,
    (slug, place): (&str, TerritoryId),
    word: &NewWord,
) -> Result<Outcome, AppError> {
    let evidence = &word.evidence;
    let done = sqlx::query_scalar!(
        r#"select plan.record_step($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as "done!""#,
        word.id.0,
        slug,
        word.step,
        word.state.code(),
        word.day,
        evidence.letter.map(|id| id.0),
        evidence.decision,
        evidence.meeting,
        evidence.team_meeting.map(|id| id.0),
        word.note,
        word.seen.map(|id| id.0)
    )
    .fetch_one(&mut **tx)
    .await?;
    let (field, key) = match done.as_str() {
        "done" => {
            let event = Event::on("plan_step.recorded", "plan_step", word.id.0)
                .in_territory(place)
                .with(serde_json::json!({
                    "city": slug, "step": word.step, "standing": word.state.code(), "day": word.day,
                    "letter": evidence.letter, "decision": evidence.decision, "meeting": evidence.meeting,
                }));
            audit::record(tx, event).await?;
            return Ok(Outcome::Done);
        }
        "again" => return Ok(Outcome::Done),
        "closed" => ("step_state", "plan-step-closed"),
        "waive" => ("step_state", "error-choice"),
        "proof" => ("proof", "error-choice"),
        _ => ("step_state", "plan-stale"),
    };
    Ok(Outcome::Refused(field, Msg::new(key)))
}

/// What is stated of a candidate.
#[derive(Debug)]
pub(super) struct Statement {
    /// Of these answers: sent twice, it is the same.
    pub id: RowId,
    pub criterion: String,
    pub answer: &'static str,
    pub day: NaiveDate,
    pub source: String,
}

/// Writes it.
pub(super) async fn state(
    tx: &mut Tx,
    (slug, place): (&str, TerritoryId),
    new: &Statement,
) -> Result<(), AppError> {
    let is_new = sqlx::query_scalar!(
        r#"select plan.state_readiness($1, $2, $3, $4, $5, $6) as "new!""#,
        new.id.0,
        slug,
        new.criterion,
        new.answer,
        new.day,
        new.source
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_new {
        let event = Event::on("plan_readiness.recorded", "plan_city", new.id.0)
            .in_territory(place)
            .with(serde_json::json!({
                "city": slug, "criterion": new.criterion, "standing": new.answer, "day": new.day,
            }));
        audit::record(tx, event).await?;
    }
    Ok(())
}
