//! The months that are over, told as the job tells them: a dashboard of invented people reads releases, too.

use crate::{jobs::Work, releases::ReleaseError};
use chrono::{Months, NaiveDate};

/// Months that a new demonstration tells: half a year on the dashboard, and a start that nobody waits long for.
const TOLD: Months = Months::new(6);

/// Tells them, one after the other; of a demonstration that told some already, those that are over since.
pub async fn tell(work: &Work) -> Result<(), ReleaseError> {
    let first = first_month(work.clock.today());
    work.release(Some(first)).await?;
    Ok(())
}

/// A day of the first month that is told.
fn first_month(today: NaiveDate) -> NaiveDate {
    let first = today.checked_sub_months(TOLD).unwrap_or(today);
    first.max(super::first_day(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_month_is_half_a_year_ago_and_of_the_invented_past() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(first_month(day(2026, 11, 30)), day(2026, 5, 30));
        assert_eq!(first_month(day(2024, 6, 15)), super::super::EARLIEST);
    }
}
