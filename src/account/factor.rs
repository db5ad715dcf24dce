//! One's own second factor: enrolling it, new backup codes, giving it up. Each needs a fresh confirmation, so
//! that nobody does it on a screen that was left open.

use super::{Own, codes_page, own};
use crate::{
    auth::session::{Token, strict_roles},
    authz::{Fresh, Require, can},
    error::AppError,
    factor::{self, Setup},
    forms::Form,
    i18n::Msg,
    routes::Routes,
    state::AppState,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::{extract::CookieJar, routing::TypedPath};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/second-factor")]
struct FactorPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/second-factor/codes")]
struct CodesPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/second-factor/remove")]
struct RemovePath;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(enrol)
        .post(renew)
        .post(remove)
}

#[derive(Template)]
#[template(path = "account/factor.html")]
struct FactorPage {
    ui: Ui,
    form: Form,
    own: Own,
    setup: Option<Setup>,
    is_required: bool,
}

type Me = Require<can::AccountKeep, Fresh>;

async fn page_of(me: &Me, state: &AppState, form: Form) -> Result<FactorPage, AppError> {
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    let setup = factor::setup(&mut tx).await?;
    tx.commit().await?;
    Ok(FactorPage {
        ui: me.ui.clone(),
        form,
        own,
        setup,
        is_required: state.config.require_second_factor && me.actor.role.needs_second_factor(),
    })
}

async fn show(_: FactorPath, me: Me, State(state): State<AppState>) -> Result<Response, AppError> {
    ok(&page_of(&me, &state, Form::new()).await?)
}

async fn enrol(
    _: FactorPath,
    me: Me,
    State(state): State<AppState>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    if form.has("begin", "1") {
        let mut tx = me.begin_account().await?;
        factor::begin(&mut tx, me.actor.user).await?;
        tx.commit().await?;
        return Ok(see(&FactorPath));
    }
    let code = form.required("code", |code| Ok(code.to_owned()));
    form.forget(|field| field == "code");
    if let Some(code) = code {
        let token = Token::random();
        let now = me.clock.now();
        let mut tx = me.begin_account().await?;
        let codes = factor::finish(&mut tx, &code, now, token.sha256()).await?;
        tx.commit().await?;
        if let Some(codes) = codes {
            let answer = codes_page(me.ui, codes)?;
            return Ok((jar.add(token.cookie(&state.config)), answer).into_response());
        }
        form.fail("code", Msg::new("factor-wrong"));
    }
    refused(&page_of(&me, &state, form).await?)
}

async fn renew(_: CodesPath, me: Me) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    if !own(&mut tx).await?.has_factor() {
        return Ok(see(&FactorPath));
    }
    let codes = factor::renew(&mut tx).await?;
    tx.commit().await?;
    codes_page(me.ui, codes)
}

async fn remove(
    _: RemovePath,
    me: Me,
    State(state): State<AppState>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    let mut tx = me.begin_account().await?;
    if own(&mut tx).await?.factor_since.is_none() {
        return Ok(see(&FactorPath));
    }
    let token = Token::random();
    let is_required = sqlx::query_scalar!(
        r#"select sec.remove_factor($1, $2) as "is_required!""#,
        token.sha256(),
        &strict_roles(&state.config)
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    let jar = jar.add(token.cookie(&state.config));
    // from `/` the session goes on to enrolling another
    let to = if is_required {
        "/"
    } else {
        "/account?done=factor"
    };
    Ok((jar, see(&to)).into_response())
}
