//! Who works on a file, who may open it for an hour, and who did.

use super::{
    file::{CasePath, draw, openable, writable},
    head,
    open::{Colleague, colleagues},
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    people,
    reference::List,
    routes::Routes,
    vault::{Field, Holder, SealedText},
    web::{Cursor, Page, Ui, ok, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// Its lead.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/lead", rejection(AppError))]
pub struct LeadPath {
    /// Which.
    pub id: CaseId,
}

/// Opening it with a reason.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/open", rejection(AppError))]
pub struct OpenPath {
    /// Which.
    pub id: CaseId,
}

/// Who read it.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/readers", rejection(AppError))]
pub struct ReadersPath {
    /// Which.
    pub id: CaseId,
}

/// How long a reason opens a colleague's file.
const OPEN_FOR: TimeDelta = TimeDelta::minutes(60);
/// How far back the access log shows.
const LOG_FOR: TimeDelta = TimeDelta::days(365);

pub(super) fn routes() -> Routes {
    Routes::default()
        .post(give)
        .post(open_with_reason)
        .get(readers)
}

async fn give(
    path: LeadPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    writable(&mut tx, &me.actor, path.id).await?;
    let known: Vec<Colleague> = colleagues(&mut tx).await?;
    let lead = form.required("lead", |id| {
        let id = id.parse::<UserId>().map_err(|_| Msg::new("error-choice"))?;
        known
            .iter()
            .any(|c| c.id == id)
            .then_some(id)
            .ok_or(Msg::new("error-choice"))
    });
    let note = form
        .optional("handover", Paragraph::parse)
        .map(Paragraph::into_string);
    let (Some(lead), true) = (lead, form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    sqlx::query!(
        "update app.case_assignment set until = $3 where case_id = $1 and territory_id = $2 and kind = 'lead' and until is null",
        path.id.0,
        me.actor.territory().0,
        now
    )
    .execute(&mut *tx)
    .await?;
    let id = RowId::new(now).0;
    let (holder, note) = (Holder::case(path.id), note.as_deref());
    let note = tx.seal(holder, Field::HANDOVER_NOTE, id, note).await?;
    sqlx::query!(
        "insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since, handover_enc)
         values ($1, $2, $3, $4, 'lead', $5, $6)",
        id,
        path.id.0,
        me.actor.territory().0,
        lead.0,
        now,
        note as Option<SealedText>
    )
    .execute(&mut *tx)
    .await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    let event = Event::on("case.given", "case", path.id.0)
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "lead": lead }));
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

async fn open_with_reason(
    path: OpenPath,
    me: Require<can::CaseRead>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    head::find(&mut tx, &me.actor, path.id).await?;
    let reason = form.required("reason", |code| {
        me.ui
            .catalogue()
            .parse(List::OpenReason, code, me.ui.today())
    });
    let note = form
        .optional("note", Paragraph::parse)
        .map(Paragraph::into_string);
    if reason.as_deref() == Some("other") && note.is_none() {
        form.fail("note", Msg::new("error-required"));
    }
    let (true, Some(reason)) = (form.is_valid(), reason) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = RowId::new(now).0;
    let note = tx
        .seal(
            Holder::case(path.id),
            Field::GRANT_NOTE,
            id,
            note.as_deref(),
        )
        .await?;
    sqlx::query!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, note_enc, granted_at, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        path.id.0,
        me.actor.territory().0,
        me.actor.user.0,
        reason,
        note as Option<SealedText>,
        now,
        now + OPEN_FOR
    )
    .execute(&mut *tx)
    .await?;
    let event = Event::on("case.opened_with_reason", "case", path.id.0)
        .in_territory(me.actor.territory())
        .because(reason);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

/// Somebody who read the file.
#[derive(Debug)]
struct Reading {
    id: i64,
    at: DateTime<Utc>,
    /// What was read, as the trail names it.
    action: String,
    /// Code of `ref.open_reason`, if a reason was needed.
    reason: Option<String>,
    name_ar: String,
    name_la: String,
}

#[derive(Template)]
#[template(path = "cases/readers.html")]
struct ReadersPage {
    ui: Ui,
    id: CaseId,
    number: String,
    /// How many this month.
    readers: Option<i64>,
    page: Page<Reading>,
}

impl ReadersPage {
    fn reason(&self, one: &Reading) -> Option<String> {
        let code = one.reason.as_ref()?;
        Some(self.ui.label(List::OpenReason, code))
    }

    fn what(&self, one: &Reading) -> String {
        self.ui.t(match one.action.as_str() {
            "case.printed" => "readers-printed",
            "history.opened" => "case-story",
            "assessments.opened" => "assessments-title",
            "care_plan.opened" => "care-plan-title",
            "determination.opened" => "entry-determination",
            "visits.opened" => "case-visits",
            "protection.opened" => "protection-of-file",
            "emergency.begun" | "emergency.read" => "readers-emergency",
            _ => "readers-file",
        })
    }
}

/// Who read a file, and when: for its supervisors. How many is on the page of the file, for all who read it.
async fn readers(
    path: ReadersPath,
    me: Require<can::CaseReaders>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    // a number of the trail, where other lists have an id
    let before = Cursor::parse(asked.text("before")).unwrap_or(Cursor {
        at: me.clock.now() + TimeDelta::days(1),
        id: Uuid::from_u64_pair(0, i64::MAX.unsigned_abs()),
    });
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = openable(&mut tx, &me.actor, path.id).await?;
    let rows = sqlx::query_as!(
        Reading,
        r#"select o.id as "id!", o.at as "at!", o.action as "action!", o.reason,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from audit.readers($1, $2, $3, $4, $5) o left join lateral app.name_of(o.actor) n on true
           order by o.at desc, o.id desc"#,
        path.id.0,
        now - LOG_FOR,
        before.at.max(now - LOG_FOR),
        i64::try_from(before.id.as_u64_pair().1).unwrap_or(i64::MAX),
        i32::try_from(Page::<Reading>::SIZE + 1).unwrap_or(i32::MAX)
    )
    .fetch_all(&mut *tx)
    .await?;
    let readers = sqlx::query_scalar!(
        "select audit.reader_count($1, $2::date::timestamp at time zone 'Africa/Casablanca')",
        path.id.0,
        me.ui.today().with_day(1)
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    ok(&ReadersPage {
        ui: me.ui,
        id: path.id,
        number: head.number,
        readers,
        page: Page::cut(rows, |row| Cursor {
            at: row.at,
            id: Uuid::from_u64_pair(0, row.id.unsigned_abs()),
        }),
    })
}
