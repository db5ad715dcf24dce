//! What the pages of a file show, in the reader's words.

use super::annexes::OpeningLine;
use crate::{
    documents::Fault,
    forms::Form,
    ids::{AttachmentId, DecisionId, PersonId, RowId},
    prosecution::{
        db::{act::Paper, file::DecisionRow},
        domain::{self, Effect, Turn},
        form, legal,
        snapshot::{Adult, Child, Dossier},
    },
    reference::{Code, List},
    vault::Reading,
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::cmp::Reverse;

/// A decision in words.
pub(super) struct DecisionLine {
    /// Which.
    pub id: DecisionId,
    /// What was decided.
    pub kind: String,
    /// For an adult, what it means.
    pub effect: Option<Effect>,
    /// The offences, the main one first, or the reason; the basis of a measure.
    pub grounds: Vec<String>,
    /// Its day.
    pub decided_on: NaiveDate,
    /// When it was entered.
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Number of the act.
    pub act: Option<String>,
    /// The act.
    pub act_id: Option<RowId>,
    /// What was brought in as the signed act, the newest first.
    pub papers: Vec<PaperLine>,
    /// Instructions, or the court's own text.
    pub text: Option<Reading>,
    /// The one that it corrects.
    pub corrects: Option<DecisionId>,
    /// Whether another corrects it.
    pub corrected: bool,
    /// A measure that lasts and is not ended; the decision that stands for an adult.
    pub in_force: bool,
    /// The day of the measure of the juvenile judge that put an end to this one.
    pub judged_on: Option<NaiveDate>,
    /// Key of what has to follow, so that nobody waits for ever.
    pub next: Option<&'static str>,
    /// The form of its correction, for the court.
    pub sheet: Option<Sheet>,
    /// The form that brings in its signed act, for the court; of an act of several decisions, beside the first.
    pub attach: Option<Sheet>,
    codes: Codes,
}

/// Its codes, for the form of its correction.
struct Codes {
    kind: String,
    offence: Option<String>,
    further: Vec<String>,
    reason: Option<String>,
}

/// What was brought in as a signed act, in words.
pub(super) struct PaperLine {
    /// Which.
    pub id: AttachmentId,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its hash, in groups.
    pub print: String,
    /// Key of what was found wrong with it.
    pub fault: Option<&'static str>,
    /// Who opened it, the latest first.
    pub openings: Vec<OpeningLine>,
}

impl PaperLine {
    fn new(ui: &Ui, paper: &Paper) -> Self {
        let part = |name: &Option<String>| name.clone().unwrap_or_default();
        let (ar, la) = (part(&paper.name_ar), part(&paper.name_la));
        Self {
            id: paper.id,
            by: ui.name(&ar, &la).to_owned(),
            at: paper.at,
            print: hex::decode(&paper.sha256)
                .map(|hash| grouped(&hash))
                .unwrap_or_default(),
            fault: paper.fault.map(Fault::key),
            openings: Vec::new(),
        }
    }
}

impl DecisionRow {
    fn turn(&self) -> Turn {
        Turn {
            decided_on: self.decided_on,
            recorded_at: self.recorded_at,
            id: self.id,
        }
    }
}

impl DecisionLine {
    fn new(ui: &Ui, row: &DecisionRow) -> Self {
        let adult = row.adult.as_ref();
        let list = if adult.is_some() {
            List::AdultDecisionKind
        } else {
            List::ChildDecisionKind
        };
        Self {
            id: row.id,
            kind: ui.label(list, &row.kind),
            effect: adult.map(|a| a.effect),
            grounds: grounds(ui, row),
            decided_on: row.decided_on,
            recorded_at: row.recorded_at,
            by: row.recorded_by.say(ui).to_owned(),
            act: row.act.clone(),
            act_id: row.act_id,
            papers: row
                .papers
                .iter()
                .map(|one| PaperLine::new(ui, one))
                .collect(),
            text: row.text.clone(),
            corrects: row.corrects,
            corrected: row.superseded,
            in_force: false,
            judged_on: row.judged_on.filter(|_| !row.superseded),
            next: None,
            sheet: None,
            attach: None,
            codes: Codes {
                kind: row.kind.clone(),
                offence: adult.and_then(|a| a.offence.clone()),
                further: adult.map(|a| a.further.clone()).unwrap_or_default(),
                reason: adult.and_then(|a| a.reason.clone()),
            },
        }
    }

    /// Its answers, for whoever corrects one of them.
    pub fn answers(&self, blank: Form) -> Form {
        let text = self.text.as_ref().and_then(Reading::text);
        let form = blank
            .with("corrects", self.id.to_string())
            .with("decided_on", self.decided_on.format("%d/%m/%Y").to_string())
            .with("act", self.act.clone().unwrap_or_default());
        let text = text.unwrap_or_default();
        let Some(effect) = self.effect else {
            return form
                .with("kind", self.codes.kind.clone())
                .with("instructions", text);
        };
        let form = form
            .with("effect", effect.code())
            .with(effect.kind_field(), self.codes.kind.clone())
            .with("offence", self.codes.offence.clone().unwrap_or_default())
            .with("reason", self.codes.reason.clone().unwrap_or_default())
            .with("text", text);
        let further = self.codes.further.iter();
        further.fold(form, |form, code| form.with("further", code.clone()))
    }
}

/// What a decision rests on, a line each.
fn grounds(ui: &Ui, row: &DecisionRow) -> Vec<String> {
    let Some(adult) = &row.adult else {
        let kind = ui.catalogue().code(List::ChildDecisionKind, &row.kind);
        let basis = kind.and_then(|kind| legal::measure_basis(ui, kind));
        let words = basis.map(|basis| ui.t1("decision-measure-basis", "basis", basis));
        return words.into_iter().collect();
    };
    let mut words = legal::offences(ui, adult.offence.iter().chain(&adult.further));
    let reason = adult.reason.as_deref();
    words.extend(reason.map(|code| ui.label(List::NonProsecutionReason, code)));
    words
}

/// A form among several on the page.
pub(super) struct Sheet {
    /// `c1`, `a2k0`: prefix of the ids of its fields.
    pub scope: String,
    /// What is typed in it.
    pub form: Form,
}

impl Sheet {
    /// Whether it was given back.
    pub fn is_refused(&self) -> bool {
        !self.form.is_valid()
    }

    /// Whether it corrects a decision.
    pub fn is_correction(&self) -> bool {
        !self.form.text("corrects").is_empty()
    }

    /// The codes that may be chosen for the day that is typed; what is chosen already stays, for it is what a message
    /// beside it is about.
    fn options(
        &self,
        ui: &Ui,
        (list, field): (List, &str),
        fits: impl Fn(&Code) -> bool,
    ) -> Vec<(String, String)> {
        let day = form::day_of(&self.form, ui.today());
        let mut codes = ui.catalogue().choices(list, day);
        for chosen in self.form.all(field) {
            if !codes.iter().any(|code| code.code == chosen) {
                codes.extend(ui.catalogue().code(list, chosen));
            }
        }
        let words = |code: &Code| match list {
            List::Offence => legal::offence_words(ui, code),
            List::ChildDecisionKind => legal::measure_words(ui, code),
            List::NonProsecutionReason => ui.say(&code.label).to_owned(),
            _ => legal::doubtful(ui, code, ui.say(&code.label).to_owned()),
        };
        let fitting = codes.into_iter().filter(|code| fits(code));
        fitting
            .map(|code| (code.code.clone(), words(code)))
            .collect()
    }

    /// Kinds of measures.
    pub fn child_kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        self.options(ui, (List::ChildDecisionKind, "kind"), |_| true)
    }

    fn adult_kinds(&self, ui: &Ui, effect: Effect) -> Vec<(String, String)> {
        let field = effect.kind_field();
        self.options(ui, (List::AdultDecisionKind, field), |c| effect.is_of(c))
    }

    /// Kinds of decision that settle nothing.
    pub fn pending_kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        self.adult_kinds(ui, Effect::Pending)
    }

    /// Kinds of prosecution.
    pub fn prosecuted_kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        self.adult_kinds(ui, Effect::Prosecuted)
    }

    /// Kinds of decision not to prosecute.
    pub fn not_prosecuted_kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        self.adult_kinds(ui, Effect::NotProsecuted)
    }

    /// Offences.
    pub fn offences(&self, ui: &Ui) -> Vec<(String, String)> {
        self.options(ui, (List::Offence, "offence"), |_| true)
    }

    /// Those that may stand beside the main one, and what is ticked.
    pub fn further(&self, ui: &Ui) -> Vec<(String, String)> {
        self.options(ui, (List::Offence, "further"), |_| true)
    }

    /// Reasons not to prosecute.
    pub fn reasons(&self, ui: &Ui) -> Vec<(String, String)> {
        self.options(ui, (List::NonProsecutionReason, "reason"), |_| true)
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
    /// What stands: the measures for a child that nothing corrected, the latest first; on an adult, the decision in force.
    pub live: Vec<DecisionLine>,
    /// What was corrected; on an adult, also what came before. The latest first.
    pub history: Vec<DecisionLine>,
    /// The newest that was entered, which the author of the next one has seen.
    pub newest: Option<DecisionId>,
    /// The form for a further one, for the court.
    pub sheet: Option<Sheet>,
}

impl Party {
    /// Every form about this person.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        let lines = self.live.iter().chain(&self.history);
        let theirs = lines.flat_map(|line| line.sheet.iter().chain(&line.attach));
        self.sheet.iter().chain(theirs)
    }

    /// Its decisions, what stands first.
    pub fn lines(&mut self) -> impl Iterator<Item = &mut DecisionLine> {
        self.live.iter_mut().chain(&mut self.history)
    }

    /// Whether a form in its past was given back: that is shown open.
    pub fn is_past_open(&self) -> bool {
        let mut theirs = self.history.iter();
        theirs.any(|line| {
            let mut sheets = line.sheet.iter().chain(&line.attach);
            sheets.any(Sheet::is_refused)
        })
    }
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
        let own: Vec<&DecisionRow> = self
            .rows
            .iter()
            .filter(|row| row.person == person)
            .collect();
        let newest = own.first().map(|row| row.id);
        let mut in_turn = own.clone();
        in_turn.sort_by_key(|row| Reverse(row.turn()));
        let (mut live, mut history) = (Vec::new(), Vec::new());
        for row in in_turn {
            let mut line = DecisionLine::new(self.ui, row);
            // on an adult one stands, the latest; a child may have several measures
            let is_past = row.superseded || (row.adult.is_some() && !live.is_empty());
            line.in_force = !is_past && (row.adult.is_some() || self.lasts(row, &own));
            if is_past {
                history.push(line);
            } else {
                line.next = row
                    .adult
                    .as_ref()
                    .and_then(|_| domain::what_follows(&row.kind));
                live.push(line);
            }
        }
        Party {
            scope,
            n,
            person,
            name,
            live,
            history,
            newest,
            sheet: None,
        }
    }

    /// Whether a measure lasts, and no other of this child ended it.
    fn lasts(&self, measure: &DecisionRow, own: &[&DecisionRow]) -> bool {
        let says = |row: &DecisionRow, flag: &str| {
            let kind = self.ui.catalogue().code(List::ChildDecisionKind, &row.kind);
            kind.is_some_and(|kind| kind.flag(flag))
        };
        let ends = own
            .iter()
            .filter(|row| !row.superseded && says(row, "ends"));
        says(measure, "lasts")
            && measure.judged_on.is_none()
            && domain::is_in_force(measure.turn(), ends.map(|row| row.turn()))
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
}

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
