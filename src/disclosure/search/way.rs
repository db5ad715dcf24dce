//! The cheapest way out of one sum (Dijkstra, over the sums of one table of one slice).

use super::super::layout::Cell;
use super::Search;
use std::{cmp::Reverse, collections::BinaryHeap};

/// A way into a sum: the sum it comes from, the cell that is moved, and how.
#[derive(Debug, Clone, Copy)]
struct Way {
    from: usize,
    cell: Cell,
    by: i64,
}

impl Search<'_, '_> {
    /// The cheapest moves that carry what a sum owes to another sum that owes the contrary, or out of the table.
    pub(super) fn way_out(&self, slice: usize, sum: usize, owed: i64) -> Option<Vec<(Cell, i64)>> {
        let layout = self.rules.known.layout;
        let leads = self.leads(sum);
        let table = layout.table_of(sum);
        let passes = |other: usize| {
            if leads {
                self.leads(other)
            } else {
                layout.table_of(other) == table
            }
        };
        let mut best = vec![(u64::MAX, None::<Way>); layout.sums()];
        let mut out = (u64::MAX, None::<Way>);
        let mut heap = BinaryHeap::from([Reverse((0, sum, owed.signum()))]);
        *best.get_mut(sum)? = (0, None);
        while let Some(Reverse((price, from, sign))) = heap.pop() {
            if price >= out.0 {
                break;
            }
            if price > best.get(from)?.0 {
                continue;
            }
            for (cell, own) in layout.sum(from) {
                let total = layout.column_of(*cell).is_some_and(|c| c.table.is_none());
                if total && !leads {
                    continue;
                }
                let by = if sign * i64::from(*own) > 0 { -1 } else { 1 };
                let Some(step) = self.price((slice, *cell), by) else {
                    continue;
                };
                let price = price + step;
                let way = Way {
                    from,
                    cell: *cell,
                    by,
                };
                let others = layout.sums_of(*cell).iter();
                let mut others = others
                    .filter(|(at, _)| *at != from && passes(*at))
                    .peekable();
                if others.peek().is_none() {
                    keep(&mut out, price, way);
                }
                for (at, its) in others {
                    let carried = i64::from(*its) * by;
                    let owes = self.owed.get(&(slice, *at)).copied().unwrap_or(0);
                    if owes * carried < 0 {
                        keep(&mut out, price, way);
                    } else if let Some(known) = best.get_mut(*at)
                        && keep(known, price, way)
                    {
                        heap.push(Reverse((price, *at, carried)));
                    }
                }
            }
        }
        let mut moves = Vec::new();
        let mut way = out.1;
        while let Some(Way { from, cell, by }) = way {
            moves.push((cell, by));
            way = best.get(from)?.1;
        }
        (!moves.is_empty()).then_some(moves)
    }
}

fn keep(best: &mut (u64, Option<Way>), price: u64, way: Way) -> bool {
    let better = price < best.0;
    if better {
        *best = (price, Some(way));
    }
    better
}
