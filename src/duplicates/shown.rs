//! What two records are compared by, as pages show it.

use super::facts::{Called, Facts};
use crate::{reference::List, web::Ui};

impl Facts {
    /// The age today.
    pub(super) fn age(&self, ui: &Ui) -> String {
        let birth = self.traits.birth();
        birth.map_or_else(|| ui.t("age-unknown"), |birth| birth.age_today(ui))
    }

    /// Every name that lies in clear, in each script.
    pub(super) fn spelt(&self) -> Vec<String> {
        let mut all: Vec<String> = self.traits.names.iter().flat_map(Called::whole).collect();
        all.dedup();
        all
    }

    /// The communes.
    pub(super) fn places(&self, ui: &Ui) -> String {
        let places = self.traits.places.iter().map(|code| ui.place(code));
        places.collect::<Vec<_>>().join(ui.comma())
    }

    /// The mothers of a child.
    pub(super) fn mothers(&self, ui: &Ui) -> String {
        let mothers = self.traits.mothers.iter();
        let named = mothers.filter_map(|one| one.names.first());
        let said = named.map(|name| name.names().say(ui));
        said.collect::<Vec<_>>().join(ui.comma())
    }

    /// Distinguishing signs.
    pub(super) fn signs(&self, ui: &Ui) -> String {
        let said = self.traits.signs.iter().map(|one| {
            let (sign, part) = (&one.sign, &one.part);
            format!(
                "{} ({})",
                ui.label(List::BodySign, sign),
                ui.label(List::BodyPart, part)
            )
        });
        said.collect::<Vec<_>>().join(ui.comma())
    }

    /// Where an adult is read: a mother has a page, any other the page of her records.
    pub(super) fn page(&self) -> String {
        let records = if self.is_mother() { "" } else { "/records" };
        format!("/mothers/{}{records}", self.person)
    }
}
