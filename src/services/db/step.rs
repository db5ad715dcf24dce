//! Making a step: the one way in which an act moves.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{DisclosureId, RowId, ServiceId},
    services::domain::{ServiceMove, Side, Step},
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, NaiveDate, Utc};

/// A step to make.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// The move.
    pub step: Step,
    /// The day it speaks of.
    pub on: Option<NaiveDate>,
    /// Code of `ref.service_reason`.
    pub reason: Option<String>,
    /// Code of `ref.service_outcome`.
    pub outcome: Option<String>,
    /// In the words of who makes it.
    pub words: Option<String>,
}

/// The act that is moved, by whom, from which version.
#[derive(Debug, Clone, Copy)]
pub struct Mover {
    /// Id of the form: pressed twice, it moves once.
    pub form: RowId,
    /// The act.
    pub service: ServiceId,
    /// The request, if one was sent.
    pub request: Option<DisclosureId>,
    /// The version that was on the page.
    pub version: i32,
    /// Whose side.
    pub side: Side,
}

/// Makes the steps of one answer, each with its audit row. Whoever was slower is told (409).
pub async fn make(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    mover: Mover,
    steps: &[NewStep],
) -> Result<(), AppError> {
    if is_made(tx, actor, mover).await? {
        return Ok(());
    }
    for (seq, new) in (mover.version..).zip(steps) {
        let id = if seq == mover.version {
            mover.form.0
        } else {
            RowId::new(now).0
        };
        write(tx, actor, now, (mover, id, seq), new).await?;
        audit::record(tx, event(actor, mover, new)).await?;
    }
    Ok(())
}

/// Whether this form was sent before.
pub async fn is_made(tx: &mut Tx, actor: &Actor, mover: Mover) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.service_step
                          where id = $1 and service_id = $2 and (territory_id = $3 or disclosure_id = $5) and by_user = $4) as "made!""#,
        mover.form.0,
        mover.service.0,
        actor.territory().0,
        actor.user.0,
        mover.request.map(|id| id.0)
    )
    .fetch_one(&mut **tx)
    .await?)
}

async fn write(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (mover, id, seq): (Mover, uuid::Uuid, i32),
    new: &NewStep,
) -> Result<(), AppError> {
    let words = new.words.as_deref();
    let (note, report) = match (mover.side, mover.request) {
        (Side::Provider, Some(request)) => {
            let holder = Holder::disclosure(request);
            let report = tx.seal(holder, Field::STEP_REPORT, id, words).await?;
            (None, report)
        }
        (Side::Provider, None) => return Err(AppError::NotFound),
        (Side::Cell, _) => {
            let holder = Holder::service(mover.service);
            (tx.seal(holder, Field::STEP_NOTE, id, words).await?, None)
        }
    };
    if let Some(note) = note {
        sqlx::query!(
            "insert into app.service_note (id, service_id, territory_id, text_enc) values ($1, $2, $3, $4)",
            id,
            mover.service.0,
            actor.territory().0,
            note as SealedText
        )
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query!(
        "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, closes, on_day, reason, outcome,
                                       disclosure_id, report_enc, by_user, role, at)
         -- a provider goes on answering when the file has moved to another city
         values ($1, $2, coalesce((select d.territory_id from app.disclosure d where d.id = $11), $3), $4, $5, $6, $7, $8, $9, $10,
                 $11, $12, $13, $14, $15)",
        id,
        mover.service.0,
        actor.territory().0,
        seq,
        new.step.from().code(),
        new.step.to().code(),
        new.step.made() == ServiceMove::CloseLoop,
        new.on,
        new.reason.as_deref(),
        new.outcome.as_deref(),
        mover.request.map(|id| id.0),
        report as Option<SealedText>,
        actor.user.0,
        actor.role.code(),
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "service_step_once") {
            AppError::Conflict(Msg::new("service-moved-meanwhile"))
        } else if violates(&error, "service_fork") {
            AppError::Conflict(Msg::new("mother-decided-meanwhile"))
        } else {
            error.into()
        }
    })?;
    Ok(())
}

fn event(actor: &Actor, mover: Mover, new: &NewStep) -> Event {
    let fields = serde_json::json!({
        "from": new.step.from().code(), "to": new.step.to().code(), "reason": new.reason, "outcome": new.outcome,
        "closed": new.step.made() == ServiceMove::CloseLoop,
    });
    let event = match (mover.side, mover.request) {
        (Side::Provider, Some(request)) => Event::on("request.answered", "disclosure", request.0),
        _ => Event::on("service.moved", "service", mover.service.0),
    };
    event.in_territory(actor.territory()).with(fields)
}
