//! How much each colleague carries: for the supervisor who gives out files.

use super::{db, domain::Burden, say};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::UserId,
    routes::Routes,
    state::AppState,
    web::{Ui, page},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The team.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team")]
pub struct TeamPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(team)
}

#[derive(Template)]
#[template(path = "tasks/team.html")]
struct TeamPage {
    ui: Ui,
    load: Vec<db::Load>,
    /// How many files one person can carry.
    ceiling: i64,
    form: Form,
    /// Whose form was refused.
    refused: Option<UserId>,
}

impl TeamPage {
    fn is_heavy(&self, one: &db::Load) -> bool {
        Burden::of(one.files, self.ceiling) == Burden::Heavy
    }

    /// Who may stand in for somebody.
    fn others(&self, one: &db::Load) -> Vec<(String, String)> {
        let free = |other: &&db::Load| {
            other.id != one.id && !other.is_away(self.ui.today()) && !other.is_gone()
        };
        self.load
            .iter()
            .filter(free)
            .map(|w| {
                (
                    w.id.to_string(),
                    self.ui.name(&w.name_ar, &w.name_la).to_owned(),
                )
            })
            .collect()
    }

    /// When somebody is away, and who stands in.
    fn away(&self, one: &db::Load) -> String {
        let today = self.ui.today();
        let (since, until) = (one.away_since, one.away_until);
        let name = one.stands_in_ar.as_deref().zip(one.stands_in_la.as_deref());
        say::absence(
            &self.ui,
            (since.unwrap_or(today), until.unwrap_or(today)),
            name.map(|(ar, la)| self.ui.name(ar, la)),
        )
    }

    fn is_away(&self, one: &db::Load) -> bool {
        one.is_away(self.ui.today())
    }

    /// Whose absence was refused.
    fn is_leave_refused(&self, one: &db::Load) -> bool {
        self.refused == Some(one.id) && !self.form.sent("absence")
    }

    /// For whose absence the colleague was refused.
    fn is_stand_in_refused(&self, one: &db::Load) -> bool {
        self.refused == Some(one.id) && self.form.sent("absence")
    }
}

async fn team(
    _: TeamPath,
    me: Require<can::TeamRead>,
    State(state): State<AppState>,
) -> Result<Response, AppError> {
    draw(me, &state, Form::new(), (None, StatusCode::OK)).await
}

/// The page, with a form as it was left.
pub(super) async fn draw(
    me: Require<can::TeamRead>,
    state: &AppState,
    form: Form,
    (refused, status): (Option<UserId>, StatusCode),
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let load = db::load(&mut tx, me.clock.now()).await?;
    tx.commit().await?;
    let team = TeamPage {
        ui: me.ui,
        load,
        ceiling: state.config.caseload_ceiling.into(),
        form,
        refused,
    };
    page(status, &team)
}
