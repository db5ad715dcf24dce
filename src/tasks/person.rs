//! What one colleague owes, for the supervisor: where a task is put into other hands.

use super::{
    db,
    domain::{Due, What},
    say,
};
use crate::{
    authz::{Require, can},
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
    person: db::Load,
    owed: Vec<Due>,
}

impl PersonPage {
    fn words(&self, due: &Due) -> String {
        say::words(&self.ui, due)
    }

    fn when(&self, due: &Due) -> (String, &'static str) {
        say::when(&self.ui, due.at)
    }

    fn hands(&self, due: &Due) -> Option<String> {
        say::hands(&self.ui, due, "task-from-colleague")
    }

    fn page(&self, due: &Due) -> String {
        let task = due.what.task();
        task.map_or_else(|| due.what.page(), |id| format!("/tasks/{id}"))
    }
}

async fn show(path: PersonPath, me: Require<can::TeamRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let team = db::load(&mut tx, me.ui.now()).await?;
    let person = team
        .into_iter()
        .find(|one| one.id == path.id)
        .ok_or(AppError::NotFound)?;
    let owed = db::owed(&mut tx, &me.actor, path.id, false, me.ui.now()).await?;
    tx.commit().await?;
    ok(&PersonPage {
        ui: me.ui,
        person,
        owed,
    })
}
