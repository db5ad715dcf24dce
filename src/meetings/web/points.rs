//! Something agreed on is done, or is not after all: said by who is to do it, wherever they read of it.

use super::one::MeetingPath;
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::RowId,
    meetings::db,
    routes::Routes,
    web::see,
};
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/points/{id}", rejection(AppError))]
struct PointPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(close)
}

async fn close(
    path: PointPath,
    me: Require<can::MeetingRead>,
    form: Form,
) -> Result<Response, AppError> {
    let is_done = match form.text("done") {
        "yes" => true,
        "no" => false,
        _ => return Err(AppError::BadRequest),
    };
    if !form.is_valid() {
        return Err(AppError::BadRequest);
    }
    let mut tx = me.begin_register().await?;
    let meeting = db::close(&mut tx, &me.actor, me.clock.now(), (path.id, is_done)).await?;
    tx.commit().await?;
    // back to where it was read
    Ok(match form.text("from") {
        "today" => see(&"/today"),
        "list" => see(&super::list::MeetingsPath),
        _ => see(&format!("{}#points", MeetingPath { id: meeting })),
    })
}
