//! A plan in force that was looked at and stays as it is. The scope stands in each.

use super::{Plan, event};
use crate::{
    audit,
    authz::Actor,
    cases::Head,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// A review as it is shown.
#[derive(Debug)]
pub struct ShownReview {
    /// Which.
    pub id: RowId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who looked at it, in Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
    /// What the child says of the plan.
    pub view: Option<Reading>,
    /// Or code of `ref.view_absence`: why the child was not heard.
    pub why_not: Option<String>,
    /// Why nothing changes.
    pub note: Option<Reading>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ReviewRow {
    id: Uuid,
    view: Option<SealedText>,
    why_not: Option<String>,
    note: SealedText,
    at: DateTime<Utc>,
    name_ar: String,
    name_la: String,
}

impl ReviewRow {
    pub(super) fn open(self, tx: &mut Tx, holder: Holder, key: Option<&WrappedKey>) -> ShownReview {
        let view = (Field::PLAN_REVIEW_VIEW, self.id);
        let note = (Field::PLAN_REVIEW_NOTE, self.id);
        ShownReview {
            id: RowId(self.id),
            view: tx.open(holder, key, view, self.view.as_ref()),
            note: tx.open(holder, key, note, Some(&self.note)),
            at: self.at,
            name_ar: self.name_ar,
            name_la: self.name_la,
            why_not: self.why_not,
        }
    }
}

/// What is said of a plan that stays as it is.
#[derive(Debug)]
pub struct NewReview {
    /// Made of the form and its answers.
    pub id: RowId,
    /// What the child says of it.
    pub view: Option<String>,
    /// Or why the child was not heard.
    pub why_not: Option<String>,
    /// Why nothing changes.
    pub note: String,
}

/// How long until a plan is looked at again: the higher the risk, the sooner.
fn interval(ui: &Ui, risk: &str) -> TimeDelta {
    let term = |code: &str| ui.catalogue().term(code);
    term(&format!("plan_review_{risk}"))
        .or_else(|| term("plan_review"))
        .unwrap_or_default()
}

/// Writes a review down; the same form again writes nothing. What is owed moves to the next day by a trigger.
pub async fn review(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    now: DateTime<Utc>,
    (head, plan): (&Head, &Plan),
    new: &NewReview,
) -> Result<(), AppError> {
    let holder = Holder::case(head.id);
    let view = tx
        .seal(
            holder,
            Field::PLAN_REVIEW_VIEW,
            new.id.0,
            new.view.as_deref(),
        )
        .await?;
    let note = tx
        .seal(holder, Field::PLAN_REVIEW_NOTE, new.id.0, Some(&new.note))
        .await?;
    let next = now + interval(ui, &head.risk);
    let done = sqlx::query!(
        "insert into app.plan_review (id, plan_id, case_id, territory_id, view_enc, why_not, note_enc, reviewed_by, reviewed_at, next_due_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
        new.id.0,
        plan.id.0,
        head.id.0,
        actor.territory().0,
        view as Option<SealedText>,
        new.why_not,
        note as Option<SealedText>,
        actor.user.0,
        now,
        next
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "plan_review_in_force") {
            AppError::Conflict(Msg::new("care-plan-review-over"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() > 0 {
        audit::record(tx, event("care_plan.reviewed", actor, head, plan.id)).await?;
    }
    Ok(())
}
