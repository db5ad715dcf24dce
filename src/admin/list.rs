//! The list of users, and a new one.

use super::{db, form, user::UserPath};
use crate::{
    audit::{self, Event},
    authz::{Fresh, Require, can},
    error::{AppError, violates},
    forms::{Form, Line},
    i18n::Msg,
    ids::UserId,
    policy::Role,
    routes::Routes,
    web::{Ui, ok, refused, role_key, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin")]
struct AdminPath;

/// A search is a POST: a name does not belong into an address.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/search")]
struct SearchPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/users/new")]
struct NewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/users")]
struct UsersPath;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(list)
        .post(search)
        .get(new)
        .post(create)
}

#[derive(Template)]
#[template(path = "admin/list.html")]
struct ListPage {
    ui: Ui,
    form: Form,
    rows: Vec<db::User>,
    counts: db::Counts,
    is_active: bool,
    next: Option<i32>,
}

impl ListPage {
    fn posts(&self, user: &db::User) -> Vec<String> {
        let roles = user.posts.iter().filter_map(|code| Role::from_code(code));
        let mut words: Vec<String> = roles.map(|role| self.ui.t(role_key(role))).collect();
        words.dedup();
        words
    }
}

async fn list(
    _: AdminPath,
    me: Require<can::UserManage>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let is_active = asked.text("filter") != "ended";
    let skip = asked.text("skip").parse().unwrap_or(0).clamp(0, 1_000_000);
    let mut tx = me.begin().await?;
    let mut rows = db::users(&mut tx, "", is_active, skip).await?;
    let counts = db::counts(&mut tx).await?;
    tx.commit().await?;
    let next = form::cut(&mut rows, skip);
    ok(&ListPage {
        ui: me.ui,
        form: Form::new(),
        rows,
        counts,
        is_active,
        next,
    })
}

async fn search(
    _: SearchPath,
    me: Require<can::UserManage>,
    mut form: Form,
) -> Result<Response, AppError> {
    let is_active = form.text("filter") != "ended";
    let words = form.required("q", Line::parse);
    let mut tx = me.begin().await?;
    let mut rows = match &words {
        Some(words) => db::users(&mut tx, &words.as_str().to_lowercase(), is_active, 0).await?,
        None => Vec::new(),
    };
    let counts = db::counts(&mut tx).await?;
    tx.commit().await?;
    form::cut(&mut rows, 0);
    let page = ListPage {
        ui: me.ui,
        form,
        rows,
        counts,
        is_active,
        next: None,
    };
    if words.is_some() {
        ok(&page)
    } else {
        refused(&page)
    }
}

#[derive(Template)]
#[template(path = "admin/new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
}

async fn new(_: NewPath, me: Require<can::UserManage, Fresh>) -> Result<Response, AppError> {
    let form = Form::new().with("id", UserId::new(me.clock.now()).to_string());
    ok(&NewPage { ui: me.ui, form })
}

async fn create(
    _: UsersPath,
    me: Require<can::UserManage, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let Some(new) = form::user(&mut form) else {
        return refused(&NewPage { ui: me.ui, form });
    };
    let mut tx = me.begin().await?;
    match db::add_user(&mut tx, &new).await {
        Ok(()) => {}
        // pressed twice: the first one made it
        Err(error) if violates(&error, "app_user_pkey") => {
            return Ok(see(&UserPath { id: new.id }));
        }
        Err(error) if violates(&error, "app_user_username_key") => {
            form.fail("username", Msg::new("admin-username-taken"));
            return refused(&NewPage { ui: me.ui, form });
        }
        Err(error) => return Err(error.into()),
    }
    audit::record(&mut tx, Event::on("user.created", "user", new.id.0)).await?;
    tx.commit().await?;
    Ok(see(&UserPath { id: new.id }))
}
