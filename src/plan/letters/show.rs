//! A letter, and striking one that was entered wrongly.

use super::{
    db::{self, Hanging, Letter},
    list::side,
};
use crate::{
    authz::{Grant, Require, can},
    error::AppError,
    forms::{Form, Paragraph},
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

/// A letter.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/letters/{id}", rejection(AppError))]
pub(super) struct LetterPath {
    pub(super) id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/letters/{id}/strike", rejection(AppError))]
struct StrikePath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(strike)
}

#[derive(Template)]
#[template(path = "plan/letter.html")]
struct Page {
    ui: Ui,
    id: RowId,
    letter: Letter,
    hanging: Vec<Hanging>,
    form: Form,
}

impl Page {
    fn from(&self) -> String {
        let (org, name) = (
            self.letter.from_org.as_deref(),
            self.letter.from_name.as_deref(),
        );
        side(&self.ui, &self.letter.from_party, org, name)
    }

    fn to(&self) -> String {
        let (org, name) = (
            self.letter.to_org.as_deref(),
            self.letter.to_name.as_deref(),
        );
        side(&self.ui, &self.letter.to_party, org, name)
    }

    fn party(&self, code: &str) -> String {
        self.ui.label(List::LetterParty, code)
    }

    fn purpose(&self) -> String {
        self.ui.label(List::LetterPurpose, &self.letter.purpose)
    }

    fn cities(&self) -> String {
        words::slug_names(&self.ui, &self.letter.cities)
    }

    fn by(&self) -> String {
        words::by(&self.ui, &self.letter.by_role, self.letter.by_territory)
    }

    /// What hangs on it, in words.
    fn says(&self, one: &Hanging) -> String {
        match &one.step {
            Some(step) => self.ui.label(List::ActivationStep, step),
            None => one
                .reference
                .clone()
                .unwrap_or_else(|| self.ui.t("plan-letter-answer")),
        }
    }

    /// And where it leads.
    fn leads(&self, one: &Hanging) -> String {
        match (one.letter, &one.city) {
            (Some(id), _) => LetterPath { id }.to_string(),
            (None, Some(city)) => format!("/plan/cities/{city}"),
            (None, None) => self.ui.path().to_owned(),
        }
    }
}

async fn show(path: LetterPath, me: Require<can::PlanLetters>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: RowId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let letter = db::letter(&mut tx, id, me.ui.lang()).await?;
    let hanging = db::hanging(&mut tx, id).await?;
    tx.commit().await?;
    page(
        status,
        &Page {
            ui: me.ui,
            id,
            letter,
            hanging,
            form,
        },
    )
}

async fn strike(
    path: StrikePath,
    me: Require<can::PlanKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    if !db::exists(&mut tx, path.id).await? {
        return Err(AppError::NotFound);
    }
    let Some(why) = form.required("struck_why", Paragraph::parse) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    db::strike(&mut tx, path.id, why.as_str()).await?;
    tx.commit().await?;
    Ok(see(&LetterPath { id: path.id }))
}
