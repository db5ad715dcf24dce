//! The cells of a system and their names.

use crate::disclosure::{Cell, Layout, System};
use std::collections::{BTreeMap, BTreeSet};

/// A prefecture or a region, and the region of a prefecture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub id: i16,
    pub within: Option<i16>,
}

/// A cell by its names: the country has no territory, a total no part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub table: String,
    pub territory: Option<i16>,
    pub part: String,
}

/// The parts of each table.
pub(super) type Parts = BTreeMap<String, BTreeSet<String>>;

/// A system over all places, with the parts that its tables have or ever had.
#[derive(Debug)]
pub(super) struct Frame {
    pub system: System,
    pub layout: Layout,
    territories: Vec<Option<i16>>,
    columns: Vec<(String, String)>,
    cells: BTreeMap<Name, Cell>,
}

impl Frame {
    pub fn new(system: System, places: &[Place], parts: &Parts) -> Self {
        let none = BTreeSet::new();
        let parts_of = |code: &str| parts.get(code).unwrap_or(&none);
        let mut columns = vec![(system.code.to_owned(), String::new())];
        for table in system.tables {
            let parts = parts_of(table.code).iter();
            columns.extend(parts.map(|part| (table.code.to_owned(), part.clone())));
        }
        // the country, its regions, their prefectures
        let mut places: Vec<Place> = places.to_vec();
        places.sort_by_key(|place| (place.within.is_some(), place.id));
        let at = |id| places.iter().position(|place| Some(place.id) == id);
        let within = std::iter::once(None).chain(places.iter().map(|place| {
            let region = at(place.within).map_or(0, |region| region + 1);
            Some(region)
        }));
        let layout = Layout::new(
            within.collect(),
            system.columns(|table| parts_of(table.code).iter().map(String::as_str).collect()),
        );
        let territories: Vec<Option<i16>> = std::iter::once(None)
            .chain(places.iter().map(|place| Some(place.id)))
            .collect();
        let mut frame = Self {
            system,
            layout,
            territories,
            columns,
            cells: BTreeMap::new(),
        };
        frame.cells = (0..frame.layout.cells())
            .filter_map(|cell| Some((frame.name(cell)?, cell)))
            .collect();
        frame
    }

    /// What a cell is called.
    pub fn name(&self, cell: Cell) -> Option<Name> {
        let (table, part) = self.columns.get(cell % self.layout.columns().max(1))?;
        Some(Name {
            table: table.clone(),
            territory: *self.territories.get(self.layout.place_of(cell))?,
            part: part.clone(),
        })
    }

    /// The cell of that name.
    pub fn cell(&self, name: &Name) -> Option<Cell> {
        self.cells.get(name).copied()
    }

    /// The table of a cell.
    pub fn table(&self, cell: Cell) -> Option<&str> {
        let (table, _) = self.columns.get(cell % self.layout.columns().max(1))?;
        Some(table)
    }

    /// Whether a cell is one of this system.
    pub fn has(&self, name: &Name) -> bool {
        let mut tables = self.system.tables.iter();
        name.table == self.system.code || tables.any(|table| table.code == name.table)
    }

    /// The counts of all cells, from those of prefectures; nothing, if one has no place here.
    pub fn summed<'n>(&self, counts: impl Iterator<Item = (&'n Name, i64)>) -> Option<Vec<i64>> {
        let mut exact = vec![0; self.layout.cells()];
        let first = self.system.tables.first().map(|table| table.code);
        for (name, n) in counts {
            let cell = self.cell(name)?;
            self.layout.leaf_of(cell)?;
            *exact.get_mut(cell)? += n;
            // who counts parts of the first table counts the total
            if first == Some(name.table.as_str()) {
                *exact.get_mut(self.layout.total_of(cell))? += n;
            }
        }
        Some(self.layout.added_up(exact))
    }

    /// The same; nothing either, if the parts of some table are not the total.
    pub fn balanced<'n>(&self, counts: impl Iterator<Item = (&'n Name, i64)>) -> Option<Vec<i64>> {
        self.summed(counts)
            .filter(|exact| self.layout.adds_up(exact))
    }

    /// The counts of prefectures, other than none, as they are kept: of a table its parts, of a system without tables its
    /// total.
    pub fn kept<'f>(&'f self, exact: &'f [i64]) -> impl Iterator<Item = (Name, i64)> + 'f {
        let counted = exact.iter().copied().enumerate();
        counted
            .filter(|(cell, n)| *n != 0 && self.layout.leaf_of(*cell).is_some())
            .filter(|(cell, _)| {
                let total = self.layout.total_of(*cell) == *cell;
                total == self.system.tables.is_empty()
            })
            .filter_map(|(cell, n)| Some((self.name(cell)?, n)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::CLOSED_LIST;

    fn frame() -> Frame {
        let places = [
            (1, Some(104)),
            (2, Some(104)),
            (104, None),
            (4, Some(101)),
            (101, None),
        ];
        let places = places.map(|(id, within)| Place { id, within });
        let parts = [
            ("children_by_sex", vec!["F", "M"]),
            ("children_by_age", vec!["plan_6_13", "unknown"]),
        ];
        let parts = parts.into_iter().map(|(table, parts)| {
            let parts = parts.into_iter().map(str::to_owned).collect();
            (table.to_owned(), parts)
        });
        Frame::new(CLOSED_LIST[0], &places, &parts.collect())
    }

    fn name(table: &str, territory: Option<i16>, part: &str) -> Name {
        Name {
            table: table.to_owned(),
            territory,
            part: part.to_owned(),
        }
    }

    #[test]
    fn every_cell_has_a_name_of_its_own() {
        let frame = frame();
        assert_eq!(frame.layout.cells(), 6 * 5);
        for cell in 0..frame.layout.cells() {
            assert_eq!(frame.cell(&frame.name(cell).unwrap()), Some(cell));
        }
        let total = frame.cell(&name("children", None, "")).unwrap();
        assert_eq!(total, 0);
    }

    #[test]
    fn counts_are_added_up_and_kept_as_they_came() {
        let frame = frame();
        let counts = [
            (name("children_by_sex", Some(1), "F"), 3),
            (name("children_by_sex", Some(4), "M"), 2),
            (name("children_by_age", Some(1), "unknown"), 3),
            (name("children_by_age", Some(4), "plan_6_13"), 2),
        ];
        let exact = frame
            .balanced(counts.iter().map(|(name, n)| (name, *n)))
            .unwrap();
        let at = |name: Name| exact[frame.cell(&name).unwrap()];
        assert_eq!(at(name("children", None, "")), 5);
        assert_eq!(at(name("children", Some(104), "")), 3);
        assert_eq!(at(name("children_by_sex", Some(101), "M")), 2);
        let mut kept: Vec<(Name, i64)> = frame.kept(&exact).collect();
        kept.sort();
        let mut counts = counts.to_vec();
        counts.sort();
        assert_eq!(kept, counts);
        // a child without an age, a place that is none
        let one = [(name("children_by_sex", Some(1), "F"), 3)];
        assert!(
            frame
                .balanced(one.iter().map(|(name, n)| (name, *n)))
                .is_none()
        );
        let elsewhere = [(name("children_by_sex", Some(9), "F"), 3)];
        assert!(
            frame
                .balanced(elsewhere.iter().map(|(name, n)| (name, *n)))
                .is_none()
        );
    }
}
