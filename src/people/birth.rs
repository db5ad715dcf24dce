//! When someone was born, as far as anyone knows: a date, or the two ends of an estimate.

use crate::{
    i18n::{Arg, Lang, Msg},
    web::Ui,
};
use chrono::{Datelike, Months, NaiveDate};

/// Earliest and latest possible day of birth, and how it is known (`ref.birth_basis`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birth {
    /// Earliest possible day.
    pub earliest: NaiveDate,
    /// Latest possible day.
    pub latest: NaiveDate,
    /// `document`, `declared` or `estimated`.
    pub basis: String,
}

impl Birth {
    /// A known day.
    pub fn on(day: NaiveDate, basis: &str) -> Self {
        Self {
            earliest: day,
            latest: day,
            basis: basis.to_owned(),
        }
    }

    /// From columns that are null together.
    pub fn known(
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
        basis: Option<String>,
    ) -> Option<Self> {
        Some(Self {
            earliest: earliest?,
            latest: latest?,
            basis: basis?,
        })
    }

    /// The age today in the reader's words, "about" when an estimate falls within one year.
    pub fn age_today(&self, ui: &Ui) -> String {
        let age = self.age_on(ui.today());
        let words = age.say(ui);
        if self.is_estimate() && age.is_one_value() {
            ui.t1("age-approx", "age", words)
        } else {
            words
        }
    }

    /// From an age in whole months as guessed on a day: "6 to 10 months" was born between 11 months
    /// before (and a day after) and 6 months before.
    pub fn from_age(
        min_months: u32,
        max_months: u32,
        on: NaiveDate,
        basis: &str,
    ) -> Result<Self, Msg> {
        let fault = || Msg::new("error-age");
        let latest = on
            .checked_sub_months(Months::new(min_months))
            .ok_or_else(fault)?;
        let earliest = on
            .checked_sub_months(Months::new(max_months + 1))
            .and_then(|day| day.succ_opt())
            .ok_or_else(fault)?;
        if earliest > latest {
            return Err(fault());
        }
        Ok(Self {
            earliest,
            latest,
            basis: basis.to_owned(),
        })
    }

    /// The age on a day.
    pub fn age_on(&self, day: NaiveDate) -> Age {
        Age {
            min_months: months_between(self.latest, day),
            max_months: months_between(self.earliest, day),
        }
    }

    /// Whether nobody knows the exact day.
    pub fn is_estimate(&self) -> bool {
        self.earliest != self.latest
    }
}

/// An age, in completed months, as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// At least.
    pub min_months: i32,
    /// At most.
    pub max_months: i32,
}

impl Age {
    /// In words: months below two years, years above; a range where it matters.
    pub fn words(self, lang: Lang) -> String {
        let (min, max) = (self.min_months.max(0), self.max_months.max(0));
        let (key, range, low, high) = if max < 24 {
            ("age-months", "age-months-range", min, max)
        } else {
            ("age-years", "age-years-range", min / 12, max / 12)
        };
        if low == high {
            lang.t_with(key, &[("n", Arg::from(low))])
        } else {
            lang.t_with(range, &[("min", Arg::from(low)), ("n", Arg::from(high))])
        }
    }

    /// Whether [`Age::words`] says one number rather than two.
    const fn is_one_value(self) -> bool {
        if self.max_months < 24 {
            self.min_months == self.max_months
        } else {
            self.min_months / 12 == self.max_months / 12
        }
    }

    /// In the reader's words.
    pub fn say(self, ui: &Ui) -> String {
        self.words(ui.lang())
    }
}

/// Completed months; negative before birth.
fn months_between(birth: NaiveDate, day: NaiveDate) -> i32 {
    let months =
        (day.year() - birth.year()) * 12 + day.month().cast_signed() - birth.month().cast_signed();
    if day.day() < birth.day() {
        months - 1
    } else {
        months
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn an_estimate_gives_its_age_back_on_the_day_it_was_made() {
        let on = day(2026, 11, 24);
        for (min, max) in [(0, 11), (6, 10), (48, 59), (168, 215)] {
            let age = Birth::from_age(min, max, on, "estimated")
                .unwrap()
                .age_on(on);
            assert_eq!(
                (age.min_months, age.max_months),
                (min.cast_signed(), max.cast_signed())
            );
        }
    }

    #[test]
    fn age_is_counted_at_the_day_of_the_event() {
        let birth = Birth::on(day(2019, 2, 28), "document");
        assert_eq!(birth.age_on(day(2026, 2, 27)).min_months, 83);
        assert_eq!(birth.age_on(day(2026, 2, 28)).min_months, 84);
    }

    #[test]
    fn infants_are_counted_in_months() {
        assert_eq!(
            Age {
                min_months: 8,
                max_months: 8
            }
            .words(Lang::En)
            .replace(['\u{2068}', '\u{2069}'], ""),
            "8 months"
        );
        assert_eq!(
            Age {
                min_months: 84,
                max_months: 90
            }
            .words(Lang::Fr)
            .replace(['\u{2068}', '\u{2069}'], ""),
            "7 ans"
        );
    }
}
