//! The institution's side: children who are coming or there, their sheets, what becomes of them.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{DisclosureId, RowId, TerritoryId},
    prosecution::{frozen, seal},
    shelter::{
        domain::{Audience, BedState, BedStep, LATE_FOR},
        form::Act,
        sheet::Sheet,
    },
    vault::{SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::PgQueryResult;

/// A child who is coming or there.
#[derive(Debug)]
pub struct Arrival {
    /// Which.
    pub id: RowId,
    /// Where it stands.
    pub state: BedState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// When the place lapses.
    pub until: Option<DateTime<Utc>>,
    /// First day.
    pub admitted_on: Option<NaiveDate>,
    /// For whom the places are.
    pub audience: Audience,
    /// The sheet; none if it does not open or is not the one that was hashed.
    pub sheet: Option<Sheet>,
    /// For the optimistic lock.
    pub version: i32,
}

impl Arrival {
    /// Until when the child can still be received, if its hold ran out.
    pub fn late_until(&self) -> Option<DateTime<Utc>> {
        let until = self.until.filter(|_| self.state == BedState::Expired)?;
        Some(until + LATE_FOR)
    }
}

/// Those on the way, those who did not come in time, and those there.
#[derive(Debug, Default)]
pub struct Desk {
    /// Asked for, or held.
    pub coming: Vec<Arrival>,
    /// The hold ran out some days ago at most.
    pub late: Vec<Arrival>,
    /// There, or their place is.
    pub there: Vec<Arrival>,
}

/// Everyone at the reader's institution.
pub async fn desk(tx: &mut Tx, actor: &Actor) -> Result<Desk, AppError> {
    let rows = sqlx::query!(
        r#"select h.id as "id: RowId", h.state_since, h.until, h.admitted_on, g.audience,
                  case when h.state in ('requested', 'held') and h.until <= now() then 'expired' else h.state end as "state!",
                  h.version + (h.state in ('requested', 'held') and h.until <= now())::int as "version!",
                  d.id as "sheet: DisclosureId", d.schema_version, d.snapshot_enc as "sealed: SealedText", d.sha256,
                  app.key_of('disclosure', d.id) as "key: WrappedKey"
           from app.bed_hold h
           join app.institution i on i.id = h.institution_id and i.organisation_code = $1
           join app.bed_group g on g.id = h.group_id
           join app.disclosure d on d.id = h.disclosure_id and d.to_institution = i.id
           where h.state in ('admitted', 'left', 'ran_away')
              or (h.state in ('requested', 'held', 'expired') and h.until > now() - app.late_for())
           order by h.until nulls last, h.state_since desc limit 200"#,
        actor.organisation()
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut desk = Desk::default();
    for r in rows {
        let text = frozen(tx, r.sheet, r.key.as_ref(), &r.sealed, &r.sha256);
        let state = BedState::from_code(&r.state)
            .ok_or_else(|| AppError::internal("unknown state of a bed"))?;
        let arrival = Arrival {
            id: r.id,
            state,
            state_since: r.state_since,
            until: r.until,
            admitted_on: r.admitted_on,
            audience: Audience::from_code(&r.audience)
                .ok_or_else(|| AppError::internal("unknown audience"))?,
            sheet: text.and_then(|text| seal::open(r.schema_version, &text).ok()),
            version: r.version,
        };
        let list = match state {
            BedState::Expired => &mut desk.late,
            state if state.is_placed() => &mut desk.there,
            _ => &mut desk.coming,
        };
        list.push(arrival);
    }
    Ok(desk)
}

/// One child's place and sheet, as its institution opens it.
#[derive(Debug)]
pub struct Opened {
    /// The place.
    pub arrival: Arrival,
    /// Of whose file.
    pub territory: TerritoryId,
    /// Of the sheet.
    pub sha256: Vec<u8>,
}

/// Opens the sheet; the reading is written down.
pub async fn opened(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Opened, AppError> {
    let r = sqlx::query!(
        r#"select h.state_since, h.until, h.admitted_on, h.territory_id as "territory: TerritoryId", g.audience,
                  case when h.state in ('requested', 'held') and h.until <= now() then 'expired' else h.state end as "state!",
                  h.version + (h.state in ('requested', 'held') and h.until <= now())::int as "version!",
                  d.id as "sheet: DisclosureId", d.schema_version, d.snapshot_enc as "sealed: SealedText", d.sha256,
                  app.key_of('disclosure', d.id) as "key: WrappedKey"
           from app.bed_hold h
           join app.institution i on i.id = h.institution_id and i.organisation_code = $2
           join app.bed_group g on g.id = h.group_id
           join app.disclosure d on d.id = h.disclosure_id and d.to_institution = i.id
           where h.id = $1
             and (h.state in ('admitted', 'left', 'ran_away')
                  or (h.state in ('requested', 'held', 'expired') and h.until > now() - app.late_for()))"#,
        id.0,
        actor.organisation()
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let text = frozen(tx, r.sheet, r.key.as_ref(), &r.sealed, &r.sha256);
    let event = Event::on("sheet.opened", "disclosure", r.sheet.0).in_territory(r.territory);
    audit::record(tx, event).await?;
    Ok(Opened {
        arrival: Arrival {
            id,
            state: BedState::from_code(&r.state)
                .ok_or_else(|| AppError::internal("unknown state of a bed"))?,
            state_since: r.state_since,
            until: r.until,
            admitted_on: r.admitted_on,
            audience: Audience::from_code(&r.audience)
                .ok_or_else(|| AppError::internal("unknown audience"))?,
            sheet: text.and_then(|text| seal::open(r.schema_version, &text).ok()),
            version: r.version,
        },
        territory: r.territory,
        sha256: r.sha256,
    })
}

/// What became of a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// It is made.
    Done,
    /// It cannot be made any more, and why: nothing is written, the transaction is to be dropped.
    No(Msg),
}

/// Reads from an update whether the move was made, or what came in between. `full` says that no place is left.
pub(super) fn moved(
    done: Result<PgQueryResult, sqlx::Error>,
    full: &'static str,
) -> Result<Moved, AppError> {
    let error = match done {
        Ok(done) if done.rows_affected() > 0 => return Ok(Moved::Done),
        Ok(_) => return Ok(Moved::No(Msg::new("shelter-moved"))),
        Err(error) => error,
    };
    let walls = [
        ("bed_group_places", full),
        ("bed_hold_one_live", "shelter-already"),
        ("bed_hold_house_is_open", "shelter-closed-meanwhile"),
        ("bed_hold_late", "shelter-too-late"),
        ("bed_hold_file_is_open", "shelter-case-closed"),
        ("bed_hold_told_by_desk", "placement-told-by-desk"),
    ];
    let met = walls.into_iter().find(|(wall, _)| violates(&error, wall));
    match met {
        Some((_, key)) => Ok(Moved::No(Msg::new(key))),
        None => Err(error.into()),
    }
}

/// Moves it on; the caller locks the group first, as everyone does who counts its places.
pub async fn step(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    opened: &Opened,
    (step, act): (BedStep, &Act),
) -> Result<Moved, AppError> {
    let done = sqlx::query!(
        "update app.bed_hold h
         set state = $3, state_since = $4, moved_by = $5, refusal = $6,
             admitted_on = case when $3 = 'admitted' then coalesce(h.admitted_on, $7) else h.admitted_on end,
             moved_on = case when h.admitted_on is not null then $7 else h.moved_on end,
             ended_on = case when $3 = 'discharged' then $7::date end,
             destination = $8,
             until = case when $3 = 'held' then $9 else h.until end, version = h.version + 1
         from app.institution i
         where h.id = $1 and h.version = $2 and i.id = h.institution_id and i.organisation_code = $10 and h.state = $11",
        opened.arrival.id.0,
        act.version,
        step.to().code(),
        now,
        actor.user.0,
        act.refusal.as_deref(),
        act.day,
        act.destination.as_deref(),
        now + crate::shelter::domain::HELD_FOR,
        actor.organisation(),
        step.from().code()
    )
    .execute(&mut **tx)
    .await;
    let outcome = moved(done, "places-none-free")?;
    if outcome == Moved::Done {
        let event = Event::on("bed.moved", "bed_hold", opened.arrival.id.0)
            .in_territory(opened.territory)
            .with(serde_json::json!({
                "from": step.from().code(), "to": step.to().code(), "refusal": act.refusal, "by_cell": false,
            }));
        audit::record(tx, event).await?;
    }
    Ok(outcome)
}

/// Locks the group of a hold, as everyone does who counts its places, and ends what has run out there.
pub async fn lock(tx: &mut Tx, hold: RowId) -> Result<(), AppError> {
    sqlx::query!(
        "select app.lapse_beds(h.group_id, null) from app.bed_hold h where h.id = $1",
        hold.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}
