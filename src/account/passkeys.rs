//! One's own passkeys: adding one under a name, seeing when each was used, removing one. Each needs a fresh
//! confirmation, as with any other factor.

use super::{codes_page, own};
use crate::{
    auth::session::{Token, strict_roles},
    authz::{Fresh, Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    passkeys::{self, Added, New, Offer, OwnPasskey},
    routes::Routes,
    state::AppState,
    web::{Ui, json, ok, refused, see},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::{extract::CookieJar, routing::TypedPath};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/passkeys")]
struct PasskeysPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/passkeys/options")]
struct OptionsPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/passkeys/{id}/remove", rejection(AppError))]
struct RemovePath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/account/confirm/options")]
struct ConfirmOptionsPath;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(add)
        .post(options)
        .post(remove)
        .post(confirm_options)
}

type Me = Require<can::AccountKeep, Fresh>;

#[derive(Template)]
#[template(path = "account/passkeys.html")]
struct PasskeysPage {
    ui: Ui,
    form: Form,
    offer: Offer,
    passkeys: Vec<OwnPasskey>,
    has_app: bool,
    is_required: bool,
}

async fn page_of(me: &Me, state: &AppState, form: Form) -> Result<PasskeysPage, AppError> {
    let mut tx = me.begin_account().await?;
    let own = own(&mut tx).await?;
    let passkeys = passkeys::own(&mut tx).await?;
    tx.commit().await?;
    Ok(PasskeysPage {
        ui: me.ui.clone(),
        form,
        offer: state.passkeys.offer().clone(),
        passkeys,
        has_app: own.factor_since.is_some(),
        is_required: state.config.require_second_factor && me.actor.role.needs_second_factor(),
    })
}

async fn show(
    _: PasskeysPath,
    me: Me,
    State(state): State<AppState>,
) -> Result<Response, AppError> {
    ok(&page_of(&me, &state, Form::new()).await?)
}

async fn options(
    _: OptionsPath,
    me: Me,
    State(state): State<AppState>,
) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let mut tx = me.begin_account().await?;
    let options = passkeys::ask_new(&mut tx, site, me.actor.user.0).await?;
    tx.commit().await?;
    Ok(json(&options))
}

async fn add(
    _: PasskeysPath,
    me: Me,
    State(state): State<AppState>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let name = form.required("name", passkeys::name);
    let new = form.required("passkey", New::parse);
    form.forget(|field| field == "passkey");
    let (Some(name), Some(new)) = (name, new) else {
        return refused(&page_of(&me, &state, form).await?);
    };
    let token = Token::random();
    let (user, now) = (me.actor.user.0, me.clock.now());
    let mut tx = me.begin_account().await?;
    let added = passkeys::add(&mut tx, site, (user, &new, &name), now, token.sha256()).await?;
    tx.commit().await?;
    let jar = jar.add(token.cookie(&state.config));
    match added {
        Added::Refused => {
            form.fail("passkey", Msg::new("passkey-not-added"));
            refused(&page_of(&me, &state, form).await?)
        }
        Added::Kept(codes) if codes.is_empty() => {
            Ok((jar, see(&"/account?done=passkey")).into_response())
        }
        Added::Kept(codes) => Ok((jar, codes_page(me.ui, codes)?).into_response()),
    }
}

/// One that is gone already is none of one's own any more: nothing to do, nothing to say.
async fn remove(
    path: RemovePath,
    me: Me,
    State(state): State<AppState>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    let token = Token::random();
    let mut tx = me.begin_account().await?;
    let strict = strict_roles(&state.config);
    let is_removed = passkeys::remove(&mut tx, path.id, token.sha256(), &strict).await?;
    tx.commit().await?;
    if !is_removed {
        return Ok(see(&PasskeysPath));
    }
    let jar = jar.add(token.cookie(&state.config));
    Ok((jar, see(&"/account?done=passkey-removed")).into_response())
}

/// For who confirms themselves again with one.
async fn confirm_options(
    _: ConfirmOptionsPath,
    me: Require<can::AccountKeep>,
    State(state): State<AppState>,
) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let mut tx = me.begin_account().await?;
    let options = passkeys::ask(&mut tx, site).await?;
    tx.commit().await?;
    Ok(json(&options))
}
