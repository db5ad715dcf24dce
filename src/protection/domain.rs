//! The rules of a protected file.

use crate::{forms::Paragraph, i18n::Msg};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// A reason in less than this many characters gives no reason.
pub const LEAST_WORDS: usize = 20;
/// The longest that somebody is named on a file before it is decided again.
pub const LONGEST_GRANT: Days = Days::new(365);

/// A reason in words that another can judge.
pub fn words(text: &str) -> Result<String, Msg> {
    let words = Paragraph::parse(text)?.into_string();
    if words.chars().count() < LEAST_WORDS {
        return Err(Msg::new("error-reason-short").with("min", LEAST_WORDS));
    }
    Ok(words)
}

/// The last day on which a grant holds: from today on, for a year at most.
pub fn last_day(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let latest = today.checked_add_days(LONGEST_GRANT).unwrap_or(today);
    if day < today || day > latest {
        return Err(Msg::new("grant-until-range"));
    }
    Ok(day)
}

/// Where an emergency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its hour runs.
    Open,
    /// Over, and waiting for somebody else's review.
    ToReview,
    /// Reviewed: it was justified, or not.
    Reviewed(bool),
}

impl Stage {
    /// From its row.
    pub fn of(
        until: DateTime<Utc>,
        ended_at: Option<DateTime<Utc>>,
        justified: Option<bool>,
        now: DateTime<Utc>,
    ) -> Self {
        match justified {
            Some(justified) => Self::Reviewed(justified),
            None if ended_at.is_none() && until > now => Self::Open,
            None => Self::ToReview,
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "emergency-open",
            Self::ToReview => "emergency-to-review",
            Self::Reviewed(true) => "emergency-justified",
            Self::Reviewed(false) => "emergency-unjustified",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    #[test]
    fn a_reason_has_twenty_characters() {
        assert!(words("طفل في خطر الآن").is_err());
        assert!(words("طفل في خطر الآن قرب المحطة").is_ok());
        assert!(
            words(&"x ".repeat(9)).is_err(),
            "spaces around do not count"
        );
    }

    #[test]
    fn a_grant_lasts_a_year_at_most() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert!(last_day(today, today).is_ok());
        assert!(last_day(today - Days::new(1), today).is_err());
        assert!(last_day(today + Days::new(365), today).is_ok());
        assert!(last_day(today + Days::new(366), today).is_err());
    }

    #[test]
    fn an_emergency_waits_for_its_review_as_soon_as_it_is_over() {
        let now = Utc.timestamp_opt(1_764_000_000, 0).unwrap();
        let later = now + TimeDelta::minutes(1);
        assert_eq!(Stage::of(later, None, None, now), Stage::Open);
        assert_eq!(Stage::of(now, None, None, now), Stage::ToReview);
        assert_eq!(Stage::of(later, Some(now), None, now), Stage::ToReview);
        assert_eq!(
            Stage::of(later, None, Some(false), now),
            Stage::Reviewed(false)
        );
    }
}
