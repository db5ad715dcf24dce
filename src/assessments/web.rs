//! The pages of this slice.

use super::{
    db,
    form::{self, answers},
    meeting::{self, draft_of, stored},
    page::{AssessmentsPage, FormPage},
    weighed,
};
use crate::{
    authz::{Grant, Require, Role, can},
    cases::{self, Head},
    conflicts,
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    risk::Level,
    routes::Routes,
    web::{ok, page, refused, see},
};
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/assessments", rejection(AppError))]
struct AllPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/assessments/form", rejection(AppError))]
struct FormPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/risk", rejection(AppError))]
struct RiskPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(all)
        .get(edit)
        .post(write)
        .post(change_risk)
}

async fn all(path: AllPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let all = db::all(&mut tx, &me.actor, &head).await?;
    db::opened(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    page(status, &AssessmentsPage::new(me.ui, head, all, form))
}

/// What is written into is open.
fn open_file(head: &Head) -> Result<(), AppError> {
    head.must_be_open("assessment-file-closed")
}

/// A new form, or the draft of this episode.
async fn edit(
    path: FormPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let all = db::all(&mut tx, &me.actor, &head).await?;
    db::opened(&mut tx, &me.actor, &head).await?;
    if !head.state.is_open() {
        tx.commit().await?;
        return Ok(see(&AllPath { id: path.id }));
    }
    let new = RowId::new(now).to_string();
    let form = conflicts::shown(stored(draft_of(&head, &all), &new));
    let subject = (DraftOf::Assessment, path.id.0);
    let (form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), form).await?;
    tx.commit().await?;
    ok(&FormPage {
        ui: me.ui,
        head,
        form,
        desk,
    })
}

async fn write(
    path: FormPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let back = AllPath { id: path.id };
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    open_file(&head)?;
    let mut tx = match meeting::meet(tx, &me, &head, &mut form, (&path, &back)).await? {
        (Some(tx), _) => tx,
        (None, meeting::Answer::Page(page)) => return Ok(*page),
        (None, _) => return Ok(see(&back)),
    };
    // after the meeting: the form may be that of another draft by now
    let (id, version) = conflicts::row_of(&form)?;
    let whole = form.text("act") == "complete";
    let given = answers(&mut form, me.ui.catalogue(), me.ui.today(), whole);
    let Some(given) = given else {
        return refused(&FormPage {
            ui: me.ui,
            head,
            form,
            desk: Desk::given_back(DraftOf::Assessment, path.id.0),
        });
    };
    let draft = form.to_draft();
    db::save(&mut tx, &me.actor, now, &head, (id, version), &draft).await?;
    if whole {
        let done = weighed::complete(&mut tx, &me.actor, &me.ui, now, &head, id, given).await?;
        if let Err(msg) = done {
            drop(tx);
            form.fail("raise", msg);
            return refused(&FormPage {
                ui: me.ui,
                head,
                form,
                desk: Desk::given_back(DraftOf::Assessment, path.id.0),
            });
        }
    }
    drafts::done(&mut tx, DraftOf::Assessment, path.id.0).await?;
    tx.commit().await?;
    Ok(see(&AllPath { id: path.id }))
}

/// Whether a supervisor answers with what they send: an assessment came out lower, and nobody has answered yet.
fn is_answer(latest: &db::Assessment, role: Role) -> bool {
    latest.asks.is_some() && role == Role::Supervisor
}

/// Why a level is not set; `None`: it is.
fn objection(
    latest: &db::Assessment,
    (now, to): (&str, Level),
    role: Role,
    is_author: bool,
) -> Option<&'static str> {
    let computed = latest.computed.as_deref().and_then(Level::from_code);
    if to.code() == now {
        // who is asked may keep it
        (!is_answer(latest, role)).then_some("assessment-risk-same")
    } else if Some(to) > Level::from_code(now) {
        None
    } else if role != Role::Supervisor {
        // what somebody raised, too, is not taken back by another without them
        Some("assessment-risk-supervisor")
    } else if is_author && Some(to) < computed {
        Some("assessment-risk-four-eyes")
    } else {
        None
    }
}

async fn change_risk(
    path: RiskPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    open_file(&head)?;
    let all = db::all(&mut tx, &me.actor, &head).await?;
    let latest = all
        .iter()
        .find(|one| one.computed.is_some() && one.episode == head.episode);
    let Some(latest) = latest else {
        return Err(AppError::Conflict(Msg::new("assessment-risk-none")));
    };
    // what was on the screen is another level by now, or was answered: shown again, nothing is changed
    let seen = form.text("version").parse::<i32>();
    if seen.is_ok_and(|seen| seen != head.version) {
        drop(tx);
        form.fail("risk", Msg::new("risk-changed-meanwhile"));
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    let to = form.required("risk", form::level);
    let why = form
        .required("risk_why", Paragraph::parse)
        .map(Paragraph::into_string);
    if let Some(to) = to {
        let is_author = latest.by == me.actor.user;
        if let Some(key) = objection(latest, (&head.risk, to), me.actor.role, is_author) {
            form.fail("risk", Msg::new(key));
        }
    }
    let (Some(to), Some(why), true) = (to, why, form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let change = weighed::NewChange {
        assessment: latest.id,
        from: &head.risk,
        to,
        why: &why,
        answers: is_answer(latest, me.actor.role),
    };
    weighed::change(&mut tx, &me.actor, now, &head, &change).await?;
    cases::owe_anew(&mut tx, &me.actor, &me.ui, now, &head, to.code()).await?;
    tx.commit().await?;
    Ok(see(&AllPath { id: path.id }))
}
