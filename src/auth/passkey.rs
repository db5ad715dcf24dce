//! Entering with a passkey alone, and what a browser is asked for at the steps of sign-in.
//!
//! Before there is a session, the challenge belongs to a browser: it gets a mark in a cookie, which the answer
//! must bring back.

use super::{
    factor::waiting,
    session::{self, DEVICE, ENTERING, Need, Token, hash_in},
    web::{LoginPage, onward_of, settle},
};
use crate::{
    error::AppError,
    forms::Form,
    i18n::Msg,
    passkeys::{self, Answer, Entry},
    passwords::Place,
    policy::Role,
    routes::Routes,
    state::AppState,
    web::{Ui, json, local_path, page, refused, see},
};
use axum::{
    Extension,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use std::net::SocketAddr;

/// Whose wrong tries are counted: nobody's yet, so those of the place alone.
const NOBODY: &str = "";

pub(super) fn routes() -> Routes {
    Routes::default()
        .public("POST", "/login/passkey", enter)
        .public("POST", "/login/passkey/options", ask_nobody)
        .public("POST", "/login/factor/options", ask)
        .public("POST", "/login/enrol/options", ask_new)
}

async fn ask_nobody(State(state): State<AppState>, jar: CookieJar) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let mark = session::entering_cookie(&state.config);
    let mut tx = state.db.begin_anonymous().await?;
    let options = passkeys::ask_nobody(&mut tx, site, mark.value().as_bytes()).await?;
    tx.commit().await?;
    Ok((jar.add(mark), json(&options)).into_response())
}

async fn ask(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let held = match waiting(&state, &jar, Need::Factor).await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    let options = passkeys::ask(&mut tx, site).await?;
    tx.commit().await?;
    Ok(json(&options))
}

async fn ask_new(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let held = match waiting(&state, &jar, Need::Enrolment).await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    let options = passkeys::ask_new(&mut tx, site, held.user.0).await?;
    tx.commit().await?;
    Ok(json(&options))
}

async fn enter(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let site = state.passkeys.site()?;
    let answer = form.required("passkey", Answer::parse);
    form.forget(|field| field == "passkey");
    let page_of = |form| LoginPage::new(&state, ui.clone(), form);
    let Some(answer) = answer else {
        return refused(&page_of(form));
    };
    let address = state.config.client_of(peer.map(|p| p.0.0.ip()), &headers);
    let place = Place::Browser(&address, jar.get(DEVICE).map(Cookie::value));
    let now = state.clock.now();
    if let Err(seconds) = state.gate.begin(NOBODY, place, now) {
        form.fail("passkey", Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &page_of(form))?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let token = Token::random();
    let device = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok());
    let entry = Entry {
        browser: jar.get(ENTERING).map_or("", Cookie::value).as_bytes(),
        token: token.sha256(),
        idle: state.config.session_idle,
        life: state.config.session_life,
        device: device.unwrap_or_default(),
    };
    let mut tx = state.db.begin_anonymous().await?;
    let entered = passkeys::enter(&mut tx, site, &answer, entry).await?;
    if let (Some(_), Some(old)) = (&entered, hash_in(&state.config, &jar)) {
        session::close(&mut tx, old).await?;
    }
    tx.commit().await?;
    let Some(entered) = entered else {
        form.fail("passkey", Msg::new("passkey-refused"));
        return refused(&page_of(form));
    };
    state.gate.passed(NOBODY, place);
    if entered.posts == 0 {
        form.fail("passkey", Msg::new("login-no-assignment"));
        return refused(&page_of(form));
    }
    let role = entered.role.as_deref().and_then(Role::from_code);
    let to = onward_of(role, local_path(form.text("next")));
    let jar = settle(&state, jar, token, &entered.locale);
    let mark = Place::Browser(&address, jar.get(DEVICE).map(Cookie::value));
    state.gate.passed(NOBODY, mark);
    Ok((jar, see(&to)).into_response())
}
