//! Somebody of the team is away, and a colleague stands in until a day: as a supervisor writes it down.

use super::{
    absence::{self, NewAbsence},
    team::{TeamPath, draw},
};
use crate::{
    authz::{Require, can},
    cases,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{RowId, UserId},
    routes::Routes,
    state::AppState,
    web::see,
};
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team/away")]
struct AwayPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team/stand-in")]
struct StandInPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team/back")]
struct BackPath;

pub(super) fn routes() -> Routes {
    Routes::default().post(leave).post(stand_in).post(come_back)
}

fn key(text: &str) -> Result<UserId, Msg> {
    text.parse().map_err(|_| Msg::new("error-choice"))
}

async fn leave(
    _: AwayPath,
    me: Require<can::TeamRead>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let (now, today) = (me.clock.now(), me.ui.today());
    let mut tx = me.begin().await?;
    let team = cases::colleagues(&mut tx).await?;
    let absent = form.required("absent", |id| absence::colleague(id, &team, None));
    let colleague = form.required("colleague", |id| absence::colleague(id, &team, absent));
    let until = form.required("until", |text| absence::day(text, (today, "away-past")));
    let (Some(absent), Some(colleague), Some(until)) = (absent, colleague, until) else {
        drop(tx);
        return draw(me, &state, form, (absent, StatusCode::UNPROCESSABLE_ENTITY)).await;
    };
    let new = NewAbsence {
        id: RowId::new(now),
        absent,
        colleague: Some(colleague),
        since: today,
        until,
    };
    if let Err(refusal) = absence::add(&mut tx, &me.actor, now, new).await? {
        drop(tx);
        // somebody was quicker, or said it themselves; the first day is today, and no field of this form
        let (field, status) = match refusal {
            absence::Refusal::Overlaps => ("until", StatusCode::CONFLICT),
            other => (other.field(), StatusCode::UNPROCESSABLE_ENTITY),
        };
        form.fail(field, refusal.msg());
        return draw(me, &state, form, (Some(absent), status)).await;
    }
    tx.commit().await?;
    Ok(see(&TeamPath))
}

/// Somebody left it to the supervisors who stands in.
async fn stand_in(
    _: StandInPath,
    me: Require<can::TeamRead>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let id = absence_of(&form)?;
    let mut tx = me.begin().await?;
    let team = cases::colleagues(&mut tx).await?;
    let absent = form.required("absent", key);
    let colleague = form.required("colleague", |id| absence::colleague(id, &team, absent));
    let named = match colleague {
        Some(colleague) if form.is_valid() => {
            absence::name(&mut tx, &me.actor, id, colleague).await?
        }
        _ => {
            drop(tx);
            return draw(me, &state, form, (absent, StatusCode::UNPROCESSABLE_ENTITY)).await;
        }
    };
    if let Err(refusal) = named {
        drop(tx);
        form.fail(refusal.field(), refusal.msg());
        return draw(me, &state, form, (absent, StatusCode::UNPROCESSABLE_ENTITY)).await;
    }
    tx.commit().await?;
    Ok(see(&TeamPath))
}

fn absence_of(form: &Form) -> Result<RowId, AppError> {
    form.text("absence")
        .parse()
        .map_err(|_| AppError::BadRequest)
}

async fn come_back(
    _: BackPath,
    me: Require<can::TeamRead>,
    form: Form,
) -> Result<Response, AppError> {
    let id = absence_of(&form)?;
    let mut tx = me.begin().await?;
    absence::end(&mut tx, &me.actor, me.clock.now(), (id, None)).await?;
    tx.commit().await?;
    Ok(see(&TeamPath))
}
