//! A file taken in hand, handed over, given back for completion, completed, closed, opened again, sent to another court,
//! joined: each by a form that says what its author saw (decision 0087).

use super::{
    custody::{GivenBack, words_field},
    desk::DeskPath,
    file::{self, FilePath, Returned},
};
use crate::{
    authz::{Actor, CourtId, Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Line, Paragraph, western_digits},
    i18n::Msg,
    ids::{JudicialFileId, RowId, UserId},
    prosecution::{
        custody::{HeldFile, Move, Mover},
        db::{
            custody::{self, Step},
            steps::{self, Standing},
        },
    },
    reference::List,
    web::{Ui, see},
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/take", rejection(AppError))]
pub(super) struct TakePath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/hand-over", rejection(AppError))]
pub(super) struct HandOverPath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/return", rejection(AppError))]
pub(super) struct ReturnPath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/complete", rejection(AppError))]
pub(super) struct CompletePath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/close", rejection(AppError))]
pub(super) struct ClosePath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/reopen", rejection(AppError))]
pub(super) struct ReopenPath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/reroute", rejection(AppError))]
pub(super) struct ReroutePath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/reroute-from-cell", rejection(AppError))]
pub(super) struct CellReroutePath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/join", rejection(AppError))]
pub(super) struct JoinPath {
    id: JudicialFileId,
}

pub(super) async fn take(
    path: TakePath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Take, Mover::Prosecutor), form).await
}

pub(super) async fn hand_over(
    path: HandOverPath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::HandOver, Mover::Prosecutor), form).await
}

pub(super) async fn give_back(
    path: ReturnPath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Return, Mover::Prosecutor), form).await
}

pub(super) async fn complete(
    path: CompletePath,
    me: Require<can::ReferralTransmit>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Complete, Mover::Supervisor), form).await
}

pub(super) async fn close(
    path: ClosePath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Close, Mover::Prosecutor), form).await
}

pub(super) async fn reopen(
    path: ReopenPath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Reopen, Mover::Prosecutor), form).await
}

pub(super) async fn reroute(
    path: ReroutePath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Reroute, Mover::Prosecutor), form).await
}

pub(super) async fn reroute_from_cell(
    path: CellReroutePath,
    me: Require<can::ReferralTransmit>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Reroute, Mover::Supervisor), form).await
}

pub(super) async fn join(
    path: JoinPath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    step(me, path.id, (Move::Join, Mover::Prosecutor), form).await
}

/// What a form says of a move.
#[derive(Debug, Default)]
struct Asked {
    heir: Option<UserId>,
    court: Option<CourtId>,
    reason: Option<String>,
    other: Option<JudicialFileId>,
    words: Option<Paragraph>,
}

/// Makes a move: once, however often its form is sent, and from the state that its author saw.
async fn step<G: Grant>(
    me: Require<G>,
    id: JudicialFileId,
    (made, by): (Move, Mover),
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let key = form.id_of_answers("id").map(RowId);
    let found = found(&mut tx, &me.actor, id, by).await;
    let is_seen = found
        .as_ref()
        .is_ok_and(|(_, now)| form.text("seen") == now.version.to_string());
    if !is_seen
        && let Some(key) = key
        && steps::is_made(&mut tx, key, id).await?
    {
        return Ok(onward(made, by, id));
    }
    let (file, now) = found?;
    let (Some(key), true) = (key, is_seen && made.is_open(by, file.state)) else {
        drop(tx);
        let notice = Some(Msg::new("judicial-moved"));
        return again(&me, id, GivenBack { made, form, notice }).await;
    };
    let asked = read(&mut tx, &me.actor, &me.ui, (made, &now), &mut form).await?;
    if !form.is_valid() {
        drop(tx);
        let notice = None;
        return again(&me, id, GivenBack { made, form, notice }).await;
    }
    match custody::make(&mut tx, key, &file, made, &asked.step()).await {
        Err(AppError::Conflict(msg)) => {
            // the database refused it, and that transaction is over
            drop(tx);
            let notice = beside(&mut form, made, msg);
            return again(&me, id, GivenBack { made, form, notice }).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(onward(made, by, id))
}

/// The file, locked, and where it stands.
async fn found(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
    by: Mover,
) -> Result<(HeldFile, Standing), AppError> {
    let file = match by {
        Mover::Supervisor | Mover::Cell => custody::hold_here(tx, actor, id).await?,
        Mover::Prosecutor | Mover::Court => custody::hold(tx, actor, id).await?,
    };
    Ok((file, steps::standing(tx, actor, id).await?))
}

/// Where to go on: a court that sent a file away does not read it any more.
fn onward(made: Move, by: Mover, id: JudicialFileId) -> Response {
    if made == Move::Reroute && by == Mover::Prosecutor {
        see(&DeskPath)
    } else {
        see(&FilePath { id })
    }
}

/// The page as it is now, with what was typed.
async fn again<G: Grant>(
    me: &Require<G>,
    id: JudicialFileId,
    back: GivenBack,
) -> Result<Response, AppError> {
    let status = if back.notice.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    file::again(me, id, Returned::Step(back), status).await
}

/// A refusal of the database beside the field that can mend it; of the whole page, if none can.
fn beside(form: &mut Form, made: Move, msg: Msg) -> Option<Msg> {
    let field = match made {
        Move::HandOver => "heir",
        Move::Reroute => "to_court",
        Move::Join => "other_file",
        _ => return Some(msg),
    };
    if msg == Msg::new("judicial-moved") {
        return Some(msg);
    }
    form.fail(field, msg);
    None
}

/// Reads what belongs to a move; what is wrong stands in the form.
async fn read(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    (made, now): (Move, &Standing),
    form: &mut Form,
) -> Result<Asked, AppError> {
    let mut asked = Asked::default();
    match made {
        Move::HandOver => asked.heir = heir(form, now),
        Move::Return | Move::Complete | Move::Reopen => {
            asked.words = form.required(words_field(made), Paragraph::parse);
        }
        Move::Reroute => read_reroute(form, ui, &mut asked),
        Move::Join => asked.other = other(tx, actor, form).await?,
        Move::Transmit | Move::Withdraw | Move::Receive | Move::Take | Move::Close => {}
    }
    Ok(asked)
}

/// A colleague of the bench; nobody is the court, which has it already if nobody has it in hand.
fn heir(form: &mut Form, now: &Standing) -> Option<UserId> {
    let known = |text: &str| match text.parse::<UserId>() {
        Ok(one) if now.bench.iter().any(|colleague| colleague.id == one) => Ok(one),
        _ => Err(Msg::new("judicial-no-such-colleague")),
    };
    if now.held_by.is_some() {
        form.optional("heir", known)
    } else {
        form.required("heir", known)
    }
}

fn read_reroute(form: &mut Form, ui: &Ui, asked: &mut Asked) {
    asked.court = form.required("to_court", |text| {
        let id = text
            .parse()
            .map(CourtId)
            .map_err(|_| Msg::new("error-choice"))?;
        let court = ui.catalogue().court(id).map(|court| court.id);
        court.ok_or_else(|| Msg::new("error-choice"))
    });
    asked.reason = form.required("to_court_reason", |text| {
        ui.catalogue()
            .parse(List::CourtChangeReason, text, ui.today())
    });
    let field = words_field(Move::Reroute);
    asked.words = form.optional(field, Paragraph::parse);
    if asked.reason.as_deref() == Some("other") && asked.words.is_none() {
        form.fail(field, Msg::new("judicial-court-note-needed"));
    }
}

/// The other procedure by its number, as people write it.
async fn other(
    tx: &mut Tx,
    actor: &Actor,
    form: &mut Form,
) -> Result<Option<JudicialFileId>, AppError> {
    let Some(typed) = form.required("other_file", Line::parse) else {
        return Ok(None);
    };
    let number: String = western_digits(typed.as_str())
        .to_uppercase()
        .split_whitespace()
        .collect();
    let found = steps::numbered(tx, actor, &number).await?;
    if found.is_none() {
        form.fail("other_file", Msg::new("judicial-no-such-file"));
    }
    Ok(found)
}

impl Asked {
    fn step(&self) -> Step<'_> {
        Step {
            heir: self.heir,
            court: self.court,
            reason: self.reason.as_deref(),
            other: self.other,
            words: self.words.as_ref().map(Paragraph::as_str),
            gaps: Vec::new(),
        }
    }
}
