//! A city's own institutions: licence, standards, whether they still receive.

use super::register::InstitutionPath;
use crate::{
    authz::{Require, can},
    conflicts::{self, Around, Meeting, Question, Theirs},
    error::AppError,
    forms::Form,
    ids::RowId,
    reference::List,
    routes::Routes,
    shelter::{
        db::{self, Institution},
        form::{self, standard_field},
    },
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/{id}/keep", rejection(AppError))]
struct KeepPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(edit).post(save)
}

#[derive(Template)]
#[template(path = "shelter/keep.html")]
struct KeepPage {
    ui: Ui,
    institution: Institution,
    form: Form,
}

impl KeepPage {
    /// Field and words of each standard.
    fn standards(&self) -> Vec<(String, String)> {
        let all = self.ui.options(List::ShelterStandard).into_iter();
        all.map(|(code, words)| (standard_field(&code), words))
            .collect()
    }

    fn answers(&self) -> [(&'static str, String); 3] {
        answers(&self.ui)
    }
}

/// What can be said of a standard.
pub(super) fn answers(ui: &Ui) -> [(&'static str, String); 3] {
    [
        ("yes", "keep-answer-yes"),
        ("no", "keep-answer-no"),
        ("unknown", "keep-answer-unknown"),
    ]
    .map(|(code, key)| (code, ui.t(key)))
}

fn dmy(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.format("%d/%m/%Y").to_string())
}

/// The form, as the register has it.
fn known(ui: &Ui, of: &Institution) -> Form {
    let mut form = Form::new()
        .with("licence", of.licence.as_deref().unwrap_or_default())
        .with("licensed_until", dmy(of.licensed_until))
        .with("inspected_on", dmy(of.checked_on))
        .with("shut_on", dmy(of.closed_on))
        .with("version", of.version.to_string());
    for (code, _) in ui.options(List::ShelterStandard) {
        let answer = if of.standards.contains(&code) {
            "yes"
        } else if of.standards_unmet.contains(&code) {
            "no"
        } else {
            "unknown"
        };
        form.set(&standard_field(&code), answer);
    }
    form
}

/// What can be asked when a colleague wrote meanwhile.
fn questions(ui: &Ui) -> Vec<Question> {
    let text = |field, key| Question::text(field, ui.t(key));
    let mut all = vec![
        text("licence", "shelter-licence-number"),
        text("licensed_until", "shelter-licensed-until"),
        text("inspected_on", "keep-checked-on"),
    ];
    for (code, words) in ui.options(List::ShelterStandard) {
        let answers = answers(ui).map(|(answer, words)| (answer.to_owned(), words));
        all.push(Question::choice(
            &standard_field(&code),
            words,
            answers.into(),
        ));
    }
    all.push(text("shut_on", "keep-closed-on"));
    all
}

async fn edit(path: KeepPath, me: Require<can::CityKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = db::own(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let form = conflicts::shown(known(&me.ui, &institution));
    ok(&KeepPage {
        ui: me.ui,
        institution,
        form,
    })
}

async fn save(
    path: KeepPath,
    me: Require<can::CityKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    db::hold_house(&mut tx, &me.actor, path.id).await?;
    let institution = db::own(&mut tx, &me.actor, path.id).await?;
    let stored = known(&me.ui, &institution);
    match conflicts::meet(&mut form, &stored, &questions(&me.ui)) {
        // pressed twice
        Meeting::Same if form.is_valid() => return Ok(see(&InstitutionPath { id: path.id })),
        Meeting::Clear | Meeting::Same => {}
        Meeting::Ask(found) => {
            let author = db::author(&mut tx, &me.actor, path.id).await?;
            let around = Around::new(&path, &InstitutionPath { id: path.id });
            return conflicts::ask(me.ui, around, &form, Theirs::new(stored, author), found);
        }
    }
    let Some(standing) = form::standing(&mut form, &me.ui) else {
        return refused(&KeepPage {
            ui: me.ui,
            institution,
            form,
        });
    };
    db::keep(&mut tx, &me.actor, &institution, &standing).await?;
    tx.commit().await?;
    Ok(see(&InstitutionPath { id: path.id }))
}
