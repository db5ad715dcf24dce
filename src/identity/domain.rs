//! The state of a question to another city, what it answers, and the card that it reads.

use crate::ids::{CaseId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// On whom decisions are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The child of that file.
    Child(CaseId),
    /// An adult, for the supervisor.
    Adult(PersonId),
}

impl Whose {
    /// Whether it is an adult: what is read is then a record, and not a file.
    pub const fn is_adult(self) -> bool {
        matches!(self, Self::Adult(_))
    }

    /// Its id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Child(case) => case.0,
            Self::Adult(person) => person.0,
        }
    }
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The other side has not answered.
    Requested,
    /// One child: each side reads a summary of the other.
    Accepted,
    /// Another child.
    Refused,
    /// Nobody can tell.
    Unsure,
    /// Who asked took it back.
    Withdrawn,
    /// Accepted, and taken apart again.
    Ended,
}

impl State {
    /// Every one.
    pub const ALL: &[Self] = &[
        Self::Requested,
        Self::Accepted,
        Self::Refused,
        Self::Unsure,
        Self::Withdrawn,
        Self::Ended,
    ];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unsure => "unsure",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Requested => "identity-requested",
            Self::Accepted => "identity-accepted",
            Self::Refused => "identity-refused",
            Self::Unsure => "identity-unsure",
            Self::Withdrawn => "identity-withdrawn",
            Self::Ended => "identity-ended",
        }
    }

    /// How its pill is coloured.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Requested => "amber",
            Self::Accepted => "brand",
            Self::Refused | Self::Unsure | Self::Withdrawn | Self::Ended => "grey",
        }
    }
}

/// What the other side says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// One child.
    Same,
    /// Two.
    Other,
    /// Nobody can tell.
    Unsure,
}

impl Answer {
    /// Every one, as a form shows them.
    pub const ALL: &[Self] = &[Self::Same, Self::Other, Self::Unsure];

    /// The state that it leads to, which is its code.
    pub const fn state(self) -> State {
        match self {
            Self::Same => State::Accepted,
            Self::Other => State::Refused,
            Self::Unsure => State::Unsure,
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "identity-answer-same",
            Self::Other => "identity-answer-other",
            Self::Unsure => "identity-answer-unsure",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|one| one.state().code() == code)
    }
}

/// What is said of two records that are taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parted {
    /// Two people.
    Two,
    /// Nobody can tell.
    Unsure,
}

impl Parted {
    /// Both.
    pub const ALL: &[Self] = &[Self::Two, Self::Unsure];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Two => "not_same",
            Self::Unsure => "unsure",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Two => "identity-not-same",
            Self::Unsure => "identity-parted-unsure",
        }
    }

    /// The same, of two women.
    pub const fn key_of_women(self) -> &'static str {
        match self {
            Self::Two => "records-two",
            Self::Unsure => self.key(),
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// What came of a look at other cities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// It was made, and is on the page.
    Done,
    /// Too many today.
    Bound,
    /// The child has no given name with a family name.
    Unnamed,
}

impl Looked {
    /// From what the database says.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "looked" => Some(Self::Done),
            "bound" => Some(Self::Bound),
            "unnamed" => Some(Self::Unnamed),
            _ => None,
        }
    }
}

/// What the other city reads to say whether it knows the child: enough to compare, and no more. It stays as it was sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Number of the file.
    pub number: String,
    /// The child, in Arabic.
    pub name_ar: String,
    /// The child, in Latin letters.
    pub name_la: String,
    /// Name of the street.
    pub street_name: String,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// The two ends of the birth.
    pub birth: Option<(NaiveDate, NaiveDate)>,
    /// Code of `ref.nationality`.
    pub nationality: Option<String>,
    /// The mother, in Arabic.
    pub mother_ar: String,
    /// The mother, in Latin letters.
    pub mother_la: String,
    /// Code of the commune where the child was met last.
    pub place: Option<String>,
    /// What speaks for it, in words.
    pub why: String,
}

/// Prints nobody.
impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_answers_and_verdicts_are_known_by_their_codes() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(*state));
        }
        for answer in Answer::ALL {
            assert_eq!(Answer::from_code(answer.state().code()), Some(*answer));
        }
        for parted in Parted::ALL {
            assert_eq!(Parted::from_code(parted.code()), Some(*parted));
        }
        assert_eq!(Answer::from_code("requested"), None);
        assert_eq!(Parted::from_code("same"), None);
        assert_eq!(Looked::from_code("asked"), None);
    }
}
