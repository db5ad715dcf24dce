//! Keeping a draft, and throwing it away.

use super::{DraftOf, db};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::RowId,
    routes::Routes,
    web::{json, see},
};
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/drafts/of/{form}/{subject}", rejection(AppError))]
struct KeepPath {
    form: String,
    subject: Uuid,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/drafts/{id}/drop", rejection(AppError))]
struct DropPath {
    id: RowId,
}

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().post(keep).post(drop_draft)
}

/// Keeps what is typed, right or wrong. A script is told in words for its line; a button leads back to the form.
async fn keep(
    path: KeepPath,
    me: Require<can::DraftKeep>,
    form: Form,
) -> Result<Response, AppError> {
    let of = DraftOf::from_code(&path.form)
        .filter(|of| me.actor.may(of.permission()))
        .ok_or(AppError::NotFound)?;
    // two contacts begun on one page would be one: the id of the form is what it will be saved under
    if of == DraftOf::Contact && form.text("id").parse() != Ok(path.subject) {
        return Err(AppError::BadRequest);
    }
    let is_script = form.sent("auto");
    let rev = form.text("draft_rev").parse().unwrap_or(0);
    let mut tx = me.begin().await?;
    let text = form.to_unsent();
    let subject = (of, path.subject);
    let kept = db::keep(&mut tx, &me.actor, me.clock.now(), subject, (rev, &text)).await;
    match kept {
        Ok((id, rev)) => {
            tx.commit().await?;
            if is_script {
                let said = me
                    .ui
                    .t1("draft-kept-at", "time", me.ui.time(me.clock.now()));
                return Ok(json(&serde_json::json!({ "rev": rev, "said": said })));
            }
            Ok(see(&format!("{}?draft={id}", of.path(path.subject))))
        }
        // no fault of the page: a status of refusal would stand as an error in its console
        Err(AppError::Conflict(msg)) if is_script => {
            let said = me.ui.msg(&msg);
            Ok(json(&serde_json::json!({ "stop": true, "said": said })))
        }
        Err(error) => Err(error),
    }
}

async fn drop_draft(path: DropPath, me: Require<can::DraftKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (of, subject) = db::subject_of(&mut tx, &me.actor, path.id).await?;
    // the address names the draft; that it is about a protected file asks as any page of that file does
    me.ask_about(&mut tx, &[subject]).await?;
    db::drop_one(&mut tx, &me.actor, path.id, (of, subject)).await?;
    tx.commit().await?;
    Ok(see(&of.path(subject)))
}
