//! What a city writes of its team. What the database does not take is said with the field it is about.

use super::SeatHead;
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    teams::{
        domain::{Body, Member},
        form::{NewDesignation, NewSeat},
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// Adds a seat; the same form again adds nothing.
pub async fn add_seat(tx: &mut Tx, actor: &Actor, new: &NewSeat) -> Result<(), AppError> {
    let (code, name) = match &new.body {
        Body::Listed(code) => (Some(code.as_str()), None),
        Body::Named(name) => (None, Some(name.as_str())),
    };
    let done = sqlx::query!(
        "insert into plan.seat (id, territory_id, sector, organisation_code, organisation_name, made_by)
         values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
        new.id.0,
        actor.territory().0,
        new.sector,
        code,
        name,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let event = Event::on("seat.added", "seat", new.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "sector": new.sector, "organisation": code }));
    audit::record(tx, event).await
}

/// Why the database took nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else is in that seat on some of these days.
    Overlaps,
    /// The team has that seat no more.
    Closed,
    /// Somebody is in it.
    InOffice,
    /// A post rests on it.
    Bound,
    /// It ended meanwhile, or was struck.
    Over,
}

impl Refusal {
    /// What is to be said.
    pub const fn msg(self) -> Msg {
        Msg::new(match self {
            Self::Overlaps => "team-overlaps",
            Self::Closed => "team-seat-closed",
            Self::InOffice => "team-seat-in-office",
            Self::Bound => "team-strike-bound",
            Self::Over => "team-over",
        })
    }

    fn of(error: sqlx::Error) -> Result<Self, AppError> {
        for (constraint, refusal) in [
            ("designation_once", Self::Overlaps),
            ("designation_in_seat", Self::Closed),
            ("seat_closed", Self::Closed),
            ("seat_in_office", Self::InOffice),
            ("designation_bound", Self::Bound),
            ("designation_only_ends", Self::Over),
        ] {
            if violates(&error, constraint) {
                return Ok(refusal);
            }
        }
        Err(error.into())
    }
}

/// Closes a seat today; one that is closed already stays as it is. After a refusal the transaction is spent.
pub async fn close_seat(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    seat: &SeatHead,
) -> Result<Result<(), Refusal>, AppError> {
    if seat.closed_on.is_some() {
        return Ok(Ok(()));
    }
    let done = sqlx::query!(
        "update plan.seat set closed_on = $3, closed_by = $4 where id = $1 and territory_id = $2 and closed_on is null",
        seat.id.0,
        actor.territory().0,
        today,
        actor.user.0
    )
    .execute(&mut **tx)
    .await;
    match done {
        Err(error) => return Refusal::of(error).map(Err),
        Ok(done) if done.rows_affected() == 0 => return Ok(Ok(())),
        Ok(_) => {}
    }
    let event = Event::on("seat.closed", "seat", seat.id.0).in_territory(actor.territory());
    audit::record(tx, event).await?;
    Ok(Ok(()))
}

/// Designates somebody to a seat; the same form again does nothing. After a refusal the transaction is spent.
pub async fn designate(
    tx: &mut Tx,
    actor: &Actor,
    seat: RowId,
    new: &NewDesignation,
) -> Result<Result<(), Refusal>, AppError> {
    let done = sqlx::query!(
        "insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by)
         values ($1, $2, $3, $4, daterange($5::date, $6::date + 1), $7, $8, $9) on conflict (id) do nothing",
        new.id.0,
        seat.0,
        actor.territory().0,
        new.kind.code(),
        new.since,
        new.until,
        new.letter_ref,
        new.letter_on,
        actor.user.0
    )
    .execute(&mut **tx)
    .await;
    match done {
        Err(error) => return Refusal::of(error).map(Err),
        Ok(done) if done.rows_affected() == 0 => return Ok(Ok(())),
        Ok(_) => {}
    }
    sqlx::query!(
        "insert into plan.member (designation_id, territory_id, name_ar, name_la, function, phone, email, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id.0,
        actor.territory().0,
        new.member.name_ar,
        new.member.name_la,
        new.member.function,
        new.member.phone,
        new.member.email,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("designation.made", "designation", new.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "seat": seat, "since": new.since, "until": new.until }));
    audit::record(tx, event).await?;
    Ok(Ok(()))
}

/// Ends a designation on a day; the post that rests on it ends with it, by the trigger of the row. After a refusal the
/// transaction is spent.
pub async fn end(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (id, last): (RowId, NaiveDate),
) -> Result<Result<(), Refusal>, AppError> {
    let done = sqlx::query!(
        "update plan.designation set valid = daterange(lower(valid), $3::date + 1), ended_by = $4, ended_at = $5
         where id = $1 and territory_id = $2 and struck_at is null and $3::date >= lower(valid)
           and (upper_inf(valid) or $3::date + 1 < upper(valid))",
        id.0,
        actor.territory().0,
        last,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await;
    match done {
        Err(error) => return Refusal::of(error).map(Err),
        // pressed twice: it ends on that day already
        Ok(done) if done.rows_affected() == 0 => return Ok(Ok(())),
        Ok(_) => {}
    }
    let event = Event::on("designation.ended", "designation", id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "until": last }));
    audit::record(tx, event).await?;
    Ok(Ok(()))
}

/// Takes back a designation that was entered by mistake. After a refusal the transaction is spent.
pub async fn strike(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: RowId,
) -> Result<Result<(), Refusal>, AppError> {
    let done = sqlx::query!(
        "update plan.designation set struck_by = $3, struck_at = $4
         where id = $1 and territory_id = $2 and struck_at is null",
        id.0,
        actor.territory().0,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await;
    match done {
        Err(error) => return Refusal::of(error).map(Err),
        Ok(done) if done.rows_affected() == 0 => return Ok(Ok(())),
        Ok(_) => {}
    }
    let event =
        Event::on("designation.struck", "designation", id.0).in_territory(actor.territory());
    audit::record(tx, event).await?;
    Ok(Ok(()))
}

/// Holds what is written of a member until the end of the transaction.
pub async fn hold_member(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<(), AppError> {
    sqlx::query!(
        "select designation_id from plan.member where designation_id = $1 and territory_id = $2 for update",
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}

/// Writes who a member is at work; which of it changed stands in the trail, and none of the words.
pub async fn change_member(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (id, before, member): (RowId, &Member, &Member),
) -> Result<(), AppError> {
    if before == member {
        return Ok(());
    }
    sqlx::query!(
        "update plan.member set name_ar = $3, name_la = $4, function = $5, phone = $6, email = $7, version = version + 1,
             changed_by = $8, changed_at = $9
         where designation_id = $1 and territory_id = $2",
        id.0,
        actor.territory().0,
        member.name_ar,
        member.name_la,
        member.function,
        member.phone,
        member.email,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    let changed: Vec<&str> = [
        (
            "names",
            (&before.name_ar, &before.name_la) != (&member.name_ar, &member.name_la),
        ),
        ("function", before.function != member.function),
        ("phone", before.phone != member.phone),
        ("email", before.email != member.email),
    ]
    .into_iter()
    .filter_map(|(name, is_other)| is_other.then_some(name))
    .collect();
    let event = Event::on("member.changed", "designation", id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "fields": changed }));
    audit::record(tx, event).await
}
