//! How long the engine thinks about a name.

use crate::list::Pair;
use sanad::{
    authz::TerritoryId,
    names,
    people::{Names, keys},
};
use std::{hint::black_box, time::Instant};

/// Rounds over the list before time is taken: pages and branches are known then.
const WARM: usize = 3;
/// Rounds of which the middle one counts.
const ROUNDS: usize = 21;

/// Microseconds, the middle of some rounds over the list.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The keys of one name.
    pub keys: f64,
    /// The same for the slowest name of the list, the best of its runs.
    pub slowest: f64,
    /// All that the database keeps beside a name.
    pub kept: f64,
    /// The score of a pair, keys included.
    pub score: f64,
}

/// Thinks about the whole list, again and again.
pub fn times(pairs: &[Pair]) -> Times {
    let texts: Vec<&str> = pairs
        .iter()
        .flat_map(|pair| [pair.first, pair.second])
        .collect();
    let named: Vec<Names> = texts
        .iter()
        .map(|text| Names {
            given_ar: (*text).to_owned(),
            ..Names::default()
        })
        .collect();
    let slowest = texts
        .iter()
        .map(|text| {
            let runs =
                (0..ROUNDS).map(|_| round(&[*text], |text| drop(black_box(names::keys(text)))));
            runs.fold(f64::INFINITY, f64::min)
        })
        .fold(0.0, f64::max);
    Times {
        keys: middle(&texts, |text| drop(black_box(names::keys(text)))),
        slowest,
        kept: middle(&named, |names| {
            drop(black_box(keys::kept(TerritoryId(1), names)));
        }),
        score: middle(pairs, |pair| {
            drop(black_box(names::score(pair.first, pair.second)));
        }),
    }
}

fn middle<T>(items: &[T], work: impl Fn(&T)) -> f64 {
    for _ in 0..WARM {
        round(items, &work);
    }
    let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| round(items, &work)).collect();
    rounds.sort_by(f64::total_cmp);
    rounds.get(ROUNDS / 2).copied().unwrap_or(f64::INFINITY)
}

/// Microseconds for each.
fn round<T>(items: &[T], work: impl Fn(&T)) -> f64 {
    let begun = Instant::now();
    items.iter().for_each(&work);
    let many = u32::try_from(items.len()).map_or(f64::INFINITY, f64::from);
    begun.elapsed().as_secs_f64() * 1_000_000.0 / many
}
