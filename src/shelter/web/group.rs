//! The groups of places of a city's institutions: added, changed, closed.

use super::register::InstitutionPath;
use crate::{
    authz::{Actor, Require, can},
    conflicts::{self, Around, Author, Meeting, Question, Theirs},
    db::Tx,
    error::AppError,
    forms::Form,
    ids::RowId,
    reference::List,
    routes::Routes,
    shelter::{
        db::{self, Group, Institution},
        domain::Audience,
        entry,
    },
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/{id}/groups/new", rejection(AppError))]
struct NewPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/institutions/{id}/groups/{group}", rejection(AppError))]
struct EditPath {
    id: RowId,
    group: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add).get(edit).post(save)
}

#[derive(Template)]
#[template(path = "shelter/group.html")]
struct GroupPage {
    ui: Ui,
    institution: Institution,
    /// None: it is added.
    group: Option<Group>,
    form: Form,
}

impl GroupPage {
    fn title(&self) -> String {
        match self.group {
            Some(_) => self.ui.t("group-edit"),
            None => self.ui.t("group-new"),
        }
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        let id = self.institution.id;
        match &self.group {
            Some(one) => EditPath { id, group: one.id }.to_string(),
            None => NewPath { id }.to_string(),
        }
    }

    /// How many children of files are there or coming.
    fn hint(&self) -> Option<String> {
        let places = self.group.as_ref()?.places;
        let (admitted, held) = (places.admitted, places.held);
        Some(self.ui.t2(
            "places-figures-hint",
            ("admitted", admitted),
            ("held", held),
        ))
    }

    fn audiences(&self) -> Vec<(String, String)> {
        audiences(&self.ui)
    }

    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::PlaceReason)
    }
}

fn audiences(ui: &Ui) -> Vec<(String, String)> {
    Audience::ALL
        .map(|one| (one.code().to_owned(), ui.t(one.key())))
        .into()
}

async fn blank(path: NewPath, me: Require<can::CityKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = db::own(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("closed", "0")
        .with("others", "0")
        .with("version", "0");
    ok(&GroupPage {
        ui: me.ui,
        institution,
        group: None,
        form,
    })
}

async fn add(
    path: NewPath,
    me: Require<can::CityKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = db::own(&mut tx, &me.actor, path.id).await?;
    let Some((id, entry)) = entry::new_group(&mut form, &me.ui) else {
        return refused(&GroupPage {
            ui: me.ui,
            institution,
            group: None,
            form,
        });
    };
    let now = me.clock.now();
    db::add_group(&mut tx, &me.actor, now, (path.id, id), &entry).await?;
    tx.commit().await?;
    Ok(see(&InstitutionPath { id: path.id }))
}

/// An institution of the reader's prefecture, and a group of its places.
async fn found(
    tx: &mut Tx,
    actor: &Actor,
    path: EditPath,
) -> Result<(Institution, Group), AppError> {
    let institution = db::own(tx, actor, path.id).await?;
    let groups = db::groups(tx, actor, Some(path.id)).await?;
    let group = groups.into_iter().find(|group| group.id == path.group);
    Ok((institution, group.ok_or(AppError::NotFound)?))
}

/// The form, as the register has it.
fn known(group: &Group) -> Form {
    let places = group.places;
    let shut = group
        .shut_on
        .map_or_else(String::new, |day| day.format("%d/%m/%Y").to_string());
    Form::new()
        .with("audience", group.audience.code())
        .with("age_from", group.age_min.to_string())
        .with("age_to", group.age_max.to_string())
        .with("capacity", places.capacity.to_string())
        .with("closed", places.closed.to_string())
        .with("others", places.others.to_string())
        .with("reason", group.reason.as_str())
        .with("shut_on", shut)
        .with("version", group.version.to_string())
}

/// What can be asked when a colleague wrote meanwhile.
fn questions(ui: &Ui) -> Vec<Question> {
    let text = |field, key| Question::text(field, ui.t(key));
    vec![
        Question::choice("audience", ui.t("shelter-col-for"), audiences(ui)),
        text("age_from", "group-age-from"),
        text("age_to", "group-age-to"),
        text("capacity", "places-capacity"),
        text("closed", "places-closed"),
        text("others", "places-others"),
        Question::choice(
            "reason",
            ui.t("places-reason"),
            ui.options(List::PlaceReason),
        ),
        text("shut_on", "group-closed-on"),
    ]
}

async fn edit(path: EditPath, me: Require<can::CityKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (institution, group) = found(&mut tx, &me.actor, path).await?;
    tx.commit().await?;
    let form = conflicts::shown(known(&group));
    ok(&GroupPage {
        ui: me.ui,
        institution,
        group: Some(group),
        form,
    })
}

async fn save(
    path: EditPath,
    me: Require<can::CityKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let back = InstitutionPath { id: path.id };
    let mut tx = me.begin().await?;
    // no place is taken between here and the commit, and a colleague who saves has saved
    db::lock_group(&mut tx, path.group).await?;
    let (institution, group) = found(&mut tx, &me.actor, path).await?;
    let stored = known(&group);
    match conflicts::meet(&mut form, &stored, &questions(&me.ui)) {
        // pressed twice
        Meeting::Same if form.is_valid() => return Ok(see(&back)),
        Meeting::Clear | Meeting::Same => {}
        Meeting::Ask(found) => {
            let author = Author {
                name_ar: group.name_ar,
                name_la: group.name_la,
                at: Some(group.confirmed_at),
            };
            let around = Around::new(&path, &back);
            return conflicts::ask(me.ui, around, &form, Theirs::new(stored, author), found);
        }
    }
    let before = (group.audience, group.places);
    let Some(entry) = entry::group(&mut form, &me.ui, Some(before)) else {
        return refused(&GroupPage {
            ui: me.ui,
            institution,
            group: Some(group),
            form,
        });
    };
    db::change_group(&mut tx, &me.actor, me.clock.now(), &group, &entry).await?;
    tx.commit().await?;
    Ok(see(&back))
}
