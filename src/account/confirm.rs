//! Step-up: who asks for something grave shows once more who they are, and goes on with what they were doing.
//!
//! A page that was asked for is asked for again. A form that was sent arrives here with its fields (307 keeps
//! the method and the body), waits in hidden fields, and is sent on with them. The fields of the confirmation
//! itself begin with `confirm_`; no other handler sees them ([`Form`]).

use super::own;
use crate::{
    auth::session::Token,
    authz::{Require, can},
    error::AppError,
    factor::{self, Given},
    forms::Form,
    i18n::Msg,
    passwords::Place,
    routes::Routes,
    state::AppState,
    web::{Ui, local_path, ok, page, refused, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::{extract::CookieJar, routing::TypedPath};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/confirm")]
struct ConfirmPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(confirm)
}

#[derive(Template)]
#[template(path = "account/confirm.html")]
struct ConfirmPage {
    ui: Ui,
    form: Form,
    /// Asked for a code; else for the password.
    has_factor: bool,
}

impl ConfirmPage {
    /// The fields of the form that waits.
    fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.form.pairs();
        pairs.filter(|(field, _)| !field.starts_with("confirm_"))
    }
}

/// Where to go on.
fn next_in(query: Option<String>) -> String {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    local_path(asked.text("next"))
}

async fn show(
    _: ConfirmPath,
    me: Require<can::AccountKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    tx.commit().await?;
    ok(&ConfirmPage {
        ui: me.ui,
        form: Form::new().with("confirm_next", next_in(query)),
        has_factor: own.factor_since.is_some(),
    })
}

async fn confirm(
    _: ConfirmPath,
    me: Require<can::AccountKeep>,
    State(state): State<AppState>,
    (RawQuery(query), jar): (RawQuery, CookieJar),
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    tx.commit().await?;
    let has_factor = own.factor_since.is_some();
    let page_of = |form| ConfirmPage {
        ui: me.ui.clone(),
        form,
        has_factor,
    };
    if !form.sent("confirm_sent") {
        // a form came along from elsewhere
        form.forget(|field| field.starts_with("confirm_"));
        let next = next_in(query);
        if next.is_empty() {
            return Err(AppError::BadRequest);
        }
        form.set("confirm_next", next);
        form.set("confirm_form", "1");
        return ok(&page_of(form));
    }
    let field = if has_factor {
        "confirm_code"
    } else {
        "confirm_password"
    };
    let typed = form.text(field).to_owned();
    let is_typed = form.required(field, |_| Ok(())).is_some();
    form.forget(|one| one == field);
    if !is_typed {
        return refused(&page_of(form));
    }
    let (account, now) = (me.actor.user.to_string(), me.clock.now());
    if let Some(seconds) = state.gate.wait(&account, Place::SecondFactor, now) {
        form.fail(field, Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &page_of(form))?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let token = Token::random();
    let right = if has_factor {
        let mut tx = me.begin_account().await?;
        let given = factor::give(&mut tx, &typed, now, token.sha256()).await?;
        tx.commit().await?;
        given == Given::Right
    } else {
        let derived = state.gate.derive(typed, own.salt).await?;
        let mut tx = me.begin_account().await?;
        let right = sqlx::query_scalar!(
            r#"select sec.pass_password($1, $2) as "right!""#,
            derived.as_slice(),
            token.sha256()
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        right
    };
    if !right {
        state.gate.failed(&account, Place::SecondFactor, now);
        let key = if has_factor {
            "factor-wrong"
        } else {
            "password-old-wrong"
        };
        form.fail(field, Msg::new(key));
        return refused(&page_of(form));
    }
    state.gate.passed(&account, Place::SecondFactor);
    let jar = jar.add(token.cookie(&state.config));
    let next = match local_path(form.text("confirm_next")) {
        path if path.is_empty() => "/account".to_owned(),
        path => path,
    };
    Ok(if form.sent("confirm_form") {
        let onward = [(header::LOCATION, next)];
        (StatusCode::TEMPORARY_REDIRECT, jar, onward).into_response()
    } else {
        (jar, see(&next)).into_response()
    })
}
