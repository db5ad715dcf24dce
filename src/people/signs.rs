//! What the children around an adult tell: an indicator that calls for checking, and never a verdict on anybody
//! (decision 0096). What is counted, and of whom, is `app.family_signs`.

use crate::{
    ids::{PersonId, TerritoryId},
    web::Ui,
};
use serde::Deserialize;

/// The indicators of one adult; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Signs {
    /// Who.
    #[serde(rename = "person_id")]
    pub person: PersonId,
    /// Related to children of two different mothers.
    pub other_mothers: bool,
    /// Several children who are not proved to be the adult's own, over time.
    pub several_children: bool,
    /// A record of the same person stands in another prefecture, beside a child.
    pub elsewhere: bool,
    /// Children who are not proved to be the adult's own.
    pub children: i64,
    /// Mothers of the children around.
    pub mothers: i64,
    /// Contacts at which one of those children was first met.
    pub meetings: i64,
    /// The other prefectures; told to the supervisor alone.
    pub cities: Vec<TerritoryId>,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// What it says.
    pub words: String,
    /// Code of `ref.exploitation_indicator` that a worker may choose for it in an assessment.
    pub indicator: &'static str,
}

impl Signs {
    /// In words, the strongest first.
    pub fn say(&self, ui: &Ui) -> Vec<Sign> {
        let sign = |words: String, indicator| Sign { words, indicator };
        let mothers = self
            .other_mothers
            .then(|| ui.n("family-sign-mothers", self.mothers));
        let children = self.several_children.then(|| {
            if self.meetings > 1 {
                let meetings = ("meetings", ui.number(self.meetings));
                ui.t2("family-sign-children-met", ("n", self.children), meetings)
            } else {
                ui.n("family-sign-children", self.children)
            }
        });
        let elsewhere = self.elsewhere.then(|| self.say_cities(ui));
        let unrelated = "several_unrelated_children";
        let all = [
            mothers.map(|words| sign(words, unrelated)),
            children.map(|words| sign(words, unrelated)),
            elsewhere.map(|words| sign(words, "moved_between_cities")),
        ];
        all.into_iter().flatten().collect()
    }

    fn say_cities(&self, ui: &Ui) -> String {
        let names: Vec<&str> = self
            .cities
            .iter()
            .filter_map(|id| ui.catalogue().territory(*id))
            .map(|city| ui.say(&city.label))
            .collect();
        if names.is_empty() {
            ui.t("family-sign-elsewhere")
        } else {
            ui.t1("family-sign-cities", "cities", ui.lang().list(&names))
        }
    }
}
