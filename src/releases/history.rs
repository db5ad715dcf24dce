//! What the database keeps of earlier releases, as the ledger of a system.

use super::frame::{Frame, Name, Parts};
use crate::disclosure::{Care, Cell, Ledger, Mark, Move, Slice};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How a cell was told, as the database says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub(super) enum Told {
    Shown,
    Few,
    Withheld,
}

impl Told {
    fn mark(self) -> Mark {
        match self {
            Self::Shown => Mark::Shown,
            Self::Few => Mark::Few,
            Self::Withheld => Mark::Withheld,
        }
    }

    /// What is written of a mark; an absent cell is not written.
    pub fn of(mark: Mark) -> Option<Self> {
        match mark {
            Mark::Shown => Some(Self::Shown),
            Mark::Few => Some(Self::Few),
            Mark::Withheld => Some(Self::Withheld),
            Mark::Absent => None,
        }
    }
}

/// A cell of a release.
#[derive(Debug)]
pub(super) struct Published {
    pub release: i32,
    pub name: Name,
    pub told: Told,
}

/// A figure of a release, corrected by a later one.
#[derive(Debug)]
pub(super) struct Corrected {
    pub told_by: i32,
    pub release: i32,
    pub name: Name,
}

/// What was counted of a release when it was told, or when its corrections were.
#[derive(Debug)]
pub(super) struct Counted {
    pub told_by: i32,
    pub release: i32,
    pub name: Name,
    pub n: i32,
}

/// A cell that could have been another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Step {
    pub release: i32,
    pub told_by: i32,
    pub table_code: String,
    pub territory_id: Option<i16>,
    pub part: String,
    pub by: i64,
}

/// Steps that a release added to a proof; none, if it let the proof go.
#[derive(Debug)]
pub(super) struct Steps {
    pub system: String,
    pub proof: i32,
    pub steps: Option<Vec<Step>>,
}

/// Proofs with their numbers.
type Numbered = Vec<(i32, Vec<Move>)>;

/// All that was told, each kind in the order of the telling.
#[derive(Debug, Default)]
pub(super) struct History {
    pub published: Vec<Published>,
    pub corrected: Vec<Corrected>,
    pub counted: Vec<Counted>,
    pub proofs: Vec<Steps>,
}

impl History {
    /// The parts that were ever told.
    pub fn parts(&self, parts: &mut Parts) {
        for cell in self
            .published
            .iter()
            .filter(|cell| !cell.name.part.is_empty())
        {
            let told = parts.entry(cell.name.table.clone()).or_default();
            if !told.contains(&cell.name.part) {
                told.insert(cell.name.part.clone());
            }
        }
    }

    /// The ledger of a system; nothing, if what was kept does not add up.
    pub fn ledger<'f>(&self, frame: &'f Frame) -> Option<Ledger<'f>> {
        let mut counts = BTreeMap::<(i32, i32), Vec<(&Name, i64)>>::new();
        for row in self.counted.iter().filter(|row| frame.has(&row.name)) {
            let of = counts.entry((row.told_by, row.release)).or_default();
            of.push((&row.name, i64::from(row.n)));
        }
        let mut tables = BTreeMap::<i32, BTreeSet<&str>>::new();
        let mut marks = BTreeMap::<(i32, i32), Vec<(&Name, Mark)>>::new();
        for row in self.published.iter().filter(|row| frame.has(&row.name)) {
            tables
                .entry(row.release)
                .or_default()
                .insert(&row.name.table);
            let of = marks.entry((row.release, row.release)).or_default();
            of.push((&row.name, row.told.mark()));
        }
        for row in self.corrected.iter().filter(|row| frame.has(&row.name)) {
            let of = marks.entry((row.told_by, row.release)).or_default();
            of.push((&row.name, Mark::Shown));
        }
        // a release before what it corrects: the order of the telling
        let mut order: Vec<(i32, i32)> = marks.keys().copied().collect();
        order.sort_by_key(|(told, day)| (*told, told != day, *day));
        let slices: Option<Vec<Slice>> = order
            .into_iter()
            .map(|key| {
                let (told_by, release) = key;
                let counts = counts.remove(&key).unwrap_or_default();
                let known = tables.get(&told_by).or_else(|| tables.get(&release))?;
                // what was no cell then counted nobody, and what a list does not name it says nothing of
                let unsaid = if told_by == release {
                    Mark::Shown
                } else {
                    Mark::Withheld
                };
                let mut slice = Slice {
                    day: u32::try_from(release).ok()?,
                    told: u32::try_from(told_by).ok()?,
                    exact: frame.summed(counts.into_iter())?,
                    marks: (0..frame.layout.cells())
                        .map(|cell| match frame.table(cell) {
                            Some(table) if known.contains(table) => unsaid,
                            _ => Mark::Absent,
                        })
                        .collect(),
                };
                for (name, mark) in marks.get(&key).into_iter().flatten() {
                    let cell = frame.cell(name)?;
                    *slice.marks.get_mut(cell)? = *mark;
                }
                Some(slice)
            })
            .collect();
        let (proofs, next) = self.proofs(frame)?;
        Some(Ledger::new(
            &frame.layout,
            Care::Full,
            slices?,
            &proofs,
            next,
        ))
    }

    /// The proofs that are still needed, with all their steps, and the number of the next one. The last word on a step counts;
    /// one by nothing is none.
    fn proofs(&self, frame: &Frame) -> Option<(Numbered, i32)> {
        let mut proofs = BTreeMap::<i32, BTreeMap<(u32, u32, Cell), Move>>::new();
        let mut next = 0;
        for row in self
            .proofs
            .iter()
            .filter(|row| row.system == frame.system.code)
        {
            next = next.max(row.proof + 1);
            let Some(steps) = &row.steps else {
                proofs.remove(&row.proof);
                continue;
            };
            let proof = proofs.entry(row.proof).or_default();
            for step in steps {
                let step = step.read(frame)?;
                proof.insert((step.day, step.told, step.cell), step);
            }
        }
        let proofs = proofs.into_iter().map(|(number, steps)| {
            let steps = steps.into_values().filter(|step| step.by != 0);
            (number, steps.collect())
        });
        Some((proofs.collect(), next))
    }
}

impl Step {
    fn read(&self, frame: &Frame) -> Option<Move> {
        let name = Name {
            table: self.table_code.clone(),
            territory: self.territory_id,
            part: self.part.clone(),
        };
        Some(Move {
            day: u32::try_from(self.release).ok()?,
            told: u32::try_from(self.told_by).ok()?,
            cell: frame.cell(&name)?,
            by: self.by,
        })
    }

    /// As it is kept.
    pub fn of(step: &Move, frame: &Frame) -> Option<Self> {
        let name = frame.name(step.cell)?;
        Some(Self {
            release: i32::try_from(step.day).ok()?,
            told_by: i32::try_from(step.told).ok()?,
            table_code: name.table,
            territory_id: name.territory,
            part: name.part,
            by: step.by,
        })
    }
}
