//! A group of people around a child. Knows neither HTTP nor SQL.

use crate::{
    ids::{CaseId, PersonId},
    people::{Birth, Claim, Names, Term},
};
use std::collections::BTreeMap;

/// Why somebody is in the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The child of the file.
    Child,
    /// A brother or sister, told so or through the mother or the father.
    Sibling,
    /// A child who was met at the same contact.
    Beside,
    /// A child of the child of the file: a mother may be sixteen.
    Offspring,
    /// An adult, or who is related as one.
    Adult,
}

impl Part {
    /// Every one, nearest first.
    pub const ALL: [Self; 5] = [
        Self::Child,
        Self::Sibling,
        Self::Beside,
        Self::Offspring,
        Self::Adult,
    ];

    /// As the question of the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Sibling => "sibling",
            Self::Beside => "beside",
            Self::Offspring => "offspring",
            Self::Adult => "adult",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Key of its words; an adult is what their kinship says.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Child => "family-part-child",
            Self::Sibling => "family-part-sibling",
            Self::Beside => "family-part-beside",
            Self::Offspring => "family-part-offspring",
            Self::Adult => "family-part-adult",
        }
    }
}

/// Somebody in the group.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// Why they are in it.
    pub part: Part,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// Names, as far as known.
    pub names: Names,
    /// Their own file and its number: every child met in the street, and a mother of sixteen.
    pub case: Option<(CaseId, String)>,
}

/// A kinship between two of them.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The adult, or the brother or sister.
    pub from: PersonId,
    /// The child.
    pub to: PersonId,
    /// Code of `ref.adult_relation`.
    pub kind: String,
    /// What is known of it.
    pub claim: Claim,
    /// Code of `ref.relation_proof`.
    pub proof: Option<String>,
    /// From when to when.
    pub term: Term,
}

impl Tie {
    /// Whether it joins two of one generation.
    pub fn is_level(&self) -> bool {
        self.kind == "sibling"
    }

    /// Whether she is said or shown to be the mother, and has a page as one.
    pub fn is_mother(&self) -> bool {
        self.kind == "mother" && self.claim != Claim::Refuted
    }
}

/// The people around one child, and what relates them.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Nearest first: the child, brothers and sisters, those met beside, adults.
    pub members: Vec<Member>,
    /// Every kinship between two of them.
    pub ties: Vec<Tie>,
}

impl Group {
    /// Somebody of the group.
    pub fn member(&self, id: PersonId) -> Option<&Member> {
        self.members.iter().find(|one| one.id == id)
    }

    /// What somebody is to others of the group.
    pub fn ties_of(&self, id: PersonId) -> Vec<&Tie> {
        self.ties.iter().filter(|tie| tie.from == id).collect()
    }

    /// Whether she has a page among the mothers.
    pub fn is_mother(&self, id: PersonId) -> bool {
        self.ties_of(id).iter().any(|tie| tie.is_mother())
    }

    /// How many generations somebody stands above the youngest, 0 for a child and 4 at most. What was refuted raises
    /// nobody; two who are each above the other, which no family is, end at the fourth.
    pub fn levels(&self) -> BTreeMap<PersonId, usize> {
        let ids = self.members.iter().map(|one| (one.id, 0));
        let mut levels: BTreeMap<PersonId, usize> = ids.collect();
        let raising: Vec<&Tie> = self
            .ties
            .iter()
            .filter(|tie| !tie.is_level() && tie.claim != Claim::Refuted)
            .collect();
        // each pass settles one generation more
        for _ in 1..self.members.len().min(5) {
            for tie in &raising {
                let below = levels.get(&tie.to).copied().unwrap_or(0);
                if let Some(level) = levels.get_mut(&tie.from)
                    && *level <= below
                {
                    *level = (below + 1).min(4);
                }
            }
        }
        // an adult whose only kinship was refuted still does not stand among the children
        for one in &self.members {
            if let Some(level) = levels.get_mut(&one.id)
                && one.part == Part::Adult
                && self.ties_of(one.id).iter().any(|tie| !tie.is_level())
            {
                *level = (*level).max(1);
            }
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn member(n: u128, part: Part) -> Member {
        Member {
            id: id(n),
            part,
            sex: "F".to_owned(),
            birth: None,
            names: Names::default(),
            case: None,
        }
    }

    fn tie(from: u128, to: u128, kind: &str, claim: Claim) -> Tie {
        Tie {
            from: id(from),
            to: id(to),
            kind: kind.to_owned(),
            claim,
            proof: None,
            term: Term::default(),
        }
    }

    fn levels(group: &Group) -> Vec<usize> {
        let levels = group.levels();
        let of = |one: &Member| levels.get(&one.id).copied().unwrap_or(9);
        group.members.iter().map(of).collect()
    }

    #[test]
    fn a_grandmother_stands_above_a_mother_above_her_child() {
        let group = Group {
            members: vec![
                member(1, Part::Child),
                member(2, Part::Sibling),
                member(3, Part::Adult),
                member(4, Part::Adult),
            ],
            ties: vec![
                tie(4, 3, "mother", Claim::Claimed),
                tie(3, 1, "mother", Claim::Verified),
                tie(2, 1, "sibling", Claim::Claimed),
            ],
        };
        assert_eq!(levels(&group), [0, 0, 1, 2]);
        assert!(group.is_mother(id(3)) && !group.is_mother(id(2)));
    }

    #[test]
    fn what_was_refuted_raises_nobody_and_leaves_an_adult_above() {
        let group = Group {
            members: vec![member(1, Part::Child), member(2, Part::Adult)],
            ties: vec![tie(2, 1, "mother", Claim::Refuted)],
        };
        assert_eq!(levels(&group), [0, 1]);
        assert!(!group.is_mother(id(2)));
    }

    #[test]
    fn a_circle_ends() {
        let group = Group {
            members: vec![member(1, Part::Child), member(2, Part::Adult)],
            ties: vec![
                tie(2, 1, "guardian", Claim::Claimed),
                tie(1, 2, "guardian", Claim::Claimed),
            ],
        };
        assert!(levels(&group).iter().all(|level| *level <= 4));
    }

    #[test]
    fn a_part_is_known_by_its_code() {
        for part in Part::ALL {
            assert_eq!(Part::from_code(part.code()), Some(part));
        }
        assert_eq!(Part::from_code("exploiter"), None);
    }
}
