//! What an extract can be made of, and the making.

use super::{
    domain::LegalBasis,
    material::{Included, Material, Part},
    seal::SCHEMA_VERSION,
    snapshot::{Adult, Child, Coded, Dossier, FrozenAge, FrozenNames, Meeting, Tie, UrgentNotice},
};
use crate::{
    authz::{CourtId, TerritoryId},
    forms::Line,
    ids::{AttachmentId, CaseId, ContactId, PersonId},
    people::{Birth, Names},
    reference::{Catalogue, List},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

/// The file that an extract is composed from.
#[derive(Debug)]
pub struct Subject {
    /// The file.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// Its child.
    pub child: PersonId,
    /// The contact its open episode began with.
    pub contact: Option<Seen>,
}

/// That contact.
#[derive(Debug)]
pub struct Seen {
    /// The contact.
    pub id: ContactId,
    /// Commune or arrondissement.
    pub place: String,
    /// Kind of place.
    pub spot: String,
    /// As typed.
    pub landmark: String,
    /// When.
    pub observed_at: DateTime<Utc>,
    /// Code of `ref.circumstance`.
    pub circumstance: String,
}

/// A child of the family with a live file.
#[derive(Debug)]
pub struct KnownChild {
    /// The child's own file.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// The child.
    pub person: PersonId,
    /// Code of `ref.sex`.
    pub sex: String,
    /// Names, as far as known.
    pub names: Names,
    /// Birth, as far as known.
    pub birth: Option<Birth>,
    /// Code of `ref.nationality`.
    pub nationality: Option<String>,
    /// Code of `ref.civil_status`.
    pub civil_status: Option<String>,
    /// Codes of `ref.red_flag`, as seen in the contact.
    pub flags: Vec<String>,
}

/// An adult related to the child.
#[derive(Debug)]
pub struct KnownAdult {
    /// The adult.
    pub person: PersonId,
    /// Code of `ref.sex`.
    pub sex: String,
    /// Names, as far as known.
    pub names: Names,
    /// Birth, as far as known.
    pub birth: Option<Birth>,
    /// To which children, and how.
    pub ties: Vec<KnownTie>,
}

/// A kinship, claimed or proved.
#[derive(Debug, Deserialize)]
pub struct KnownTie {
    /// The child.
    pub to: PersonId,
    /// Code of `ref.adult_relation`.
    pub kind: String,
    /// `claimed` or `verified`.
    pub claim: String,
    /// Code of `ref.relation_proof`.
    pub proof: Option<String>,
}

impl KnownAdult {
    /// What the adult says to be to that child.
    pub fn tie_to(&self, child: PersonId) -> Option<&KnownTie> {
        self.ties.iter().find(|tie| tie.to == child)
    }
}

/// A family as the composer sees it: the child of the file, then the others.
#[derive(Debug)]
pub struct Family {
    /// The file.
    pub subject: Subject,
    /// Its child first.
    pub children: Vec<KnownChild>,
    /// Adults related to its child.
    pub adults: Vec<KnownAdult>,
    /// What else the file has.
    pub material: Material,
}

/// What the composer chose.
#[derive(Debug)]
pub struct Choice {
    /// The court.
    pub court: CourtId,
    /// Why the prosecution is told.
    pub basis: LegalBasis,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// The other children to include, by their files.
    pub siblings: Vec<CaseId>,
    /// The adults to include.
    pub adults: Vec<PersonId>,
    /// The worker's words.
    pub summary: String,
    /// The parts to include.
    pub parts: Vec<Part>,
    /// The documents to include.
    pub documents: Vec<AttachmentId>,
}

/// A reason for another court.
#[derive(Debug)]
pub struct CourtChange {
    /// Code of `ref.court_change_reason`.
    pub reason: String,
    /// In the worker's words.
    pub note: Option<Line>,
}

impl Family {
    /// The children that the choice includes, the child of the file always.
    pub fn chosen_children(&self, choice: &Choice) -> Vec<&KnownChild> {
        let included = |c: &&KnownChild| {
            c.case_id == self.subject.case_id || choice.siblings.contains(&c.case_id)
        };
        self.children.iter().filter(included).collect()
    }

    /// The adults that the choice includes.
    pub fn chosen_adults(&self, choice: &Choice) -> Vec<&KnownAdult> {
        self.adults
            .iter()
            .filter(|adult| choice.adults.contains(&adult.person))
            .collect()
    }

    /// The extract of that choice, as of that day.
    pub fn freeze(
        &self,
        choice: &Choice,
        from: TerritoryId,
        on: NaiveDate,
        words: &Catalogue,
    ) -> Dossier {
        let children = self.chosen_children(choice);
        let adults = self.chosen_adults(choice);
        let included = Included::of(&choice.parts);
        let assessment = self.material.freeze_assessment(words);
        let assessment = assessment.filter(|_| included.assessment);
        let freeze_adult = |adult: &&KnownAdult| {
            let ties = adult
                .ties
                .iter()
                .filter(|tie| children.iter().any(|c| c.person == tie.to));
            Adult {
                person: adult.person,
                names: freeze_names(&adult.names, included),
                sex: Coded::of(words, List::Sex, &adult.sex),
                age: freeze_age(words, adult.birth.as_ref(), on),
                ties: ties.map(|tie| freeze_tie(words, tie)).collect(),
            }
        };
        Dossier {
            schema_version: SCHEMA_VERSION,
            composed_on: on,
            case_number: self.subject.number.clone(),
            origin: Coded::territory(words, from),
            court: Coded::court(words, choice.court),
            legal_basis: Coded::key(choice.basis.code(), choice.basis.key()),
            urgent: choice.urgent,
            included: Included {
                assessment: assessment.is_some(),
                ..included
            },
            contact: self
                .subject
                .contact
                .as_ref()
                .filter(|_| included.contact)
                .map(|seen| freeze_contact(words, seen)),
            children: children
                .iter()
                .map(|child| freeze_child(words, child, on, included))
                .collect(),
            adults: adults.iter().map(freeze_adult).collect(),
            summary: choice.summary.clone(),
            assessment,
            documents: self
                .material
                .freeze_documents(words, &choice.documents, included.identity),
        }
    }

    /// The urgent notice of the child of the file; `None` if the file has no child in view.
    pub fn notice(
        &self,
        court: CourtId,
        from: TerritoryId,
        on: NaiveDate,
        words: &Catalogue,
    ) -> Option<UrgentNotice> {
        let child = self.children.first()?;
        let cell = words
            .providers(from)
            .into_iter()
            .find(|o| o.r#type == "social_cell");
        Some(UrgentNotice {
            schema_version: SCHEMA_VERSION,
            composed_on: on,
            case_number: self.subject.number.clone(),
            origin: Coded::territory(words, from),
            court: Coded::court(words, court),
            sex: Coded::of(words, List::Sex, &child.sex),
            age: freeze_age(words, child.birth.as_ref(), on),
            contact: self
                .subject
                .contact
                .as_ref()
                .map(|seen| freeze_contact(words, seen)),
            flags: child
                .flags
                .iter()
                .map(|flag| Coded::of(words, List::RedFlag, flag))
                .collect(),
            callback: cell.map_or_else(
                || Coded::key("cell", "notice-callback-cell"),
                |o| Coded::new(&o.code, &o.label),
            ),
        })
    }
}

fn freeze_age(words: &Catalogue, birth: Option<&Birth>, on: NaiveDate) -> Option<FrozenAge> {
    let birth = birth?;
    let age = birth.age_on(on);
    let basis = Coded::of(words, List::BirthBasis, &birth.basis);
    Some(FrozenAge {
        min_months: age.min_months,
        max_months: age.max_months,
        basis,
    })
}

fn freeze_contact(words: &Catalogue, seen: &Seen) -> Meeting {
    Meeting {
        place: Coded::place(words, &seen.place),
        spot: Coded::of(words, List::ContactPlace, &seen.spot),
        landmark: seen.landmark.clone(),
        observed_at: seen.observed_at,
        circumstance: Coded::of(words, List::Circumstance, &seen.circumstance),
    }
}

/// Names go out with the identity, or not at all.
fn freeze_names(names: &Names, included: Included) -> FrozenNames {
    if included.identity {
        names.into()
    } else {
        (&Names::default()).into()
    }
}

fn freeze_child(words: &Catalogue, child: &KnownChild, on: NaiveDate, included: Included) -> Child {
    let coded = |list, code: Option<&String>| {
        let code = code.filter(|_| included.identity);
        code.map(|code| Coded::of(words, list, code))
    };
    Child {
        person: child.person,
        case_number: child.number.clone(),
        names: freeze_names(&child.names, included),
        sex: Coded::of(words, List::Sex, &child.sex),
        age: freeze_age(words, child.birth.as_ref(), on),
        nationality: coded(List::Nationality, child.nationality.as_ref()),
        civil_status: coded(List::CivilStatus, child.civil_status.as_ref()),
        flags: child
            .flags
            .iter()
            .filter(|_| included.contact)
            .map(|flag| Coded::of(words, List::RedFlag, flag))
            .collect(),
    }
}

fn freeze_tie(words: &Catalogue, tie: &KnownTie) -> Tie {
    Tie {
        to: tie.to,
        kind: Coded::of(words, List::AdultRelation, &tie.kind),
        verified: tie.claim == "verified",
        proof: tie
            .proof
            .as_ref()
            .map(|proof| Coded::of(words, List::RelationProof, proof)),
    }
}
