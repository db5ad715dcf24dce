//! The plan of a file, its form, and what became of its actions.

use super::{
    db::{self, Plan},
    determinations,
    domain::PlanState,
    form::{self, Against},
    meeting::{self, Answer},
    page::{FormPage, PlanPage},
};
use crate::{
    authz::{Grant, Require, can},
    cases::{self, EpisodeState, Head},
    conflicts,
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    routes::Routes,
    web::{ok, page, refused, see},
};
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The plan of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/care-plan", rejection(AppError))]
pub(super) struct PlanPath {
    pub id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/care-plan/form", rejection(AppError))]
struct FormPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/plan-actions/{action}", rejection(AppError))]
struct ActionPath {
    id: CaseId,
    action: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .get(edit)
        .post(write)
        .post(close)
}

async fn show(path: PlanPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

/// The page, with its forms as they were left; one that is blank gets an id.
pub(super) async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    if form.text("id").is_empty() {
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let plans = db::all(&mut tx, &me.actor, &head).await?;
    let weighed = determinations::all(&mut tx, &me.actor, &head).await?;
    db::opened(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    page(
        status,
        &PlanPage {
            ui: me.ui,
            head,
            plans,
            weighed,
            form,
        },
    )
}

/// What is written into is open.
pub(super) fn open_file(head: &Head) -> Result<(), AppError> {
    head.must_be_open("care-plan-file-closed")
}

/// The version in force in this episode.
pub(super) fn in_force<'a>(head: &Head, plans: &'a [Plan]) -> Option<&'a Plan> {
    plans
        .iter()
        .find(|plan| plan.episode == head.episode && plan.state == PlanState::Approved)
}

async fn edit(
    path: FormPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let plans = db::all(&mut tx, &me.actor, &head).await?;
    db::opened(&mut tx, &me.actor, &head).await?;
    if !head.state.is_open() {
        tx.commit().await?;
        return Ok(see(&PlanPath { id: path.id }));
    }
    let new = RowId::new(now).to_string();
    let form = conflicts::shown(meeting::stored(&head, &plans, &me.ui, &new));
    let subject = (DraftOf::CarePlan, path.id.0);
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

/// Where a plan may be submitted: it can be drawn up before.
fn is_time(head: &Head) -> bool {
    use EpisodeState as S;
    matches!(head.state, S::Planning | S::Implementation | S::Monitoring)
}

async fn write(
    path: FormPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let back = PlanPath { id: path.id };
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    open_file(&head)?;
    let (mut tx, plans) = match meeting::meet(tx, &me, &head, &mut form, (&path, &back)).await? {
        (Some(tx), Answer::Save(plans)) => (tx, plans),
        (_, Answer::Page(page)) => return Ok(*page),
        _ => return Ok(see(&back)),
    };
    // after the meeting: the form may be that of another draft by now
    let (id, version) = conflicts::row_of(&form)?;
    let whole = form.text("act") == "submit";
    let against = Against {
        catalogue: me.ui.catalogue(),
        territory: me.actor.territory(),
        today: me.ui.today(),
        whole,
    };
    let goals = form::goals(&mut form, against);
    if whole && !is_time(&head) {
        form.fail("act", Msg::new("care-plan-not-now"));
    }
    let (Some(goals), true) = (goals, form.is_valid()) else {
        return refused(&FormPage {
            ui: me.ui,
            head,
            form,
            desk: Desk::given_back(DraftOf::CarePlan, path.id.0),
        });
    };
    db::save(
        &mut tx,
        &me.actor,
        now,
        &head,
        (id, version),
        &form.to_draft(),
    )
    .await?;
    if whole {
        let numbers: Vec<i16> = plans
            .iter()
            .filter(|plan| plan.episode == head.episode)
            .flat_map(Plan::actions)
            .filter(|action| action.state == "open")
            .map(|action| action.number)
            .collect();
        let who = (&*me.actor, &me.ui);
        db::submit(&mut tx, who, now, &head, id, (&goals, &numbers)).await?;
        people::touch(&mut tx, &me.actor, now, &[head.id]).await?;
    }
    drafts::done(&mut tx, DraftOf::CarePlan, path.id.0).await?;
    tx.commit().await?;
    if whole {
        Ok(see(&PlanPath { id: path.id }))
    } else {
        Ok(see(&path))
    }
}

/// An action is done, or dropped with a reason.
async fn close(
    path: ActionPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    open_file(&head)?;
    let plans = db::all(&mut tx, &me.actor, &head).await?;
    let plan = in_force(&head, &plans);
    let action = plan.and_then(|plan| plan.actions().find(|one| one.id == path.action));
    let Some(action) = action else {
        return Err(AppError::NotFound);
    };
    let field = format!("why-{}", path.action);
    let state = form.required("state", |text| match text {
        "done" => Ok("done"),
        "dropped" => Ok("dropped"),
        _ => Err(Msg::new("error-choice")),
    });
    let why = if state == Some("dropped") {
        form.required(&field, Paragraph::parse)
    } else {
        form.optional(&field, Paragraph::parse)
    };
    let (Some(state), true) = (state, form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if action.state == state {
        // pressed twice
        return Ok(see(&PlanPath { id: path.id }));
    }
    let why = why.map(Paragraph::into_string);
    let closed = (state, me.ui.today(), why.as_deref());
    if !db::close_action(&mut tx, &me.actor, &head, action.id, closed).await? {
        return Err(AppError::Conflict(Msg::new("care-plan-action-closed")));
    }
    people::touch(&mut tx, &me.actor, now, &[head.id]).await?;
    tx.commit().await?;
    Ok(see(&PlanPath { id: path.id }))
}
