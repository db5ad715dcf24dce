//! The data of `sanad demo`: invented people of seven cities, in every state that a file can have.
//!
//! `names` and `accounts` say who there is, `write` puts it into the database in one transaction. It runs
//! as the superuser of the embedded PostgreSQL, past row security, as nothing else in Sanad may; triggers
//! run, so what a trigger decides in life it decides here.

mod accounts;
mod names;

pub use accounts::{accounts_file, accounts_table};

use crate::clock::Clock;
use anyhow::Context;
use chrono::{Months, NaiveDate};
use sqlx::{Connection, PgConnection};

/// The password of every account.
pub const PASSWORD: &str = "sanad-demo-2026";

/// A city of the plan; numbers are those of `reference/plan_cities.csv` and `reference/courts.csv`.
#[derive(Debug)]
struct City {
    slug: &'static str,
    territory: i16,
    court: i16,
}

const fn city(slug: &'static str, territory: i16, court: i16) -> City {
    City {
        slug,
        territory,
        court,
    }
}

const CITIES: &[City] = &[
    city("rabat", 1, 11),
    city("sale", 2, 12),
    city("temara", 3, 13),
    city("tanger", 4, 14),
    city("meknes", 5, 16),
    city("marrakech", 6, 17),
    city("agadir", 7, 18),
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
pub async fn fill(connection: &mut PgConnection, clock: &Clock) -> anyhow::Result<()> {
    let mut tx = connection.begin().await?;
    let filled = sqlx::query_scalar!(
        r#"select exists (select from sec.app_user where username = 'worker.rabat') as "filled!""#
    )
    .fetch_one(&mut *tx)
    .await?;
    if filled {
        return Ok(());
    }
    let (now, today) = (clock.now(), clock.today());
    accounts::create(&mut tx, now, first_day(today))
        .await
        .context("accounts")?;
    tx.commit().await?;
    tracing::info!("demo.filled");
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
                courts.contains(&format!("\n{},tpi,", city.court)),
                "{city:?}"
            );
            assert!(
                jurisdiction.contains(&format!("\n{},{},\n", city.court, city.territory)),
                "{city:?}"
            );
        }
    }
}
