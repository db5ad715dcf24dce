//! The period that is looked at, and its months. Knows neither HTTP nor SQL.

use crate::{i18n::Msg, teams::BEGAN};
use chrono::{Datelike, Months, NaiveDate};
use std::ops::RangeInclusive;

/// The longest period, in months.
const LONGEST: Months = Months::new(120);
/// Of a shorter period, the series shows the twelve months that end with it.
const SERIES: usize = 6;

/// From one day to another, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// A field of the form and what is wrong with it.
pub(super) type Fault = (&'static str, Msg);

impl Period {
    /// What was asked for: this year so far, if nothing was; of one day alone, the rest as one would expect.
    pub fn asked(
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, Fault> {
        for (field, day) in [("from", from), ("until", until)] {
            match day {
                Some(day) if day < BEGAN => return Err((field, Msg::new("team-before-plan"))),
                Some(day) if day > today => return Err((field, Msg::new("error-date-future"))),
                _ => {}
            }
        }
        let until = until.unwrap_or(today);
        let from = from.unwrap_or_else(|| first_of_year(until).max(BEGAN));
        if from > until {
            return Err(("until", Msg::new("figures-backwards")));
        }
        if from
            .checked_add_months(LONGEST)
            .is_some_and(|end| until >= end)
        {
            return Err(("until", Msg::new("figures-too-long")));
        }
        Ok(Self { from, until })
    }

    /// As the questions take it.
    pub const fn days(self) -> RangeInclusive<NaiveDate> {
        self.from..=self.until
    }

    /// The days of which the series tells: those of the period; of a short one, of the months before it too.
    pub fn series(self) -> Self {
        if months(self).len() >= SERIES {
            return self;
        }
        let start = first_of_month(self.until)
            .checked_sub_months(Months::new(11))
            .unwrap_or(self.from);
        Self {
            from: start.max(BEGAN).min(self.from),
            until: self.until,
        }
    }
}

/// The first day of each month that has a day in the period.
pub(super) fn months(period: Period) -> Vec<NaiveDate> {
    let first = first_of_month(period.from);
    (0..)
        .map_while(|n| first.checked_add_months(Months::new(n)))
        .take_while(|month| *month <= period.until)
        .collect()
}

/// The periods that are one press away, each with the key of its words.
pub(super) fn usual(today: NaiveDate) -> [(&'static str, Period); 5] {
    let month = first_of_month(today);
    let back = |n| month.checked_sub_months(Months::new(n)).unwrap_or(month);
    let until_today = |from: NaiveDate| Period { from, until: today };
    let quarter = back(today.month0() % 3);
    let year_ago = today
        .checked_sub_months(Months::new(12))
        .and_then(|day| day.succ_opt())
        .unwrap_or(month);
    [
        ("figures-this-month", until_today(month)),
        (
            "figures-last-month",
            Period {
                from: back(1),
                until: month.pred_opt().unwrap_or(month),
            },
        ),
        ("figures-this-quarter", until_today(quarter)),
        ("figures-this-year", until_today(first_of_year(today))),
        ("figures-twelve-months", until_today(year_ago)),
    ]
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn first_of_year(day: NaiveDate) -> NaiveDate {
    day.with_ordinal(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

    fn asked(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Result<Period, String> {
        Period::asked(from, until, TODAY).map_err(|(field, msg)| format!("{field} {}", msg.key()))
    }

    #[test]
    fn nothing_asked_is_this_year_so_far() {
        let period = asked(None, None).unwrap();
        assert_eq!((period.from, period.until), (day(2026, 1, 1), TODAY));
        // one day of another year: that year up to it
        let past = asked(None, Some(day(2024, 5, 31))).unwrap();
        assert_eq!(past.from, day(2024, 1, 1));
        let first = asked(None, Some(day(2019, 12, 31))).unwrap();
        assert_eq!(first.from, BEGAN);
    }

    #[test]
    fn what_cannot_be_is_told_on_its_field() {
        let some = |y, m, d| Some(day(y, m, d));
        assert_eq!(
            asked(some(2019, 12, 3), None).unwrap_err(),
            "from team-before-plan"
        );
        assert_eq!(
            asked(None, some(2019, 12, 3)).unwrap_err(),
            "until team-before-plan"
        );
        assert_eq!(
            asked(some(2026, 11, 25), None).unwrap_err(),
            "from error-date-future"
        );
        assert_eq!(
            asked(some(2026, 1, 1), some(2026, 12, 31)).unwrap_err(),
            "until error-date-future"
        );
        assert_eq!(
            asked(some(2026, 2, 2), some(2026, 2, 1)).unwrap_err(),
            "until figures-backwards"
        );
        assert!(asked(some(2026, 2, 2), some(2026, 2, 2)).is_ok());
    }

    #[test]
    fn ten_years_and_not_a_day_more() {
        let later = day(2031, 6, 1);
        let from = Some(day(2021, 1, 1));
        assert!(Period::asked(from, Some(day(2030, 12, 31)), later).is_ok());
        let (field, msg) = Period::asked(from, Some(day(2031, 1, 1)), later).unwrap_err();
        assert_eq!((field, msg.key()), ("until", "figures-too-long"));
    }

    #[test]
    fn usual_periods() {
        let spans = usual(TODAY).map(|(_, period)| (period.from, period.until));
        assert_eq!(
            spans,
            [
                (day(2026, 11, 1), TODAY),
                (day(2026, 10, 1), day(2026, 10, 31)),
                (day(2026, 10, 1), TODAY),
                (day(2026, 1, 1), TODAY),
                (day(2025, 11, 25), TODAY),
            ]
        );
        // in January the month before is of another year, and the quarter is the month
        let january = usual(day(2027, 1, 5)).map(|(_, period)| period);
        assert_eq!(january[1].from, day(2026, 12, 1));
        assert_eq!(january[2].from, day(2027, 1, 1));
    }

    #[test]
    fn a_series_is_of_the_period_or_of_the_year_that_ends_with_it() {
        let year = Period {
            from: day(2026, 1, 1),
            until: TODAY,
        };
        assert_eq!(year.series(), year);
        assert_eq!(months(year).len(), 11);
        let short = Period {
            from: day(2026, 11, 10),
            until: TODAY,
        };
        assert_eq!(months(short), [day(2026, 11, 1)]);
        assert_eq!(short.series().from, day(2025, 12, 1));
        assert_eq!(months(short.series()).len(), 12);
        let first = Period {
            from: BEGAN,
            until: day(2020, 1, 31),
        };
        assert_eq!(first.series(), first);
    }
}
