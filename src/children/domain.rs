//! A child's identity and kinship: what may be said of them. Knows neither HTTP nor SQL.

use crate::{
    forms::western_digits,
    i18n::Msg,
    ids::PersonId,
    people::{Birth, ChildFile, Claim, Names, Term, db::NewPerson},
    vault::Reading,
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
    /// Disability and schooling; nothing of a colleague's file.
    pub condition: Condition,
    /// Names of the civil register, or as a parent says them.
    pub names: Names,
    /// The name used in the street.
    pub nickname: Option<String>,
    /// Numbers that identify the child, masked; none in a colleague's file.
    pub identifiers: Vec<Identifier>,
    /// For the optimistic lock.
    pub version: i32,
    /// The file.
    pub file: ChildFile,
}

/// What is known of a child's disability and schooling. `None` is "not asked", which is not the code "unknown".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// Code of `ref.disability`, as known now.
    pub disability: Option<String>,
    /// Code of `ref.education_status`, of the day on which the file was opened.
    pub education: Option<String>,
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

/// A number that identifies a person, as a page shows it.
#[derive(Debug, Clone)]
pub struct Identifier {
    /// Code of `ref.identifier_kind`.
    pub kind: String,
    /// Its end.
    pub shown: Reading,
}

impl Identifier {
    /// Dots and the last two characters: enough to compare with a paper in the hand.
    pub fn mask(value: &str) -> String {
        let hidden = value.chars().count().saturating_sub(2);
        let end: String = value.chars().skip(hidden).collect();
        format!("••••{end}")
    }
}

/// A number to record.
#[derive(Clone)]
pub struct NewIdentifier {
    /// Code of `ref.identifier_kind`.
    pub kind: String,
    /// In one form: capitals, ASCII digits, no space.
    pub value: String,
}

/// The number itself is for no log.
impl std::fmt::Debug for NewIdentifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewIdentifier({})", self.kind)
    }
}

impl NewIdentifier {
    /// Reads a number as it is typed from a paper, on any keyboard.
    pub fn parse(kind: &str, text: &str) -> Result<Self, Msg> {
        let value: String = western_digits(text)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_uppercase();
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-".contains(c);
        let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
        let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
        let rest = value.get(letters..).unwrap_or_default();
        let right = (4..=30).contains(&value.len())
            && value.chars().all(plain)
            && match kind {
                "cnie" => (1..=2).contains(&letters) && digits(rest) && rest.len() <= 6,
                "massar" => letters == 1 && digits(rest) && rest.len() == 9,
                _ => value.bytes().any(|b| b.is_ascii_digit()),
            };
        if right {
            Ok(Self {
                kind: kind.to_owned(),
                value,
            })
        } else {
            Err(Msg::new("child-identifier-shape"))
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
    /// Disability and schooling.
    pub condition: Condition,
    /// Civil names.
    pub names: Names,
    /// Nickname.
    pub nickname: Names,
    /// A number to record.
    pub identifier: Option<NewIdentifier>,
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
            (
                "disability",
                self.condition.disability != was.condition.disability,
            ),
            (
                "education",
                self.condition.education != was.condition.education,
            ),
            ("names", self.names != was.names),
            ("nickname", !same_nickname),
            ("identifier", self.identifier.is_some()),
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
    /// What they are to the other child; of a child with a file of its own, `sibling`: what it would be.
    pub kind: String,
    /// Number of that child's file.
    pub number: Option<String>,
    /// A child with a file of its own.
    pub is_child: bool,
    /// Whose file is a protected one.
    pub is_protected: bool,
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
    /// From when to when.
    pub term: Term,
}

/// A verdict on a kinship, with what it rests on, and its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is known of it.
    pub claim: Claim,
    /// Code of `ref.relation_proof`.
    pub proof: Option<String>,
    /// From when to when.
    pub term: Term,
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
    fn one_number_has_one_form_on_any_keyboard() {
        for text in [
            "AB12345",
            "ab 12345",
            " a b 1 2 3 4 5 ",
            "AB١٢٣٤٥",
            "ab۱۲۳۴۵",
        ] {
            let read = NewIdentifier::parse("cnie", text).unwrap();
            assert_eq!(read.value, "AB12345", "{text}");
        }
        let wrong = [
            ("cnie", "12345"),
            ("cnie", "ABC12345"),
            ("cnie", "AB1234567"),
            ("cnie", "AB12345'--"),
            ("massar", "G12345678"),
            ("birth_act", "نص"),
            ("passport", ""),
            ("passport", "ABCDEF"),
        ];
        for (kind, text) in wrong {
            assert!(NewIdentifier::parse(kind, text).is_err(), "{kind} {text}");
        }
        assert!(NewIdentifier::parse("massar", "g 123 456 789").is_ok());
        assert!(NewIdentifier::parse("birth_act", "123/2015").is_ok());
    }

    #[test]
    fn a_number_is_shown_by_its_end() {
        assert_eq!(Identifier::mask("AB12345"), "••••45");
        assert_eq!(Identifier::mask("7"), "••••7");
        let new = NewIdentifier::parse("cnie", "AB12345").unwrap();
        assert_eq!(format!("{new:?}"), "NewIdentifier(cnie)");
    }

    #[test]
    fn kinship_fits_the_sex() {
        assert!(fits("mother", "F") && !fits("mother", "M") && !fits("mother_unverified", "M"));
        assert!(fits("father", "M") && !fits("father", "F"));
        assert!(fits("neighbour", "F") && fits("kafil", "M"));
    }
}
