//! A name, in Arabic and in Latin letters; either may be missing, and so may both: a child met in the
//! street often has a nickname at most.

use crate::{i18n::Lang, web::Ui};

/// The names of one person as a page needs them. Never printed by `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Given name in Arabic.
    pub given_ar: String,
    /// Family name in Arabic.
    pub family_ar: String,
    /// Given name in Latin letters.
    pub given_la: String,
    /// Family name in Latin letters.
    pub family_la: String,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names(…)")
    }
}

impl Names {
    /// From columns that may be null.
    pub fn new(
        given_ar: Option<String>,
        family_ar: Option<String>,
        given_la: Option<String>,
        family_la: Option<String>,
    ) -> Self {
        Self {
            given_ar: given_ar.unwrap_or_default(),
            family_ar: family_ar.unwrap_or_default(),
            given_la: given_la.unwrap_or_default(),
            family_la: family_la.unwrap_or_default(),
        }
    }

    /// Whole in Arabic.
    pub fn ar(&self) -> String {
        join(&self.given_ar, &self.family_ar)
    }

    /// Whole in Latin letters.
    pub fn la(&self) -> String {
        join(&self.given_la, &self.family_la)
    }

    /// Nobody knows it.
    pub fn is_unknown(&self) -> bool {
        self.ar().is_empty() && self.la().is_empty()
    }

    /// The one the reader reads, else the other; "name unknown" if there is none.
    pub fn say(&self, ui: &Ui) -> String {
        let (ar, la) = (self.ar(), self.la());
        match (ui.lang(), ar.is_empty(), la.is_empty()) {
            (_, true, true) => ui.t("name-unknown"),
            (Lang::Ar, false, _) | (_, _, true) => ar,
            _ => la,
        }
    }

    /// The other form, to stand small beside the first; empty if there is none.
    pub fn other(&self, ui: &Ui) -> String {
        let (ar, la) = (self.ar(), self.la());
        match (ui.lang(), ar.is_empty() || la.is_empty()) {
            (_, true) => String::new(),
            (Lang::Ar, _) => la,
            _ => ar,
        }
    }

    /// First letter, for the round mark; a question mark for nobody knows.
    pub fn initial(&self, ui: &Ui) -> String {
        if self.is_unknown() {
            return ui.t("name-unknown-mark");
        }
        self.say(ui)
            .chars()
            .next()
            .map(String::from)
            .unwrap_or_default()
    }
}

fn join(given: &str, family: &str) -> String {
    [given, family]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
