//! What is written of plans: drafts, versions submitted and answered, actions closed. The scope stands in each.

use super::{Plan, event};
use crate::{
    audit::{self, Event},
    authz::Actor,
    care_plans::domain::{Goal, number},
    cases::Head,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    vault::{Field, Holder, SealedText},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Writes a draft: a new version, or over what the form was shown with.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    (id, version): (RowId, i32),
    draft: &str,
) -> Result<(), AppError> {
    let text = tx
        .seal(Holder::case(head.id), Field::PLAN_DRAFT, id.0, Some(draft))
        .await?;
    let done = sqlx::query!(
        "insert into app.care_plan as p (id, case_id, territory_id, episode_id, seq, state, draft_enc, author, drawn_up_at)
         select $1::uuid, $2::uuid, $3::smallint, $4::uuid, coalesce(max(x.seq), 0) + 1, 'draft', $5::bytea, $6::uuid, $7::timestamptz
         from app.care_plan x where x.episode_id = $4 and x.territory_id = $3
         on conflict (id) do update set draft_enc = excluded.draft_enc, version = p.version + 1
             where p.state = 'draft' and p.version = $8 and p.case_id = $2 and p.territory_id = $3",
        id.0,
        head.id.0,
        actor.territory().0,
        head.episode.0,
        text as Option<SealedText>,
        actor.user.0,
        now,
        version
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "care_plan_one_at_work") || violates(&error, "care_plan_seq") {
            AppError::Conflict(Msg::new("care-plan-other-draft"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    audit::record(tx, event("care_plan.saved", actor, head, id)).await
}

/// Submits a draft that was just saved: its rows, and who is to answer until when. `known` are the numbers of the
/// version in force.
pub async fn submit(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    now: DateTime<Utc>,
    head: &Head,
    id: RowId,
    (goals, known): (&[Goal], &[i16]),
) -> Result<(), AppError> {
    let last = sqlx::query_scalar!(
        r#"select coalesce(max(a.number), 0::smallint) as "last!" from app.plan_action a join app.care_plan p on p.id = a.plan_id
           where p.episode_id = $1 and p.territory_id = $2"#,
        head.episode.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    for ((nth, goal), numbers) in (1..).zip(goals).zip(number(goals, known, last)) {
        write_goal(tx, actor, now, head, id, (nth, goal, &numbers)).await?;
    }
    let due = now + ui.catalogue().term("plan_answer").unwrap_or_default();
    sqlx::query!(
        "update app.care_plan set state = 'submitted', draft_enc = null, submitted_at = $3, answer_due_at = $4,
                version = version + 1 where id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        now,
        due
    )
    .execute(&mut **tx)
    .await?;
    audit::record(tx, event("care_plan.submitted", actor, head, id)).await
}

async fn write_goal(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    plan: RowId,
    (nth, goal, numbers): (i16, &Goal, &[i16]),
) -> Result<(), AppError> {
    let (id, holder) = (RowId::new(now).0, Holder::case(head.id));
    let text = tx
        .seal(holder, Field::GOAL_TEXT, id, Some(&goal.text))
        .await?;
    sqlx::query!(
        "insert into app.plan_goal (id, plan_id, case_id, territory_id, nth, domain, text_enc)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        plan.0,
        head.id.0,
        actor.territory().0,
        nth,
        goal.domain,
        text as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    for (action, number) in goal.actions.iter().zip(numbers) {
        let row = RowId::new(now).0;
        let text = serde_json::to_string(&action.text).map_err(AppError::internal)?;
        let text = tx
            .seal(holder, Field::ACTION_TEXT, row, Some(&text))
            .await?;
        sqlx::query!(
            "insert into app.plan_action (id, goal_id, plan_id, case_id, territory_id, number, text_enc, provider, due_on, occasion)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            row,
            id,
            plan.0,
            head.id.0,
            actor.territory().0,
            number,
            text as Option<SealedText>,
            action.provider,
            action.due_on,
            action.occasion
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Approves a submitted version, in place of the one in force; or returns it. Of two who answer at once, the second
/// is told.
pub async fn answer(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    now: DateTime<Utc>,
    head: &Head,
    plan: &Plan,
    (is_approved, comments): (bool, Option<&str>),
) -> Result<(), AppError> {
    let comments = tx
        .seal(
            Holder::case(head.id),
            Field::PLAN_ANSWER,
            plan.id.0,
            comments,
        )
        .await?;
    if is_approved {
        sqlx::query!(
            "update app.care_plan set state = 'superseded', version = version + 1
             where episode_id = $1 and territory_id = $2 and state = 'approved'",
            head.episode.0,
            actor.territory().0
        )
        .execute(&mut **tx)
        .await?;
    }
    let review = now + ui.catalogue().term("plan_review").unwrap_or_default();
    let answered = sqlx::query!(
        "update app.care_plan set state = $4, answered_by = $5, answered_at = $6, answer_enc = $7, review_due_at = $8,
                version = version + 1
         where id = $1 and territory_id = $2 and version = $3 and state = 'submitted'",
        plan.id.0,
        actor.territory().0,
        plan.version,
        if is_approved { "approved" } else { "returned" },
        actor.user.0,
        now,
        comments as Option<SealedText>,
        is_approved.then_some(review)
    )
    .execute(&mut **tx)
    .await?;
    if answered.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("care-plan-answered")));
    }
    let action = if is_approved {
        "care_plan.approved"
    } else {
        "care_plan.returned"
    };
    audit::record(tx, event(action, actor, head, plan.id)).await
}

/// Says that an action is done or dropped; `false`: it was already.
pub async fn close_action(
    tx: &mut Tx,
    actor: &Actor,
    head: &Head,
    id: RowId,
    (state, on, why): (&str, NaiveDate, Option<&str>),
) -> Result<bool, AppError> {
    let why = tx
        .seal(Holder::case(head.id), Field::ACTION_REASON, id.0, why)
        .await?;
    let done = sqlx::query!(
        "update app.plan_action set state = $4, closed_on = $5, closed_by = $6, why_enc = $7
         where id = $1 and case_id = $2 and territory_id = $3 and state = 'open'",
        id.0,
        head.id.0,
        actor.territory().0,
        state,
        on,
        actor.user.0,
        why as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("care_plan.action_closed", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "action": id, "state": state }));
    audit::record(tx, event).await?;
    Ok(done.rows_affected() > 0)
}
