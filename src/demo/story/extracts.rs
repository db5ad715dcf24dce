//! What is sent to the court: the dossier of a procedure, and the urgent notice. Here stand the worker's own
//! words; the rest of the text is frozen when every row is known.

use super::{At, Code, Teller, cases::Family};
use crate::{
    demo::{
        rows::Disclosure,
        words::{FACTS, INQUIRIES},
    },
    prosecution::seal::SCHEMA_VERSION,
};
use chrono::TimeDelta;
use uuid::Uuid;

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
        let row = Disclosure {
            id: self.dice.uuid(sent_at),
            kind: "urgent_notice",
            case_id: file.case,
            territory_id: family.team.city.territory,
            to_court: family.team.city.court,
            legal_basis: "urgent_protection",
            schema_version: SCHEMA_VERSION,
            snapshot_enc: self.dice.pick(FACTS).to_owned(),
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
        let summary = format!("{}\n{}", self.dice.pick(FACTS), self.dice.pick(INQUIRIES));
        let legal_basis = match (court == family.team.city.court, family.urgent) {
            (false, _) => "trafficking",
            (true, true) => "child_victim",
            (true, false) => "difficult_situation",
        };
        let Some(file) = family.files.first() else {
            return id;
        };
        self.rows.disclosures.push(Disclosure {
            id,
            kind: "dossier",
            case_id: file.case,
            territory_id: family.team.city.territory,
            to_court: court,
            legal_basis,
            schema_version: SCHEMA_VERSION,
            snapshot_enc: summary,
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
}
