//! What the story of a file is made of: kinds of entries, the groups they are looked for in, their places.

use crate::{
    authz::{Actor, Permission},
    ids::{CaseId, UserId},
    vault::Reading,
};
use chrono::{DateTime, Datelike, TimeZone, Utc};
use std::fmt;
use uuid::Uuid;

/// Entries on one page.
pub(super) const SIZE: usize = 30;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        /// What kind of thing happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $name),+ }

        impl Kind {
            /// As the statement names it.
            pub(super) fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }
        }
    };
}
kinds! {
    /// A street contact.
    Contact = "contact";
    /// The file moved to another state.
    Move = "move";
    /// Help, given or planned.
    Service = "service";
    /// A visit, made or missed.
    Visit = "visit";
    /// The file went to the prosecution.
    Referral = "referral";
    /// An urgent notice went to the prosecution.
    Notice = "notice";
    /// A measure of the prosecution for the child.
    Decision = "decision";
    /// A measure of the juvenile judge for the child.
    JudgeMeasure = "judge_measure";
    /// The situation was assessed.
    Assessment = "assessment";
    /// Another risk was set.
    Risk = "risk";
    /// A plan was submitted.
    Plan = "plan";
    /// A plan was answered.
    PlanAnswer = "plan_answer";
    /// A plan was looked at, and stays as it is.
    PlanReview = "plan_review";
    /// A best-interests determination was answered.
    Determination = "determination";
    /// A place in an institution, and what became of it.
    Bed = "bed";
    /// The file was given to somebody else.
    Handover = "handover";
    /// A note in somebody's own words.
    Note = "note";
    /// A document was added.
    Document = "document";
    /// The child was heard, or could not be.
    View = "view";
    /// A consent, or the basis in its place.
    Consent = "consent";
    /// How the child was found after the closing.
    After = "after";
    /// Another city took the file, or did not.
    Transfer = "transfer";
}

macro_rules! groups {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        /// Kinds that are looked for together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Group { $($(#[$doc])* $name),+ }

        impl Group {
            /// Every one, in the order they are shown.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// In an address.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}
groups! {
    /// Notes.
    Notes = "notes";
    /// Where the file stood, and who had it.
    Moves = "moves";
    /// Contacts in the street.
    Contacts = "contacts";
    /// Assessment, plan, what the child says.
    Care = "care";
    /// Help and places.
    Services = "services";
    /// Visits.
    Visits = "visits";
    /// The prosecution and the juvenile judge.
    Justice = "justice";
    /// Documents.
    Documents = "documents";
}

impl Group {
    /// From an address; anything else is everything.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Where a kind belongs, as the statement has it.
    pub const fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Note => Self::Notes,
            Kind::Move | Kind::Handover | Kind::Transfer => Self::Moves,
            Kind::Contact => Self::Contacts,
            Kind::Assessment
            | Kind::Risk
            | Kind::Plan
            | Kind::PlanAnswer
            | Kind::PlanReview
            | Kind::Determination
            | Kind::View
            | Kind::Consent => Self::Care,
            Kind::Service | Kind::Bed => Self::Services,
            Kind::Visit | Kind::After => Self::Visits,
            Kind::Referral | Kind::Notice | Kind::Decision | Kind::JudgeMeasure => Self::Justice,
            Kind::Document => Self::Documents,
        }
    }

    /// Whether the reader's role reads of it at all.
    fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Justice => actor.may(Permission::ProsecutionRead),
            Self::Documents => actor.may(Permission::DocumentRead),
            _ => true,
        }
    }

    /// Those that the reader may look for.
    pub fn of(actor: &Actor) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|one| one.is_for(actor))
    }
}

/// One entry.
#[derive(Debug)]
pub struct Entry {
    /// The file it is of.
    pub file: CaseId,
    /// Where it stands.
    pub place: Place,
    /// When it came to be known in the file.
    pub known: DateTime<Utc>,
    /// What kind.
    pub kind: Kind,
    /// Code of its list: kind of place, state, kind of service, state of the file, kind of decision or measure.
    pub code: String,
    /// More: commune, provider, closing reason.
    pub detail: Option<String>,
    /// Somebody's words: why the file moved, what a measure asks.
    pub words: Option<Reading>,
    /// More codes: state of a service, court, what a visit found; of a consent, the day it was withdrawn.
    pub mark: Option<String>,
    /// What it is about, to link to.
    pub about: Option<Uuid>,
    /// Who recorded it.
    pub author: Option<UserId>,
    /// In Arabic.
    pub author_ar: String,
    /// In Latin letters.
    pub author_la: String,
}

/// The place of an entry: its time, and what tells it from others of the same instant. In an address
/// `1764000000000000.7.uuid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When it happened.
    pub at: DateTime<Utc>,
    pub(super) rank: i16,
    pub(super) id: Uuid,
}

impl Place {
    /// Before the newest.
    pub(super) fn top() -> Self {
        Self {
            at: Utc
                .timestamp_opt(253_402_300_799, 0)
                .single()
                .unwrap_or_default(),
            rank: i16::MAX,
            id: Uuid::max(),
        }
    }

    /// From an address; anything else begins at the newest.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let at = Utc
            .timestamp_micros(parts.next()?.parse().ok()?)
            .single()
            .filter(|at| (1900..10_000).contains(&at.year()))?;
        Some(Self {
            at,
            rank: parts.next()?.parse().ok()?,
            id: parts.next()?.parse().ok()?,
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}.{}",
            self.at.timestamp_micros(),
            self.rank,
            self.id
        )
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Of one group alone.
    pub group: Option<Group>,
    /// After this one, which was shown.
    pub after: Option<Place>,
    /// How many.
    pub most: usize,
}

impl Asked {
    /// The first page of everything.
    pub const fn newest() -> Self {
        Self {
            group: None,
            after: None,
            most: SIZE,
        }
    }
}

/// Some entries and, if there are more, the last of them.
#[derive(Debug)]
pub struct Entries {
    /// The newest first.
    pub rows: Vec<Entry>,
    /// Where the next page goes on.
    pub next: Option<Place>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_the_address_and_nonsense_does_not() {
        let place = Place {
            at: Utc.timestamp_micros(1_764_000_000_123_456).unwrap(),
            rank: 7,
            id: Uuid::from_u128(7),
        };
        assert_eq!(Place::parse(&place.to_string()), Some(place));
        assert!(Place::top() > place);
        for nonsense in ["", "1.2", "1 or 1=1", "-9000000000000000000.1.x", "x.1.y"] {
            assert_eq!(Place::parse(nonsense), None, "{nonsense}");
        }
        // before any calendar of the database
        let far = format!("-4000000000000000000.1.{}", Uuid::nil());
        assert_eq!(Place::parse(&far), None);
    }
}
