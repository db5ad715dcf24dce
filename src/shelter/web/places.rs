//! An institution's own figures.

use super::desk::DeskPath;
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
        db::{self, Group},
        form,
    },
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/groups/{id}", rejection(AppError))]
struct GroupPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/shelter/desk/confirm")]
struct ConfirmPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(edit).post(save).post(confirm)
}

#[derive(Template)]
#[template(path = "shelter/places.html")]
struct PlacesPage {
    ui: Ui,
    group: Group,
    form: Form,
}

impl PlacesPage {
    /// How many children of files are there or coming.
    fn hint(&self) -> String {
        let places = self.group.places;
        let (admitted, held) = (places.admitted, places.held);
        self.ui.t2(
            "places-figures-hint",
            ("admitted", admitted),
            ("held", held),
        )
    }

    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::PlaceReason)
    }
}

/// A group of the reader's own institution.
async fn own(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Group, AppError> {
    let groups = db::groups(tx, actor, None).await?;
    let found = groups.into_iter().find(|group| group.id == id);
    found.ok_or(AppError::NotFound)
}

async fn edit(path: GroupPath, me: Require<can::PlacesKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let group = own(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let form = conflicts::shown(of_group(&group));
    ok(&PlacesPage {
        ui: me.ui,
        group,
        form,
    })
}

fn of_group(group: &Group) -> Form {
    Form::new()
        .with("capacity", group.places.capacity.to_string())
        .with("closed", group.places.closed.to_string())
        .with("others", group.places.others.to_string())
        .with("reason", group.reason.as_str())
        .with("version", group.version.to_string())
}

/// What can be asked when a colleague wrote other figures meanwhile.
fn questions(ui: &Ui) -> Vec<Question> {
    let count = |field, key| Question::text(field, ui.t(key));
    vec![
        count("capacity", "places-capacity"),
        count("closed", "places-closed"),
        count("others", "places-others"),
        Question::choice(
            "reason",
            ui.t("places-reason"),
            ui.options(List::PlaceReason),
        ),
    ]
}

async fn save(
    path: GroupPath,
    me: Require<can::PlacesKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    // no place is taken between here and the commit
    db::lock_group(&mut tx, path.id).await?;
    let group = own(&mut tx, &me.actor, path.id).await?;
    let stored = of_group(&group);
    if let Meeting::Ask(found) = conflicts::meet(&mut form, &stored, &questions(&me.ui)) {
        let author = Author {
            name_ar: group.name_ar,
            name_la: group.name_la,
            at: Some(group.confirmed_at),
        };
        let around = Around::new(&path, &DeskPath);
        return conflicts::ask(me.ui, around, &form, Theirs::new(stored, author), found);
    }
    let Some(figures) = form::figures(&mut form, &me.ui, group.places) else {
        return refused(&PlacesPage {
            ui: me.ui,
            group,
            form,
        });
    };
    db::update(&mut tx, &me.actor, me.clock.now(), path.id, &figures).await?;
    tx.commit().await?;
    Ok(see(&DeskPath))
}

async fn confirm(_: ConfirmPath, me: Require<can::PlacesKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let institution = db::institution(&mut tx, &me.actor, None).await?;
    db::confirm(&mut tx, &me.actor, me.clock.now(), institution.id).await?;
    tx.commit().await?;
    Ok(see(&DeskPath))
}
