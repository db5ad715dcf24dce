//! The page of a user: what is known, the posts, what can be done.

use super::{
    db,
    team::{self, InTeam},
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AssignmentId, CourtId, TerritoryId, UserId},
    policy::Role,
    reference::{City, List, Organisation},
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
    teams: Vec<InTeam>,
}

async fn show(path: UserPath, me: Require<can::AccessReview>) -> Result<Response, AppError> {
    let form = blank(Form::new(), &me);
    draw(path.id, &me, form, StatusCode::OK).await
}

/// The form of a post that nobody has begun to give.
pub(super) fn blank<G: crate::authz::Grant, R: crate::authz::Recency>(
    form: Form,
    me: &Require<G, R>,
) -> Form {
    let today = me.ui.today().format("%d/%m/%Y").to_string();
    form.with("id", AssignmentId::new(me.clock.now()).to_string())
        .with("since", today)
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
    let teams = team::in_teams(&mut tx, id).await?;
    tx.commit().await?;
    page(
        status,
        &UserPage {
            ui: me.ui.clone(),
            form,
            id,
            card,
            posts,
            teams,
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

    /// The designation that a post rests on.
    fn rests(&self, post: &db::Post) -> Option<String> {
        let all = self.teams.iter();
        let mut bound = all.filter(|one| one.is_bound && one.post == post.id);
        bound.next().map(|one| self.seat(one, "post-rests-on"))
    }

    /// Somebody's seat, in words.
    fn seat(&self, one: &InTeam, key: &'static str) -> String {
        let sector = self.ui.label(List::SeatSector, &one.sector);
        let name = self.ui.name(&one.name_ar, &one.name_la);
        let msg = Msg::new(key)
            .with("sector", sector)
            .with("name", name.to_owned())
            .with("letter", one.letter_ref.clone());
        self.ui.msg(&msg)
    }

    /// Posts that could rest on a designation, each with one.
    fn seats(&self) -> Vec<(String, String)> {
        let mut options = Vec::new();
        for one in self.teams.iter().filter(|one| !one.is_bound) {
            let of = self.posts.iter().find(|post| post.id == one.post);
            let role = of.map_or_else(String::new, |post| self.role(post));
            let seat = self.seat(one, "post-rests-seat");
            options.push((one.code(), format!("{role}{}{seat}", self.ui.colon())));
        }
        options
    }

    fn roles(&self) -> Vec<(String, String)> {
        let option = |role: &Role| (role.code().to_owned(), self.ui.t(role_key(*role)));
        Role::ALL.iter().map(option).collect()
    }

    fn territories(&self) -> Vec<(String, String)> {
        let option = |id: TerritoryId, label| (id.0.to_string(), self.ui.say(label).to_owned());
        let cities = self.ui.catalogue().register();
        let all = self.ui.catalogue().territories();
        // also a city that is being prepared: its people are there before its first day
        let is_staffed = |id: TerritoryId| {
            let mut of_city = cities.iter().filter(|city| city.territory_id == id);
            of_city.any(City::has_posts)
        };
        let mut options: Vec<_> = all
            .filter(|t| is_staffed(t.id))
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
        let cities = self.ui.catalogue().register();
        let local = |one: &&&Organisation| one.territory_id.is_some();
        let mut options: Vec<_> = cities
            .iter()
            .filter(|city| city.has_posts())
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
