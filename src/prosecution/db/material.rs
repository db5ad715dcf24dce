//! What a dossier or an annex can carry beside the family, and which documents went with it. Clinical documents, notes and
//! the words of an assessment are not asked for.

use crate::{
    authz::{Actor, TerritoryId},
    clock::local_date,
    db::Tx,
    documents::{Fault, Media, Stored},
    error::AppError,
    ids::{AttachmentId, CaseId, DisclosureId, JudicialFileId},
    prosecution::material::{KnownAssessment, KnownDocument, KnownScore, Material},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// A document as it lies in the database.
#[derive(Debug, Deserialize)]
struct Row {
    id: AttachmentId,
    kind: String,
    title: Option<SealedText>,
    key: Option<WrappedKey>,
    media: Media,
    size: i32,
    sha256: String,
    added_at: DateTime<Utc>,
    author_ar: Option<String>,
    author_la: Option<String>,
}

/// The latest completed assessment of the open episode, and the documents of the file that are not clinical. In one
/// statement.
pub async fn material(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Material, AppError> {
    let row = sqlx::query!(
        r#"select a.completed_at as "completed_at?", e.risk as "risk?",
                  (select coalesce(jsonb_agg(jsonb_build_object('domain', s.domain, 'score', s.score) order by o.sort), '[]')
                   from app.assessment_score s join ref.assessment_domain o on o.code = s.domain
                   where s.assessment_id = a.id) as "scores!: Json<Vec<KnownScore>>",
                  array(select x.indicator from app.assessment_indicator x where x.assessment_id = a.id order by 1) as "indicators!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'title', d.title_enc,
                              'key', app.key_of('document', d.id), 'media', d.media, 'size', d.size,
                              'sha256', encode(d.sha256, 'hex'), 'added_at', d.added_at,
                              'author_ar', n.name_ar, 'author_la', n.name_la) order by d.added_at desc, d.id desc), '[]')
                   from app.case_attachment l
                   join app.attachment d on d.id = l.attachment_id and d.territory_id = $2 and not d.clinical
                   left join lateral app.name_of(d.added_by) n on true
                   where l.case_id = c.id and l.territory_id = $2) as "documents!: Json<Vec<Row>>"
           from app.case_file c
           left join app.case_episode e on e.case_id = c.id and e.territory_id = $2 and e.state <> 'closed'
           left join lateral (
               select x.id, x.completed_at from app.assessment x
               where x.episode_id = e.id and x.territory_id = $2 and x.state = 'completed'
               order by x.seq desc limit 1) a on true
           where c.id = $1 and c.territory_id = $2"#,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let assessment = row
        .completed_at
        .zip(row.risk)
        .map(|(at, risk)| KnownAssessment {
            completed_on: local_date(at),
            risk,
            scores: row.scores.0,
            indicators: row.indicators,
        });
    let mut documents = Vec::with_capacity(row.documents.0.len());
    for one in row.documents.0 {
        let place = (Field::DOCUMENT_TITLE, one.id.0);
        let holder = Holder::document(one.id);
        let title = tx.open(holder, one.key.as_ref(), place, one.title.as_ref());
        documents.push(KnownDocument {
            id: one.id,
            kind: one.kind,
            title: title.and_then(Reading::into_text),
            media: one.media,
            size: one.size,
            sha256: one.sha256,
            added_at: one.added_at,
            author_ar: one.author_ar.unwrap_or_default(),
            author_la: one.author_la.unwrap_or_default(),
        });
    }
    Ok(Material {
        assessment,
        documents,
    })
}

/// Writes down which documents go with an extract: those that its court may open.
pub async fn go_with(
    tx: &mut Tx,
    actor: &Actor,
    (extract, case): (DisclosureId, CaseId),
    documents: &[AttachmentId],
) -> Result<(), AppError> {
    if documents.is_empty() {
        return Ok(());
    }
    let documents: Vec<Uuid> = documents.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into app.disclosure_document (disclosure_id, attachment_id, case_id, territory_id)
         select $1, u.id, $2, $3 from unnest($4::uuid[]) as u (id)",
        extract.0,
        case.0,
        actor.territory().0,
        &documents
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A document that went with a judicial file, for its court or for the cell that sent it, and its prefecture. Nothing for
/// anybody else, and nothing of another file: `app.sent_document` asks who it is.
pub async fn sent(
    tx: &mut Tx,
    file: JudicialFileId,
    id: AttachmentId,
) -> Result<(Stored, TerritoryId), AppError> {
    let row = sqlx::query!(
        r#"select territory_id as "territory!: TerritoryId", kind as "kind!", clinical as "clinical!",
                  title_enc as "title: SealedText", media as "media!: Media", size as "size!", sha256 as "sha256!",
                  blob as "blob!", fault as "fault: Fault", key as "key: WrappedKey"
           from app.sent_document($1, $2)"#,
        file.0,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let place = (Field::DOCUMENT_TITLE, id.0);
    let title = tx.open(
        Holder::document(id),
        row.key.as_ref(),
        place,
        row.title.as_ref(),
    );
    let stored = Stored {
        id,
        kind: row.kind,
        is_clinical: row.clinical,
        title: title.and_then(Reading::into_text),
        media: row.media,
        size: row.size,
        sha256: row.sha256,
        blob: row.blob,
        key: row.key,
        fault: row.fault,
        cases: Vec::new(),
    };
    Ok((stored, row.territory))
}
