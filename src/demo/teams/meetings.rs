//! Meetings of each team and of the committee: held, to come, called off; who came, what was agreed on, the minutes.

use super::{
    agendas::{Agreed, By, OF_COMMITTEE, OF_TEAM, Told},
    scans::{Paper, scan},
};
use crate::{
    demo::{
        accounts::Staff,
        papers::Lying,
        story::{Team, World},
    },
    ids::uuid_at,
};
use anyhow::Context;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Whose meetings: of a team, or of the committee about every city.
struct Keeper<'a> {
    team: Option<&'a Team>,
    user: Uuid,
}

/// Writes them, and gives the bytes of the minutes.
pub(super) async fn write(
    connection: &mut PgConnection,
    world: &World,
    staff: &Staff,
) -> anyhow::Result<Vec<Lying>> {
    let mut lying = Vec::new();
    for team in &world.teams {
        let keeper = Keeper {
            team: Some(team),
            user: team.supervisor,
        };
        for told in OF_TEAM {
            lying.extend(keeper.tell(connection, told, world.today).await?);
        }
    }
    let committee = Keeper {
        team: None,
        user: staff.get("steering").context("steering")?.0,
    };
    for told in OF_COMMITTEE {
        lying.extend(committee.tell(connection, told, world.today).await?);
    }
    Ok(lying)
}

/// The Tuesday of a week.
fn tuesday(today: NaiveDate, days: i64) -> NaiveDate {
    let day = today + TimeDelta::days(days);
    day - Days::new(day.weekday().num_days_from_monday().into()) + Days::new(1)
}

impl Keeper<'_> {
    fn territory(&self) -> Option<i16> {
        self.team.map(|team| team.city.territory)
    }

    /// A meeting with everything that belongs to it; one that was held long ago has its minutes.
    async fn tell(
        &self,
        connection: &mut PgConnection,
        told: &Told,
        today: NaiveDate,
    ) -> anyhow::Result<Option<Lying>> {
        let day = tuesday(today, told.days);
        // nine in the morning, in Greenwich
        let at = day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9);
        let id = self.meet(connection, told, at).await.context("meeting")?;
        if told.state != "held" {
            return Ok(None);
        }
        self.came(connection, (id, day), at + TimeDelta::hours(4))
            .await
            .context("attendance")?;
        for agreed in told.points {
            self.agree(connection, (id, at), agreed, today)
                .await
                .context("points")?;
        }
        let is_old = told.days < -30;
        if !is_old {
            return Ok(None);
        }
        let about = Paper {
            territory: self.territory(),
            designation: None,
            meeting: Some(id),
            by: self.user,
            at: at + TimeDelta::days(2),
        };
        let lines = ["PROCES-VERBAL DE REUNION", "Exemple : aucun nom d'enfant"];
        Ok(Some(scan(connection, &about, &lines).await?))
    }

    async fn meet(
        &self,
        connection: &mut PgConnection,
        told: &Told,
        at: DateTime<Utc>,
    ) -> Result<Uuid, sqlx::Error> {
        let planned = at - TimeDelta::days(25);
        let id = uuid_at(planned);
        let place = (!told.remote).then_some("قاعة الاجتماعات");
        let agenda: Vec<String> = told.agenda.iter().map(|&line| line.to_owned()).collect();
        sqlx::query!(
            "insert into plan.team_meeting (id, territory_id, kind, held_at, remote, place, agenda, state, state_by, state_at, why,
                                            made_by, made_at, changed_by, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, case when $8 <> 'planned' then $9::uuid end,
                     case when $8 <> 'planned' then $4::timestamptz + interval '3 hours' end, $10, $9, $11, $9, $11)",
            id,
            self.territory(),
            told.kind,
            at,
            told.remote,
            place,
            &agenda,
            told.state,
            self.user,
            told.why,
            planned
        )
        .execute(&mut *connection)
        .await?;
        sqlx::query!(
            "insert into plan.team_meeting_city (meeting_id, territory_id)
             select $1, c.territory_id from plan.city c
             where c.status = 'active' and c.territory_id = coalesce($2::smallint, c.territory_id)",
            id,
            self.territory()
        )
        .execute(connection)
        .await?;
        Ok(id)
    }

    /// Who came: of a team the seats that somebody held that day, of the committee some of the bodies.
    async fn came(
        &self,
        connection: &mut PgConnection,
        (meeting, day): (Uuid, NaiveDate),
        at: DateTime<Utc>,
    ) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "with seats as (
                 select s.id, row_number() over (order by s.sector, s.id) as nth,
                        exists (select from plan.designation d where d.seat_id = s.id and d.kind = 'alternate'
                                and d.struck_at is null and d.valid @> $3::date) as has_alternate
                 from plan.seat s where s.territory_id = $2 and exists (
                     select from plan.designation d where d.seat_id = s.id and d.kind = 'holder' and d.valid @> $3::date)
             ), bodies as (
                 select o.code, row_number() over (order by o.code) as nth from ref.organisation o
                 where $2::smallint is null and o.territory_id is null and o.type <> 'association')
             insert into plan.attendance (meeting_id, seat_id, organisation_code, state, noted_by, noted_at)
             select $1::uuid, s.id, null, case when s.has_alternate and s.nth % 2 = 1 then 'alternate' when s.nth % 5 = 3 then 'excused'
                        when s.nth % 7 = 2 then 'absent' else 'present' end, $4::uuid, $5::timestamptz
             from seats s
             union all
             select $1, null, b.code, case when b.nth % 5 = 3 then 'excused' when b.nth % 7 = 2 then 'absent' else 'present' end, $4, $5
             from bodies b",
            meeting,
            self.territory(),
            day,
            self.user,
            at
        )
        .execute(connection)
        .await?;
        Ok(())
    }

    async fn agree(
        &self,
        connection: &mut PgConnection,
        (meeting, at): (Uuid, DateTime<Utc>),
        (text, by, due, done): &Agreed,
        today: NaiveDate,
    ) -> Result<(), sqlx::Error> {
        let worker = self.team.and_then(|team| team.workers.first());
        let (user, sector) = match by {
            By::Worker => (worker.map(|(who, _)| *who), None),
            By::Supervisor | By::Committee => (Some(self.user), None),
            By::Seat(sector) => (None, Some(*sector)),
        };
        let due_on = today + TimeDelta::days(*due);
        let noted = at + TimeDelta::hours(5);
        sqlx::query!(
            "insert into plan.action_point (id, meeting_id, text, owner_seat_id, owner_user_id, due_on, made_by, made_at, done_at, done_by)
             select $1, $2, $3, s.id, $4, $5, $6, $7, case when $8 then $5::date - interval '14 hours' end, case when $8 then $6::uuid end
             from (select 1) one left join plan.seat s on s.sector = $9 and s.territory_id = $10",
            uuid_at(noted),
            meeting,
            *text,
            user,
            due_on,
            self.user,
            noted,
            *done,
            sector,
            self.territory()
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_on_a_tuesday_and_where_it_should_be() {
        for n in 0..7 {
            let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + Days::new(n);
            for told in OF_TEAM.iter().chain(OF_COMMITTEE) {
                let day = tuesday(today, told.days);
                assert_eq!(day.weekday(), chrono::Weekday::Tue);
                assert_eq!(day > today, told.state == "planned", "{} {n}", told.days);
                for (_, _, due, _) in told.points {
                    assert!(today + TimeDelta::days(*due) >= day);
                }
            }
        }
    }
}
