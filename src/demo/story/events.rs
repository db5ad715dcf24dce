//! What happens at the court: who is heard, what the juvenile judge does, judgments, appeals, the end. Each follows from a
//! decision of the prosecution.

use super::{
    At, Code, Teller,
    cases::Family,
    custody::Procedure,
    prosecution::{Course, Folder},
    time,
};
use crate::{
    clock::local_date,
    demo::{
        rows::{AdultDecision, CourtEvent, CourtEventText},
        words::{EVENT_TEXTS, OVERRIDES},
    },
};
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use uuid::Uuid;

/// What the juvenile judge orders.
const MEASURES: &[Code] = &[
    "entrusted_person",
    "institution",
    "parents",
    "supervised_liberty",
];

/// An adult who is prosecuted.
#[derive(Debug, Clone, Copy)]
struct Charged {
    decision: Uuid,
    person: Uuid,
    kind: Code,
    at: At,
}

impl Teller<'_> {
    /// The events of a file.
    pub(super) fn events(&mut self, family: &Family<'_>, procedure: &Procedure) {
        let folder = procedure.folder;
        let is_there = matches!(
            procedure.course,
            Course::Received | Course::ChildFirst | Course::Decided(_)
        );
        if !is_there {
            return;
        }
        if !procedure.whole && self.is_first(family.team.city.slug, "heard") {
            self.hearing_to_come(family, procedure);
        }
        let motions = self.rows.child_decisions.iter();
        let motions: Vec<(Uuid, At)> = motions
            .filter(|one| one.file_id == folder.file_id && one.kind.starts_with("motion_"))
            .map(|one| (one.person_id, one.recorded_at))
            .collect();
        for (child, at) in motions {
            self.before_the_judge(family, folder, (child, at));
        }
        for charged in self.charged(folder) {
            self.tried(family, folder, charged);
        }
    }

    /// Those who are prosecuted in a file.
    fn charged(&self, folder: Folder) -> Vec<Charged> {
        let all = &self.rows.adult_decisions;
        let in_force = |one: &&AdultDecision| {
            one.file_id == folder.file_id
                && one.effect == "prosecuted"
                && !all.iter().any(|other| other.supersedes_id == Some(one.id))
        };
        let charged = all.iter().filter(in_force).map(|one| Charged {
            decision: one.id,
            person: one.person_id,
            kind: one.kind,
            at: one.recorded_at,
        });
        charged.collect()
    }

    /// The prosecutor will hear the parties in these days: of the first file of each city in which somebody waits.
    fn hearing_to_come(&mut self, family: &Family<'_>, procedure: &Procedure) {
        let now = self.world.now;
        let entered = (now - self.minutes(300, 1_500)).max(procedure.times.received);
        let day = sitting(self.world.today + Days::new(self.dice.between(1, 5).into()));
        let planned = CourtEvent {
            held_at: self.hour(day),
            venue: Some("prosecution_office"),
            recorded_at: entered,
            ..blank(family, procedure.folder)
        };
        self.enter(planned);
    }

    /// A child whom the prosecution brought before the juvenile judge: heard, and a measure ordered.
    fn before_the_judge(&mut self, family: &Family<'_>, folder: Folder, (child, at): (Uuid, At)) {
        let day = sitting(local_date(at) + Days::new(self.dice.between(9, 20).into()));
        let hearing = CourtEvent {
            child_id: Some(child),
            held_at: self.hour(day),
            venue: Some("juvenile_judge"),
            recorded_at: at + self.minutes(30, 90),
            ..blank(family, folder)
        };
        let file = family.files.iter().find(|file| file.child.person == child);
        let asked = file.and_then(|file| file.since("closure_requested"));
        // where the file of the child was closed before, nobody was heard any more
        if asked.is_some_and(|asked| hearing.held_at > asked - TimeDelta::hours(6)) {
            return;
        }
        let after = hearing.held_at + TimeDelta::hours(4);
        if self.hearing(&hearing, "held") {
            let ordered = CourtEvent {
                kind: "juvenile_measure",
                held_at: time::at(day, 0),
                measure: Some(self.dice.pick(MEASURES)),
                recorded_at: after,
                ..hearing
            };
            self.enter(ordered);
            if let Some(file) = file {
                self.happened(file.case, after.min(self.world.now), family.team.registrar);
            }
        }
    }

    /// An adult who is prosecuted: before the investigating judge first or at once before the chamber, judged, and what
    /// comes after a judgment.
    fn tried(&mut self, family: &Family<'_>, folder: Folder, charged: Charged) {
        let decided = local_date(charged.at);
        let mut of_adult = CourtEvent {
            adult_id: Some(charged.person),
            recorded_at: charged.at + self.minutes(30, 90),
            ..blank(family, folder)
        };
        let (low, high) = match charged.kind {
            "prosecution_in_custody" => (6, 10),
            "investigating_judge" => (120, 170),
            _ => (18, 35),
        };
        let mut day = sitting(decided + Days::new(self.dice.between(low, high).into()));
        if charged.kind == "investigating_judge" {
            let first = sitting(decided + Days::new(self.dice.between(10, 25).into()));
            let heard = CourtEvent {
                held_at: self.hour(first),
                venue: Some("investigating_judge"),
                ..of_adult.clone()
            };
            // what comes next is known once it is over
            if !self.hearing(&heard, "held") || day > self.world.today {
                return;
            }
            of_adult.recorded_at = heard.held_at + TimeDelta::days(30);
        }
        let helped = self.helped_against(charged.decision);
        if let Some((opened_at, true)) = helped {
            // acquitted before her services were opened for it
            let days = (local_date(opened_at) - decided).num_days();
            if days < 4 {
                return;
            }
            day = decided + Days::new(days.unsigned_abs() / 2);
        } else if self.dice.chance(25) {
            let put_off = self.trial(&of_adult, day);
            if !self.hearing(&put_off, "postponed") {
                return;
            }
            of_adult.recorded_at = put_off.held_at + TimeDelta::hours(4);
            day = sitting(day + Days::new(14));
        }
        let trial = self.trial(&of_adult, day);
        if self.hearing(&trial, "held") {
            self.judged(family, &trial, helped);
        }
    }

    fn trial(&mut self, of_adult: &CourtEvent, day: NaiveDate) -> CourtEvent {
        CourtEvent {
            held_at: self.hour(day),
            venue: Some("trial_chamber"),
            ..of_adult.clone()
        }
    }

    /// Since when the services of a mother are open against that decision, and whether because she was acquitted.
    fn helped_against(&self, decision: Uuid) -> Option<(At, bool)> {
        let mut support = self.rows.support.iter();
        let opening = support.find(|one| one.decision_id == Some(decision))?;
        let acquitted = OVERRIDES.first().copied();
        let is_acquitted = opening.note_enc.as_deref() == acquitted;
        Some((opening.opened_at, is_acquitted))
    }

    /// The judgment on the day of the trial; then nothing more, or an appeal, and the end.
    fn judged(&mut self, family: &Family<'_>, trial: &CourtEvent, helped: Option<(At, bool)>) {
        let day = local_date(trial.held_at);
        let is_mother = |person| {
            let mut adults = family.house.adults.iter();
            adults.any(|adult| Some(adult.person) == person && adult.is_mother())
        };
        let outcome = match helped {
            Some((_, true)) => "acquittal",
            Some((_, false)) => "suspended",
            None if is_mother(trial.adult_id) => self.dice.pick(&["suspended", "fine", "fine"]),
            None => self
                .dice
                .pick(&["imprisonment", "imprisonment", "suspended", "fine"]),
        };
        let judgment = CourtEvent {
            kind: "judgment",
            held_at: time::at(day, 0),
            outcome: Some(outcome),
            recorded_at: trial.held_at + TimeDelta::hours(5),
            ..trial.clone()
        };
        self.enter(judgment.clone());
        let turn = if helped.is_some() {
            0
        } else {
            self.count("", "judged") % 3
        };
        if turn == 0 {
            self.ended(&judgment, day + Days::new(11));
            return;
        }
        let lodged_on = day + Days::new(self.dice.between(4, 8).into());
        let lodged = CourtEvent {
            kind: "appeal",
            outcome: None,
            venue: Some("appeal"),
            ..judgment.clone()
        };
        let decided_on = lodged_on + Days::new(self.dice.between(60, 90).into());
        let Some(id) = self.on(&lodged, lodged_on) else {
            return;
        };
        // one of two is not decided yet
        if turn == 1 {
            let upheld = CourtEvent {
                outcome: Some("upheld"),
                supersedes_id: Some(id),
                ..lodged
            };
            if self.on(&upheld, decided_on).is_some() {
                self.ended(&judgment, decided_on + Days::new(12));
            }
        }
    }

    /// Nothing can be appealed any more.
    fn ended(&mut self, judgment: &CourtEvent, day: NaiveDate) {
        let end = CourtEvent {
            kind: "final",
            outcome: None,
            venue: None,
            ..judgment.clone()
        };
        self.on(&end, day);
    }

    /// An event of a day, entered that noon; none of a day that has not passed.
    fn on(&mut self, event: &CourtEvent, day: NaiveDate) -> Option<Uuid> {
        (day < self.world.today).then(|| {
            self.enter(CourtEvent {
                held_at: time::at(day, 0),
                recorded_at: time::at(day, 730),
                ..event.clone()
            })
        })
    }

    /// A hearing, entered beforehand. Once it is over, what came of it stands in its place; whether it is over.
    fn hearing(&mut self, planned: &CourtEvent, outcome: Code) -> bool {
        let id = self.enter(planned.clone());
        let over = planned.held_at + TimeDelta::hours(3);
        let is_over = over < self.world.now;
        if is_over {
            self.enter(CourtEvent {
                outcome: Some(outcome),
                supersedes_id: Some(id),
                recorded_at: over,
                ..planned.clone()
            });
        }
        is_over
    }

    /// An hour at which a court sits.
    fn hour(&mut self, day: NaiveDate) -> At {
        time::at(day, 540 + 15 * self.dice.between(0, 20))
    }

    /// Enters an event, and at times what only the court reads of it.
    fn enter(&mut self, mut event: CourtEvent) -> Uuid {
        event.recorded_at = event.recorded_at.min(self.world.now);
        event.id = self.dice.uuid(event.recorded_at);
        let id = event.id;
        let is_over = event.supersedes_id.is_some();
        let text = self.sometimes(50, EVENT_TEXTS).filter(|_| is_over);
        if let Some(text) = text {
            self.rows.event_texts.push(CourtEventText {
                id,
                territory_id: event.territory_id,
                court_id: event.court_id,
                text_enc: text.to_owned(),
            });
        }
        self.rows.events.push(event);
        id
    }
}

/// A hearing of a file, by nobody and at no hour yet.
fn blank(family: &Family<'_>, folder: Folder) -> CourtEvent {
    CourtEvent {
        id: folder.file_id,
        file_id: folder.file_id,
        case_id: folder.case_id,
        territory_id: folder.territory_id,
        court_id: folder.court_id,
        kind: "hearing",
        child_id: None,
        adult_id: None,
        held_at: family.observed_at,
        venue: None,
        outcome: None,
        measure: None,
        supersedes_id: None,
        recorded_by: family.team.registrar,
        recorded_at: family.observed_at,
    }
}

/// That day, or the Monday after a weekend.
fn sitting(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}
