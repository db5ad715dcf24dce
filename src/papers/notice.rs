//! The notice of a decision. It has no frozen text of its own: its content is put together anew each time, in one form,
//! and hashed with the salt of its row, so that the hash tells nobody who guesses.

use super::{
    db::{Noticed, names_in},
    dossier,
    sheet::{Kind, Line, Row, Section, Sheet, Stamp},
};
use crate::{
    error::AppError,
    ids::{CourtId, DecisionId, PersonId},
    prosecution::{
        self, Effect,
        seal::{Sealed, SnapshotError},
        snapshot::{Dossier, FrozenNames},
    },
    reference::List,
    vault::Salt,
    web::Ui,
};
use chrono::NaiveDate;
use serde::Serialize;

/// Version of [`Content`].
const SCHEMA_VERSION: i16 = 1;

/// A decision in force, as its notice says it.
pub(super) struct Decided {
    pub id: DecisionId,
    /// Number of the judicial file.
    pub number: String,
    pub person: PersonId,
    /// Code of its kind.
    pub kind: String,
    /// What it means for an adult; a measure for a child has none.
    pub effect: Option<Effect>,
    /// Code of the main offence, or of the reason not to prosecute.
    pub ground: Option<String>,
    /// Codes of the offences beside it, in their order.
    pub further: Vec<String>,
    pub decided_on: NaiveDate,
    /// The court that took it.
    pub court: CourtId,
    /// Number of the signed act.
    pub act: Option<String>,
    /// What a measure asks of the cell.
    pub words: Option<String>,
}

/// What is hashed.
#[derive(Serialize)]
struct Content<'a> {
    schema_version: i16,
    decision: DecisionId,
    file: &'a str,
    court: CourtId,
    person: PersonId,
    names: &'a FrozenNames,
    kind: &'a str,
    effect: Option<&'static str>,
    ground: Option<&'a str>,
    // left out where there is none: what was printed before there could be several keeps its hash
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    further: &'a [String],
    decided_on: NaiveDate,
    act: Option<&'a str>,
    words: Option<&'a str>,
}

impl Decided {
    /// The hash of the notice, with the names as the extract has them.
    pub fn print(&self, dossier: &Dossier, salt: &Salt) -> Result<Option<[u8; 32]>, SnapshotError> {
        let Some(names) = names_in(dossier, self.person) else {
            return Ok(None);
        };
        let content = Content {
            schema_version: SCHEMA_VERSION,
            decision: self.id,
            file: &self.number,
            court: self.court,
            person: self.person,
            names,
            kind: &self.kind,
            effect: self.effect.map(Effect::code),
            ground: self.ground.as_deref(),
            further: &self.further,
            decided_on: self.decided_on,
            act: self.act.as_deref(),
            words: self.words.as_deref(),
        };
        Ok(Some(Sealed::salted(&content, salt)?.sha256))
    }

    fn kind(&self, ui: &Ui) -> String {
        let list = if self.effect.is_some() {
            List::AdultDecisionKind
        } else {
            List::ChildDecisionKind
        };
        ui.label(list, &self.kind)
    }

    /// "Article 327: begging with threats" of each offence, or the reason.
    fn grounds(&self, ui: &Ui) -> Vec<String> {
        if self.effect == Some(Effect::Prosecuted) {
            return prosecution::offences(ui, self.ground.iter().chain(&self.further));
        }
        let reason = self.ground.as_deref();
        let words = reason.map(|code| ui.label(List::NonProsecutionReason, code));
        words.into_iter().collect()
    }

    /// The legal basis of a measure for a child, where its list names one.
    fn basis(&self, ui: &Ui) -> Option<String> {
        if self.effect.is_some() {
            return None;
        }
        let kind = ui.catalogue().code(List::ChildDecisionKind, &self.kind)?;
        prosecution::measure_basis(ui, kind)
    }
}

/// A notice of this decision.
pub(super) fn sheet(
    stamp: Stamp<'_>,
    noticed: &Noticed,
    dossier: &Dossier,
) -> Result<Sheet, AppError> {
    let (ui, decided) = (stamp.ui, &noticed.decided);
    let is_adult = decided.effect.is_some();
    let title = if is_adult {
        ui.t("decision-notice-adult")
    } else {
        ui.t("judicial-notice-child")
    };
    let mut facts = vec![
        Row::of(ui.t("judicial-to"), Line::plain(ui.court(decided.court))),
        Row::of(ui.t("judicial-paper-number"), Line::code(&decided.number)),
        person(ui, dossier, decided.person),
    ];
    if let Some(effect) = decided.effect {
        facts.push(Row::of(
            ui.t("decision-notice-effect"),
            Line::strong(ui.t(effect.key())),
        ));
    }
    let mut what = vec![Line::strong(decided.kind(ui))];
    what.extend(decided.grounds(ui).into_iter().map(Line::plain));
    facts.push(Row::new(ui.t("decision-kind"), what));
    if let Some(basis) = decided.basis(ui) {
        facts.push(Row::of(ui.t("judicial-basis"), Line::plain(basis)));
    }
    facts.push(Row::of(
        ui.t("decision-day"),
        Line::plain(ui.date(decided.decided_on)),
    ));
    if let Some(act) = &decided.act {
        facts.push(Row::of(ui.t("decision-act-number"), Line::code(act)));
    }
    let words = decided.words.as_deref();
    let sections = words.map(|words| Section::said(ui.t("judicial-instructions"), words, ui));
    let kind = Kind {
        title,
        number: &decided.number,
        print: ui.t("decision-notice-print"),
        rule: ui.t("decision-kept"),
    };
    Sheet::new(stamp, &kind, facts, sections.into_iter().collect())
}

/// On whom: as the extract has them.
fn person(ui: &Ui, dossier: &Dossier, person: PersonId) -> Row {
    let child = dossier.children.iter().find(|one| one.person == person);
    if let Some(child) = child {
        let mut lines = dossier::names(ui, dossier, &child.names);
        lines.push(dossier::sex_and_age(
            ui,
            child.sex.say(ui),
            child.age.as_ref(),
        ));
        return Row::new(ui.t("judicial-notice-for-child"), lines);
    }
    let adult = dossier.adults.iter().find(|one| one.person == person);
    let lines = adult.map(|adult| {
        let mut lines = dossier::names(ui, dossier, &adult.names);
        lines.push(dossier::sex_and_age(
            ui,
            adult.sex.say(ui),
            adult.age.as_ref(),
        ));
        lines
    });
    Row::new(ui.t("decision-notice-for-adult"), lines.unwrap_or_default())
}
