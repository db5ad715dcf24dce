//! Annexes of a file that was sent, and who opened its documents and the scans of its signed acts.

use super::{Author, frozen, material};
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{AttachmentId, DisclosureId, JudicialFileId},
    prosecution::{
        custody::HeldFile,
        material::Annex,
        seal::{self, SCHEMA_VERSION, Sealed},
    },
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// What stands beside the extract of a file.
#[derive(Debug)]
pub struct Beside {
    /// Its annexes that the reader sees, in their order.
    pub annexes: Vec<AnnexRow>,
    /// Who opened its documents and the scans of its acts, the latest first; twenty of each.
    pub openings: Vec<Opening>,
}

/// An annex.
#[derive(Debug)]
pub struct AnnexRow {
    /// Its number.
    pub seq: i16,
    /// Version of its shape.
    pub schema_version: i16,
    /// What was sent; none if it does not open or is not what was hashed.
    pub text: Option<Annex>,
    /// Its hash.
    pub sha256: Vec<u8>,
    /// When it was composed.
    pub composed_at: DateTime<Utc>,
    /// By whom.
    pub composed_by: Author,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// By whom.
    pub sent_by: Author,
}

/// Somebody opened a document, or could not.
#[derive(Debug, Deserialize)]
pub struct Opening {
    /// Which.
    pub document: AttachmentId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, in Arabic.
    pub name_ar: Option<String>,
    /// Who, in Latin letters.
    pub name_la: Option<String>,
    /// Whether it was somebody of a court.
    pub at_court: bool,
    /// Whether the bytes were those that were kept.
    pub whole: bool,
}

/// An annex as it lies in the database.
#[derive(Debug, Deserialize)]
struct Row {
    seq: i16,
    id: DisclosureId,
    version: i16,
    sealed: SealedText,
    key: Option<WrappedKey>,
    sha256: String,
    composed_at: DateTime<Utc>,
    by_ar: Option<String>,
    by_la: Option<String>,
    sent_at: Option<DateTime<Utc>>,
    sent_ar: Option<String>,
    sent_la: Option<String>,
}

/// The annexes of a file of the reader's prefecture, or those that were sent to the reader's court; and the openings of
/// what the reader may open. In one statement.
pub async fn beside(tx: &mut Tx, actor: &Actor, file: JudicialFileId) -> Result<Beside, AppError> {
    let row = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(jsonb_build_object('seq', x.seq, 'id', e.id, 'version', e.schema_version,
                              'sealed', e.snapshot_enc, 'key', app.key_of('disclosure', e.id),
                              'sha256', encode(e.sha256, 'hex'), 'composed_at', e.composed_at,
                              'by_ar', c.name_ar, 'by_la', c.name_la, 'sent_at', e.sent_at,
                              'sent_ar', s.name_ar, 'sent_la', s.name_la) order by x.seq), '[]')
                   from app.judicial_annex x
                   join app.disclosure e on e.id = x.disclosure_id
                   left join lateral app.name_of(e.composed_by) c on true
                   left join lateral app.name_of(e.sent_by) s on true
                   where x.file_id = $1 and ((x.court_id = $2 and e.sent_at is not null) or x.territory_id = $3)) as "annexes!: Json<Vec<Row>>",
                  (select coalesce(jsonb_agg(to_jsonb(o) order by o.at desc), '[]')
                   from (select d.document, d.at, d.name_ar, d.name_la, d.at_court, d.whole from app.document_openings($1) d
                         union all
                         select a.document, a.at, a.name_ar, a.name_la, a.at_court, a.whole from app.act_openings($1) a) o)
                      as "openings!: Json<Vec<Opening>>""#,
        file.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let mut annexes = Vec::with_capacity(row.annexes.0.len());
    for one in row.annexes.0 {
        let sha256 = hex::decode(&one.sha256).unwrap_or_default();
        let text = frozen(tx, one.id, one.key.as_ref(), &one.sealed, &sha256);
        let text = text.map(|text| seal::open(one.version, &text));
        annexes.push(AnnexRow {
            seq: one.seq,
            schema_version: one.version,
            text: text.transpose().map_err(AppError::internal)?,
            sha256,
            composed_at: one.composed_at,
            composed_by: Author::new(one.by_ar, one.by_la),
            sent_at: one.sent_at,
            sent_by: Author::new(one.sent_ar, one.sent_la),
        });
    }
    Ok(Beside {
        annexes,
        openings: row.openings.0,
    })
}

/// The number of the next annex of a file, which is locked; none if this very one is written already.
pub async fn next_seq(
    tx: &mut Tx,
    actor: &Actor,
    file: &HeldFile,
    id: DisclosureId,
) -> Result<Option<i16>, AppError> {
    let row = sqlx::query!(
        r#"select coalesce(max(x.seq), 0::smallint) as "last!", coalesce(bool_or(x.disclosure_id = $3), false) as "is_written!"
           from app.judicial_annex x where x.file_id = $1 and x.territory_id = $2"#,
        file.id.0,
        actor.territory().0,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((!row.is_written).then_some(row.last + 1))
}

/// An annex about to be written.
#[derive(Debug)]
pub struct NewAnnex<'a> {
    /// Made of the form.
    pub id: DisclosureId,
    /// Its number.
    pub seq: i16,
    /// The frozen text.
    pub text: &'a Sealed,
    /// What goes with it.
    pub documents: &'a [AttachmentId],
    /// When.
    pub now: DateTime<Utc>,
}

/// Freezes an annex. The court sees nothing of it until it is sent.
pub async fn write(
    tx: &mut Tx,
    actor: &Actor,
    file: &HeldFile,
    new: &NewAnnex<'_>,
) -> Result<(), AppError> {
    let key = tx.key_for(Holder::disclosure(new.id)).await?;
    let text = key.seal(Field::DISCLOSURE_SNAPSHOT, new.id.0, &new.text.text)?;
    sqlx::query!(
        "insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc,
             sha256, composed_by, composed_at)
         select $1, 'annex', $2, $3, $4, d.legal_basis, $5, $6, $7, $8, $9
         from app.disclosure d where d.id = $10 and d.territory_id = $3",
        new.id.0,
        file.case_id.0,
        actor.territory().0,
        file.court_id.0,
        SCHEMA_VERSION,
        text.as_bytes(),
        new.text.sha256.as_slice(),
        actor.user.0,
        new.now,
        file.disclosure_id.0
    )
    .execute(&mut **tx)
    .await?;
    material::go_with(tx, actor, (new.id, file.case_id), new.documents).await?;
    sqlx::query!(
        "insert into app.judicial_annex (file_id, seq, case_id, territory_id, court_id, disclosure_id)
         values ($1, $2, $3, $4, $5, $6)",
        file.id.0,
        new.seq,
        file.case_id.0,
        actor.territory().0,
        file.court_id.0,
        new.id.0
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("judicial_annex.composed", "judicial_file", file.id.0)
        .in_territory(file.territory_id)
        .with(serde_json::json!({
            "case": file.case_id, "court": file.court_id, "n": new.seq, "documents": new.documents.len(),
            "sha256": hex::encode(new.text.sha256),
        }));
    audit::record(tx, event).await
}

/// Sends an annex; one that was sent already is not sent again.
pub async fn send(tx: &mut Tx, file: &HeldFile, seq: i16) -> Result<(), AppError> {
    let is_sent = sqlx::query_scalar!(
        r#"select app.send_annex($1, $2) as "is_sent!""#,
        file.id.0,
        seq
    )
    .fetch_one(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "judicial_moves") {
            AppError::Conflict(Msg::new("judicial-moved"))
        } else {
            error.into()
        }
    })?;
    if !is_sent {
        return Ok(());
    }
    let event = Event::on("judicial_annex.sent", "judicial_file", file.id.0)
        .in_territory(file.territory_id)
        .with(serde_json::json!({ "case": file.case_id, "court": file.court_id, "n": seq }));
    audit::record(tx, event).await
}

/// Whether a file of this prefecture has that annex.
pub async fn has(tx: &mut Tx, actor: &Actor, file: &HeldFile, seq: i16) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.judicial_annex x
                          where x.file_id = $1 and x.seq = $2 and x.territory_id = $3) as "has!""#,
        file.id.0,
        seq,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}
