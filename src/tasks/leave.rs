//! One's own absence: from when to when, and who stands in, or that a supervisor chooses.

use super::absence::{self, Absence, NewAbsence};
use crate::{
    authz::{Require, can},
    cases::{self, Colleague},
    error::AppError,
    forms::Form,
    ids::{RowId, UserId},
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The reader's absences.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/today/away")]
struct LeavePath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/today/away/{id}/end", rejection(AppError))]
struct EndPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(leave).post(end)
}

#[derive(Template)]
#[template(path = "tasks/leave.html")]
struct LeavePage {
    ui: Ui,
    me: UserId,
    absences: Vec<Absence>,
    team: Vec<Colleague>,
    form: Form,
}

impl LeavePage {
    fn words(&self, one: &Absence) -> String {
        super::say::absence(
            &self.ui,
            (one.since, one.until),
            one.is_covered
                .then(|| self.ui.name(&one.name_ar, &one.name_la)),
        )
    }

    /// Whether it has begun: else it is called off, not ended.
    fn runs(&self, one: &Absence) -> bool {
        one.since <= self.ui.today()
    }

    fn others(&self) -> Vec<(String, String)> {
        let others = self.team.iter().filter(|one| one.id != self.me);
        others
            .map(|one| {
                let name = self.ui.name(&one.name_ar, &one.name_la);
                (one.id.to_string(), name.to_owned())
            })
            .collect()
    }
}

async fn show(_: LeavePath, me: Require<can::TaskKeep>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    draw(me, form, StatusCode::OK).await
}

async fn draw(
    me: Require<can::TaskKeep>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let absences = absence::own(&mut tx, &me.actor, me.ui.today()).await?;
    let team = cases::colleagues(&mut tx).await?;
    tx.commit().await?;
    let shown = LeavePage {
        me: me.actor.user,
        ui: me.ui,
        absences,
        team,
        form,
    };
    page(status, &shown)
}

async fn leave(
    _: LeavePath,
    me: Require<can::TaskKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let (today, absent) = (me.ui.today(), me.actor.user);
    let mut tx = me.begin().await?;
    let team = cases::colleagues(&mut tx).await?;
    let since = form.required("since", |text| absence::day(text, (today, "away-past")));
    let first = since.unwrap_or(today);
    let until = form.required("until", |text| absence::day(text, (first, "away-order")));
    let colleague = form.optional("colleague", |id| {
        absence::colleague(id, &team, Some(absent))
    });
    let (Some(since), Some(until), true) = (since, until, form.is_valid()) else {
        drop(tx);
        return draw(me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = form.id_of_answers("id").map(RowId);
    let new = NewAbsence {
        id: id.ok_or(AppError::BadRequest)?,
        absent,
        colleague,
        since,
        until,
    };
    if let Err(refusal) = absence::add(&mut tx, &me.actor, me.clock.now(), new).await? {
        drop(tx);
        form.fail(refusal.field(), refusal.msg());
        return draw(me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tx.commit().await?;
    Ok(see(&LeavePath))
}

async fn end(path: EndPath, me: Require<can::TaskKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let which = (path.id, Some(me.actor.user));
    absence::end(&mut tx, &me.actor, me.clock.now(), which).await?;
    tx.commit().await?;
    Ok(see(&LeavePath))
}
