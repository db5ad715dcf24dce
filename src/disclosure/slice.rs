//! What was told, and what whoever reads it may conclude from it.

use super::layout::{Cell, Layout};

/// From here on a count is told.
pub const FEWEST: i64 = 5;

/// How a cell is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The figure itself.
    Shown,
    /// "Under five"; where none would tell something, from none on.
    Few,
    /// Nothing: not whether it is small, has hardly moved, or would tell of another cell.
    Withheld,
    /// There was no such cell in that release.
    Absent,
}

/// The cells of one system as they were told together: of a release, or the corrections that a later release lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// The release whose day it is about.
    pub day: u32,
    /// The release that told it.
    pub told: u32,
    /// What was counted then, cell by cell.
    pub exact: Vec<i64>,
    /// How each was told.
    pub marks: Vec<Mark>,
}

impl Slice {
    /// What was counted.
    pub fn exact(&self, cell: Cell) -> i64 {
        self.exact.get(cell).copied().unwrap_or(0)
    }

    /// How it was told.
    pub fn mark(&self, cell: Cell) -> Mark {
        self.marks.get(cell).copied().unwrap_or(Mark::Absent)
    }

    /// The figure, if it was told.
    pub fn shown(&self, cell: Cell) -> Option<i64> {
        (self.mark(cell) == Mark::Shown).then(|| self.exact(cell))
    }

    /// Whether it lists corrections of an earlier release.
    pub fn corrects(&self) -> bool {
        self.told > self.day
    }

    pub(super) fn set(&mut self, cell: Cell, mark: Mark) {
        if let Some(old) = self.marks.get_mut(cell) {
            *old = mark;
        }
    }

    /// Between what a reader knows a cell to be that is told so.
    pub fn bounds(&self, layout: &Layout, cell: Cell, mark: Mark) -> (i64, i64) {
        // where none would tell something it is told as few; of the whole country none is none
        let masked = layout.masks_zero(cell);
        match mark {
            Mark::Shown => (self.exact(cell), self.exact(cell)),
            Mark::Few => (i64::from(!masked), FEWEST - 1),
            Mark::Withheld => (0, i64::MAX),
            Mark::Absent => (i64::MIN, i64::MAX),
        }
    }
}
