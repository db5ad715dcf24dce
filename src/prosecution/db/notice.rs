//! The urgent notice: sent at once, by any worker of the file, and never taken back.

use super::{Author, frozen};
use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, DisclosureId},
    prosecution::seal::{SCHEMA_VERSION, Sealed},
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};

/// A notice about to be sent.
#[derive(Debug)]
pub struct NewNotice<'a> {
    /// Made by the server when the button was shown.
    pub id: DisclosureId,
    /// The file of the child.
    pub case: CaseId,
    /// The court of the place.
    pub court: CourtId,
    /// The frozen text.
    pub text: &'a Sealed,
    /// When.
    pub now: DateTime<Utc>,
}

/// Sends it. The same button pressed twice sends one.
pub async fn send(tx: &mut Tx, actor: &Actor, new: &NewNotice<'_>) -> Result<(), AppError> {
    let territory = actor.territory();
    let key = tx.key_for(Holder::disclosure(new.id)).await?;
    let text = key.seal(Field::DISCLOSURE_SNAPSHOT, new.id.0, &new.text.text)?;
    let written = sqlx::query!(
        "insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc,
             sha256, composed_by, composed_at, sent_by, sent_at)
         values ($1, 'urgent_notice', $2, $3, $4, 'urgent_protection', $5, $6, $7, $8, $9, $8, $9)
         on conflict (id) do nothing",
        new.id.0,
        new.case.0,
        territory.0,
        new.court.0,
        SCHEMA_VERSION,
        text.as_bytes(),
        new.text.sha256.as_slice(),
        actor.user.0,
        new.now
    )
    .execute(&mut **tx)
    .await?;
    if written.rows_affected() == 0 {
        return same_press(tx, actor, new).await;
    }
    sqlx::query!(
        "update app.case_file set changed_at = $3, changed_by = $4 where id = $1 and territory_id = $2",
        new.case.0,
        territory.0,
        new.now,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    let fields = serde_json::json!({ "case": new.case, "court": new.court });
    audit::record(
        tx,
        Event::on("urgent_notice.sent", "disclosure", new.id.0)
            .in_territory(territory)
            .with(fields),
    )
    .await
}

/// Nothing is typed in a notice, so the same author and file are the same press.
async fn same_press(tx: &mut Tx, actor: &Actor, new: &NewNotice<'_>) -> Result<(), AppError> {
    let same = sqlx::query_scalar!(
        r#"select exists (
               select from app.disclosure
               where id = $1 and case_id = $2 and territory_id = $3 and composed_by = $4 and kind = 'urgent_notice'
           ) as "same!""#,
        new.id.0,
        new.case.0,
        actor.territory().0,
        actor.user.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if same {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("notice-sent-otherwise")))
    }
}

/// A notice as it was sent, and who has seen it.
#[derive(Debug)]
pub struct NoticeFile {
    /// The notice.
    pub id: DisclosureId,
    /// Its case, for the cell.
    pub case_id: CaseId,
    /// Its prefecture.
    pub territory_id: TerritoryId,
    /// Version of its shape.
    pub schema_version: i16,
    /// The frozen text; none if it does not open or is not the one that was hashed.
    pub snapshot: Option<String>,
    /// Its hash.
    pub sha256: Vec<u8>,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// By whom.
    pub sent_by: Author,
    /// When the court acknowledged it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who did.
    pub acknowledged_by: Author,
}

/// A notice of the reader's prefecture or court.
pub async fn notice(tx: &mut Tx, actor: &Actor, id: DisclosureId) -> Result<NoticeFile, AppError> {
    let row = sqlx::query!(
        r#"select e.case_id as "case_id: CaseId", e.territory_id as "territory_id: TerritoryId", e.schema_version,
                  e.snapshot_enc as "sealed: SealedText", app.key_of('disclosure', e.id) as "key: WrappedKey", e.sha256, e.sent_at as "sent_at!", e.acknowledged_at,
                  s.name_ar as "sent_ar?", s.name_la as "sent_la?", a.name_ar as "seen_ar?", a.name_la as "seen_la?"
           from app.disclosure e
           left join lateral app.name_of(e.sent_by) s on true
           left join lateral app.name_of(e.acknowledged_by) a on true
           where e.id = $1 and e.kind = 'urgent_notice' and e.sent_at is not null
             and (e.to_court = $2 or e.territory_id = $3)"#,
        id.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(NoticeFile {
        id,
        case_id: row.case_id,
        territory_id: row.territory_id,
        schema_version: row.schema_version,
        snapshot: frozen(tx, id, row.key.as_ref(), &row.sealed, &row.sha256),
        sha256: row.sha256,
        sent_at: row.sent_at,
        sent_by: Author::new(row.sent_ar, row.sent_la),
        acknowledged_at: row.acknowledged_at,
        acknowledged_by: Author::new(row.seen_ar, row.seen_la),
    })
}

/// Acknowledges it for the court. Once somebody has, nothing more happens: the page says who.
pub async fn acknowledge(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: DisclosureId,
) -> Result<(), AppError> {
    let known = notice(tx, actor, id).await?;
    let written = sqlx::query!(
        "update app.disclosure set acknowledged_by = $3, acknowledged_at = $4
         where id = $1 and to_court = $2 and kind = 'urgent_notice' and acknowledged_at is null",
        id.0,
        actor.court().0,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if written.rows_affected() == 0 {
        return Ok(());
    }
    let event = Event::on("urgent_notice.acknowledged", "disclosure", id.0)
        .in_territory(known.territory_id);
    audit::record(tx, event).await
}
