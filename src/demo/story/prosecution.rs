//! The judicial side of a family: extract, decisions, what the court says and does, and the four services that a
//! supervisor opens where no procedure decides.

use super::{
    At, Code, Teller,
    cases::Family,
    custody::{Procedure, Times},
    family::Adult,
};
use crate::{
    clock::local_date,
    demo::{
        dice::Dice,
        rows::{JudicialAdult, JudicialChild, JudicialFile, MotherSupport},
        words::OVERRIDES,
    },
};
use chrono::NaiveDate;
use uuid::Uuid;

/// How far the prosecution has come with a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
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
    ("urgent_action", &[Received]),
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

/// What the decisions mean for the mother, day by day (schema D19).
#[derive(Debug, Default)]
pub(super) struct Fork {
    pub(super) effects: Vec<(NaiveDate, Code)>,
    pub(super) support_since: Option<NaiveDate>,
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
pub(super) struct Folder {
    pub(super) file_id: Uuid,
    pub(super) case_id: Uuid,
    pub(super) territory_id: i16,
    pub(super) court_id: i16,
}

impl Teller<'_> {
    /// Tells what the prosecution did with a family.
    pub(super) fn prosecution(&mut self, family: &Family<'_>, state: Code) -> Fork {
        self.notice(family, state);
        let courses = COURSES
            .iter()
            .find(|(known, _)| *known == state)
            .map_or(&[][..], |(_, courses)| courses);
        let city = family.team.city;
        let turn = self.turns.entry((city.slug, state)).or_insert(0);
        // cities begin at different points, but each court has one file on a mother to receive
        let begin = if state == "assessment" {
            0
        } else {
            usize::from(city.territory.unsigned_abs())
        };
        let course = courses
            .iter()
            .cycle()
            .nth(begin + *turn)
            .copied()
            .unwrap_or(NoFile);
        let name = format!("court {} {state} {turn}", city.slug);
        *turn += 1;
        let mother = family.house.adults.iter().find(|adult| adult.is_mother());
        match (course, mother) {
            (Support, Some(mother)) => {
                let begun = family.files.first().and_then(|file| file.since("planning"));
                let support_since = begun.map(|at| self.open_support(family, mother, at, None));
                Fork {
                    support_since,
                    ..Fork::default()
                }
            }
            (NoFile | Support, _) => Fork::default(),
            _ if family.house.is_of_a_child_mother() => Fork::default(),
            _ => self.judicial_file(family, course, &name),
        }
    }

    /// The supervisor opens the four services without a decision, or against one; answers since when.
    pub(super) fn open_support(
        &mut self,
        family: &Family<'_>,
        mother: &Adult,
        after: At,
        against: Option<Uuid>,
    ) -> NaiveDate {
        let opened_at = self.office_after(after, after);
        let is_against = against.is_some();
        let reasons: &[Code] = if is_against {
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
            ground: if is_against {
                "override"
            } else {
                "no_procedure"
            },
            decision_id: against,
            reason: self.dice.pick(reasons),
            note_enc: is_against.then(|| self.dice.pick(OVERRIDES).to_owned()),
            opened_by: family.team.supervisor,
            opened_at,
        });
        local_date(opened_at)
    }

    /// The file of a family; what its court says and does falls by the dice of that `name`.
    fn judicial_file(&mut self, family: &Family<'_>, course: Course, name: &str) -> Fork {
        let Some(file) = family.files.first() else {
            return Fork::default();
        };
        let team = family.team;
        let times = self.times(family, file, course);
        let sent = !matches!(course, Draft | Withdrawn);
        // proved or not, a mother is the business of the court of the place
        let claims = |adult: &Adult| adult.relation.starts_with("mother");
        let crime = course == Transmitted && !family.house.adults.iter().any(claims);
        let court_id = if crime {
            team.city.appeal
        } else {
            team.city.court
        };
        let folder = Folder {
            file_id: self.dice.uuid(times.composed),
            case_id: file.case,
            territory_id: team.city.territory,
            court_id,
        };
        let sent_at = sent.then_some(times.sent);
        let disclosure_id = self.dossier(family, court_id, times.composed, sent_at);
        let received = sent && course != Transmitted;
        // where it stands is told by its moves
        self.rows.files.push(JudicialFile {
            id: folder.file_id,
            number: String::new(),
            case_id: file.case,
            territory_id: folder.territory_id,
            court_id,
            proposed_court_id: team.city.court,
            court_change_reason: crime.then_some("serious_offence"),
            court_change_note_enc: None,
            disclosure_id,
            state: "draft",
            urgent: family.urgent,
            composed_by: family.lead,
            composed_at: times.composed,
            transmitted_by: sent.then_some(team.supervisor),
            transmitted_at: sent_at,
            received_by: received.then_some(team.registrar),
            received_at: received.then_some(times.received),
            sent_again_at: None,
            state_since: times.composed,
            held_by: None,
            held_since: None,
        });
        let by = if sent { team.supervisor } else { family.lead };
        self.happened(file.case, sent_at.unwrap_or(times.composed), by);
        self.parties(family, folder);
        let mut fork = Fork::default();
        if sent {
            fork.effects.push((local_date(times.sent), "pending"));
        }
        let whole = self.decided(family, folder, (course, times), &mut fork);
        self.dice = Dice::of(name);
        let procedure = Procedure {
            folder,
            course,
            times,
            whole,
        };
        let spoken = self.threads(family, &procedure);
        self.events(family, &procedure);
        self.custody(family, &procedure, spoken);
        fork
    }

    /// What the prosecutor decided; whether nobody waits any more.
    fn decided(
        &mut self,
        family: &Family<'_>,
        folder: Folder,
        (course, times): (Course, Times),
        fork: &mut Fork,
    ) -> bool {
        let received_at = times.received;
        if !matches!(course, ChildFirst | Decided(_)) {
            return false;
        }
        self.measures(family, folder, received_at);
        let whole = match course {
            Decided(effect) => self.adult_decisions(family, folder, received_at, effect, fork),
            _ => family.house.adults.is_empty(),
        };
        if !whole {
            self.still_waits(family, folder, received_at);
        }
        whole
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
}
