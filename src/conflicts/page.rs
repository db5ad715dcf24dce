//! The page of a conflict.

use super::{ASKED, Difference, THEN, Theirs};
use crate::{
    error::AppError,
    forms::Form,
    i18n::Msg,
    web::{Ui, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use std::fmt::Display;

/// Who wrote what is stored.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// In Arabic; empty: nobody is known, or the program did.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

/// What is shown around the question.
#[derive(Debug)]
pub struct Around {
    /// Where the form is sent.
    pub action: String,
    /// Where one goes without choosing.
    pub back: String,
    /// Why nothing can be saved any more; `None`: it can.
    pub why: Option<Msg>,
}

impl Around {
    /// A form that can still be saved.
    pub fn new(action: &impl Display, back: &impl Display) -> Self {
        Self {
            action: action.to_string(),
            back: back.to_string(),
            why: None,
        }
    }

    /// One that cannot, and why.
    pub fn over(back: &impl Display, why: Msg) -> Self {
        Self {
            action: String::new(),
            back: back.to_string(),
            why: Some(why),
        }
    }
}

#[derive(Template)]
#[template(path = "forms/conflict.html")]
struct ConflictPage {
    ui: Ui,
    around: Around,
    author: Author,
    differences: Vec<Difference>,
    hidden: Vec<(String, String)>,
}

impl ConflictPage {
    fn open(&self) -> usize {
        self.differences.iter().filter(|one| one.is_open).count()
    }

    fn both(&self) -> usize {
        let both = self.differences.iter().filter(|one| one.chosen.is_none());
        both.count()
    }

    /// Which choice is missing.
    fn missing(&self, one: &Difference) -> String {
        let error = ("error", self.ui.t("conflict-choose"));
        self.ui
            .t2("field-error", ("field", one.label.as_str()), error)
    }

    fn said<'a>(&self, text: &'a str) -> Option<&'a str> {
        (!text.is_empty()).then_some(text)
    }
}

/// Asks: 409, or 422 if something was asked and not answered.
pub fn ask(
    ui: Ui,
    around: Around,
    form: &Form,
    theirs: Theirs,
    differences: Vec<Difference>,
) -> Result<Response, AppError> {
    let mut hidden: Vec<(String, String)> = form
        .pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    hidden.push((THEN.to_owned(), theirs.form.to_draft()));
    let asked = differences.iter().map(|one| one.key.clone());
    hidden.extend(asked.map(|key| (ASKED.to_owned(), key)));
    let status = if differences.iter().any(|one| one.is_open) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::CONFLICT
    };
    let template = ConflictPage {
        ui,
        around,
        author: theirs.author,
        differences,
        hidden,
    };
    page(status, &template)
}

/// Says that nothing can be saved here any more, why, and what both wrote.
pub fn ended(
    ui: Ui,
    around: Around,
    theirs: Author,
    differences: Vec<Difference>,
) -> Result<Response, AppError> {
    let template = ConflictPage {
        ui,
        around,
        author: theirs,
        differences,
        hidden: Vec::new(),
    };
    page(StatusCode::CONFLICT, &template)
}
