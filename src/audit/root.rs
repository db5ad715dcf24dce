//! The page of the daily root: printed for the committee, it holds the trail to what it was that day.

use super::{
    db::{self, Root},
    domain,
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, parse_date},
    i18n::Msg,
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use qrcode::{Color, EcLevel, QrCode};
use serde::Deserialize;
use std::fmt::{self, Write as _};

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/audit/root")]
struct RootPath;

#[derive(Template)]
#[template(path = "audit/root.html")]
struct RootPage {
    ui: Ui,
    form: Form,
    day: NaiveDate,
    root: Option<Root>,
    code: Option<Code>,
}

impl RootPage {
    fn is_old(&self, root: &Root) -> bool {
        root.at < domain::midnight(self.day)
    }
}

impl Root {
    /// In groups of four, for eyes that compare it with paper.
    fn hex(&self) -> String {
        let text = hex::encode(&self.root);
        let groups: Vec<&str> = (0..text.len())
            .step_by(4)
            .filter_map(|at| text.get(at..at + 4))
            .collect();
        groups.join(" ")
    }
}

/// A QR code as SVG: one path, no style.
#[derive(Debug)]
pub(super) struct Code {
    width: usize,
    path: String,
}

/// Light modules around the code, which readers need.
const QUIET: usize = 4;

impl Code {
    fn new(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (at, _) in code
            .to_colors()
            .iter()
            .enumerate()
            .filter(|(_, color)| **color == Color::Dark)
        {
            let _ = write!(
                path,
                "M{} {}h1v1h-1z",
                at % width + QUIET,
                at / width + QUIET
            );
        }
        Some(Self {
            width: width + 2 * QUIET,
            path,
        })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r##"<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true"><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{1}"/></svg>"##,
            self.width, self.path
        )
    }
}
/// Numbers of ours.
impl askama::filters::HtmlSafe for Code {}

async fn show(
    _: RootPath,
    me: Require<can::AuditRoot>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let today = me.ui.today();
    let asked = form.optional("day", |text| match parse_date(text)? {
        day if day > today => Err(Msg::new("error-date-future")),
        day => Ok(day),
    });
    let day = asked.unwrap_or(today);
    let mut root = None;
    if form.is_valid() {
        let mut tx = me.begin().await?;
        root = db::root(&mut tx, day).await?;
        tx.commit().await?;
    }
    if form.text("day").is_empty() {
        form.set("day", day.format("%d/%m/%Y").to_string());
    }
    let valid = form.is_valid();
    let page = RootPage {
        ui: me.ui,
        code: root.as_ref().and_then(|root| Code::new(&root.note)),
        form,
        day,
        root,
    };
    if valid { ok(&page) } else { refused(&page) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_and_holds_the_text() {
        let small = Code::new("x").unwrap();
        let large = Code::new(&"x".repeat(400)).unwrap();
        assert_eq!(small.width, 21 + 2 * QUIET);
        assert!(large.width > small.width && large.path.len() > small.path.len());
        assert!(Code::new(&"x".repeat(4_000)).is_none());
    }
}
