//! Notes on a file, in the words of those who care for the child. Never edited: a wrong one is followed by another.

use super::file::{CasePath, draw, writable};
use crate::{
    audit::{self, Event},
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    routes::Routes,
    vault::{Field, Holder, SealedText},
    web::see,
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The notes of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/notes", rejection(AppError))]
pub(super) struct NotesPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(add)
}

async fn add(
    path: NotesPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let text = form
        .required("case_note", Paragraph::parse)
        .map(Paragraph::into_string);
    let (Some(text), true) = (text, form.is_valid()) else {
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = form.id_of_answers("note_id").map(RowId);
    let id = id.ok_or(AppError::BadRequest)?;
    let mut tx = me.begin().await?;
    let head = writable(&mut tx, &me.actor, path.id).await?;
    if !cares(&mut tx, path.id).await? {
        return Err(AppError::Forbidden);
    }
    if !head.state.is_open() {
        return Err(AppError::Conflict(Msg::new("note-file-closed")));
    }
    write(&mut tx, &me.actor, me.clock.now(), path.id, (id, &text)).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

/// Whether the reader cares for that child: an hour's opening is for reading.
pub(super) async fn cares(tx: &mut Tx, case: CaseId) -> Result<bool, AppError> {
    Ok(
        sqlx::query_scalar!(r#"select app.cares_for($1) as "yes!""#, case.0)
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// Writes a note; the same form again writes nothing.
async fn write(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
    (id, text): (RowId, &str),
) -> Result<(), AppError> {
    let holder = Holder::case(case);
    let sealed = tx.seal(holder, Field::CASE_NOTE, id.0, Some(text)).await?;
    let done = sqlx::query!(
        "insert into app.case_note (id, case_id, territory_id, text_enc, author, at)
         values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
        id.0,
        case.0,
        actor.territory().0,
        sealed as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    people::touch(tx, actor, now, &[case]).await?;
    let event = Event::on("case_note.written", "case", case.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "note": id }));
    audit::record(tx, event).await
}
