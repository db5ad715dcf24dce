//! Pages of a focal point.

use super::db::{self, Line, Request};
use crate::{
    authz::{Grant, Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{DisclosureId, RowId},
    reference::List,
    routes::Routes,
    services::{
        Made, Mover, Sent, Side,
        answer::{self, Choice},
        make, sent, step_is_made, steps,
    },
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).get(show).post(reply)
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/requests")]
struct RequestsPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/requests/{id}", rejection(AppError))]
struct RequestPath {
    id: DisclosureId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/requests/{id}/answer", rejection(AppError))]
struct AnswerPath {
    id: DisclosureId,
}

#[derive(Template)]
#[template(path = "requests/list.html")]
struct ListPage {
    ui: Ui,
    is_done: bool,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "requests/show.html")]
struct ShowPage {
    ui: Ui,
    form: Form,
    request: Request,
    sent: Sent,
    steps: Vec<Made>,
}

async fn list(
    _: RequestsPath,
    me: Require<can::RequestAnswer>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let is_done = asked.text("show") == "done";
    let mut tx = me.begin().await?;
    let lines = db::list(&mut tx, &me.actor, is_done).await?;
    tx.commit().await?;
    ok(&ListPage {
        ui: me.ui,
        is_done,
        lines,
    })
}

async fn show(path: RequestPath, me: Require<can::RequestAnswer>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let request = db::find(&mut tx, &me.actor, path.id).await?;
    let sent = sent(&mut tx, &me.actor, path.id).await?;
    let steps = steps(&mut tx, &me.actor, request.service).await?;
    db::opened(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("version", request.version.to_string());
    ok(&ShowPage {
        ui: me.ui,
        form,
        request,
        sent,
        steps,
    })
}

async fn reply(
    path: AnswerPath,
    me: Require<can::RequestAnswer>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let request = db::find(&mut tx, &me.actor, path.id).await?;
    let mover = answer::hidden(&mut form).map(|(form, version)| Mover {
        form,
        service: request.service,
        request: Some(request.id),
        version,
        side: Side::Provider,
    });
    if let Some(mover) = mover.filter(|mover| mover.version != request.version) {
        if step_is_made(&mut tx, &me.actor, mover).await? {
            return Ok(see(&RequestPath { id: path.id }));
        }
        drop(tx);
        return meanwhile(path, me, form, db::meanwhile()).await;
    }
    let asked = answer::Asked {
        standing: request.standing,
        side: Side::Provider,
        whom: None,
        urgent: false,
        has_alternative: false,
        since: Some(me.ui.day_of(request.sent_at)),
    };
    let answers = answer::parse(&mut form, me.ui.catalogue(), me.ui.today(), asked);
    let (true, Some(mover)) = (form.is_valid(), mover) else {
        drop(tx);
        return again(path, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match make(&mut tx, &me.actor, me.clock.now(), mover, &answers).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return meanwhile(path, me, form, msg).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&RequestPath { id: path.id }))
}

/// Somebody was quicker: where the request stands now, with what was typed.
async fn meanwhile<G: Grant>(
    path: AnswerPath,
    me: Require<G>,
    mut form: Form,
    msg: Msg,
) -> Result<Response, AppError> {
    form.fail("words", msg);
    again(path, me, form, StatusCode::CONFLICT).await
}

/// The page with a form that was not taken; it goes on from where the request is now.
async fn again<G: Grant>(
    path: AnswerPath,
    me: Require<G>,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let request = db::find(&mut tx, &me.actor, path.id).await?;
    let sent = sent(&mut tx, &me.actor, path.id).await?;
    let steps = steps(&mut tx, &me.actor, request.service).await?;
    tx.commit().await?;
    form.set("version", request.version.to_string());
    let drawn = ShowPage {
        ui: me.ui,
        form,
        request,
        sent,
        steps,
    };
    page(status, &drawn)
}

impl ListPage {
    fn icon(&self, line: &Line) -> &'static str {
        line.slip.as_ref().map_or("hand-heart", |slip| {
            crate::services::icon_of(&slip.family.code)
        })
    }
}

impl ShowPage {
    fn choices(&self) -> Vec<Choice> {
        answer::choices(&self.ui, self.request.standing, Side::Provider)
    }

    fn action(&self) -> String {
        AnswerPath {
            id: self.request.id,
        }
        .to_string()
    }

    fn outcomes(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn hash(&self) -> String {
        crate::prosecution::grouped(&self.sent.sha256)
    }
}
