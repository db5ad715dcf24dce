//! Another world: counts that differ from the true ones, in which everything that was told is true all the same.
//!
//! Where there is one in which a cell has another value, nobody can determine that cell, however well they calculate. So a
//! world is a proof, and needs no trust in how it was found (decision 0102).

use super::{
    known::{Known, Spot},
    layout::Cell,
    search::{Rules, Search, Stuck},
    slice::Mark,
};
use std::collections::BTreeMap;

/// What is different, and by how much.
pub(super) type World = BTreeMap<Spot, i64>;

/// A world with its number, under which it is kept from release to release.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    pub number: i32,
    pub world: World,
}

/// How often a search is begun anew.
const TRIES: usize = 8;

/// What may be withheld for the sake of a proof.
pub(super) struct Offer<'p> {
    /// The slice that is not told yet.
    pub slice: usize,
    /// What it costs.
    pub price: &'p dyn Fn(Cell) -> u64,
}

/// A world in which the spot is not what it is, with what of the offer it takes.
pub(super) fn other_world(
    known: &Known<'_>,
    target: Spot,
    fixed: &dyn Fn(Spot) -> bool,
    offer: Option<&Offer<'_>>,
) -> Option<World> {
    let rules = Rules {
        known,
        first: known.leading(target.1),
        fixed,
        offer,
    };
    let attempt = |by| {
        // where something may be withheld, a way is soon found; where nothing may, there is mostly none
        persist(if offer.is_some() { TRIES } else { 2 }, |stuck| {
            let mut search = Search::new(rules, stuck, World::new());
            match search.aim(target, by) {
                Some(()) => search.settle().map(|()| search.found()),
                None => Err(Stuck::new()),
            }
        })
    };
    let less = attempt(-1);
    if let (Some((_, world)), None) = (&less, offer) {
        // nothing is to be paid, so one proof is as good as another
        return Some(world.clone());
    }
    let found = less.into_iter().chain(attempt(1));
    found
        .min_by_key(|(price, _)| *price)
        .map(|(_, world)| world)
}

/// A world of earlier slices, carried on into the one that is not told yet.
pub(super) fn carried_on(known: &Known<'_>, world: &World, offer: &Offer<'_>) -> Option<World> {
    // a table that was not told then says nothing of it
    let past = |spot: Spot| spot.0 != offer.slice && known.mark(spot) != Mark::Absent;
    let rules = Rules {
        known,
        first: world.keys().find_map(|spot| known.leading(spot.1)),
        fixed: &past,
        offer: Some(offer),
    };
    // the same once more: what was withheld is withheld still
    let last = world.keys().map(|spot| spot.0).max();
    let stuck = Stuck::new();
    let mut again = Search::new(rules, &stuck, world.clone());
    let moves = world.iter().filter(|(spot, _)| Some(spot.0) == last);
    let mut moves = moves
        .flat_map(|((_, cell), by)| (0..by.abs()).map(|_| ((offer.slice, *cell), by.signum())));
    let again = moves
        .try_for_each(|(spot, by)| again.place(spot, by))
        .and_then(|()| again.settle().ok())
        .map(|()| again.found())
        .filter(|(_, world)| is_ordered(known, world));
    if let Some((_, world)) = &again
        && is_possible(known, world)
    {
        return Some(world.clone());
    }
    let shortest = persist(TRIES, |stuck| {
        let mut search = Search::new(rules, stuck, world.clone());
        match search.push_on() {
            Some(()) => search.settle().map(|()| search.found()),
            None => Err(Stuck::new()),
        }
    });
    let shortest = shortest.filter(|(_, world)| is_ordered(known, world));
    let found = again.into_iter().chain(shortest);
    found
        .min_by_key(|(price, _)| *price)
        .map(|(_, world)| world)
}

/// Searches until a world is found or nothing new is learnt of dead ends.
fn persist(
    tries: usize,
    mut search: impl FnMut(&Stuck) -> Result<(u64, World), Stuck>,
) -> Option<(u64, World)> {
    let mut stuck = Stuck::new();
    for _ in 0..tries {
        match search(&stuck) {
            Ok(found) => return Some(found),
            Err(dead_end) => {
                let before = stuck.len();
                stuck.extend(dead_end);
                if stuck.len() == before {
                    return None;
                }
            }
        }
    }
    None
}

/// Whether everything that was told is true in a world: each figure, each mark, each sum, and that counts grow.
pub(super) fn is_possible(known: &Known<'_>, world: &World) -> bool {
    world.iter().all(|((at, cell), by)| {
        known.slice(*at).is_some_and(|slice| {
            let (least, most) = slice.bounds(known.layout, *cell, slice.mark(*cell));
            (least..=most).contains(&(slice.exact(*cell) + by))
        })
    }) && owed(known, world).is_empty()
        && is_ordered(known, world)
}

/// The sums that do not hold in a world, by slice, and by how much.
pub(super) fn owed(known: &Known<'_>, world: &World) -> BTreeMap<(usize, usize), i64> {
    let mut owed = BTreeMap::new();
    for ((slice, cell), by) in world {
        for (sum, sign) in known.layout.sums_of(*cell) {
            *owed.entry((*slice, *sum)).or_default() += i64::from(*sign) * by;
        }
    }
    owed.retain(|_, owed| *owed != 0);
    owed
}

fn is_ordered(known: &Known<'_>, world: &World) -> bool {
    let value = |spot: Spot| known.exact(spot) + world.get(&spot).copied().unwrap_or(0);
    world.keys().all(|spot| {
        known.above(*spot).all(|other| value(*spot) <= value(other))
            && known.below(*spot).all(|other| value(other) <= value(*spot))
    })
}
