//! What comes month by month: the pages of a calendar, and the same as a file for a calendar program.

use crate::{
    forms::{Form, Moment},
    ics::{self, Entry},
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Days after today that a file for a calendar program ends.
const AHEAD: i64 = 730;

/// A month, and those beside it, by their first days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// It.
    pub first: NaiveDate,
    /// The one before.
    pub before: NaiveDate,
    /// The one after.
    pub next: NaiveDate,
}

impl Month {
    /// The one that is asked for as `?month=2026-11`; else the one of today.
    pub fn asked(query: Option<String>, today: NaiveDate) -> Self {
        let asked = Form::parse(query.unwrap_or_default().as_bytes());
        let wanted = asked
            .text("month")
            .split_once('-')
            .and_then(|(year, month)| {
                let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
                (2000..=2200).contains(&day.year()).then_some(day)
            });
        let first = wanted.unwrap_or_else(|| today.with_day(1).unwrap_or(today));
        Self {
            first,
            before: first.checked_sub_months(Months::new(1)).unwrap_or(first),
            next: first.checked_add_months(Months::new(1)).unwrap_or(first),
        }
    }

    /// Where the months beside it are shown.
    pub fn links(&self, page: &str) -> [String; 2] {
        [self.before, self.next].map(|day| format!("{page}?month={}", day.format("%Y-%m")))
    }
}

/// A day, and what is on it.
#[derive(Debug)]
pub struct Day<T> {
    /// The day in the reader's words.
    pub title: String,
    /// In their order.
    pub entries: Vec<T>,
}

/// Puts together what is on one day, of entries in the order of time.
pub fn by_day<T>(entries: impl Iterator<Item = (String, T)>) -> Vec<Day<T>> {
    let mut days: Vec<Day<T>> = Vec::new();
    for (title, entry) in entries {
        match days.last_mut() {
            Some(day) if day.title == title => day.entries.push(entry),
            _ => days.push(Day {
                title,
                entries: vec![entry],
            }),
        }
    }
    days
}

/// The moment at which a Moroccan day begins.
pub fn begins(day: NaiveDate) -> DateTime<Utc> {
    Moment::local(day, NaiveTime::MIN)
        .map_or_else(|_| day.and_time(NaiveTime::MIN).and_utc(), |at| at.0)
}

/// What a calendar program is given: so many days back, two years ahead.
pub fn span(today: NaiveDate, back: i64) -> (DateTime<Utc>, DateTime<Utc>) {
    let day = |ahead| begins(today + TimeDelta::days(ahead));
    (day(-back), day(AHEAD))
}

/// The file for a calendar program, under the name that it shows.
pub fn file(name: &str, disposition: &'static str, entries: &[Entry]) -> Response {
    let head = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (head, ics::calendar(name, entries)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_month_is_asked_for_or_this_one() {
        let of = |query: &str| Month::asked(Some(query.to_owned()), day(2026, 11, 24));
        let asked = of("month=2021-12");
        assert_eq!(asked.first, day(2021, 12, 1));
        assert_eq!(asked.links("/x"), ["/x?month=2021-11", "/x?month=2022-01"]);
        for query in ["", "month=", "month=2026-13", "month=x-1", "month=0001-01"] {
            assert_eq!(of(query).first, day(2026, 11, 1), "{query}");
        }
    }

    #[test]
    fn a_day_begins_at_the_moroccan_midnight() {
        let (from, until) = span(day(2026, 11, 25), 1);
        assert_eq!(from.to_rfc3339(), "2026-11-23T23:00:00+00:00");
        assert_eq!(until, begins(day(2028, 11, 24)));
    }

    #[test]
    fn what_is_on_one_day_stands_together() {
        let all = [("Monday", 1), ("Monday", 2), ("Tuesday", 3)];
        let days = by_day(all.into_iter().map(|(title, n)| (title.to_owned(), n)));
        let told: Vec<_> = days
            .iter()
            .map(|day| (day.title.as_str(), day.entries.as_slice()))
            .collect();
        assert_eq!(told, [("Monday", &[1, 2][..]), ("Tuesday", &[3][..])]);
    }
}
