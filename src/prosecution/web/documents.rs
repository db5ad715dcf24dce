//! A document that went with a file, on its way to the court or to the cell: looked at, written down, then sent.

use crate::{
    audit::{self, Event},
    authz::{Require, can},
    documents::{sent, verified},
    error::AppError,
    i18n::Msg,
    ids::{AttachmentId, JudicialFileId},
    prosecution::db::material,
    reference::List,
    state::AppState,
};
use axum::{extract::State, http::HeaderMap, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/documents/{document}", rejection(AppError))]
pub(super) struct DocumentPath {
    id: JudicialFileId,
    document: AttachmentId,
}

/// Kept as a file, under the name of its kind: its title may name somebody whom the dossier does not.
pub(super) async fn download(
    path: DocumentPath,
    me: Require<can::ProsecutionRead>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (stored, territory) = material::sent(&mut tx, path.id, path.document).await?;
    let whole = match verified(tx.vault(), &state, &headers, &stored).await? {
        Ok(whole) => whole,
        Err(fault) => {
            let event = Event::on("document.unreadable", "document", path.document.0);
            let fields = serde_json::json!({ "judicial_file": path.id, "fault": fault.code() });
            audit::record(&mut tx, event.in_territory(territory).with(fields)).await?;
            tx.commit().await?;
            return Err(AppError::Conflict(Msg::new(fault.key())));
        }
    };
    let event = Event::on("document.opened", "document", path.document.0);
    let fields = serde_json::json!({ "judicial_file": path.id, "as": "download", "clinical": stored.is_clinical });
    audit::record(&mut tx, event.in_territory(territory).with(fields)).await?;
    tx.commit().await?;
    let words = me.ui.label(List::DocumentKind, &stored.kind);
    sent(&state, whole, &stored, false, &words).await
}
