//! The second voice: a protection ends when somebody other than who asked agrees.

use super::{desk::DeskPath, file::lift_holder};
use crate::{
    audit::{self, Event},
    authz::{Actor, Fresh, Grant, Recency, Require, Role, TerritoryId, can},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    routes::Routes,
    vault::{Field, Reading, SealedText, WrappedKey},
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/protection/lifts/{id}", rejection(AppError))]
struct LiftPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(answer)
}

/// A request to lift, with its words.
#[derive(Debug)]
struct Lift {
    id: RowId,
    case: CaseId,
    number: String,
    territory: TerritoryId,
    text: Option<Reading>,
    asked_by: UserId,
    asked_at: DateTime<Utc>,
    name_ar: String,
    name_la: String,
    granted: Option<bool>,
}

#[derive(Template)]
#[template(path = "protection/lift.html")]
struct LiftPage {
    ui: Ui,
    lift: Lift,
    form: Form,
}

impl LiftPage {
    /// Whether the reader asked it, and so cannot answer it.
    fn is_own(&self) -> bool {
        self.ui
            .actor()
            .is_some_and(|actor| actor.user == self.lift.asked_by)
    }

    fn answers(&self) -> Vec<(String, String)> {
        [("agree", "unprotect-agree"), ("refuse", "unprotect-refuse")]
            .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
            .to_vec()
    }
}

async fn find(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Lift, AppError> {
    let row = sqlx::query!(
        r#"select l.case_id as "case: CaseId", l.case_number, l.territory_id as "territory: TerritoryId",
                  l.text_enc as "text: SealedText", app.key_of('lift', l.id) as "key: WrappedKey",
                  l.asked_by as "by: UserId", l.asked_at, l.granted,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.protection_lift l left join lateral app.name_of(l.asked_by) n on true
           where l.id = $1 and ($2 or l.territory_id = $3)"#,
        id.0,
        actor.role == Role::Dpo,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Lift {
        id,
        case: row.case,
        number: row.case_number,
        territory: row.territory,
        text: tx.open(
            lift_holder(id),
            row.key.as_ref(),
            (Field::LIFT_TEXT, id.0),
            Some(&row.text),
        ),
        asked_by: row.by,
        asked_at: row.asked_at,
        name_ar: row.name_ar,
        name_la: row.name_la,
        granted: row.granted,
    })
}

async fn show(path: LiftPath, me: Require<can::GlassReview>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant, R: Recency>(
    id: RowId,
    me: Require<G, R>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let lift = find(&mut tx, &me.actor, id).await?;
    let event = Event::on("lift.opened", "case", lift.case.0).in_territory(lift.territory);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    page(
        status,
        &LiftPage {
            ui: me.ui,
            lift,
            form,
        },
    )
}

/// The database holds the four eyes, too: a check that who asked is not who answered.
async fn answer(
    path: LiftPath,
    me: Require<can::GlassReview, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let lift = find(&mut tx, &me.actor, path.id).await?;
    let granted = form.required("answer", |code| match code {
        "agree" => Ok(true),
        "refuse" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    });
    if granted.is_some() && lift.asked_by == me.actor.user {
        form.fail("answer", Msg::new("unprotect-own"));
    }
    let (Some(granted), true) = (granted, form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if lift.granted == Some(granted) {
        return Ok(see(&DeskPath));
    }
    let done = sqlx::query!(
        "update app.protection_lift set answered_by = $2, answered_at = $3, granted = $4
         where id = $1 and territory_id = $5 and answered_at is null",
        path.id.0,
        me.actor.user.0,
        me.clock.now(),
        granted,
        lift.territory.0
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        drop(tx);
        form.fail("answer", Msg::new("unprotect-answered-meanwhile"));
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    let action = if granted {
        "lift.agreed"
    } else {
        "lift.refused"
    };
    let event = Event::on(action, "case", lift.case.0).in_territory(lift.territory);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&DeskPath))
}
