//! The judicial side of a family: extract, custody of the file, decisions on each child and on each adult,
//! and the four services that a supervisor opens where no procedure decides.

use super::{Teller, cases::Family, family::Adult};
use crate::{
    clock::local_date,
    demo::{
        rows::{
            AdultDecision, AdultDecisionText, ChildDecision, CourtAct, JudicialAdult,
            JudicialChild, JudicialFile, MotherSupport,
        },
        words::{COURT_TEXTS, INSTRUCTIONS, OVERRIDES},
    },
};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use uuid::Uuid;

type Code = &'static str;
type At = DateTime<Utc>;

/// How far the prosecution has come with a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    NoFile,
    /// No file, and the supervisor opened the four services.
    Support,
    Draft,
    Withdrawn,
    Transmitted,
    Received,
    Returned,
    /// The child has a measure, the adults wait.
    ChildFirst,
    /// The adults' decisions have this effect.
    Decided(Code),
}
use Course::{
    ChildFirst, Decided, Draft, NoFile, Received, Returned, Support, Transmitted, Withdrawn,
};

const FREE: Course = Decided("not_prosecuted");
const CHARGED: Course = Decided("prosecuted");
const WAITS: Course = Decided("pending");

/// By the state of the file; families take them in turn, so each occurs.
const COURSES: &[(Code, &[Course])] = &[
    ("assessment", &[Transmitted, Draft, NoFile, Transmitted]),
    ("planning", &[Received, Transmitted, ChildFirst, Returned]),
    (
        "implementation",
        &[ChildFirst, FREE, CHARGED, WAITS, Support, FREE],
    ),
    (
        "monitoring",
        &[FREE, CHARGED, Support, FREE, WAITS, ChildFirst, NoFile],
    ),
    ("closure_requested", &[FREE, Support, CHARGED]),
    (
        "closed",
        &[
            FREE, NoFile, CHARGED, Support, FREE, Withdrawn, NoFile, FREE,
        ],
    ),
];

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

/// What the decisions mean for the mother, day by day (schema D19).
#[derive(Debug, Default)]
pub(super) struct Fork {
    effects: Vec<(NaiveDate, Code)>,
    support_since: Option<NaiveDate>,
}

impl Fork {
    /// The effect on a day.
    pub(super) fn on(&self, day: NaiveDate) -> Code {
        let latest = self.effects.iter().rev().find(|(since, _)| *since <= day);
        latest.map_or("no_procedure", |(_, effect)| effect)
    }

    /// The first day on which the four services are open.
    pub(super) fn open_since(&self) -> Option<NaiveDate> {
        let freed = self
            .effects
            .last()
            .filter(|(_, effect)| *effect == "not_prosecuted")
            .map(|(day, _)| *day);
        freed.or(self.support_since)
    }

    /// The day since which the mother's decision is awaited.
    pub(super) fn waits_since(&self) -> Option<NaiveDate> {
        self.effects.first().map(|(day, _)| *day)
    }
}

/// The file as its parties and decisions point to it.
#[derive(Debug, Clone, Copy)]
struct Folder {
    file_id: Uuid,
    case_id: Uuid,
    territory_id: i16,
    court_id: i16,
}

impl Teller<'_> {
    /// Tells what the prosecution did with a family.
    pub(super) fn prosecution(&mut self, family: &Family<'_>, state: Code) -> Fork {
        self.notice(family, state);
        let courses = COURSES
            .iter()
            .find(|(known, _)| *known == state)
            .map_or(&[][..], |(_, courses)| courses);
        let turn = self.turns.entry(state).or_insert(0);
        let course = courses
            .iter()
            .cycle()
            .nth(*turn % courses.len().max(1))
            .copied()
            .unwrap_or(NoFile);
        *turn += 1;
        let mother = family.house.adults.iter().find(|adult| adult.is_mother());
        match (course, mother) {
            (Support, Some(mother)) => {
                let begun = family.files.first().and_then(|file| file.since("planning"));
                let support_since = begun.map(|at| self.open_support(family, mother, at, false));
                Fork {
                    support_since,
                    ..Fork::default()
                }
            }
            (NoFile | Support, _) => Fork::default(),
            _ if family.house.is_of_a_child_mother() => Fork::default(),
            _ => self.judicial_file(family, course),
        }
    }

    /// The supervisor opens the four services without a decision, or against one; answers since when.
    fn open_support(
        &mut self,
        family: &Family<'_>,
        mother: &Adult,
        after: At,
        against: bool,
    ) -> NaiveDate {
        let opened_at = self.office_after(after, after);
        let reasons: &[Code] = if against {
            &["other"]
        } else {
            &[
                "not_present",
                "no_sign_of_offence",
                "notified_no_file",
                "prevention",
                "victim_herself",
            ]
        };
        self.rows.support.push(MotherSupport {
            id: self.dice.uuid(opened_at),
            person_id: mother.person,
            territory_id: family.team.city.territory,
            ground: if against { "override" } else { "no_procedure" },
            reason: self.dice.pick(reasons),
            note: against.then(|| self.dice.pick(OVERRIDES)),
            opened_by: family.team.supervisor,
            opened_at,
        });
        local_date(opened_at)
    }

    fn judicial_file(&mut self, family: &Family<'_>, course: Course) -> Fork {
        let Some(file) = family.files.first() else {
            return Fork::default();
        };
        let team = family.team;
        let begun = file.since("assessment").unwrap_or(family.observed_at);
        let composed_at = self.later(begun, 3, 40);
        let transmitted_at = self.later(composed_at, 1, 24);
        let received_at = self.later(transmitted_at, 2, 30);
        let sent = !matches!(course, Draft | Withdrawn);
        let received = sent && course != Transmitted;
        let crime = course == Transmitted && !family.house.adults.iter().any(Adult::is_mother);
        let court_id = if crime {
            team.city.appeal
        } else {
            team.city.court
        };
        let folder = Folder {
            file_id: self.dice.uuid(composed_at),
            case_id: file.case,
            territory_id: team.city.territory,
            court_id,
        };
        let disclosure_id = self.dossier(
            family,
            court_id,
            composed_at,
            sent.then_some(transmitted_at),
        );
        self.rows.files.push(JudicialFile {
            id: folder.file_id,
            number: String::new(),
            case_id: file.case,
            territory_id: folder.territory_id,
            court_id,
            proposed_court_id: team.city.court,
            court_change_reason: crime.then_some("serious_offence"),
            court_change_note: None,
            disclosure_id,
            state: match course {
                Draft => "draft",
                Withdrawn => "withdrawn",
                Transmitted => "transmitted",
                Received => "received",
                Returned => "returned",
                _ => "under_study",
            },
            urgent: family.urgent,
            composed_by: family.lead,
            composed_at,
            transmitted_by: sent.then_some(team.supervisor),
            transmitted_at: sent.then_some(transmitted_at),
            received_by: received.then_some(team.registrar),
            received_at: received.then_some(received_at),
        });
        self.happened(
            file.case,
            if sent { transmitted_at } else { composed_at },
            team.supervisor,
        );
        self.parties(family, folder);
        let mut fork = Fork::default();
        if sent {
            fork.effects.push((local_date(transmitted_at), "pending"));
        }
        if matches!(course, ChildFirst | Decided(_)) {
            self.measures(family, folder, received_at);
        }
        if let Decided(effect) = course {
            let whole = self.adult_decisions(family, folder, received_at, effect, &mut fork);
            if let (true, Some(row)) = (whole, self.rows.files.last_mut()) {
                row.state = "closed";
            }
        }
        fork
    }

    fn parties(&mut self, family: &Family<'_>, folder: Folder) {
        let Folder {
            file_id,
            case_id,
            territory_id,
            court_id,
        } = folder;
        self.rows
            .file_children
            .extend(family.files.iter().map(|file| JudicialChild {
                file_id,
                case_id,
                territory_id,
                court_id,
                person_id: file.child.person,
                child_case_id: file.case,
            }));
        self.rows
            .file_adults
            .extend(family.house.adults.iter().map(|adult| JudicialAdult {
                file_id,
                case_id,
                territory_id,
                court_id,
                person_id: adult.person,
                relation_claimed: adult.relation,
            }));
    }

    /// A measure for each child, on the day of receipt or the next.
    fn measures(&mut self, family: &Family<'_>, folder: Folder, received_at: At) {
        let day = local_date(received_at);
        let on = self.day_between(day, day + Days::new(1));
        let act_id = self.court_act(folder, on);
        for file in &family.files {
            let at = self.office_after(received_at.max(self.office_hour_of(on)), received_at);
            let row = ChildDecision {
                id: self.dice.uuid(at),
                file_id: folder.file_id,
                case_id: folder.case_id,
                territory_id: folder.territory_id,
                court_id: folder.court_id,
                person_id: file.child.person,
                kind: self.dice.weighted(CHILD_KINDS),
                decided_on: on,
                recorded_at: at,
                recorded_by: family.team.prosecutor,
                act_id: Some(act_id),
                instructions: self.sometimes(60, INSTRUCTIONS),
            };
            self.rows.child_decisions.push(row);
            self.happened(file.case, at, family.team.prosecutor);
        }
    }

    /// A decision on each adult; whether all are final.
    fn adult_decisions(
        &mut self,
        family: &Family<'_>,
        folder: Folder,
        received_at: At,
        effect: Code,
        fork: &mut Fork,
    ) -> bool {
        let mut whole = true;
        for adult in &family.house.adults {
            let effect = if adult.is_mother() {
                effect
            } else {
                self.dice
                    .weighted(&[("prosecuted", 72), ("pending", 14), ("not_prosecuted", 14)])
            };
            let mut at = received_at;
            let mut supersedes = None;
            if effect != "pending" && self.dice.chance(25) {
                at = self.later(at, 20, 120);
                supersedes = Some(self.adult_decision(family, folder, adult, "pending", at, None));
            }
            at = self.later(at, 24, 420);
            self.adult_decision(family, folder, adult, effect, at, supersedes);
            if adult.is_mother() {
                fork.effects.push((local_date(at), effect));
                // an acquittal, or an infant at the breast: one in four
                if effect == "prosecuted" && self.dice.chance(25) {
                    let after = self.later(at, 200, 900);
                    fork.support_since = Some(self.open_support(family, adult, after, true));
                }
            }
            whole &= effect != "pending";
        }
        whole
    }

    fn later(&mut self, at: At, low: u32, high: u32) -> At {
        let raw = at + self.hours(low, high);
        self.office_after(raw, at)
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
            offence: (effect == "prosecuted").then(|| self.dice.pick(offences)),
            decided_on: on,
            recorded_at: at,
            recorded_by: family.team.prosecutor,
            act_id: Some(self.court_act(folder, on)),
            supersedes_id,
        };
        self.rows.adult_decisions.push(row);
        if let Some(text) = self.sometimes(50, COURT_TEXTS) {
            let (territory_id, court_id) = (folder.territory_id, folder.court_id);
            self.rows.adult_texts.push(AdultDecisionText {
                decision_id: id,
                territory_id,
                court_id,
                text,
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

/// Kinds of decision, reasons and offences that fit an effect and a kinship.
fn possible(effect: Code, relation: Code) -> (&'static [Code], &'static [Code], &'static [Code]) {
    let kinds: &[Code] = match effect {
        "not_prosecuted" if relation == "mother" => {
            &["filed", "filed", "warning", "treated_as_victim"]
        }
        "not_prosecuted" => &["filed", "warning"],
        "prosecuted" if relation == "unrelated" => {
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
