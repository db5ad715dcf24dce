//! A scan on its way to a reader: verified, written down, then sent.

use super::{About, db};
use crate::{
    audit::{self, Event},
    authz::{Grant, Require, can},
    documents,
    error::AppError,
    i18n::Msg,
    ids::AttachmentId,
    routes::Routes,
    state::AppState,
};
use axum::{extract::State, http::HeaderMap, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The scan of a letter or of a decision.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/documents/{id}", rejection(AppError))]
struct DocumentPath {
    id: AttachmentId,
}

/// A letter of designation, or minutes.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/papers/{id}", rejection(AppError))]
struct PaperPath {
    id: AttachmentId,
}

pub(in crate::plan) fn routes() -> Routes {
    Routes::default().get(document).get(paper)
}

async fn document(
    path: DocumentPath,
    me: Require<can::PlanLetters>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    open(&me, &state, &headers, (path.id, true)).await
}

async fn paper(
    path: PaperPath,
    me: Require<can::CityTeamRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    open(&me, &state, &headers, (path.id, false)).await
}

/// In the browser where it shows such a thing, else as a file.
async fn open<G: Grant>(
    me: &Require<G>,
    state: &AppState,
    headers: &HeaderMap,
    (id, of_register): (AttachmentId, bool),
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let db::Found { stored, about } = db::found(&mut tx, id, of_register).await?;
    let whole = match documents::verified(tx.vault(), state, headers, &stored).await? {
        Ok(whole) => whole,
        Err(fault) => {
            db::set_fault(&mut tx, id, Some(fault)).await?;
            let fields = serde_json::json!({ "fault": fault.code() });
            audit::record(&mut tx, about.unreadable(id).with(fields)).await?;
            tx.commit().await?;
            return Err(AppError::Conflict(Msg::new(fault.key())));
        }
    };
    // bytes that are whole again are said to be
    if stored.fault.is_some() {
        db::set_fault(&mut tx, id, None).await?;
    }
    audit::record(&mut tx, about.fetched(id)).await?;
    tx.commit().await?;
    let words = me.ui.t(about.key());
    documents::sent(state, whole, &stored, stored.media.is_viewable(), &words).await
}

impl About {
    /// The row of the trail that says that somebody took it, written before the first byte leaves.
    fn fetched(self, id: AttachmentId) -> Event {
        match self {
            Self::Register => Event::on("plan_document.fetched", "plan_document", id.0),
            _ => self.placed(Event::on("plan_paper.fetched", "document", id.0)),
        }
    }

    /// The one that says that its bytes are gone, or not those that were written.
    fn unreadable(self, id: AttachmentId) -> Event {
        match self {
            Self::Register => Event::on("plan_document.unreadable", "plan_document", id.0),
            _ => self.placed(Event::on("plan_paper.unreadable", "document", id.0)),
        }
    }

    /// Its name, as the file is called that a browser saves.
    const fn key(self) -> &'static str {
        match self {
            Self::Register => "plan-document",
            Self::Designation(..) => "team-letter",
            Self::Meeting(..) => "meeting-minutes",
        }
    }
}
