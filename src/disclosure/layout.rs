//! What adds up to what: places within places, and beside their total the parts of each table.

/// A cell of a system: its number.
pub type Cell = usize;

/// How the figures of a column go on from one release to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Growth {
    /// Up to a day, and never less than at an earlier one, but for what is corrected.
    Cumulative,
    /// As it stands on a day: it may fall.
    Stock,
    /// Of one month alone.
    Flow,
}

/// A column of a system: its total, or a part of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The table whose part it is; none for the total, which all tables share.
    pub table: Option<usize>,
    /// That there is none of it would tell something of each that is counted beside it (decision 0102).
    pub masks_zero: bool,
    /// How it goes on.
    pub growth: Growth,
}

/// One sum: the cells in it and their signs. What is counted makes it zero.
type Sum = Vec<(Cell, i8)>;

/// Places, columns, and every sum of their cells that does not follow from the others.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The place that each lies in; that one stands before it.
    within: Vec<Option<usize>>,
    inner: Vec<bool>,
    columns: Vec<Column>,
    tables: usize,
    sums: Vec<Sum>,
    /// The table of each sum; none of those of totals alone.
    of_sum: Vec<Option<usize>>,
    /// The sums that each cell stands in.
    of_cell: Vec<Vec<(usize, i8)>>,
}

impl Layout {
    /// `within` names for each place the one that it lies in, which stands before it; the first column is the total.
    pub fn new(within: Vec<Option<usize>>, columns: Vec<Column>) -> Self {
        let mut inner = vec![false; within.len()];
        for parent in within.iter().flatten() {
            if let Some(inner) = inner.get_mut(*parent) {
                *inner = true;
            }
        }
        let tables = columns.iter().filter_map(|c| c.table).max();
        let mut layout = Self {
            of_cell: vec![Vec::new(); within.len() * columns.len()],
            within,
            inner,
            columns,
            tables: tables.map_or(0, |last| last + 1),
            sums: Vec::new(),
            of_sum: Vec::new(),
        };
        for sum in layout
            .sums_of_places()
            .chain(layout.sums_of_rows())
            .collect::<Vec<_>>()
        {
            for (cell, sign) in &sum {
                if let Some(of) = layout.of_cell.get_mut(*cell) {
                    of.push((layout.sums.len(), *sign));
                }
            }
            let mut tables = sum.iter().filter_map(|(cell, _)| layout.column_of(*cell));
            let table = tables.find_map(|column| column.table);
            layout.of_sum.push(table);
            layout.sums.push(sum);
        }
        layout
    }

    /// A place is the sum of the places in it, column by column.
    fn sums_of_places(&self) -> impl Iterator<Item = Sum> {
        let inner = (0..self.within.len()).filter(|place| self.is_inner(*place));
        inner.flat_map(move |place| {
            (0..self.columns.len()).map(move |column| {
                let parts = (0..self.within.len()).filter(|part| self.parent(*part) == Some(place));
                std::iter::once((self.cell(place, column), 1))
                    .chain(parts.map(|part| (self.cell(part, column), -1)))
                    .collect()
            })
        })
    }

    /// The parts of a table are its total. Said of the smallest places; of the others it follows.
    fn sums_of_rows(&self) -> impl Iterator<Item = Sum> {
        let leaves = (0..self.within.len()).filter(|place| !self.is_inner(*place));
        leaves.flat_map(move |place| {
            (0..self.tables).map(move |table| {
                let parts = (0..self.columns.len())
                    .filter(move |at| self.column(*at).is_some_and(|c| c.table == Some(table)));
                std::iter::once((self.cell(place, 0), 1))
                    .chain(parts.map(|part| (self.cell(place, part), -1)))
                    .collect()
            })
        })
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.of_cell.len()
    }

    /// How many places.
    pub fn places(&self) -> usize {
        self.within.len()
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The cell of a place in a column.
    pub fn cell(&self, place: usize, column: usize) -> Cell {
        place * self.columns.len() + column
    }

    /// The place of a cell.
    pub fn place_of(&self, cell: Cell) -> usize {
        cell / self.columns.len().max(1)
    }

    /// The column of a cell.
    pub fn column_of(&self, cell: Cell) -> Option<Column> {
        self.column(cell % self.columns.len().max(1))
    }

    /// The total of the place of a cell.
    pub fn total_of(&self, cell: Cell) -> Cell {
        self.cell(self.place_of(cell), 0)
    }

    /// One column.
    pub fn column(&self, at: usize) -> Option<Column> {
        self.columns.get(at).copied()
    }

    /// Where a place lies.
    pub fn parent(&self, place: usize) -> Option<usize> {
        self.within.get(place).copied().flatten()
    }

    /// Whether other places lie in it.
    pub fn is_inner(&self, place: usize) -> bool {
        self.inner.get(place).copied().unwrap_or(false)
    }

    /// The smallest place that a cell is about, if it is about one.
    pub fn leaf_of(&self, cell: Cell) -> Option<usize> {
        Some(self.place_of(cell)).filter(|place| !self.is_inner(*place))
    }

    /// Whether that there is none is told as few: of a place, not of the country.
    pub fn masks_zero(&self, cell: Cell) -> bool {
        self.place_of(cell) > 0 && self.column_of(cell).is_some_and(|c| c.masks_zero)
    }

    /// The same of the whole country.
    pub fn country_of(&self, cell: Cell) -> Cell {
        cell % self.columns.len().max(1)
    }

    /// How many sums.
    pub(super) fn sums(&self) -> usize {
        self.sums.len()
    }

    /// The cells of a sum.
    pub(super) fn sum(&self, at: usize) -> &[(Cell, i8)] {
        self.sums.get(at).map_or(&[], Vec::as_slice)
    }

    /// The table that leads where only totals are asked about.
    pub(super) fn first_table(&self) -> Option<usize> {
        (self.tables > 0).then_some(0)
    }

    /// The table that a sum belongs to; none, if it is about totals alone.
    pub(super) fn table_of(&self, sum: usize) -> Option<usize> {
        self.of_sum.get(sum).copied().flatten()
    }

    /// The sums of a cell.
    pub(super) fn sums_of(&self, cell: Cell) -> &[(usize, i8)] {
        self.of_cell.get(cell).map_or(&[], Vec::as_slice)
    }

    /// Fills in the larger places from the smallest ones.
    pub fn added_up(&self, mut counts: Vec<i64>) -> Vec<i64> {
        counts.resize(self.cells(), 0);
        for place in (0..self.places()).rev() {
            if self.is_inner(place) {
                for column in 0..self.columns() {
                    let parts = (0..self.places()).filter(|part| self.parent(*part) == Some(place));
                    let sum = parts
                        .map(|part| count(&counts, self.cell(part, column)))
                        .sum();
                    if let Some(whole) = counts.get_mut(self.cell(place, column)) {
                        *whole = sum;
                    }
                }
            }
        }
        counts
    }

    /// Whether every sum holds.
    pub fn adds_up(&self, counts: &[i64]) -> bool {
        self.sums.iter().all(|sum| {
            sum.iter()
                .map(|(cell, sign)| i64::from(*sign) * count(counts, *cell))
                .sum::<i64>()
                == 0
        })
    }
}

fn count(counts: &[i64], cell: Cell) -> i64 {
    counts.get(cell).copied().unwrap_or(0)
}
