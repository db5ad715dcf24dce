//! One function a question. Every query names its scope, the prefecture or the court, beside row security.

pub mod act;
pub mod annexes;
pub mod compose;
pub mod court_act;
pub mod custody;
pub mod decide;
pub mod desk;
pub mod file;
pub mod material;
pub mod notes;
pub mod notice;
pub mod report;
pub mod roster;
pub mod steps;
pub mod thread;

use crate::{
    db::Tx,
    ids::DisclosureId,
    people::{Birth, Names},
    prosecution::seal,
    vault::{Field, Holder, Reading, SealedText, Unreadable, WrappedKey},
};
use chrono::NaiveDate;

/// A frozen text, if it opens and is the very one that was hashed; else nothing, and the alert is raised.
pub fn frozen(
    tx: &mut Tx,
    id: DisclosureId,
    key: Option<&WrappedKey>,
    sealed: &SealedText,
    sha256: &[u8],
) -> Option<String> {
    let field = Field::DISCLOSURE_SNAPSHOT;
    let text = tx
        .open(Holder::disclosure(id), key, (field, id.0), Some(sealed))
        .and_then(Reading::into_text)?;
    if seal::sha256(&text).as_slice() == sha256 {
        return Some(text);
    }
    tx.alert(field, id.0, Unreadable::OtherText);
    None
}

/// The four parts of a name as columns.
type NameColumns = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

fn names((given_ar, family_ar, given_la, family_la): NameColumns) -> Names {
    Names::new(given_ar, family_ar, given_la, family_la)
}

/// The three columns of a birth, all there or none (a constraint of the table).
fn birth(
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    basis: Option<String>,
) -> Option<Birth> {
    Some(Birth {
        earliest: earliest?,
        latest: latest?,
        basis: basis?,
    })
}

/// Who did something, in two scripts; empty if nobody did.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// In Arabic.
    pub ar: String,
    /// In Latin letters.
    pub la: String,
}

impl Author {
    fn new(ar: Option<String>, la: Option<String>) -> Self {
        Self {
            ar: ar.unwrap_or_default(),
            la: la.unwrap_or_default(),
        }
    }

    /// In the reader's script.
    pub fn say<'a>(&'a self, ui: &crate::web::Ui) -> &'a str {
        ui.name(&self.ar, &self.la)
    }

    /// Whether anyone did.
    pub fn is_known(&self) -> bool {
        !(self.ar.is_empty() && self.la.is_empty())
    }
}
