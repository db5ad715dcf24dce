//! What the cell tells in the place of an institution that has no account.

use super::request::{PlacementPath, draw};
use crate::{
    authz::{Require, can},
    cases,
    error::AppError,
    forms::Form,
    ids::{CaseId, RowId},
    routes::Routes,
    shelter::{
        db::{self, Moved},
        form,
    },
    web::see,
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/shelter/{hold}/told", rejection(AppError))]
struct ToldPath {
    id: CaseId,
    hold: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(tell)
}

async fn tell(
    path: ToldPath,
    me: Require<can::BedRequest>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let place = (path.id, path.hold);
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let standing = db::locked(&mut tx, &me.actor, place).await?;
    let stands = (standing.state, standing.state_since);
    let first_day = standing.admitted_on;
    let Some((step, act)) = form::act(&mut form, &me.ui, stands, first_day) else {
        drop(tx);
        return draw(path.id, me, (form, None), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let moved = db::tell(&mut tx, &me.actor, now, place, (step, &act)).await?;
    if let Moved::No(why) = moved {
        drop(tx);
        form.fail("move", why);
        return draw(path.id, me, (form, None), StatusCode::CONFLICT).await;
    }
    tx.commit().await?;
    Ok(see(&PlacementPath { id: path.id }))
}
