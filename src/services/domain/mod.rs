//! What can be given, to whom, and when. Knows neither HTTP nor SQL.

mod slip;
mod state;

pub use slip::{About, Asked, Naming, Slip, reference};
pub use state::{Day, ServiceMove, ServiceState, Side, Standing, Step, Who};

use crate::{
    ids::{CaseId, DisclosureId, PersonId, ServiceId},
    mothers::{self, Access, Effect, MotherTrack},
    people::{Birth, Names},
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

/// Someone an act can serve, through the file that makes the reader responsible.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Through which file.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Sex.
    pub sex: String,
    /// Whether the file, or the person, is protected.
    pub is_protected: bool,
    /// Names.
    pub names: Names,
    /// Birth.
    pub birth: Option<Birth>,
}

/// For whom a form records: the children of a family, or a mother.
#[derive(Debug, Clone)]
pub enum Whom {
    /// The child of a file first, then brothers and sisters whose files the reader may write in.
    Children(Vec<Person>),
    /// A mother, and where she stands.
    Mother(Person, MotherTrack),
}

impl Whom {
    /// `child` or `mother`, as `ref.service_kind.audience`.
    pub const fn audience(&self) -> &'static str {
        match self {
            Self::Children(_) => "child",
            Self::Mother(..) => "mother",
        }
    }

    /// Everyone who can be served.
    pub fn people(&self) -> &[Person] {
        match self {
            Self::Children(people) => people,
            Self::Mother(person, _) => std::slice::from_ref(person),
        }
    }

    /// Whether a kind may be given on a day, by its being urgent. To a child, always.
    pub fn allows(&self, urgent: bool, on: NaiveDate) -> bool {
        self.access(on).allows(urgent)
    }

    /// What may be given on a day.
    pub fn access(&self, on: NaiveDate) -> Access {
        match self {
            Self::Children(_) => Access::Open,
            Self::Mother(_, track) => {
                mothers::access(track.effect.on(on, track.since), track.is_opened)
            }
        }
    }

    /// What is kept beside the act: the effect on its day, for a mother only.
    pub fn effect(&self, on: NaiveDate) -> Option<Effect> {
        match self {
            Self::Children(_) => None,
            Self::Mother(_, track) => Some(track.effect.on(on, track.since)),
        }
    }

    /// The page to come back to.
    pub fn page(&self) -> String {
        match self {
            Self::Children(people) => people.first().map_or_else(
                || "/cases".to_owned(),
                |child| format!("/cases/{}", child.case),
            ),
            Self::Mother(person, _) => format!("/mothers/{}", person.id),
        }
    }
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
    pub people: Vec<(PersonId, CaseId)>,
    /// A mother's effect that day.
    pub effect: Option<Effect>,
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
}

impl Act {
    /// The file that holds a request back until it has a basis for sharing. What is urgent does not wait for one.
    pub fn lacks_basis(&self) -> Option<CaseId> {
        self.unshared.filter(|_| !self.urgent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, d).unwrap()
    }

    fn someone() -> Person {
        let id = uuid::Uuid::nil();
        Person {
            id: PersonId(id),
            case: CaseId(id),
            number: String::new(),
            sex: "F".into(),
            is_protected: false,
            names: Names::default(),
            birth: None,
        }
    }

    fn mother(effect: Effect, since: Option<NaiveDate>, is_opened: bool) -> Whom {
        Whom::Mother(
            someone(),
            MotherTrack {
                effect,
                since,
                is_opened,
            },
        )
    }

    #[test]
    fn a_child_is_served_whatever_is_decided_on_anyone() {
        let child = Whom::Children(vec![someone()]);
        assert!(child.allows(false, day(1)) && child.allows(true, day(1)));
        assert_eq!(child.effect(day(1)), None);
    }

    #[test]
    fn a_prosecuted_mother_is_not_served_and_a_pending_one_urgently() {
        assert!(!mother(Effect::Prosecuted, Some(day(1)), false).allows(true, day(2)));
        assert!(mother(Effect::Prosecuted, Some(day(1)), true).allows(false, day(2)));
        assert!(mother(Effect::Pending, Some(day(1)), false).allows(true, day(2)));
        assert!(!mother(Effect::Pending, Some(day(1)), false).allows(false, day(2)));
    }

    #[test]
    fn what_was_given_before_the_decision_was_given_while_it_was_pending() {
        let decided = mother(Effect::NotProsecuted, Some(day(5)), false);
        assert_eq!(decided.effect(day(4)), Some(Effect::Pending));
        assert!(!decided.allows(false, day(4)) && decided.allows(true, day(4)));
        assert!(decided.allows(false, day(5)));
    }
}
