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
    passkeys::{self, Added, Fields, New, Offer},
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
    offer: Option<Offer>,
}

const FIELDS: Fields = Fields {
    code: "code",
    passkey: "passkey",
};

#[derive(Template)]
#[template(path = "auth/enrol.html")]
struct EnrolPage {
    ui: Ui,
    form: Form,
    setup: Option<Setup>,
    offer: Offer,
}

#[derive(Template)]
#[template(path = "auth/codes.html")]
struct CodesPage {
    ui: Ui,
    codes: Vec<Code>,
    next: String,
}

/// The session, if it waits for that; else where it has to go.
pub(super) async fn waiting(
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
    let held = match waiting(&state, &jar, Need::Factor).await? {
        Ok(held) => held,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let offer = offer(&state, &held, &ui).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new().with("next", local_path(asked.text("next")));
    ok(&FactorPage { ui, form, offer })
}

/// Passkeys are offered to who has one.
async fn offer(state: &AppState, held: &Held, ui: &Ui) -> Result<Option<Offer>, AppError> {
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    let own = passkeys::own(&mut tx).await?;
    tx.commit().await?;
    Ok((!own.is_empty()).then(|| state.passkeys.offer().clone()))
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
    let offer = offer(&state, &held, &ui).await?;
    let Some(shown) = FIELDS.read(&mut form) else {
        return refused(&FactorPage { ui, form, offer });
    };
    let (account, now) = (held.user.to_string(), state.clock.now());
    if let Err(seconds) = state.gate.begin(&account, Place::SecondFactor, now) {
        FIELDS.fail(&mut form, &shown, |_| {
            Msg::new("login-wait").with("n", seconds)
        });
        let answer = page(
            StatusCode::TOO_MANY_REQUESTS,
            &FactorPage { ui, form, offer },
        )?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let token = Token::random();
    let mut tx = state.db.begin_held(&held.key, ui.request_id()).await?;
    let given = shown
        .give(&mut tx, &state.passkeys, now, token.sha256())
        .await?;
    tx.commit().await?;
    if given == Given::Wrong {
        FIELDS.fail(&mut form, &shown, Msg::new);
        return refused(&FactorPage { ui, form, offer });
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
    let offer = state.passkeys.offer().clone();
    ok(&EnrolPage {
        ui,
        form,
        setup,
        offer,
    })
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
    let now = state.clock.now();
    let mut codes = None;
    if form.sent("passkey") {
        let name = form.required("name", passkeys::name);
        let new = form.required("passkey", New::parse);
        form.forget(|field| field == "passkey");
        if let (Some(name), Some(new)) = (name, new) {
            let (site, user) = (state.passkeys.site()?, held.user.0);
            let added =
                passkeys::add(&mut tx, site, (user, &new, &name), now, token.sha256()).await?;
            match added {
                Added::Kept(fresh) => codes = Some(fresh),
                Added::Refused => form.fail("passkey", Msg::new("passkey-not-added")),
            }
        }
    } else if let Some(code) = form.required("code", |code| Ok(code.to_owned())) {
        codes = factor::finish(&mut tx, &code, now, token.sha256()).await?;
        if codes.is_none() {
            form.fail("code", Msg::new("factor-wrong"));
        }
    }
    form.forget(|field| field == "code");
    if let Some(codes) = codes {
        tx.commit().await?;
        let next = onward(&held, &form);
        let jar = jar.add(token.cookie(&state.config));
        if codes.is_empty() {
            return Ok((jar, see(&next)).into_response());
        }
        let answer = ok(&CodesPage { ui, codes, next })?;
        return Ok((jar, answer).into_response());
    }
    let setup = factor::setup(&mut tx).await?;
    tx.commit().await?;
    let offer = state.passkeys.offer().clone();
    refused(&EnrolPage {
        ui,
        form,
        setup,
        offer,
    })
}
