//! Documents of a clinical kind (schema D7): for those who care for the child, their titles shown by an act that is
//! written down. Whoever cares marks one; a supervisor alone takes the mark off.

use super::{
    db,
    web::{DocumentsPath, Shown, draw},
};
use crate::{
    authz::{Require, Role, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AttachmentId, CaseId},
    routes::Routes,
    web::see,
};
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/documents/{document}/reveal", rejection(AppError))]
struct RevealPath {
    id: CaseId,
    document: AttachmentId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/documents/{document}/clinical", rejection(AppError))]
struct MarkPath {
    id: CaseId,
    document: AttachmentId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(reveal).post(mark)
}

async fn reveal(path: RevealPath, me: Require<can::DocumentRead>) -> Result<Response, AppError> {
    let shown = Shown {
        revealed: Some(path.document),
        ..Shown::default()
    };
    draw(path.id, me, Form::new(), shown).await
}

async fn mark(
    path: MarkPath,
    me: Require<can::DocumentAdd>,
    mut form: Form,
) -> Result<Response, AppError> {
    let is_clinical = form.required("clinical", |text| match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    });
    let Some(is_clinical) = is_clinical else {
        return draw(path.id, me, form, Shown::default()).await;
    };
    let mut tx = me.begin().await?;
    if !db::lies_in(&mut tx, &me.actor, path.id, path.document).await? {
        return Err(AppError::NotFound);
    }
    if !db::cares(&mut tx, path.id).await? || (!is_clinical && me.actor.role != Role::Supervisor) {
        return Err(AppError::Forbidden);
    }
    db::mark(
        &mut tx,
        &me.actor,
        me.clock.now(),
        path.id,
        (path.document, is_clinical),
    )
    .await?;
    tx.commit().await?;
    Ok(see(&DocumentsPath { id: path.id }))
}
