//! The frozen extract: what left the prefecture, word for word, for as long as anyone can be asked about it.
//!
//! An extract carries its labels in the three languages and its ages as of its day, so that it reads the
//! same in ten years, whatever becomes of the lists. How it becomes one text with one name is in
//! [`super::seal`].

use super::material::{FrozenAssessment, FrozenDocument, Included};
use crate::{
    ids::PersonId,
    people::{Age, Names},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use super::coded::Coded;

macro_rules! silent {
    ($($name:ident),+) => {$(
        /// Facts about people: never in a log.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
pub(super) use silent;
silent!(Dossier, UrgentNotice, Child, Adult, Meeting, FrozenNames);

/// Names as known that day; all empty for nobody knows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenNames {
    given_ar: String,
    family_ar: String,
    given_la: String,
    family_la: String,
}

impl From<&Names> for FrozenNames {
    fn from(names: &Names) -> Self {
        Self {
            given_ar: names.given_ar.clone(),
            family_ar: names.family_ar.clone(),
            given_la: names.given_la.clone(),
            family_la: names.family_la.clone(),
        }
    }
}

impl FrozenNames {
    /// To be said as any name.
    pub fn names(&self) -> Names {
        Names {
            given_ar: self.given_ar.clone(),
            family_ar: self.family_ar.clone(),
            given_la: self.given_la.clone(),
            family_la: self.family_la.clone(),
        }
    }
}

/// An age on the day of the extract, in completed months, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenAge {
    /// At least.
    pub min_months: i32,
    /// At most.
    pub max_months: i32,
    /// `ref.birth_basis`.
    pub basis: Coded,
}

impl FrozenAge {
    /// In the reader's words.
    pub fn say(&self, ui: &Ui) -> String {
        Age {
            min_months: self.min_months,
            max_months: self.max_months,
        }
        .say(ui)
    }
}

/// The street contact that the file began with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Commune or arrondissement.
    pub place: Coded,
    /// Kind of place.
    pub spot: Coded,
    /// As typed by the team; may be empty.
    pub landmark: String,
    /// When.
    pub observed_at: DateTime<Utc>,
    /// With whom or how the child was there.
    pub circumstance: Coded,
}

/// A child of the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// Whom the decision points at.
    pub person: PersonId,
    /// Number of the child's file.
    pub case_number: String,
    /// Names.
    pub names: FrozenNames,
    /// Sex.
    pub sex: Coded,
    /// Age that day, if anyone knows.
    pub age: Option<FrozenAge>,
    /// Nationality, if asked.
    pub nationality: Option<Coded>,
    /// Registered at the civil status office or not, if asked.
    pub civil_status: Option<Coded>,
    /// Red flags seen on this child in that contact.
    pub flags: Vec<Coded>,
}

/// What an adult says to be to a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The child.
    pub to: PersonId,
    /// The kinship.
    pub kind: Coded,
    /// Whether a document proves it.
    pub verified: bool,
    /// Which one.
    pub proof: Option<Coded>,
}

/// An adult of the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adult {
    /// Whom the decision points at.
    pub person: PersonId,
    /// Names.
    pub names: FrozenNames,
    /// Sex.
    pub sex: Coded,
    /// Age that day, if anyone knows.
    pub age: Option<FrozenAge>,
    /// Kinship with the children of the file.
    pub ties: Vec<Tie>,
}

/// The extract sent with a judicial referral. No clinical content and no address: none is read to make it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// [`super::seal::SCHEMA_VERSION`] when written.
    pub schema_version: i16,
    /// The day ages are counted at.
    pub composed_on: NaiveDate,
    /// Number of the child's file it was composed from.
    pub case_number: String,
    /// The prefecture.
    pub origin: Coded,
    /// The court it is for.
    pub court: Coded,
    /// Why the cell tells the prosecution.
    pub legal_basis: Coded,
    /// Whether it asks for a decision the same day.
    pub urgent: bool,
    /// What its author chose to let the prosecution see.
    #[serde(default = "Included::before")]
    pub included: Included,
    /// The contact, if the file began with one.
    pub contact: Option<Meeting>,
    /// The children, the one of the file first.
    pub children: Vec<Child>,
    /// The adults.
    pub adults: Vec<Adult>,
    /// The worker's own words.
    pub summary: String,
    /// The latest assessment, in short.
    #[serde(default)]
    pub assessment: Option<FrozenAssessment>,
    /// What goes with it: the court may open these documents, and no other.
    #[serde(default)]
    pub documents: Vec<FrozenDocument>,
}

impl Dossier {
    /// Place of a child in the extract, from 1: "mother of child 2".
    pub fn number_of(&self, child: PersonId) -> usize {
        self.children
            .iter()
            .position(|one| one.person == child)
            .map_or(0, |i| i + 1)
    }
}

/// An urgent notice: what a prosecutor on duty needs in the first minute, and whom to call.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgentNotice {
    /// [`super::seal::SCHEMA_VERSION`] when written.
    pub schema_version: i16,
    /// The day the age is counted at.
    pub composed_on: NaiveDate,
    /// Number of the child's file.
    pub case_number: String,
    /// The prefecture.
    pub origin: Coded,
    /// The court it is for.
    pub court: Coded,
    /// Sex of the child.
    pub sex: Coded,
    /// Age of the child, if anyone knows.
    pub age: Option<FrozenAge>,
    /// Where and when the child was met.
    pub contact: Option<Meeting>,
    /// Red flags.
    pub flags: Vec<Coded>,
    /// Whom to call: the cell.
    pub callback: Coded,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prosecution::seal::{SCHEMA_VERSION, Sealed, open};
    use crate::{
        authz::{CourtId, TerritoryId},
        ids::{AttachmentId, CaseId},
        people::Birth,
        prosecution::{
            domain::LegalBasis,
            family::{Choice, Family, KnownAdult, KnownChild, KnownTie, Subject},
            material::{KnownAssessment, KnownDocument, Material, Part},
        },
        reference::Catalogue,
    };
    use uuid::Uuid;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn child(n: u128) -> KnownChild {
        KnownChild {
            case_id: CaseId(Uuid::from_u128(100 + n)),
            number: format!("SAL-2026-0000{n}-B"),
            person: PersonId(Uuid::from_u128(n)),
            sex: "F".into(),
            names: Names::new(Some("زهرة".into()), None, None, None),
            birth: Birth::from_age(6, 10, day(1), "estimated").ok(),
            nationality: None,
            civil_status: Some("not_registered".into()),
            flags: vec!["infant".into()],
        }
    }

    fn family() -> Family {
        let tie = |to| KnownTie {
            to: PersonId(Uuid::from_u128(to)),
            kind: "mother".into(),
            claim: "claimed".into(),
            proof: None,
        };
        Family {
            subject: Subject {
                case_id: CaseId(Uuid::from_u128(101)),
                number: "SAL-2026-00001-B".into(),
                child: PersonId(Uuid::from_u128(1)),
                contact: None,
            },
            children: vec![child(1), child(2)],
            adults: vec![KnownAdult {
                person: PersonId(Uuid::from_u128(9)),
                sex: "F".into(),
                names: Names::default(),
                birth: None,
                ties: vec![tie(1), tie(2)],
            }],
            material: Material {
                assessment: Some(KnownAssessment {
                    completed_on: day(20),
                    risk: "high".into(),
                    scores: Vec::new(),
                    indicators: vec!["debt".into()],
                }),
                documents: vec![KnownDocument {
                    id: AttachmentId(Uuid::from_u128(70)),
                    kind: "photo".into(),
                    title: Some("صورة زهرة".into()),
                    media: crate::documents::Media::Pdf,
                    size: 5,
                    sha256: "00ff".into(),
                    added_at: chrono::DateTime::UNIX_EPOCH,
                    author_ar: String::new(),
                    author_la: String::new(),
                }],
            },
        }
    }

    fn chosen(siblings: Vec<CaseId>, parts: &[Part]) -> Dossier {
        let choice = Choice {
            court: CourtId(12),
            basis: LegalBasis::ChildVictim,
            urgent: true,
            siblings,
            adults: vec![PersonId(Uuid::from_u128(9))],
            summary: "رضيع \"محمول\"\nقرب المحطة".into(),
            parts: parts.to_vec(),
            documents: vec![AttachmentId(Uuid::from_u128(70))],
        };
        family().freeze(&choice, TerritoryId(2), day(24), &Catalogue::default())
    }

    fn dossier(siblings: Vec<CaseId>) -> Dossier {
        chosen(siblings, &Part::ALL)
    }

    fn salt() -> crate::vault::Salt {
        crate::vault::Salt("s".to_owned())
    }

    #[test]
    fn the_same_choice_on_the_same_day_is_the_same_text() {
        assert!(
            Sealed::salted(&dossier(vec![]), &salt()).unwrap()
                == Sealed::salted(&dossier(vec![]), &salt()).unwrap()
        );
    }

    #[test]
    fn what_was_frozen_reads_back_whole() {
        let dossier = dossier(vec![CaseId(Uuid::from_u128(102))]);
        let sealed = Sealed::salted(&dossier, &salt()).unwrap();
        let read: Dossier = open(SCHEMA_VERSION, &sealed.text).unwrap();
        assert!(read == dossier);
        assert_eq!(Sealed::salted(&read, &salt()).unwrap().text, sealed.text);
        assert!(open::<Dossier>(SCHEMA_VERSION + 1, &sealed.text).is_err());
    }

    #[test]
    fn a_child_that_was_not_chosen_is_nowhere_in_the_text() {
        let alone = Sealed::salted(&dossier(vec![]), &salt()).unwrap().text;
        assert!(!alone.contains(&Uuid::from_u128(2).to_string()));
        assert!(!alone.contains("SAL-2026-00002-B"));
        let both = dossier(vec![CaseId(Uuid::from_u128(102))]);
        assert_eq!(both.number_of(PersonId(Uuid::from_u128(2))), 2);
        assert_eq!(both.adults[0].ties.len(), 2);
    }

    #[test]
    fn what_was_left_out_is_nowhere_in_the_text() {
        let bare = chosen(vec![], &[]);
        let text = Sealed::salted(&bare, &salt()).unwrap().text;
        for word in ["زهرة", "not_registered", "infant", "debt"] {
            assert!(!text.contains(word), "{word}");
        }
        assert!(text.contains("SAL-2026-00001-B") && bare.children[0].age.is_some());
        assert!(text.contains("00ff"), "a document goes with its print");
        let whole = Sealed::salted(&dossier(vec![]), &salt()).unwrap().text;
        for word in ["زهرة", "صورة", "not_registered", "infant", "debt"] {
            assert!(whole.contains(word), "{word}");
        }
    }

    #[test]
    fn a_text_of_the_first_format_still_opens() {
        let mut old = serde_json::to_value(dossier(vec![])).unwrap();
        for field in ["included", "assessment", "documents"] {
            old.as_object_mut().unwrap().remove(field);
        }
        let read: Dossier = open(1, &old.to_string()).unwrap();
        assert!(read.included.identity && read.documents.is_empty());
        assert!(read.assessment.is_none());
    }

    #[test]
    fn an_age_is_counted_on_the_day_of_the_extract() {
        let age = dossier(vec![]).children[0].age.clone().unwrap();
        assert_eq!((age.min_months, age.max_months), (6, 11));
    }

    #[test]
    fn an_urgent_notice_names_nobody() {
        let family = family();
        let notice = family
            .notice(CourtId(12), TerritoryId(2), day(24), &Catalogue::default())
            .unwrap();
        let text = Sealed::salted(&notice, &salt()).unwrap().text;
        assert!(!text.contains("زهرة"));
        assert!(!text.contains(&Uuid::from_u128(1).to_string()));
    }
}
