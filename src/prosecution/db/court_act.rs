//! The number of a signed act: one a court and year, for as many decisions and events of one file as the act holds.

use crate::{
    db::Tx,
    error::AppError,
    ids::RowId,
    prosecution::{custody::HeldFile, domain::ActNumber},
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

/// The act of that number in the year of that day: new, or one of this file. None if the number is another file's.
pub async fn open(
    tx: &mut Tx,
    now: DateTime<Utc>,
    file: &HeldFile,
    (day, number): (NaiveDate, &ActNumber),
) -> Result<Option<Uuid>, AppError> {
    let year = i16::try_from(day.year()).map_err(AppError::internal)?;
    let opened = sqlx::query_scalar!(
        "insert into app.court_act (id, file_id, case_id, territory_id, court_id, year, number)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict ((coalesce(signed_at_court, court_id)), year, number) do nothing
         returning id",
        RowId::new(now).0,
        file.id.0,
        file.case_id.0,
        file.territory_id.0,
        file.court_id.0,
        year,
        number.as_str()
    )
    .fetch_optional(&mut **tx)
    .await?;
    if opened.is_some() {
        return Ok(opened);
    }
    Ok(sqlx::query_scalar!(
        "select id from app.court_act
         where coalesce(signed_at_court, court_id) = $1 and year = $2 and number = $3 and file_id = $4",
        file.court_id.0,
        year,
        number.as_str(),
        file.id.0
    )
    .fetch_optional(&mut **tx)
    .await?)
}
