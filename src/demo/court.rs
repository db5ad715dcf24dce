//! What a court has beside its files: who is on duty, what was printed, whom the arrivals and answers were told to; and
//! what its silence and its returns mean for the cells. The files themselves, with all that was said and done about
//! them, are the story's.

use super::story::{Team, World};
use crate::clock::local_date;
use anyhow::Context;
use chrono::{DateTime, Datelike, Days, Utc};
use sqlx::PgConnection;

/// Writes it.
pub(super) async fn write(connection: &mut PgConnection, world: &World) -> anyhow::Result<()> {
    for team in &world.teams {
        roster(connection, team, world.now).await.context("duty")?;
        printed(connection, team).await.context("papers")?;
    }
    // in life the move tells its author's colleagues, and owes by itself
    sqlx::query!(
        "select app.owe('judicial_completion', f.case_id, f.territory_id, f.due_at, judicial => f.id)
         from app.judicial_file f where f.state = 'returned' and f.due_at is not null"
    )
    .fetch_all(&mut *connection)
    .await
    .context("completions")?;
    silence(connection).await.context("what is late")?;
    told(connection, world.now).await.context("notices")
}

/// Turns of a week each, of two weeks past and two to come: the prosecutor in this one, the chief in the next.
async fn roster(
    connection: &mut PgConnection,
    team: &Team,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let today = local_date(now);
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    sqlx::query!(
        "insert into app.duty_turn (id, court_id, user_id, period, entered_by, entered_at)
         select gen_random_uuid(), $1::smallint, case when n % 2 = 0 then $2::uuid else $3::uuid end,
                tstzrange(($4::date + 7 * n)::timestamp at time zone 'Africa/Casablanca',
                          ($4::date + 7 * n + 7)::timestamp at time zone 'Africa/Casablanca'),
                $5::uuid, $6::timestamptz - interval '15 days'
         from generate_series(-2, 2) n",
        team.city.court,
        team.prosecutor,
        team.chief,
        monday,
        team.registrar,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The dossier of the latest file that was taken in hand was printed. Its code is no secret here: it comes from the id.
async fn printed(connection: &mut PgConnection, team: &Team) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into app.paper (code, kind, file_id, case_id, territory_id, court_id, disclosure_id, sha256, made_by, made_at)
         select '0' || upper(substr(encode(sha256(uuid_send(f.id)), 'hex'), 1, 25)), 'dossier', f.id, f.case_id, f.territory_id,
                f.court_id, d.id, d.sha256, f.held_by, f.held_since
         from app.judicial_file f join app.disclosure d on d.id = f.disclosure_id
         where f.court_id = $1 and f.held_by is not null
         order by f.held_since desc, f.id limit 1",
        team.city.court
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is late was told one step higher by the clock, a little after its day and each day since: here stands the last time.
async fn silence(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(r#"select app.escalate_silence() + app.escalate_questions() as "told!""#)
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query!(
        "with late as (
             update app.judicial_file f
             set escalated_at = f.due_at + interval '10 minutes' + interval '24 hours'
                 * greatest(0, floor(extract(epoch from now() - f.due_at - interval '10 minutes') / 86400))::double precision
             where f.escalated_at is not null returning f.id, f.escalated_at)
         update app.notice n
         set at = l.escalated_at, on_day = (l.escalated_at at time zone 'Africa/Casablanca')::date
         from late l where l.id = n.judicial_file_id and n.kind = 'judicial_late'"
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What was told of the latest arrivals and answers: to the prosecutor of the file, or the one on duty; and what the
/// court asks, to those who answer for the child's file. What is older than two days was read.
async fn told(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with acts as (
             select 'judicial_arrived' as kind, f.id as file, f.transmitted_at as at, f.transmitted_by as actor,
                    row_number() over (partition by f.court_id order by f.transmitted_at desc, f.id) as nth
             from app.judicial_file f where f.transmitted_at is not null
             union all
             select 'judicial_answered', a.file_id, a.at, a.by_user,
                    row_number() over (partition by a.court_id order by a.at desc, a.id)
             from app.judicial_answer a where a.side = 'cell'
         ), lines as (
             select a.kind, a.file, a.at, a.actor, f.territory_id, r.id as recipient
             from acts a join app.judicial_file f on f.id = a.file
             cross join lateral unnest(case when a.kind = 'judicial_arrived' or f.held_by is null
                                            then app.duty_of(f.court_id) else array[f.held_by] end) as r (id)
             where a.nth <= case a.kind when 'judicial_arrived' then 2 else 1 end
         )
         insert into app.notice (territory_id, recipient, kind, judicial_file_id, actor, at, on_day, seen_at)
         select l.territory_id, l.recipient, l.kind, l.file, l.actor, l.at, (l.at at time zone 'Africa/Casablanca')::date,
                case when l.at < $1::timestamptz - interval '2 days' then l.at + interval '1 hour' end
         from lines l on conflict on constraint notice_once do nothing",
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.notice (territory_id, recipient, kind, case_id, case_number, actor, at, on_day)
         select c.territory_id, w.id, 'judicial_question', c.id, c.number, q.asked_by, q.asked_at,
                (q.asked_at at time zone 'Africa/Casablanca')::date
         from app.judicial_question q join app.case_file c on c.id = q.case_id,
              unnest(app.answer_for(c.id)) w (id)
         where q.answered_at is null and q.closed_at is null
         on conflict on constraint notice_once do nothing"
    )
    .execute(connection)
    .await?;
    Ok(())
}
