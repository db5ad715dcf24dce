//! What waits: emergencies to review, protections whose end somebody asks; and the glass itself.

use super::{
    db::{self, Asked},
    domain::Stage,
};
use crate::{
    authz::{Grant, Recency, Require, can},
    error::AppError,
    forms::Form,
    ids::RowId,
    reference::List,
    routes::Routes,
    web::{Ui, page},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Protected files: what waits.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/protection")]
pub(super) struct DeskPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "protection/desk.html")]
struct DeskPage {
    ui: Ui,
    lifts: Vec<Asked>,
    emergencies: Vec<Asked>,
    form: Form,
}

impl DeskPage {
    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::EmergencyReason)
    }

    fn reason(&self, one: &Asked) -> String {
        let code = one.reason.as_deref().unwrap_or_default();
        self.ui.label(List::EmergencyReason, code)
    }

    fn city(&self, one: &Asked) -> String {
        let place = self.ui.catalogue().territory(one.territory);
        place.map_or_else(String::new, |t| self.ui.say(&t.label).to_owned())
    }

    /// Whether the reader may answer or review it.
    fn is_mine(&self, one: &Asked) -> bool {
        let answers = |a: &std::sync::Arc<crate::authz::Actor>| one.is_answerable(a);
        self.ui.may("glass_review") && self.ui.actor().is_some_and(answers)
    }

    fn waiting(&self) -> usize {
        let open = self.emergencies.iter();
        open.filter(|one| one.stage == Stage::ToReview).count()
    }
}

async fn show(_: DeskPath, me: Require<can::ProtectionRead>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    draw(me, form, StatusCode::OK).await
}

/// The page, with a refused form as it was left.
pub(super) async fn draw<G: Grant, R: Recency>(
    me: Require<G, R>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let now = me.clock.now();
    let lifts = db::lifts(&mut tx, &me.actor, now).await?;
    let emergencies = db::emergencies(&mut tx, &me.actor, now).await?;
    tx.commit().await?;
    page(
        status,
        &DeskPage {
            ui: me.ui,
            lifts,
            emergencies,
            form,
        },
    )
}
