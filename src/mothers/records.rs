//! Other records of a mother, and those that may be hers (decision 0098). Found and joined elsewhere: this is what her page
//! shows of them.

use crate::{
    ids::PersonId,
    people::{Level, Names, Reason},
};
use serde::Deserialize;
use std::fmt;

/// Another record.
#[derive(Clone, Deserialize)]
pub struct Record {
    /// Whose.
    pub person: PersonId,
    /// Whether it has a page among the mothers.
    pub is_mother: bool,
    given_ar: Option<String>,
    family_ar: Option<String>,
    given_la: Option<String>,
    family_la: Option<String>,
}

impl Record {
    /// The names there.
    pub fn names(&self) -> Names {
        Names::new(
            self.given_ar.clone(),
            self.family_ar.clone(),
            self.given_la.clone(),
            self.family_la.clone(),
        )
    }
}

/// Prints nobody.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({})", self.person)
    }
}

/// A record that may be hers, as the night's sweep found it; the supervisor reads it.
#[derive(Debug, Clone, Deserialize)]
pub struct Alike {
    /// Which.
    #[serde(flatten)]
    pub record: Record,
    score: u8,
    reasons: Vec<String>,
}

impl Alike {
    /// What the points mean.
    pub fn level(&self) -> Level {
        Level::of(self.score)
    }

    /// What speaks for it, and against.
    pub fn reasons(&self) -> Vec<Reason> {
        let codes = self.reasons.iter();
        codes.filter_map(|code| Reason::from_code(code)).collect()
    }
}
