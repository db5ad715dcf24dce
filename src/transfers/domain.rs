//! The sheet that the receiving city reads, and the state of a transfer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The other side has not answered.
    Requested,
    /// The file is there now.
    Accepted,
    /// The file stayed.
    Refused,
    /// The sender changed their mind.
    Withdrawn,
}

impl State {
    /// Every one.
    pub const ALL: &[Self] = &[
        Self::Requested,
        Self::Accepted,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Requested => "transfer-requested",
            Self::Accepted => "transfer-accepted",
            Self::Refused => "transfer-refused",
            Self::Withdrawn => "transfer-withdrawn",
        }
    }

    /// How its pill is coloured.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Requested => "amber",
            Self::Accepted => "brand",
            Self::Refused => "red",
            Self::Withdrawn => "grey",
        }
    }
}

/// Someone around the child, as the sheet has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative {
    /// Code of `ref.adult_relation`.
    pub kind: String,
    /// In Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
}

/// What the receiving supervisor reads to decide: enough to prepare the place of the child, and no more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Number of the file.
    pub number: String,
    /// The child, in Arabic.
    pub name_ar: String,
    /// The child, in Latin letters.
    pub name_la: String,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// The two ends of the birth.
    pub birth: Option<(NaiveDate, NaiveDate)>,
    /// Code of the state.
    pub state: String,
    /// Code of `ref.risk_level`.
    pub risk: String,
    /// When the file was opened.
    pub opened_on: NaiveDate,
    /// The people around the child.
    pub family: Vec<Relative>,
    /// Why the file should go, and what must be known.
    pub why: String,
    /// What keeps the name of the text from telling it.
    pub salt: String,
}

/// Prints nobody.
impl fmt::Debug for Relative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Relative(…)")
    }
}

/// Prints nobody.
impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sheet(…)")
    }
}
