//! From when to when two people are related, as far as anybody knows.

use crate::{i18n::Msg, web::Ui};
use chrono::NaiveDate;

/// Two days, of which either may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    /// The first; `None`: nobody knows.
    pub since: Option<NaiveDate>,
    /// The last; `None`: it goes on, or nobody knows.
    pub until: Option<NaiveDate>,
}

impl Term {
    /// What cannot be: the field it stands in, and why.
    pub fn fault(self, today: NaiveDate) -> Option<(&'static str, Msg)> {
        let is_ahead = |day: Option<NaiveDate>| day.is_some_and(|day| day > today);
        let is_turned = || {
            self.since
                .zip(self.until)
                .is_some_and(|(from, to)| from > to)
        };
        if is_ahead(self.since) {
            Some(("since", Msg::new("error-date-future")))
        } else if is_ahead(self.until) {
            Some(("until", Msg::new("error-date-future")))
        } else if is_turned() {
            Some(("until", Msg::new("relative-term-order")))
        } else {
            None
        }
    }

    /// In words; `None` if neither day is known.
    pub fn say(self, ui: &Ui) -> Option<String> {
        match (self.since, self.until) {
            (Some(from), Some(to)) => Some(ui.t2(
                "relative-from-to",
                ("from", ui.date(from)),
                ("to", ui.date(to)),
            )),
            (Some(from), None) => Some(ui.t1("relative-from", "from", ui.date(from))),
            (None, Some(to)) => Some(ui.t1("relative-to", "to", ui.date(to))),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_runs_forward_and_not_into_the_future() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d);
        let today = day(20).unwrap();
        let fault = |since, until| {
            let term = Term { since, until };
            term.fault(today).map(|(field, _)| field)
        };
        assert_eq!(fault(None, None), None);
        assert_eq!(fault(day(1), day(1)), None);
        assert_eq!(fault(day(20), None), None);
        assert_eq!(fault(day(21), None), Some("since"));
        assert_eq!(fault(None, day(21)), Some("until"));
        assert_eq!(fault(day(3), day(2)), Some("until"));
    }
}
