//! Dates as Morocco writes them: ماي, يوليوز, غشت, شتنبر, نونبر, دجنبر; Western digits; 24 hours.

use super::Lang;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Africa::Casablanca;
use icu_calendar::{Date, Iso};
use icu_datetime::{DateTimeFormatter, fieldsets};
use icu_locale_core::{Locale, locale};
use std::sync::LazyLock;

/// The formatters of one language, built once: building them is what costs.
pub struct Dates {
    day: DateTimeFormatter<fieldsets::YMD>,
    short: DateTimeFormatter<fieldsets::MD>,
    month: DateTimeFormatter<fieldsets::YM>,
    weekday: DateTimeFormatter<fieldsets::YMDE>,
}

impl std::fmt::Debug for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dates")
    }
}

static AR: LazyLock<Option<Dates>> = LazyLock::new(|| Dates::new(&locale!("ar-MA")));
static FR: LazyLock<Option<Dates>> = LazyLock::new(|| Dates::new(&locale!("fr-MA")));
static EN: LazyLock<Option<Dates>> = LazyLock::new(|| Dates::new(&locale!("en-GB")));

impl Dates {
    fn new(locale: &Locale) -> Option<Self> {
        Some(Self {
            day: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::YMD::long()).ok()?,
            short: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::MD::long()).ok()?,
            month: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::YM::long()).ok()?,
            weekday: DateTimeFormatter::try_new(locale.clone().into(), fieldsets::YMDE::long())
                .ok()?,
        })
    }
}

fn of(lang: Lang) -> Option<&'static Dates> {
    match lang {
        Lang::Ar => AR.as_ref(),
        Lang::Fr => FR.as_ref(),
        Lang::En => EN.as_ref(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "months and days fit in a byte"
)]
fn iso(day: NaiveDate) -> Option<Date<Iso>> {
    Date::try_new_iso(day.year(), day.month() as u8, day.day() as u8).ok()
}

/// Formats, or falls back to the plain figures `2026-11-24` rather than failing a page.
fn format(lang: Lang, day: NaiveDate, how: impl Fn(&Dates, &Date<Iso>) -> String) -> String {
    let words = match (of(lang), iso(day)) {
        (Some(dates), Some(iso)) => how(dates, &iso),
        _ => return day.to_string(),
    };
    if lang == Lang::Fr && day.day() == 1 {
        first_of_month(&words)
    } else {
        words
    }
}

/// French counts the first day only: le 1er juin, le 2 juin. The locale data leaves that to the writer.
fn first_of_month(words: &str) -> String {
    words
        .split(' ')
        .map(|word| if word == "1" { "1er" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

impl Lang {
    /// 24 نونبر 2026
    pub fn date(self, day: NaiveDate) -> String {
        format(self, day, |dates, iso| dates.day.format(iso).to_string())
    }

    /// 24 نونبر
    pub fn date_short(self, day: NaiveDate) -> String {
        format(self, day, |dates, iso| dates.short.format(iso).to_string())
    }

    /// نونبر 2026
    pub fn month(self, day: NaiveDate) -> String {
        format(self, day, |dates, iso| dates.month.format(iso).to_string())
    }

    /// الثلاثاء، 24 نونبر 2026
    pub fn weekday(self, day: NaiveDate) -> String {
        format(self, day, |dates, iso| {
            dates.weekday.format(iso).to_string()
        })
    }

    /// 16:40, Moroccan time.
    pub fn time(self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&Casablanca);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }
}

/// `2026-11`, for grouping by month.
pub fn month_key(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_moroccan() {
        let day = |m| NaiveDate::from_ymd_opt(2026, m, 24).unwrap();
        assert_eq!(Lang::Ar.date(day(11)), "24 نونبر 2026");
        for (month, word) in [
            (5, "ماي"),
            (7, "يوليوز"),
            (8, "غشت"),
            (9, "شتنبر"),
            (12, "دجنبر"),
        ] {
            assert!(Lang::Ar.date_short(day(month)).contains(word), "{month}");
        }
        assert_eq!(Lang::Fr.date(day(8)), "24 août 2026");
        assert_eq!(Lang::En.date(day(11)), "24 November 2026");
    }

    #[test]
    fn the_first_day_of_a_month_is_an_ordinal_in_french() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        assert_eq!(Lang::Fr.date(first), "1er novembre 2026");
        assert_eq!(Lang::Fr.date_short(first), "1er novembre");
        assert_eq!(Lang::Fr.weekday(first), "dimanche 1er novembre 2026");
        assert_eq!(Lang::Fr.month(first), "novembre 2026");
        assert_eq!(Lang::En.date_short(first), "1 November");
    }
}
