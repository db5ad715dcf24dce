//! The words of a row of the trail. What has none is shown as it is written: nothing is hidden from an officer.

use super::db::Entry;
use crate::{
    authz::{CourtId, Role, TerritoryId},
    reference::List,
    web::{Ui, role_key},
};
use chrono::{DateTime, NaiveDate};
use serde_json::Value;

/// Lists whose codes are written under the name `kind`.
const KINDS: &[List] = &[
    List::ServiceKind,
    List::ChildDecisionKind,
    List::AdultDecisionKind,
    List::DocumentKind,
    List::ClinicalKind,
    List::IdentifierKind,
    List::AdultRelation,
    List::PlacementType,
    List::JudicialQuestion,
];
/// Lists whose codes are given as a reason.
const REASONS: &[List] = &[
    List::OpenReason,
    List::ProtectionReason,
    List::EmergencyReason,
    List::NoProcedureReason,
    List::NonProsecutionReason,
    List::PlaceReason,
];
/// Ids and marks that say nothing to a reader; the row names its object beside them.
const SILENT: &[&str] = &[
    "assignment",
    "note",
    "decision",
    "document",
    "event",
    "question",
    "judicial_file",
    "person",
    "case",
    "cases",
    "people",
    "key",
    "master",
    "method",
    "by_person",
    "by_object",
    "readers",
    "urgent",
    "factor",
    "seat",
    "designation",
    "point",
    "owner",
];

/// The words of an action.
pub fn action(ui: &Ui, action: &str) -> String {
    said(ui, "act-{}", action)
}

/// The words of a code by a pattern of keys, or the code.
fn said(ui: &Ui, pattern: &str, code: &str) -> String {
    let key = pattern.replace("{}", &code.replace(['.', '_'], "-"));
    let words = ui.t(&key);
    if words == key { code.to_owned() } else { words }
}

/// The words of a code in the first list that has it, or the code.
fn listed(ui: &Ui, lists: &[List], code: &str) -> String {
    let known = |list: &&List| ui.catalogue().code(**list, code).is_some();
    let list = lists.iter().find(known);
    list.map_or_else(|| code.to_owned(), |list| ui.label(*list, code))
}

impl Entry {
    /// Why, in the words of the list that the code is of.
    pub(super) fn reason(&self, ui: &Ui) -> Option<String> {
        self.reason.as_deref().map(|code| listed(ui, REASONS, code))
    }

    /// What was written with it.
    pub(super) fn details(&self, ui: &Ui) -> Vec<String> {
        let fields = self.fields.as_object().into_iter().flatten();
        fields
            .filter(|(name, value)| !value.is_null() && !SILENT.contains(&name.as_str()))
            .map(|(name, value)| match value {
                Value::String(text) => self.text(ui, name, text),
                Value::Number(number) => match (name.as_str(), number.as_i64()) {
                    ("status", Some(status)) => said(ui, "audit-refused-{}", &status.to_string()),
                    ("court", Some(id)) => ui.court(CourtId(i16::try_from(id).unwrap_or(0))),
                    ("territory", Some(id)) => {
                        city(ui, TerritoryId(i16::try_from(id).unwrap_or(0)))
                    }
                    (_, Some(n)) => named(ui, name, &ui.number(n)),
                    _ => named(ui, name, &number.to_string()),
                },
                Value::Bool(yes) => match name.as_str() {
                    "whole" => said(ui, "audit-whole-{}", &yes.to_string()),
                    "by_cell" => said(ui, "audit-by-cell-{}", &yes.to_string()),
                    "clinical" => said(ui, "audit-clinical-{}", &yes.to_string()),
                    "justified" => said(ui, "audit-justified-{}", &yes.to_string()),
                    "valid" => said(ui, "audit-valid-{}", &yes.to_string()),
                    _ => named(ui, name, &yes.to_string()),
                },
                Value::Array(parts) => {
                    let parts = parts.iter().filter_map(Value::as_str);
                    let words: Vec<String> =
                        parts.map(|part| said(ui, "audit-part-{}", part)).collect();
                    named(ui, name, &words.join(ui.comma()))
                }
                other => named(ui, name, &other.to_string()),
            })
            .collect()
    }

    fn text(&self, ui: &Ui, name: &str, text: &str) -> String {
        match name {
            "risk" => ui.label(List::RiskLevel, text),
            "rule" => named(ui, name, &ui.label(List::TaskRule, text)),
            "from" | "to" if self.action.starts_with("case.risk_") => {
                named(ui, name, &ui.label(List::RiskLevel, text))
            }
            "kind" if self.action.starts_with("job.") => said(ui, "job-kind-{}", text),
            "kind" | "counterpart" => listed(ui, KINDS, text),
            "outcome" => listed(ui, &[List::ServiceOutcome], text),
            "proof" => listed(ui, &[List::RelationProof], text),
            "reason" => listed(ui, REASONS, text),
            "provider" | "organisation" => ui.organisation(text),
            "claim" => said(ui, "kinship-{}", text),
            "effect" if text == "no_procedure" => ui.t("decision-mother-none"),
            "effect" => said(ui, "decision-mother-{}", text),
            "audience" => said(ui, "beds-{}", text),
            "table" => named(ui, name, &said(ui, "table-{}", text)),
            "state" => said(ui, "service-{}", text),
            "move" if self.action == "plan_city.moved" => said(ui, "plan-moved-{}", text),
            "standing" if self.action == "plan_step.recorded" => said(ui, "plan-step-{}", text),
            "standing" => said(ui, "plan-ready-{}", text),
            "step" if self.action == "plan_step.recorded" => {
                named(ui, name, &ui.label(List::ActivationStep, text))
            }
            "criterion" => named(ui, name, &ui.label(List::ReadinessCriterion, text)),
            "sector" => ui.label(List::SeatSector, text),
            "meeting_kind" => ui.label(List::MeetingKind, text),
            "partner_role" => ui.label(List::PartnerRole, text),
            "purpose" if self.action == "plan_letter.added" => ui.label(List::LetterPurpose, text),
            "to_party" => named(ui, name, &ui.label(List::LetterParty, text)),
            "answer" if self.action.starts_with("identity") => said(ui, "identity-{}", text),
            "as" => said(ui, "document-{}", text),
            "role" => {
                Role::from_code(text).map_or_else(|| text.to_owned(), |role| ui.t(role_key(role)))
            }
            "action" => action(ui, text),
            "paper" => said(ui, "audit-paper-{}", text),
            "by" if self.action == "search.made" => said(ui, "audit-search-{}", text),
            "from" | "to" if self.action == "bed.moved" => {
                named(ui, name, &said(ui, "bed-state-{}", text))
            }
            "from" | "to" if self.action == "case.moved" => {
                named(ui, name, &said(ui, "state-{}", text))
            }
            "route" => text.to_owned(),
            _ => named(ui, name, &plain(ui, text)),
        }
    }
}

/// "Openings: 61".
fn named(ui: &Ui, name: &str, value: &str) -> String {
    let name = said(ui, "audit-field-{}", name);
    ui.t2("audit-field", ("name", name), ("value", value.to_owned()))
}

/// A day, a moment, the beginning of an id, or what is written.
fn plain(ui: &Ui, text: &str) -> String {
    if let Ok(day) = text.parse::<NaiveDate>() {
        ui.date(day)
    } else if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        ui.moment(at.to_utc())
    } else if text.parse::<uuid::Uuid>().is_ok() {
        text.chars().take(8).collect()
    } else {
        text.to_owned()
    }
}

fn city(ui: &Ui, id: TerritoryId) -> String {
    let place = ui.catalogue().territory(id);
    place.map_or_else(|| id.0.to_string(), |place| ui.say(&place.label).to_owned())
}
