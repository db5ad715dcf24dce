//! A file moves on: one state to the next, with its reason and its history.

use super::{
    domain::{Move, Refusal, Step, due},
    facts,
    file::{CasePath, draw, writable},
    head::Head,
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    policy::Actor,
    reference::List,
    routes::Routes,
    vault::{Field, Holder, SealedText},
    web::{Ui, see},
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Its next state.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/state", rejection(AppError))]
pub struct StatePath {
    /// Which.
    pub id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(advance)
}

async fn advance(
    path: StatePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = writable(&mut tx, &me.actor, path.id).await?;
    let facts = facts::of(&mut tx, &me.actor, path.id).await?;
    let made = form.required("move", |code| {
        Move::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let reason = if made.is_some_and(Move::closes) {
        form.required("closure_reason", |code| {
            me.ui
                .catalogue()
                .parse(List::ClosureReason, code, me.ui.today())
        })
    } else if made.is_some_and(Move::needs_words) {
        form.required("reason", Paragraph::parse)
            .map(Paragraph::into_string)
    } else {
        None
    };
    let closing = made.is_some_and(Move::closes);
    let facts = match reason.as_deref().filter(|_| closing) {
        Some(reason) => facts::closing(&mut tx, &me.actor, &head, facts, reason).await?,
        None => facts,
    };
    let standing = head.standing(me.actor.user);
    let step = made.map(|made| standing.step(made, me.actor.role, facts));
    if let Some(Err(refusal)) = &step {
        form.fail("move", say(refusal));
    }
    let (true, Some(Ok(step))) = (form.is_valid(), step) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    transition(
        &mut tx,
        &me.actor,
        &me.ui,
        now,
        (&head, step),
        reason.as_deref(),
    )
    .await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

/// Why a move is not made, in words; what is lacking stands beside it on the page, with where to mend it.
fn say(refusal: &Refusal) -> Msg {
    Msg::new(match refusal {
        Refusal::NotFromHere | Refusal::NotYours => "case-move-refused",
        Refusal::FourEyes => "case-move-four-eyes",
        Refusal::Lacking(_) => "case-move-lacking",
    })
}

/// Moves the episode under its optimistic lock, with its history row and its audit row.
pub async fn transition(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    (head, step): (&Head, Step),
    reason: Option<&str>,
) -> Result<(), AppError> {
    let to = step.to();
    let closing = reason.filter(|_| step.made().closes());
    let asking = step.made() == Move::AskClosure;
    let moved = sqlx::query!(
        "update app.case_episode
         set state = $4, state_since = $5, due_at = $6, version = version + 1,
             closed_at = $8, closure_reason = $7, closed_by = $9,
             closure_asked_by = case when $10 then $11 when $4 = 'closed' then closure_asked_by end,
             closure_asked_from = case when $10 then $12 when $4 = 'closed' then closure_asked_from end
         where id = $1 and territory_id = $2 and version = $3",
        head.episode.0,
        actor.territory().0,
        head.version,
        to.code(),
        now,
        due(
            now,
            ui.catalogue()
                .target_hours(actor.territory(), to.code(), &head.risk)
        ),
        closing,
        closing.map(|_| now),
        closing.map(|_| actor.user.0),
        asking,
        actor.user.0,
        step.from().code()
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if moved == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    let id = RowId::new(now).0;
    let words = reason.filter(|_| closing.is_none());
    let words = tx
        .seal(Holder::case(head.id), Field::TRANSITION_REASON, id, words)
        .await?;
    sqlx::query!(
        "insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, reason_enc, closure_reason, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        head.episode.0,
        head.id.0,
        actor.territory().0,
        step.from().code(),
        to.code(),
        actor.user.0,
        actor.role.code(),
        words as Option<SealedText>,
        closing,
        now
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("case.moved", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": step.from().code(), "to": to.code() }));
    audit::record(tx, event).await
}
