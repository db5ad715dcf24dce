//! Dates and times as people type them.

use super::western_digits;
use crate::i18n::Msg;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Africa::Casablanca;

/// `24/11/2026`, `24-11-2026`, `24.11.2026`, `2026-11-24`; digits of any keyboard. A day that does not
/// exist (31/02) is refused.
pub fn parse_date(text: &str) -> Result<NaiveDate, Msg> {
    let fault = || Msg::new("error-date");
    let text = western_digits(text);
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else {
        return Err(fault());
    };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Err(fault());
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| fault());
    let year = i32::try_from(number(year)?).map_err(|_| fault())?;
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
        .filter(|_| (1900..=2200).contains(&year))
        .ok_or_else(|| Msg::new("error-date-none"))
}

/// `16:40`, `16h40`, `9:05`; digits of any keyboard.
pub fn parse_time(text: &str) -> Result<NaiveTime, Msg> {
    let fault = || Msg::new("error-time");
    let text = western_digits(text).to_lowercase();
    let (hour, minute) = text.split_once([':', 'h', '.']).ok_or_else(fault)?;
    let number = |part: &str| part.trim().parse::<u32>().map_err(|_| fault());
    NaiveTime::from_hms_opt(number(hour)?, number(minute)?, 0).ok_or_else(fault)
}

/// A date and a time of the Moroccan day, as an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

impl Moment {
    /// The instant of that hour in Morocco; of an hour that occurs twice, when Ramadan begins, the first.
    pub fn local(day: NaiveDate, time: NaiveTime) -> Result<Self, Msg> {
        Casablanca
            .from_local_datetime(&day.and_time(time))
            .earliest()
            .map(|at| Self(at.with_timezone(&Utc)))
            .ok_or_else(|| Msg::new("error-time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_typed() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        for text in [
            "24/11/2026",
            "24-11-2026",
            "2026-11-24",
            "٢٤/١١/٢٠٢٦",
            " 24 / 11 / 2026 ",
        ] {
            assert_eq!(parse_date(text.trim()), Ok(day), "{text}");
        }
        for text in [
            "31/02/2026",
            "00/01/2026",
            "24/13/2026",
            "24/11/26",
            "hier",
            "24/11",
            "",
            "1/1/99999",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_as_typed() {
        assert_eq!(parse_time("16h40"), parse_time("١٦:٤٠"));
        assert!(parse_time("24:00").is_err());
        assert!(parse_time("noon").is_err());
    }

    #[test]
    fn a_moroccan_hour_is_an_instant() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let at = Moment::local(day, parse_time("10:12").unwrap()).unwrap();
        assert_eq!(at.0.to_rfc3339(), "2026-11-24T09:12:00+00:00");
    }
}
