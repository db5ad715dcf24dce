//! A letter or minutes on its way to a reader: verified, written down, then sent.

use crate::{
    authz::{Require, can},
    documents,
    error::AppError,
    i18n::Msg,
    ids::AttachmentId,
    routes::Routes,
    state::AppState,
    teams::paper,
};
use axum::{extract::State, http::HeaderMap, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/papers/{id}", rejection(AppError))]
struct PaperPath {
    id: AttachmentId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// In the browser where it shows such a thing, else as a file.
async fn show(
    path: PaperPath,
    me: Require<can::CityTeamRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let found = paper::found(&mut tx, path.id).await?;
    let whole = match documents::verified(tx.vault(), &state, &headers, &found.stored).await? {
        Ok(whole) => whole,
        Err(fault) => {
            paper::unreadable(&mut tx, &found, fault).await?;
            tx.commit().await?;
            return Err(AppError::Conflict(Msg::new(fault.key())));
        }
    };
    paper::taken(&mut tx, &found).await?;
    tx.commit().await?;
    let words = me.ui.t(if found.is_letter {
        "team-letter"
    } else {
        "meeting-minutes"
    });
    let inline = found.stored.media.is_viewable();
    documents::sent(&state, whole, &found.stored, inline, &words).await
}
