//! The way of a file through its states, and how long each takes.

use super::{At, Code, Teller, cast::Pace};
use crate::clock::local_date;
use chrono::{Days, TimeDelta};

/// The states, in the order of a file's life.
pub(in crate::demo) const STATES: &[Code] = &[
    "identified",
    "urgent_action",
    "registered",
    "assessment",
    "planning",
    "implementation",
    "monitoring",
    "closure_requested",
    "closed",
];

/// From and up to, in hours.
type Span = (u32, u32);

/// Hours that a file stays in a state that it leaves, and hours in the state where it is now. The second
/// may exceed the target: some files are late.
const HOURS: &[(Code, Span, Span)] = &[
    ("identified", (1, 10), (1, 30)),
    ("urgent_action", (5, 22), (2, 28)),
    ("registered", (10, 46), (4, 64)),
    ("assessment", (48, 240), (10, 260)),
    ("planning", (72, 330), (20, 380)),
    ("implementation", (500, 2400), (30, 3200)),
    ("monitoring", (900, 4300), (48, 7000)),
    ("closure_requested", (24, 140), (5, 190)),
];

/// The states gone through, each with its moment.
pub(super) type Way = Vec<(Code, At)>;

impl Teller<'_> {
    /// The way to `state`: when the children were met, and each state with its moment. Some files are asked to be
    /// closed `early`, from the state of that name; `pace` is what is settled of when.
    pub(super) fn way(
        &mut self,
        (state, early): (Code, Option<Code>),
        urgent: bool,
        pace: Pace,
    ) -> (At, Way) {
        let last = STATES
            .iter()
            .position(|passed| *passed == state)
            .unwrap_or(0);
        let until = early.and_then(|early| STATES.iter().position(|passed| *passed == early));
        let path: Vec<Code> = STATES
            .iter()
            .enumerate()
            .take(last + 1)
            .filter(|(nth, passed)| {
                let is_skipped = until.is_some_and(|until| *nth > until)
                    && !matches!(**passed, "closure_requested" | "closed");
                !is_skipped && (urgent || **passed != "urgent_action")
            })
            .map(|(_, passed)| *passed)
            .collect();
        let mut stays = Vec::new();
        for passed in &path {
            let hours = HOURS.iter().find(|(known, ..)| known == passed);
            let (stay, since) = hours.map_or(((0, 0), (0, 0)), |(_, stay, since)| (*stay, *since));
            let (low, high) = match (*passed == state, pace) {
                (true, Pace::Since(least)) => (since.0.max(least), since.1.max(least)),
                (true, _) => since,
                (false, _) => stay,
            };
            stays.push(self.hours(low, high));
        }
        let mut start = self.world.now - stays.iter().sum::<TimeDelta>();
        if state == "closed" {
            // closed at any time since the story began
            let room = (local_date(start) - self.world.first).num_days() - 2;
            let room = u32::try_from(room).unwrap_or(0);
            let least = if let Pace::Closed(days) = pace {
                days
            } else {
                2
            };
            let ago = i64::from(self.dice.between(room.min(least), room));
            start -= TimeDelta::days(match pace {
                Pace::ClosedOn(day) => (self.world.today - day).num_days(),
                _ => ago,
            });
        }
        let met_on = local_date(start) - Days::new(1);
        let observed_at = self.street_hour(met_on);
        let triaged_at = if urgent {
            observed_at + self.minutes(40, 220)
        } else {
            self.office_hour(local_date(start))
        };
        let opened_at = triaged_at
            .min(start)
            .max(observed_at + TimeDelta::minutes(30));
        let mut way: Way = vec![("identified", opened_at)];
        let (mut raw, mut before) = (start, opened_at);
        for (passed, stay) in path.into_iter().skip(1).zip(stays) {
            raw += stay;
            before = self.office_after(raw, before);
            way.push((passed, before));
        }
        (observed_at, way)
    }
}
