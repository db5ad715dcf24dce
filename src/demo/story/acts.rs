//! One act of help: who gave it, to whom, and what came of it.

use super::{Code, Teller, cases::Family};
use crate::{
    clock::local_date,
    demo::{
        rows::{Beneficiary, Service, bytea},
        words::{SERVICE_NOTES, VISIT_NOTES},
    },
};
use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const OUTCOMES: &[(Code, u32)] = &[
    ("goal_met", 55),
    ("goal_partly_met", 30),
    ("goal_not_met", 7),
    ("redirected", 5),
    ("discontinued", 3),
];

/// One act of help and who gets it: person, file, effect for a mother.
pub(super) struct Act {
    pub(super) kind: Code,
    pub(super) on: NaiveDate,
    pub(super) planned: bool,
    pub(super) urgent: bool,
    pub(super) people: Vec<(Uuid, Uuid, Option<Code>)>,
}

impl Teller<'_> {
    /// What is planned lies ahead, or a few days back: help that is long overdue is the exception, and told elsewhere.
    pub(super) fn act(&mut self, family: &Family<'_>, mut act: Act) {
        let today = self.world.today;
        let mut written_on = act.on;
        if act.planned && act.on + Days::new(14) < today {
            written_on = today - Days::new(3);
            act.on = today + Days::new(self.dice.between(1, 21).into());
        }
        let territory_id = family.team.city.territory;
        let agreed_on = if act.planned || act.urgent {
            act.on
        } else {
            let opened = family
                .files
                .first()
                .and_then(|file| file.since("identified"))
                .map_or(act.on, local_date);
            opened.max(act.on - Days::new(self.dice.between(0, 20).into()))
        };
        let recorded_at = self.office_hour_of(written_on).max(family.observed_at);
        let id = self.dice.uuid(recorded_at);
        let visit = act.kind.ends_with("visit") || act.kind.contains("follow_up");
        let notes = if visit { VISIT_NOTES } else { SERVICE_NOTES };
        let row = Service {
            id,
            territory_id,
            territory_at: territory_id,
            kind: act.kind,
            provider: provider(act.kind, family.team.city.slug),
            state: if act.planned { "planned" } else { "delivered" },
            agreed_on,
            delivered_on: (!act.planned).then_some(act.on),
            urgent: act.urgent,
            outcome: (!act.planned && self.dice.chance(65)).then(|| self.dice.weighted(OUTCOMES)),
            note_enc: if act.planned {
                None
            } else {
                self.sometimes(50, notes).map(str::to_owned)
            },
            recorded_by: family.lead,
            recorded_at,
            payload_mac: bytea(&Sha256::digest(id)),
        };
        self.rows.services.push(row);
        for (person_id, case_id, mother_effect) in act.people {
            self.rows.beneficiaries.push(Beneficiary {
                service_id: id,
                person_id,
                case_id,
                territory_id,
                mother_effect,
                counts_as: mother_effect.is_none().then(|| beside(act.kind)).flatten(),
            });
            self.happened(case_id, recorded_at, family.lead);
        }
    }
}

/// As what help to a mother counts for a child who is served beside her; none: not given together.
pub(super) fn beside(kind: Code) -> Option<Code> {
    match kind {
        "mother_individual_support" => Some("psychological_individual"),
        "mother_group_support" => Some("psychological_group"),
        "parenting_support" => Some("parent_child_session"),
        _ => None,
    }
}

/// Which body of the city gives that help.
fn provider(kind: Code, city: &str) -> String {
    let body = match kind {
        "medical_urgent_exam"
        | "vaccination"
        | "medical_consultation"
        | "psychological_individual"
        | "mother_violence_cell" => "hospital_cell",
        "preschool" | "school_enrolment" | "school_reenrolment" | "second_chance" | "boarding"
        | "school_kit" => "education",
        "emergency_shelter" | "mother_shelter" => "shelter",
        // Témara has no accompaniment centre
        "social_accompaniment" | "child_family_mediation" | "review_meeting"
            if city != "temara" =>
        {
            "cape"
        }
        _ => "en_cell",
    };
    format!("{body}_{city}")
}
