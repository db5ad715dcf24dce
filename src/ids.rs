//! Identifiers, one type for each kind of thing, so that a person's id cannot open a case: UUIDv7, and
//! small numbers for the places of the reference data.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier, ordered by the moment it was made.
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(uuid_at(now))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

/// A UUIDv7 of that moment.
pub fn uuid_at(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

id! {
    /// Someone who can sign in.
    UserId,
    /// One role of a user, in one scope, for a time.
    AssignmentId,
    /// A street contact.
    ContactId,
    /// A child as seen in one contact, before any name or file.
    ContactChildId,
    /// A local record of a human being: child, mother, other adult.
    PersonId,
    /// A child's file.
    CaseId,
    /// A document.
    AttachmentId,
    /// One opening of a file, up to its closing.
    EpisodeId,
    /// An act of help.
    ServiceId,
    /// Something that is owed.
    TaskId,
    /// A visit while a child is followed up.
    VisitId,
    /// A frozen extract sent out of the prefecture.
    DisclosureId,
    /// A procedure at a court.
    JudicialFileId,
    /// A decision on a child or on an adult.
    DecisionId,
    /// Published figures of a period, as files.
    PackId,
    /// Anything that needs a key and no type: links, grants, transitions.
    RowId,
}

/// A prefecture or province, by its surrogate number (schema D2).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct TerritoryId(pub i16);

/// A court.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct CourtId(pub i16);
