//! What a visit finds, and when the next one is due. Knows neither HTTP nor SQL.

use crate::{ids::VisitId, vault::Reading};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Days between two visits where no target says otherwise: a month.
const USUAL_DAYS: u64 = 30;

/// A visit, owed, made or missed.
#[derive(Debug)]
pub struct Visit {
    /// Which.
    pub id: VisitId,
    /// Code of `ref.service_kind`, of the family of follow-up.
    pub kind: String,
    /// The day it is, or was, due.
    pub due_on: NaiveDate,
    /// For the optimistic lock.
    pub version: i32,
    /// What became of it; `None`: it is owed.
    pub end: Option<End>,
}

/// What became of a visit.
#[derive(Debug)]
pub struct End {
    /// How.
    pub outcome: Outcome,
    /// When it was written down.
    pub at: Option<DateTime<Utc>>,
    /// Who wrote it down, in Arabic; empty if the program did.
    pub author_ar: String,
    /// Who wrote it down, in Latin letters.
    pub author_la: String,
}

/// How a visit ended.
#[derive(Debug)]
pub enum Outcome {
    /// It took place.
    Made {
        /// The day.
        on: NaiveDate,
        /// Code of `ref.education_status`; `None`: not asked.
        education: Option<String>,
        /// Whether the child begs again.
        refound: Answer,
        /// Whether the child is safe.
        safe: Answer,
        /// What was found, in the worker's words.
        findings: Option<Reading>,
    },
    /// It did not.
    Missed {
        /// The day it was found so.
        on: NaiveDate,
        /// Code of `ref.missed_reason`.
        reason: String,
    },
}

/// Yes, no, or nobody could tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nobody could tell.
    Unknown,
}

impl Answer {
    /// The three, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes => "answer-yes",
            Self::No => "answer-no",
            Self::Unknown => "answer-unknown",
        }
    }
}

/// What a form says of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// It took place.
    Made {
        /// Code of `ref.service_kind`: a home visit may have become a call.
        kind: String,
        /// The day.
        on: NaiveDate,
        /// Code of `ref.education_status`.
        education: Option<String>,
        /// Whether the child begs again.
        refound: Answer,
        /// Whether the child is safe.
        safe: Answer,
        /// What was found.
        findings: String,
    },
    /// It did not.
    Missed {
        /// Code of `ref.missed_reason`.
        reason: String,
    },
}

/// A visit to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Code of `ref.service_kind`.
    pub kind: String,
    /// The day.
    pub due_on: NaiveDate,
}

/// The day of the next visit, by the rhythm of the risk: hours between two visits.
pub fn next_day(from: NaiveDate, hours: Option<i32>) -> NaiveDate {
    let days = hours
        .and_then(|hours| u64::try_from(hours).ok())
        .map_or(USUAL_DAYS, |hours| hours.div_ceil(24).max(1));
    from.checked_add_days(Days::new(days)).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rhythm_is_that_of_the_risk_and_never_the_same_day() {
        let from = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        assert_eq!(next_day(from, Some(168)), day(27));
        assert_eq!(next_day(from, Some(30)), day(22));
        assert_eq!(next_day(from, Some(0)), day(21));
        assert_eq!(
            next_day(from, None),
            NaiveDate::from_ymd_opt(2026, 12, 20).unwrap()
        );
    }
}
