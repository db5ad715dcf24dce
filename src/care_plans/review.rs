//! The plan in force is looked at, and stays as it is.

use super::{
    db::{self, NewReview, ShownReview},
    web::{PlanPath, draw, in_force, open_file},
};
use crate::{
    authz::{Require, can},
    cases,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    reference::List,
    routes::Routes,
    web::{Ui, see},
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/care-plan/{plan}/review", rejection(AppError))]
struct ReviewPath {
    id: CaseId,
    plan: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(review)
}

/// What was answered; the child is heard, or it is said why not.
fn answers(form: &mut Form, ui: &Ui) -> Option<NewReview> {
    let today = ui.today();
    let view = form.optional("review_view", Paragraph::parse);
    let why_not = form.optional("review_why_not", |code| {
        ui.catalogue().parse(List::ViewAbsence, code, today)
    });
    let note = form.required("review_note", Paragraph::parse);
    match (&view, &why_not) {
        (Some(_), Some(_)) => form.fail("review_why_not", Msg::new("care-plan-review-both")),
        (None, None) => form.fail("review_view", Msg::new("care-plan-review-heard")),
        _ => {}
    }
    let id = form.id_of_answers("id").map(RowId);
    form.is_valid().then_some(NewReview {
        id: id?,
        view: view.map(Paragraph::into_string),
        why_not,
        note: note?.into_string(),
    })
}

async fn review(
    path: ReviewPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    open_file(&head)?;
    let plans = db::all(&mut tx, &me.actor, &head).await?;
    let plan = plans
        .iter()
        .find(|plan| plan.id == path.plan)
        .ok_or(AppError::NotFound)?;
    if in_force(&head, &plans).is_none_or(|one| one.id != plan.id) {
        return Err(AppError::Conflict(Msg::new("care-plan-review-over")));
    }
    let Some(new) = answers(&mut form, &me.ui) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if plan.reviews.iter().any(|one| one.id == new.id) {
        // pressed twice
        return Ok(see(&PlanPath { id: path.id }));
    }
    let who = (&*me.actor, &me.ui);
    db::review(&mut tx, who, now, (&head, plan), &new).await?;
    // counted under the lock that writing takes: of two reviews at once, the second finds the first
    let others = |one: &&ShownReview| one.id != new.id;
    let plans = db::all(&mut tx, &me.actor, &head).await?;
    let written = plans.iter().find(|one| one.id == path.plan);
    let meanwhile = written.map_or(0, |one| one.reviews.iter().filter(others).count());
    if form.text("reviews") != meanwhile.to_string() {
        drop(tx);
        form.fail("review_note", Msg::new("care-plan-reviewed-meanwhile"));
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    people::touch(&mut tx, &me.actor, now, &[head.id]).await?;
    tx.commit().await?;
    Ok(see(&PlanPath { id: path.id }))
}
