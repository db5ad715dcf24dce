//! All that was told of one system, and what follows from counts that only grow.

use super::{
    layout::{Cell, Growth, Layout},
    slice::{Mark, Slice},
};

/// A cell of a slice.
pub(super) type Spot = (usize, Cell);

/// From one slice to the next: of a later day, or the same day told anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Word,
}

/// All that was told of one system.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub layout: &'a Layout,
    slices: Vec<Slice>,
    next: Vec<Vec<(usize, Step)>>,
    last: Vec<Vec<(usize, Step)>>,
    /// The cells that were less, once, than they had been: of them every pair of slices is looked at.
    fell: Vec<bool>,
}

impl<'a> Known<'a> {
    pub fn new(layout: &'a Layout, slices: Vec<Slice>) -> Self {
        let mut next = vec![Vec::new(); slices.len()];
        let mut last = vec![Vec::new(); slices.len()];
        for (one, other, step) in steps(&slices) {
            if let (Some(next), Some(last)) = (next.get_mut(one), last.get_mut(other)) {
                next.push((other, step));
                last.push((one, step));
            }
        }
        let fell = (0..layout.cells())
            .map(|cell| {
                let exact = |at: usize| slices.get(at).map_or(0, |s: &Slice| s.exact(cell));
                let mut steps = next.iter().enumerate();
                steps.any(|(at, next)| next.iter().any(|(to, _)| exact(*to) < exact(at)))
            })
            .collect();
        Self {
            layout,
            slices,
            next,
            last,
            fell,
        }
    }

    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    pub fn slice(&self, at: usize) -> Option<&Slice> {
        self.slices.get(at)
    }

    pub fn exact(&self, (at, cell): Spot) -> i64 {
        self.slice(at).map_or(0, |s| s.exact(cell))
    }

    pub fn mark(&self, (at, cell): Spot) -> Mark {
        self.slice(at).map_or(Mark::Absent, |s| s.mark(cell))
    }

    pub fn set(&mut self, (at, cell): Spot, mark: Mark) {
        if let Some(slice) = self.slices.get_mut(at) {
            slice.set(cell, mark);
        }
    }

    /// Spots that nobody believes to be less than this one: what is counted grows. Where something was taken back it did
    /// not, and nothing is concluded.
    pub fn above(&self, spot: Spot) -> impl Iterator<Item = Spot> {
        self.ordered(&self.next, spot, precedes)
            .filter(move |other| self.exact(spot) <= self.exact(*other))
    }

    /// Spots that nobody believes to be more than this one.
    pub fn below(&self, spot: Spot) -> impl Iterator<Item = Spot> {
        self.ordered(&self.last, spot, |one, other| precedes(other, one))
            .filter(move |other| self.exact(*other) <= self.exact(spot))
    }

    fn ordered<'b>(
        &'b self,
        steps: &'b [Vec<(usize, Step)>],
        (at, cell): Spot,
        order: fn(&Slice, &Slice) -> bool,
    ) -> impl Iterator<Item = Spot> + 'b {
        let growth = self.layout.column_of(cell).map(|c| c.growth);
        let fell = self.fell.get(cell) == Some(&true);
        let near = steps.get(at).filter(|_| !fell).into_iter().flatten();
        let here = self.slices.get(at).filter(|_| fell);
        let all = self
            .slices
            .iter()
            .enumerate()
            .filter_map(move |(to, other)| {
                let here = here.filter(|here| order(here, other))?;
                let step = if here.day == other.day {
                    Step::Word
                } else {
                    Step::Day
                };
                Some((to, step))
            });
        near.copied()
            .chain(all)
            .filter(move |(_, step)| match step {
                Step::Day => growth == Some(Growth::Cumulative),
                Step::Word => growth != Some(Growth::Stock),
            })
            .map(move |(to, _)| (to, cell))
            .filter(move |other| {
                self.mark((at, cell)) != Mark::Absent && self.mark(*other) != Mark::Absent
            })
    }

    /// The table in whose sums totals move, where a cell is asked about.
    pub fn leading(&self, cell: Cell) -> Option<usize> {
        let table = self.layout.column_of(cell)?.table;
        table.or(self.layout.first_table())
    }

    /// The same cell at the day before, however often that day was told, where what changed since could be told.
    pub fn day_before(&self, (at, cell): Spot) -> impl Iterator<Item = Spot> + '_ {
        let growth = self.layout.column_of(cell).map(|c| c.growth);
        let days = self.slices.iter().map(|s| s.day);
        let day = self.slice(at).map_or(0, |s| s.day);
        let before = days.filter(|other| *other < day).max();
        let before = before.filter(|_| growth != Some(Growth::Flow));
        let slices = self.slices.iter().enumerate();
        slices
            .filter(move |(_, other)| Some(other.day) == before)
            .map(move |(other, _)| (other, cell))
    }
}

/// Whether one is about no later day than the other, and was told no later.
fn precedes(one: &Slice, other: &Slice) -> bool {
    one.day <= other.day && one.told <= other.told && (one.day, one.told) != (other.day, other.told)
}

/// Who comes next after whom: from these steps all others follow.
fn steps(slices: &[Slice]) -> Vec<(usize, usize, Step)> {
    let mut found = Vec::new();
    for (at, one) in slices.iter().enumerate() {
        for (to, other) in slices.iter().enumerate() {
            let between = |mid: &Slice| precedes(one, mid) && precedes(mid, other);
            if precedes(one, other) && !slices.iter().any(between) {
                let step = if one.day == other.day {
                    Step::Word
                } else {
                    Step::Day
                };
                found.push((at, to, step));
            }
        }
    }
    found
}
