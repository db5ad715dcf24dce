//! The urgent notice: sent at once, by any worker of the file, and never taken back. The court's registry receives it, a
//! prosecutor reads it, and either sends it on if it is another court's.

use super::{Author, frozen};
use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId, Permission, TerritoryId},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, DisclosureId, JudicialFileId, RowId},
    prosecution::seal::{SCHEMA_VERSION, Sealed},
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

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
    /// The court where it lies.
    pub court_id: CourtId,
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
    /// When the registry of the court received it.
    pub registered_at: Option<DateTime<Utc>>,
    /// Who did.
    pub registered_by: Author,
    /// When a prosecutor of the court read it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who did.
    pub acknowledged_by: Author,
    /// From court to court, the oldest first.
    pub path: Vec<SentOn>,
    /// The file that was transmitted after it about the same child, as far as the reader sees it.
    pub led_to: Option<LedTo>,
}

/// A notice went from one court to another.
#[derive(Debug, Deserialize)]
pub struct SentOn {
    /// When.
    pub at: DateTime<Utc>,
    /// The court that it left.
    pub from: CourtId,
    /// The court that it went to.
    pub to: CourtId,
    /// Why: code of `ref.court_change_reason`.
    pub reason: String,
    name_ar: Option<String>,
    name_la: Option<String>,
}

impl SentOn {
    /// By whom.
    pub fn by(&self) -> Author {
        Author::new(self.name_ar.clone(), self.name_la.clone())
    }
}

/// The file that followed a notice.
#[derive(Debug)]
pub struct LedTo {
    /// The file.
    pub id: JudicialFileId,
    /// Its number.
    pub number: String,
    /// When it was transmitted.
    pub at: DateTime<Utc>,
}

/// A notice of the reader's prefecture or court.
pub async fn notice(tx: &mut Tx, actor: &Actor, id: DisclosureId) -> Result<NoticeFile, AppError> {
    let row = sqlx::query!(
        r#"select e.case_id as "case_id: CaseId", e.territory_id as "territory_id: TerritoryId", e.schema_version,
                  e.to_court as "court_id!: CourtId", e.registered_at,
                  e.snapshot_enc as "sealed: SealedText", app.key_of('disclosure', e.id) as "key: WrappedKey", e.sha256, e.sent_at as "sent_at!", e.acknowledged_at,
                  s.name_ar as "sent_ar?", s.name_la as "sent_la?", a.name_ar as "seen_ar?", a.name_la as "seen_la?",
                  r.name_ar as "registered_ar?", r.name_la as "registered_la?",
                  f.id as "file?: JudicialFileId", f.number as "number?", f.transmitted_at as "transmitted_at?",
                  (select coalesce(jsonb_agg(jsonb_build_object('at', t.at, 'from', t.from_court, 'to', t.to_court,
                              'reason', t.reason, 'name_ar', w.name_ar, 'name_la', w.name_la) order by t.at, t.id), '[]')
                   from app.notice_step t left join lateral app.name_of(t.by_user) w on true
                   where t.disclosure_id = e.id and (t.court_id = $2 or t.territory_id = $3)) as "path!: Json<Vec<SentOn>>"
           from app.disclosure e
           left join lateral app.name_of(e.sent_by) s on true
           left join lateral app.name_of(e.registered_by) r on true
           left join lateral app.name_of(e.acknowledged_by) a on true
           left join lateral (
               select j.id, j.number, j.transmitted_at
               from app.judicial_child k join app.judicial_file j on j.id = k.file_id
               where k.child_case_id = e.case_id and j.transmitted_at >= e.sent_at
                 and (j.court_id = $2 or j.territory_id = $3)
               order by j.transmitted_at, j.id limit 1) f on true
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
        court_id: row.court_id,
        schema_version: row.schema_version,
        snapshot: frozen(tx, id, row.key.as_ref(), &row.sealed, &row.sha256),
        sha256: row.sha256,
        sent_at: row.sent_at,
        sent_by: Author::new(row.sent_ar, row.sent_la),
        registered_at: row.registered_at,
        registered_by: Author::new(row.registered_ar, row.registered_la),
        acknowledged_at: row.acknowledged_at,
        acknowledged_by: Author::new(row.seen_ar, row.seen_la),
        path: row.path.0,
        led_to: match (row.file, row.number, row.transmitted_at) {
            (Some(id), Some(number), Some(at)) => Some(LedTo { id, number, at }),
            _ => None,
        },
    })
}

/// Who decides at the court has read it; the registry has received it, and it still waits to be read. Once somebody has,
/// nothing more happens: the page says who.
pub async fn acknowledge(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: DisclosureId,
) -> Result<(), AppError> {
    let known = notice(tx, actor, id).await?;
    if !actor.may(Permission::FileStudy) {
        return register(tx, actor, now, &known).await;
    }
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

/// The registry has it. What a prosecutor has read already needs no receipt.
async fn register(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    known: &NoticeFile,
) -> Result<(), AppError> {
    let written = sqlx::query!(
        "update app.disclosure set registered_by = $3, registered_at = $4
         where id = $1 and to_court = $2 and kind = 'urgent_notice' and registered_at is null and acknowledged_at is null",
        known.id.0,
        actor.court().0,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    if written.rows_affected() == 0 {
        return Ok(());
    }
    let event = Event::on("urgent_notice.registered", "disclosure", known.id.0)
        .in_territory(known.territory_id);
    audit::record(tx, event).await
}

/// Whether the reader made this very step of that notice, which their court reads no more.
pub async fn is_sent_on(tx: &mut Tx, step: RowId, id: DisclosureId) -> Result<bool, AppError> {
    let made = sqlx::query_scalar!(
        r#"select app.made_notice_step($1, $2) as "made!""#,
        step.0,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(made)
}

/// Sends a notice of the reader's court to another one, for a code of `ref.court_change_reason`. The same step twice is
/// one. Of two who send it on at once the second finds it no more; their own court is [`AppError::Conflict`].
pub async fn send_on(
    tx: &mut Tx,
    actor: &Actor,
    (step, id): (RowId, DisclosureId),
    (court, reason): (CourtId, &str),
) -> Result<(), AppError> {
    let territory = sqlx::query_scalar!(
        r#"select territory_id as "territory_id: TerritoryId" from app.disclosure
           where id = $1 and to_court = $2 and kind = 'urgent_notice' for update"#,
        id.0,
        actor.court().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    sqlx::query!(
        "select app.send_notice_on($1, $2, $3, $4)",
        step.0,
        id.0,
        court.0,
        reason
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "judicial_court") {
            AppError::Conflict(Msg::new("judicial-same-court"))
        } else {
            error.into()
        }
    })?;
    let fields =
        serde_json::json!({ "court": court, "from_court": actor.court(), "reason": reason });
    let event = Event::on("urgent_notice.rerouted", "disclosure", id.0);
    audit::record(tx, event.in_territory(territory).with(fields)).await
}
