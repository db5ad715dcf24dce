//! Met again: the days of a child's contacts, and indicator I13. Knows neither HTTP nor SQL.

use chrono::{Days, NaiveDate};

/// The days after the first protection measure within which a child may be found again (I13).
pub const WINDOWS: [u64; 3] = [90, 180, 365];

/// Where a child stands in the cohort of one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refound {
    /// Met again on that day.
    Yes {
        /// The first such day.
        on: NaiveDate,
        /// Whether the window is over: then the child counts, above and below the line.
        is_counted: bool,
    },
    /// Not met again, and the window is over.
    No,
    /// Not met again so far; the window ends on that day.
    Open {
        /// Its last day.
        until: NaiveDate,
    },
}

/// I13 for one child: met again in a validated contact in (t0, t0 + d], where t0 is the day of the first protection
/// measure. A child is of the cohort when the d days are over. `met` holds the days of contacts that were sorted and
/// linked to a file of the child, in any order.
pub fn refound(measure: NaiveDate, met: &[NaiveDate], today: NaiveDate, within: u64) -> Refound {
    let last = measure
        .checked_add_days(Days::new(within))
        .unwrap_or(NaiveDate::MAX);
    let is_over = today > last;
    let again = met.iter().filter(|day| **day > measure && **day <= last);
    match again.min() {
        Some(day) => Refound::Yes {
            on: *day,
            is_counted: is_over,
        },
        None if is_over => Refound::No,
        None => Refound::Open { until: last },
    }
}

/// What a day on which a child was met has behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Days since the time before; `None` for the first time.
    pub gap: Option<i64>,
    /// Whether the first protection measure was on an earlier day.
    pub is_after_measure: bool,
    /// The last closing of a file on an earlier day.
    pub after_closing: Option<NaiveDate>,
}

/// The same for each of these days, which come newest first.
pub fn moments(
    met: &[NaiveDate],
    measure: Option<NaiveDate>,
    closings: &[NaiveDate],
) -> Vec<Moment> {
    let before = met.iter().skip(1).map(Some).chain([None]);
    met.iter()
        .zip(before)
        .map(|(day, before)| Moment {
            gap: before.map(|before| (*day - *before).num_days()),
            is_after_measure: measure.is_some_and(|measure| measure < *day),
            after_closing: closings
                .iter()
                .filter(|closed| *closed < day)
                .max()
                .copied(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
    }

    #[test]
    fn the_day_of_the_measure_is_outside_and_the_last_day_inside() {
        let of = |met: u64| refound(day(10), &[day(met)], day(500), 90);
        assert_eq!(of(9), Refound::No);
        assert_eq!(of(10), Refound::No, "the contact that led to the measure");
        let yes = |n| Refound::Yes {
            on: day(n),
            is_counted: true,
        };
        assert_eq!(of(11), yes(11));
        assert_eq!(of(100), yes(100));
        assert_eq!(of(101), Refound::No);
    }

    #[test]
    fn a_child_counts_when_its_days_are_over() {
        let met = [day(200), day(50), day(40)];
        let on = |today: u64, within: u64| refound(day(10), &met, day(today), within);
        assert_eq!(
            on(60, 90),
            Refound::Yes {
                on: day(40),
                is_counted: false
            }
        );
        assert_eq!(
            on(101, 90),
            Refound::Yes {
                on: day(40),
                is_counted: true
            }
        );
        let none = |today: u64| refound(day(10), &[], day(today), 180);
        assert_eq!(none(190), Refound::Open { until: day(190) });
        assert_eq!(none(191), Refound::No);
    }

    #[test]
    fn the_longer_window_holds_the_shorter() {
        let met = [day(150)];
        let found = WINDOWS.map(|within| refound(day(10), &met, day(900), within) != Refound::No);
        assert_eq!(found, [false, true, true]);
    }

    #[test]
    fn a_moment_knows_what_is_behind_it() {
        let met = [day(100), day(40), day(40), day(3)];
        let all = moments(&met, Some(day(40)), &[day(60), day(20), day(200)]);
        let gaps: Vec<_> = all.iter().map(|one| one.gap).collect();
        assert_eq!(gaps, [Some(60), Some(0), Some(37), None]);
        let measures: Vec<_> = all.iter().map(|one| one.is_after_measure).collect();
        assert_eq!(measures, [true, false, false, false]);
        let closings: Vec<_> = all.iter().map(|one| one.after_closing).collect();
        assert_eq!(
            closings,
            [Some(day(60)), Some(day(20)), Some(day(20)), None]
        );
        assert!(moments(&[], None, &[]).is_empty());
    }
}
