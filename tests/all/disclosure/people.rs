//! Invented people, and what was told of them month after month.

use proptest::prelude::*;
use sanad::disclosure::{Care, Column, Growth, Layout, Ledger, Slice};

/// Somebody who is counted: where, as which part of each table, from which month on, recorded when, taken back when.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub leaf: usize,
    pub parts: Vec<usize>,
    pub day: u32,
    pub recorded: u32,
    pub struck: Option<u32>,
}

/// A country, its tables and everybody in it.
#[derive(Debug, Clone)]
pub(crate) struct Country {
    pub within: Vec<Option<usize>>,
    /// How many parts each table has.
    pub tables: Vec<usize>,
    pub masks_zero: bool,
    pub growth: Growth,
    pub people: Vec<Counted>,
    pub months: u32,
}

impl Country {
    pub fn layout(&self) -> Layout {
        let total = match self.growth {
            Growth::Stock => Growth::Cumulative,
            other => other,
        };
        let mut columns = vec![Column {
            table: None,
            masks_zero: false,
            growth: total,
        }];
        for (table, parts) in self.tables.iter().enumerate() {
            // of two tables the first is one of sex: that there are no girls tells nothing
            let masks_zero = self.masks_zero && (table > 0 || self.tables.len() == 1);
            columns.extend((0..*parts).map(|_| Column {
                table: Some(table),
                masks_zero,
                growth: self.growth,
            }));
        }
        Layout::new(self.within.clone(), columns)
    }

    /// What is counted of a month, as it was known in another.
    pub fn count(&self, layout: &Layout, day: u32, told: u32) -> Vec<i64> {
        let mut counts = vec![0; layout.cells()];
        for one in &self.people {
            let flows = self.growth == Growth::Flow;
            let counts_then = if flows {
                one.day == day
            } else {
                one.day <= day
            };
            if counts_then && one.recorded <= told && one.struck.is_none_or(|at| at > told) {
                counts[layout.cell(one.leaf, 0)] += 1;
                let mut first = 1;
                for (table, part) in one.parts.iter().enumerate() {
                    // of a stock, one in three moves on each month
                    let moved = usize::try_from((day - one.day) / 3).unwrap();
                    let part = if self.growth == Growth::Stock {
                        (part + moved) % self.tables[table]
                    } else {
                        *part
                    };
                    counts[layout.cell(one.leaf, first + part)] += 1;
                    first += self.tables[table];
                }
            }
        }
        layout.added_up(counts)
    }

    /// Everything that is told, month after month, with the corrections.
    pub fn told(&self, layout: &Layout, care: Care) -> Vec<Slice> {
        let mut ledger = Ledger::new(layout, care, Vec::new(), &[], 0);
        for month in 0..self.months {
            let exact = self.count(layout, month, month);
            assert!(layout.adds_up(&exact));
            ledger.tell(month, exact);
            for day in 0..month {
                ledger.correct(day, month, self.count(layout, day, month));
            }
        }
        ledger.slices().to_vec()
    }
}

/// Regions of one to three cities.
fn places() -> impl Strategy<Value = Vec<Option<usize>>> {
    prop::collection::vec(1usize..=3, 1..=3).prop_map(|regions| {
        let mut within = vec![None];
        for cities in regions {
            let region = within.len();
            within.push(Some(0));
            within.extend((0..cities).map(|_| Some(region)));
        }
        within
    })
}

/// How many of one kind come at once: mostly few.
fn some() -> impl Strategy<Value = usize> {
    prop_oneof![4 => 1usize..=4, 2 => 5usize..=9, 1 => 10usize..=25]
}

pub(crate) fn country() -> impl Strategy<Value = Country> {
    let tables = prop::collection::vec(2usize..=3, 0..=2);
    let growth = prop_oneof![
        4 => Just(Growth::Cumulative),
        1 => Just(Growth::Stock),
        1 => Just(Growth::Flow),
    ];
    (places(), tables, any::<bool>(), growth, 1u32..=4).prop_flat_map(
        |(within, tables, masks_zero, growth, months)| {
            let leaves: Vec<usize> = (0..within.len())
                .filter(|at| !within.contains(&Some(*at)))
                .collect();
            let parts: Vec<_> = tables.iter().map(|n| 0..*n).collect();
            let late = prop_oneof![5 => Just(0u32), 1 => 1u32..=2];
            let struck = prop_oneof![9 => Just(None), 1 => (1u32..=2).prop_map(Some)];
            let group = (
                prop::sample::select(leaves),
                parts,
                0..months,
                late,
                struck,
                some(),
            );
            prop::collection::vec(group, 1..=14).prop_map(move |groups| {
                let people = groups
                    .into_iter()
                    .flat_map(|(leaf, parts, day, late, struck, n)| {
                        let recorded = day + late;
                        let one = Counted {
                            leaf,
                            parts,
                            day,
                            recorded,
                            struck: struck.map(|after| recorded + after),
                        };
                        vec![one; n]
                    });
                Country {
                    people: people.collect(),
                    within: within.clone(),
                    tables: tables.clone(),
                    masks_zero,
                    growth,
                    months,
                }
            })
        },
    )
}
