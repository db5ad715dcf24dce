//! What an extract can carry beside the family: an assessment in short, and documents. No clinical word and no clinical
//! document is read to make it.

use super::{coded::Coded, snapshot::silent};
use crate::{
    documents::Media,
    i18n::Msg,
    ids::AttachmentId,
    reference::{Catalogue, List},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

silent!(KnownDocument, FrozenDocument, Annex);

/// A part of a dossier that its author may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Names, civil status and nationality. Without them: sex, age and the number of the file.
    Identity,
    /// Where, when and how the child was met, and the red flags that were seen.
    Contact,
    /// The latest assessment, in codes.
    Assessment,
}

impl Part {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Contact, Self::Assessment];

    /// As the form sends it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Assessment => "assessment",
        }
    }

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Identity => "judicial-part-identity",
            Self::Contact => "judicial-part-contact",
            Self::Assessment => "judicial-part-assessment",
        }
    }

    /// Key of what is in it.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Identity => "judicial-part-identity-hint",
            Self::Contact => "judicial-part-contact-hint",
            Self::Assessment => "judicial-part-assessment-hint",
        }
    }

    /// From the form.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        Self::ALL
            .into_iter()
            .find(|one| one.code() == text)
            .ok_or_else(|| Msg::new("error-choice"))
    }
}

/// What a dossier says that it holds: what is left out is not what nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// Names, civil status, nationality.
    pub identity: bool,
    /// The facts of the contact.
    pub contact: bool,
    /// The assessment.
    pub assessment: bool,
}

impl Included {
    /// What was chosen.
    pub fn of(parts: &[Part]) -> Self {
        Self {
            identity: parts.contains(&Part::Identity),
            contact: parts.contains(&Part::Contact),
            assessment: parts.contains(&Part::Assessment),
        }
    }

    /// Of the first format, in which nothing could be left out and no assessment was sent.
    pub const fn before() -> Self {
        Self {
            identity: true,
            contact: true,
            assessment: false,
        }
    }
}

/// What the file of the child has beside the family: what the composer chooses from.
#[derive(Debug, Default)]
pub struct Material {
    /// The latest completed assessment of the open episode.
    pub assessment: Option<KnownAssessment>,
    /// Its documents that are not clinical, the latest first.
    pub documents: Vec<KnownDocument>,
}

/// An assessment in codes.
#[derive(Debug)]
pub struct KnownAssessment {
    /// The day it was completed.
    pub completed_on: NaiveDate,
    /// Code of `ref.risk_level`: the level of the file now.
    pub risk: String,
    /// In the order of the list.
    pub scores: Vec<KnownScore>,
    /// Codes of `ref.exploitation_indicator`.
    pub indicators: Vec<String>,
}

/// One domain of it.
#[derive(Debug, Deserialize)]
pub struct KnownScore {
    /// Code of `ref.assessment_domain`.
    pub domain: String,
    /// From 1 to 4.
    pub score: i16,
}

/// A document of the file.
#[derive(Clone)]
pub struct KnownDocument {
    /// Which.
    pub id: AttachmentId,
    /// Code of `ref.document_kind`.
    pub kind: String,
    /// What it is called, if somebody said and it can be read.
    pub title: Option<String>,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub size: i32,
    /// Their hash, in hexadecimal digits.
    pub sha256: String,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom, in Arabic.
    pub author_ar: String,
    /// By whom, in Latin letters.
    pub author_la: String,
}

/// An assessment as it was sent: codes, and nothing that anyone wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenAssessment {
    /// The day it was completed.
    pub completed_on: NaiveDate,
    /// The level of risk of the file that day.
    pub risk: Coded,
    /// What was found, domain by domain.
    pub scores: Vec<FrozenScore>,
    /// Signs of exploitation.
    pub indicators: Vec<Coded>,
}

/// One domain of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenScore {
    /// Which.
    pub domain: Coded,
    /// From 1 to 4.
    pub score: i16,
}

/// A document as it was sent: what it is, and the hash of the bytes that the court gets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenDocument {
    /// Which.
    pub id: AttachmentId,
    /// Its kind.
    pub kind: Coded,
    /// What it is called; empty where nobody said, or where no name goes out.
    pub title: String,
    /// What it is (`jpeg`, `pdf`, `docx`).
    pub media: String,
    /// Its bytes.
    pub size: i32,
    /// Their SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// When it was added to the file.
    pub added_at: DateTime<Utc>,
    /// By whom, in Arabic.
    pub author_ar: String,
    /// By whom, in Latin letters.
    pub author_la: String,
}

/// What is sent after the dossier: words, documents, a newer assessment.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// [`super::seal::SCHEMA_VERSION`] when written.
    pub schema_version: i16,
    /// Its day.
    pub composed_on: NaiveDate,
    /// Number of the judicial file.
    pub file_number: String,
    /// Its own number in that file, from 1.
    pub seq: i16,
    /// The prefecture.
    pub origin: Coded,
    /// The court it is for.
    pub court: Coded,
    /// The worker's own words.
    pub words: String,
    /// The latest assessment, in short.
    pub assessment: Option<FrozenAssessment>,
    /// What goes with it.
    pub documents: Vec<FrozenDocument>,
}

impl Material {
    /// The assessment as it would be sent.
    pub fn freeze_assessment(&self, words: &Catalogue) -> Option<FrozenAssessment> {
        let known = self.assessment.as_ref()?;
        let score = |one: &KnownScore| FrozenScore {
            domain: Coded::of(words, List::AssessmentDomain, &one.domain),
            score: one.score,
        };
        let sign = |code: &String| Coded::of(words, List::ExploitationIndicator, code);
        Some(FrozenAssessment {
            completed_on: known.completed_on,
            risk: Coded::of(words, List::RiskLevel, &known.risk),
            scores: known.scores.iter().map(score).collect(),
            indicators: known.indicators.iter().map(sign).collect(),
        })
    }

    /// The documents that were chosen, as they would be sent. A title can name somebody: where no name goes out, neither
    /// does a title.
    pub fn freeze_documents(
        &self,
        words: &Catalogue,
        chosen: &[AttachmentId],
        is_named: bool,
    ) -> Vec<FrozenDocument> {
        let freeze = |one: &KnownDocument| FrozenDocument {
            id: one.id,
            kind: Coded::of(words, List::DocumentKind, &one.kind),
            title: one.title.clone().filter(|_| is_named).unwrap_or_default(),
            media: one.media.code().to_owned(),
            size: one.size,
            sha256: one.sha256.clone(),
            added_at: one.added_at,
            author_ar: one.author_ar.clone(),
            author_la: one.author_la.clone(),
        };
        let chosen = self.documents.iter().filter(|one| chosen.contains(&one.id));
        chosen.map(freeze).collect()
    }

    /// A document of the file, from a form: any other is refused.
    pub fn parse(&self, text: &str) -> Result<AttachmentId, Msg> {
        let id: AttachmentId = text.parse().map_err(|_| Msg::new("error-choice"))?;
        let known = self.documents.iter().any(|one| one.id == id);
        known.then_some(id).ok_or_else(|| Msg::new("error-choice"))
    }
}

impl KnownDocument {
    /// What it is called, else its kind.
    pub fn words(&self, ui: &Ui) -> String {
        self.title
            .clone()
            .unwrap_or_else(|| ui.label(List::DocumentKind, &self.kind))
    }

    /// Its kind, its format and who added it.
    pub fn facts(&self, ui: &Ui) -> String {
        format!(
            "{} · {} · {} · {}",
            ui.label(List::DocumentKind, &self.kind),
            ui.t(self.media.key()),
            ui.moment(self.added_at),
            ui.name(&self.author_ar, &self.author_la)
        )
    }

    /// Its hash in groups of four, to be compared by eye.
    pub fn print(&self) -> String {
        by_four(&self.sha256)
    }
}

impl FrozenDocument {
    /// What it is, as this program knows it.
    pub fn media(&self) -> Option<Media> {
        [Media::Jpeg, Media::Pdf, Media::Docx]
            .into_iter()
            .find(|media| media.code() == self.media)
    }

    /// Its hash in groups of four, to be compared by eye.
    pub fn print(&self) -> String {
        by_four(&self.sha256)
    }
}

fn by_four(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 5 / 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && i.is_multiple_of(4) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_by_four() {
        assert_eq!(by_four("9f2c41d7"), "9f2c 41d7");
        assert_eq!(by_four(""), "");
    }

    #[test]
    fn a_part_is_known_by_its_code() {
        for part in Part::ALL {
            assert_eq!(Part::parse(part.code()), Ok(part));
        }
        assert!(Part::parse("clinical").is_err());
    }

    #[test]
    fn what_was_not_chosen_is_not_included() {
        let included = Included::of(&[Part::Contact]);
        assert!(included.contact && !included.identity && !included.assessment);
    }
}
