//! Best-interests determinations: the form, one of them, and the supervisor's answer to it.

use super::{
    determinations::{self, Determination},
    form::{self, Against},
    page::{DeterminationPage, WeighPage},
    web::{PlanPath, open_file},
};
use crate::{
    audit::{self, Event},
    authz::{Grant, Require, can},
    cases::{self, Head},
    db::Tx,
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    routes::Routes,
    web::{ok, page, refused, see},
};
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/best-interests", rejection(AppError))]
struct NewPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/best-interests/{determination}", rejection(AppError))]
struct OnePath {
    id: CaseId,
    determination: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path(
    "/cases/{id}/best-interests/{determination}/answer",
    rejection(AppError)
)]
struct AnswerPath {
    id: CaseId,
    determination: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(new)
        .post(submit)
        .get(show)
        .post(answer)
}

async fn new(
    path: NewPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let asked = Form::parse(query.as_deref().unwrap_or_default().as_bytes());
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let shown = Event::on("case_form.opened", "case", path.id.0).in_territory(me.actor.territory());
    audit::record(&mut tx, shown).await?;
    let form = Form::new()
        .with("id", RowId::new(now).to_string())
        .with("occasion", asked.text("occasion"))
        .with("met_on", me.ui.today().format("%d/%m/%Y").to_string());
    let subject = (DraftOf::Determination, path.id.0);
    let (form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), form).await?;
    tx.commit().await?;
    ok(&WeighPage {
        ui: me.ui,
        head,
        form,
        desk,
    })
}

async fn submit(
    path: NewPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let id: RowId = form.text("id").parse().map_err(|_| AppError::BadRequest)?;
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    open_file(&head)?;
    let against = Against {
        catalogue: me.ui.catalogue(),
        territory: me.actor.territory(),
        today: me.ui.today(),
        whole: true,
    };
    let Some((occasion, met_on, weighed)) = form::weighed(&mut form, against) else {
        return refused(&WeighPage {
            ui: me.ui,
            head,
            form,
            desk: Desk::given_back(DraftOf::Determination, path.id.0),
        });
    };
    let who = (&*me.actor, &me.ui);
    let content = (occasion.as_str(), met_on, &weighed);
    determinations::submit(&mut tx, who, now, &head, id, content).await?;
    people::touch(&mut tx, &me.actor, now, &[head.id]).await?;
    drafts::done(&mut tx, DraftOf::Determination, path.id.0).await?;
    tx.commit().await?;
    Ok(see(&PlanPath { id: path.id }))
}

async fn find(
    tx: &mut Tx,
    me: &Require<impl Grant>,
    path: OnePath,
) -> Result<(Head, Determination), AppError> {
    let head = cases::writable(tx, &me.actor, path.id).await?;
    let all = determinations::all(tx, &me.actor, &head).await?;
    let one = all.into_iter().find(|one| one.id == path.determination);
    Ok((head, one.ok_or(AppError::NotFound)?))
}

async fn show(path: OnePath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    draw(path, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    path: OnePath,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (head, one) = find(&mut tx, &me, path).await?;
    determinations::opened(&mut tx, &me.actor, &head, one.id).await?;
    tx.commit().await?;
    page(
        status,
        &DeterminationPage {
            ui: me.ui,
            head,
            one,
            form,
        },
    )
}

async fn answer(
    path: AnswerPath,
    me: Require<can::PlanAnswer>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let AnswerPath { id, determination } = path;
    let path = OnePath { id, determination };
    let mut tx = me.begin().await?;
    let (head, one) = find(&mut tx, &me, path).await?;
    open_file(&head)?;
    if one.state != "submitted" || one.episode != head.episode {
        return Err(AppError::Conflict(Msg::new("care-plan-answered")));
    }
    let given = form::answer(&mut form);
    if one.author == me.actor.user {
        form.fail("answer", Msg::new("care-plan-four-eyes"));
    }
    let (Some((is_approved, comments)), true) = (given, form.is_valid()) else {
        drop(tx);
        return draw(path, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let given = (is_approved, comments.as_deref());
    determinations::answer(&mut tx, &me.actor, now, &head, &one, given).await?;
    people::touch(&mut tx, &me.actor, now, &[head.id]).await?;
    tx.commit().await?;
    Ok(see(&path))
}
