//! The register of letters: newest first, by city, side, purpose and days.

use super::{
    db::{self, Line},
    form,
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    plan::words,
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The register of letters.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/letters")]
struct LettersPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "plan/letters.html")]
struct Page {
    ui: Ui,
    form: Form,
    rows: Vec<Line>,
    /// Address of the next page.
    next: Option<String>,
}

impl Page {
    fn cities(&self) -> Vec<(String, String)> {
        words::all_cities(&self.ui)
    }

    fn parties(&self) -> Vec<(String, String)> {
        self.ui.options(List::LetterParty)
    }

    fn purposes(&self) -> Vec<(String, String)> {
        self.ui.options(List::LetterPurpose)
    }

    fn about(&self, letter: &Line) -> String {
        words::slug_names(&self.ui, &letter.cities)
    }

    fn from(&self, letter: &Line) -> String {
        let (org, name) = (letter.from_org.as_deref(), letter.from_name.as_deref());
        side(&self.ui, &letter.from_party, org, name)
    }

    fn to(&self, letter: &Line) -> String {
        let (org, name) = (letter.to_org.as_deref(), letter.to_name.as_deref());
        side(&self.ui, &letter.to_party, org, name)
    }

    fn purpose(&self, letter: &Line) -> String {
        self.ui.label(List::LetterPurpose, &letter.purpose)
    }

    fn is_filtered(&self) -> bool {
        let fields = ["city", "party", "purpose", "since", "until"];
        fields.iter().any(|field| !self.form.text(field).is_empty())
    }
}

/// Who it is: as the letter writes it, else the organisation, else what kind of body.
pub(super) fn side(ui: &Ui, party: &str, org: Option<&str>, name: Option<&str>) -> String {
    name.or(org)
        .map_or_else(|| ui.label(List::LetterParty, party), str::to_owned)
}

async fn show(
    path: LettersPath,
    me: Require<can::PlanLetters>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let filter = form::filter(&mut form, &me.ui);
    if !form.is_valid() {
        return refused(&Page {
            ui: me.ui,
            form,
            rows: Vec::new(),
            next: None,
        });
    }
    let skip = words::skipped(form.text("skip"));
    let mut tx = me.begin_figures().await?;
    let mut rows = db::list(&mut tx, &filter, me.ui.lang(), skip).await?;
    tx.commit().await?;
    let next = words::cut(&mut rows, skip).map(|skip| further(&path, &form, skip));
    ok(&Page {
        ui: me.ui,
        form,
        rows,
        next,
    })
}

/// The same question, further down.
fn further(path: &LettersPath, form: &Form, skip: i64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for field in ["city", "party", "purpose", "since", "until"] {
        if !form.text(field).is_empty() {
            query.append_pair(field, form.text(field));
        }
    }
    query.append_pair("skip", &skip.to_string());
    format!("{path}?{}", query.finish())
}
