//! What was agreed on: who does it, and whether it is done. The row is the task: the list of the day reads it too.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    ids::{RowId, UserId},
    meetings::{
        domain::{Meeting, Owner, Point, Somebody},
        form::NewPoint,
    },
};
use chrono::{DateTime, Utc};

/// What the reader is to do, the nearest first.
pub async fn mine(tx: &mut Tx) -> Result<Vec<Point>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id as "id: RowId", p.meeting_id as "meeting: RowId", p.text, p.due_on from plan.action_point p
           where p.done_at is null and p.id = any ((select app.my_points())::uuid[])
           order by p.due_on, p.id limit 50"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Point {
            id: r.id,
            meeting: r.meeting,
            text: r.text,
            due_on: r.due_on,
            done_at: None,
            sector: None,
            owner: None,
            is_mine: true,
        })
        .collect())
}

/// What was agreed on at a meeting, as far as the reader reads it.
pub async fn points(tx: &mut Tx, meeting: RowId) -> Result<Vec<Point>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id as "id!: RowId", p.text as "text!", p.due_on as "due_on!", p.done_at, s.sector as "sector?",
                  o.name_ar as "owner_ar?", o.name_la as "owner_la?", p.id = any ((select app.my_points())::uuid[]) as "is_mine!"
           from plan.action_point p
           left join plan.seat s on s.id = p.owner_seat_id
           left join lateral app.name_of(p.owner_user_id) o on true
           where p.meeting_id = $1 and p.meeting_id = any ((select app.my_meetings())::uuid[])
           order by p.done_at is not null, p.due_on, p.id"#,
        meeting.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Point {
            id: r.id,
            meeting,
            text: r.text,
            due_on: r.due_on,
            done_at: r.done_at,
            sector: r.sector,
            owner: r.owner_ar.zip(r.owner_la),
            is_mine: r.is_mine,
        })
        .collect())
}

/// Who can be given something to do after a meeting that the reader keeps.
pub async fn people(tx: &mut Tx, meeting: RowId) -> Result<Vec<Somebody>, AppError> {
    Ok(sqlx::query_as!(
        Somebody,
        r#"select id as "id!: UserId", role as "role!", name_ar as "name_ar!", name_la as "name_la!" from app.meeting_people($1)"#,
        meeting.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Writes down what was agreed on; the same form again writes nothing. False if the meeting was not held, or the one who
/// was to do it has left: after that the transaction is spent.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    meeting: &Meeting,
    new: &NewPoint,
) -> Result<bool, AppError> {
    let (seat, user) = match new.owner {
        Owner::Seat(id) => (Some(id.0), None),
        Owner::User(id) => (None, Some(id.0)),
    };
    let done = sqlx::query!(
        "insert into plan.action_point (id, meeting_id, text, owner_seat_id, owner_user_id, due_on, made_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
        new.id.0,
        meeting.id.0,
        new.text,
        seat,
        user,
        new.due_on,
        actor.user.0
    )
    .execute(&mut **tx)
    .await;
    let done = match done {
        Ok(done) => done,
        Err(error) if violates(&error, "meeting_person") || violates(&error, "meeting_seat") => {
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    };
    if done.rows_affected() > 0 {
        let event =
            Event::on("action_point.added", "meeting", meeting.id.0).with(serde_json::json!({
                "point": new.id, "seat": seat, "owner": user, "until": new.due_on,
            }));
        audit::record(tx, super::write::placed(event, meeting.territory)).await?;
    }
    Ok(true)
}

/// Strikes something out, or takes that back: whose it is to do, and who keeps the meeting. What stands so already stays.
/// Gives its meeting.
pub async fn close(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (id, is_done): (RowId, bool),
) -> Result<RowId, AppError> {
    let point = sqlx::query!(
        r#"select p.meeting_id as "meeting: RowId", p.done_at is not null as "is_done!",
                  (p.id = any ((select app.my_points())::uuid[])
                   or p.meeting_id = any ((select app.kept_meetings())::uuid[])) as "may!"
           from plan.action_point p
           where p.id = $1 and (p.id = any ((select app.my_points())::uuid[])
                                or p.meeting_id = any ((select app.my_meetings())::uuid[]))"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if !point.may {
        return Err(AppError::Forbidden);
    }
    if point.is_done == is_done {
        return Ok(point.meeting);
    }
    let done = sqlx::query!(
        "update plan.action_point set done_at = $2, done_by = $3 where id = $1 and (done_at is null) = ($2::timestamptz is not null)",
        id.0,
        is_done.then_some(now),
        is_done.then_some(actor.user.0)
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 {
        let action = if is_done {
            Event::on("action_point.closed", "meeting", point.meeting.0)
        } else {
            Event::on("action_point.reopened", "meeting", point.meeting.0)
        };
        audit::record(tx, action.with(serde_json::json!({ "point": id }))).await?;
    }
    Ok(point.meeting)
}
