//! What people type, as what it means.

use super::{
    domain::{self, ActNumber, AdultDecision, ChildMeasure, Effect, HeldFile, LegalBasis, Ruling},
    family::{Choice, CourtChange, Family},
};
use crate::{
    authz::{Actor, CourtId},
    clock::local_date,
    forms::{Form, Line, Paragraph, parse_date},
    i18n::Msg,
    ids::JudicialFileId,
    reference::List,
    web::Ui,
};
use chrono::NaiveDate;
use std::str::FromStr;

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

/// The court of the place of the contact, else of the prefecture.
pub fn proposed_court(ui: &Ui, actor: &Actor, family: &Family) -> Option<CourtId> {
    let place = family
        .subject
        .contact
        .as_ref()
        .map_or("", |contact| &contact.place);
    ui.catalogue()
        .court_of(actor.territory(), place)
        .map(|court| court.id)
}

/// Reads the composer's form.
pub fn composed(form: &mut Form, ui: &Ui, actor: &Actor, family: &Family) -> Option<Composed> {
    let id = form.required("id", parse_id);
    let court = form.required("court", |text| {
        let id = text
            .parse()
            .map(CourtId)
            .map_err(|_| Msg::new("error-choice"))?;
        ui.catalogue()
            .court(id)
            .map(|court| court.id)
            .ok_or_else(|| Msg::new("error-choice"))
    });
    let proposed = proposed_court(ui, actor, family).or(court);
    let moved = court.is_some() && court != proposed;
    let change = if moved { court_change(form, ui) } else { None };
    let basis = form.required("basis", LegalBasis::parse);
    let siblings = form.many("child", |text| {
        let id = parse_id(text)?;
        let known = family.children.iter().any(|child| child.case_id == id);
        if known {
            Ok(id)
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    let adults = form.many("adult", |text| {
        let id = parse_id(text)?;
        let known = family.adults.iter().any(|adult| adult.person == id);
        if known {
            Ok(id)
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    let summary = form.required("summary", Paragraph::parse);
    let urgent = form.has("urgent", "yes");
    if !form.is_valid() {
        return None;
    }
    let summary = summary?.into_string();
    let choice = Choice {
        court: court?,
        basis: basis?,
        urgent,
        siblings,
        adults,
        summary,
    };
    Some(Composed {
        id: id?,
        choice,
        proposed: proposed?,
        change,
    })
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

/// Reads a measure for a child.
pub fn child_measure(
    form: &mut Form,
    ui: &Ui,
    actor: &Actor,
    file: &HeldFile,
) -> Option<ChildMeasure> {
    let ruling = ruling(form, ui, actor, file);
    let day = ruling
        .as_ref()
        .map_or_else(|| ui.today(), |ruling| ruling.decided_on);
    let kind = form.required("kind", |text| {
        ui.catalogue().parse(List::ChildDecisionKind, text, day)
    });
    let instructions = form.optional("instructions", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(ChildMeasure {
        ruling: ruling?,
        kind: kind?,
        instructions,
    })
}

/// Reads a decision on an adult. Each effect has its own fields; those of the other two are not looked at,
/// whatever was left in them.
pub fn adult_decision(
    form: &mut Form,
    ui: &Ui,
    actor: &Actor,
    file: &HeldFile,
) -> Option<AdultDecision> {
    let ruling = ruling(form, ui, actor, file);
    let day = ruling
        .as_ref()
        .map_or_else(|| ui.today(), |ruling| ruling.decided_on);
    let effect = form.required("effect", Effect::parse);
    let kind = effect.and_then(|effect| adult_kind(form, ui, effect, day));
    let offence = (effect == Some(Effect::Prosecuted))
        .then(|| {
            form.required("offence", |text| {
                ui.catalogue().parse(List::Offence, text, day)
            })
        })
        .flatten();
    let reason = (effect == Some(Effect::NotProsecuted))
        .then(|| {
            form.required("reason", |text| {
                ui.catalogue().parse(List::NonProsecutionReason, text, day)
            })
        })
        .flatten();
    let text = form.optional("text", Paragraph::parse);
    if !form.is_valid() {
        return None;
    }
    Some(AdultDecision {
        ruling: ruling?,
        kind: kind?,
        effect: effect?,
        offence,
        reason,
        text,
    })
}

fn adult_kind(form: &mut Form, ui: &Ui, effect: Effect, day: NaiveDate) -> Option<String> {
    form.required(effect.kind_field(), |text| {
        let code = ui.catalogue().parse(List::AdultDecisionKind, text, day)?;
        let kind = ui.catalogue().code(List::AdultDecisionKind, &code);
        if kind.is_some_and(|kind| effect.is_of(kind)) {
            Ok(code)
        } else {
            Err(Msg::new("error-choice"))
        }
    })
}

fn ruling(form: &mut Form, ui: &Ui, actor: &Actor, file: &HeldFile) -> Option<Ruling> {
    let id = form.required("id", parse_id);
    let seen = form.optional("seen", parse_id);
    let sent = local_date(file.transmitted_at);
    let decided_on = form.required("decided_on", |text| {
        domain::decided_on(parse_date(text)?, sent, ui.today())
    });
    let act = if domain::needs_act(actor.role) {
        form.required("act", ActNumber::parse)
    } else {
        form.optional("act", ActNumber::parse)
    };
    Some(Ruling {
        id: id?,
        seen,
        decided_on: decided_on?,
        act,
    })
}

fn parse_id<T: FromStr>(text: &str) -> Result<T, Msg> {
    text.parse().map_err(|_| Msg::new("error-choice"))
}
