//! What happens to each family: decided by the dice and a plan, without a database.

mod acts;
mod again;
mod cases;
mod cast;
mod condition;
mod contacts;
mod custody;
mod decisions;
mod events;
#[cfg(test)]
mod every_day;
mod extracts;
mod family;
mod others;
mod person;
mod prosecution;
mod services;
#[cfg(test)]
mod tests;
mod threads;
mod time;
mod way;

use super::{City, dice::Dice, rows::Rows};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A code of the reference data, or a text of the story.
type Code = &'static str;
type At = DateTime<Utc>;

/// Where and among whom the story happens.
#[derive(Debug)]
pub(super) struct World {
    pub(super) now: DateTime<Utc>,
    pub(super) today: NaiveDate,
    /// Nothing happens before.
    pub(super) first: NaiveDate,
    pub(super) teams: Vec<Team>,
}

/// Who works in a city, and the places of its prefecture with their weights.
#[derive(Debug)]
pub(super) struct Team {
    pub(super) city: &'static City,
    /// Social workers, with how many of the files each has.
    pub(super) workers: Vec<(Uuid, u32)>,
    pub(super) supervisor: Uuid,
    pub(super) prosecutor: Uuid,
    /// The head of the prosecution office.
    pub(super) chief: Uuid,
    pub(super) registrar: Uuid,
    pub(super) places: Vec<(String, u32)>,
}

/// Families of a city, and contacts that lead to no file, by slug.
const SIZES: &[(&str, usize, usize)] = &[
    ("rabat", 24, 29),
    ("sale", 28, 34),
    ("temara", 12, 14),
    ("tanger", 25, 30),
    ("meknes", 16, 20),
    ("marrakech", 35, 42),
    ("agadir", 14, 16),
];

/// Where the file of the first, second… family of a city stands today. The first eleven hold every state,
/// so that every city has every state.
const PLAN: &[&str] = &[
    "closed",
    "implementation",
    "monitoring",
    "assessment",
    "urgent_action",
    "identified",
    "registered",
    "closure_requested",
    "planning",
    "closed",
    "monitoring",
    "implementation",
    "closed",
    "closed",
    "closed",
    "monitoring",
    "closed",
    "implementation",
    "closed",
    "closed",
    "assessment",
    "monitoring",
    "closed",
    "closed",
    "implementation",
    "closed",
    "monitoring",
    "closed",
    "closed",
    "monitoring",
    "closed",
    "planning",
    "closed",
    "implementation",
    "closed",
];

/// The one who tells: the world, the dice, what was told so far.
struct Teller<'a> {
    world: &'a World,
    dice: Dice,
    rows: Rows,
    /// Numbers of court acts already given, by court, year and number.
    act_numbers: HashSet<(i16, i32, u32)>,
    /// How many families of each city and state were told so far; and how often what goes in turn, by its name.
    turns: HashMap<(Code, Code), usize>,
    /// Last thing that happened in each file, and who did it.
    last: HashMap<Uuid, (At, Uuid)>,
}

/// The whole story. Alike at every call for the same world.
pub(super) fn tell(world: &World) -> Rows {
    let mut teller = Teller {
        world,
        dice: Dice::of("story"),
        rows: Rows::default(),
        act_numbers: HashSet::new(),
        turns: HashMap::new(),
        last: HashMap::new(),
    };
    for team in &world.teams {
        let (families, others) = SIZES
            .iter()
            .find(|(slug, ..)| *slug == team.city.slug)
            .map_or((0, 0), |(_, families, others)| (*families, *others));
        for (nth, state) in PLAN.iter().cycle().take(families).enumerate() {
            teller.family(team, state, nth);
        }
        for nth in 0..others {
            teller.dice = Dice::of(&format!("contact {} {nth}", team.city.slug));
            teller.contact_without_file(team, nth);
        }
    }
    teller.rows_in_order()
}

impl Teller<'_> {
    /// One of the texts, so many times in a hundred.
    pub(super) fn sometimes(&mut self, percent: u32, texts: &[Code]) -> Option<Code> {
        self.dice.chance(percent).then(|| self.dice.pick(texts))
    }

    /// How often that was told of a city before.
    fn count(&mut self, slug: Code, what: Code) -> usize {
        let told = self.turns.entry((slug, what)).or_insert(0);
        *told += 1;
        *told - 1
    }

    /// Whether that is told of a city for the first time.
    fn is_first(&mut self, slug: Code, what: Code) -> bool {
        self.count(slug, what) == 0
    }

    /// Something happened in a file.
    fn happened(&mut self, case: Uuid, at: At, by: Uuid) {
        let entry = self.last.entry(case).or_insert((at, by));
        if entry.0 < at {
            *entry = (at, by);
        }
    }

    /// Numbers are given in the order of time, so rows with numbers are sorted by it; each file gets the
    /// moment of its last change.
    fn rows_in_order(mut self) -> Rows {
        for case in &mut self.rows.cases {
            if let Some((at, by)) = self.last.get(&case.id) {
                (case.changed_at, case.changed_by) = (*at, Some(*by));
            }
        }
        self.rows
            .contacts
            .sort_by_key(|contact| contact.received_at);
        self.rows.cases.sort_by_key(|case| case.opened_at);
        self.rows.files.sort_by_key(|file| file.composed_at);
        self.rows
    }
}
