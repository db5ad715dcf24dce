//! What was decided on the identity of a child or of a woman, and what another city knows of a child, as a page shows them.

use super::domain::Parted;
use crate::{
    authz::TerritoryId, cases::EpisodeState, ids::RowId, people::Names, reference::List,
    services::ServiceState, vault::Reading, web::Ui,
};
use chrono::{DateTime, Utc};

/// A decision.
#[derive(Debug)]
pub struct Act {
    /// Which.
    pub id: RowId,
    /// Put together; else taken apart.
    pub is_join: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// Number of the other file, where it is of the prefecture and not hidden.
    pub number: Option<String>,
    /// Names of the other record, likewise.
    pub names: Names,
    /// The other city, where two agreed.
    pub territory: Option<TerritoryId>,
    /// The question that it answered.
    pub request: Option<RowId>,
    /// What was said of the two when they were taken apart.
    pub verdict: Option<Parted>,
    /// Why.
    pub why: Option<Reading>,
    /// Taken back since.
    pub is_undone: bool,
    /// Whether it can be taken back now: nothing builds on it.
    pub is_open: bool,
    /// Who, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

impl Act {
    /// Key of what was done.
    pub fn key(&self) -> &'static str {
        match (self.is_join, self.territory) {
            (true, None) => "identity-act-joined",
            (true, Some(_)) => "identity-act-agreed",
            (false, None) => "identity-act-parted",
            (false, Some(_)) => "identity-act-ended",
        }
    }

    /// The same, of two records of a woman.
    pub fn key_of_women(&self) -> &'static str {
        match (self.is_join, self.territory) {
            (true, None) => "records-act-joined",
            (false, None) => "records-act-parted",
            (_, Some(_)) => self.key(),
        }
    }

    /// "12 November 2026 · TNG-2026-00007-K", or the name where there is no number.
    pub fn told(&self, ui: &Ui) -> String {
        let named = (!self.names.is_unknown()).then(|| self.names.say(ui));
        let city = self.territory.map(|id| place(ui, id));
        let other = self.number.clone().or(city).or(named).unwrap_or_default();
        let day = ui.date(ui.day_of(self.at));
        if other.is_empty() {
            day
        } else {
            format!("{day} · {other}")
        }
    }
}

/// A line of what another city knows.
#[derive(Debug)]
pub(super) struct Line {
    /// Number of the file there.
    pub number: String,
    /// The city.
    pub territory: TerritoryId,
    /// When.
    pub at: DateTime<Utc>,
    /// `contact`, `move`, `service`.
    pub kind: String,
    /// Code of its list: kind of place, state, kind of help.
    pub code: String,
    /// More: the state of the help; of a move, the state before, nothing where the file was opened.
    pub detail: Option<String>,
}

impl Line {
    /// What happened.
    pub fn title(&self, ui: &Ui) -> String {
        match self.kind.as_str() {
            "contact" => ui.t("entry-contact"),
            "service" => ui.label(List::ServiceKind, &self.code),
            _ => match EpisodeState::from_code(&self.code) {
                Some(_) if self.detail.is_none() => ui.t("entry-opened"),
                Some(state) => ui.t1("entry-moved", "state", ui.t(state.key())),
                None => self.code.clone(),
            },
        }
    }

    /// More of it.
    pub fn body(&self, ui: &Ui) -> String {
        let detail = self.detail.as_deref().unwrap_or_default();
        match self.kind.as_str() {
            "contact" => ui.label(List::ContactPlace, &self.code),
            "service" => {
                ServiceState::from_code(detail).map_or_else(String::new, |state| ui.t(state.key()))
            }
            _ => String::new(),
        }
    }

    /// How it is drawn.
    pub fn node(&self) -> (&'static str, &'static str) {
        match self.kind.as_str() {
            "contact" => ("", "footprints"),
            "service" => ("brand", "hand-heart"),
            _ => ("", "history"),
        }
    }
}

/// The name of a prefecture.
pub(super) fn place(ui: &Ui, id: TerritoryId) -> String {
    let found = ui.catalogue().territory(id);
    found.map_or_else(String::new, |found| ui.say(&found.label).to_owned())
}
