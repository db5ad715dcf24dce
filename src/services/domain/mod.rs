//! What can be given, to whom, and when. Knows neither HTTP nor SQL.

mod slip;
mod state;
mod whom;

pub use slip::{About, Asked, Naming, Slip, reference};
pub use state::{Day, ServiceMove, ServiceState, Side, Standing, Step, Who};
pub use whom::{Audience, Person, Served, Whom};

use crate::{
    ids::{CaseId, DisclosureId, ServiceId},
    mothers::{self, Effect},
};
use chrono::NaiveDate;

/// The five families for a child, with their icons.
const CHILD_FAMILIES: [(&str, &str); 5] = [
    ("medical", "stethoscope"),
    ("psychological", "brain"),
    ("social_care", "house-heart"),
    ("education", "school"),
    ("follow_up", "list-checks"),
];

/// The icon of a family of services.
pub fn icon_of(family: &str) -> &'static str {
    let all = CHILD_FAMILIES.iter().chain(&mothers::FAMILIES);
    all.copied()
        .find(|(code, _)| *code == family)
        .map_or("hand-heart", |(_, icon)| icon)
}

/// When an act takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Agreed for a day, which may come.
    Planned(NaiveDate),
    /// Given on a day, which has come.
    Delivered(NaiveDate),
    /// To be asked of a provider, for a day.
    Asked(NaiveDate),
}

impl When {
    /// The day.
    pub const fn day(self) -> NaiveDate {
        match self {
            Self::Planned(day) | Self::Delivered(day) | Self::Asked(day) => day,
        }
    }

    /// The state in which it begins.
    pub const fn state(self) -> ServiceState {
        match self {
            Self::Planned(_) => ServiceState::Planned,
            Self::Delivered(_) => ServiceState::Delivered,
            Self::Asked(_) => ServiceState::Proposed,
        }
    }
}

/// An act to record.
#[derive(Debug, Clone)]
pub struct NewService {
    /// Id of the form.
    pub id: ServiceId,
    /// Code of `ref.service_kind`, of the second level.
    pub kind: String,
    /// As the kind says.
    pub urgent: bool,
    /// Code of the organisation.
    pub provider: String,
    /// When.
    pub when: When,
    /// Code of `ref.service_outcome`.
    pub outcome: Option<String>,
    /// In the worker's words.
    pub note: Option<String>,
    /// The people served.
    pub people: Vec<Served>,
    /// A mother's effect that day.
    pub effect: Option<Effect>,
    /// As what it counts for those who are not of the side of its kind.
    pub counterpart: Option<String>,
    /// The refused act that this one replaces.
    pub replaces: Option<ServiceId>,
    /// Print of the answers as sent.
    pub sha256: [u8; 32],
}

/// An act, for somebody who works on a file it serves.
#[derive(Debug, Clone)]
pub struct Act {
    /// Which.
    pub id: ServiceId,
    /// Its kind.
    pub kind: String,
    /// As the kind says.
    pub urgent: bool,
    /// Its provider.
    pub provider: String,
    /// The day agreed on.
    pub agreed_on: NaiveDate,
    /// The day it was given.
    pub delivered_on: Option<NaiveDate>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// For the optimistic lock.
    pub version: i32,
    /// The act it replaces.
    pub replaces: Option<ServiceId>,
    /// The act that replaces it.
    pub replaced_by: Option<ServiceId>,
    /// The request that was sent, if one was.
    pub request: Option<DisclosureId>,
    /// Whether the file of somebody it serves is open; a mother is served also when her child's is closed.
    pub is_open: bool,
    /// The file, of those it goes through, in which no basis for sharing stands.
    pub unshared: Option<CaseId>,
    /// For whom.
    pub whom: Whom,
    /// As what it counts for those of them who are not of the side of its kind.
    pub counterpart: Option<String>,
}

impl Act {
    /// The file that holds a request back until it has a basis for sharing. What is urgent does not wait for one.
    pub fn lacks_basis(&self) -> Option<CaseId> {
        self.unshared.filter(|_| !self.urgent)
    }
}
