//! Sign-in, choice of assignment, sign-out, language. The only routes open to everyone.

use super::session::{self, Choice, hash_in};
use crate::{
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    ids::{AssignmentId, UserId},
    policy::{Role, Scope},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, page, refused, see},
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

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .public("GET", "/", home)
        .public("GET", "/login", show)
        .public("POST", "/login", enter)
        .public("GET", "/login/assignment", choose)
        .public("POST", "/login/assignment", chosen)
        .public("POST", "/logout", leave)
        .public("POST", "/language", language)
}

#[derive(Template)]
#[template(path = "auth/login.html")]
struct LoginPage {
    ui: Ui,
    form: Form,
}

#[derive(Template)]
#[template(path = "auth/assignment.html")]
struct AssignmentPage {
    ui: Ui,
    form: Form,
    choices: Vec<(String, String, String)>,
}

/// The first page of each role.
const fn home_of(role: Role) -> &'static str {
    match role {
        Role::SocialWorker => "/cases",
        Role::Supervisor => "/contacts",
        Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => "/prosecution",
        Role::Steering => "/dashboard",
        Role::FocalPoint | Role::InstitutionManager | Role::Admin | Role::Dpo => "/plan",
    }
}

async fn home(Extension(ui): Extension<Ui>) -> Response {
    see(&ui.actor().map_or("/login", |actor| home_of(actor.role)))
}

async fn show(
    Extension(ui): Extension<Ui>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    if let Some(actor) = ui.actor() {
        return Ok(see(&home_of(actor.role)));
    }
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new()
        .with("next", local_path(asked.text("next")))
        .with("lost", asked.text("lost"));
    ok(&LoginPage { ui, form })
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
    let (Some(account), Some(password)) = (account, password) else {
        return refused(&LoginPage { ui, form });
    };
    let place = state.config.client_of(peer.map(|p| p.0.0.ip()), &headers);
    let now = state.clock.now();
    if let Some(seconds) = state.gate.wait(&account, &place, now) {
        form.fail("username", Msg::new("login-wait").with("n", seconds));
        let answer = page(StatusCode::TOO_MANY_REQUESTS, &LoginPage { ui, form })?;
        return Ok(([(header::RETRY_AFTER, seconds.to_string())], answer).into_response());
    }
    let Some((user, locale)) = check(&state, &account, password).await? else {
        state.gate.failed(&account, &place, now);
        form.fail("username", Msg::new("login-refused"));
        return refused(&LoginPage { ui, form });
    };
    state.gate.passed(&account, &place);
    let device = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let mut tx = state.db.begin_anonymous().await?;
    if let Some(old) = hash_in(&state.config, &jar) {
        session::close(&mut tx, old).await?;
    }
    let choices = session::assignments(&mut tx, user).await?;
    let only = match choices.as_slice() {
        [] => {
            form.fail("username", Msg::new("login-no-assignment"));
            return refused(&LoginPage { ui, form });
        }
        [only] => Some(only),
        _ => None,
    };
    let cookie = session::open(&mut tx, &state.config, user, only.map(|c| c.id), device).await?;
    tx.commit().await?;
    let to = match only {
        Some(choice) => after_sign_in(choice.role, form.text("next")),
        None => "/login/assignment".to_owned(),
    };
    // the language chosen on the sign-in page wins over the one of last time
    let lang = jar
        .get("lang")
        .is_none()
        .then(|| lang_cookie(&locale, state.config.is_https()));
    let jar = lang.into_iter().fold(jar.add(cookie), CookieJar::add);
    Ok((jar, see(&to)).into_response())
}

/// The user behind a name and a password, and their language.
async fn check(
    state: &AppState,
    account: &str,
    password: String,
) -> Result<Option<(UserId, String)>, AppError> {
    let mut tx = state.db.begin_anonymous().await?;
    let known = sqlx::query!(
        r#"select user_id as "user_id!: UserId", phc as "phc!", locale as "locale!" from sec.credential_of($1)"#,
        account
    )
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    let right = state
        .gate
        .verify(password, known.as_ref().map(|k| k.phc.clone()))
        .await?;
    let mut tx = state.db.begin_anonymous().await?;
    let who = known.as_ref().map(|k| k.user_id.0);
    sqlx::query!("select audit.record_sign_in($1, $2)", who, right)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(known.filter(|_| right).map(|k| (k.user_id, k.locale)))
}

fn after_sign_in(role: Role, next: &str) -> String {
    match local_path(next).as_str() {
        "" | "/" => home_of(role).to_owned(),
        path => path.to_owned(),
    }
}

/// A path of this site, or nothing: what comes from the query string leads nowhere else.
fn local_path(next: &str) -> String {
    let local = next.starts_with('/')
        && !next.starts_with("//")
        && next.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if local {
        next.to_owned()
    } else {
        String::new()
    }
}

async fn choose(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    let (_, choices) = pending(&state, &jar).await?;
    ok(&AssignmentPage {
        choices: describe(&ui, &choices),
        ui,
        form: Form::new(),
    })
}

async fn chosen(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    headers: HeaderMap,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let (user, choices) = pending(&state, &jar).await?;
    let picked = form.required("assignment", |text| {
        let id: AssignmentId = text.parse().map_err(|_| Msg::new("error-choice"))?;
        choices
            .iter()
            .find(|c| c.id == id)
            .ok_or(Msg::new("error-choice"))
    });
    let Some(choice) = picked else {
        return refused(&AssignmentPage {
            choices: describe(&ui, &choices),
            ui,
            form,
        });
    };
    let device = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let mut tx = state.db.begin_anonymous().await?;
    if let Some(old) = hash_in(&state.config, &jar) {
        session::close(&mut tx, old).await?;
    }
    let cookie = session::open(&mut tx, &state.config, user, Some(choice.id), device).await?;
    tx.commit().await?;
    Ok((jar.add(cookie), see(&home_of(choice.role))).into_response())
}

/// The user of a session, and what they may choose. Also serves to change assignment: a new session.
async fn pending(state: &AppState, jar: &CookieJar) -> Result<(UserId, Vec<Choice>), AppError> {
    let sign_in = || AppError::SignIn("/".to_owned());
    let sha256 = hash_in(&state.config, jar).ok_or_else(sign_in)?;
    let mut tx = state.db.begin_anonymous().await?;
    let found = session::find(&mut tx, sha256, state.config.session_idle)
        .await?
        .ok_or_else(sign_in)?;
    let choices = session::assignments(&mut tx, found.user).await?;
    tx.commit().await?;
    Ok((found.user, choices))
}

fn describe(ui: &Ui, choices: &[Choice]) -> Vec<(String, String, String)> {
    let describe = |choice: &Choice| {
        let place = match &choice.scope {
            Scope::Prefecture(id) | Scope::Organisation(id, _) => ui
                .catalogue()
                .territory(*id)
                .map_or_else(String::new, |t| ui.say(&t.label).to_owned()),
            Scope::Court(id) => ui.court(*id),
            Scope::Country => ui.t("scope-country"),
        };
        (
            choice.id.to_string(),
            ui.t(crate::web::role_key(choice.role)),
            place,
        )
    };
    choices.iter().map(describe).collect()
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
    fn the_page_to_come_back_to_is_ours() {
        assert_eq!(local_path("/cases?state=closed"), "/cases?state=closed");
        for evil in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "cases",
        ] {
            assert_eq!(local_path(evil), "", "{evil}");
        }
    }

    #[test]
    fn every_role_has_a_first_page_it_may_read() {
        for role in Role::ALL {
            let needed = match home_of(*role) {
                "/cases" => Permission::CaseRead,
                "/contacts" => Permission::ContactRead,
                "/prosecution" => Permission::ProsecutionRead,
                "/dashboard" => Permission::FiguresRead,
                _ => Permission::PlanRead,
            };
            assert!(role.permissions().contains(&needed), "{role:?}");
        }
    }
}
