//! For whom an act is: a child, brothers and sisters, a mother; or a mother and her children together, which is one
//! act that counts for each among the services of their own (decision 0081).

use crate::{
    ids::{CaseId, PersonId},
    mothers::{self, Access, Effect, MotherTrack},
    people::{Birth, Names},
};
use chrono::NaiveDate;

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

/// Whose services an act is recorded among, as `ref.service_kind.audience`: the side from which its kind is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The five families of a child.
    Child,
    /// The four of a mother.
    Mother,
}

impl Audience {
    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Mother => "mother",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Child, Self::Mother]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// For whom a form can record, or for whom an act is.
#[derive(Debug, Clone)]
pub struct Whom {
    /// Whose kinds are offered.
    lead: Audience,
    /// The child of the file first, then brothers and sisters whose files the reader may write in; of a mother, her
    /// children likewise.
    children: Vec<Person>,
    /// The mother, and where she stands.
    mother: Option<(Person, MotherTrack)>,
    /// Those of the family whose files are closed: named in a form, they are told so.
    closed: Vec<PersonId>,
}

impl Whom {
    /// From a child's side.
    pub const fn of_children(children: Vec<Person>) -> Self {
        Self {
            lead: Audience::Child,
            children,
            mother: None,
            closed: Vec::new(),
        }
    }

    /// From a mother's side.
    pub const fn of_mother(mother: Person, track: MotherTrack) -> Self {
        Self {
            lead: Audience::Mother,
            children: Vec::new(),
            mother: Some((mother, track)),
            closed: Vec::new(),
        }
    }

    /// With the mother of the child.
    #[must_use]
    pub fn with_mother(mut self, mother: Option<(Person, MotherTrack)>) -> Self {
        self.mother = mother;
        self
    }

    /// With the children of the mother.
    #[must_use]
    pub fn with_children(mut self, children: Vec<Person>) -> Self {
        self.children = children;
        self
    }

    /// With those whose files are closed.
    #[must_use]
    pub fn with_closed(mut self, closed: Vec<PersonId>) -> Self {
        self.closed = closed;
        self
    }

    /// For an act as it is written down, as far as the reader sees whom it serves.
    pub const fn of_act(
        lead: Audience,
        children: Vec<Person>,
        mother: Option<(Person, MotherTrack)>,
    ) -> Self {
        Self {
            lead,
            children,
            mother,
            closed: Vec::new(),
        }
    }

    /// Whose kinds are offered.
    pub const fn audience(&self) -> Audience {
        self.lead
    }

    /// Everyone, those of the act's own side first.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let [first, last] = match self.lead {
            Audience::Child => [None, self.mother()],
            Audience::Mother => [self.mother(), None],
        };
        first.into_iter().chain(&self.children).chain(last)
    }

    /// The children.
    pub fn children(&self) -> &[Person] {
        &self.children
    }

    /// The mother.
    pub fn mother(&self) -> Option<&Person> {
        self.mother.as_ref().map(|(person, _)| person)
    }

    /// Whether that is the mother.
    pub fn is_mother(&self, id: PersonId) -> bool {
        self.mother().is_some_and(|mother| mother.id == id)
    }

    /// Whether that person is of the other side than the kind of the act, and it counts for them as its counterpart.
    pub fn is_beside(&self, id: PersonId) -> bool {
        self.is_mother(id) == (self.lead == Audience::Child)
    }

    /// Whether the file of that one of the family is closed.
    pub fn is_closed(&self, id: PersonId) -> bool {
        self.closed.contains(&id)
    }

    /// Whether the file from which it is asked is closed: then nobody of the form's own side can be served.
    pub fn is_over(&self) -> bool {
        self.lead == Audience::Child
            && match (self.children.first(), self.closed.first()) {
                (Some(child), Some(closed)) => child.id == *closed,
                _ => false,
            }
    }

    /// Whether a kind may be given to all of them on a day, by its being urgent.
    pub fn allows(&self, urgent: bool, on: NaiveDate) -> bool {
        self.access(on).allows(urgent)
    }

    /// What may be given to all of them on a day: to children, anything; a mother is held by where she stands.
    pub fn access(&self, on: NaiveDate) -> Access {
        self.mother.as_ref().map_or(Access::Open, |(_, track)| {
            let stood = track.on(on);
            mothers::access(stood.effect, stood.is_opened)
        })
    }

    /// What the form offers on a day: a mother who could take part beside a child closes nothing to the child.
    pub fn offers(&self, on: NaiveDate) -> Access {
        match self.lead {
            Audience::Child => Access::Open,
            Audience::Mother => self.access(on),
        }
    }

    /// What is kept beside the act for the mother: the effect on its day.
    pub fn effect(&self, on: NaiveDate) -> Option<Effect> {
        let (_, track) = self.mother.as_ref()?;
        Some(track.on(on).effect)
    }

    /// Where a service for the same is asked: `case=…`, `mother=…`.
    pub fn query(&self) -> Option<String> {
        match (self.lead, self.mother(), self.children.first()) {
            (Audience::Mother, Some(mother), _) => Some(format!("mother={}", mother.id)),
            (_, _, Some(child)) => Some(format!("case={}", child.case)),
            _ => None,
        }
    }

    /// The page to come back to.
    pub fn page(&self) -> String {
        match (self.lead, self.mother(), self.children.first()) {
            (Audience::Mother, Some(mother), _) => format!("/mothers/{}", mother.id),
            (_, _, Some(child)) => format!("/cases/{}", child.case),
            _ => "/cases".to_owned(),
        }
    }
}

/// Someone whom a new act serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// Who.
    pub id: PersonId,
    /// Through which file.
    pub case: CaseId,
    /// The mother, for whom the effect of the day is kept.
    pub is_mother: bool,
    /// For whom the act counts as the counterpart of its kind.
    pub is_beside: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mothers::Stand;
    use uuid::Uuid;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, d).unwrap()
    }

    fn someone(n: u128) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(n)),
            case: CaseId(Uuid::from_u128(n)),
            number: String::new(),
            sex: "F".into(),
            is_protected: false,
            names: Names::default(),
            birth: None,
        }
    }

    fn track(effect: Effect, since: Option<NaiveDate>, is_opened: bool) -> MotherTrack {
        let before = Stand {
            since: None,
            effect: Effect::Pending,
            is_opened: false,
        };
        MotherTrack::new(vec![
            before,
            Stand {
                since,
                effect,
                is_opened,
            },
        ])
    }

    fn mother(effect: Effect, since: Option<NaiveDate>, is_opened: bool) -> Whom {
        Whom::of_mother(someone(9), track(effect, since, is_opened))
    }

    #[test]
    fn a_child_is_served_whatever_is_decided_on_anyone() {
        let child = Whom::of_children(vec![someone(1)]);
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

    #[test]
    fn a_mother_beside_her_child_holds_the_act_and_not_what_is_offered_to_the_child() {
        let blocked = (someone(9), track(Effect::Prosecuted, Some(day(1)), false));
        let both = Whom::of_children(vec![someone(1)]).with_mother(Some(blocked));
        assert_eq!(both.offers(day(2)), Access::Open);
        assert_eq!(both.access(day(2)), Access::Blocked);
    }

    #[test]
    fn whoever_is_not_of_the_side_of_the_kind_stands_beside_it() {
        let who = (someone(9), track(Effect::NotProsecuted, None, false));
        let family = Whom::of_children(vec![someone(1), someone(2)]).with_mother(Some(who));
        let order: Vec<_> = family.people().map(|one| one.id.0.as_u128()).collect();
        assert_eq!(order, [1, 2, 9]);
        let beside = |whom: &Whom| {
            let all = whom.people().filter(|one| whom.is_beside(one.id));
            all.map(|one| one.id.0.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(beside(&family), [9]);
        let hers =
            mother(Effect::NotProsecuted, None, false).with_children(vec![someone(1), someone(2)]);
        assert_eq!(beside(&hers), [1, 2]);
        assert_eq!(hers.people().next().map(|one| one.id.0.as_u128()), Some(9));
    }
}
