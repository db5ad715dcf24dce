//! Documents of the register: letters and decisions as they were scanned. Their bytes lie where those of files lie, each
//! sealed with its own key.

use crate::{
    audit::{self, Event},
    authz::{Require, can},
    db::Tx,
    documents::{self, Checked, Fault, Media, Received, Stored},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::AttachmentId,
    routes::Routes,
    state::AppState,
    vault::WrappedKey,
};
use axum::{extract::State, http::HeaderMap, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// A document of the register.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/documents/{id}", rejection(AppError))]
struct DocumentPath {
    id: AttachmentId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// The file of a form, if one was chosen: what is wrong with it is said beside it.
pub(super) async fn read(
    form: &mut Form,
    file: Option<Received>,
) -> Result<Option<Checked>, AppError> {
    match file {
        Some(_) => documents::checked(form, file).await,
        None => Ok(None),
    }
}

/// Why a good file is not taken: its sender has brought enough for a day. A session can end while a file is on its way.
pub(super) async fn too_much(
    tx: &mut Tx,
    now: DateTime<Utc>,
    checked: &Checked,
    quota: u64,
) -> Result<Option<Msg>, AppError> {
    let row = sqlx::query!(
        r#"select (select app.my_user()) is not null as "is_signed_in!", app.brought_since($1) as "brought!""#,
        now - TimeDelta::hours(24)
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.is_signed_in {
        return Err(AppError::SignIn("/".to_owned()));
    }
    let whole = row.brought.unsigned_abs() + u64::from(checked.received_size.unsigned_abs());
    let max = (quota / 1024 / 1024).to_string();
    Ok((whole > quota).then(|| Msg::new("document-quota").with("max", max)))
}

/// A document whose bytes lie there, and whose row is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Laid {
    /// Which.
    pub id: AttachmentId,
    /// Under which name they lie.
    pub blob: Uuid,
}

/// Lays its bytes down and writes its row; what it belongs to names it in the same transaction.
pub(super) async fn lay(
    tx: &mut Tx,
    state: &AppState,
    now: DateTime<Utc>,
    checked: &Checked,
) -> Result<Laid, AppError> {
    let id = AttachmentId::new(now);
    let inspected = &checked.inspected;
    let blob = documents::put(tx, state, id, &inspected.bytes).await?;
    let size = i32::try_from(inspected.bytes.len()).map_err(AppError::internal)?;
    sqlx::query_scalar!(
        r#"select plan.keep_document($1, $2, $3, $4, $5, $6, $7) as "new!""#,
        id.0,
        inspected.media.code(),
        blob,
        size,
        inspected.sha256.as_slice(),
        checked.received_size,
        checked.received_sha256.as_slice()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Laid { id, blob })
}

/// Verified and written down before its first byte leaves.
async fn show(
    path: DocumentPath,
    me: Require<can::PlanLetters>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let stored = stored(&mut tx, path.id).await?;
    let whole = match documents::verified(tx.vault(), &state, &headers, &stored).await? {
        Ok(whole) => whole,
        Err(fault) => {
            mark(&mut tx, path.id, Some(fault)).await?;
            let event = Event::on("plan_document.unreadable", "plan_document", path.id.0)
                .with(serde_json::json!({ "fault": fault.code() }));
            audit::record(&mut tx, event).await?;
            tx.commit().await?;
            return Err(AppError::Conflict(Msg::new(fault.key())));
        }
    };
    // bytes that are whole again are said to be
    if stored.fault.is_some() {
        mark(&mut tx, path.id, None).await?;
    }
    let event = Event::on("plan_document.fetched", "plan_document", path.id.0);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    let is_shown = stored.media.is_viewable();
    let words = me.ui.t("plan-document");
    documents::sent(&state, whole, &stored, is_shown, &words).await
}

async fn stored(tx: &mut Tx, id: AttachmentId) -> Result<Stored, AppError> {
    let row = sqlx::query!(
        r#"select d.media as "media: Media", d.size, d.sha256, d.blob, d.fault as "fault: Fault",
                  app.key_of('document', d.id) as "key?: WrappedKey"
           from plan.document d where d.id = $1"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Stored {
        id,
        kind: "letter".to_owned(),
        is_clinical: false,
        title: None,
        media: row.media,
        size: row.size,
        sha256: row.sha256,
        blob: row.blob,
        key: row.key,
        fault: row.fault,
        cases: Vec::new(),
    })
}

async fn mark(tx: &mut Tx, id: AttachmentId, fault: Option<Fault>) -> Result<(), AppError> {
    sqlx::query!(
        "select plan.mark_document($1, $2)::text as done",
        id.0,
        fault.map(Fault::code)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}
