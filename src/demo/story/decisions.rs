//! What the prosecutor decides: a measure for each child, a decision on each adult, each with its signed act.

use super::{
    At, Code, Teller,
    cases::{Family, File},
    family::Adult,
    prosecution::{Folder, Fork},
};
use crate::{
    clock::local_date,
    demo::{
        rows::{AdultDecision, AdultDecisionOffence, AdultDecisionText, ChildDecision, CourtAct},
        words::{COURT_TEXTS, INSTRUCTIONS},
    },
};
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use uuid::Uuid;

const CHILD_KINDS: &[(Code, u32)] = &[
    ("return_to_parents", 30),
    ("entrusted_person", 14),
    ("referral_to_cell", 13),
    ("emergency_placement", 10),
    ("social_inquiry", 8),
    ("motion_difficult_situation", 7),
    ("civil_registration_petition", 6),
    ("no_measure", 5),
    ("expertise", 4),
    ("motion_victim", 4),
    ("child_hearing", 3),
    ("identity_check", 2),
];

impl Teller<'_> {
    /// A measure for each child, on the day of receipt or the next. Of the first file of each city that is old enough, one
    /// goes to the juvenile judge.
    pub(super) fn measures(&mut self, family: &Family<'_>, folder: Folder, received_at: At) {
        let day = local_date(received_at);
        let on = self.day_between(day, day + Days::new(1));
        let act_id = self.court_act(folder, on);
        let stays = |at: At| at > received_at + TimeDelta::days(30);
        let mut asked = family
            .files
            .iter()
            .filter_map(|file| file.since("closure_requested"));
        let mut to_the_judge = received_at < self.world.now - TimeDelta::days(35)
            && asked.all(stays)
            && self.is_first(family.team.city.slug, "motion");
        for file in &family.files {
            let fell = self.dice.weighted(CHILD_KINDS);
            let kind = if std::mem::take(&mut to_the_judge) {
                "motion_difficult_situation"
            } else {
                fell
            };
            let at = self.office_after(received_at.max(self.office_hour_of(on)), received_at);
            let row = ChildDecision {
                id: self.dice.uuid(at),
                file_id: folder.file_id,
                case_id: folder.case_id,
                territory_id: folder.territory_id,
                court_id: folder.court_id,
                person_id: file.child.person,
                kind,
                decided_on: on,
                recorded_at: at,
                recorded_by: family.team.prosecutor,
                act_id: Some(act_id),
                instructions_enc: self.sometimes(60, INSTRUCTIONS).map(str::to_owned),
            };
            self.rows.child_decisions.push(row);
            self.happened(file.case, at, family.team.prosecutor);
        }
    }

    /// A decision on each adult; whether all are final.
    pub(super) fn adult_decisions(
        &mut self,
        family: &Family<'_>,
        folder: Folder,
        received_at: At,
        effect: Code,
        fork: &mut Fork,
    ) -> bool {
        let mut whole = true;
        // nobody waits for years in a file of a child that is closed
        let is_over = family.files.first().is_some_and(File::is_closed);
        for adult in &family.house.adults {
            let effect = if adult.is_mother() {
                effect
            } else {
                let fell = self.dice.weighted(&[
                    ("prosecuted", 72),
                    ("pending", 14),
                    ("not_prosecuted", 14),
                ]);
                if is_over && fell == "pending" {
                    "not_prosecuted"
                } else {
                    fell
                }
            };
            let mut at = received_at;
            let mut corrects = None;
            // one in four has a decision before it, the first of all among them: that one was entered wrongly
            let comes_after = self.dice.chance(25) || !self.was_corrected();
            if effect != "pending" && comes_after {
                at = self.later(at, 20, 120);
                let is_wrong = !self.was_corrected();
                let before = self.adult_decision(family, folder, adult, "pending", at, None);
                corrects = is_wrong.then_some(before);
            }
            at = self.later(at, 24, 420);
            let decision = self.adult_decision(family, folder, adult, effect, at, corrects);
            if adult.is_mother() {
                fork.effects.push((local_date(at), effect));
                // an acquittal, or an infant at the breast: one in four, the first of all among them
                let helped = self.dice.chance(25) || !self.is_overridden();
                if effect == "prosecuted" && helped {
                    let after = self.later(at, 200, 900);
                    fork.support_since =
                        Some(self.open_support(family, adult, after, Some(decision)));
                }
            }
            whole &= effect != "pending";
        }
        whole
    }

    /// Who still waits had a further word in the last weeks, as an inquiry that goes on has: few are late, and by days.
    pub(super) fn still_waits(&mut self, family: &Family<'_>, folder: Folder, received_at: At) {
        let now = self.world.now;
        // days until the next word, as `reference/judicial_target.csv` has them
        let target = if family.urgent { 15 } else { 30 };
        for adult in &family.house.adults {
            let of_adult = |one: &&AdultDecision| {
                one.file_id == folder.file_id && one.person_id == adult.person
            };
            let last = self.rows.adult_decisions.iter().rev().find(of_adult);
            let last = last.map(|one| (one.effect, one.recorded_at));
            let (effect, since) = last.unwrap_or(("pending", received_at));
            if effect != "pending" {
                continue;
            }
            let is_late = self.count(family.team.city.slug, "waits") % 4 == 3;
            let (low, high) = if is_late {
                (target + 1, target + 8)
            } else {
                (2, target - 3)
            };
            let day = self.world.today - Days::new(self.dice.between(low, high).into());
            let at = self.office_hour(day);
            let is_fresh = last.is_none() && since > now - TimeDelta::days(4);
            if is_fresh || (last.is_some() && since >= at) {
                continue;
            }
            let at = at.max(since + TimeDelta::hours(20)).min(now);
            self.adult_decision(family, folder, adult, "pending", at, None);
            if let Some(row) = self.rows.adult_decisions.last_mut() {
                row.kind = "further_inquiry";
            }
        }
    }

    /// Whether a decision corrects another already.
    fn was_corrected(&self) -> bool {
        let mut decisions = self.rows.adult_decisions.iter();
        decisions.any(|decision| decision.supersedes_id.is_some())
    }

    /// Whether a mother who is prosecuted is helped all the same already.
    fn is_overridden(&self) -> bool {
        let mut support = self.rows.support.iter();
        support.any(|support| support.ground == "override")
    }

    fn adult_decision(
        &mut self,
        family: &Family<'_>,
        folder: Folder,
        adult: &Adult,
        effect: Code,
        at: At,
        supersedes_id: Option<Uuid>,
    ) -> Uuid {
        let (kinds, reasons, offences) = possible(effect, adult.relation);
        let kind = self.dice.pick(kinds);
        let (id, on) = (self.dice.uuid(at), local_date(at));
        let reason = match kind {
            "filed" => Some(self.dice.pick(reasons)),
            "treated_as_victim" => Some("victim_herself"),
            _ => None,
        };
        let offence = (effect == "prosecuted").then(|| self.dice.pick(offences));
        let row = AdultDecision {
            id,
            file_id: folder.file_id,
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            court_id: folder.court_id,
            person_id: adult.person,
            kind,
            effect,
            reason,
            offence,
            decided_on: on,
            recorded_at: at,
            recorded_by: family.team.prosecutor,
            act_id: Some(self.court_act(folder, on)),
            supersedes_id,
        };
        self.rows.adult_decisions.push(row);
        if let Some(offence) = offence.and_then(beside) {
            self.rows.adult_offences.push(AdultDecisionOffence {
                decision_id: id,
                offence,
                seq: 1,
                file_id: folder.file_id,
                case_id: folder.case_id,
                territory_id: folder.territory_id,
                court_id: folder.court_id,
            });
        }
        if let Some(text) = self.sometimes(50, COURT_TEXTS) {
            let (territory_id, court_id) = (folder.territory_id, folder.court_id);
            self.rows.adult_texts.push(AdultDecisionText {
                decision_id: id,
                territory_id,
                court_id,
                text_enc: text.to_owned(),
            });
        }
        self.happened(folder.case_id, at, family.team.prosecutor);
        id
    }

    /// The number of a signed act: they rise through the year.
    fn court_act(&mut self, folder: Folder, on: NaiveDate) -> Uuid {
        let mut number = on.ordinal() * 3 + self.dice.between(0, 2);
        while !self
            .act_numbers
            .insert((folder.court_id, on.year(), number))
        {
            number += 1;
        }
        let id = self.dice.uuid(self.office_hour_of(on));
        self.rows.acts.push(CourtAct {
            id,
            file_id: folder.file_id,
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            court_id: folder.court_id,
            year: on.year(),
            number: format!("{number}/{}", on.year()),
        });
        id
    }
}

/// The offence that is often prosecuted together with this one.
fn beside(offence: Code) -> Option<Code> {
    match offence {
        "pc_328" => Some("pc_326"),
        "pc_448_1" => Some("pc_327_children"),
        "pc_479_482" => Some("pc_459_467"),
        _ => None,
    }
}

/// Kinds of decision, reasons and offences that fit an effect and a kinship.
fn possible(effect: Code, relation: Code) -> (&'static [Code], &'static [Code], &'static [Code]) {
    let kinds: &[Code] = match effect {
        "not_prosecuted" if relation == "mother" => {
            &["filed", "filed", "warning", "treated_as_victim"]
        }
        "not_prosecuted" => &["filed", "warning"],
        "prosecuted" if !["mother", "father", "grandparent"].contains(&relation) => {
            &["prosecution_in_custody", "investigating_judge"]
        }
        "prosecuted" => &[
            "prosecution_at_liberty",
            "prosecution_at_liberty",
            "prosecution_supervised",
        ],
        _ => &["further_inquiry", "provisional_filing", "settlement"],
    };
    let reasons: &[Code] = &[
        "no_offence",
        "insufficient_evidence",
        "opportunity",
        "insufficient_evidence",
    ];
    let offences: &[Code] = match relation {
        "mother" | "father" | "grandparent" => &["pc_326", "pc_328", "pc_479_482"],
        _ => &["pc_327_children", "pc_328", "pc_448_1"],
    };
    (kinds, reasons, offences)
}
