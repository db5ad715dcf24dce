//! The page of a user: what is known, the posts, what can be done.

use super::db;
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::{AssignmentId, CourtId, TerritoryId, UserId},
    policy::Role,
    reference::Organisation,
    routes::Routes,
    web::{Ui, page, role_key},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Whose page.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/users/{id}", rejection(AppError))]
pub(super) struct UserPath {
    pub(super) id: UserId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "admin/user.html")]
struct UserPage {
    ui: Ui,
    form: Form,
    id: UserId,
    card: db::Card,
    posts: Vec<db::Post>,
}

async fn show(path: UserPath, me: Require<can::AccessReview>) -> Result<Response, AppError> {
    let today = me.ui.today().format("%d/%m/%Y").to_string();
    let form = Form::new()
        .with("id", AssignmentId::new(me.clock.now()).to_string())
        .with("since", today);
    draw(path.id, &me, form, StatusCode::OK).await
}

/// The page with a form for one more post.
pub(super) async fn draw<G: crate::authz::Grant, R: crate::authz::Recency>(
    id: UserId,
    me: &Require<G, R>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let card = db::card(&mut tx, id).await?;
    let posts = db::posts(&mut tx, id).await?;
    tx.commit().await?;
    page(
        status,
        &UserPage {
            ui: me.ui.clone(),
            form,
            id,
            card,
            posts,
        },
    )
}

impl UserPage {
    /// Whether the reader may change this account: an administrator, on somebody else's.
    fn may_change(&self) -> bool {
        self.ui.may("user_manage") && !self.card.is_me
    }

    fn role(&self, post: &db::Post) -> String {
        Role::from_code(&post.role).map_or_else(String::new, |role| self.ui.t(role_key(role)))
    }

    fn place(&self, post: &db::Post) -> String {
        self.ui.scope(&post.scope())
    }

    fn roles(&self) -> Vec<(String, String)> {
        let option = |role: &Role| (role.code().to_owned(), self.ui.t(role_key(*role)));
        Role::ALL.iter().map(option).collect()
    }

    fn territories(&self) -> Vec<(String, String)> {
        let option = |id: TerritoryId, label| (id.0.to_string(), self.ui.say(label).to_owned());
        let cities = self.ui.catalogue().cities();
        let all = self.ui.catalogue().territories();
        let mut options: Vec<_> = all
            .filter(|t| cities.iter().any(|city| city.territory_id == t.id))
            .map(|t| option(t.id, &t.label))
            .collect();
        options.sort_by(|a, b| a.1.cmp(&b.1));
        options
    }

    fn courts(&self) -> Vec<(String, String)> {
        let option = |id: CourtId, label| (id.0.to_string(), self.ui.say(label).to_owned());
        let all = self.ui.catalogue().courts();
        let mut options: Vec<_> = all.map(|court| option(court.id, &court.label)).collect();
        options.sort_by(|a, b| a.1.cmp(&b.1));
        options
    }

    fn organisations(&self) -> Vec<(String, String)> {
        let cities = self.ui.catalogue().cities();
        let local = |one: &&&Organisation| one.territory_id.is_some();
        let mut options: Vec<_> = cities
            .iter()
            .flat_map(|city| self.ui.catalogue().providers(city.territory_id))
            .collect::<Vec<_>>()
            .iter()
            .filter(local)
            .map(|one| (one.code.clone(), self.ui.say(&one.label).to_owned()))
            .collect();
        options.sort_by(|a, b| a.1.cmp(&b.1));
        options
    }
}
