//! The cell's word, where an institution has no account: the child came, left, ran away, went.

use super::desk::{Moved, lock, moved};
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, RowId},
    shelter::{
        domain::{BedState, BedStep, HELD_FOR},
        form::Act,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// Where the place of a child stands, locked until the transaction ends.
#[derive(Debug)]
pub struct Standing {
    /// Where.
    pub state: BedState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// First day.
    pub admitted_on: Option<NaiveDate>,
}

/// Locks the places, ends what ran out there, and reads.
pub async fn locked(
    tx: &mut Tx,
    actor: &Actor,
    (case, id): (CaseId, RowId),
) -> Result<Standing, AppError> {
    lock(tx, id).await?;
    let row = sqlx::query!(
        "select state, state_since, admitted_on from app.bed_hold where id = $1 and case_id = $2 and territory_id = $3",
        id.0,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Standing {
        state: BedState::from_code(&row.state)
            .ok_or_else(|| AppError::internal("unknown state of a bed"))?,
        state_since: row.state_since,
        admitted_on: row.admitted_on,
    })
}

/// Moves it on in the place of the institution. That it has no account is asked by the database
/// (`bed_hold_told_by_desk`), which also writes down that the cell told it.
pub async fn tell(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (case, id): (CaseId, RowId),
    (step, act): (BedStep, &Act),
) -> Result<Moved, AppError> {
    let done = sqlx::query!(
        "update app.bed_hold h
         set state = $5, state_since = $6, moved_by = $7, refusal = $8,
             admitted_on = case when $5 = 'admitted' then coalesce(h.admitted_on, $9) else h.admitted_on end,
             moved_on = case when h.admitted_on is not null then $9 else h.moved_on end,
             ended_on = case when $5 = 'discharged' then $9::date end,
             destination = $10,
             until = case when $5 = 'held' then $11 else h.until end, version = h.version + 1
         where h.id = $1 and h.case_id = $2 and h.territory_id = $3 and h.version = $4 and h.state = $12",
        id.0,
        case.0,
        actor.territory().0,
        act.version,
        step.to().code(),
        now,
        actor.user.0,
        act.refusal.as_deref(),
        act.day,
        act.destination.as_deref(),
        now + HELD_FOR,
        step.from().code()
    )
    .execute(&mut **tx)
    .await;
    let outcome = moved(done, "shelter-full")?;
    if outcome == Moved::Done {
        let event = Event::on("bed.moved", "case", case.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({
                "hold": id, "from": step.from().code(), "to": step.to().code(), "refusal": act.refusal, "by_cell": true,
            }));
        audit::record(tx, event).await?;
    }
    Ok(outcome)
}
