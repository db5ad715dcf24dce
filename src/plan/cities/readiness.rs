//! What is stated of a candidate: met or not, and how one knows.

use super::{
    db::{self, City, Criterion},
    page::CityPath,
    write::{self, Statement},
};
use crate::{
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::words,
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/plan/cities/{slug}/readiness/{criterion}", rejection(AppError))]
struct ReadinessPath {
    slug: String,
    criterion: String,
}

/// What can be said of a criterion.
const ANSWERS: [(&str, &str); 3] = [
    ("met", "plan-ready-met"),
    ("not_met", "plan-ready-not-met"),
    ("unknown", "plan-ready-unknown"),
];

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(say)
}

#[derive(Template)]
#[template(path = "plan/readiness.html")]
struct Page {
    ui: Ui,
    form: Form,
    city: City,
    criterion: Criterion,
}

impl Page {
    fn name(&self) -> &str {
        self.ui.say(&self.city.label)
    }

    fn title(&self) -> String {
        self.ui
            .label(List::ReadinessCriterion, &self.criterion.code)
    }

    fn answers(&self) -> [(&'static str, String); 3] {
        ANSWERS.map(|(code, key)| (code, self.ui.t(key)))
    }

    fn action(&self) -> String {
        ReadinessPath {
            slug: self.city.slug.clone(),
            criterion: self.criterion.code.clone(),
        }
        .to_string()
    }
}

/// A city of the reader's and a criterion of it; somebody else's is not there.
async fn found(
    tx: &mut Tx,
    path: &ReadinessPath,
    me: &Require<can::PlanLetters>,
) -> Result<(City, Criterion), AppError> {
    let city = db::city(tx, &path.slug).await?;
    if !words::may_write(&me.actor, city.territory) {
        return Err(AppError::NotFound);
    }
    let all = db::readiness(tx, &path.slug).await?;
    let one = all.into_iter().find(|one| one.code == path.criterion);
    Ok((city, one.ok_or(AppError::NotFound)?))
}

async fn blank(path: ReadinessPath, me: Require<can::PlanLetters>) -> Result<Response, AppError> {
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("stated_on", words::dmy(me.ui.today()));
    draw(&path, me, form, StatusCode::OK).await
}

async fn draw(
    path: &ReadinessPath,
    me: Require<can::PlanLetters>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let (city, criterion) = found(&mut tx, path, &me).await?;
    tx.commit().await?;
    let ui = me.ui;
    page(
        status,
        &Page {
            ui,
            form,
            city,
            criterion,
        },
    )
}

async fn say(
    path: ReadinessPath,
    me: Require<can::PlanLetters>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let (city, criterion) = found(&mut tx, &path, &me).await?;
    if let Some(new) = read(&mut form, &me.ui, criterion) {
        write::state(&mut tx, (&path.slug, city.territory), &new).await?;
        tx.commit().await?;
        let city = CityPath { slug: path.slug };
        return Ok(see(&format!("{city}#readiness")));
    }
    drop(tx);
    draw(&path, me, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// A statement, complete or not at all.
fn read(form: &mut Form, ui: &Ui, criterion: Criterion) -> Option<Statement> {
    let today = ui.today();
    let choice = || Msg::new("error-choice");
    form.required("id", |text| text.parse::<RowId>().map_err(|_| choice()));
    let id = form.id_of_answers("id").map(RowId);
    let answer = form.required("answer_of", |code| {
        let known = ANSWERS.iter().find(|(known, _)| *known == code);
        known.map(|(code, _)| *code).ok_or_else(choice)
    });
    let day = form.required("stated_on", |text| words::past_day(text, today));
    let source = form
        .required("known_from", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    Some(Statement {
        id: id?,
        criterion: criterion.code,
        answer: answer?,
        day: day?,
        source: source?,
    })
}
