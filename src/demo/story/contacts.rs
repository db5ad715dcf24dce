//! What was seen in the street, as the team wrote it down.

use super::{
    At, Code, Team, Teller,
    family::{Adult, Child, Company},
};
use crate::demo::{
    rows::{Contact, ContactAction, ContactAdult, ContactChild, ContactChildFlag, Outcome, bytea},
    words::{CONTACT_NOTES, LANDMARKS},
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

const SPOTS: &[(Code, u32)] = &[
    ("traffic_light", 27),
    ("market", 17),
    ("restaurant_cafe", 15),
    ("street_square", 9),
    ("mosque", 8),
    ("shopping_centre", 6),
    ("station", 6),
    ("bakery", 4),
    ("tourist_site", 3),
    ("bank_atm", 2),
    ("pharmacy_hospital", 2),
    ("cemetery", 1),
];

/// What a team notes of one contact.
pub(super) struct Sighting<'a> {
    pub(super) team: &'a Team,
    pub(super) company: Company,
    pub(super) children: Vec<SeenChild>,
    pub(super) adults: Vec<(Code, Option<Code>)>,
    pub(super) observed_at: At,
    pub(super) triaged_at: Option<At>,
    pub(super) again: bool,
}

/// A child as seen.
#[derive(Clone, Copy)]
pub(super) struct SeenChild {
    pub(super) sex: Code,
    pub(super) months: u32,
    pub(super) seen_as: Option<Code>,
}

impl From<&Child> for SeenChild {
    fn from(child: &Child) -> Self {
        Self {
            sex: child.sex,
            months: child.months,
            seen_as: child.seen_as,
        }
    }
}

/// The adults of a family as the street saw them.
pub(super) fn as_seen(adults: &[Adult]) -> Vec<(Code, Option<Code>)> {
    adults
        .iter()
        .map(|adult| (adult.relation, adult.name_seen))
        .collect()
}

impl Teller<'_> {
    /// Writes a contact down; answers with its id and those of the children seen.
    pub(super) fn contact(&mut self, sighting: &Sighting<'_>) -> (Uuid, Vec<Uuid>) {
        let (team, observed_at) = (sighting.team, sighting.observed_at);
        let territory = team.city.territory;
        let received_at = (observed_at + self.minutes(3, 24)).min(self.world.now);
        let id = self.dice.uuid(received_at);
        let youngest = sighting
            .children
            .iter()
            .map(|child| child.months)
            .min()
            .unwrap_or(0);
        let spot_kind = self.dice.weighted(SPOTS);
        let landmarks = LANDMARKS
            .iter()
            .find(|(spot, _)| *spot == spot_kind)
            .map(|(_, texts)| *texts);
        let row = Contact {
            id,
            receipt: String::new(),
            territory_id: territory,
            territory_at: territory,
            place_code: self.place(team),
            spot_kind,
            landmark_enc: landmarks
                .and_then(|texts| self.sometimes(80, texts))
                .map(str::to_owned),
            observed_at,
            received_at,
            author: self.dice.weighted(&team.workers),
            circumstance: self.circumstance(sighting.company, youngest),
            note_enc: self.sometimes(45, CONTACT_NOTES).map(str::to_owned),
            state: if sighting.triaged_at.is_some() {
                "triaged"
            } else {
                "submitted"
            },
            triaged_by: sighting.triaged_at.map(|_| team.supervisor),
            triaged_at: sighting.triaged_at,
            payload_mac: bytea(&Sha256::digest(id)),
        };
        self.rows.contacts.push(row);
        let mut flagged = false;
        let mut seen = Vec::new();
        for (child, seq) in sighting.children.iter().zip(1..) {
            let (child_id, flags) = self.seen_child(id, territory, *child, seq, sighting);
            flagged |= flags;
            seen.push(child_id);
        }
        for (relation_claimed, name_seen) in &sighting.adults {
            self.rows.adults.push(ContactAdult {
                id: self.dice.uuid(received_at),
                contact_id: id,
                territory_id: territory,
                relation_claimed,
                name_enc: name_seen.map(str::to_owned),
                phone_enc: self
                    .dice
                    .chance(15)
                    .then(|| "06 00 00 00 ".to_owned())
                    .map(|phone| format!("{phone}{:02}", self.dice.between(1, 99))),
            });
        }
        self.actions(id, territory, flagged);
        (id, seen)
    }

    /// What triage decided for one child seen.
    pub(super) fn outcome(
        &mut self,
        team: &Team,
        seen: Uuid,
        kind: Code,
        case: Option<Uuid>,
        at: At,
    ) {
        self.rows.outcomes.push(Outcome {
            contact_child_id: seen,
            territory_id: team.city.territory,
            kind,
            case_id: case,
            by_user: team.supervisor,
            at,
        });
    }

    fn seen_child(
        &mut self,
        contact_id: Uuid,
        territory_id: i16,
        child: SeenChild,
        seq: i16,
        sighting: &Sighting<'_>,
    ) -> (Uuid, bool) {
        let id = self.dice.uuid(sighting.observed_at);
        let years = child.months / 12;
        let (age_min_months, age_max_months) = if years < 2 {
            (child.months.saturating_sub(2), child.months + 2)
        } else {
            (
                years * 12,
                (years * 12 + self.dice.pick(&[11, 11, 23])).min(216),
            )
        };
        self.rows.seen.push(ContactChild {
            id,
            contact_id,
            territory_id,
            seq,
            sex: child.sex,
            age_min_months,
            age_max_months,
            seen_as_enc: child.seen_as.map(str::to_owned),
        });
        let unrelated = sighting.company == Company::Unrelated;
        let alone = sighting.company == Company::Alone && child.months < 120;
        let flags = [
            ("infant", child.months < 12),
            ("unrelated_adult", unrelated),
            ("abandoned", alone && self.dice.chance(40)),
            (
                "seen_before_90_days",
                sighting.again && self.dice.chance(60),
            ),
            ("injury_or_illness", self.dice.chance(7)),
            ("drugged", child.months < 60 && self.dice.chance(6)),
            ("threat_or_violence", self.dice.chance(3)),
            ("sexual_exploitation_sign", unrelated && self.dice.chance(5)),
        ];
        let raised = flags
            .into_iter()
            .filter(|(_, raised)| *raised)
            .map(|(flag, _)| flag);
        let before = self.rows.flags.len();
        self.rows.flags.extend(raised.map(|flag| ContactChildFlag {
            contact_child_id: id,
            territory_id,
            flag,
        }));
        (id, self.rows.flags.len() > before)
    }

    fn actions(&mut self, contact_id: Uuid, territory_id: i16, flagged: bool) {
        let done = [
            ("awareness", self.dice.chance(75)),
            ("supervisor_notified", flagged),
            ("prosecution_notified", flagged && self.dice.chance(30)),
            ("medical_help", flagged && self.dice.chance(25)),
            ("safe_place", flagged && self.dice.chance(25)),
            ("left_place", !flagged && self.dice.chance(20)),
        ];
        let row = |action| ContactAction {
            contact_id,
            territory_id,
            action,
        };
        self.rows.actions.extend(
            done.into_iter()
                .filter(|(_, done)| *done)
                .map(|(action, _)| row(action)),
        );
    }

    fn circumstance(&mut self, company: Company, youngest: u32) -> Code {
        let usual = match company {
            Company::Mother | Company::ChildMother if youngest < 12 => "infant_carried",
            Company::Mother | Company::ChildMother => "with_mother",
            Company::BothParents => "with_both_parents",
            Company::Father => "with_father",
            Company::Grandmother => "with_other_relative",
            Company::Unrelated => "with_unrelated_adult",
            Company::Alone => "alone",
        };
        let rarer: &[Code] = match company {
            Company::Unrelated => &[
                "watched_from_distance",
                "simulated_illness",
                "selling_goods",
            ],
            Company::Alone => &["child_group", "with_siblings", "windscreen_service"],
            _ => &["selling_goods"],
        };
        if self.dice.chance(75) {
            usual
        } else {
            self.dice.pick(rarer)
        }
    }

    fn place(&mut self, team: &Team) -> String {
        let weights: Vec<(usize, u32)> = team
            .places
            .iter()
            .map(|(_, weight)| *weight)
            .enumerate()
            .collect();
        let chosen = self.dice.weighted(&weights);
        team.places
            .get(chosen)
            .map(|(code, _)| code.clone())
            .unwrap_or_default()
    }
}
