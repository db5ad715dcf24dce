//! A code as it was said on the day of an extract: it reads the same in ten years, whatever becomes of the lists.

use crate::{
    authz::{CourtId, TerritoryId},
    i18n::Lang,
    reference::{Catalogue, Label, List},
    web::Ui,
};
use serde::{Deserialize, Serialize};

/// A code with the words it had that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    /// The code, or the number of a court or prefecture.
    pub code: String,
    /// Arabic.
    pub ar: String,
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl Coded {
    /// Freezes a label.
    pub fn new(code: &impl ToString, label: &Label) -> Self {
        let words = |lang| label.in_lang(lang).to_owned();
        Self {
            code: code.to_string(),
            ar: words(Lang::Ar),
            fr: words(Lang::Fr),
            en: words(Lang::En),
        }
    }

    /// A code of a list.
    pub fn of(catalogue: &Catalogue, list: List, code: &str) -> Self {
        let label = catalogue
            .code(list, code)
            .map(|c| c.label.clone())
            .unwrap_or_default();
        Self::new(&code, &label)
    }

    /// A court.
    pub fn court(catalogue: &Catalogue, id: CourtId) -> Self {
        Self::new(
            &id.0,
            &catalogue
                .court(id)
                .map(|c| c.label.clone())
                .unwrap_or_default(),
        )
    }

    /// A prefecture.
    pub fn territory(catalogue: &Catalogue, id: TerritoryId) -> Self {
        Self::new(
            &id.0,
            &catalogue
                .territory(id)
                .map(|t| t.label.clone())
                .unwrap_or_default(),
        )
    }

    /// A commune or arrondissement.
    pub fn place(catalogue: &Catalogue, code: &str) -> Self {
        Self::new(
            &code,
            &catalogue
                .place(code)
                .map(|p| p.label.clone())
                .unwrap_or_default(),
        )
    }

    /// Words of our own, in each language.
    pub fn key(code: &str, key: &str) -> Self {
        Self {
            code: code.to_owned(),
            ar: Lang::Ar.t(key),
            fr: Lang::Fr.t(key),
            en: Lang::En.t(key),
        }
    }

    /// In the reader's language.
    pub fn say(&self, ui: &Ui) -> &str {
        match ui.lang() {
            Lang::Ar => &self.ar,
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}
