//! What is known of a child, or of an adult by the children around, as far as two records are compared by it.

use crate::{
    ids::{CaseId, PersonId},
    people::{Birth, Names},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::fmt;
use uuid::Uuid;

/// A name of somebody, of one kind.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Called {
    /// `civil`, `alias` or `street`.
    pub kind: String,
    /// Given name in Arabic.
    pub given_ar: String,
    /// Family name in Arabic.
    pub family_ar: String,
    /// Given name in Latin letters.
    pub given_la: String,
    /// Family name in Latin letters.
    pub family_la: String,
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Called({}, …)", self.kind)
    }
}

impl Called {
    /// Of that kind.
    pub fn new(kind: &str, names: &Names) -> Self {
        Self {
            kind: kind.to_owned(),
            given_ar: names.given_ar.clone(),
            family_ar: names.family_ar.clone(),
            given_la: names.given_la.clone(),
            family_la: names.family_la.clone(),
        }
    }

    /// For a page.
    pub fn names(&self) -> Names {
        Names {
            given_ar: self.given_ar.clone(),
            family_ar: self.family_ar.clone(),
            given_la: self.given_la.clone(),
            family_la: self.family_la.clone(),
        }
    }

    /// Whole, in each script that it is known in.
    pub fn whole(&self) -> Vec<String> {
        let names = self.names();
        both(names.ar(), names.la())
    }

    /// The given name alone, likewise.
    pub fn given(&self) -> Vec<String> {
        both(self.given_ar.clone(), self.given_la.clone())
    }
}

fn both(ar: String, la: String) -> Vec<String> {
    [ar, la]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect()
}

/// A mother, or who says to be the mother.
#[derive(Debug, Clone, Deserialize)]
pub struct Mother {
    /// Her record; nobody's, of one that was only told of.
    pub person: Option<PersonId>,
    /// The human being behind it.
    pub human: Option<Uuid>,
    /// Her names.
    pub names: Vec<Called>,
}

/// A brother or sister.
#[derive(Debug, Clone, Deserialize)]
pub struct Sibling {
    /// The human being behind the record.
    pub human: Uuid,
    /// The names.
    pub names: Vec<Called>,
}

/// A child around an adult, with a file.
#[derive(Debug, Clone, Deserialize)]
pub struct Child {
    /// The record.
    pub person: PersonId,
    /// The human being behind it.
    pub human: Uuid,
    /// The file.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// What the adult is said to be to the child: code of `ref.adult_relation`.
    pub kind: String,
    /// The names.
    pub names: Vec<Called>,
}

impl Child {
    /// Whether the adult is said to be the mother.
    pub fn is_hers(&self) -> bool {
        matches!(self.kind.as_str(), "mother" | "mother_unverified")
    }
}

/// A sign on the body that anybody sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BodySign {
    /// Code of `ref.body_sign`.
    pub sign: String,
    /// Code of `ref.body_part`.
    pub part: String,
}

/// What is compared.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Traits {
    /// `F`, `M`, `U`.
    pub sex: String,
    /// Earliest possible day of birth; null with the two that follow.
    pub earliest: Option<NaiveDate>,
    /// Latest possible day of birth.
    pub latest: Option<NaiveDate>,
    /// How it is known: code of `ref.birth_basis`.
    pub basis: Option<String>,
    /// When the record was last written: an age that was guessed is as old as this, at most.
    pub told_at: DateTime<Utc>,
    /// Since when names and mother are what they are.
    pub named_at: DateTime<Utc>,
    /// The names that lie in clear.
    pub names: Vec<Called>,
    /// Who is said to be the mother, not refuted.
    pub mothers: Vec<Mother>,
    /// Brothers and sisters.
    pub siblings: Vec<Sibling>,
    /// Codes of the communes where the child was met, or a child around the adult.
    pub places: Vec<String>,
    /// Distinguishing signs.
    pub signs: Vec<BodySign>,
    /// Children around an adult; a child has none, and every adult that is compared has one at least.
    #[serde(default)]
    pub children: Vec<Child>,
    /// Prints of the telephones that an adult told beside them.
    #[serde(default)]
    pub phones: Vec<String>,
}

impl Traits {
    /// Whether it is an adult that is compared, by the children around.
    pub fn is_adult(&self) -> bool {
        !self.children.is_empty()
    }

    /// When born, as far as known.
    pub fn birth(&self) -> Option<Birth> {
        Birth::known(self.earliest, self.latest, self.basis.clone())
    }

    /// Known to be born then.
    pub fn born(&mut self, birth: Option<Birth>) {
        self.earliest = birth.as_ref().map(|birth| birth.earliest);
        self.latest = birth.as_ref().map(|birth| birth.latest);
        self.basis = birth.map(|birth| birth.basis);
    }

    /// What somebody is called: by the civil register, else as it is.
    pub fn called(&self) -> Names {
        self.names.first().map(Called::names).unwrap_or_default()
    }
}

/// A child with a file, or an adult.
#[derive(Debug, Clone, Deserialize)]
pub struct Facts {
    /// Who.
    pub person: PersonId,
    /// The file; of an adult, one of her own, if she is a child herself.
    pub case: Option<CaseId>,
    /// Its number.
    pub number: Option<String>,
    /// When the file was opened; of an adult, the record.
    pub opened_at: DateTime<Utc>,
    /// The identity behind the record.
    pub identity: Option<Uuid>,
    /// What is compared.
    #[serde(flatten)]
    pub traits: Traits,
}

impl Facts {
    /// Whether she is said or shown to be the mother of a child, and has a page among the mothers.
    pub fn is_mother(&self) -> bool {
        self.traits.children.iter().any(|one| one.kind == "mother")
    }

    /// Whether the two can be a pair. Of two adults one is a mother, who has the page on which the pair is read, and not
    /// each has a file of her own: then they are compared as children.
    pub fn pairs_with(&self, other: &Self) -> bool {
        !self.traits.is_adult()
            || ((self.is_mother() || other.is_mother())
                && (self.case.is_none() || other.case.is_none()))
    }
}
