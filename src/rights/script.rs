//! What is read aloud to a child before an interview (domain P7): big letters, nothing else on the page.

use super::domain::SCRIPT_LANGUAGES;
use crate::{
    authz::{Require, can},
    cases::{self, Head},
    error::AppError,
    forms::Form,
    ids::CaseId,
    reference::{Code, List},
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/script", rejection(AppError))]
struct ScriptPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "rights/script.html")]
struct ScriptPage {
    ui: Ui,
    head: Head,
    /// Code of `ref.language`, and the tag of it.
    language: (&'static str, &'static str),
}

impl ScriptPage {
    /// The paragraphs of today, in the language of the child.
    fn paragraphs(&self) -> Vec<String> {
        let rows = self
            .ui
            .catalogue()
            .choices(List::InterviewScript, self.ui.today());
        rows.into_iter().map(|row| self.text(row)).collect()
    }

    fn text(&self, row: &Code) -> String {
        match self.language.0 {
            "darija" => row.text("darija").unwrap_or(&row.label.ar).to_owned(),
            "french" => row.label.fr.clone(),
            "english" => row.label.en.clone(),
            _ => row.label.ar.clone(),
        }
    }

    fn languages(&self) -> [(&'static str, &'static str); 4] {
        SCRIPT_LANGUAGES
    }

    fn dir(&self) -> &'static str {
        if self.language.1.starts_with("ar") {
            "rtl"
        } else {
            "ltr"
        }
    }
}

async fn show(
    path: ScriptPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let known = SCRIPT_LANGUAGES
        .iter()
        .find(|(code, _)| *code == asked.text("language"));
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    ok(&ScriptPage {
        ui: me.ui,
        head,
        language: *known.unwrap_or(&SCRIPT_LANGUAGES[0]),
    })
}
