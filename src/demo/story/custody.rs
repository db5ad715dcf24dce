//! From hand to hand: when a judicial file is sent and received, each of its moves, and where it stands after them.

use super::{
    At, Code, Teller,
    cases::{Family, File},
    prosecution::{Course, Folder},
    time,
};
use crate::demo::{
    rows::{ChildDecision, JudicialStep},
    words::{COMPLETIONS, RETURNS},
};
use chrono::{Days, TimeDelta, Timelike};
use chrono_tz::Africa::Casablanca;
use uuid::Uuid;

/// Measures that last until they are ended: the file is not closed before.
const LASTING: &[Code] = &[
    "emergency_placement",
    "motion_victim",
    "motion_difficult_situation",
];

/// When a file went from the cell to the court.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) composed: At,
    pub(super) sent: At,
    pub(super) received: At,
    /// When it was given back, where it still is.
    returned: Option<At>,
}

/// A file, before what its court says and does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Procedure {
    pub(super) folder: Folder,
    pub(super) course: Course,
    pub(super) times: Times,
    /// Whether nobody waits for a decision any more.
    pub(super) whole: bool,
}

/// A file on its way.
struct Path {
    folder: Folder,
    from: Code,
}

impl Teller<'_> {
    /// When the file of a family was sent and received: what is decided, as the child's own file went on; what waits at the
    /// court, in these days, so that little of it is late.
    pub(super) fn times(&mut self, family: &Family<'_>, file: &File, course: Course) -> Times {
        let begun = file
            .since("assessment")
            .or_else(|| file.since("urgent_action"))
            .unwrap_or(family.observed_at);
        let composed = self.later(begun, 3, 40);
        let sent = self.later(composed, 1, 24);
        let received = self.later(sent, 2, 30);
        let is_early = file.since("implementation").is_none();
        match course {
            Course::Transmitted => {
                // the first of each city in time, the next late by a day or two
                let is_late = self.count(family.team.city.slug, "sent") % 2 == 1;
                let span = match (is_late, family.urgent) {
                    (true, _) => (1_800, 4_800),
                    (false, true) => (40, 200),
                    (false, false) => (60, 600),
                };
                let at_once = family.urgent && !is_late;
                let sent = self.ago(span, at_once).max(begun);
                self.composed_before(begun, (sent, sent))
            }
            Course::Received | Course::ChildFirst if is_early => {
                let at_once = family.urgent && course == Course::Received;
                let span = if at_once { (50, 500) } else { (480, 2_600) };
                let received = self.ago(span, at_once).max(begun);
                let sent = received - self.minutes(40, 200);
                let sent = if at_once { sent } else { by_day(sent) };
                self.composed_before(begun, (sent.max(begun), received))
            }
            Course::Returned => {
                let is_late = self.dice.chance(30);
                let span = match (is_late, family.urgent) {
                    (true, true) => (1_560, 2_400),
                    (true, false) => (7_500, 9_000),
                    (false, true) => (180, 600),
                    (false, false) => (600, 4_200),
                };
                let returned = self.ago(span, false).max(begun);
                let received = by_day(returned - self.minutes(180, 2_000)).max(begun);
                let sent = by_day(received - self.minutes(60, 900)).max(begun);
                Times {
                    returned: Some(returned),
                    ..self.composed_before(begun, (sent, received))
                }
            }
            _ => Times {
                composed,
                sent,
                received,
                returned: None,
            },
        }
    }

    fn composed_before(&mut self, begun: At, (sent, received): (At, At)) -> Times {
        Times {
            composed: by_day(sent - self.minutes(60, 900)).max(begun),
            sent,
            received,
            returned: None,
        }
    }

    /// So many minutes ago, and by day unless it could not wait.
    fn ago(&mut self, (low, high): (u32, u32), at_once: bool) -> At {
        let at = self.world.now - self.minutes(low, high);
        if at_once { at } else { by_day(at) }
    }

    /// Tells the moves of the file that was told last: it is closed once everybody has an answer and the last word is
    /// spoken.
    pub(super) fn custody(&mut self, family: &Family<'_>, procedure: &Procedure, spoken: At) {
        let (team, times) = (family.team, procedure.times);
        let mut path = Path {
            folder: procedure.folder,
            from: "draft",
        };
        if procedure.course == Course::Withdrawn {
            let at = self.later(times.composed, 2, 48);
            self.step(
                &mut path,
                ("withdraw", "withdrawn"),
                (family.lead, at),
                None,
            );
        }
        if matches!(procedure.course, Course::Draft | Course::Withdrawn) {
            return;
        }
        let sent = (team.supervisor, times.sent);
        self.step(&mut path, ("transmit", "transmitted"), sent, None);
        if procedure.course == Course::Transmitted {
            return;
        }
        let is_studied = matches!(procedure.course, Course::ChildFirst | Course::Decided(_));
        if is_studied {
            self.given_back(family, &mut path, times);
        }
        let received = (team.registrar, times.received);
        self.step(&mut path, ("receive", "received"), received, None);
        if let Some(at) = times.returned {
            let words = self.dice.pick(RETURNS);
            let by = (team.prosecutor, at);
            self.step(&mut path, ("return", "returned"), by, Some(words));
        }
        if !is_studied {
            return;
        }
        self.taken(family, &mut path, procedure);
        let closes = self.last_word(family, procedure.folder, spoken) + self.minutes(20, 90);
        if procedure.whole && closes < self.world.now {
            let by = (team.prosecutor, closes);
            self.step(&mut path, ("close", "closed"), by, None);
        }
    }

    /// One in five, the first of each city among them, was given back once, and came again complete.
    fn given_back(&mut self, family: &Family<'_>, path: &mut Path, times: Times) {
        let team = family.team;
        let gap = times.received - times.sent;
        let is_given_back = gap > TimeDelta::hours(3)
            && (self.dice.chance(20) || self.is_first(team.city.slug, "completed"));
        if !is_given_back {
            return;
        }
        let words = self.dice.pick(RETURNS);
        let by = (team.prosecutor, times.sent + gap / 3);
        self.step(path, ("return", "returned"), by, Some(words));
        let again = times.sent + gap * 2 / 3;
        let words = self.dice.pick(COMPLETIONS);
        let by = (team.supervisor, again);
        self.step(path, ("complete", "transmitted"), by, Some(words));
        if let Some(row) = self.rows.files.last_mut() {
            row.sent_again_at = Some(again);
        }
    }

    /// A prosecutor takes it in hand; the first of each city that is still open the chief, who hands it over.
    fn taken(&mut self, family: &Family<'_>, path: &mut Path, procedure: &Procedure) {
        let (team, now) = (family.team, self.world.now);
        let taken = (procedure.times.received + self.minutes(4, 8)).min(now);
        let is_handed = !procedure.whole && self.is_first(team.city.slug, "handed");
        let first = if is_handed {
            team.chief
        } else {
            team.prosecutor
        };
        self.step(path, ("take", "under_study"), (first, taken), None);
        let mut since = taken;
        if is_handed {
            since = (taken + TimeDelta::minutes(4)).min(now);
            self.step(path, ("hand_over", "under_study"), (first, since), None);
            if let Some(step) = self.rows.steps.last_mut() {
                step.to_user = Some(team.prosecutor);
            }
        }
        if let Some(row) = self.rows.files.last_mut() {
            (row.held_by, row.held_since) = (Some(team.prosecutor), Some(since));
        }
    }

    /// The last thing that was decided or said in a file, and the end of what was ordered.
    fn last_word(&self, family: &Family<'_>, folder: Folder, spoken: At) -> At {
        let ended = |one: &ChildDecision| {
            let file = family
                .files
                .iter()
                .find(|file| file.child.person == one.person_id);
            let asked = file.and_then(|file| file.since("closure_requested"));
            let asked = asked.filter(|_| LASTING.contains(&one.kind));
            asked.map_or(one.recorded_at, |asked| {
                one.recorded_at.max(asked - TimeDelta::minutes(90))
            })
        };
        let measures = self.rows.child_decisions.iter();
        let measures = measures.filter(|one| one.file_id == folder.file_id);
        let decisions = self.rows.adult_decisions.iter();
        let decisions = decisions.filter(|one| one.file_id == folder.file_id);
        let all = measures
            .map(ended)
            .chain(decisions.map(|one| one.recorded_at));
        all.max().map_or(spoken, |last| last.max(spoken))
    }

    /// One move; the file stands where it leads.
    fn step(
        &mut self,
        path: &mut Path,
        (made, to): (Code, Code),
        (by_user, at): (Uuid, At),
        words: Option<Code>,
    ) {
        let folder = path.folder;
        self.rows.steps.push(JudicialStep {
            id: self.dice.uuid(at),
            file_id: folder.file_id,
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            court_id: folder.court_id,
            r#move: made,
            from_state: path.from,
            to_state: to,
            to_user: None,
            words_enc: words.map(str::to_owned),
            by_user,
            at,
        });
        path.from = to;
        if let Some(row) = self.rows.files.last_mut() {
            (row.state, row.state_since) = (to, at);
        }
        if made != "withdraw" {
            self.happened(folder.case_id, at, by_user);
        }
    }
}

/// The same hour by day; of a night, the evening before it.
fn by_day(at: At) -> At {
    let local = at.with_timezone(&Casablanca);
    let day = local.date_naive();
    let evening = |day| time::at(day, 1_110 + local.minute() / 3);
    match local.hour() {
        8..19 => at,
        0..8 => evening(day - Days::new(1)),
        _ => evening(day),
    }
}
