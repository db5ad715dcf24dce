//! What is sent to the court: the dossier of a procedure, and the urgent notice.

use super::{At, Code, Teller, cases::Family};
use crate::demo::{
    rows::Disclosure,
    words::{FACTS, INQUIRIES},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

/// Version of the extract's form.
const SCHEMA: i16 = 1;

/// Cities in which an urgent notice of these days still waits for the prosecutor's eye.
const UNSEEN: &[Code] = &["sale", "agadir"];

impl Teller<'_> {
    /// An urgent notice: where the child was in danger, and in every file in that state today.
    pub(super) fn notice(&mut self, family: &Family<'_>, state: Code) {
        let fresh = state == "urgent_action";
        let Some(file) = family
            .files
            .first()
            .filter(|_| fresh || (family.urgent && self.dice.chance(50)))
        else {
            return;
        };
        let opened_at = file.since("identified").unwrap_or(self.world.now);
        let sent_at = (opened_at + self.minutes(5, 30)).min(self.world.now);
        let seen_at = (sent_at + self.minutes(15, 110)).min(self.world.now);
        let seen = !(fresh && UNSEEN.contains(&family.team.city.slug));
        let snapshot = json!({
            "schema": SCHEMA,
            "kind": "urgent_notice",
            "met_at": family.observed_at,
            "children": self.children_of(family),
            "facts": self.dice.pick(FACTS),
        });
        let row = Disclosure {
            id: self.dice.uuid(sent_at),
            kind: "urgent_notice",
            case_id: file.case,
            territory_id: family.team.city.territory,
            to_court: family.team.city.court,
            legal_basis: "urgent_protection",
            schema_version: SCHEMA,
            snapshot: snapshot.to_string(),
            sha256: String::new(),
            composed_by: family.lead,
            composed_at: sent_at,
            sent_by: Some(family.lead),
            sent_at: Some(sent_at),
            acknowledged_by: seen.then_some(family.team.prosecutor),
            acknowledged_at: seen.then_some(seen_at),
        };
        self.rows.disclosures.push(row);
        self.happened(file.case, sent_at, family.lead);
    }

    /// The extract of a procedure.
    pub(super) fn dossier(
        &mut self,
        family: &Family<'_>,
        court: i16,
        composed_at: At,
        sent_at: Option<At>,
    ) -> Uuid {
        let id = self.dice.uuid(composed_at - TimeDelta::minutes(1));
        let adults: Vec<Value> = family
            .house
            .adults
            .iter()
            .map(|adult| json!({ "name": self.name_of(adult.person), "relation_claimed": adult.relation }))
            .collect();
        let snapshot = json!({
            "schema": SCHEMA,
            "kind": "dossier",
            "met_at": family.observed_at,
            "children": self.children_of(family),
            "adults": adults,
            "facts": self.dice.pick(FACTS),
            "inquiry": self.dice.pick(INQUIRIES),
        });
        let Some(file) = family.files.first() else {
            return id;
        };
        self.rows.disclosures.push(Disclosure {
            id,
            kind: "dossier",
            case_id: file.case,
            territory_id: family.team.city.territory,
            to_court: court,
            legal_basis: "prosecution_referral",
            schema_version: SCHEMA,
            snapshot: snapshot.to_string(),
            sha256: String::new(),
            composed_by: family.lead,
            composed_at,
            sent_by: sent_at.map(|_| family.team.supervisor),
            sent_at,
            acknowledged_by: None,
            acknowledged_at: None,
        });
        id
    }

    fn children_of(&self, family: &Family<'_>) -> Vec<Value> {
        let children = family.files.iter().map(|file| &file.child);
        children
            .map(|child| {
                json!({
                    "name": self.name_of(child.person),
                    "sex": child.sex,
                    "age_months": child.months,
                    "registered": child.registered,
                })
            })
            .collect()
    }

    fn name_of(&self, person: Uuid) -> Option<String> {
        let name = self
            .rows
            .names
            .iter()
            .rev()
            .find(|name| name.person_id == person)?;
        let given = name.given_ar.or(name.given_la)?;
        let family = name.family_ar.or(name.family_la).unwrap_or_default();
        Some(format!("{given} {family}").trim_end().to_owned())
    }
}
