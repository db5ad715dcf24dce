//! A city adds an institution to its register, and keeps its name, kind and ways to reach it.

use super::{
    keep::answers,
    register::{InstitutionPath, RegisterPath},
};
use crate::{
    authz::{Require, can},
    conflicts::{self, Around, Meeting, Question, Theirs},
    error::AppError,
    forms::Form,
    ids::RowId,
    reference::List,
    routes::Routes,
    shelter::{
        db::{self, HouseNames, Institution},
        domain::House,
        entry,
        form::standard_field,
    },
    state::AppState,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/new")]
struct NewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/{id}/edit", rejection(AppError))]
struct EditPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add).get(edit).post(save)
}

/// Added or changed: licence, standards and closing of one that is known are on a page of their own.
#[derive(Template)]
#[template(path = "shelter/entry.html")]
struct EntryPage {
    ui: Ui,
    /// None: it is added.
    institution: Option<Institution>,
    form: Form,
}

impl EntryPage {
    fn title(&self) -> String {
        match self.institution {
            Some(_) => self.ui.t("entry-edit"),
            None => self.ui.t("entry-new"),
        }
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        match &self.institution {
            Some(one) => EditPath { id: one.id }.to_string(),
            None => NewPath.to_string(),
        }
    }

    /// Where one goes without it.
    fn back(&self) -> String {
        match &self.institution {
            Some(one) => InstitutionPath { id: one.id }.to_string(),
            None => RegisterPath.to_string(),
        }
    }

    fn kinds(&self) -> Vec<(String, String)> {
        kinds(&self.ui)
    }

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

/// What a house can be.
fn kinds(ui: &Ui) -> Vec<(String, String)> {
    let mut all = ui.options(List::PlacementType);
    all.retain(|(code, _)| House::of_kind(code).is_some());
    all
}

async fn blank(_: NewPath, me: Require<can::CityKeep>) -> Result<Response, AppError> {
    let mut form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("version", "0");
    for (code, _) in me.ui.options(List::ShelterStandard) {
        form.set(&standard_field(&code), "unknown");
    }
    ok(&EntryPage {
        ui: me.ui,
        institution: None,
        form,
    })
}

async fn add(
    _: NewPath,
    me: Require<can::CityKeep>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let Some(new) = entry::new_house(&mut form, &me.ui) else {
        return refused(&EntryPage {
            ui: me.ui,
            institution: None,
            form,
        });
    };
    let mut tx = me.begin().await?;
    if db::add(&mut tx, &me.actor, &new).await? {
        tx.commit().await?;
        read_again(&state).await;
    }
    Ok(see(&InstitutionPath { id: new.id }))
}

/// The names are read from memory everywhere: this process knows the new one at once, another within minutes. Saved
/// they are in any case.
async fn read_again(state: &AppState) {
    if let Err(error) = state.shelf.refresh(&state.db).await {
        tracing::warn!(%error, "reference.not_refreshed");
    }
}

/// The form, as the register has it. The address is not in it: it is shown on request alone.
fn known(of: &Institution, names: &HouseNames) -> Form {
    Form::new()
        .with("name_ar", names.ar.as_str())
        .with("name_la", names.fr.as_str())
        .with("house_kind", of.kind.as_str())
        .with("phone", of.phone.as_deref().unwrap_or_default())
        .with("version", of.version.to_string())
}

/// What can be asked when a colleague wrote meanwhile.
fn questions(ui: &Ui) -> Vec<Question> {
    let text = |field, key| Question::text(field, ui.t(key));
    let kept = ui.t("entry-address-kept");
    let address = move |form: &Form| match form.text("address").trim() {
        "" => kept.clone(),
        typed => typed.to_owned(),
    };
    vec![
        text("name_ar", "entry-name-ar"),
        text("name_la", "entry-name-fr"),
        Question::choice("house_kind", ui.t("entry-kind"), kinds(ui)),
        text("phone", "entry-phone"),
        Question::whole(
            "address",
            ui.t("entry-address"),
            vec!["address".to_owned()],
            address,
        ),
    ]
}

async fn edit(path: EditPath, me: Require<can::CityKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = db::own(&mut tx, &me.actor, path.id).await?;
    let names = db::names(&mut tx, &institution.organisation).await?;
    tx.commit().await?;
    let form = conflicts::shown(known(&institution, &names));
    ok(&EntryPage {
        ui: me.ui,
        institution: Some(institution),
        form,
    })
}

async fn save(
    path: EditPath,
    me: Require<can::CityKeep>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let back = InstitutionPath { id: path.id };
    let mut tx = me.begin().await?;
    db::hold_house(&mut tx, &me.actor, path.id).await?;
    let institution = db::own(&mut tx, &me.actor, path.id).await?;
    let names = db::names(&mut tx, &institution.organisation).await?;
    let stored = known(&institution, &names);
    match conflicts::meet(&mut form, &stored, &questions(&me.ui)) {
        // pressed twice
        Meeting::Same if form.is_valid() => return Ok(see(&back)),
        Meeting::Clear | Meeting::Same => {}
        Meeting::Ask(found) => {
            let author = db::author(&mut tx, &me.actor, path.id).await?;
            let around = Around::new(&path, &back);
            return conflicts::ask(me.ui, around, &form, Theirs::new(stored, author), found);
        }
    }
    let Some(identity) = entry::identity(&mut form) else {
        return refused(&EntryPage {
            ui: me.ui,
            institution: Some(institution),
            form,
        });
    };
    db::change(&mut tx, &me.actor, (&institution, &names), &identity).await?;
    tx.commit().await?;
    read_again(&state).await;
    Ok(see(&back))
}
