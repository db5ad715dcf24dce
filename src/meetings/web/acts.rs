//! What is said of a meeting: that it took place or will not, who came, its minutes, what was agreed on.

use super::one::{MeetingPath, Sent, bodies, draw};
use crate::{
    authz::{Require, can},
    documents::{self, Upload},
    error::AppError,
    forms::{Form, Line},
    i18n::Msg,
    ids::{AttachmentId, RowId},
    meetings::{db, domain::State, form},
    plan::scan::{self, About, Scan},
    routes::Routes,
    state::AppState,
    web::see,
};
use axum::{extract::State as Shared, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}/held", rejection(AppError))]
struct HeldPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}/cancel", rejection(AppError))]
struct CancelPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}/attendance", rejection(AppError))]
struct AttendancePath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}/minutes", rejection(AppError))]
struct MinutesPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}/points", rejection(AppError))]
struct PointsPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .post(held)
        .post(cancel)
        .post(attendance)
        .upload(minutes)
        .post(point)
}

fn not_held() -> AppError {
    AppError::Conflict(Msg::new("meeting-not-held"))
}

async fn held(path: HeldPath, me: Require<can::MeetingKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let meeting = db::lock(&mut tx, path.id).await?;
    if let Err(refusal) = db::hold(&mut tx, &me.actor, me.clock.now(), &meeting).await? {
        return Err(AppError::Conflict(refusal.msg()));
    }
    tx.commit().await?;
    Ok(see(&MeetingPath { id: path.id }))
}

async fn cancel(
    path: CancelPath,
    me: Require<can::MeetingKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let meeting = db::lock(&mut tx, path.id).await?;
    let why = form.required("meeting_why", Line::parse);
    let Some(why) = why.filter(|_| form.is_valid()) else {
        drop(tx);
        return draw(path.id, &me, Sent::Cancel, form).await;
    };
    let said = (&meeting, why.as_str());
    if let Err(refusal) = db::cancel(&mut tx, &me.actor, me.clock.now(), said).await? {
        return Err(AppError::Conflict(refusal.msg()));
    }
    tx.commit().await?;
    Ok(see(&MeetingPath { id: path.id }))
}

async fn attendance(
    path: AttendancePath,
    me: Require<can::MeetingKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let meeting = db::lock(&mut tx, path.id).await?;
    if meeting.state != State::Held {
        return Err(not_held());
    }
    let (places, _) = db::attendance(&mut tx, &meeting, me.ui.day_of(meeting.at)).await?;
    let called = match meeting.territory {
        Some(_) => Vec::new(),
        None => bodies(&me.ui),
    };
    let Some(noted) = form::attendance(&mut form, &places, &called) else {
        drop(tx);
        return draw(path.id, &me, Sent::Attendance, form).await;
    };
    db::note(&mut tx, &me.actor, me.clock.now(), (&meeting, &noted)).await?;
    tx.commit().await?;
    Ok(see(&MeetingPath { id: path.id }))
}

/// The minutes, as they were signed or typed; a better copy is added, and the one before stays.
async fn minutes(
    path: MinutesPath,
    me: Require<can::MeetingKeep>,
    Shared(state): Shared<AppState>,
    upload: Upload,
) -> Result<Response, AppError> {
    let Upload {
        mut form,
        file,
        share: _share,
    } = upload;
    let mut tx = me.begin_register().await?;
    let meeting = db::lock(&mut tx, path.id).await?;
    tx.commit().await?;
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    if meeting.state != State::Held {
        form.fail("file", Msg::new("minutes-not-held"));
    }
    let checked = documents::checked(&mut form, file).await?;
    if let (Some(id), Some(checked)) = (id, checked) {
        let about = About::Meeting(path.id, meeting.territory);
        let checked = &checked;
        let paper = Scan { id, about, checked };
        match scan::keep(&me, &state, &about, Some(paper)).await? {
            Ok(()) => return Ok(see(&MeetingPath { id: path.id })),
            Err((field, why)) => form.fail(field, why),
        }
    }
    form.set("id", AttachmentId::new(me.clock.now()).to_string());
    draw(path.id, &me, Sent::Minutes, form).await
}

async fn point(
    path: PointsPath,
    me: Require<can::MeetingKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let meeting = db::lock(&mut tx, path.id).await?;
    if meeting.state != State::Held {
        return Err(not_held());
    }
    let met_on = me.ui.day_of(meeting.at);
    let (places, _) = db::attendance(&mut tx, &meeting, met_on).await?;
    let people = db::people(&mut tx, path.id).await?;
    if let Some(new) = form::point(&mut form, (&places, &people), (met_on, me.ui.today())) {
        if db::add(&mut tx, &me.actor, &meeting, &new).await? {
            tx.commit().await?;
            return Ok(see(&format!("{}#points", MeetingPath { id: path.id })));
        }
        form.fail("owner", Msg::new("error-choice"));
    }
    drop(tx);
    draw(path.id, &me, Sent::Point, form).await
}
