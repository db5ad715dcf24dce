//! Whoever reads everything that was told, of all months, and calculates.
//!
//! Knows the sums, what each mark means, and that what is counted up to a day does not become less. Shares no line with
//! what decides on the marks: the sums are built anew, those that follow from others too.

use sanad::disclosure::{Cell, Growth, Layout, Mark, Slice};
use std::collections::BTreeMap;

/// A cell of a slice.
pub(crate) type Spot = (usize, Cell);

/// Greater than any count.
pub(crate) const MANY: i64 = 1_000_000;

/// What is not known, and what is known about it.
#[derive(Debug, Default)]
pub(crate) struct Riddle {
    pub unknown: Vec<Spot>,
    /// What each is in truth: to tell whether somebody else could be meant, never to calculate with.
    pub truth: Vec<i64>,
    pub bounds: Vec<(i64, i64)>,
    /// Sums of unknowns.
    pub sums: Vec<(Vec<(usize, i64)>, i64)>,
    /// Which is not more than which.
    pub order: Vec<(usize, usize)>,
    pub at: BTreeMap<Spot, usize>,
}

impl Riddle {
    /// What a reader sees.
    pub fn new(layout: &Layout, slices: &[Slice]) -> Self {
        let mut riddle = Self::default();
        let mut figures = BTreeMap::new();
        for (at, slice) in slices.iter().enumerate() {
            for cell in 0..layout.cells() {
                if slice.mark(cell) == Mark::Absent {
                    continue;
                }
                if slice.mark(cell) == Mark::Shown {
                    figures.insert((at, cell), slice.exact(cell));
                } else {
                    // of the whole country none is told as none
                    let masked =
                        layout.column_of(cell).unwrap().masks_zero && layout.place_of(cell) > 0;
                    riddle.at.insert((at, cell), riddle.unknown.len());
                    riddle.unknown.push((at, cell));
                    riddle.truth.push(slice.exact(cell));
                    riddle.bounds.push(match slice.mark(cell) {
                        Mark::Few => (i64::from(!masked), 4),
                        _ => (0, MANY),
                    });
                }
            }
        }
        for (at, slice) in slices.iter().enumerate() {
            for sum in sums(layout) {
                // nothing is known of a table that was not told then
                if sum
                    .iter()
                    .any(|(cell, _)| slice.mark(*cell) == Mark::Absent)
                {
                    continue;
                }
                let mut terms = Vec::new();
                let mut rest = 0;
                for (cell, sign) in sum {
                    match riddle.at.get(&(at, cell)) {
                        Some(unknown) => terms.push((*unknown, sign)),
                        None => rest -= sign * figures[&(at, cell)],
                    }
                }
                if !terms.is_empty() {
                    riddle.sums.push((terms, rest));
                }
            }
        }
        riddle.learn_order(layout, slices, &figures);
        riddle
    }

    fn learn_order(&mut self, layout: &Layout, slices: &[Slice], figures: &BTreeMap<Spot, i64>) {
        for (one, earlier) in slices.iter().enumerate() {
            for (other, later) in slices.iter().enumerate() {
                if earlier.day > later.day || earlier.told > later.told || one == other {
                    continue;
                }
                for cell in 0..layout.cells() {
                    let grows = match layout.column_of(cell).unwrap().growth {
                        Growth::Cumulative => true,
                        Growth::Flow => earlier.day == later.day,
                        Growth::Stock => false,
                    };
                    // a reader who believed what is not so would calculate nonsense
                    let absent = [earlier, later]
                        .iter()
                        .any(|s| s.mark(cell) == Mark::Absent);
                    if absent || !grows || earlier.exact(cell) > later.exact(cell) {
                        continue;
                    }
                    match (self.at.get(&(one, cell)), self.at.get(&(other, cell))) {
                        (Some(less), Some(more)) => self.order.push((*less, *more)),
                        (Some(less), None) => {
                            let most = &mut self.bounds[*less].1;
                            *most = (*most).min(figures[&(other, cell)]);
                        }
                        (None, Some(more)) => {
                            let least = &mut self.bounds[*more].0;
                            *least = (*least).max(figures[&(one, cell)]);
                        }
                        (None, None) => {}
                    }
                }
            }
        }
    }
}

/// Every sum of the tables: places of places, and parts of totals at each place.
fn sums(layout: &Layout) -> Vec<Vec<(Cell, i64)>> {
    let mut sums = Vec::new();
    for place in 0..layout.places() {
        let inside: Vec<usize> = (0..layout.places())
            .filter(|part| layout.parent(*part) == Some(place))
            .collect();
        for column in 0..layout.columns() {
            if !inside.is_empty() {
                let parts = inside.iter().map(|part| (layout.cell(*part, column), -1));
                sums.push(parts.chain([(layout.cell(place, column), 1)]).collect());
            }
        }
        let tables = (0..layout.columns()).filter_map(|at| layout.column(at).unwrap().table);
        let tables: std::collections::BTreeSet<usize> = tables.collect();
        for table in tables {
            let parts = (0..layout.columns())
                .filter(|at| layout.column(*at).unwrap().table == Some(table))
                .map(|at| (layout.cell(place, at), -1));
            sums.push(parts.chain([(layout.cell(place, 0), 1)]).collect());
        }
    }
    sums
}
