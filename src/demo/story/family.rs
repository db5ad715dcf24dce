//! Who the people of one file are: children, the adults with them, their names and kinship.

use super::{
    Code, Teller,
    cast::Part,
    person::{Entry, Origin},
};
use crate::demo::{
    names::{FAMILIES, FAMILIES_ABROAD},
    rows::Relationship,
};
use uuid::Uuid;

/// With whom the children were met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    Mother,
    BothParents,
    Father,
    Grandmother,
    Unrelated,
    Alone,
    /// The mother is a child herself, with a file of her own.
    ChildMother,
}

const COMPANIES: &[(Company, u32)] = &[
    (Company::Mother, 56),
    (Company::BothParents, 12),
    (Company::Father, 7),
    (Company::Grandmother, 4),
    (Company::Unrelated, 14),
    (Company::Alone, 7),
];

/// Kinship, whether it is proved, and by what.
pub(super) type Tie = (Code, Code, Option<Code>);

const MOTHER: &[(Tie, u32)] = &[
    (("mother", "verified", Some("civil_document")), 46),
    (("mother", "verified", Some("judgment")), 4),
    (("mother", "claimed", None), 28),
    (("mother", "claimed", Some("declaration")), 12),
    (("mother_unverified", "claimed", None), 7),
    (("mother_unverified", "refuted", Some("dna_ordered")), 3),
];
/// A mother with papers, and a woman who is found not to be one: where the cast says so.
pub(super) const KNOWN_MOTHER: &[(Tie, u32)] =
    &[(("mother", "verified", Some("civil_document")), 1)];
pub(super) const REFUTED_MOTHER: &[(Tie, u32)] =
    &[(("mother_unverified", "refuted", Some("dna_ordered")), 1)];
const FATHER: &[(Tie, u32)] = &[
    (("father", "verified", Some("civil_document")), 60),
    (("father", "claimed", None), 40),
];
const GRANDMOTHER: &[(Tie, u32)] = &[
    (("grandparent", "verified", Some("civil_document")), 40),
    (("grandparent", "claimed", None), 60),
];
const UNRELATED: &[(Tie, u32)] = &[
    (("unrelated", "claimed", Some("none")), 70),
    (("employer", "claimed", None), 15),
    (("neighbour", "claimed", None), 15),
];
const SIBLING: Tie = ("sibling", "claimed", None);

/// A child of the story.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) person: Uuid,
    pub(super) sex: Code,
    /// Age when met.
    pub(super) months: u32,
    /// What the street calls the child.
    pub(super) seen_as: Option<Code>,
    pub(super) registered: bool,
}

/// An adult of the story.
#[derive(Debug, Clone)]
pub(super) struct Adult {
    pub(super) person: Uuid,
    pub(super) relation: Code,
    pub(super) name_seen: Option<Code>,
}

impl Adult {
    pub(super) fn is_mother(&self) -> bool {
        self.relation == "mother"
    }
}

/// The people of one family.
#[derive(Debug)]
pub(super) struct Household {
    pub(super) company: Company,
    pub(super) children: Vec<Child>,
    pub(super) adults: Vec<Adult>,
}

impl Household {
    pub(super) fn is_of_a_child_mother(&self) -> bool {
        self.company == Company::ChildMother
    }
}

impl Teller<'_> {
    pub(super) fn company(&mut self) -> Company {
        self.dice.weighted(COMPANIES)
    }

    /// Invents the people of one file.
    pub(super) fn household(
        &mut self,
        entry: Entry<'_>,
        company: Company,
        part: &Part,
    ) -> Household {
        let origin = match self.dice.between(1, 100) {
            1..=7 => {
                let nationality = self.dice.pick(&["SN", "CI", "GN", "CM", "NG"]);
                Origin::Abroad(self.dice.pick(FAMILIES_ABROAD), nationality)
            }
            8..=9 => Origin::Syria(self.dice.pick(FAMILIES)),
            _ => Origin::Morocco(self.dice.pick(FAMILIES)),
        };
        let ages = self.ages(company, part);
        let eldest = ages.first().copied().unwrap_or(0);
        let children: Vec<Child> = ages
            .into_iter()
            .enumerate()
            .map(|(nth, months)| {
                self.child(
                    entry,
                    origin,
                    months,
                    company == Company::ChildMother && nth == 0,
                )
            })
            .collect();
        let mut house = Household {
            company,
            children,
            adults: Vec::new(),
        };
        for (kin, woman) in adults_of(company) {
            let years =
                eldest / 12 + self.dice.between(18, 32) + if *kin == GRANDMOTHER { 20 } else { 0 };
            let kin = match part.mother {
                Some(settled) if *kin == MOTHER => settled,
                _ => *kin,
            };
            self.adult(entry, origin, &mut house, kin, *woman, years);
        }
        self.brothers_and_sisters(entry, &mut house);
        house
    }

    /// Ages in months, the eldest first: as the ages found in Marrakech (domain §1.7). Nobody comes of age before the
    /// file is closed; a mother who is a child turns eighteen within the year, whatever her papers say.
    fn ages(&mut self, company: Company, part: &Part) -> Vec<u32> {
        if company == Company::ChildMother {
            return vec![self.dice.between(205, 208), self.dice.between(4, 13)];
        }
        let size = part.children.unwrap_or_else(|| match company {
            Company::Unrelated => 1,
            Company::Alone => self.dice.weighted(&[(1, 70), (2, 30)]),
            _ => self.dice.weighted(&[(1, 44), (2, 33), (3, 17), (4, 6)]),
        });
        let (low, high) = part.eldest.unwrap_or_else(|| {
            self.dice.weighted(&[
                ((2, 11), 11),
                ((12, 71), 23),
                ((72, 167), 38),
                ((168, 200), 28),
            ])
        });
        let low = if company == Company::Alone {
            low.max(72)
        } else {
            low
        };
        let mut next = Some(self.dice.between(low, high.max(low + 60)).min(200));
        let mut ages = Vec::new();
        while let (Some(months), true) = (next, ages.len() < size) {
            ages.push(months);
            next = months
                .checked_sub(self.dice.between(16, 44))
                .filter(|months| *months >= 2);
        }
        ages
    }

    fn child(
        &mut self,
        entry: Entry<'_>,
        origin: Origin,
        months: u32,
        mother_to_be: bool,
    ) -> Child {
        let sex = if mother_to_be || self.dice.chance(55) {
            "F"
        } else {
            "M"
        };
        let civil = match origin {
            Origin::Morocco(_) => self.dice.weighted(&[
                ("registered", 60),
                ("registered_no_document", 9),
                ("in_progress", 6),
                ("not_registered", 17),
                ("unknown", 8),
            ]),
            _ => self.dice.weighted(&[
                ("registered_abroad", 60),
                ("not_registered", 20),
                ("unknown", 20),
            ]),
        };
        let registered = civil == "registered";
        let birth = self.birth(months, entry.met_on, registered);
        let person = self.somebody(entry, origin, sex, birth, Some(civil), entry.protected);
        let seen_as = self.names_of(entry, origin, person, sex, registered);
        Child {
            person,
            sex,
            months,
            seen_as,
            registered,
        }
    }

    fn adult(
        &mut self,
        entry: Entry<'_>,
        origin: Origin,
        house: &mut Household,
        kin: &[(Tie, u32)],
        woman: bool,
        years: u32,
    ) {
        let sex = if woman { "F" } else { "M" };
        let papers = self.dice.chance(60);
        let birth = self.birth(years * 12, entry.met_on, papers);
        let person = self.somebody(entry, origin, sex, birth, None, false);
        let tie = self.dice.weighted(kin);
        // a child bears the father's name: the mother has one of her own
        let own = match origin {
            Origin::Morocco(_) if tie.0 != "father" => Origin::Morocco(self.dice.pick(FAMILIES)),
            same => same,
        };
        let name_seen = self.names_of(entry, own, person, sex, papers);
        for child in &house.children {
            self.relate(entry, person, child.person, tie);
        }
        house.adults.push(Adult {
            person,
            relation: tie.0,
            name_seen,
        });
    }

    /// Older to younger; and the mother who is a child herself.
    fn brothers_and_sisters(&mut self, entry: Entry<'_>, house: &mut Household) {
        let mut older: Vec<Uuid> = Vec::new();
        for child in &house.children {
            let tie = if house.company == Company::ChildMother {
                ("mother", "verified", Some("civil_document"))
            } else {
                SIBLING
            };
            for other in &older {
                self.relate(entry, *other, child.person, tie);
            }
            older.push(child.person);
        }
        if let (Company::ChildMother, Some(mother)) = (house.company, house.children.first()) {
            let adult = Adult {
                person: mother.person,
                relation: "mother",
                name_seen: mother.seen_as,
            };
            house.adults.push(adult);
        }
    }

    fn relate(&mut self, entry: Entry<'_>, from: Uuid, to: Uuid, (kind, claim, proof): Tie) {
        self.rows.relationships.push(Relationship {
            id: self.dice.uuid(entry.at),
            territory_id: entry.team.city.territory,
            from_person: from,
            to_person: to,
            kind,
            claim,
            proof,
            created_by: entry.by,
            created_at: entry.at,
        });
    }
}

/// The adults of a family: their possible ties, and whether a woman.
fn adults_of(company: Company) -> &'static [(&'static [(Tie, u32)], bool)] {
    match company {
        Company::Mother => &[(MOTHER, true)],
        Company::BothParents => &[(MOTHER, true), (FATHER, false)],
        Company::Father => &[(FATHER, false)],
        Company::Grandmother => &[(GRANDMOTHER, true)],
        Company::Unrelated => &[(UNRELATED, false)],
        Company::Alone | Company::ChildMother => &[],
    }
}
