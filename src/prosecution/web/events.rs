//! What happened at the court, entered on the page of its file.

use super::{
    file::{FilePage, FilePath, Returned},
    view::Party,
};
use crate::{
    authz::{Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    ids::JudicialFileId,
    prosecution::{
        db::{custody, file::FileRow},
        follow_up::{self, Panel, Refusal},
    },
    web::{refused, see},
};
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/events", rejection(AppError))]
pub(super) struct EventsPath {
    id: JudicialFileId,
}

/// A hearing, a measure of the juvenile judge, a judgment, an appeal, the end.
pub(super) async fn record(
    path: EventsPath,
    me: Require<can::DecisionRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    let event = follow_up::read(&mut form, &me.ui, &file);
    if event.is_none() && form.is_valid() {
        return Err(AppError::BadRequest);
    }
    if let Some(event) = event {
        let now = me.clock.now();
        match follow_up::record(&mut tx, &me.actor, now, &file, &event).await {
            Err(Refusal::Field(field, msg)) => form.fail(field, msg),
            Err(Refusal::Other(error)) => return Err(error),
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&FilePath { id: path.id }));
            }
        }
    }
    let returned = Some(Returned::Event(form));
    refused(&FilePage::load(&mut tx, &me, path.id, returned).await?)
}

/// The panel of a file, with the names of its parties.
pub(super) async fn panel<G: Grant>(
    tx: &mut Tx,
    me: &Require<G>,
    file: &FileRow,
    (children, adults): (&[Party], &[Party]),
    returned: Option<Form>,
) -> Result<Panel, AppError> {
    let named = |parties: &[Party]| {
        let name = |party: &Party| (party.person, party.name.clone());
        parties.iter().map(name).collect::<Vec<_>>()
    };
    let people = (named(children), named(adults));
    Panel::load(tx, me, file, people, returned).await
}
