//! The committee moves a city: a decision that names it, or a reason, and a day.

use super::{
    db::{self, City},
    new::phases,
    opening::{self, Decided},
    page::CityPath,
    write::{self, Moving, Outcome},
};
use crate::{
    authz::{Fresh, Require, can},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::{
        machine::{CityMove, Needs},
        read_again, words,
    },
    reference::Label,
    routes::Routes,
    state::AppState,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/plan/cities/{slug}/move", rejection(AppError))]
struct MovePath {
    slug: String,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(make)
}

#[derive(Template)]
#[template(path = "plan/city_move.html")]
struct Page {
    ui: Ui,
    form: Form,
    city: City,
    decisions: Vec<Decided>,
    phases: Vec<(String, Label)>,
    /// Required steps that are not settled.
    open: i32,
}

impl Page {
    fn name(&self) -> &str {
        self.ui.say(&self.city.label)
    }

    fn moves(&self) -> Vec<(String, String)> {
        let words = |made: CityMove| {
            let code = made.code();
            let key = format!("plan-move-to-{}", code.replace('_', "-"));
            (code.to_owned(), self.ui.t(&key))
        };
        self.city.status.moves().map(words).collect()
    }

    /// Those that name the city: number or day, and how the text begins.
    fn decisions(&self) -> Vec<(String, String)> {
        let words = |one: &Decided| (one.code.clone(), decided(&self.ui, one));
        self.decisions.iter().map(words).collect()
    }

    fn phases(&self) -> Vec<(String, String)> {
        let option =
            |(code, label): &(String, Label)| (code.clone(), self.ui.say(label).to_owned());
        self.phases.iter().map(option).collect()
    }
}

/// A decision in a menu.
fn decided(ui: &Ui, one: &Decided) -> String {
    let begin: String = ui.say(&one.text).chars().take(60).collect();
    let day = ui.date(one.day);
    match &one.number {
        Some(number) => format!("{number} · {day} · {begin}"),
        None => format!("{day} · {begin}"),
    }
}

async fn blank(path: MovePath, me: Require<can::PlanKeep, Fresh>) -> Result<Response, AppError> {
    draw(&path.slug, me, None, StatusCode::OK).await
}

/// The form as it was left, or a blank one.
async fn draw(
    slug: &str,
    me: Require<can::PlanKeep, Fresh>,
    left: Option<Form>,
    status: StatusCode,
) -> Result<Response, AppError> {
    let phases = phases(&me).await?;
    let mut tx = me.begin_figures().await?;
    let city = db::city(&mut tx, slug).await?;
    let decisions = opening::decisions(&mut tx, slug).await?;
    let open = sqlx::query_scalar!(r#"select plan.steps_open($1) as "open!""#, slug)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    let mut form = left.unwrap_or_else(|| {
        Form::new()
            .with("id", RowId::new(me.clock.now()).to_string())
            .with("moved_on", words::dmy(me.ui.today()))
    });
    form.set("version", city.version.to_string());
    page(
        status,
        &Page {
            ui: me.ui,
            form,
            city,
            decisions,
            phases,
            open,
        },
    )
}

async fn make(
    path: MovePath,
    me: Require<can::PlanKeep, Fresh>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let city = db::city(&mut tx, &path.slug).await?;
    let phases = sqlx::query_scalar!("select code from plan.phase")
        .fetch_all(&mut *tx)
        .await?;
    if let Some(moving) = read(&mut form, &me.ui, &phases) {
        match write::make(&mut tx, (&path.slug, city.territory), &moving).await? {
            Outcome::Done => {
                tx.commit().await?;
                read_again(&state).await;
                return Ok(see(&CityPath { slug: path.slug }));
            }
            Outcome::Refused(field, msg) => form.fail(field, msg),
        }
    }
    drop(tx);
    draw(&path.slug, me, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
}

/// A move, complete or not at all; whether it can begin where the city stands is the database's to say.
fn read(form: &mut Form, ui: &Ui, phases: &[String]) -> Option<Moving> {
    let today = ui.today();
    let choice = || Msg::new("error-choice");
    form.required("id", |text| text.parse::<RowId>().map_err(|_| choice()));
    let id = form.id_of_answers("id").map(RowId);
    let version = form.required("version", |text| text.parse().map_err(|_| choice()));
    let made = form.required("city_move", |code| {
        CityMove::from_code(code).ok_or_else(choice)
    });
    let day = form.required("moved_on", |text| words::past_day(text, today));
    let decision = form.optional("decision", |code| Ok(code.to_owned()));
    let phase = form.optional("phase", |code| {
        let known = phases.iter().find(|known| known.as_str() == code);
        known.cloned().ok_or_else(choice)
    });
    let why = form
        .optional("move_why", Paragraph::parse)
        .map(Paragraph::into_string);
    if decision.is_none() && made.is_some_and(|made| made.needs() == Needs::Decision) {
        form.fail("decision", Msg::new("plan-move-decision"));
    }
    if why.is_none() && made.is_some_and(|made| made.needs() == Needs::Reason) {
        form.fail("move_why", Msg::new("error-required"));
    }
    if !form.is_valid() {
        return None;
    }
    Some(Moving {
        id: id?,
        made: made?,
        day: day?,
        decision,
        why,
        phase,
        version: version?,
    })
}
