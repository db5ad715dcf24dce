//! What one colleague owes, for the supervisor: where a task is put into other hands.

use super::{
    db,
    domain::{Due, Hands, What},
    web::{when, words},
};
use crate::{
    authz::{Require, can},
    cases::{self, Colleague},
    error::AppError,
    ids::UserId,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team/{id}", rejection(AppError))]
struct PersonPath {
    id: UserId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "tasks/person.html")]
struct PersonPage {
    ui: Ui,
    person: Colleague,
    owed: Vec<Due>,
}

impl PersonPage {
    fn words(&self, due: &Due) -> String {
        words(&self.ui, due)
    }

    fn when(&self, due: &Due) -> (String, &'static str) {
        when(&self.ui, due.at)
    }

    /// That it came from another, or went to one.
    fn hands(&self, due: &Due) -> Option<String> {
        match &due.what {
            What::Task {
                hands: Hands::Handed,
                ..
            } => Some(self.ui.t("task-from-colleague")),
            What::Task {
                hands: Hands::Colleague(ar, la),
                ..
            } => Some(self.ui.t1("task-with", "name", self.ui.name(ar, la))),
            _ => None,
        }
    }
}

async fn show(path: PersonPath, me: Require<can::TeamRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let colleagues = cases::colleagues(&mut tx).await?;
    let person = colleagues
        .into_iter()
        .find(|one| one.id == path.id)
        .ok_or(AppError::NotFound)?;
    let owed = db::owed(&mut tx, &me.actor, path.id, false).await?;
    tx.commit().await?;
    ok(&PersonPage {
        ui: me.ui,
        person,
        owed,
    })
}
