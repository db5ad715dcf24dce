//! The data of `sanad demo`: invented people of seven cities, in every state that a file can have.
//!
//! `accounts` are those who sign in. `story` decides what happens to each family, without a database: `dice`
//! fall, `names` and `words` are taken, and `rows` come out. The dice of a family are its own, so that it lives the same
//! on every day; what must be there on every day is settled before they fall (`story::cast`), or goes in turn. `freeze` writes the
//! extracts and `seal` encrypts them and every text, as the application does; `write` puts it all in, in one
//! transaction, `protect` protects the files that are marked and `notes` writes what some readers alone read. What
//! hangs on the episodes (`care`, `plans`, `rights`, `rounds`, `closings`, `turns`, `moves`) is written for each
//! `stage`, and what a court has beside its files by `court`, so that a file has what its state says it must have. `asked`
//! lets cities ask each other whether they know a child. Last, `alike` gives names their keys and lets the sweep find the
//! files that may be about one child, and the records that may be of one mother. `register` opens an eighth city half way. `teams` are the seats of each
//! city with their meetings. When all of it stands there, `months` has the job tell the months that are over. It runs as the superuser of the embedded PostgreSQL, past row security, as nothing else in Sanad may; triggers
//! run, so what a trigger decides in life it decides here.

mod accounts;
mod alike;
mod asked;
mod care;
mod closings;
mod court;
mod dice;
mod doors;
mod freeze;
mod glass;
mod hands;
mod measures;
mod months;
mod moves;
mod names;
mod notes;
mod papers;
mod plans;
mod protect;
mod register;
mod requests;
mod rights;
mod rounds;
mod rows;
mod seal;
mod shelter;
mod stage;
mod story;
mod teams;
mod trail;
mod turns;
mod words;
mod write;

pub use accounts::{accounts_file, accounts_table};
pub use months::tell;

use crate::{blobs::Blobs, clock::Clock, vault::Vault};
use anyhow::Context;
use chrono::{Months, NaiveDate, SubsecRound};
use sqlx::{Connection, PgConnection};
use story::World;

/// The password of every account.
pub const PASSWORD: &str = "sanad-demo-2026";

/// A city of the plan; numbers are those of `reference/plan_cities.csv` and `reference/courts.csv`.
#[derive(Debug)]
struct City {
    slug: &'static str,
    territory: i16,
    court: i16,
    /// The court of appeal above it.
    appeal: i16,
}

const fn city(slug: &'static str, territory: i16, court: i16, appeal: i16) -> City {
    City {
        slug,
        territory,
        court,
        appeal,
    }
}

const CITIES: &[City] = &[
    city("rabat", 1, 11, 1),
    city("sale", 2, 12, 1),
    city("temara", 3, 13, 1),
    city("tanger", 4, 14, 2),
    city("meknes", 5, 16, 3),
    city("marrakech", 6, 17, 4),
    city("agadir", 7, 18, 5),
];

/// Nothing invented happens before: the published totals of the pilot are real.
const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();

/// The first day of the invented past.
fn first_day(today: NaiveDate) -> NaiveDate {
    today
        .checked_sub_months(Months::new(24))
        .unwrap_or(today)
        .max(EARLIEST)
}

/// Fills an empty database; one that has the accounts already is left as it is.
pub async fn fill(
    connection: &mut PgConnection,
    clock: &Clock,
    stores: (&Vault, &Blobs),
) -> anyhow::Result<()> {
    let mut tx = connection.begin().await?;
    let filled = sqlx::query_scalar!(
        r#"select exists (select from sec.app_user where username = 'worker.rabat') as "filled!""#
    )
    .fetch_one(&mut *tx)
    .await?;
    if filled {
        return Ok(());
    }
    // whole seconds: what goes in as text and what goes in as a value are then the same
    let (now, today) = (clock.now().trunc_subsecs(0), clock.today());
    let first = first_day(today);
    let staff = accounts::create(&mut tx, stores.0, now, first)
        .await
        .context("accounts")?;
    doors::write(&mut tx, now, &staff)
        .await
        .context("administration")?;
    let teams = write::teams(&mut tx, &staff).await.context("teams")?;
    let world = World {
        now,
        today,
        first,
        teams,
    };
    write::write(&mut tx, &world, story::tell(&world), stores).await?;
    hands::write(&mut tx, stores.0, now, &world.teams)
        .await
        .context("tasks in other hands")?;
    teams::write(&mut tx, stores, &world, &staff)
        .await
        .context("field teams and meetings")?;
    asked::write(&mut tx, stores.0, now, &world.teams)
        .await
        .context("cities that ask each other")?;
    // names change here: after all that is told of them, and before the trail
    alike::write(&mut tx, now, &world.teams)
        .await
        .context("one child in two files, one mother in two records")?;
    register::write(&mut tx, now, today)
        .await
        .context("the register of the plan")?;
    trail::write(&mut tx, now).await.context("trail")?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_and_courts_are_those_of_the_reference_data() {
        let cities = include_str!("../../reference/plan_cities.csv");
        let courts = include_str!("../../reference/courts.csv");
        let jurisdiction = include_str!("../../reference/jurisdiction.csv");
        for city in CITIES {
            assert!(
                cities.contains(&format!("\n{},{},", city.slug, city.territory)),
                "{city:?}"
            );
            assert!(
                courts.contains(&format!("\n{},tpi,{},", city.court, city.appeal)),
                "{city:?}"
            );
            assert!(
                jurisdiction.contains(&format!("\n{},{},\n", city.court, city.territory)),
                "{city:?}"
            );
        }
    }
}
