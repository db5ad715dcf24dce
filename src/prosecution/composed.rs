//! The composer's form, as what it means; and the court that is proposed, with the reason.

use super::{
    domain::LegalBasis,
    family::{Choice, CourtChange, Family},
    material::Part,
};
use crate::{
    authz::{Actor, CourtId},
    forms::{Form, Line, Paragraph},
    i18n::Msg,
    ids::JudicialFileId,
    reference::{Catalogue, List},
    web::Ui,
};
use std::str::FromStr;

/// Why the general prosecutor is told: code of `ref.court_change_reason`.
pub const SERIOUS: &str = "serious_offence";

/// A composed referral.
#[derive(Debug)]
pub struct Composed {
    /// Made by the server when the form was shown.
    pub id: JudicialFileId,
    /// What the extract holds.
    pub choice: Choice,
    /// The court of the place.
    pub proposed: CourtId,
    /// Why another was chosen.
    pub change: Option<CourtChange>,
}

/// Which court is proposed. Never imposed: whoever composes chooses.
#[derive(Debug, Default)]
pub struct Proposal {
    /// The court of the place of the contact, else of the prefecture.
    pub place: Option<CourtId>,
    /// The court of appeal above it, where the general prosecutor is.
    pub appeal: Option<CourtId>,
    /// What points to trafficking: codes of `ref.exploitation_indicator`.
    pub signs: Vec<String>,
}

impl Proposal {
    /// For the file of a child.
    pub fn of(words: &Catalogue, actor: &Actor, family: &Family) -> Self {
        let place = court_of_place(words, actor, family);
        let above = place.and_then(|id| words.court_above(id));
        Self {
            place,
            appeal: above.map(|court| court.id),
            signs: signs(words, family),
        }
    }

    /// The one that the form begins with.
    pub fn court(&self) -> Option<CourtId> {
        let appeal = self.appeal.filter(|_| !self.signs.is_empty());
        appeal.or(self.place)
    }

    /// Whether the form begins with the court of appeal.
    pub fn is_appeal(&self) -> bool {
        self.appeal.is_some() && self.court() == self.appeal
    }
}

/// The court of the place of the contact, else of the prefecture.
pub fn court_of_place(words: &Catalogue, actor: &Actor, family: &Family) -> Option<CourtId> {
    let contact = family.subject.contact.as_ref();
    let place = contact.map_or("", |contact| &contact.place);
    words
        .court_of(actor.territory(), place)
        .map(|court| court.id)
}

/// What was noted of the children that points to trafficking. A red flag of the street counts where the list of signs
/// of exploitation has the same code.
fn signs(words: &Catalogue, family: &Family) -> Vec<String> {
    let assessment = family.material.assessment.iter();
    let noted = assessment.flat_map(|known| known.indicators.iter());
    let seen = family.children.iter().flat_map(|child| child.flags.iter());
    let mut signs: Vec<String> = Vec::new();
    for code in noted.chain(seen) {
        let sign = words.code(List::ExploitationIndicator, code);
        if sign.is_some_and(|sign| sign.flag("trafficking")) && !signs.contains(code) {
            signs.push(code.clone());
        }
    }
    signs
}

/// Reads the composer's form.
pub fn composed(
    form: &mut Form,
    ui: &Ui,
    proposal: &Proposal,
    family: &Family,
) -> Option<Composed> {
    let id = form.required("id", parse_id);
    let court = form.required("court", |text| court_in(ui.catalogue(), text));
    let proposed = proposal.place.or(court);
    let moved = court.is_some() && court != proposed;
    if moved && court == proposal.appeal && form.text("court_reason").is_empty() {
        form.set("court_reason", SERIOUS);
    }
    let change = if moved { court_change(form, ui) } else { None };
    let basis = form.required("basis", LegalBasis::parse);
    let siblings = form.many("child", |text| {
        let id = parse_id(text)?;
        let known = family.children.iter().any(|child| child.case_id == id);
        known.then_some(id).ok_or_else(|| Msg::new("error-choice"))
    });
    let adults = form.many("adult", |text| {
        let id = parse_id(text)?;
        let known = family.adults.iter().any(|adult| adult.person == id);
        known.then_some(id).ok_or_else(|| Msg::new("error-choice"))
    });
    let parts = form.many("include", Part::parse);
    let documents = form.many("document", |text| family.material.parse(text));
    let summary = form.required("summary", Paragraph::parse);
    let urgent = form.has("urgent", "yes");
    if !form.is_valid() {
        return None;
    }
    let choice = Choice {
        court: court?,
        basis: basis?,
        urgent,
        siblings,
        adults,
        summary: summary?.into_string(),
        parts,
        documents,
    };
    Some(Composed {
        id: id?,
        choice,
        proposed: proposed?,
        change,
    })
}

fn court_in(words: &Catalogue, text: &str) -> Result<CourtId, Msg> {
    let id = text.parse().map(CourtId);
    let court = id.ok().and_then(|id| words.court(id));
    court
        .map(|court| court.id)
        .ok_or_else(|| Msg::new("error-choice"))
}

fn court_change(form: &mut Form, ui: &Ui) -> Option<CourtChange> {
    let reason = form.required("court_reason", |text| {
        ui.catalogue()
            .parse(List::CourtChangeReason, text, ui.today())
    });
    let note = form.optional("court_note", Line::parse);
    if reason.as_deref() == Some("other") && form.text("court_note").trim().is_empty() {
        form.fail("court_note", Msg::new("judicial-court-note-needed"));
    }
    Some(CourtChange {
        reason: reason?,
        note,
    })
}

fn parse_id<T: FromStr>(text: &str) -> Result<T, Msg> {
    text.parse().map_err(|_| Msg::new("error-choice"))
}
