//! Questions about documents, and their keeping. One function a question.

use super::domain::{Document, Fault, Media, NewDocument, Shelf};
use super::inspect::Inspected;
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{AttachmentId, CaseId},
    people,
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A file's documents, for someone who may open the file; their list is written down as read.
pub async fn shelf(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Shelf, AppError> {
    let rows = sqlx::query!(
        r#"select c.number, d.id as "id?: AttachmentId", d.kind as "kind?", d.title_enc as "title?: SealedText",
                  d.name_enc as "name?: SealedText", d.media as "media?: Media", d.size as "size?", d.sha256 as "sha256?",
                  d.received_size as "received_size?", d.received_sha256 as "received_sha256?", d.added_at as "added_at?",
                  d.fault as "fault?: Fault", d.clinical as "clinical?", app.key_of('document', d.id) as "key?: WrappedKey",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!",
                  (select app.cares_for($1)) as "cares!", (select app.masked_documents($1)) as "masked!"
           from app.case_file c
           left join (app.case_attachment l join app.attachment d on d.id = l.attachment_id and d.territory_id = $2)
               on l.case_id = c.id and l.territory_id = $2
           left join lateral app.name_of(d.added_by) n on true
           where c.id = $1 and c.territory_id = $2
             and (c.territory_id = any ((select app.supervised_territories())::smallint[])
                  or app.is_mine(c.id))
           order by d.added_at desc, d.id desc limit 200"#,
        case.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let first = rows.first().ok_or(AppError::NotFound)?;
    let (number, cares, masked) = (first.number.clone(), first.cares, first.masked);
    let mut documents = Vec::new();
    for r in rows {
        let (Some(id), Some(kind), Some(media), Some(added_at)) =
            (r.id, r.kind, r.media, r.added_at)
        else {
            continue;
        };
        let mut open = |field, sealed: Option<SealedText>| {
            let place = (field, id.0);
            tx.open(Holder::document(id), r.key.as_ref(), place, sealed.as_ref())
        };
        documents.push(Document {
            id,
            kind,
            title: open(Field::DOCUMENT_TITLE, r.title),
            name: open(Field::DOCUMENT_NAME, r.name),
            media,
            size: r.size.unwrap_or_default(),
            sha256: r.sha256.unwrap_or_default(),
            received_size: r.received_size.unwrap_or_default(),
            received_sha256: r.received_sha256.unwrap_or_default(),
            author_ar: r.author_ar,
            author_la: r.author_la,
            added_at,
            is_clinical: r.clinical.unwrap_or_default(),
            fault: r.fault,
        });
    }
    let event = Event::on("documents.opened", "case", case.0).in_territory(actor.territory());
    audit::record(tx, event).await?;
    Ok(Shelf {
        case,
        number,
        documents,
        cares,
        masked,
    })
}

/// Whether the reader is still signed in and may add to the file, and the bytes brought in since a moment.
/// A session can end while a file is on its way.
pub async fn may_add(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<u64, AppError> {
    let row = sqlx::query!(
        r#"select (select app.my_user()) is not null as "is_signed_in!",
                  exists (select from app.case_file c where c.id = $1 and c.territory_id = $2
                          and (c.territory_id = any ((select app.supervised_territories())::smallint[])
                               or app.is_mine(c.id))) as "is_open!",
                  app.brought_since($3) as "brought!""#,
        case.0,
        actor.territory().0,
        now - TimeDelta::hours(24)
    )
    .fetch_one(&mut **tx)
    .await?;
    if !row.is_signed_in {
        return Err(AppError::SignIn("/".to_owned()));
    }
    if !row.is_open {
        return Err(AppError::NotFound);
    }
    Ok(row.brought.unsigned_abs())
}

/// Whether this very document was kept before; `None` if its id is new. Another one under the same id is told
/// apart: nothing typed is dropped in silence.
pub async fn is_kept(
    tx: &mut Tx,
    actor: &Actor,
    new: &NewDocument,
) -> Result<Option<bool>, AppError> {
    let Some(kept) = sqlx::query!(
        r#"select a.kind, a.received_sha256, a.title_enc as "title: SealedText",
                  app.key_of('document', a.id) as "key?: WrappedKey",
                  exists (select from app.case_attachment l where l.attachment_id = a.id and l.case_id = $3) as "is_here!"
           from app.attachment a where a.id = $1 and a.territory_id = $2 and a.added_by = $4"#,
        new.id.0,
        actor.territory().0,
        new.case.0,
        actor.user.0
    )
    .fetch_optional(&mut **tx)
    .await?
    else {
        return Ok(None);
    };
    let place = (Field::DOCUMENT_TITLE, new.id.0);
    let title = tx.open(
        Holder::document(new.id),
        kept.key.as_ref(),
        place,
        kept.title.as_ref(),
    );
    let title = title.as_ref().map(|title| title.text().unwrap_or_default());
    Ok(Some(
        kept.is_here
            && kept.kind == new.kind
            && kept.received_sha256 == new.received_sha256
            && title == new.title.as_deref(),
    ))
}

/// Writes the row of a document whose bytes lie under `blob`. False if the id was taken meanwhile.
pub async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewDocument,
    (blob, inspected): (Uuid, &Inspected),
) -> Result<bool, AppError> {
    let territory = actor.territory();
    let holder = Holder::document(new.id);
    let title = tx
        .seal(
            holder,
            Field::DOCUMENT_TITLE,
            new.id.0,
            new.title.as_deref(),
        )
        .await?;
    let name = tx
        .seal(holder, Field::DOCUMENT_NAME, new.id.0, new.name.as_deref())
        .await?;
    let size = i32::try_from(inspected.bytes.len()).map_err(AppError::internal)?;
    let added = sqlx::query!(
        "insert into app.attachment (id, territory_id, kind, title_enc, name_enc, media, blob, size, sha256,
                                     received_size, received_sha256, added_by, clinical)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do nothing",
        new.id.0,
        territory.0,
        new.kind,
        title.as_ref().map(SealedText::as_bytes),
        name.as_ref().map(SealedText::as_bytes),
        inspected.media as Media,
        blob,
        size,
        inspected.sha256.as_slice(),
        new.received_size,
        new.received_sha256.as_slice(),
        actor.user.0,
        new.is_clinical
    )
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "insert into app.case_attachment (case_id, attachment_id, territory_id) values ($1, $2, $3)",
        new.case.0,
        new.id.0,
        territory.0
    )
    .execute(&mut **tx)
    .await?;
    people::touch(tx, actor, now, &[new.case]).await?;
    let event = Event::on("document.added", "document", new.id.0)
        .in_territory(territory)
        .with(serde_json::json!({
            "case": new.case, "kind": new.kind, "clinical": new.is_clinical, "media": inspected.media.extension(), "size": size,
            "sha256": hex::encode(inspected.sha256), "received_sha256": hex::encode(new.received_sha256),
        }));
    audit::record(tx, event).await?;
    Ok(true)
}

/// A document to be read: where its bytes lie, and what they should be.
pub struct Stored {
    /// Which.
    pub id: AttachmentId,
    /// Code of `ref.document_kind`.
    pub kind: String,
    /// For those who care for the child alone.
    pub is_clinical: bool,
    /// What it is called.
    pub title: Option<String>,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub size: i32,
    /// Their hash.
    pub sha256: Vec<u8>,
    /// Where they lie.
    pub blob: Uuid,
    /// The wrapped key.
    pub key: Option<WrappedKey>,
    /// What was found wrong with them last time.
    pub fault: Option<Fault>,
    /// The files it lies in.
    pub cases: Vec<Uuid>,
}

/// Not what it is called.
impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stored({})", self.id)
    }
}

/// A document of the reader's files.
pub async fn stored(tx: &mut Tx, actor: &Actor, id: AttachmentId) -> Result<Stored, AppError> {
    let row = sqlx::query!(
        r#"select a.kind, a.clinical, a.title_enc as "title: SealedText", a.media as "media: Media", a.size, a.sha256, a.blob,
                  a.fault as "fault: Fault", app.key_of('document', a.id) as "key?: WrappedKey",
                  array(select l.case_id from app.case_attachment l
                        where l.attachment_id = a.id and l.territory_id = $2) as "cases!"
           from app.attachment a where a.id = $1 and a.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let place = (Field::DOCUMENT_TITLE, id.0);
    let title = tx.open(
        Holder::document(id),
        row.key.as_ref(),
        place,
        row.title.as_ref(),
    );
    Ok(Stored {
        id,
        kind: row.kind,
        is_clinical: row.clinical,
        title: title.and_then(|title| title.text().map(str::to_owned)),
        media: row.media,
        size: row.size,
        sha256: row.sha256,
        blob: row.blob,
        key: row.key,
        fault: row.fault,
        cases: row.cases,
    })
}

/// Writes down an opening, before the first byte leaves; bytes that are whole again are said to be.
pub async fn opened(
    tx: &mut Tx,
    actor: &Actor,
    stored: &Stored,
    how: &'static str,
) -> Result<(), AppError> {
    if stored.fault.is_some() {
        set_fault(tx, actor, stored.id, None).await?;
    }
    let event = Event::on("document.opened", "document", stored.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({
            "cases": stored.cases, "as": how, "clinical": stored.is_clinical,
        }));
    audit::record(tx, event).await
}

/// Writes down that the bytes are gone or not those that were written.
pub async fn unreadable(
    tx: &mut Tx,
    actor: &Actor,
    stored: &Stored,
    fault: Fault,
) -> Result<(), AppError> {
    set_fault(tx, actor, stored.id, Some(fault)).await?;
    let event = Event::on("document.unreadable", "document", stored.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "cases": stored.cases, "fault": fault.code() }));
    audit::record(tx, event).await
}

async fn set_fault(
    tx: &mut Tx,
    actor: &Actor,
    id: AttachmentId,
    fault: Option<Fault>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update app.attachment set fault = $3 where id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        fault.map(Fault::code)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether the reader cares for the child of a file: an hour's opening is not enough.
pub async fn cares(tx: &mut Tx, case: CaseId) -> Result<bool, AppError> {
    Ok(
        sqlx::query_scalar!(r#"select app.cares_for($1) as "cares!""#, case.0)
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// Whether the reader sees that document in that file.
pub async fn lies_in(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    id: AttachmentId,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.case_attachment l join app.attachment a on a.id = l.attachment_id
                          where l.case_id = $1 and l.attachment_id = $2 and l.territory_id = $3) as "lies!""#,
        case.0,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Marks a document as clinical, or takes the mark off; as it is already, nothing is written.
pub async fn mark(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    case: CaseId,
    (id, is_clinical): (AttachmentId, bool),
) -> Result<(), AppError> {
    let is_changed = sqlx::query_scalar!(
        r#"select app.classify_document($1, $2, $3) as "changed!""#,
        case.0,
        id.0,
        is_clinical
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_changed {
        people::touch(tx, actor, now, &[case]).await?;
        let event = Event::on("document.reclassified", "document", id.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({ "case": case, "clinical": is_clinical }));
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// Writes down who read the title of a clinical document in the list.
pub async fn revealed(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
    id: AttachmentId,
) -> Result<(), AppError> {
    let event = Event::on("document.revealed", "document", id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "case": case }));
    audit::record(tx, event).await
}
