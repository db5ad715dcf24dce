//! The signed act of a decision, scanned: brought in by its court, and read by the cell too where it holds measures for
//! children alone (decision 0090).

use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    db::Tx,
    documents::{Checked, Fault, Media, Stored},
    error::AppError,
    ids::{AttachmentId, JudicialFileId, RowId},
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// What was brought in as a signed act: who, when, and the print of what is kept.
#[derive(Debug, Clone, Deserialize)]
pub struct Paper {
    /// Which.
    pub id: AttachmentId,
    /// The hash of the bytes that are kept, in hexadecimal.
    pub sha256: String,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Who brought it, in Arabic.
    pub name_ar: Option<String>,
    /// Who brought it, in Latin letters.
    pub name_la: Option<String>,
    /// What was found wrong with its bytes.
    pub fault: Option<Fault>,
}

/// An act of the reader's court, about to get a document.
#[derive(Debug, Clone, Copy)]
pub struct HeldAct {
    /// The act.
    pub id: RowId,
    /// Its file.
    pub file: JudicialFileId,
    /// The prefecture of the file.
    pub territory: TerritoryId,
    /// Bytes that the reader brought in since yesterday, of whatever kind.
    pub brought: u64,
}

/// An act of a file of this court. A session can end while a file is on its way: asked again before it is kept.
pub async fn hold(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (file, act): (JudicialFileId, RowId),
) -> Result<HeldAct, AppError> {
    let row = sqlx::query!(
        r#"select (select app.my_user()) is not null as "is_signed_in!",
                  (select a.territory_id from app.court_act a
                   where a.id = $1 and a.file_id = $2 and a.court_id = $3) as "territory?: TerritoryId",
                  app.brought_since($4) as "brought!""#,
        act.0,
        file.0,
        actor.court().0,
        now - TimeDelta::hours(24)
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.is_signed_in {
        return Err(AppError::SignIn("/".to_owned()));
    }
    Ok(HeldAct {
        id: act,
        file,
        territory: row.territory.ok_or(AppError::NotFound)?,
        brought: row.brought.unsigned_abs(),
    })
}

/// Whether this very document hangs on the act already; `None` if its id is new.
pub async fn is_kept(
    tx: &mut Tx,
    actor: &Actor,
    act: &HeldAct,
    (id, checked): (AttachmentId, &Checked),
) -> Result<Option<bool>, AppError> {
    let same = sqlx::query_scalar!(
        r#"select exists (select from app.act_attachment l where l.attachment_id = x.id and l.act_id = $2 and l.court_id = $3)
                  and x.received_sha256 = $4 as "same!"
           from app.attachment x where x.id = $1 and x.of_court = $3"#,
        id.0,
        act.id.0,
        actor.court().0,
        checked.received_sha256.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(same)
}

/// Hangs a document, whose bytes lie under `blob`, on the act. False if its id was taken meanwhile.
pub async fn attach(
    tx: &mut Tx,
    act: &HeldAct,
    (id, checked): (AttachmentId, &Checked),
    blob: Uuid,
) -> Result<bool, AppError> {
    let name = tx
        .seal(
            Holder::document(id),
            Field::DOCUMENT_NAME,
            id.0,
            checked.name.as_deref(),
        )
        .await?;
    let inspected = &checked.inspected;
    let size = i32::try_from(inspected.bytes.len()).map_err(AppError::internal)?;
    let is_new = sqlx::query_scalar!(
        r#"select app.attach_act($1, $2, $3, $4, $5, $6, $7, $8, $9) as "new!""#,
        act.id.0,
        id.0,
        inspected.media.code(),
        name as Option<SealedText>,
        blob,
        size,
        inspected.sha256.as_slice(),
        checked.received_size,
        checked.received_sha256.as_slice()
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_new {
        let event = Event::on("court_act.added", "judicial_file", act.file.0)
            .in_territory(act.territory)
            .with(serde_json::json!({
                "act": act.id, "document": id, "media": inspected.media.extension(), "size": size,
                "sha256": hex::encode(inspected.sha256), "received_sha256": hex::encode(checked.received_sha256),
            }));
        audit::record(tx, event).await?;
    }
    Ok(is_new)
}

/// The newest document of an act, about to be read.
#[derive(Debug)]
pub struct ActDocument {
    /// Where its bytes lie, and what they should be.
    pub stored: Stored,
    /// The act.
    pub act: RowId,
    /// Its number.
    pub number: String,
    /// Its file.
    pub file: JudicialFileId,
    /// The prefecture of the file.
    pub territory: TerritoryId,
}

/// That of the reader's court; of the reader's prefecture, if it holds measures for children alone.
pub async fn document(
    tx: &mut Tx,
    actor: &Actor,
    (file, act): (JudicialFileId, RowId),
) -> Result<ActDocument, AppError> {
    let row = sqlx::query!(
        r#"select l.attachment_id as "id: AttachmentId", l.territory_id as "territory: TerritoryId", a.number, x.kind,
                  x.media as "media: Media", x.size, x.sha256, x.blob, x.fault as "fault: Fault",
                  app.key_of('document', x.id) as "key: WrappedKey"
           from app.act_attachment l
           join app.attachment x on x.id = l.attachment_id
           join app.court_act a on a.id = l.act_id
           where l.act_id = $1 and l.file_id = $2
             and (l.court_id = $3 or (l.territory_id = $4 and l.attachment_id = any ((select app.act_documents())::uuid[])))
           order by l.added_at desc, l.attachment_id desc limit 1"#,
        act.0,
        file.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(ActDocument {
        stored: Stored {
            id: row.id,
            kind: row.kind,
            is_clinical: false,
            title: None,
            media: row.media,
            size: row.size,
            sha256: row.sha256,
            blob: row.blob,
            key: row.key,
            fault: row.fault,
            cases: Vec::new(),
        },
        act,
        number: row.number,
        file,
        territory: row.territory,
    })
}

/// Writes down an opening, before the first byte leaves; bytes that are whole again are said to be.
pub async fn opened(tx: &mut Tx, found: &ActDocument) -> Result<(), AppError> {
    if found.stored.fault.is_some() {
        set_fault(tx, found, None).await?;
    }
    let event = Event::on("court_act.opened", "judicial_file", found.file.0)
        .in_territory(found.territory)
        .with(serde_json::json!({ "act": found.act, "document": found.stored.id }));
    audit::record(tx, event).await
}

/// Writes down that the bytes are gone or not those that were written.
pub async fn unreadable(tx: &mut Tx, found: &ActDocument, fault: Fault) -> Result<(), AppError> {
    set_fault(tx, found, Some(fault)).await?;
    let event = Event::on("court_act.unreadable", "judicial_file", found.file.0)
        .in_territory(found.territory)
        .with(serde_json::json!({
            "act": found.act, "document": found.stored.id, "fault": fault.code(),
        }));
    audit::record(tx, event).await
}

async fn set_fault(tx: &mut Tx, found: &ActDocument, fault: Option<Fault>) -> Result<(), AppError> {
    sqlx::query!(
        "update app.attachment set fault = $3 where id = $1 and territory_id = $2",
        found.stored.id.0,
        found.territory.0,
        fault.map(Fault::code)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
