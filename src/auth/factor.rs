//! The second factor at sign-in: giving it, or, where the role must have one, enrolling it first.

use super::{
    session::{Held, Need, Token, held},
    web::{step_of, with_next},
};
use crate::{
    error::AppError,
    factor::{self, Code, Given, Setup},
    forms::Form,
    i18n::Msg,
    passwords::Place,
    routes::Routes,
    state::AppState,
    web::{Ui, local_path, ok, page, refused, see},
};
use askama::Template;
use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

pub(super) fn routes() -> Routes {
    Routes::default()
        .public("GET", "/login/factor", ask)
        .public("POST", "/login/factor", give)
        .public("GET", "/login/enrol", enrol)
        .public("POST", "/login/enrol", enrolled)
}

#[derive(Template)]
#[template(path = "auth/factor.html")]
struct FactorPage {
    ui: Ui,
    form: Form,
}

#[derive(Template)]
#[template(path = "auth/enrol.html")]
struct EnrolPage {
    ui: Ui,
    form: Form,
    setup: Option<Setup>,
}

#[derive(Template)]
#[template(path = "auth/codes.html")]
struct CodesPage {
    ui: Ui,
    codes: Vec<Code>,
    next: String,
}

/// The session, if it waits for that; else where it has to go.
async fn waiting(
    state: &AppState,
    jar: &CookieJar,
    need: Need,
) -> Result<Result<Held, Response>, AppError> {
    let held = held(state, jar)
        .await?
        .ok_or_else(|| AppError::SignIn("/".to_owned()))?;
    Ok(match held.need {
        Some(now) if now == need => Ok(held),
        Some(other) => Err(see(&step_of(Some(other)))),
        None => Err(see(&"/")),
    })
}

async fn ask(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    if let Err(elsewhere) = waiting(&state, &jar, Need::Factor).await? {
        return Ok(elsewhere);
    }
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new().with("next", local_path(asked.text("next")));
    ok(&FactorPage { ui, form })
}

async fn give(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let held = match waiting(&state, &jar, Need::Factor).await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let code = form.required("code", |code| Ok(code.to_owned()));
    form.forget(|field| field == "code");
    let Some(code) = code else {
        return refused(&FactorPage { ui, form });
    };
    let (account, now) = (held.user.to_string(), state.clock.now());
    if let Some(seconds) = state.gate.wait(&account, Place::SecondFactor, now) {
        form.fail("code", Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &FactorPage { ui, form })?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let token = Token::random();
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    let given = factor::give(&mut tx, &code, now, token.sha256()).await?;
    tx.commit().await?;
    if given == Given::Wrong {
        state.gate.failed(&account, Place::SecondFactor, now);
        form.fail("code", Msg::new("factor-wrong"));
        return refused(&FactorPage { ui, form });
    }
    state.gate.passed(&account, Place::SecondFactor);
    let next = onward(&held, &form);
    Ok((jar.add(token.cookie(&state.config)), see(&next)).into_response())
}

/// Where a session goes on that needs nothing more.
fn onward(held: &Held, form: &Form) -> String {
    let next = local_path(form.text("next"));
    if held.has_post && !next.is_empty() {
        next
    } else {
        "/".to_owned()
    }
}

async fn enrol(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let held = match waiting(&state, &jar, Need::Enrolment).await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    let setup = factor::setup(&mut tx).await?;
    tx.commit().await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new().with("next", local_path(asked.text("next")));
    ok(&EnrolPage { ui, form, setup })
}

async fn enrolled(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let held = match waiting(&state, &jar, Need::Enrolment).await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    if form.has("begin", "1") {
        factor::begin(&mut tx, held.user).await?;
        tx.commit().await?;
        return Ok(see(&with_next(
            "/login/enrol",
            &local_path(form.text("next")),
        )));
    }
    let token = Token::random();
    let code = form.required("code", |code| Ok(code.to_owned()));
    form.forget(|field| field == "code");
    if let Some(code) = code {
        let now = state.clock.now();
        if let Some(codes) = factor::finish(&mut tx, &code, now, token.sha256()).await? {
            tx.commit().await?;
            let next = onward(&held, &form);
            let answer = ok(&CodesPage { ui, codes, next })?;
            return Ok((jar.add(token.cookie(&state.config)), answer).into_response());
        }
        form.fail("code", Msg::new("factor-wrong"));
    }
    let setup = factor::setup(&mut tx).await?;
    tx.commit().await?;
    refused(&EnrolPage { ui, form, setup })
}
