//! The questions of indicators.

use super::domain::Measured;
use crate::{db::Tx, error::AppError, ids::TerritoryId};
use chrono::NaiveDate;
use sqlx::PgConnection;
use std::ops::RangeInclusive;

/// The indicators of the reader's own city between two days, both within; nothing of another city. Of a part of which
/// nothing is counted there is no row.
pub async fn of_city(
    tx: &mut Tx,
    city: TerritoryId,
    days: &RangeInclusive<NaiveDate>,
) -> Result<Vec<Measured>, AppError> {
    let rows = sqlx::query!(
        r#"select indicator as "indicator!", part as "part!", numerator as "numerator!", denominator,
                  median_days::float8 as median_days, p90_days::float8 as p90_days
           from stat.city_indicators($1, $2, $3)"#,
        city.0,
        days.start(),
        days.end()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Measured {
            indicator: row.indicator,
            part: row.part,
            numerator: row.numerator.into(),
            denominator: row.denominator.map(i64::from),
            median_days: row.median_days,
            p90_days: row.p90_days,
        })
        .collect())
}

/// A median that was told, of a region or of the country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldMedian {
    /// `I1` to `I24`.
    pub indicator: String,
    /// Of which part.
    pub part: String,
    /// A region; none is the country.
    pub place: Option<TerritoryId>,
    /// Over so many at least: ten, or fifty.
    pub over: String,
    /// The middle, in whole days.
    pub median_days: i32,
    /// The day within which nine of ten have ended; told over fifty alone.
    pub p90_days: Option<i32>,
}

/// The medians of a release. They are told at the end of a quarter: of another month there are none, and those of the last
/// quarter stand.
pub async fn medians(tx: &mut PgConnection, release: i32) -> Result<Vec<ToldMedian>, AppError> {
    let rows = sqlx::query!(
        r#"select indicator, part, territory_id as "place: TerritoryId", n_mark, median_days, p90_days
           from stat.published_median where release = $1
           order by indicator, part, territory_id nulls first"#,
        release
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ToldMedian {
            indicator: row.indicator,
            part: row.part,
            place: row.place,
            over: row.n_mark,
            median_days: row.median_days,
            p90_days: row.p90_days,
        })
        .collect())
}
