//! What is settled before the dice fall: the families in which the demonstration shows what it must show on every day.

use super::{
    Code, Team,
    family::{Company, KNOWN_MOTHER, REFUTED_MOTHER, Tie},
};
use chrono::{Days, Months, NaiveDate};
use uuid::Uuid;

/// A family of each city whose files were closed well, long enough ago to be looked at twice since.
const SETTLED: usize = 9;
/// A family of the larger cities whose look after three months has just come due, and is not made yet.
const OWED: usize = 13;
/// Families of each city that are helped for long, and whose eldest is of school age: there a complaint can be late, a
/// place be held and a visit be due. (The eldest of who is met again years later is no older: nobody of an open file
/// has come of age.)
const HELPED: [usize; 4] = [1, 2, 10, 11];

/// What is settled of a family; the dice settle the rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) company: Option<Company>,
    /// How many children.
    pub(super) children: Option<usize>,
    /// The age of the eldest when met, in months: from and to.
    pub(super) eldest: Option<(u32, u32)>,
    /// How the mother is kin.
    pub(super) mother: Option<&'static [(Tie, u32)]>,
    pub(super) pace: Pace,
    /// Why its files were closed.
    pub(super) closure: Option<Code>,
}

/// When a file came to where it stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    Any,
    /// So many hours ago at least.
    Since(u32),
    /// Closed so many days ago at least.
    Closed(u32),
    /// Closed on that day.
    ClosedOn(NaiveDate),
}

/// The part of the `nth` family of a city whose files stand in `state`.
pub(super) fn part(slug: Code, nth: usize, state: Code, today: NaiveDate) -> Part {
    let helped = HELPED.contains(&nth);
    let (company, children, mother) = match (slug, nth) {
        // a mother who is a child herself, and turns eighteen within the year
        ("sale" | "marrakech", 1) => (Some(Company::ChildMother), None, None),
        // a mother in each answer of the prosecution (`prosecution::COURSES`), one who was never referred, and in each
        // court one to receive
        ("rabat", 1 | 2 | 10) | ("sale", 8) | (_, 3) => {
            (Some(Company::Mother), None, Some(KNOWN_MOTHER))
        }
        // of the general prosecutor's competence
        ("meknes", 8) => (Some(Company::Unrelated), None, None),
        // one of them has a file already: theirs is none
        ("sale", 6) => (Some(Company::Mother), Some(2), None),
        // she is not the mother
        ("tanger", 12) => (Some(Company::Mother), None, Some(REFUTED_MOTHER)),
        // nobody and nothing else belongs to this file: it can go to another city
        ("tanger", 15) => (Some(Company::Mother), Some(1), Some(KNOWN_MOTHER)),
        _ => (None, None, None),
    };
    let (pace, closure) = match (state, nth) {
        ("closed", OWED) => (Pace::ClosedOn(owed_since(today)), Some("stable_in_family")),
        ("closed", SETTLED) => (Pace::Closed(200), Some("objectives_met")),
        ("closed", 0) if is_reopened(slug, nth) => (Pace::Closed(200), None),
        _ if helped && matches!(state, "implementation" | "monitoring") => {
            (Pace::Since(1000), None)
        }
        // not the latest of its worker, which has all of the papers and the notes
        _ if (slug, nth) == ("tanger", 15) => (Pace::Since(5000), None),
        _ => (Pace::Any, None),
    };
    Part {
        company,
        children,
        eldest: (helped || children.is_some() || is_reopened(slug, nth)).then_some((84, 150)),
        mother,
        pace,
        closure,
    }
}

/// Whether the eldest of the family is met again after the closing, and the file opened again.
pub(super) fn is_reopened(slug: Code, nth: usize) -> bool {
    nth == 0 && ["rabat", "temara", "marrakech"].contains(&slug)
}

/// The day of a closing three months after which lies a few days back, however long the months are.
fn owed_since(today: NaiveDate) -> NaiveDate {
    let owed = today - Days::new(2);
    owed.checked_sub_months(Months::new(3)).unwrap_or(owed)
}

/// Whose the `nth` family of a city is: its workers take them in turn, each by their share, so that each has files in
/// the same states on every day.
pub(super) fn lead(team: &Team, nth: usize) -> Uuid {
    let whole: i64 = team
        .workers
        .iter()
        .map(|(_, share)| i64::from(*share))
        .sum();
    let mut turns: Vec<(Uuid, i64, i64)> = team
        .workers
        .iter()
        .map(|(who, share)| (*who, i64::from(*share), 0))
        .collect();
    let mut lead = team.supervisor;
    for _ in 0..=nth {
        for turn in &mut turns {
            turn.2 += turn.1;
        }
        // of several, the first
        if let Some(turn) = turns.iter_mut().rev().max_by_key(|turn| turn.2) {
            turn.2 -= whole;
            lead = turn.0;
        }
    }
    lead
}
