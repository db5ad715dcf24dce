//! Step-up: who asks for something grave shows once more who they are, and goes on with what they were doing.
//!
//! A page that was asked for is asked for again. A form that was sent arrives here with its fields (307 keeps
//! the method and the body), waits in hidden fields, and is sent on with them. The fields of the confirmation
//! itself begin with `confirm_`; no other handler sees them ([`Form`]).

use super::{Own, own};
use crate::{
    auth::session::Token,
    authz::{Require, can},
    error::AppError,
    factor::Given,
    forms::Form,
    i18n::Msg,
    passkeys::{Fields, Offer, Shown},
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
    /// And for a passkey, where there is one.
    offer: Option<Offer>,
}

const FIELDS: Fields = Fields {
    code: "confirm_code",
    passkey: "confirm_passkey",
};

/// Passkeys are offered to who has one.
fn offer(state: &AppState, own: &Own) -> Option<Offer> {
    (own.passkeys > 0).then(|| state.passkeys.offer().clone())
}

impl ConfirmPage {
    /// The fields of the form that waits.
    fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.form.pairs();
        pairs.filter(|(field, _)| !field.starts_with("confirm_"))
    }
}

/// What somebody shows to confirm who they are.
enum Proof {
    Factor(Shown),
    Password(String),
}

impl Proof {
    fn fail(&self, form: &mut Form, msg: impl FnOnce(&'static str) -> Msg) {
        match self {
            Self::Factor(shown) => FIELDS.fail(form, shown, msg),
            Self::Password(_) => form.fail(PASSWORD, msg("password-old-wrong")),
        }
    }
}

const PASSWORD: &str = "confirm_password";

/// Reads it, and forgets it: it is not shown back.
fn read(form: &mut Form, has_factor: bool) -> Option<Proof> {
    if has_factor {
        return FIELDS.read(form).map(Proof::Factor);
    }
    let typed = form.text(PASSWORD).to_owned();
    let is_typed = form.required(PASSWORD, |_| Ok(())).is_some();
    form.forget(|field| field == PASSWORD);
    is_typed.then_some(Proof::Password(typed))
}

/// Where to go on.
fn next_in(query: Option<String>) -> String {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    local_path(asked.text("next"))
}

async fn show(
    _: ConfirmPath,
    me: Require<can::AccountKeep>,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    tx.commit().await?;
    ok(&ConfirmPage {
        ui: me.ui,
        form: Form::new().with("confirm_next", next_in(query)),
        has_factor: own.has_factor(),
        offer: offer(&state, &own),
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
    let has_factor = own.has_factor();
    let offer = offer(&state, &own);
    let page_of = |form| ConfirmPage {
        ui: me.ui.clone(),
        form,
        has_factor,
        offer: offer.clone(),
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
    let Some(shown) = read(&mut form, has_factor) else {
        return refused(&page_of(form));
    };
    let (account, now) = (me.actor.user.to_string(), me.clock.now());
    if let Err(seconds) = state.gate.begin(&account, Place::SecondFactor, now) {
        shown.fail(&mut form, |_| Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &page_of(form))?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let token = Token::random();
    let right = match &shown {
        Proof::Factor(shown) => {
            let mut tx = me.begin_account().await?;
            let passkeys = &state.passkeys;
            let given = shown.give(&mut tx, passkeys, now, token.sha256()).await?;
            tx.commit().await?;
            given == Given::Right
        }
        Proof::Password(password) => {
            let derived = state.gate.derive(password.clone(), own.salt).await?;
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
        }
    };
    if !right {
        shown.fail(&mut form, Msg::new);
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
