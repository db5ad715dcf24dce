//! Sign-in, sign-out, language. With the other files of this folder, the only routes open to everyone.

use super::session::{self, DEVICE, Need, Token, hash_in, held};
use crate::{
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    passkeys::Offer,
    passwords::Place,
    policy::Role,
    routes::Routes,
    state::AppState,
    web::{Ui, local_path, ok, page, refused, see},
};
use askama::Template;
use axum::{
    Extension,
    extract::{ConnectInfo, RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use std::net::SocketAddr;

pub(super) fn routes() -> Routes {
    Routes::default()
        .public("GET", "/", home)
        .public("GET", "/login", show)
        .public("POST", "/login", enter)
        .public("POST", "/logout", leave)
        .public("POST", "/language", language)
}

#[derive(Template)]
#[template(path = "auth/login.html")]
pub(super) struct LoginPage {
    ui: Ui,
    form: Form,
    /// After a one-time code: the new password is set.
    is_set: bool,
    /// The demonstration does not ask for a second factor.
    is_lenient: bool,
    offer: Offer,
}

impl LoginPage {
    pub(super) fn new(state: &AppState, ui: Ui, form: Form) -> Self {
        Self {
            ui,
            form,
            is_set: false,
            is_lenient: !state.config.require_second_factor,
            offer: state.passkeys.offer().clone(),
        }
    }
}

/// The first page of each role.
pub(super) const fn home_of(role: Role) -> &'static str {
    match role {
        Role::SocialWorker | Role::Supervisor => "/today",
        Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => "/prosecution",
        Role::Steering => "/dashboard",
        Role::Admin => "/admin",
        Role::Dpo => "/admin/review",
        Role::InstitutionManager => "/shelter/desk",
        Role::FocalPoint => "/requests",
    }
}

/// The next step of whoever comes.
async fn home(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    if let Some(actor) = ui.actor() {
        return Ok(see(&home_of(actor.role)));
    }
    let to = match held(&state, &jar).await? {
        Some(held) => step_of(held.need),
        None => "/login",
    };
    Ok(see(&to))
}

/// The page of what a session still needs.
pub(super) const fn step_of(need: Option<Need>) -> &'static str {
    match need {
        Some(Need::Factor) => "/login/factor",
        Some(Need::Enrolment) => "/login/enrol",
        None => "/login/assignment",
    }
}

async fn show(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    if let Some(actor) = ui.actor() {
        return Ok(see(&home_of(actor.role)));
    }
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let next = local_path(asked.text("next"));
    if let Some(held) = held(&state, &jar).await?
        && held.need.is_some()
    {
        return Ok(see(&with_next(step_of(held.need), &next)));
    }
    let form = Form::new()
        .with("next", next)
        .with("lost", asked.text("lost"));
    ok(&LoginPage {
        is_set: asked.sent("set"),
        ..LoginPage::new(&state, ui, form)
    })
}

/// `path`, and where to go on from there.
pub(super) fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("{path}?{query}")
}

async fn enter(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let account = form.required("username", |name| Ok(name.to_lowercase()));
    let password = form
        .required("password", |_| Ok(()))
        .map(|()| form.text("password").to_owned());
    form.forget(|field| field == "password");
    let page_of = |form| LoginPage::new(&state, ui.clone(), form);
    let (Some(account), Some(password)) = (account, password) else {
        return refused(&page_of(form));
    };
    let address = state.config.client_of(peer.map(|p| p.0.0.ip()), &headers);
    let place = Place::Browser(&address, jar.get(DEVICE).map(Cookie::value));
    let now = state.clock.now();
    if let Err(seconds) = state.gate.begin(&account, place, now) {
        form.fail("username", Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &page_of(form))?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let token = Token::random();
    let old = hash_in(&state.config, &jar);
    let entered = sign_in(&state, &account, password, &token, &headers, old).await;
    if matches!(entered, Err(AppError::Busy(_))) {
        state.gate.unjudged(&account, place);
    }
    let Some(entered) = entered? else {
        form.fail("username", Msg::new("login-refused"));
        return refused(&page_of(form));
    };
    state.gate.passed(&account, place);
    if entered.posts == 0 {
        form.fail("username", Msg::new("login-no-assignment"));
        return refused(&page_of(form));
    }
    let next = local_path(form.text("next"));
    let role = entered.role.as_deref().and_then(Role::from_code);
    let to = match entered.need.as_deref() {
        Some("factor") => with_next(step_of(Some(Need::Factor)), &next),
        Some(_) => with_next(step_of(Some(Need::Enrolment)), &next),
        None => onward_of(role, next),
    };
    let jar = settle(&state, jar, token, &entered.locale);
    let mark = Place::Browser(&address, jar.get(DEVICE).map(Cookie::value));
    state.gate.passed(&account, mark);
    Ok((jar, see(&to)).into_response())
}

/// Where a session goes on that needs nothing more but, perhaps, a post.
pub(super) fn onward_of(role: Option<Role>, next: String) -> String {
    match role {
        Some(role) if next.is_empty() || next == "/" => home_of(role).to_owned(),
        Some(_) => next,
        None => "/login/assignment".to_owned(),
    }
}

/// The browser of somebody who entered: with the token, and from now on with a mark of the device. The language
/// chosen on the sign-in page wins over the one of last time.
pub(super) fn settle(state: &AppState, jar: CookieJar, token: Token, locale: &str) -> CookieJar {
    let device = jar.get(DEVICE).is_none();
    let device = device.then(|| session::device_cookie(&state.config));
    let lang = jar.get("lang").is_none();
    let lang = lang.then(|| lang_cookie(locale, state.config.is_https()));
    let jar = jar.add(token.cookie(&state.config));
    lang.into_iter().chain(device).fold(jar, CookieJar::add)
}

/// What a right password opened.
struct Entered {
    locale: String,
    need: Option<String>,
    posts: i32,
    role: Option<String>,
}

/// The same steps for every name: a salt, one derivation, one comparison, in the database.
async fn sign_in(
    state: &AppState,
    account: &str,
    password: String,
    token: &Token,
    headers: &HeaderMap,
    old: Option<[u8; 32]>,
) -> Result<Option<Entered>, AppError> {
    let mut tx = state.db.begin_anonymous().await?;
    let salt = sqlx::query_scalar!(r#"select sec.salt_of($1) as "salt!""#, account)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    let derived = state.gate.derive(password, salt).await?;
    let strict = session::strict_roles(&state.config);
    let device = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok());
    let mut tx = state.db.begin_anonymous().await?;
    let entered = sqlx::query_as!(
        Entered,
        r#"select locale as "locale!", needs as need, posts as "posts!", role
           from sec.sign_in($1, $2, $3, $4, make_interval(secs => $5), make_interval(secs => $6), $7)"#,
        account,
        derived.as_slice(),
        token.sha256(),
        &strict,
        state.config.session_idle.as_secs_f64(),
        state.config.session_life.as_secs_f64(),
        device.unwrap_or_default()
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let (Some(_), Some(old)) = (&entered, old) {
        session::close(&mut tx, old).await?;
    }
    tx.commit().await?;
    Ok(entered)
}

async fn leave(State(state): State<AppState>, jar: CookieJar) -> Result<Response, AppError> {
    if let Some(sha256) = hash_in(&state.config, &jar) {
        let mut tx = state.db.begin_anonymous().await?;
        session::close(&mut tx, sha256).await?;
        tx.commit().await?;
    }
    let mut gone = Cookie::new(session::cookie_name(&state.config), "");
    gone.set_path("/");
    gone.set_secure(state.config.is_https());
    gone.make_removal();
    let clear = (
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok((jar.add(gone), [clear], see(&"/login")).into_response())
}

async fn language(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let lang = form.required("lang", |code| {
        Lang::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let lang = lang.ok_or(AppError::BadRequest)?;
    if let (Some(_), Some(sha256)) = (ui.actor(), hash_in(&state.config, &jar)) {
        let mut tx = state.db.begin_anonymous().await?;
        sqlx::query!(
            "select sec.set_locale($1, $2)",
            sha256.as_slice(),
            lang.code()
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
    }
    let back = local_path(form.text("back"));
    let jar = jar.add(lang_cookie(lang.code(), state.config.is_https()));
    Ok((
        jar,
        see(&if back.is_empty() {
            "/".to_owned()
        } else {
            back
        }),
    )
        .into_response())
}

fn lang_cookie(code: &str, secure: bool) -> Cookie<'static> {
    let mut cookie = Cookie::new("lang", code.to_owned());
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_secure(secure);
    cookie.set_same_site(axum_extra::extract::cookie::SameSite::Lax);
    cookie.make_permanent();
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Permission;

    #[test]
    fn every_role_has_a_first_page_it_may_read() {
        for role in Role::ALL {
            let needed = match home_of(*role) {
                "/today" => Permission::TaskKeep,
                "/prosecution" => Permission::ProsecutionRead,
                "/dashboard" => Permission::FiguresRead,
                "/admin" => Permission::UserManage,
                "/admin/review" => Permission::AccessReview,
                _ => Permission::PlanRead,
            };
            assert!(role.permissions().contains(&needed), "{role:?}");
        }
    }
}
