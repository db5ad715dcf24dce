//! The history of a file, a page at a time, of one kind or of all.

use super::{
    entry::{Asked, Group, Place, SIZE},
    file::openable,
    head::Head,
    story::Story,
    timeline,
};
use crate::{
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    ids::CaseId,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, TimeZone, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/history", rejection(AppError))]
struct HistoryPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "cases/history.html")]
struct HistoryPage {
    ui: Ui,
    head: Head,
    story: Story,
    /// Not the first page.
    goes_on: bool,
}

async fn show(
    path: HistoryPath,
    me: Require<can::CaseRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = Asked {
        group: Group::from_code(form.text("kind")),
        after: Place::parse(form.text("before")),
        most: SIZE,
    };
    let mut tx = me.begin().await?;
    let mut head = openable(&mut tx, &me.actor, path.id).await?;
    let files = head.story_files();
    let entries = timeline::of_files(&mut tx, &me.actor, &files, asked).await?;
    opened(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    // the page of the file says when the reader looked before it did
    head.seen_at = moment(form.text("seen")).or(head.seen_at);
    ok(&HistoryPage {
        story: Story::of(&me.actor, &head, asked.group, entries),
        goes_on: asked.after.is_some(),
        ui: me.ui,
        head,
    })
}

fn moment(micros: &str) -> Option<DateTime<Utc>> {
    Utc.timestamp_micros(micros.parse().ok()?).single()
}

/// Writes the reading down, as the page of the file does.
async fn opened(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<(), AppError> {
    sqlx::query!(
        "select audit.record(case when $3 then 'emergency.read' else 'history.opened' end, 'case', $1, $2, '{}', null)::text as written",
        head.id.0,
        actor.territory().0,
        head.in_emergency
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}
