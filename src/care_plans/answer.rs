//! One version of a plan, and the supervisor's answer to it.

use super::{
    db::{self, Plan},
    determinations::{self, Determination},
    domain::PlanState,
    form,
    page::VersionPage,
    web::{PlanPath, open_file},
};
use crate::{
    authz::{Grant, Require, can},
    cases::{self, EpisodeState, Head, Move},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    routes::Routes,
    web::{page, see},
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/care-plan/{plan}", rejection(AppError))]
struct VersionPath {
    id: CaseId,
    plan: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/care-plan/{plan}/answer", rejection(AppError))]
struct AnswerPath {
    id: CaseId,
    plan: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(answer)
}

async fn show(path: VersionPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    draw(path, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    path: VersionPath,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let mut plans = db::all(&mut tx, &me.actor, &head).await?;
    let weighed = determinations::all(&mut tx, &me.actor, &head).await?;
    db::opened(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    let place = plans
        .iter()
        .position(|plan| plan.id == path.plan)
        .ok_or(AppError::NotFound)?;
    let plan = plans.remove(place);
    let before = plans
        .into_iter()
        .filter(|one| one.episode == plan.episode && one.seq < plan.seq)
        .max_by_key(|one| one.seq);
    let missing = missing(&head, &plan, &weighed);
    page(
        status,
        &VersionPage {
            ui: me.ui,
            head,
            plan,
            before,
            missing,
            form,
        },
    )
}

/// The occasions of its actions for which no determination of this episode is approved.
fn missing(head: &Head, plan: &Plan, weighed: &[Determination]) -> Vec<String> {
    let approved = |occasion: &str| {
        weighed.iter().any(|one| {
            one.episode == head.episode && one.state == "approved" && one.occasion == occasion
        })
    };
    let mut missing: Vec<String> = plan
        .actions()
        .filter_map(|action| action.occasion.clone())
        .filter(|occasion| !approved(occasion))
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

async fn answer(
    path: AnswerPath,
    me: Require<can::PlanAnswer>,
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
    if plan.state != PlanState::Submitted || plan.episode != head.episode {
        return Err(AppError::Conflict(Msg::new("care-plan-answered")));
    }
    let given = form::answer(&mut form);
    if plan.author == me.actor.user {
        form.fail("answer", Msg::new("care-plan-four-eyes"));
    }
    if given.as_ref().is_some_and(|(is_approved, _)| *is_approved) {
        let weighed = determinations::all(&mut tx, &me.actor, &head).await?;
        if !missing(&head, plan, &weighed).is_empty() {
            form.fail("answer", Msg::new("care-plan-needs-determination"));
        }
    }
    let (Some((is_approved, comments)), true) = (given, form.is_valid()) else {
        drop(tx);
        let AnswerPath { id, plan } = path;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(VersionPath { id, plan }, me, form, status).await;
    };
    let who = (&*me.actor, &me.ui);
    db::answer(
        &mut tx,
        who,
        now,
        &head,
        plan,
        (is_approved, comments.as_deref()),
    )
    .await?;
    if is_approved && head.state == EpisodeState::Planning {
        let facts = cases::facts(&mut tx, &me.actor, head.id).await?;
        let standing = head.standing(me.actor.user);
        let step = standing
            .step(Move::CarryOut, me.actor.role, facts)
            .map_err(|_| AppError::Conflict(Msg::new("case-move-refused")))?;
        cases::transition(&mut tx, &me.actor, &me.ui, now, (&head, step), None).await?;
    }
    people::touch(&mut tx, &me.actor, now, &[head.id]).await?;
    tx.commit().await?;
    Ok(see(&PlanPath { id: path.id }))
}
