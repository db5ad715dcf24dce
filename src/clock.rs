//! The time, as a parameter: tests set it, the rest of the code never asks the system.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Africa::Casablanca;
use std::sync::Arc;

/// Where "now" comes from.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Fixed(Arc<DateTime<Utc>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still, for tests and demo data.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Source::Fixed(Arc::new(at)))
    }

    /// This instant.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place that asks the system"
            )]
            Source::System => Utc::now(),
            Source::Fixed(at) => **at,
        }
    }

    /// Today in Morocco (UTC+1, and UTC+0 in Ramadan).
    pub fn today(&self) -> NaiveDate {
        local_date(self.now())
    }
}

/// The Moroccan calendar day of an instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Casablanca).date_naive()
}
