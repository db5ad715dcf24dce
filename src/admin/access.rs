//! Letting in and shutting out: active or not, a one-time code, a lost second factor.

use super::{db, posts::not_mine, user::UserPath};
use crate::{
    audit::{self, Event},
    authz::{Fresh, Require, can},
    error::AppError,
    factor::Code,
    forms::Form,
    i18n::Msg,
    ids::{RowId, UserId},
    routes::Routes,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

macro_rules! paths {
    ($($name:ident $path:literal),+ $(,)?) => {$(
        #[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        struct $name {
            id: UserId,
        }
    )+};
}
paths! {
    EndPath "/admin/users/{id}/end",
    RestorePath "/admin/users/{id}/restore",
    CodePath "/admin/users/{id}/code",
    AskPath "/admin/users/{id}/factor",
    LiftPath "/admin/users/{id}/factor/confirm",
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .post(end)
        .post(restore)
        .post(code)
        .post(ask)
        .post(lift)
}

/// Needs no fresh confirmation: shutting somebody out must not wait.
async fn end(path: EndPath, me: Require<can::UserManage>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    not_mine(&db::card(&mut tx, path.id).await?)?;
    if switch(&mut tx, path.id, false).await? {
        audit::record(&mut tx, Event::on("user.ended", "user", path.id.0)).await?;
    }
    tx.commit().await?;
    Ok(see(&UserPath { id: path.id }))
}

async fn restore(
    path: RestorePath,
    me: Require<can::UserManage, Fresh>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    not_mine(&db::card(&mut tx, path.id).await?)?;
    if switch(&mut tx, path.id, true).await? {
        audit::record(&mut tx, Event::on("user.restored", "user", path.id.0)).await?;
    }
    tx.commit().await?;
    Ok(see(&UserPath { id: path.id }))
}

/// Whether that changed anything.
async fn switch(tx: &mut crate::db::Tx, id: UserId, is_active: bool) -> Result<bool, AppError> {
    let changed = sqlx::query_scalar!(
        r#"select sec.switch_user($1, $2) as "changed!""#,
        id.0,
        is_active
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(changed)
}

#[derive(Template)]
#[template(path = "admin/code.html")]
struct CodePage {
    ui: Ui,
    id: UserId,
    card: db::Card,
    code: Code,
    until: DateTime<Utc>,
}

/// The code stands on the page of this answer and nowhere else.
async fn code(path: CodePath, me: Require<can::UserManage, Fresh>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let card = db::card(&mut tx, path.id).await?;
    not_mine(&card)?;
    if !card.active {
        return Err(AppError::Conflict(Msg::new("admin-code-inactive")));
    }
    let code = Code::one_time();
    let until = sqlx::query_scalar!(
        r#"select sec.issue_code($1, $2, $3) as "until!""#,
        RowId::new(me.clock.now()).0,
        path.id.0,
        code.as_bytes()
    )
    .fetch_one(&mut *tx)
    .await?;
    audit::record(&mut tx, Event::on("code.issued", "user", path.id.0)).await?;
    tx.commit().await?;
    ok(&CodePage {
        ui: me.ui,
        id: path.id,
        card,
        code,
        until,
    })
}

async fn ask(path: AskPath, me: Require<can::UserManage, Fresh>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    not_mine(&db::card(&mut tx, path.id).await?)?;
    let asked = sqlx::query_scalar!(
        r#"select sec.ask_lift($1, $2) as "asked!""#,
        RowId::new(me.clock.now()).0,
        path.id.0
    )
    .fetch_one(&mut *tx)
    .await?;
    if asked {
        audit::record(&mut tx, Event::on("factor.lift_asked", "user", path.id.0)).await?;
    }
    tx.commit().await?;
    Ok(see(&UserPath { id: path.id }))
}

/// The second of two people; the database refuses the first, and the owner.
async fn lift(
    path: LiftPath,
    me: Require<can::AccessReview, Fresh>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let card = db::card(&mut tx, path.id).await?;
    not_mine(&card)?;
    let Ok(id) = form.text("lift").parse::<RowId>() else {
        return Err(AppError::Conflict(Msg::new("admin-lift-gone")));
    };
    if card.lift_id == Some(id) && card.lift_is_mine == Some(true) {
        return Err(AppError::Conflict(Msg::new("admin-lift-two")));
    }
    let lifted = sqlx::query_scalar!(
        r#"select sec.confirm_lift($1, $2) as "lifted!""#,
        path.id.0,
        id.0
    )
    .fetch_one(&mut *tx)
    .await?;
    if !lifted {
        return Err(AppError::Conflict(Msg::new("admin-lift-gone")));
    }
    audit::record(&mut tx, Event::on("factor.lifted", "user", path.id.0)).await?;
    tx.commit().await?;
    Ok(see(&UserPath { id: path.id }))
}
