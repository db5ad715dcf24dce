//! The field team of each city: seats whose members are invented, three of them with an account that ends with the
//! designation; who was there before, who is to come, a seat that is vacant.

mod agendas;
mod meetings;
mod scans;
mod seats;

use super::{
    accounts::{self, Staff},
    papers::{self, Lying},
    story::{Team, World},
};
use crate::{blobs::Blobs, ids::uuid_at, vault::Vault};
use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use scans::{Paper, scan};
use seats::{Of, SEATS, Seat, Sits};
use sqlx::PgConnection;
use uuid::Uuid;

/// A city at work on its team.
struct Desk<'a> {
    team: &'a Team,
    world: &'a World,
    staff: &'a Staff,
}

/// Writes them.
pub(super) async fn write(
    connection: &mut PgConnection,
    (vault, blobs): (&Vault, &Blobs),
    world: &World,
    staff: &Staff,
) -> anyhow::Result<()> {
    // names that no account has
    let mut names = accounts::invented().skip(accounts::accounts().len());
    let mut lying = Vec::new();
    let mut number = 100;
    for (team, nth) in world.teams.iter().zip(0..) {
        let desk = Desk { team, world, staff };
        for seat in SEATS.iter().filter(|seat| nth % seat.every == 0) {
            let id = desk.sit(connection, seat).await?;
            for (kind, since, until) in desk.spans(seat) {
                let who = match seat.sits {
                    Sits::Account(post) if kind == "holder" => Some(desk.user(post)?),
                    _ => None,
                };
                number += 1;
                let one = Designated {
                    seat: id,
                    kind,
                    since,
                    until,
                    number,
                    function: seat.function,
                };
                let name = names.next().context("no name")?;
                let designation = desk.designate(connection, &one, (who, name)).await?;
                if let Some(who) = who {
                    lying.push(desk.letter(connection, designation).await?);
                    bind(connection, who, designation).await?;
                }
            }
        }
    }
    strike(connection, world.now).await.context("a mistake")?;
    lying.extend(meetings::write(connection, world, staff).await?);
    papers::lay(connection, (vault, blobs), lying)
        .await
        .context("letters and minutes")
}

/// Somebody in a seat.
struct Designated {
    seat: Uuid,
    kind: &'static str,
    since: NaiveDate,
    /// The first day after.
    until: Option<NaiveDate>,
    number: i32,
    function: &'static str,
}

type Span = (&'static str, NaiveDate, Option<NaiveDate>);

impl Desk<'_> {
    fn user(&self, post: &str) -> anyhow::Result<Uuid> {
        let name = format!("{post}.{}", self.team.city.slug);
        let user = self.staff.get(&name).context(name)?;
        Ok(user.0)
    }

    /// Who sits there when, as what.
    fn spans(&self, seat: &Seat) -> Vec<Span> {
        let (today, first) = (self.world.today, self.world.first);
        let ago = |days| (today - Days::new(days)).max(first + Days::new(1));
        let ahead = |days| today + Days::new(days);
        let mut spans: Vec<Span> = match seat.sits {
            Sits::Account(_) | Sits::Always => vec![("holder", first, None)],
            Sits::Followed => vec![("holder", first, Some(ago(95))), ("holder", ago(95), None)],
            Sits::Vacant => vec![("holder", first, Some(ago(30)))],
            Sits::Ends => vec![("holder", first, Some(ahead(120)))],
            Sits::Comes => vec![("holder", ahead(10), None)],
            Sits::Closed => vec![("holder", first, Some(ago(60)))],
        };
        if seat.alternate {
            spans.push(("alternate", first, None));
        }
        spans
    }

    async fn sit(&self, connection: &mut PgConnection, seat: &Seat) -> Result<Uuid, sqlx::Error> {
        let (code, name) = match seat.of {
            Of::City(kind) => (Some(format!("{kind}_{}", self.team.city.slug)), None),
            Of::Country(code) => (Some(code.to_owned()), None),
            Of::Named(name) => (None, Some(name)),
        };
        let closed = matches!(seat.sits, Sits::Closed);
        let closed_on = closed.then(|| self.world.today - Days::new(60));
        let at = self.begun();
        let id = uuid_at(at);
        sqlx::query!(
            "insert into plan.seat (id, territory_id, sector, organisation_code, organisation_name, made_by, made_at, closed_on, closed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, case when $8::date is not null then $6::uuid end)",
            id,
            self.team.city.territory,
            seat.sector,
            code,
            name,
            self.team.supervisor,
            at,
            closed_on
        )
        .execute(connection)
        .await?;
        Ok(id)
    }

    /// The morning of the first day.
    fn begun(&self) -> DateTime<Utc> {
        self.world.first.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9)
    }

    async fn designate(
        &self,
        connection: &mut PgConnection,
        one: &Designated,
        (user, (name_ar, name_la)): (Option<Uuid>, (String, String)),
    ) -> Result<Uuid, sqlx::Error> {
        let at = self.begun();
        let id = uuid_at(at);
        let ended = one.until.is_some_and(|until| until <= self.world.today);
        sqlx::query!(
            "with d as (
                 insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by, made_at, ended_by, ended_at)
                 values ($1, $2, $3, $4, daterange($5, $6), 'DEMO/' || $7::integer, $5::date - 12, $8, $9,
                         case when $10 then $8::uuid end, case when $10 then $6::date + interval '9 hours' end)
                 returning id)
             insert into plan.member (designation_id, territory_id, name_ar, name_la, function, phone, email, changed_by, changed_at)
             select d.id, $3, coalesce(u.name_ar, $11), coalesce(u.name_la, $12), $13, '+21253700' || lpad($7::text, 4, '0'),
                    'demo.' || $7 || '@example.org', $8, $9
             from d left join sec.app_user u on u.id = $14",
            id,
            one.seat,
            self.team.city.territory,
            one.kind,
            one.since,
            one.until,
            one.number,
            self.team.supervisor,
            at,
            ended,
            name_ar,
            name_la,
            one.function,
            user
        )
        .execute(connection)
        .await?;
        Ok(id)
    }

    /// The letter of one of them, scanned.
    async fn letter(
        &self,
        connection: &mut PgConnection,
        designation: Uuid,
    ) -> Result<Lying, sqlx::Error> {
        let city = self.team.city;
        let lines = ["LETTRE DE DESIGNATION", "Equipe de terrain", city.slug];
        let about = Paper {
            territory: Some(city.territory),
            designation: Some(designation),
            meeting: None,
            by: self.team.supervisor,
            at: self.begun() + TimeDelta::hours(2),
        };
        scan(connection, &about, &lines).await
    }
}

/// The post of somebody rests on a designation.
async fn bind(
    connection: &mut PgConnection,
    user: Uuid,
    designation: Uuid,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update sec.role_assignment set designation_id = $2 where user_id = $1",
        user,
        designation
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// In the first city somebody was entered by mistake.
async fn strike(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with d as (
             insert into plan.designation (id, seat_id, territory_id, kind, valid, letter_ref, letter_on, made_by, made_at, struck_by, struck_at)
             select $1, s.id, s.territory_id, 'alternate', daterange($2::date - 20, null), 'DEMO/900', $2::date - 25, s.made_by, $3,
                    s.made_by, $3::timestamptz + interval '2 hours'
             from plan.seat s where s.sector = 'dgsn' order by s.territory_id limit 1 returning id, territory_id, made_by)
         insert into plan.member (designation_id, territory_id, name_ar, name_la, function, changed_by, changed_at)
         select d.id, d.territory_id, 'مثال للعرض', 'Exemple fictif', 'Exemple', d.made_by, $3 from d",
        uuid_at(now),
        now.date_naive(),
        now - TimeDelta::days(20)
    )
    .execute(connection)
    .await?;
    Ok(())
}
