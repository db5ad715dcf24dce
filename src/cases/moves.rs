//! A file moves on: one state to the next, with its reason and its history.

use super::{
    domain::{EpisodeState, due},
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
    let to = form.required("to", |code| {
        EpisodeState::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let closes = to == Some(EpisodeState::Closed);
    let reason = if closes {
        form.required("closure_reason", |code| {
            me.ui
                .catalogue()
                .parse(List::ClosureReason, code, me.ui.today())
        })
    } else {
        form.optional("reason", Paragraph::parse)
            .map(Paragraph::into_string)
    };
    let moved = to.map(|to| head.state.advance(to, me.actor.role, head.known()));
    if let Some(Err(msg)) = &moved {
        form.fail("to", msg.clone());
    }
    let (true, Some(Ok(to))) = (form.is_valid(), moved) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    transition(
        &mut tx,
        &me.actor,
        &me.ui,
        now,
        &head,
        to,
        reason.as_deref(),
    )
    .await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

/// Moves the episode under its optimistic lock, with its history row and its audit row.
async fn transition(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    head: &Head,
    to: EpisodeState,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let closing = (to == EpisodeState::Closed).then_some(reason).flatten();
    let moved = sqlx::query!(
        "update app.case_episode
         set state = $4, state_since = $5, due_at = $6, version = version + 1, closed_at = $8, closure_reason = $7
         where id = $1 and territory_id = $2 and version = $3",
        head.episode.0,
        actor.territory().0,
        head.version,
        to.code(),
        now,
        due(now, ui.catalogue().target_hours(to.code(), &head.risk)),
        closing,
        closing.map(|_| now)
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
        head.state.code(),
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
        .with(serde_json::json!({ "from": head.state.code(), "to": to.code() }));
    audit::record(tx, event).await
}
