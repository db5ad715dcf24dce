//! What was told of one system, month after month, and the proofs that it tells of nobody.

use super::{
    guard::{Guard, last_told},
    layout::{Cell, Growth, Layout},
    slice::{FEWEST, Mark, Slice},
    world::Proof,
};

/// What is withheld beside the small figures themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Nothing: for the test that sees such figures calculated.
    None,
    /// What it takes that nobody can calculate what is withheld.
    Full,
}

/// A step of a proof: a cell as it was told, and by how much it could have been another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The release whose day it is about.
    pub day: u32,
    /// The release that told it.
    pub told: u32,
    /// The cell.
    pub cell: Cell,
    /// More by so many, or less.
    pub by: i64,
}

/// All that was told of one system.
#[derive(Debug)]
pub struct Ledger<'a> {
    layout: &'a Layout,
    care: Care,
    slices: Vec<Slice>,
    proofs: Vec<Proof>,
    next: i32,
}

impl<'a> Ledger<'a> {
    /// What was told, in the order of the telling, its proofs with their numbers, and the number of the next proof.
    pub fn new(
        layout: &'a Layout,
        care: Care,
        slices: Vec<Slice>,
        proofs: &[(i32, Vec<Move>)],
        next: i32,
    ) -> Self {
        let at = |step: &Move| {
            let told = |s: &Slice| (s.day, s.told) == (step.day, step.told);
            Some(((slices.iter().position(told)?, step.cell), step.by))
        };
        let proofs = proofs.iter().map(|(number, steps)| Proof {
            number: *number,
            world: steps.iter().filter_map(at).collect(),
        });
        Self {
            layout,
            care,
            proofs: proofs.collect(),
            slices,
            next,
        }
    }

    /// What was told.
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// The number of the next proof.
    pub fn next(&self) -> i32 {
        self.next
    }

    /// The proofs, each with its number: in each of these worlds everything that was told is true, and some cell is another.
    /// One that is carried on keeps its steps and gets more of them.
    pub fn proofs(&self) -> impl Iterator<Item = (i32, Vec<Move>)> {
        self.proofs.iter().map(|proof| {
            let step = |((at, cell), by): (&(usize, Cell), &i64)| {
                let slice = self.slices.get(*at)?;
                Some(Move {
                    day: slice.day,
                    told: slice.told,
                    cell: *cell,
                    by: *by,
                })
            };
            (proof.number, proof.world.iter().filter_map(step).collect())
        })
    }

    /// How the cells of a month are told; nothing at all, where no safe way was found.
    pub fn tell(&mut self, day: u32, exact: Vec<i64>) -> Option<&Slice> {
        let marks = (0..self.layout.cells())
            .map(|cell| self.alone(&exact, cell))
            .collect();
        self.close(Slice {
            day,
            told: day,
            exact,
            marks,
        })
    }

    /// Which corrections of an earlier month a month lists, after its own figures were told; nothing, if there are none.
    pub fn correct(&mut self, day: u32, told: u32, exact: Vec<i64>) -> Option<&Slice> {
        let marks: Vec<Mark> = (0..self.layout.cells())
            .map(|cell| self.correction(day, &exact, cell))
            .collect();
        if !marks.contains(&Mark::Shown) {
            return None;
        }
        self.close(Slice {
            day,
            told,
            exact,
            marks,
        })
    }

    /// How a cell is told if nobody calculates: not if it is small, or differs by little from what was told last.
    fn alone(&self, exact: &[i64], cell: Cell) -> Mark {
        let count = |cell: Cell| exact.get(cell).copied().unwrap_or(0);
        let Some(column) = self.layout.column_of(cell) else {
            return Mark::Absent;
        };
        let told = last_told(&self.slices, cell, |_| column.growth != Growth::Flow);
        match count(cell) {
            0 if self.hides_none(exact, cell) => Mark::Few,
            0 => Mark::Shown,
            1..FEWEST => Mark::Few,
            n if told.is_some_and(|told| is_small(n - told)) => Mark::Withheld,
            _ => Mark::Shown,
        }
    }

    /// Whether that there is none would tell that all who are counted there are of another kind. Where nobody is counted it
    /// tells nothing, and what there is nowhere in the country hides nobody.
    fn hides_none(&self, exact: &[i64], cell: Cell) -> bool {
        let some = |cell: Cell| exact.get(cell).is_some_and(|n| *n > 0);
        self.layout.masks_zero(cell)
            && some(self.layout.total_of(cell))
            && some(self.layout.country_of(cell))
    }

    /// A correction is listed of a figure that was told, if it is no small one and leaves none beside any other.
    fn correction(&self, day: u32, exact: &[i64], cell: Cell) -> Mark {
        let n = exact.get(cell).copied().unwrap_or(0);
        let Some(column) = self.layout.column_of(cell) else {
            return Mark::Absent;
        };
        let was = last_told(&self.slices, cell, |s| s.day == day);
        let mut beside = self.slices.iter().filter(|s| s.day != day);
        let lists = was.is_some_and(|was| was != n && !is_small(n - was))
            && !is_small(n)
            && !(n == 0 && self.layout.masks_zero(cell))
            && (column.growth == Growth::Flow
                || beside.all(|s| !s.shown(cell).is_some_and(|other| is_small(n - other))));
        if lists { Mark::Shown } else { Mark::Withheld }
    }

    fn close(&mut self, slice: Slice) -> Option<&Slice> {
        if self.care == Care::None {
            self.slices.push(slice);
            return self.slices.last();
        }
        let corrects = slice.corrects();
        let prices = (0..self.layout.cells())
            .map(|cell| self.price(&slice, cell))
            .collect();
        let slices = self.slices.iter().cloned().chain([slice]).collect();
        let mut guard = Guard::new(self.layout, slices, prices, (&self.proofs, self.next));
        if !guard.close() {
            return None;
        }
        guard.open_again();
        let (slice, proofs, next) = guard.decided()?;
        // a list of corrections on which nothing is left tells nothing
        if corrects && !slice.marks.contains(&Mark::Shown) {
            return None;
        }
        (self.proofs, self.next) = (proofs, next);
        self.slices.push(slice);
        self.slices.last()
    }

    /// What a figure is worth: a country's more than a region's, a total more than a part; less, if the reader has it
    /// already.
    fn price(&self, slice: &Slice, cell: Cell) -> u64 {
        let place = self.layout.place_of(cell);
        let worth = match (self.layout.parent(place), self.layout.is_inner(place)) {
            (None, _) => 50_000,
            (Some(_), true) => 800,
            (Some(_), false) => 100,
        };
        let total = self.layout.total_of(cell) == cell;
        let worth = if total { worth * 3 } else { worth };
        let had = last_told(&self.slices, cell, |_| true) == Some(slice.exact(cell));
        match slice.exact(cell) {
            // that there is nothing is told wherever it can be
            0 => worth * 20,
            _ if had => worth / 2,
            _ => worth,
        }
    }
}

fn is_small(difference: i64) -> bool {
    (1..FEWEST).contains(&difference.abs())
}
