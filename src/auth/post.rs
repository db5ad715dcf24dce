//! The choice of a post, after sign-in or in between.

use super::{
    session::{self, Need, Token, held},
    web::{home_of, step_of},
};
use crate::{
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AssignmentId, CourtId, TerritoryId},
    policy::{Role, Scope, SessionKey},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, refused, role_key, see},
};
use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

pub(super) fn routes() -> Routes {
    Routes::default()
        .public("GET", "/login/assignment", choose)
        .public("POST", "/login/assignment", chosen)
}

#[derive(Template)]
#[template(path = "auth/assignment.html")]
struct AssignmentPage {
    ui: Ui,
    form: Form,
    choices: Vec<(String, String, String)>,
}

/// A post to choose from.
struct Choice {
    id: AssignmentId,
    role: Role,
    scope: Scope,
}

/// Whoever may choose, or where they have to go first.
enum Chooser {
    Ready(SessionKey),
    First(Option<Need>),
}

async fn chooser(state: &AppState, jar: &CookieJar) -> Result<Chooser, AppError> {
    let held = held(state, jar)
        .await?
        .ok_or_else(|| AppError::SignIn("/".to_owned()))?;
    Ok(match held.need {
        None => Chooser::Ready(held.key),
        need => Chooser::First(need),
    })
}

async fn choose(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
) -> Result<Response, AppError> {
    let key = match chooser(&state, &jar).await? {
        Chooser::Ready(key) => key,
        Chooser::First(need) => return Ok(see(&step_of(need))),
    };
    let choices = choices(&state, &key, &ui).await?;
    ok(&AssignmentPage {
        choices: describe(&ui, &choices),
        ui,
        form: Form::new(),
    })
}

async fn chosen(
    State(state): State<AppState>,
    Extension(ui): Extension<Ui>,
    jar: CookieJar,
    mut form: Form,
) -> Result<Response, AppError> {
    let key = match chooser(&state, &jar).await? {
        Chooser::Ready(key) => key,
        Chooser::First(need) => return Ok(see(&step_of(need))),
    };
    let choices = choices(&state, &key, &ui).await?;
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
    let token = Token::random();
    let mut tx = state.db.begin_held(&key, ui.request_id()).await?;
    let taken = sqlx::query_scalar!(
        r#"select sec.take_post($1, $2, $3) as "taken!""#,
        choice.id.0,
        token.sha256(),
        &session::strict_roles(&state.config)
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    // gone in between, or ended: a post came since that needs a second factor
    if !taken {
        return Err(AppError::SignIn("/".to_owned()));
    }
    let jar = jar.add(token.cookie(&state.config));
    Ok((jar, see(&home_of(choice.role))).into_response())
}

async fn choices(state: &AppState, key: &SessionKey, ui: &Ui) -> Result<Vec<Choice>, AppError> {
    let mut tx = state.db.begin_held(key, ui.request_id()).await?;
    let rows = sqlx::query!(
        r#"select id as "id!: AssignmentId", role as "role!", territory_id as "territory: TerritoryId",
                  court_id as "court: CourtId", organisation_code
           from sec.posts()"#
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    let choice = rows.into_iter().filter_map(|row| {
        Some(Choice {
            id: row.id,
            role: Role::from_code(&row.role)?,
            scope: session::scope(row.territory, row.court, row.organisation_code),
        })
    });
    Ok(choice.collect())
}

fn describe(ui: &Ui, choices: &[Choice]) -> Vec<(String, String, String)> {
    let describe = |choice: &Choice| {
        (
            choice.id.to_string(),
            ui.t(role_key(choice.role)),
            ui.scope(&choice.scope),
        )
    };
    choices.iter().map(describe).collect()
}
