//! A one-time code, handed over in person: its owner sets a password and then signs in with it. The code opens
//! no session and passes no second factor by; who issued it never learns the password.

use super::session::DEVICE;
use crate::{
    error::AppError,
    factor::Code,
    forms::Form,
    i18n::Msg,
    passwords::{self, Place},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{
    Extension,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use std::net::SocketAddr;

pub(super) fn routes() -> Routes {
    Routes::default()
        .public("GET", "/login/code", show)
        .public("POST", "/login/code", redeem)
}

#[derive(Template)]
#[template(path = "auth/code.html")]
struct CodePage {
    ui: Ui,
    form: Form,
    min: usize,
}

fn page_of(ui: Ui, form: Form) -> CodePage {
    CodePage {
        ui,
        form,
        min: passwords::MIN,
    }
}

async fn show(Extension(ui): Extension<Ui>) -> Result<Response, AppError> {
    ok(&page_of(ui, Form::new()))
}

async fn redeem(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let account = form.required("username", |name| Ok(name.to_lowercase()));
    let code = form.required("code", |code| {
        Code::parse(code).ok_or(Msg::new("code-refused"))
    });
    let password = new_password(&mut form, &[account.as_deref().unwrap_or_default()]);
    let (Some(account), Some(code), Some(password)) = (account, code, password) else {
        return refused(&page_of(ui, form));
    };
    let address = state.config.client_of(peer.map(|p| p.0.0.ip()), &headers);
    let place = Place::Browser(&address, jar.get(DEVICE).map(Cookie::value));
    let now = state.clock.now();
    if let Err(seconds) = state.gate.begin(&account, place, now) {
        form.fail("username", Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &page_of(ui, form))?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let salt = passwords::new_salt();
    let derived = state.gate.derive(password, salt.clone()).await?;
    let mut tx = state.db.begin_anonymous().await?;
    let done = sqlx::query_scalar!(
        r#"select sec.redeem_code($1, $2, $3, $4) as "done!""#,
        account,
        code.as_bytes(),
        salt,
        derived.as_slice()
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    if !done {
        form.fail("code", Msg::new("code-refused"));
        return refused(&page_of(ui, form));
    }
    state.gate.passed(&account, place);
    Ok(see(&"/login?set=1"))
}

/// A new password, typed twice. What was typed is forgotten: a refused page asks for it again.
pub fn new_password(form: &mut Form, own: &[&str]) -> Option<String> {
    let typed = form.text("new_password").to_owned();
    let again = form.text("new_password_again").to_owned();
    let password = form.required("new_password", |_| passwords::judge(&typed, own));
    form.required("new_password_again", |_| {
        if again == typed {
            Ok(())
        } else {
            Err(Msg::new("password-differs"))
        }
    });
    form.forget(|field| matches!(field, "new_password" | "new_password_again" | "code"));
    password.filter(|()| form.is_valid()).map(|()| typed)
}
