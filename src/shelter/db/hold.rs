//! A place for a child: asking for it, giving it back, who answers for the child.

use super::desk::lock;
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, DisclosureId, RowId},
    people,
    prosecution::seal::{SCHEMA_VERSION, Sealed},
    shelter::domain::{Audience, BedMove, BedState, By, HELD_FOR, LATE_FOR},
    vault::{Field, Holder},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

/// A place that is asked for.
#[derive(Debug)]
pub struct NewHold<'a> {
    /// Made by the server when the form was shown; also that of the sheet.
    pub id: RowId,
    /// The file.
    pub head: &'a Head,
    /// The places.
    pub group: RowId,
    /// Their institution.
    pub institution: RowId,
    /// The frozen sheet.
    pub sheet: &'a Sealed,
    /// Who answers for the child.
    pub responsible: Option<&'a str>,
    /// Asked although nothing is free: the institution answers.
    pub waits: bool,
    /// Of the answers.
    pub sha256: [u8; 32],
    /// When.
    pub now: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The place is the child's for a day, or the request waits for its answer.
    Done,
    /// Somebody else took the last one: nothing is written, the transaction is to be dropped.
    Full,
    /// The house, or these places, closed meanwhile: likewise.
    Closed,
}

/// Asks for a place. What ran out is ended first, under the lock of the group: from there to the commit nobody
/// else counts its places.
pub async fn ask(tx: &mut Tx, actor: &Actor, new: &NewHold<'_>) -> Result<Asked, AppError> {
    let mac = tx.ring().await?.print(new.id.0, &new.sha256);
    if let Some(known) = sent_before(tx, actor, new).await? {
        return if known == mac {
            Ok(Asked::Done)
        } else {
            Err(AppError::Conflict(Msg::new("shelter-sent-before")))
        };
    }
    freeze(tx, actor, new).await?;
    sqlx::query_scalar!("select app.lapse_beds($1, $2)", new.group.0, new.head.id.0)
        .fetch_one(&mut **tx)
        .await?;
    if !insert(tx, actor, new, mac).await? {
        return Ok(Asked::Closed);
    }
    let mut event = Event::on("bed.requested", "case", new.head.id.0);
    if !new.waits {
        if !take(tx, actor, new).await? {
            return Ok(Asked::Full);
        }
        event = Event::on("bed.held", "case", new.head.id.0);
    }
    people::touch(tx, actor, new.now, &[new.head.id]).await?;
    let event = event.in_territory(actor.territory()).with(serde_json::json!({
        "hold": new.id, "group": new.group, "institution": new.institution, "sha256": hex::encode(new.sheet.sha256),
    }));
    audit::record(tx, event).await?;
    Ok(Asked::Done)
}

async fn sent_before(
    tx: &mut Tx,
    actor: &Actor,
    new: &NewHold<'_>,
) -> Result<Option<Vec<u8>>, AppError> {
    Ok(sqlx::query_scalar!(
        "select payload_mac from app.bed_hold where id = $1 and case_id = $2 and territory_id = $3",
        new.id.0,
        new.head.id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

async fn freeze(tx: &mut Tx, actor: &Actor, new: &NewHold<'_>) -> Result<(), AppError> {
    let id = DisclosureId(new.id.0);
    let key = tx.key_for(Holder::disclosure(id)).await?;
    let text = key.seal(Field::DISCLOSURE_SNAPSHOT, id.0, &new.sheet.text)?;
    sqlx::query!(
        "insert into app.disclosure (id, kind, case_id, territory_id, to_institution, legal_basis, schema_version, snapshot_enc,
             sha256, composed_by, composed_at, sent_by, sent_at)
         values ($1, 'placement', $2, $3, $4, 'urgent_protection', $5, $6, $7, $8, $9, $8, $9)",
        id.0,
        new.head.id.0,
        actor.territory().0,
        new.institution.0,
        SCHEMA_VERSION,
        text.as_bytes(),
        new.sheet.sha256.as_slice(),
        actor.user.0,
        new.now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes the request; false if nobody is received there any more.
async fn insert(
    tx: &mut Tx,
    actor: &Actor,
    new: &NewHold<'_>,
    mac: [u8; 32],
) -> Result<bool, AppError> {
    let written = sqlx::query!(
        "insert into app.bed_hold (id, case_id, territory_id, episode_id, seq, group_id, institution_id, disclosure_id, state,
             state_since, moved_by, until, responsible_org, requested_by, requested_at, payload_mac)
         select $1, $2, $3, $4, coalesce(max(h.seq), 0) + 1, $5, $6, $1, 'requested', $7, $8, $9, $10, $8, $7, $11
         from app.bed_hold h where h.case_id = $2",
        new.id.0,
        new.head.id.0,
        actor.territory().0,
        new.head.episode.0,
        new.group.0,
        new.institution.0,
        new.now,
        actor.user.0,
        new.now + HELD_FOR,
        new.responsible,
        mac.as_slice()
    )
    .execute(&mut **tx)
    .await;
    match written {
        Ok(_) => Ok(true),
        Err(error) if violates(&error, "bed_hold_house_is_open") => Ok(false),
        Err(error)
            if violates(&error, "bed_hold_one_live") || violates(&error, "bed_hold_once") =>
        {
            Err(AppError::Conflict(Msg::new("shelter-already")))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the place; false if the last one is gone. It is the constraint on the group that says so.
async fn take(tx: &mut Tx, actor: &Actor, new: &NewHold<'_>) -> Result<bool, AppError> {
    let taken = sqlx::query!(
        "update app.bed_hold set state = $3, state_since = $4, moved_by = $5, version = version + 1
         where id = $1 and territory_id = $2",
        new.id.0,
        actor.territory().0,
        BedState::Held.code(),
        new.now,
        actor.user.0
    )
    .execute(&mut **tx)
    .await;
    match taken {
        Ok(_) => Ok(true),
        Err(error) if violates(&error, "bed_group_places") => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// A place that was asked for and is over.
#[derive(Debug, Deserialize)]
pub struct Past {
    /// Code of a [`BedState`].
    pub state: String,
    /// The institution's organisation.
    pub organisation: String,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// Code of `ref.bed_refusal`.
    pub refusal: Option<String>,
}

/// The place of a child, as its file shows it.
#[derive(Debug)]
pub struct Hold {
    /// Which.
    pub id: RowId,
    /// Where it stands.
    pub state: BedState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// When it lapses.
    pub until: Option<DateTime<Utc>>,
    /// The institution.
    pub institution: RowId,
    /// Its organisation.
    pub organisation: String,
    /// To call.
    pub phone: Option<String>,
    /// For whom its places are.
    pub audience: Audience,
    /// First day.
    pub admitted_on: Option<NaiveDate>,
    /// Whether somebody signs in for the institution and tells its moves; else the cell does.
    pub has_desk: bool,
    /// Who answers for the child.
    pub responsible: Option<String>,
    /// SHA-256 of the sheet.
    pub sha256: Vec<u8>,
    /// For the optimistic lock.
    pub version: i32,
}

impl Hold {
    /// Until when the child can still be received, if its hold ran out.
    pub fn late_until(&self) -> Option<DateTime<Utc>> {
        let until = self.until.filter(|_| self.state == BedState::Expired)?;
        Some(until + LATE_FOR)
    }
}

/// The live place of a file, if it has one, else the last one that ran out and to which the child can still come;
/// and what came before. The reading is written down. What has run out is over, whether or not the job has ended it.
pub async fn of_case(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
) -> Result<(Option<Hold>, Vec<Past>), AppError> {
    let row = sqlx::query!(
        r#"select h.id as "id?: RowId", h.state as "state?", h.state_since as "state_since?", h.until, h.admitted_on,
                  h.responsible_org, h.version as "version?", i.id as "institution?: RowId", app.has_desk(i.id) as has_desk,
                  i.organisation_code as "organisation?", i.phone, g.audience as "audience?", d.sha256 as "sha256?",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'state', case when p.state in ('requested', 'held') then 'expired' else p.state end,
                              'organisation', q.organisation_code, 'refusal', p.refusal,
                              'state_since', case when p.state in ('requested', 'held') then p.until else p.state_since end)
                              order by p.seq desc), '[]')
                   from app.bed_hold p join app.institution q on q.id = p.institution_id
                   where p.case_id = $1 and p.territory_id = $2 and p.id is distinct from h.id) as "past!: sqlx::types::Json<Vec<Past>>",
                  audit.record('placement.opened', 'case', $1, $2, '{}', null)::text as written
           from (select 1) one
           left join lateral (
               select b.id, b.institution_id, b.group_id, b.disclosure_id, b.admitted_on, b.responsible_org, b.until,
                      case when lapsed.yes then 'expired' else b.state end as state,
                      case when lapsed.yes then b.until else b.state_since end as state_since,
                      b.version + lapsed.yes::int as version
               from app.bed_hold b
               cross join lateral (select b.state in ('requested', 'held') and b.until <= now() as yes) lapsed
               where b.case_id = $1 and b.territory_id = $2
                 and (b.state in ('admitted', 'left', 'ran_away')
                      or (b.state in ('requested', 'held', 'expired') and b.until > now() - app.late_for()))
               order by b.state = 'expired' or lapsed.yes, b.seq desc limit 1) h on true
           left join app.institution i on i.id = h.institution_id
           left join app.bed_group g on g.id = h.group_id
           left join app.disclosure d on d.id = h.disclosure_id and d.territory_id = $2"#,
        case.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let live = || {
        Some(Hold {
            id: row.id?,
            state: BedState::from_code(row.state.as_deref()?)?,
            state_since: row.state_since?,
            until: row.until,
            institution: row.institution?,
            organisation: row.organisation?,
            phone: row.phone,
            audience: Audience::from_code(row.audience.as_deref()?)?,
            admitted_on: row.admitted_on,
            has_desk: row.has_desk.unwrap_or_default(),
            responsible: row.responsible_org,
            sha256: row.sha256?,
            version: row.version?,
        })
    };
    Ok((live(), row.past.0))
}

/// Gives a place back that is not needed.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (case, id, version): (CaseId, RowId, i32),
) -> Result<(), AppError> {
    lock(tx, id).await?;
    let state = sqlx::query_scalar!(
        "select state from app.bed_hold where id = $1 and case_id = $2 and territory_id = $3",
        id.0,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let step = BedState::from_code(&state)
        .and_then(|state| state.step(BedMove::Cancel, By::Care))
        .ok_or_else(|| AppError::Conflict(Msg::new("shelter-moved")))?;
    let done = sqlx::query!(
        "update app.bed_hold set state = $4, state_since = $5, moved_by = $6, version = version + 1
         where id = $1 and case_id = $2 and territory_id = $3 and version = $7 and state = $8",
        id.0,
        case.0,
        actor.territory().0,
        step.to().code(),
        now,
        actor.user.0,
        version,
        step.from().code()
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("shelter-moved")));
    }
    let event = Event::on("bed.moved", "case", case.0)
        .in_territory(actor.territory())
        .with(
            serde_json::json!({ "hold": id, "from": step.from().code(), "to": step.to().code() }),
        );
    audit::record(tx, event).await
}

/// Names who answers for the child while it lives there.
pub async fn name_body(
    tx: &mut Tx,
    actor: &Actor,
    (case, id): (CaseId, RowId),
    body: &str,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update app.bed_hold set responsible_org = $4, moved_by = $5, version = version + 1
         where id = $1 and case_id = $2 and territory_id = $3
           and state in ('requested', 'held', 'admitted', 'left', 'ran_away')",
        id.0,
        case.0,
        actor.territory().0,
        body,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let event = Event::on("placement.body_named", "case", case.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "hold": id, "body": body }));
    audit::record(tx, event).await
}
