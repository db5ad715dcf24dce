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
    web::{Ui, ok, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

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

/// Who opened it.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/openings", rejection(AppError))]
pub struct OpeningsPath {
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
        .get(openings)
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

/// One opening.
#[derive(Debug)]
struct Opening {
    at: DateTime<Utc>,
    /// Code of `ref.open_reason`, if a reason was needed.
    reason: Option<String>,
    name_ar: String,
    name_la: String,
}

#[derive(Template)]
#[template(path = "cases/openings.html")]
struct OpeningsPage {
    ui: Ui,
    id: CaseId,
    number: String,
    openings: Vec<Opening>,
}

impl OpeningsPage {
    fn reason(&self, opening: &Opening) -> Option<String> {
        let code = opening.reason.as_ref()?;
        Some(self.ui.label(List::OpenReason, code))
    }
}

/// The access log of a file, for those who may open it.
async fn openings(path: OpeningsPath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = openable(&mut tx, &me.actor, path.id).await?;
    let openings = sqlx::query_as!(
        Opening,
        r#"select o.at as "at!", o.reason, coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from audit.openings('case', $1, $2) o left join lateral app.name_of(o.actor) n on true
           order by o.at desc limit 200"#,
        path.id.0,
        me.clock.now() - LOG_FOR
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    ok(&OpeningsPage {
        ui: me.ui,
        id: path.id,
        number: head.number,
        openings,
    })
}
