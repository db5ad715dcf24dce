//! What the pages of a file show, in the reader's words.

use crate::{
    forms::Form,
    ids::PersonId,
    prosecution::{
        db::file::DecisionRow,
        domain::Effect,
        snapshot::{Adult, Child, Dossier},
    },
    reference::{Code, List},
    vault::Reading,
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A decision in words.
pub(super) struct DecisionLine {
    /// What was decided.
    pub kind: String,
    /// For an adult, what it means.
    pub effect: Option<Effect>,
    /// Offence or reason.
    pub ground: Option<String>,
    /// Its day.
    pub decided_on: NaiveDate,
    /// When it was entered.
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Number of the act.
    pub act: Option<String>,
    /// Instructions, or the court's own text.
    pub text: Option<Reading>,
}

impl DecisionLine {
    fn new(ui: &Ui, row: &DecisionRow) -> Self {
        let adult = row.adult.as_ref();
        let list = if adult.is_some() {
            List::AdultDecisionKind
        } else {
            List::ChildDecisionKind
        };
        let offence = adult
            .and_then(|a| a.offence.as_ref())
            .and_then(|code| ui.catalogue().code(List::Offence, code));
        let reason = adult
            .and_then(|a| a.reason.as_ref())
            .map(|code| ui.label(List::NonProsecutionReason, code));
        Self {
            kind: ui.label(list, &row.kind),
            effect: adult.map(|a| a.effect),
            ground: offence.map(|code| offence_words(ui, code)).or(reason),
            decided_on: row.decided_on,
            recorded_at: row.recorded_at,
            by: row.recorded_by.say(ui).to_owned(),
            act: row.act.clone(),
            text: row.text.clone(),
        }
    }
}

/// A child or an adult of a file, and what was decided.
pub(super) struct Party {
    /// `c1`, `a2`: prefix of the ids of its form.
    pub scope: String,
    /// Its number in the extract.
    pub n: usize,
    /// The person.
    pub person: PersonId,
    /// The name as frozen.
    pub name: String,
    /// The decision in force.
    pub live: Option<DecisionLine>,
    /// The ones before, the newest first.
    pub history: Vec<DecisionLine>,
    /// The form for the next one, for the court.
    pub form: Option<Form>,
}

/// Decisions of a file and how to build the forms of its parties.
pub(super) struct Decisions<'a> {
    /// The reader.
    pub ui: &'a Ui,
    /// All decisions of that side, the newest first.
    pub rows: &'a [DecisionRow],
}

impl Decisions<'_> {
    fn party(&self, scope: String, n: usize, person: PersonId, name: String) -> Party {
        let own = || self.rows.iter().filter(|row| row.person == person);
        let line = |row: &DecisionRow| DecisionLine::new(self.ui, row);
        Party {
            scope,
            n,
            person,
            name,
            live: own().find(|row| !row.superseded).map(line),
            history: own().filter(|row| row.superseded).map(line).collect(),
            form: None,
        }
    }

    /// The children of an extract, in its order; none if it cannot be read.
    pub fn children(&self, dossier: Option<&Dossier>) -> Vec<Party> {
        let party = |(i, child): (usize, &Child)| {
            self.party(
                format!("c{}", i + 1),
                i + 1,
                child.person,
                child.names.names().say(self.ui),
            )
        };
        let children = dossier.map(|dossier| dossier.children.as_slice());
        let children = children.unwrap_or_default();
        children.iter().enumerate().map(party).collect()
    }

    /// The adults of an extract, in its order; none if it cannot be read.
    pub fn adults(&self, dossier: Option<&Dossier>) -> Vec<Party> {
        let party = |(i, adult): (usize, &Adult)| {
            self.party(
                format!("a{}", i + 1),
                i + 1,
                adult.person,
                adult.names.names().say(self.ui),
            )
        };
        let adults = dossier.map(|dossier| dossier.adults.as_slice());
        let adults = adults.unwrap_or_default();
        adults.iter().enumerate().map(party).collect()
    }

    /// The decision in force on a person, which the author of the next one sees.
    pub fn latest(&self, person: PersonId) -> String {
        let latest = self
            .rows
            .iter()
            .find(|row| row.person == person && !row.superseded);
        latest.map(|row| row.id.to_string()).unwrap_or_default()
    }
}

/// "Article 327 …: begging with threats", and whether a jurist has still to confirm it.
pub(super) fn offence_words(ui: &Ui, code: &Code) -> String {
    let article = code.text("article").unwrap_or_default();
    let words = ui.t2(
        "decision-offence-words",
        ("article", article),
        ("title", ui.say(&code.label)),
    );
    doubtful(ui, code, words)
}

/// Marks what is not confirmed.
pub(super) fn doubtful(ui: &Ui, code: &Code, words: String) -> String {
    if code.flag("confirmed") {
        words
    } else {
        format!("{words} ({})", ui.t("judicial-to-confirm"))
    }
}

/// A hash as people compare it: groups of four.
/// A hash in groups of four, to be compared by eye.
pub fn grouped(hash: &[u8]) -> String {
    hash.chunks(2)
        .map(hex::encode)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_in_groups_of_four() {
        assert_eq!(grouped(&[0x9f, 0x2c, 0x41, 0xd7]), "9f2c 41d7");
    }
}
