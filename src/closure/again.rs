//! A closed file opened again, and a file that should never have been.

use super::web::draw;
use crate::{
    authz::{Require, can},
    cases::{self, Again, CasePath, CasesPath},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::CaseId,
    reference::List,
    routes::Routes,
    web::see,
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/reopen", rejection(AppError))]
struct ReopenPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/void", rejection(AppError))]
struct VoidPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(reopen).post(void)
}

async fn reopen(
    path: ReopenPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let (codes, today) = (me.ui.catalogue(), me.ui.today());
    let risk = form.required("risk", |code| {
        match codes.parse(List::RiskLevel, code, today) {
            Ok(code) if code != "none" => Ok(code),
            _ => Err(Msg::new("error-choice")),
        }
    });
    let why = form.required("reopen_why", Paragraph::parse);
    let (Some(risk), Some(why)) = (risk, why) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let again = Again {
        case: path.id,
        risk: &risk,
        why: Some(why.as_str()),
        source: None,
    };
    if !cases::reopen(&mut tx, &me.actor, &me.ui, me.clock.now(), &again).await? {
        return Err(AppError::Conflict(Msg::new("case-already-open")));
    }
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

async fn void(
    path: VoidPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let why = form.required("void_why", Paragraph::parse);
    if super::db::opener(&mut tx, &me.actor, path.id).await? == me.actor.user {
        form.fail("void_why", Msg::new("void-four-eyes"));
    }
    let Some(why) = why.filter(|_| form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let what = (path.id, why.as_str());
    super::db::void(&mut tx, &me.actor, me.clock.now(), what).await?;
    tx.commit().await?;
    Ok(see(&CasesPath))
}
