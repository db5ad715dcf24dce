//! The transfers of a prefecture, and the answer to one.

use super::{
    ask::territory,
    db::{self, Line, Transfer},
    domain::{Sheet, State},
};
use crate::{
    authz::{Grant, Require, TerritoryId, can},
    cases::{self, CasePath, Colleague, EpisodeState},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    people::Birth,
    reference::List,
    routes::Routes,
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/transfers")]
struct TransfersPath;

/// One of them.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/transfers/{id}", rejection(AppError))]
pub struct TransferPath {
    /// Which.
    pub id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/transfers/{id}/accept", rejection(AppError))]
struct AcceptPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/transfers/{id}/refuse", rejection(AppError))]
struct RefusePath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/transfers/{id}/withdraw", rejection(AppError))]
struct WithdrawPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(list)
        .get(show)
        .post(accept)
        .post(refuse)
        .post(withdraw)
}

#[derive(Template)]
#[template(path = "transfers/list.html")]
struct ListPage {
    ui: Ui,
    lines: Vec<Line>,
}

impl ListPage {
    fn is_here(&self, place: TerritoryId) -> bool {
        self.ui.actor().is_some_and(|me| me.territory() == place)
    }

    /// Those that come, those that leave.
    fn sides(&self) -> [(&'static str, Vec<&Line>); 2] {
        let of = |came: bool| {
            self.lines
                .iter()
                .filter(|line| self.is_here(line.to) == came)
                .collect()
        };
        [("transfers-in", of(true)), ("transfers-out", of(false))]
    }

    /// The other city.
    fn other(&self, line: &Line) -> String {
        let other = if self.is_here(line.to) {
            line.from
        } else {
            line.to
        };
        territory(&self.ui, other)
    }
}

async fn list(_: TransfersPath, me: Require<can::CaseAssign>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let lines = db::list(&mut tx, &me.actor).await?;
    tx.commit().await?;
    ok(&ListPage { ui: me.ui, lines })
}

#[derive(Template)]
#[template(path = "transfers/show.html")]
struct TransferPage {
    ui: Ui,
    transfer: Transfer,
    colleagues: Vec<Colleague>,
    form: Form,
}

impl TransferPage {
    fn is_receiver(&self) -> bool {
        self.ui
            .actor()
            .is_some_and(|me| me.territory() == self.transfer.line.to)
    }

    fn waits(&self) -> bool {
        self.transfer.line.state == State::Requested
    }

    fn place(&self, id: &TerritoryId) -> String {
        territory(&self.ui, *id)
    }

    fn child(&self, sheet: &Sheet) -> String {
        self.ui.name(&sheet.name_ar, &sheet.name_la).to_owned()
    }

    fn age(&self, sheet: &Sheet) -> String {
        let known = sheet.birth.map(|(earliest, latest)| Birth {
            earliest,
            latest,
            basis: String::new(),
        });
        known.map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_today(&self.ui),
        )
    }

    fn state(&self, sheet: &Sheet) -> String {
        let state = EpisodeState::from_code(&sheet.state);
        state.map_or_else(String::new, |state| self.ui.t(state.key()))
    }

    /// The file, for whoever has it now.
    fn file(&self) -> Option<CaseId> {
        let here = (self.transfer.line.state == State::Accepted) == self.is_receiver();
        here.then_some(self.transfer.case)
    }

    fn leads(&self) -> Vec<(String, String)> {
        let all = self.colleagues.iter();
        all.map(|c| {
            (
                c.id.to_string(),
                self.ui.name(&c.name_ar, &c.name_la).to_owned(),
            )
        })
        .collect()
    }
}

async fn show(path: TransferPath, me: Require<can::CaseAssign>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: RowId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, id).await?;
    let colleagues = cases::colleagues(&mut tx).await?;
    tx.commit().await?;
    let page_of = TransferPage {
        ui: me.ui,
        transfer,
        colleagues,
        form,
    };
    page(status, &page_of)
}

/// A transfer that waits for that side; the other side is refused.
fn answerable(transfer: &Transfer, here: TerritoryId, side: TerritoryId) -> Result<(), AppError> {
    if here != side {
        Err(AppError::Conflict(Msg::new("transfer-other-side")))
    } else if transfer.line.state != State::Requested {
        Err(AppError::Conflict(Msg::new("transfer-answered")))
    } else {
        Ok(())
    }
}

async fn accept(
    path: AcceptPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, path.id).await?;
    answerable(&transfer, me.actor.territory(), transfer.line.to)?;
    let colleagues = cases::colleagues(&mut tx).await?;
    let lead = form.required("lead", |id| {
        let id: UserId = id.parse().map_err(|_| Msg::new("error-choice"))?;
        let known = colleagues.iter().any(|one| one.id == id);
        known.then_some(id).ok_or(Msg::new("error-choice"))
    });
    let Some(lead) = lead else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let moved = db::accept(&mut tx, &me.actor, (path.id, lead)).await?;
    let case = moved.ok_or(AppError::Conflict(Msg::new("transfer-answered")))?;
    tx.commit().await?;
    Ok(see(&CasePath { id: CaseId(case) }))
}

async fn refuse(
    path: RefusePath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, path.id).await?;
    answerable(&transfer, me.actor.territory(), transfer.line.to)?;
    let Some(why) = form.required("refusal", Paragraph::parse) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let why = Some(why.as_str());
    db::end(&mut tx, &me.actor, me.clock.now(), path.id, why).await?;
    tx.commit().await?;
    Ok(see(&TransferPath { id: path.id }))
}

async fn withdraw(path: WithdrawPath, me: Require<can::CaseAssign>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, path.id).await?;
    answerable(&transfer, me.actor.territory(), transfer.line.from)?;
    db::end(&mut tx, &me.actor, me.clock.now(), path.id, None).await?;
    tx.commit().await?;
    Ok(see(&TransferPath { id: path.id }))
}
