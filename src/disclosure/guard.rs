//! Withholds until nothing that is withheld can be calculated, and then takes back what was withheld for nothing.

use super::{
    known::{Known, Spot},
    layout::{Cell, Layout},
    slice::{FEWEST, Mark, Slice},
    world::{Offer, Proof, World, carried_on, is_possible, other_world},
};
use std::collections::{BTreeMap, BTreeSet};

/// What is found out about one slice that is not told yet.
pub(super) struct Guard<'a> {
    known: Known<'a>,
    /// The slice that may still change.
    open: usize,
    /// How its cells would be told if nobody calculated.
    alone: Vec<Mark>,
    price: Vec<u64>,
    proofs: Vec<Option<Proof>>,
    /// The number of the next proof.
    next: i32,
    of_spot: BTreeMap<Spot, Vec<usize>>,
}

impl<'a> Guard<'a> {
    /// The slice is the last of them; `price` says what each of its cells is worth to readers. Of the proofs of earlier
    /// releases those are kept that hold still, or can be carried on.
    pub fn new(
        layout: &'a Layout,
        slices: Vec<Slice>,
        price: Vec<u64>,
        (proofs, next): (&[Proof], i32),
    ) -> Self {
        let open = slices.len().saturating_sub(1);
        let known = Known::new(layout, slices);
        let mut guard = Self {
            open,
            alone: known
                .slice(open)
                .map(|s| s.marks.clone())
                .unwrap_or_default(),
            known,
            price,
            proofs: Vec::new(),
            next,
            of_spot: BTreeMap::new(),
        };
        for proof in proofs {
            let number = proof.number;
            if is_possible(&guard.known, &proof.world) {
                guard.keep(number, proof.world.clone());
            } else {
                let offer = Offer {
                    slice: open,
                    price: &|cell| guard.price_of(cell),
                };
                let carried = carried_on(&guard.known, &proof.world, &offer);
                if let Some(world) = carried {
                    guard.keep(number, world);
                }
            }
        }
        guard
    }

    /// Whether everything that is withheld is safe, after withholding what that takes.
    pub fn close(&mut self) -> bool {
        loop {
            let before = self.known.slice(self.open).map(|s| s.marks.clone());
            // the newest first: what is withheld there proves much of the rest
            for slice in (0..self.known.slices().len()).rev() {
                for cell in 0..self.known.layout.cells() {
                    if !self.is_safe((slice, cell), true) {
                        return false;
                    }
                }
            }
            if self.known.slice(self.open).map(|s| &s.marks) == before.as_ref() {
                return true;
            }
        }
    }

    /// Tells again what need not be withheld, the dearest first.
    pub fn open_again(&mut self) {
        let mut withheld: Vec<Cell> = (0..self.known.layout.cells())
            .filter(|cell| self.alone.get(*cell) != Some(&self.known.mark((self.open, *cell))))
            .collect();
        withheld.sort_by_key(|cell| std::cmp::Reverse(self.price_of(*cell)));
        for cell in withheld {
            let spot = (self.open, cell);
            let Some(alone) = self.alone.get(cell).copied() else {
                continue;
            };
            let mark = self.known.mark(spot);
            let gone = self.of_spot.remove(&spot).unwrap_or_default();
            let taken: Vec<_> = gone
                .iter()
                .filter_map(|at| Some((*at, self.proofs.get_mut(*at)?.take()?)))
                .collect();
            self.known.set(spot, alone);
            let mut touched: Vec<Spot> = taken
                .iter()
                .flat_map(|(_, proof)| proof.world.keys().copied())
                .collect();
            touched.sort_unstable();
            touched.dedup();
            if !touched.into_iter().all(|spot| self.is_safe(spot, false)) {
                self.known.set(spot, mark);
                for (at, proof) in taken {
                    if let Some(place) = self.proofs.get_mut(at) {
                        *place = Some(proof);
                    }
                }
                self.of_spot.entry(spot).or_default().extend(gone);
            }
        }
    }

    /// What was decided, the proofs that it takes, and the number of the next one.
    pub fn decided(self) -> Option<(Slice, Vec<Proof>, i32)> {
        let needed = self.needed();
        let slice = self.known.slice(self.open)?.clone();
        let proofs = self.proofs.into_iter().enumerate();
        let proofs = proofs.filter(|(at, _)| needed.contains(at));
        Some((
            slice,
            proofs.filter_map(|(_, proof)| proof).collect(),
            self.next,
        ))
    }

    /// Of the proofs those without which something would have none: first what does not reach into the present, which no
    /// later month can upset.
    fn needed(&self) -> BTreeSet<usize> {
        let mut needed = BTreeSet::new();
        let reach = |at: usize| {
            let world = self.world(at);
            let last = world.and_then(|world| world.keys().next_back());
            let present = last.is_some_and(|spot| spot.0 == self.open);
            (present, world.map(World::len), at)
        };
        for (spot, proofs) in &self.of_spot {
            for still in self.questions(*spot) {
                let found = || {
                    proofs
                        .iter()
                        .copied()
                        .filter(|at| self.proves(*at, *spot, still))
                };
                if !found().any(|at| needed.contains(&at)) {
                    needed.extend(found().min_by_key(|at| reach(*at)));
                }
            }
        }
        needed
    }

    fn world(&self, at: usize) -> Option<&World> {
        Some(&self.proofs.get(at)?.as_ref()?.world)
    }

    /// Whether a spot is not what it is in a world, and has not moved together with another.
    fn proves(&self, at: usize, spot: Spot, still: Option<Spot>) -> bool {
        self.world(at)
            .is_some_and(|world| still.is_none_or(|still| world.get(&still) != world.get(&spot)))
    }

    fn price_of(&self, cell: Cell) -> u64 {
        self.price.get(cell).copied().unwrap_or(1)
    }

    /// What must not follow about a spot: what it is, and how little it changed since the day before.
    fn questions(&self, spot: Spot) -> Vec<Option<Spot>> {
        if !self.is_secret(spot) {
            return Vec::new();
        }
        let here = self.known.exact(spot);
        let small = |other: &Spot| {
            let apart = (self.known.exact(*other) - here).abs();
            self.is_secret(*other) && (1..FEWEST).contains(&apart)
        };
        let still = self.known.day_before(spot).filter(small).map(Some);
        std::iter::once(None).chain(still).collect()
    }

    /// Whether nothing follows about a spot; with the offer, after withholding what that takes.
    fn is_safe(&mut self, spot: Spot, offer: bool) -> bool {
        let mut questions = self.questions(spot).into_iter();
        questions.all(|still| self.is_proven(spot, still, offer))
    }

    fn is_proven(&mut self, spot: Spot, still: Option<Spot>, offer: bool) -> bool {
        let mut proofs = self.of_spot.get(&spot).into_iter().flatten();
        if proofs.any(|at| self.proves(*at, spot, still)) {
            return true;
        }
        let fixed = |other: Spot| still == Some(other);
        let mut found = other_world(&self.known, spot, &fixed, None);
        if found.is_none() && offer {
            let price = |cell: Cell| self.price_of(cell);
            let offer = Offer {
                slice: self.open,
                price: &price,
            };
            // where the past leads nowhere, the present is looked at alone
            let past = |other: Spot| other.0 != spot.0 || fixed(other);
            found = other_world(&self.known, spot, &fixed, Some(&offer))
                .or_else(|| other_world(&self.known, spot, &past, Some(&offer)));
        }
        let Some(world) = found else { return false };
        self.next += 1;
        self.keep(self.next - 1, world)
    }

    /// A world becomes a proof when what it takes is withheld, and if it holds.
    fn keep(&mut self, number: i32, world: World) -> bool {
        for (spot, by) in &world {
            if spot.0 == self.open {
                self.withhold(*spot, *by);
            }
        }
        // whatever the search believed: only what is looked at here is a proof
        if !is_possible(&self.known, &world) {
            return false;
        }
        for spot in world.keys() {
            self.of_spot
                .entry(*spot)
                .or_default()
                .push(self.proofs.len());
        }
        self.proofs.push(Some(Proof { number, world }));
        true
    }

    /// A cell that moves in a proof is told so that it could have moved.
    fn withhold(&mut self, spot: Spot, by: i64) {
        let Some(slice) = self.known.slice(spot.0) else {
            return;
        };
        let mark = slice.mark(spot.1);
        let (least, most) = slice.bounds(self.known.layout, spot.1, mark);
        if !(least..=most).contains(&(slice.exact(spot.1) + by)) {
            self.known.set(spot, Mark::Withheld);
        }
    }

    /// What nobody may calculate: all that was withheld. That nothing was corrected is no secret.
    fn is_secret(&self, spot: Spot) -> bool {
        if !matches!(self.known.mark(spot), Mark::Few | Mark::Withheld) {
            return false;
        }
        let Some(slice) = self.known.slice(spot.0).filter(|s| s.corrects()) else {
            return true;
        };
        let told = last_told(self.known.slices(), spot.1, |s| {
            s.day == slice.day && s.told < slice.told
        });
        told != Some(slice.exact(spot.1))
    }
}

/// The figure of a cell that was told last, of the latest day, among some slices.
pub(super) fn last_told(
    slices: &[Slice],
    cell: Cell,
    among: impl Fn(&Slice) -> bool,
) -> Option<i64> {
    let told = slices
        .iter()
        .filter(|s| among(s) && s.mark(cell) == Mark::Shown);
    told.max_by_key(|s| (s.day, s.told)).map(|s| s.exact(cell))
}
