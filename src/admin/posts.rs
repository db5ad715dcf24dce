//! Giving a post, and ending one.

use super::{
    db, form,
    user::{UserPath, draw},
};
use crate::{
    audit::{self, Event},
    authz::{Fresh, Require, can},
    error::{AppError, violates},
    forms::Form,
    i18n::Msg,
    ids::{AssignmentId, UserId},
    routes::Routes,
    web::see,
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/users/{id}/posts", rejection(AppError))]
struct PostsPath {
    id: UserId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/users/{id}/posts/{post}/end", rejection(AppError))]
struct EndPath {
    id: UserId,
    post: AssignmentId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(give).post(end)
}

/// Refuses one's own account before the database does.
pub(super) fn not_mine(card: &db::Card) -> Result<(), AppError> {
    if card.is_me {
        return Err(AppError::Conflict(Msg::new("admin-not-oneself")));
    }
    Ok(())
}

async fn give(
    path: PostsPath,
    me: Require<can::UserManage, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    not_mine(&db::card(&mut tx, path.id).await?)?;
    let Some(new) = form::post(&mut form, me.ui.catalogue(), me.ui.today()) else {
        drop(tx);
        return draw(path.id, &me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match db::give_post(&mut tx, path.id, &new).await {
        Ok(()) => {}
        // pressed twice
        Err(error) if violates(&error, "role_assignment_pkey") => {
            return Ok(see(&UserPath { id: path.id }));
        }
        Err(error) if violates(&error, "role_assignment_once") => {
            drop(tx);
            form.fail("role", Msg::new("admin-post-twice"));
            return draw(path.id, &me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(error) => return Err(error.into()),
    }
    let fields = serde_json::json!({
        "assignment": new.id, "role": new.role.code(), "territory": new.territory, "court": new.court,
        "organisation": new.organisation, "since": new.since, "until": new.until,
    });
    let event = Event::on("post.given", "user", path.id.0).with(fields);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&UserPath { id: path.id }))
}

async fn end(path: EndPath, me: Require<can::UserManage>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    not_mine(&db::card(&mut tx, path.id).await?)?;
    let ended = sqlx::query_scalar!(
        r#"select sec.end_post($1, $2) as "ended!""#,
        path.id.0,
        path.post.0
    )
    .fetch_one(&mut *tx)
    .await?;
    // pressed twice: it has ended already
    if ended {
        let fields = serde_json::json!({ "assignment": path.post });
        let event = Event::on("post.ended", "user", path.id.0).with(fields);
        audit::record(&mut tx, event).await?;
    }
    tx.commit().await?;
    Ok(see(&UserPath { id: path.id }))
}
