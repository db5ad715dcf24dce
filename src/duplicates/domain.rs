//! A candidate and what is said of it.

use super::score::Score;
use crate::{
    ids::{CaseId, PersonId},
    people::{Birth, Level, Names, Reason},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What is said of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One person.
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

    /// Key of its words, of two children.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "duplicate-same",
            Self::NotSame => "duplicate-not-same",
            Self::Unsure => "duplicate-unsure",
        }
    }

    /// The same, of two women.
    pub const fn key_of_women(self) -> &'static str {
        match self {
            Self::Same => "records-same",
            Self::NotSame => "records-not-same",
            Self::Unsure => self.key(),
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// The last word on two records.
#[derive(Debug, Clone)]
pub struct Said {
    /// What.
    pub verdict: Verdict,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

/// Another file that may be about the same child, and why.
#[derive(Debug)]
pub struct Candidate {
    /// The child.
    pub person: PersonId,
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
    /// How far both speak of one child.
    pub score: Score,
    /// Since when names and mother of the two are what they are.
    pub named_at: DateTime<Utc>,
    /// What was said before.
    pub said: Option<Said>,
}

impl Candidate {
    /// What was said before.
    pub fn verdict(&self) -> Option<Verdict> {
        self.said.as_ref().map(|said| said.verdict)
    }

    /// Whether somebody who types is told of it. Two that were told apart are not, unless one of them is called otherwise
    /// since, or has another mother.
    pub fn is_proposed(&self) -> bool {
        let is_settled = self
            .said
            .as_ref()
            .is_some_and(|said| said.verdict == Verdict::NotSame && said.at >= self.named_at);
        self.score.level() >= Level::Possible && !is_settled
    }

    /// Whether the page of a file shows it: what somebody should look at, every child of one mother whose age fits, and
    /// whatever was said before.
    pub fn is_shown(&self) -> bool {
        self.score.level() >= Level::Possible
            || self.score.has(Reason::Mother)
            || self.said.is_some()
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
