//! The search for another world: one child less here, one more there, until every sum of every release holds again.
//!
//! Sum by sum, by the cheapest way: what a sum owes is carried along cells that may move, to a sum that owes the contrary or
//! out of the table. Each table goes its own way, but for the first, in which totals may move and which the others follow.
//! What runs into the count of another month pushes it. A way that ends nowhere is not taken again, and the search begins
//! anew. It may miss a world that there is; one that it finds is looked at once more (`world::is_possible`).

mod way;

use super::{
    known::{Known, Spot},
    slice::Mark,
    world::{Offer, World, owed},
};
use std::collections::{BTreeMap, BTreeSet};

/// No search moves more often than this.
const LONGEST: usize = 600;
/// What it costs to move a cell in another slice along.
const ALONG: u64 = 20;
/// What it costs to disturb one more sum.
const SUM: u64 = 8;
/// What it costs to take back the word "under five".
const WORD: u64 = 60;

/// What a search may do.
#[derive(Clone, Copy)]
pub(super) struct Rules<'k, 'a> {
    pub known: &'k Known<'a>,
    /// The table in whose sums totals move.
    pub first: Option<usize>,
    /// What must stay as it is.
    pub fixed: &'k dyn Fn(Spot) -> bool,
    pub offer: Option<&'k Offer<'k>>,
}

/// Moves that led nowhere.
pub(super) type Stuck = BTreeSet<(Spot, i64)>;

/// One search.
pub(super) struct Search<'k, 'a> {
    rules: Rules<'k, 'a>,
    stuck: &'k Stuck,
    /// The cell that is to be another, and stays so.
    target: Option<Spot>,
    world: World,
    /// Sums that do not hold yet, by slice.
    owed: BTreeMap<(usize, usize), i64>,
    price: u64,
    moves: usize,
}

impl<'k, 'a> Search<'k, 'a> {
    /// Begins with a world that held before there was a new slice, or a new table.
    pub fn new(rules: Rules<'k, 'a>, stuck: &'k Stuck, world: World) -> Self {
        let owed = owed(rules.known, &world);
        Self {
            rules,
            stuck,
            target: None,
            world,
            owed,
            price: 0,
            moves: 0,
        }
    }

    /// Makes a cell another.
    pub fn aim(&mut self, target: Spot, by: i64) -> Option<()> {
        self.place(target, by)?;
        self.target = Some(target);
        Some(())
    }

    /// What was found, and what it takes.
    pub fn found(mut self) -> (u64, World) {
        self.world.retain(|_, by| *by != 0);
        (self.price, self.world)
    }

    /// Moves a spot by one, and in other slices what can then not stay.
    pub fn place(&mut self, spot: Spot, by: i64) -> Option<()> {
        let mut waiting = vec![spot];
        let mut first = true;
        while let Some(spot) = waiting.pop() {
            // two that were in the way may have pushed the same
            if !first && !self.is_pushed(spot, by) {
                continue;
            }
            first = false;
            self.price += self.price(spot, by)?;
            self.moves += 1;
            *self.world.entry(spot).or_default() += by;
            for (sum, sign) in self.rules.known.layout.sums_of(spot.1) {
                let owed = self.owed.entry((spot.0, *sum)).or_default();
                *owed += i64::from(*sign) * by;
                if *owed == 0 {
                    self.owed.remove(&(spot.0, *sum));
                }
            }
            waiting.extend(
                self.touched(spot, by)
                    .filter(|other| self.is_pushed(*other, by)),
            );
        }
        Some(())
    }

    /// Moves what the world runs into.
    pub fn push_on(&mut self) -> Option<()> {
        let moved: Vec<(Spot, i64)> = self.world.iter().map(|(s, by)| (*s, by.signum())).collect();
        for (spot, by) in moved {
            let pushed: Vec<Spot> = self
                .touched(spot, by)
                .filter(|other| self.is_pushed(*other, by))
                .collect();
            for other in pushed {
                while self.is_pushed(other, by) {
                    self.place(other, by)?;
                }
            }
        }
        Some(())
    }

    fn value(&self, spot: Spot) -> i64 {
        self.rules.known.exact(spot) + self.moved(spot)
    }

    fn moved(&self, spot: Spot) -> i64 {
        self.world.get(&spot).copied().unwrap_or(0)
    }

    /// What a spot may run into in other slices.
    fn touched(&self, spot: Spot, by: i64) -> impl Iterator<Item = Spot> {
        let above = (by > 0).then(|| self.rules.known.above(spot));
        let below = (by < 0).then(|| self.rules.known.below(spot));
        above
            .into_iter()
            .flatten()
            .chain(below.into_iter().flatten())
    }

    /// Whether a spot cannot stay where it is, after something was moved that way.
    fn is_pushed(&self, spot: Spot, by: i64) -> bool {
        let here = self.value(spot);
        self.touched(spot, -by)
            .any(|other| (self.value(other) - here) * by > 0)
    }

    /// What it costs to move a spot, if it can move.
    fn price(&self, spot: Spot, by: i64) -> Option<u64> {
        let mut price = self.price_alone(spot, by)?;
        let here = self.value(spot);
        let back = self.moved(spot) * by < 0;
        for other in self.touched(spot, by) {
            if self.value(other) == here {
                // taken back here, it would have to be taken back there, and so on for ever
                if back {
                    return None;
                }
                price += ALONG + self.price_alone(other, by)?;
            }
        }
        Some(price)
    }

    fn price_alone(&self, spot: Spot, by: i64) -> Option<u64> {
        let known = self.rules.known;
        let slice = known.slice(spot.0)?;
        let mark = slice.mark(spot.1);
        let offer = self.rules.offer.filter(|offer| offer.slice == spot.0);
        // what was told and may not be withheld never moves: most cells, so it is asked first
        if (mark == Mark::Shown && offer.is_none()) || (self.rules.fixed)(spot) {
            return None;
        }
        let moved = self.moved(spot);
        let stays = self.target == Some(spot) && moved != 0;
        if stays || self.stuck.contains(&(spot, by)) {
            return None;
        }
        let then = slice.exact(spot.1) + moved + by;
        let within = |mark| {
            let (least, most) = slice.bounds(known.layout, spot.1, mark);
            least <= then && then <= most
        };
        let sums = known.layout.sums_of(spot.1).len();
        let price = 1 + SUM * u64::try_from(sums.saturating_sub(2)).unwrap_or(0);
        if within(mark) {
            return Some(price);
        }
        let offer = offer.filter(|_| within(Mark::Withheld))?;
        // what is moved already was paid for
        Some(match mark {
            _ if moved != 0 => price,
            Mark::Few => price + WORD,
            Mark::Shown | Mark::Withheld | Mark::Absent => price + (offer.price)(spot.1),
        })
    }

    /// Until every sum holds: first those of totals and of one table, then those of the other tables, of which each goes its
    /// own way.
    pub fn settle(&mut self) -> Result<(), Stuck> {
        while let Some((slice, sum, owed)) = self.next_owed() {
            let way = self.way_out(slice, sum, owed.signum());
            let went = way.and_then(|way| {
                way.into_iter()
                    .try_for_each(|(cell, by)| self.place((slice, cell), by))
            });
            if went.is_none() || self.moves > LONGEST {
                let moved = self
                    .rules
                    .known
                    .layout
                    .sum(sum)
                    .iter()
                    .map(|(cell, _)| (slice, *cell));
                let moved = moved.map(|spot| (spot, self.moved(spot).signum()));
                return Err(moved.filter(|(_, by)| *by != 0).collect());
            }
        }
        Ok(())
    }

    fn next_owed(&self) -> Option<(usize, usize, i64)> {
        let owed = self
            .owed
            .iter()
            .map(|((slice, sum), owed)| (*slice, *sum, *owed));
        owed.min_by_key(|(slice, sum, _)| (!self.leads(*sum), *slice, *sum))
    }

    /// Whether a sum is of totals, or of the table that leads.
    fn leads(&self, sum: usize) -> bool {
        let table = self.rules.known.layout.table_of(sum);
        table.is_none() || table == self.rules.first
    }
}
