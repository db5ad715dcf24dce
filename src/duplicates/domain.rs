//! A candidate and what is said of it.

use crate::{
    ids::CaseId,
    people::{Birth, Names},
};
use uuid::Uuid;

/// What is said of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One child.
    Same,
    /// Two.
    NotSame,
    /// Nobody can say yet.
    Unsure,
}

impl Verdict {
    /// Every one, as a form shows them.
    pub const ALL: &[Self] = &[Self::Same, Self::NotSame, Self::Unsure];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotSame => "not_same",
            Self::Unsure => "unsure",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "duplicate-same",
            Self::NotSame => "duplicate-not-same",
            Self::Unsure => "duplicate-unsure",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// Another file that may be about the same child, and why.
#[derive(Debug)]
pub struct Candidate {
    /// The file.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The identity behind that child.
    pub identity: Uuid,
    /// The names.
    pub names: Names,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// Who leads it, in Arabic.
    pub lead_ar: String,
    /// The same in Latin letters.
    pub lead_la: String,
    /// One mother.
    pub same_mother: bool,
    /// One given name.
    pub same_name: bool,
    /// Names that begin alike.
    pub near_name: bool,
    /// Seen in the same commune.
    pub same_place: bool,
    /// What was said before.
    pub verdict: Option<Verdict>,
}

impl Candidate {
    /// Keys of the signs that speak for it, the strongest first.
    pub fn signs(&self) -> Vec<&'static str> {
        [
            (self.same_mother, "duplicate-sign-mother"),
            (self.same_name, "duplicate-sign-name"),
            (self.near_name && !self.same_name, "duplicate-sign-near"),
            (self.same_place, "duplicate-sign-place"),
        ]
        .into_iter()
        .filter_map(|(is_so, key)| is_so.then_some(key))
        .collect()
    }

    /// Its field in the form.
    pub fn field(&self) -> String {
        format!("match-{}", self.case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_known_by_its_code() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_code(verdict.code()), Some(*verdict));
        }
        assert_eq!(Verdict::from_code("merged"), None);
    }
}
