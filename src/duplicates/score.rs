//! How far two records speak of one child, or of one woman: points from 0 to 100, each with its reason (decisions 0095 and
//! 0098). Knows neither HTTP nor SQL, and nothing about who asks.
//!
//! A street child has no papers, so no fact decides alone. What both records hold is compared; what one of them does not
//! hold says nothing. Sex and day of birth can rule a pair out. Brothers and sisters share all but their given name, so
//! another given name takes away more than one mother gives.
//!
//! An adult is compared by the children around: of two women that they are women says nothing, and an age is guessed more
//! widely. A full name alone is borne by many, so with nothing beside it it stays below what somebody is asked about.

use super::{
    facts::{BodySign, Called, Mother, Traits},
    spelt::{Name, Spelt, best_name},
};
use crate::people::{Birth, Level, Reason};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// A day of birth that is off by no more than this rules nothing out, whatever it rests on: years are confused.
const YEAR: i64 = 365;
/// A guess at a child's age is half a year off when it is made …
const GUESS: i64 = 183;
/// … and a quarter more for each year since: it was never looked at again.
const GUESS_A_YEAR: i64 = 91;
/// But never more than this.
const GUESS_AT_MOST: i64 = 730;
/// A guess at an adult's age is three years off, whenever it was made.
const GUESS_OF_ADULT: i64 = 1096;

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// 0 to 100.
    pub points: u8,
    /// Why, the strongest first, what speaks against last.
    pub reasons: Vec<Reason>,
}

impl Score {
    /// What it means.
    pub const fn level(&self) -> Level {
        Level::of(self.points)
    }

    /// Whether it is probably one person.
    pub fn is_strong(&self) -> bool {
        self.level() == Level::Strong
    }

    /// Whether the sweep asks somebody: more than one given name in one street.
    pub fn is_asked(&self) -> bool {
        self.level() >= Level::Possible && self.reasons.iter().any(|one| one.tells())
    }

    /// Whether the reason is among them.
    pub fn has(&self, reason: Reason) -> bool {
        self.reasons.contains(&reason)
    }
}

/// A child of an adult: the human being behind the record, and the names.
type Born = (Uuid, Vec<Spelt>);

/// One record, made ready to be compared with many.
#[derive(Debug)]
pub struct Record<'a> {
    traits: &'a Traits,
    birth: Option<Birth>,
    names: Vec<Spelt>,
    mothers: Vec<Vec<Spelt>>,
    siblings: Vec<Vec<Spelt>>,
    /// Children of whom an adult is said to be the mother.
    children: Vec<Born>,
}

impl<'a> Record<'a> {
    /// Makes the keys of its names.
    pub fn new(traits: &'a Traits) -> Self {
        let of = |names: &[Called]| names.iter().map(Spelt::new).collect::<Vec<_>>();
        let children = traits.children.iter().filter(|one| one.is_hers());
        Self {
            traits,
            birth: traits.birth(),
            names: of(&traits.names),
            mothers: traits.mothers.iter().map(|one| of(&one.names)).collect(),
            siblings: traits.siblings.iter().map(|one| of(&one.names)).collect(),
            children: children.map(|one| (one.human, of(&one.names))).collect(),
        }
    }

    /// How far both speak of one person; `None` if they cannot. The order of the two changes nothing.
    pub fn compare(&self, other: &Self, today: NaiveDate) -> Option<Score> {
        let sex = of_sex(&self.traits.sex, &other.traits.sex)?;
        let sex = if self.traits.is_adult() { 0 } else { sex };
        let age = self.age(other, today)?;
        let name = best_name(&self.names, &other.names);
        let found = [
            age,
            name.map(of_name),
            self.mother(other),
            self.place(other),
            self.sibling(other),
            self.child(other),
            self.phone(other),
            body(&self.traits.signs, &other.traits.signs),
        ];
        let found = found.into_iter().flatten();
        let (points, mut reasons) = found.fold((sex, Vec::new()), |(sum, mut all), (one, why)| {
            all.push(why);
            (sum + one, all)
        });
        reasons.sort_unstable();
        Some(Score {
            points: u8::try_from(points.clamp(0, 100)).unwrap_or(0),
            reasons,
        })
    }

    /// The outer `None` rules the pair out, the inner one says nothing.
    #[expect(
        clippy::option_option,
        reason = "outside: can it be; inside: does it say anything"
    )]
    fn age(&self, other: &Self, today: NaiveDate) -> Option<Option<Weighed>> {
        let (Some(one), Some(two)) = (&self.birth, &other.birth) else {
            return Some(None);
        };
        let apart = (one.earliest - two.latest)
            .max(two.earliest - one.latest)
            .num_days();
        if apart <= 0 {
            return Some(Some(if one.is_estimate() || two.is_estimate() {
                (overlap(one, two), Reason::Age)
            } else {
                (30, Reason::Day)
            }));
        }
        let slack = self.slack(today) + other.slack(today);
        match apart {
            days if days <= slack => Some(Some((5, Reason::NearAge))),
            ..=YEAR => Some(None),
            _ => None,
        }
    }

    /// By how many days the birth may be off.
    fn slack(&self, today: NaiveDate) -> i64 {
        slack(self.birth.as_ref(), self.traits, today)
    }

    fn mother(&self, other: &Self) -> Option<Weighed> {
        let same = |one: &Mother, two: &Mother| one.human.is_some() && one.human == two.human;
        let (mine, theirs) = (&self.traits.mothers, &other.traits.mothers);
        if mine
            .iter()
            .any(|one| theirs.iter().any(|two| same(one, two)))
        {
            return Some((30, Reason::Mother));
        }
        let pairs = self
            .mothers
            .iter()
            .flat_map(|one| other.mothers.iter().map(move |two| best_name(one, two)));
        match pairs.flatten().max()? {
            Name::Whole => Some((15, Reason::MotherName)),
            Name::NearWhole => Some((10, Reason::MotherName)),
            Name::Given => Some((6, Reason::MotherName)),
            Name::NearGiven | Name::Family => None,
            Name::Other | Name::OtherKind => Some((-10, Reason::OtherMother)),
        }
    }

    fn place(&self, other: &Self) -> Option<Weighed> {
        let (mine, theirs) = (&self.traits.places, &other.traits.places);
        mine.iter()
            .any(|one| theirs.contains(one))
            .then_some((8, Reason::Place))
    }

    /// Of one mother they have the same brothers and sisters anyway.
    fn sibling(&self, other: &Self) -> Option<Weighed> {
        if matches!(self.mother(other), Some((_, Reason::Mother))) {
            return None;
        }
        let (mine, theirs) = (&self.traits.siblings, &other.traits.siblings);
        let same = mine
            .iter()
            .any(|one| theirs.iter().any(|two| one.human == two.human));
        let alike = || {
            let mut all = self.siblings.iter();
            all.any(|one| {
                let mut beside = other.siblings.iter();
                beside.any(|two| best_name(one, two).is_some_and(|name| name >= Name::Given))
            })
        };
        if same {
            Some((15, Reason::Sibling))
        } else {
            alike().then_some((10, Reason::Sibling))
        }
    }

    /// A child has one mother: two who are said to be it are often one. Children of a like name say less.
    fn child(&self, other: &Self) -> Option<Weighed> {
        let any = |is: &dyn Fn(&Born, &Born) -> bool| {
            let mut mine = self.children.iter();
            mine.any(|one| other.children.iter().any(|two| is(one, two)))
        };
        if any(&|one, two| one.0 == two.0) {
            return Some((30, Reason::Child));
        }
        let alike =
            any(&|one, two| best_name(&one.1, &two.1).is_some_and(|name| name >= Name::Given));
        alike.then_some((10, Reason::ChildName))
    }

    fn phone(&self, other: &Self) -> Option<Weighed> {
        let (mine, theirs) = (&self.traits.phones, &other.traits.phones);
        mine.iter()
            .any(|one| theirs.contains(one))
            .then_some((25, Reason::Phone))
    }
}

/// Points, and why.
type Weighed = (i32, Reason);

/// Two sexes that are known rule a pair out; what is not known says nothing.
fn of_sex(one: &str, other: &str) -> Option<i32> {
    match (one, other) {
        ("U", _) | (_, "U") => Some(0),
        _ if one == other => Some(5),
        _ => None,
    }
}

fn slack(birth: Option<&Birth>, traits: &Traits, today: NaiveDate) -> i64 {
    match birth.map(|birth| birth.basis.as_str()) {
        Some("document") => 0,
        Some("declared") if traits.is_adult() => YEAR,
        Some("declared") => GUESS,
        _ if traits.is_adult() => GUESS_OF_ADULT,
        _ => {
            let years = (today - traits.told_at.date_naive()).num_days().max(0) / YEAR;
            (GUESS + GUESS_A_YEAR * years).min(GUESS_AT_MOST)
        }
    }
}

/// Between which days a record that is to be compared with this one may lie. Wider than [`Record::compare`] goes: what
/// the other record rests on is not known yet.
pub fn window(traits: &Traits, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let birth = traits.birth()?;
    let others = if traits.is_adult() {
        GUESS_OF_ADULT
    } else {
        GUESS_AT_MOST
    };
    let days = (slack(Some(&birth), traits, today) + others).max(YEAR);
    let days = Days::new(days.unsigned_abs());
    Some((
        birth.earliest.checked_sub_days(days)?,
        birth.latest.checked_add_days(days)?,
    ))
}

/// From 10 to 20: how much of the shorter of the two spans lies in the other. Half of a year is as good as the day.
fn overlap(one: &Birth, two: &Birth) -> i32 {
    let long = |birth: &Birth| (birth.latest - birth.earliest).num_days() + 1;
    let common = (one.latest.min(two.latest) - one.earliest.max(two.earliest)).num_days() + 1;
    let share = 10 * common / long(one).min(long(two)).max(1);
    10 + i32::try_from(share.clamp(0, 10)).unwrap_or(0)
}

/// One sign in one place says much, and each further one; one sign in two places says little.
fn body(mine: &[BodySign], theirs: &[BodySign]) -> Option<Weighed> {
    let common = mine.iter().filter(|one| theirs.contains(one)).count();
    let alike = |one: &BodySign| theirs.iter().any(|two| two.sign == one.sign);
    let points = match common {
        0 if mine.iter().any(alike) => 4,
        0 => return None,
        1 => 15,
        _ => 25,
    };
    Some((points, Reason::Sign))
}

const fn of_name(name: Name) -> Weighed {
    match name {
        Name::Whole => (45, Reason::Name),
        Name::NearWhole => (30, Reason::NearName),
        Name::Given => (20, Reason::Given),
        Name::NearGiven => (10, Reason::NearGiven),
        Name::Family => (8, Reason::Family),
        Name::OtherKind => (-20, Reason::OtherGiven),
        Name::Other => (-40, Reason::OtherGiven),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        duplicates::facts::{Child, Sibling},
        ids::{CaseId, PersonId},
        people::Names,
    };
    use chrono::{DateTime, Utc};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 29).unwrap()
    }

    fn at(years: u64) -> DateTime<Utc> {
        let day = today() - Days::new(366 * years);
        day.and_hms_opt(12, 0, 0).unwrap().and_utc()
    }

    fn called(kind: &str, given: &str, family: &str) -> Called {
        let is_arabic = given.chars().any(|c| c > '\u{600}');
        let (given, family) = (given.to_owned(), family.to_owned());
        Called::new(
            kind,
            &if is_arabic {
                Names {
                    given_ar: given,
                    family_ar: family,
                    ..Names::default()
                }
            } else {
                Names {
                    given_la: given,
                    family_la: family,
                    ..Names::default()
                }
            },
        )
    }

    /// A boy of six to seven years, guessed today.
    fn boy(kind: &str, given: &str, family: &str) -> Traits {
        let mut traits = Traits {
            sex: "M".to_owned(),
            told_at: at(0),
            names: vec![called(kind, given, family)],
            ..Traits::default()
        };
        traits.born(Birth::from_age(72, 95, today(), "estimated").ok());
        traits
    }

    fn of_mother(mut traits: Traits, human: u128) -> Traits {
        traits.mothers.push(Mother {
            person: None,
            human: Some(Uuid::from_u128(human)),
            names: vec![called("civil", "فاطمة", "بناني")],
        });
        traits
    }

    fn compare(one: &Traits, two: &Traits) -> Option<Score> {
        let there = Record::new(one).compare(&Record::new(two), today());
        let back = Record::new(two).compare(&Record::new(one), today());
        assert_eq!(there, back, "the order of the two changes nothing");
        there
    }

    fn level(one: &Traits, two: &Traits) -> Level {
        compare(one, two).map_or(Level::Weak, |score| score.level())
    }

    #[test]
    fn one_child_in_two_scripts_is_asked_about() {
        let march = boy("street", "محمد العمراني", "");
        let june = boy("civil", "Mohamed", "Lamrani");
        let score = compare(&march, &june).unwrap();
        assert!(
            score.has(Reason::Name) && score.has(Reason::Age),
            "{score:?}"
        );
        assert!(score.is_asked());
        let mut seen = (march, june);
        seen.0.places.push("p".to_owned());
        seen.1.places.push("p".to_owned());
        assert_eq!(level(&seen.0, &seen.1), Level::Strong);
    }

    #[test]
    fn brothers_and_twins_are_not_proposed() {
        for kind in ["street", "civil"] {
            let one = of_mother(boy(kind, "حسن", "العمراني"), 1);
            let two = of_mother(boy(kind, "حسين", "العمراني"), 1);
            let score = compare(&one, &two).unwrap();
            assert!(score.has(Reason::Mother) && score.has(Reason::OtherGiven));
            assert_eq!(score.level(), Level::Weak, "{kind}");
        }
        let street = of_mother(boy("street", "Hamid", ""), 1);
        let civil = of_mother(boy("civil", "Youssef", "Alami"), 1);
        assert_eq!(level(&street, &civil), Level::Weak);
    }

    #[test]
    fn a_mother_speaks_for_a_child_without_a_name() {
        let mut nameless = of_mother(boy("street", "", ""), 1);
        nameless.names.clear();
        let named = of_mother(boy("civil", "ياسين", "العمراني"), 1);
        assert!(level(&nameless, &named) >= Level::Possible);
    }

    #[test]
    fn the_names_of_mothers_are_compared() {
        let one = of_mother(boy("civil", "ياسين", ""), 1);
        let two = of_mother(boy("civil", "Yassine", ""), 2);
        let score = compare(&one, &two).unwrap();
        assert!(
            score.has(Reason::MotherName) && score.is_asked(),
            "{score:?}"
        );
        let mut other = two.clone();
        other.mothers[0].names = vec![called("civil", "زهرة", "الكتاني")];
        assert!(compare(&one, &other).unwrap().has(Reason::OtherMother));
    }

    #[test]
    fn a_given_name_alone_is_shown_and_not_asked_about() {
        let mut one = boy("street", "محمد", "");
        let mut two = boy("street", "Mohamed", "");
        assert_eq!(level(&one, &two), Level::Weak, "half of the city");
        one.places.push("p".to_owned());
        two.places.push("p".to_owned());
        let score = compare(&one, &two).unwrap();
        assert_eq!(score.level(), Level::Possible);
        assert!(!score.is_asked());
    }

    #[test]
    fn an_estimate_widens_with_time() {
        let born = |traits: &mut Traits, days: u64, years: u64| {
            let day = today() - Days::new(days);
            traits.born(Some(Birth {
                earliest: day - Days::new(100),
                latest: day,
                basis: "estimated".to_owned(),
            }));
            traits.told_at = at(years);
        };
        let (mut one, mut two) = (boy("civil", "علي", "بناني"), boy("civil", "Ali", "Bennani"));
        born(&mut one, 2000, 0);
        // 500 days lie between the two spans
        born(&mut two, 2600, 0);
        assert_eq!(compare(&one, &two), None, "two fresh guesses");
        born(&mut two, 2600, 4);
        assert!(compare(&one, &two).unwrap().has(Reason::NearAge));
        // a paper is not a guess
        two.born(Some(Birth::on(today() - Days::new(2600), "document")));
        assert_eq!(compare(&one, &two), None);
        let (from, to) = window(&one, today()).unwrap();
        assert!(from < today() - Days::new(2600) && to > today() - Days::new(1500));
    }

    #[test]
    fn sex_rules_out_only_when_it_is_known() {
        let boy_of = boy("civil", "نور", "العمراني");
        let mut other = boy_of.clone();
        other.sex = "F".to_owned();
        assert_eq!(compare(&boy_of, &other), None);
        other.sex = "U".to_owned();
        assert!(compare(&boy_of, &other).is_some());
    }

    #[test]
    fn signs_and_siblings_are_added() {
        let mut one = boy("street", "سيمو", "");
        let mut two = boy("street", "Simo", "");
        let scar = |part: &str| BodySign {
            sign: "scar".to_owned(),
            part: part.to_owned(),
        };
        one.signs.push(scar("face"));
        two.signs.push(scar("face"));
        let same = compare(&one, &two).unwrap();
        two.signs[0] = scar("left_hand");
        let elsewhere = compare(&one, &two).unwrap();
        assert!(same.points > elsewhere.points && same.is_asked());
        let sister = |human: u128| Sibling {
            human: Uuid::from_u128(human),
            names: vec![called("civil", "خديجة", "")],
        };
        one.siblings.push(sister(1));
        two.siblings.push(sister(2));
        let with = compare(&one, &two).unwrap();
        assert!(with.has(Reason::Sibling) && with.points > elsewhere.points);
    }

    /// A woman who is said to be the mother of a child, of whom nothing else is known.
    fn mother(given: &str, family: &str, (human, child): (u128, &str)) -> Traits {
        Traits {
            sex: "F".to_owned(),
            told_at: at(0),
            names: vec![called("civil", given, family)],
            children: vec![Child {
                person: PersonId(Uuid::from_u128(human)),
                human: Uuid::from_u128(human),
                case: CaseId(Uuid::from_u128(human)),
                number: String::new(),
                kind: "mother".to_owned(),
                names: vec![called("civil", child, "")],
            }],
            ..Traits::default()
        }
    }

    #[test]
    fn a_full_name_alone_is_not_asked_about() {
        let mut one = mother("خديجة", "الشرايبي", (1, "محمد"));
        let mut two = mother("Khadija", "Chraibi", (2, "Omar"));
        assert_eq!(level(&one, &two), Level::Weak, "many bear it");
        one.places.push("p".to_owned());
        two.places.push("p".to_owned());
        assert!(compare(&one, &two).unwrap().is_asked());
    }

    #[test]
    fn a_child_a_telephone_and_a_like_child_speak_for_one_woman() {
        let one = mother("خديجة", "الشرايبي", (1, "محمد"));
        let named = mother("Khadija", "Chraibi", (2, "Mohamed"));
        let score = compare(&one, &named).unwrap();
        assert!(
            score.has(Reason::ChildName) && score.is_asked(),
            "{score:?}"
        );
        let shared = mother("Khadija", "Chraibi", (1, "Mohamed"));
        let score = compare(&one, &shared).unwrap();
        assert!(score.has(Reason::Child) && !score.has(Reason::ChildName));
        assert!(score.is_strong());
        let mut told = (one, mother("Khadija", "Chraibi", (2, "Omar")));
        told.0.phones.push("ab".to_owned());
        told.1.phones.push("ab".to_owned());
        let score = compare(&told.0, &told.1).unwrap();
        assert!(score.has(Reason::Phone) && score.is_strong());
    }

    #[test]
    fn the_aunt_of_a_child_is_not_taken_for_the_mother() {
        let one = mother("خديجة", "الشرايبي", (1, "محمد"));
        let mut aunt = mother("Bouchra", "Chraibi", (1, "Mohamed"));
        aunt.children[0].kind = "aunt_uncle".to_owned();
        aunt.places.push("p".to_owned());
        let score = compare(&one, &aunt).unwrap();
        assert!(!score.has(Reason::Child) && score.has(Reason::OtherGiven));
        assert_eq!(score.level(), Level::Weak);
    }

    #[test]
    fn an_age_of_an_adult_is_guessed_widely() {
        let mut one = mother("خديجة", "الشرايبي", (1, "محمد"));
        let mut two = mother("Khadija", "Chraibi", (2, "Omar"));
        one.born(Birth::from_age(240, 275, today(), "estimated").ok());
        two.born(Birth::from_age(324, 359, today(), "estimated").ok());
        assert!(compare(&one, &two).unwrap().has(Reason::NearAge));
        let (from, to) = window(&one, today()).unwrap();
        let other = two.birth().unwrap();
        assert!(from <= other.latest && to >= other.earliest);
        two.born(Some(Birth::on(today() - Days::new(17_000), "document")));
        assert_eq!(compare(&one, &two), None);
    }

    #[test]
    fn codes_come_back_and_points_stay_within_a_hundred() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
        }
        let mut all = of_mother(boy("civil", "محمد", "العمراني"), 1);
        all.born(Some(Birth::on(today() - Days::new(2500), "document")));
        all.places.push("p".to_owned());
        assert_eq!(compare(&all, &all).unwrap().points, 100);
        assert_eq!(Level::of(49), Level::Weak);
        assert_eq!(Level::of(50), Level::Possible);
        assert_eq!(Level::of(70), Level::Strong);
    }
}
