//! The questions: of a city's own people as `sanad_app`, whose prefecture the database checks, and of the jobs.

use crate::{
    db::{JobDb, Tx},
    error::AppError,
    ids::TerritoryId,
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use std::ops::RangeInclusive;

/// A count of one's own city, exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityCell {
    /// What is counted, as `docs/indicators.md` names it.
    pub measure: String,
    /// A part of the measure: a state, a family of services, an effect, an age band, a group of nationalities, a kind.
    pub key: String,
    /// `F`, `M`, `U`; of a service, for whom it is.
    pub sex: String,
    /// How many.
    pub n: i32,
}

/// The same of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthOfCity {
    /// What is counted.
    pub measure: String,
    /// Its first day.
    pub month: NaiveDate,
    /// How many.
    pub n: i32,
}

/// What happened on these days, the first and the last among them; of files by state and of decisions on adults, what
/// stands on the last one. Of another city than the session's, nothing.
pub async fn of_city(
    tx: &mut Tx,
    place: TerritoryId,
    days: RangeInclusive<NaiveDate>,
) -> Result<Vec<CityCell>, AppError> {
    Ok(sqlx::query_as!(
        CityCell,
        r#"select measure as "measure!", key as "key!", sex as "sex!", n as "n!" from stat.city_cells($1, $2, $3)"#,
        place.0,
        *days.start(),
        *days.end()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What happened in each month of these days; a month without any is left out, one at either end counts these days alone.
pub async fn months_of_city(
    tx: &mut Tx,
    place: TerritoryId,
    days: RangeInclusive<NaiveDate>,
) -> Result<Vec<MonthOfCity>, AppError> {
    Ok(sqlx::query_as!(
        MonthOfCity,
        r#"select measure as "measure!", month as "month!", n as "n!" from stat.city_months($1, $2, $3)"#,
        place.0,
        *days.start(),
        *days.end()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Counts again what is marked; how many cells changed.
pub async fn refresh(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    patiently(connection).await?;
    sqlx::query_scalar!(r#"select stat.refresh() as "changed!""#)
        .fetch_one(connection)
        .await
}

/// Cells of a day on which the rollup and a full count in another way do not agree. There should be none; if there is one,
/// it is in the trail once the transaction ends.
pub async fn compare(connection: &mut PgConnection, as_of: NaiveDate) -> Result<i64, sqlx::Error> {
    patiently(connection).await?;
    sqlx::query_scalar!(r#"select stat.compare($1) as "differing!""#, as_of)
        .fetch_one(connection)
        .await
}

/// Compares everything that is kept with all facts and puts right what differs, with a row in the trail; how many cells did.
pub async fn reconcile(db: &JobDb, job: &str) -> Result<i64, sqlx::Error> {
    let mut tx = db.begin(job).await?;
    patiently(&mut tx).await?;
    let differing = sqlx::query_scalar!(r#"select stat.reconcile() as "differing!""#)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(differing)
}

/// Over all facts of the country a statement takes longer than a job's may otherwise, and waits for who counts already; and
/// between two of a release lies the search for what must be withheld.
async fn patiently(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select set_config('statement_timeout', '5min', true) as statement, set_config('lock_timeout', '1min', true) as lock,
                set_config('idle_in_transaction_session_timeout', '15min', true) as idle"
    )
        .fetch_one(connection)
        .await?;
    Ok(())
}

/// The last comparison, and how many cells differed in all of the last thirty days.
#[derive(Debug)]
pub(crate) struct Reconciliation {
    pub at: DateTime<Utc>,
    pub differing: i64,
}

/// For the page of background work; none was made yet on a new server.
pub(crate) async fn last_reconciliation(tx: &mut Tx) -> Result<Option<Reconciliation>, AppError> {
    Ok(sqlx::query_as!(
        Reconciliation,
        r#"select max(at) as "at!",
                  coalesce(sum(differing) filter (where at > now() - interval '30 days'), 0)::bigint as "differing!"
           from stat.reconciliation having count(*) > 0"#
    )
    .fetch_optional(&mut **tx)
    .await?)
}
