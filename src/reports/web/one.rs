//! A saved report: its answer as of now, and who else sees it.

use super::{
    ReportPath, ReportsPath,
    answer::{Answer, answer},
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::RowId,
    reports::{db, db::Saved, desk::Whose, drawing::Chart},
    routes::Routes,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/{id}/share", rejection(AppError))]
struct SharePath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/{id}/delete", rejection(AppError))]
struct DeletePath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(share).post(delete)
}

#[derive(Template)]
#[template(path = "reports/show.html")]
struct ShowPage {
    ui: Ui,
    saved: Saved,
    /// The question, with what is wrong with it by now.
    form: Form,
    answer: Option<Answer>,
    is_city: bool,
    is_too_early: bool,
}

impl ShowPage {
    fn owner(&self) -> String {
        self.ui
            .name(&self.saved.owner.0, &self.saved.owner.1)
            .to_owned()
    }
}

async fn show(path: ReportPath, me: Require<can::ReportKeep>) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let mut tx = me.begin_register().await?;
    let saved = db::report(&mut tx, &me.actor, whose, path.id).await?;
    tx.commit().await?;
    let mut form = saved.definition.form();
    let outcome = answer(&me, &mut form).await?;
    let is_city = whose.city().is_some();
    ok(&ShowPage {
        is_too_early: !is_city && outcome.desk.months.is_empty(),
        is_city,
        answer: outcome.answer,
        ui: me.ui,
        saved,
        form,
    })
}

/// Shows it to those of the same scope, or takes that back.
async fn share(
    path: SharePath,
    me: Require<can::ReportKeep>,
    form: Form,
) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    if !form.is_valid() {
        return Err(AppError::BadRequest);
    }
    let mut tx = me.begin_register().await?;
    let saved = db::lock(&mut tx, &me.actor, whose, path.id).await?;
    let shared = match form.text("shared") {
        "yes" => true,
        "no" => false,
        // neither was pressed: nothing changes
        _ => saved.is_shared,
    };
    db::share(&mut tx, whose, &saved, shared).await?;
    tx.commit().await?;
    Ok(see(&ReportPath { id: path.id }))
}

async fn delete(path: DeletePath, me: Require<can::ReportKeep>) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let mut tx = me.begin_register().await?;
    let saved = db::lock(&mut tx, &me.actor, whose, path.id).await?;
    db::delete(&mut tx, whose, me.clock.now(), &saved).await?;
    tx.commit().await?;
    Ok(see(&ReportsPath))
}
