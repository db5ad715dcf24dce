//! A child's identity and kinship: what may be said of them. Knows neither HTTP nor SQL.

use crate::{
    ids::PersonId,
    people::{Birth, ChildFile, Names, db::NewPerson},
};

/// A child of the prefecture, with a live file.
#[derive(Debug, Clone)]
pub struct Child {
    /// Who.
    pub id: PersonId,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// Code of `ref.nationality`; `None`: not asked.
    pub nationality: Option<String>,
    /// Code of `ref.civil_status`; `None`: not asked.
    pub civil_status: Option<String>,
    /// Names of the civil register, or as a parent says them.
    pub names: Names,
    /// The name used in the street.
    pub nickname: Option<String>,
    /// For the optimistic lock.
    pub version: i32,
    /// The file.
    pub file: ChildFile,
}

impl Child {
    /// The names to call the child by: the civil ones, else the nickname.
    pub fn called(&self) -> Names {
        if self.names.is_unknown() {
            nickname(self.nickname.clone().unwrap_or_default())
        } else {
            self.names.clone()
        }
    }
}

/// A name in one script, in the columns of that script.
pub fn nickname(text: String) -> Names {
    let is_arabic = text
        .chars()
        .any(|c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}'));
    if is_arabic {
        Names {
            given_ar: text,
            ..Names::default()
        }
    } else {
        Names {
            given_la: text,
            ..Names::default()
        }
    }
}

/// A change of the date of birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BirthChange {
    /// What is recorded stays, an old estimate with the day it was made on.
    Keep,
    /// A date, or a new estimate.
    Set(Birth),
}

/// An identity as the form gives it.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Sex.
    pub sex: String,
    /// Birth.
    pub birth: BirthChange,
    /// Nationality; `None`: not asked.
    pub nationality: Option<String>,
    /// Civil status; `None`: not asked.
    pub civil_status: Option<String>,
    /// Civil names.
    pub names: Names,
    /// Nickname.
    pub nickname: Names,
}

impl Identity {
    /// Names of the fields that differ, for the audit trail: never their content.
    pub fn changes(&self, was: &Child) -> Vec<&'static str> {
        let birth = matches!(&self.birth, BirthChange::Set(new) if Some(new) != was.birth.as_ref());
        let same_nickname = nickname(was.nickname.clone().unwrap_or_default()) == self.nickname;
        [
            ("sex", self.sex != was.sex),
            ("birth", birth),
            ("nationality", self.nationality != was.nationality),
            ("civil_status", self.civil_status != was.civil_status),
            ("names", self.names != was.names),
            ("nickname", !same_nickname),
        ]
        .into_iter()
        .filter_map(|(field, changed)| changed.then_some(field))
        .collect()
    }
}

/// An adult who is already known around the child's siblings or contact.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub id: PersonId,
    /// Sex.
    pub sex: String,
    /// Birth.
    pub birth: Option<Birth>,
    /// Names.
    pub names: Names,
    /// What they are to the other child.
    pub kind: String,
    /// Number of that child's file.
    pub number: Option<String>,
}

/// Whom the child is to be related to.
#[derive(Debug, Clone)]
pub enum Adult {
    /// Someone new, under the id of the form.
    New(PersonId, NewPerson),
    /// One of the candidates.
    Known(PersonId),
}

/// A kinship to record.
#[derive(Debug, Clone)]
pub struct Kinship {
    /// The adult.
    pub adult: Adult,
    /// Code of `ref.adult_relation`.
    pub kind: String,
    /// Code of `ref.relation_proof`.
    pub proof: Option<String>,
}

/// Whether a kinship fits a sex: a mother is a woman, a father a man; the rest may be either.
pub fn fits(kind: &str, sex: &str) -> bool {
    match kind {
        "mother" | "mother_unverified" => sex == "F",
        "father" => sex == "M",
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nickname_goes_to_its_own_script() {
        assert_eq!(nickname("حمودة".to_owned()).ar(), "حمودة");
        assert_eq!(nickname("Momo".to_owned()).la(), "Momo");
        assert!(nickname(String::new()).is_unknown());
    }

    #[test]
    fn kinship_fits_the_sex() {
        assert!(fits("mother", "F") && !fits("mother", "M") && !fits("mother_unverified", "M"));
        assert!(fits("father", "M") && !fits("father", "F"));
        assert!(fits("neighbour", "F") && fits("kafil", "M"));
    }
}
