//! Tells the figures of a month that is over, once.

use super::{
    db,
    month::{Material, Month, Unbalanced},
};
use crate::{clock::local_date, db::JobDb, rollups};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

/// The version of the rules: of what is counted (docs/indicators.md) and of what is withheld (decision 0102).
///
/// 1: the eight systems of children, contacts, files, services, referrals and decisions. 2: besides, the tables and medians of
/// the indicators (decision 0104); what version 1 told means what it meant, and is counted in the same way.
const METHOD: i16 = 2;
/// Days after the end of a month in which what happened in it is still written down.
const GRACE: Days = Days::new(5);
/// Earlier releases that are counted anew, to list what has changed.
const LOOKS_BACK: usize = 12;

/// Why a month was not told.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The database.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    /// Counts that do not add up.
    #[error("{0}")]
    Counts(String),
    /// The work was cut off.
    #[error("cut off: {0}")]
    CutOff(#[from] tokio::task::JoinError),
}

impl From<Unbalanced> for ReleaseError {
    fn from(error: Unbalanced) -> Self {
        Self::Counts(error.to_string())
    }
}

/// A month that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Its last day.
    pub as_of: NaiveDate,
    /// Cells that are told.
    pub shown: usize,
    /// Cells that are withheld, or told as under five.
    pub withheld: usize,
    /// Corrections of earlier months.
    pub corrections: usize,
    /// Systems that could not be told.
    pub untold: Vec<&'static str>,
}

/// Tells the next month that is over, if there is one; the first of all is the last one that is over, or the month of
/// `first`. Reads, decides and writes in one transaction, whose end is the only moment at which anything is told.
pub async fn publish(
    db: &JobDb,
    job: &str,
    now: DateTime<Utc>,
    first: Option<NaiveDate>,
) -> Result<Option<Released>, ReleaseError> {
    let mut tx = db.begin(job).await?;
    let releases = db::releases(&mut tx).await?;
    let last = releases.last().map(|(_, as_of)| *as_of);
    let Some(as_of) = due(last, first, local_date(now)) else {
        return Ok(None);
    };
    let number = releases.last().map_or(0, |(number, _)| number + 1);
    rollups::refresh(&mut tx).await?;
    // what is told stays told: the month is counted in another way, too
    let differing = rollups::compare(&mut tx, as_of).await?;
    if differing > 0 {
        tx.commit().await?;
        return Err(ReleaseError::Counts(format!(
            "{differing} cells of {as_of} differ from a full count: nothing is told"
        )));
    }
    let mut recounts = Vec::new();
    for (release, as_of) in releases.iter().rev().take(LOOKS_BACK).rev() {
        recounts.push((*release, db::counts(&mut tx, *as_of).await?));
    }
    let material = Material {
        number,
        places: db::places(&mut tx).await?,
        parts: db::parts(&mut tx).await?,
        history: db::history(&mut tx).await?,
        counts: db::counts(&mut tx, as_of).await?,
        medians: db::medians(&mut tx, as_of).await?,
        recounts,
    };
    // seconds of calculation: not among the pages
    let month = tokio::task::spawn_blocking(move || Month::new(&material)).await??;
    db::publish(&mut tx, (number, as_of, METHOD), &month).await?;
    tx.commit().await?;
    let shown = month.cells.iter().filter(|cell| cell.n.is_some()).count();
    Ok(Some(Released {
        as_of,
        shown,
        withheld: month.cells.len() - shown,
        corrections: month.corrections.len(),
        untold: month.untold,
    }))
}

/// The last day of the month that is to be told, if it is over long enough.
fn due(last: Option<NaiveDate>, first: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let settled = today.checked_sub_days(GRACE)?;
    let as_of = match (last, first) {
        (Some(last), _) => month_end(last.succ_opt()?)?,
        (None, Some(first)) => month_end(first)?,
        // of those that are over the last
        (None, None) => settled.succ_opt()?.with_day(1)?.pred_opt()?,
    };
    (as_of <= settled).then_some(as_of)
}

fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_month_is_told_five_days_after_its_end() {
        let september = day(2026, 9, 30);
        assert_eq!(due(None, None, day(2026, 10, 4)), Some(day(2026, 8, 31)));
        assert_eq!(due(None, None, day(2026, 10, 5)), Some(september));
        let october = Some(day(2026, 10, 31));
        assert_eq!(due(Some(september), None, day(2026, 11, 4)), None);
        assert_eq!(due(Some(september), None, day(2026, 11, 5)), october);
        // whoever was away tells one after the other
        assert_eq!(due(Some(september), None, day(2027, 3, 1)), october);
        assert_eq!(due(october, None, day(2026, 11, 30)), None);
    }

    #[test]
    fn the_first_month_may_be_chosen_the_next_may_not() {
        let today = day(2026, 10, 20);
        let january = Some(day(2026, 1, 15));
        assert_eq!(due(None, january, today), Some(day(2026, 1, 31)));
        assert_eq!(
            due(Some(day(2026, 8, 31)), january, today),
            Some(day(2026, 9, 30))
        );
        assert_eq!(due(None, Some(today), today), None);
    }
}
