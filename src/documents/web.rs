//! The documents of a file, and adding one.

use super::{
    answer, bytes, clinical, db,
    domain::{Document, NewDocument, Shelf},
    form,
    inspect::{Inspected, MAX_BYTES},
    upload::Upload,
};
use crate::{
    authz::{Grant, Require, Role, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AttachmentId, CaseId},
    reference::List,
    routes::Routes,
    state::AppState,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The documents of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/documents", rejection(AppError))]
pub struct DocumentsPath {
    pub(super) id: CaseId,
}

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(list)
        .upload(add)
        .merge(answer::routes())
        .merge(clinical::routes())
}

#[derive(Template)]
#[template(path = "documents/list.html")]
struct ListPage {
    ui: Ui,
    shelf: Shelf,
    form: Form,
    /// The form was sent, and this is what became of it.
    is_added: bool,
    /// The file is protected, and the reader must confirm before its documents are listed again.
    is_masked: bool,
    /// The clinical one whose title is shown.
    revealed: Option<AttachmentId>,
}

/// What became of the act before the page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    /// A document was added.
    pub is_added: bool,
    /// The title of a clinical one was asked for.
    pub revealed: Option<AttachmentId>,
}

impl ListPage {
    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::DocumentKind)
    }

    fn kind(&self, document: &Document) -> String {
        self.ui.label(List::DocumentKind, &document.kind)
    }

    /// A clinical one whose title is not shown.
    fn is_closed(&self, document: &Document) -> bool {
        document.is_clinical && self.revealed != Some(document.id)
    }

    /// What it is called, else what kind it is.
    fn words(&self, document: &Document) -> String {
        let title = document.title.as_ref();
        title
            .filter(|_| !self.is_closed(document))
            .map_or_else(|| self.kind(document), |title| self.ui.plain(title))
    }

    fn is_supervisor(&self) -> bool {
        let me = self.ui.actor();
        me.is_some_and(|me| me.role == Role::Supervisor)
    }

    fn size(&self, bytes: &i32) -> String {
        let kib = (i64::from(*bytes) + 1023) / 1024;
        if kib < 1024 {
            self.ui.n("document-size-kb", kib)
        } else {
            self.ui.n("document-size-mb", (kib + 512) / 1024)
        }
    }

    fn max(&self) -> String {
        self.ui.n("document-size-mb", MAX_BYTES / 1024 / 1024)
    }
}

async fn list(
    path: DocumentsPath,
    me: Require<can::DocumentRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let shown = Shown {
        is_added: asked.sent("added"),
        ..Shown::default()
    };
    draw(path.id, me, Form::new(), shown).await
}

/// The page, with a form as it was left; a blank one gets an id.
pub(super) async fn draw<G: Grant>(
    case: CaseId,
    me: Require<G>,
    mut form: Form,
    shown: Shown,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut shelf = db::shelf(&mut tx, &me.actor, case).await?;
    // the form as it was left, and nothing else: its body could not be sent through the confirmation
    let is_masked = me.must_confirm(&mut tx, &[case.0]).await?;
    if is_masked {
        shelf.documents.clear();
    } else if let Some(id) = shown.revealed {
        let found = shelf.documents.iter().find(|one| one.id == id);
        if found.ok_or(AppError::NotFound)?.is_clinical {
            db::revealed(&mut tx, &me.actor, case, id).await?;
        }
    }
    tx.commit().await?;
    let status = if form.is_valid() {
        form.set("id", AttachmentId::new(me.clock.now()).to_string());
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page(
        status,
        &ListPage {
            ui: me.ui,
            shelf,
            form,
            is_added: shown.is_added,
            revealed: shown.revealed,
            is_masked,
        },
    )
}

async fn add(
    path: DocumentsPath,
    me: Require<can::DocumentAdd>,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, AppError> {
    let Upload {
        mut form,
        file,
        share: _share,
    } = upload;
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let brought = db::may_add(&mut tx, &me.actor, path.id, now).await?;
    let cares = db::cares(&mut tx, path.id).await?;
    tx.commit().await?;
    let words = (me.ui.catalogue(), me.ui.today());
    let new = form::document(&mut form, file, words, path.id).await?;
    let Some((new, inspected)) = new else {
        return draw(path.id, me, form, Shown::default()).await;
    };
    if new.is_clinical && !cares {
        form.fail("document_kind", Msg::new("document-clinical-not-yours"));
        return draw(path.id, me, form, Shown::default()).await;
    }
    if brought + u64::from(new.received_size.unsigned_abs()) > state.config.upload_quota {
        let limit = state.config.upload_quota / 1024 / 1024;
        form.fail(
            "file",
            Msg::new("document-quota").with("max", limit.to_string()),
        );
        return draw(path.id, me, form, Shown::default()).await;
    }
    keep(&me, &state, &new, inspected).await?;
    Ok(see(&format!("{path}?added=1#list")))
}

/// Seals it, writes it, then its row: what commits has its bytes on the disk. The same one sent twice is kept
/// once.
async fn keep(
    me: &Require<can::DocumentAdd>,
    state: &AppState,
    new: &NewDocument,
    inspected: Inspected,
) -> Result<(), AppError> {
    let now = me.clock.now();
    let _turn = bytes::turn().await?;
    let mut tx = me.begin().await?;
    // once more: reading the file took its time
    db::may_add(&mut tx, &me.actor, new.case, now).await?;
    if let Some(is_same) = db::is_kept(&mut tx, &me.actor, new).await? {
        tx.commit().await?;
        return once(is_same);
    }
    let blob = bytes::put(&mut tx, state, new.id, &inspected.bytes).await?;
    if db::keep(&mut tx, &me.actor, now, new, (blob, &inspected)).await? {
        return tx.commit().await;
    }
    // a second press of the button came in between: these bytes are nobody's
    let is_same = db::is_kept(&mut tx, &me.actor, new).await?;
    tx.commit().await?;
    bytes::take_back(state, blob).await;
    once(is_same.unwrap_or(false))
}

fn once(is_same: bool) -> Result<(), AppError> {
    if is_same {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("document-sent-before")))
    }
}
