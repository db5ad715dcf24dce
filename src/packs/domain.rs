//! What can be asked for, and how far it is. Knows neither HTTP nor SQL.

use crate::{
    forms::western_digits,
    i18n::{Lang, Msg},
    ids::PackId,
    teams::BEGAN,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// A month that was told, by its number and its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub release: i32,
    pub as_of: NaiveDate,
}

impl Month {
    /// As a form has it: `2026-09`.
    pub fn code(self) -> String {
        self.as_of.format("%Y-%m").to_string()
    }

    /// From what was typed or chosen: one of those that were told, or why not.
    pub fn parse(text: &str, told: &[Self]) -> Result<Self, Msg> {
        let (year, month) = parse_month(text)?;
        if (year, month) < (BEGAN.year(), BEGAN.month()) {
            let began = BEGAN.format("%m/%Y").to_string();
            return Err(Msg::new("error-pack-before-plan").with("month", began));
        }
        let of_month = |one: &&Self| (one.as_of.year(), one.as_of.month()) == (year, month);
        told.iter()
            .find(of_month)
            .copied()
            .ok_or_else(|| Msg::new("error-pack-not-told"))
    }
}

/// `2026-09`, `09/2026`; digits of any keyboard.
fn parse_month(text: &str) -> Result<(i32, u32), Msg> {
    let fault = || Msg::new("error-pack-month");
    let text = western_digits(text);
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [a, b] = parts.as_slice() else {
        return Err(fault());
    };
    let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
    if year.len() != 4 || month.is_empty() || month.len() > 2 {
        return Err(fault());
    }
    let year: i32 = year.parse().map_err(|_| fault())?;
    let month: u32 = month.parse().map_err(|_| fault())?;
    // a month that there is
    NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(fault)?;
    Ok((year, month))
}

/// A file of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub(super) enum Format {
    /// To be read and printed.
    Pdf,
    /// Tables for a spreadsheet.
    Xlsx,
    /// Open data with their dictionary.
    Zip,
}

impl Format {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Zip => "zip",
        }
    }

    /// The end of the name of a file.
    pub fn from_ending(ending: &str) -> Option<Self> {
        let all = [Self::Pdf, Self::Xlsx, Self::Zip];
        all.into_iter().find(|one| one.code() == ending)
    }

    pub const fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Pdf => "pack-file-pdf",
            Self::Xlsx => "pack-file-xlsx",
            Self::Zip => "pack-file-zip",
        }
    }
}

/// A file that was kept.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub format: Format,
    pub blob: uuid::Uuid,
    pub size: i32,
    pub sha256: Vec<u8>,
}

/// How far a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    /// So many steps are over.
    Making(usize),
    Ready,
    Failed,
}

/// The steps of the work, in their order, as the database names them, and their words when they are over.
pub(super) const STEPS: [(&str, &str); 4] = [
    ("read", "pack-step-read"),
    ("pdf", "pack-step-pdf"),
    ("xlsx", "pack-step-xlsx"),
    ("data", "pack-step-data"),
];

impl Stage {
    pub fn of(pack: &Pack) -> Self {
        match (pack.made_at, pack.failed_at, pack.step.as_deref()) {
            (Some(_), ..) => Self::Ready,
            (None, Some(_), _) => Self::Failed,
            (None, None, Some(step)) => {
                let at = STEPS.iter().position(|(code, _)| *code == step);
                Self::Making(at.unwrap_or(0))
            }
            (None, None, None) => Self::Waiting,
        }
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "pack-state-waiting",
            Self::Making(_) => "pack-state-making",
            Self::Ready => "pack-state-ready",
            Self::Failed => "pack-state-failed",
        }
    }

    /// Class of its mark in a list.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Waiting | Self::Making(_) => "amber",
            Self::Ready => "brand",
            Self::Failed => "red",
        }
    }

    /// Whether something is still to come.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Waiting | Self::Making(_))
    }
}

/// A pack.
#[derive(Debug, Clone)]
pub(super) struct Pack {
    pub id: PackId,
    /// The last day of its first month.
    pub from: NaiveDate,
    /// The last day of its last one.
    pub to: NaiveDate,
    pub lang: String,
    pub step: Option<String>,
    pub made_at: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
}

impl Pack {
    pub fn stage(&self) -> Stage {
        Stage::of(self)
    }

    /// What it is written in.
    pub fn lang(&self) -> Lang {
        Lang::from_code(&self.lang).unwrap_or_default()
    }

    /// Under which its files are saved, without their ending: no word that a system could not write.
    pub fn name(&self) -> String {
        let (from, to) = (self.from.format("%Y-%m"), self.to.format("%Y-%m"));
        if self.from == self.to {
            format!("sanad-{to}-{}", self.lang)
        } else {
            format!("sanad-{from}-{to}-{}", self.lang)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(release: i32, y: i32, m: u32, d: u32) -> Month {
        Month {
            release,
            as_of: NaiveDate::from_ymd_opt(y, m, d).unwrap(),
        }
    }

    #[test]
    fn a_month_is_one_that_was_told() {
        let told = [month(0, 2026, 8, 31), month(1, 2026, 9, 30)];
        for text in ["2026-09", "09/2026", "9.2026", "٠٩/٢٠٢٦", " 2026 - 9 "] {
            assert_eq!(Month::parse(text, &told), Ok(told[1]), "{text}");
        }
        let fault = |text: &str| Month::parse(text, &told).unwrap_err();
        for text in [
            "2026-13",
            "2026-00",
            "2026",
            "2026-09-30",
            "26-09",
            "hier",
            "-",
            "2026-0x",
        ] {
            assert_eq!(fault(text), Msg::new("error-pack-month"), "{text}");
        }
        for text in ["2026-07", "2026-10", "9999-12"] {
            assert_eq!(fault(text), Msg::new("error-pack-not-told"), "{text}");
        }
        for text in ["2019-11", "0001-01"] {
            let wanted = Msg::new("error-pack-before-plan").with("month", "12/2019");
            assert_eq!(fault(text), wanted, "{text}");
        }
        // the month in which it began is not before it
        assert_eq!(fault("2019-12"), Msg::new("error-pack-not-told"));
    }

    #[test]
    fn a_pack_is_as_far_as_its_steps() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
        let pack = |step: Option<&str>, made: bool, failed: bool| Pack {
            id: PackId(uuid::Uuid::nil()),
            from: day,
            to: day,
            lang: "fr".to_owned(),
            step: step.map(str::to_owned),
            made_at: made.then(DateTime::default),
            failed_at: failed.then(DateTime::default),
        };
        assert_eq!(pack(None, false, false).stage(), Stage::Waiting);
        assert_eq!(pack(Some("xlsx"), false, false).stage(), Stage::Making(2));
        assert_eq!(pack(Some("pdf"), false, true).stage(), Stage::Failed);
        assert_eq!(pack(None, true, false).stage(), Stage::Ready);
        assert_eq!(pack(None, true, false).name(), "sanad-2026-09-fr");
    }

    #[test]
    fn an_ending_is_one_of_three() {
        assert_eq!(Format::from_ending("xlsx"), Some(Format::Xlsx));
        assert_eq!(Format::from_ending("exe"), None);
    }
}
