//! Changing one's own password. Every other session ends with the old one.

use super::{Own, own};
use crate::{
    auth::{new_password, session::Token},
    authz::{Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    passwords::{self, Place},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::{extract::CookieJar, routing::TypedPath};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/password")]
struct PasswordPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(change)
}

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    ui: Ui,
    form: Form,
    min: usize,
}

fn page_of(ui: Ui, form: Form) -> PasswordPage {
    PasswordPage {
        ui,
        form,
        min: passwords::MIN,
    }
}

async fn show(_: PasswordPath, me: Require<can::AccountKeep>) -> Result<Response, AppError> {
    ok(&page_of(me.ui, Form::new()))
}

async fn change(
    _: PasswordPath,
    me: Require<can::AccountKeep>,
    State(state): State<AppState>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    tx.commit().await?;
    let old = form.text("password").to_owned();
    let is_typed = form.required("password", |_| Ok(())).is_some();
    let new = new_password(&mut form, &words_of(&own));
    form.forget(|field| field == "password");
    let (true, Some(new)) = (is_typed, new) else {
        return refused(&page_of(me.ui, form));
    };
    let (account, now) = (me.actor.user.to_string(), me.clock.now());
    if let Err(seconds) = state.gate.begin(&account, Place::SecondFactor, now) {
        form.fail("password", Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &page_of(me.ui, form))?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let old = state.gate.derive(old, own.salt).await?;
    let salt = passwords::new_salt();
    let derived = state.gate.derive(new, salt.clone()).await?;
    let token = Token::random();
    let mut tx = me.begin_account().await?;
    let done = sqlx::query_scalar!(
        r#"select sec.change_password($1, $2, $3, $4) as "done!""#,
        old.as_slice(),
        salt,
        derived.as_slice(),
        token.sha256()
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    if !done {
        form.fail("password", Msg::new("password-old-wrong"));
        return refused(&page_of(me.ui, form));
    }
    state.gate.passed(&account, Place::SecondFactor);
    let jar = jar.add(token.cookie(&state.config));
    Ok((jar, see(&"/account?done=password")).into_response())
}

/// What others know of them, and so must not be the password.
fn words_of(own: &Own) -> [&str; 3] {
    [&own.username, &own.name_ar, &own.name_la]
}
