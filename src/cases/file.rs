//! The page of one file, and the short card that a colleague sees before giving a reason.

use super::{
    access, entry, facts,
    head::{self, Head},
    history, moves, notes,
    page::FilePage,
    print,
    story::Story,
    timeline,
};
use crate::{
    authz::{Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, RowId},
    policy::Actor,
    prosecution::CasePanel,
    reference::List,
    routes::Routes,
    web::{Ui, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// One file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}", rejection(AppError))]
pub struct CasePath {
    /// Which.
    pub id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .merge(moves::routes())
        .merge(notes::routes())
        .merge(history::routes())
        .merge(print::routes())
        .merge(access::routes())
}

/// What a colleague sees before giving a reason.
#[derive(Template)]
#[template(path = "cases/card.html")]
struct CardPage {
    ui: Ui,
    head: Head,
    form: Form,
}

impl CardPage {
    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::OpenReason)
    }
}

async fn show(path: CasePath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

/// The page of a file, with a refused form as it was left. Opening is written down before the answer.
pub(super) async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = head::find(&mut tx, &me.actor, id).await?;
    if !head.openable {
        tx.commit().await?;
        return page(
            status,
            &CardPage {
                ui: me.ui,
                head,
                form,
            },
        );
    }
    let asked = entry::Asked::newest();
    let files = head.story_files();
    let entries = timeline::of_files(&mut tx, &me.actor, &files, asked).await?;
    let judicial = CasePanel::load(&mut tx, &me.actor, id).await?;
    let (mut facts, situation) = facts::open(&mut tx, &me.actor, &me.ui, &head).await?;
    if form.sent("closure_reason") {
        // a closing was refused: what it lacks is said of its own reason
        let reason = form.text("closure_reason");
        facts = facts::closing(&mut tx, &me.actor, &head, facts, reason).await?;
    }
    tx.commit().await?;
    let note = form.text("note_id").parse();
    page(
        status,
        &FilePage {
            story: Story::of(&me.actor, &head, None, entries),
            note: note.unwrap_or_else(|_| RowId::new(me.clock.now())),
            ui: me.ui,
            head,
            facts,
            situation,
            judicial,
            form,
        },
    )
}

/// A file whose content the reader may change; a short card is as good as absent.
pub async fn writable(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Head, AppError> {
    let head = openable(tx, actor, id).await?;
    if head.in_emergency {
        Err(AppError::Forbidden)
    } else if head.void {
        Err(AppError::Conflict(Msg::new("case-is-void")))
    } else {
        Ok(head)
    }
}

/// A file whose content the reader may read.
pub(super) async fn openable(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Head, AppError> {
    let head = head::find(tx, actor, id).await?;
    if head.openable {
        Ok(head)
    } else {
        Err(AppError::NotFound)
    }
}
