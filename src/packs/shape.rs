//! The shape of a document, as `pack.typ` reads it.

use super::{book::Cell, safe::plain};
use crate::web::Ui;
use serde::Serialize;

/// All of it, handed to the typesetter as JSON.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    pub lang: &'static str,
    pub rtl: bool,
    pub over: String,
    pub title: String,
    pub period: String,
    pub as_of: String,
    pub told_at: String,
    pub print_label: String,
    pub print: String,
    pub foot: String,
    pub keys: Keys,
    pub charts: Part<Chart>,
    pub trends: Part<Columns>,
    pub tables: Part<Grid>,
    pub medians: Grid,
    pub corrections: Grid,
    pub history: History,
    pub method: Said,
}

#[derive(Debug, Serialize)]
pub(super) struct Keys {
    pub title: String,
    pub note: String,
    pub figures: Vec<Figure>,
}

#[derive(Debug, Serialize)]
pub(super) struct Figure {
    pub label: String,
    pub unit: String,
    pub value: Text,
    pub more: Option<String>,
}

/// A part under its heading.
#[derive(Debug, Serialize)]
pub(super) struct Part<T> {
    pub title: String,
    pub note: String,
    pub items: Vec<T>,
}

/// Bars beside their words.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    pub title: String,
    pub note: String,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
pub(super) struct Bar {
    pub label: String,
    pub value: Text,
    /// Of the longest, in hundredths; none of what is not told.
    pub length: Option<i64>,
}

/// Columns, month after month.
#[derive(Debug, Serialize)]
pub(super) struct Columns {
    pub title: String,
    pub note: String,
    pub bars: Vec<Bar>,
}

/// A figure, which runs from the left, or words.
#[derive(Debug, Serialize)]
pub(super) struct Text {
    pub text: String,
    pub number: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Grid {
    pub title: String,
    pub note: String,
    pub head: Vec<String>,
    pub rows: Vec<Line>,
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// `country`, `region`, `place`, `plain`.
    pub level: &'static str,
    pub cells: Vec<Text>,
}

#[derive(Debug, Serialize)]
pub(super) struct History {
    pub title: String,
    pub note: String,
    pub facts: Vec<Fact>,
}

#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub figure: String,
    pub scope: String,
    pub source: String,
    pub quote: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Said {
    pub title: String,
    pub lines: Vec<String>,
}

impl Text {
    /// Of a cell.
    pub fn of(ui: &Ui, cell: &Cell) -> Self {
        Self {
            number: cell.number().is_some(),
            text: plain(&cell.text(ui)),
        }
    }

    /// Words.
    pub fn words(text: &str) -> Self {
        Self {
            text: plain(text),
            number: false,
        }
    }

    /// A figure.
    pub fn number(ui: &Ui, n: i64) -> Self {
        Self {
            text: ui.number(n),
            number: true,
        }
    }
}
