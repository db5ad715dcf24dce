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
    vault::Reading,
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

    /// Whether the forms of an answer stand on the page.
    fn is_answerable(&self) -> bool {
        self.waits() && self.is_receiver()
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

/// Why a transfer does not wait for that side: it is the other's to answer, or is answered.
fn obstacle(transfer: &Transfer, here: TerritoryId, side: TerritoryId) -> Option<Msg> {
    if here != side {
        Some(Msg::new("transfer-other-side"))
    } else if transfer.line.state == State::Requested {
        None
    } else {
        Some(Msg::new("transfer-answered"))
    }
}

/// It cannot be answered so any more: told beside what was typed.
async fn told<G: Grant>(
    id: RowId,
    me: Require<G>,
    mut form: Form,
    (field, msg): (&'static str, Msg),
) -> Result<Response, AppError> {
    form.fail(field, msg);
    draw(id, me, form, StatusCode::CONFLICT).await
}

async fn accept(
    path: AcceptPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, path.id).await?;
    if let Some(msg) = obstacle(&transfer, me.actor.territory(), transfer.line.to) {
        // pressed twice, the file is here and its lead the one that was chosen
        let is_done = match form.text("lead").parse() {
            Ok(lead) if transfer.line.state == State::Accepted => {
                db::leads(&mut tx, &me.actor, (transfer.case, lead)).await?
            }
            _ => false,
        };
        drop(tx);
        return if is_done {
            Ok(see(&CasePath { id: transfer.case }))
        } else {
            told(path.id, me, form, ("lead", msg)).await
        };
    }
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
    let moved = match db::accept(&mut tx, &me.actor, (path.id, lead)).await {
        Ok(Some(moved)) => Ok(moved),
        Ok(None) => Err(Msg::new("transfer-answered")),
        Err(AppError::Conflict(msg)) => Err(msg),
        Err(error) => return Err(error),
    };
    match moved {
        Ok(case) => {
            tx.commit().await?;
            Ok(see(&CasePath { id: CaseId(case) }))
        }
        Err(msg) => {
            drop(tx);
            told(path.id, me, form, ("lead", msg)).await
        }
    }
}

async fn refuse(
    path: RefusePath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, path.id).await?;
    if let Some(msg) = obstacle(&transfer, me.actor.territory(), transfer.line.to) {
        // pressed twice, it is the answer that was given
        let said = transfer.answer.and_then(Reading::into_text);
        let typed = Paragraph::parse(form.text("refusal").trim()).ok();
        let is_said = transfer.line.state == State::Refused
            && typed.is_some()
            && said == typed.map(Paragraph::into_string);
        drop(tx);
        return if is_said {
            Ok(see(&TransferPath { id: path.id }))
        } else {
            told(path.id, me, form, ("refusal", msg)).await
        };
    }
    let Some(why) = form.required("refusal", Paragraph::parse) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let why = Some(why.as_str());
    match db::end(&mut tx, &me.actor, me.clock.now(), path.id, why).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return told(path.id, me, form, ("refusal", msg)).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&TransferPath { id: path.id }))
}

async fn withdraw(path: WithdrawPath, me: Require<can::CaseAssign>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let transfer = db::open(&mut tx, &me.actor, path.id).await?;
    if let Some(msg) = obstacle(&transfer, me.actor.territory(), transfer.line.from) {
        return Err(AppError::Conflict(msg));
    }
    db::end(&mut tx, &me.actor, me.clock.now(), path.id, None).await?;
    tx.commit().await?;
    Ok(see(&TransferPath { id: path.id }))
}
