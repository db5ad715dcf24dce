//! Planning a meeting, changing it, saying what became of it, and who came.

use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    meetings::{
        domain::{Meeting, State},
        form::{Attendance, NewMeeting, Plan},
    },
};
use chrono::{DateTime, Utc};

/// Why the database took nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The plan does not run in a city of it.
    Inactive,
    /// It was held or cancelled meanwhile.
    Over,
    /// Its day is to come.
    ToCome,
}

impl Refusal {
    /// What is to be said.
    pub const fn msg(self) -> Msg {
        Msg::new(match self {
            Self::Inactive => "meeting-city-inactive",
            Self::Over => "meeting-over",
            Self::ToCome => "meeting-to-come",
        })
    }

    fn of(error: sqlx::Error) -> Result<Self, AppError> {
        for (constraint, refusal) in [
            ("meeting_city_active", Self::Inactive),
            ("team_meeting_over", Self::Over),
            ("team_meeting_to_come", Self::ToCome),
        ] {
            if violates(&error, constraint) {
                return Ok(refusal);
            }
        }
        Err(error.into())
    }
}

/// An event where its meeting belongs.
pub(super) fn placed(event: Event, territory: Option<TerritoryId>) -> Event {
    match territory {
        Some(place) => event.in_territory(place),
        None => event,
    }
}

/// Plans a meeting of the reader's team, or of the committee; the same form again plans nothing. After a refusal the
/// transaction is spent.
pub async fn plan(
    tx: &mut Tx,
    actor: &Actor,
    city: Option<TerritoryId>,
    new: &NewMeeting,
) -> Result<Result<(), Refusal>, AppError> {
    let done = sqlx::query!(
        "insert into plan.team_meeting (id, territory_id, kind, held_at, remote, place, agenda, made_by, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (id) do nothing",
        new.id.0,
        city.map(|city| city.0),
        new.plan.kind,
        new.plan.at,
        new.plan.remote,
        new.plan.place,
        &new.plan.agenda,
        actor.user.0
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(Ok(()));
    }
    let cities = sqlx::query!(
        "insert into plan.team_meeting_city (meeting_id, territory_id) select $1, unnest($2::smallint[])",
        new.id.0,
        &new.cities
    )
    .execute(&mut **tx)
    .await;
    if let Err(error) = cities {
        return Refusal::of(error).map(Err);
    }
    let event = Event::on("meeting.planned", "meeting", new.id.0).with(serde_json::json!({
        "meeting_kind": new.plan.kind, "on": new.plan.at, "cities": new.cities.len(),
    }));
    audit::record(tx, placed(event, city)).await?;
    Ok(Ok(()))
}

/// A meeting that the reader keeps, held until the end of the transaction; told apart from one that they only read.
pub async fn lock(tx: &mut Tx, id: RowId) -> Result<Meeting, AppError> {
    if !super::meeting(tx, id).await?.is_kept {
        return Err(AppError::Forbidden);
    }
    sqlx::query!(
        "select id from plan.team_meeting where id = $1 for update",
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    // as whoever came before left it
    super::meeting(tx, id).await
}

/// Changes a meeting that is planned. After a refusal the transaction is spent.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (meeting, plan): (&Meeting, &Plan),
) -> Result<Result<(), Refusal>, AppError> {
    let before = Plan {
        kind: meeting.kind.clone(),
        at: meeting.at,
        remote: meeting.remote,
        place: meeting.place.clone(),
        agenda: meeting.agenda.clone(),
    };
    if before == *plan {
        return Ok(Ok(()));
    }
    let done = sqlx::query!(
        "update plan.team_meeting set kind = $2, held_at = $3, remote = $4, place = $5, agenda = $6, version = version + 1,
             changed_by = $7, changed_at = $8 where id = $1",
        meeting.id.0,
        plan.kind,
        plan.at,
        plan.remote,
        plan.place,
        &plan.agenda,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await;
    if let Err(error) = done {
        return Refusal::of(error).map(Err);
    }
    let changed: Vec<&str> = [
        ("meeting_kind", before.kind != plan.kind),
        ("day", before.at != plan.at),
        (
            "place",
            (before.remote, &before.place) != (plan.remote, &plan.place),
        ),
        ("agenda", before.agenda != plan.agenda),
    ]
    .into_iter()
    .filter_map(|(name, is_other)| is_other.then_some(name))
    .collect();
    let event = Event::on("meeting.changed", "meeting", meeting.id.0)
        .with(serde_json::json!({ "fields": changed }));
    audit::record(tx, placed(event, meeting.territory)).await?;
    Ok(Ok(()))
}

/// Says that a meeting took place; one of which it was said already stays as it is.
pub async fn hold(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    meeting: &Meeting,
) -> Result<Result<(), Refusal>, AppError> {
    let event = Event::on("meeting.held", "meeting", meeting.id.0);
    go(tx, actor, now, (meeting, State::Held, None, event)).await
}

/// Cancels a meeting, and says why.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (meeting, why): (&Meeting, &str),
) -> Result<Result<(), Refusal>, AppError> {
    let event = Event::on("meeting.cancelled", "meeting", meeting.id.0);
    go(
        tx,
        actor,
        now,
        (meeting, State::Cancelled, Some(why), event),
    )
    .await
}

async fn go(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (meeting, to, why, event): (&Meeting, State, Option<&str>, Event),
) -> Result<Result<(), Refusal>, AppError> {
    // pressed twice
    if meeting.state == to {
        return Ok(Ok(()));
    }
    if !meeting.state.leads_to(to) {
        return Ok(Err(Refusal::Over));
    }
    let done = sqlx::query!(
        "update plan.team_meeting set state = $2, why = $3, state_by = $4, state_at = $5, version = version + 1 where id = $1",
        meeting.id.0,
        to.code(),
        why,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await;
    if let Err(error) = done {
        return Refusal::of(error).map(Err);
    }
    audit::record(tx, placed(event, meeting.territory)).await?;
    Ok(Ok(()))
}

/// Notes who came; what was noted before gives way.
pub async fn note(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (meeting, noted): (&Meeting, &Attendance),
) -> Result<(), AppError> {
    let mut written = 0;
    for (seat, state) in &noted.seats {
        let done = sqlx::query!(
            "insert into plan.attendance as a (meeting_id, seat_id, state, noted_by, noted_at) values ($1, $2, $3, $4, $5)
             on conflict on constraint attendance_once do update
             set state = excluded.state, noted_by = excluded.noted_by, noted_at = excluded.noted_at
             where a.state <> excluded.state",
            meeting.id.0,
            seat.0,
            state.code(),
            actor.user.0,
            now
        )
        .execute(&mut **tx)
        .await?;
        written += done.rows_affected();
    }
    for (body, state) in &noted.bodies {
        let done = sqlx::query!(
            "insert into plan.attendance as a (meeting_id, organisation_code, state, noted_by, noted_at) values ($1, $2, $3, $4, $5)
             on conflict on constraint attendance_once do update
             set state = excluded.state, noted_by = excluded.noted_by, noted_at = excluded.noted_at
             where a.state <> excluded.state",
            meeting.id.0,
            body.as_str(),
            state.code(),
            actor.user.0,
            now
        )
        .execute(&mut **tx)
        .await?;
        written += done.rows_affected();
    }
    if written == 0 {
        return Ok(());
    }
    let event = Event::on("attendance.recorded", "meeting", meeting.id.0)
        .with(serde_json::json!({ "n": written }));
    audit::record(tx, placed(event, meeting.territory)).await
}
