//! The questions of the dashboard, asked as `sanad_stat`: no personal table answers it.

use super::domain::{Published, Unit};
use crate::{db::Tx, error::AppError, figures::Measure};
use chrono::NaiveDate;

/// The day of the grid that answers the day asked for.
pub(super) async fn answerable(tx: &mut Tx, wanted: NaiveDate) -> Result<NaiveDate, AppError> {
    Ok(
        sqlx::query_scalar!(r#"select stat.answerable($1) as "day!""#, wanted)
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// Everything published before Sanad, oldest first.
pub(super) async fn published(tx: &mut Tx) -> Result<Vec<Published>, AppError> {
    Ok(sqlx::query_as!(
        Published,
        r#"select measure as "measure: Measure", unit as "unit: Unit", value, sex, as_of, "precision", source, quote,
               array(select s.territory_id from stat.historical_scope s
                     where s.aggregate = a.code order by s.territory_id) as "territories!"
           from stat.historical_aggregate a order by as_of, code"#
    )
    .fetch_all(&mut **tx)
    .await?)
}
