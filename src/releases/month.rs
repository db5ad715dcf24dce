//! A release, made of what was counted and of what was told before. Knows no database.

use super::{
    frame::{Frame, Name, Parts, Place},
    history::{History, Step, Told},
    rows::{CellRow, CorrectionRow, CountRow, MedianRow, ProofRow},
};
use crate::disclosure::{CLOSED_LIST, Cell, Ledger, Mark, Move};
use std::collections::BTreeMap;

/// A count of the database.
#[derive(Debug, Clone)]
pub(super) struct Exact {
    pub measure: String,
    pub territory: Option<i16>,
    pub key: String,
    pub sex: String,
    pub n: i32,
}

impl Exact {
    /// The cell that it is; some are no cell of the closed list.
    fn name(&self) -> Option<Name> {
        let (table, part) = match (self.measure.as_str(), self.sex.as_str()) {
            ("children_protected", sex) => ("children_by_sex", sex),
            ("cases", _) => ("cases_by_state", self.key.as_str()),
            ("services", "child") => ("child_services_by_family", self.key.as_str()),
            ("services", "mother") => ("mother_services_by_family", self.key.as_str()),
            ("adult_decisions", _) => ("adult_decisions_by_effect", self.key.as_str()),
            (
                same @ ("referrals"
                | "children_by_age"
                | "children_by_nationality"
                | "children_by_disability"
                | "children_found_again"
                | "contacts_by_night"
                | "cases_by_response"
                | "cases_by_assessment"
                | "cases_by_view"
                | "child_decisions_by_kind"
                | "visits_in_time"
                | "requests_accepted"
                | "mothers_served"
                | "school_regained"
                | "births_registered"
                | "care_in_family"
                | "tasks_overdue"),
                _,
            ) => (same, self.key.as_str()),
            _ => return None,
        };
        Some(Name {
            table: table.to_owned(),
            territory: self.territory,
            part: part.to_owned(),
        })
    }
}

/// What a release is made of.
#[derive(Debug)]
pub(super) struct Material {
    /// Its number.
    pub number: i32,
    /// Prefectures and regions.
    pub places: Vec<Place>,
    /// The parts of each table, of the lists of today.
    pub parts: Parts,
    /// What was told before.
    pub history: History,
    /// What is counted of the month.
    pub counts: Vec<Exact>,
    /// What is counted today of earlier months, oldest first.
    pub recounts: Vec<(i32, Vec<Exact>)>,
    /// Medians of the month, as they are told.
    pub medians: Vec<MedianRow>,
}

/// A release, not yet written.
#[derive(Debug, Default)]
pub(super) struct Month {
    pub cells: Vec<CellRow>,
    pub medians: Vec<MedianRow>,
    pub corrections: Vec<CorrectionRow>,
    pub counts: Vec<CountRow>,
    pub proofs: Vec<ProofRow>,
    /// Systems of which no safe way of telling was found: they are left out.
    pub untold: Vec<&'static str>,
}

/// A system whose counts do not add up: a fault of the program, and nothing is told.
#[derive(Debug, thiserror::Error)]
#[error("the counts of {0} do not add up")]
pub(super) struct Unbalanced(&'static str);

impl Month {
    /// Makes it.
    pub fn new(material: &Material) -> Result<Self, Unbalanced> {
        let mut parts = material.parts.clone();
        material.history.parts(&mut parts);
        let counts = named(&material.counts);
        let recounts: Vec<_> = material
            .recounts
            .iter()
            .map(|(release, counts)| (*release, named(counts)))
            .collect();
        // a code that no list has any more is counted still
        for name in std::iter::once(&counts)
            .chain(recounts.iter().map(|(_, counts)| counts))
            .flat_map(BTreeMap::keys)
            .filter(|name| !name.part.is_empty())
        {
            parts
                .entry(name.table.clone())
                .or_default()
                .insert(name.part.clone());
        }
        let mut month = Self {
            medians: material.medians.clone(),
            ..Self::default()
        };
        for system in CLOSED_LIST {
            let frame = Frame::new(system, &material.places, &parts);
            month
                .tell(&frame, material, &counts, &recounts)
                .ok_or(Unbalanced(system.code))?;
        }
        Ok(month)
    }

    fn tell(
        &mut self,
        frame: &Frame,
        material: &Material,
        counts: &BTreeMap<Name, i64>,
        recounts: &[(i32, BTreeMap<Name, i64>)],
    ) -> Option<()> {
        let number = u32::try_from(material.number).ok()?;
        let mut ledger = material.history.ledger(frame)?;
        let before: BTreeMap<i32, Steps> = ledger.proofs().map(|(n, p)| (n, spots(&p))).collect();
        let exact = frame.balanced(of_system(frame, counts))?;
        match ledger.tell(number, exact.clone()) {
            Some(slice) => {
                for cell in 0..frame.layout.cells() {
                    let Some((name, mark)) = frame.name(cell).zip(Told::of(slice.mark(cell)))
                    else {
                        continue;
                    };
                    self.cells.push(CellRow {
                        table_code: name.table,
                        territory_id: name.territory,
                        part: name.part,
                        mark,
                        n: slice.shown(cell),
                    });
                }
                self.keep(frame, material.number, &exact);
            }
            None => self.untold.push(frame.system.code),
        }
        for (release, counts) in recounts {
            let exact = frame.balanced(of_system(frame, counts))?;
            self.correct(frame, &mut ledger, (*release, material.number), exact)?;
        }
        self.prove(frame, &ledger, before)
    }

    /// What is listed of an earlier month.
    fn correct(
        &mut self,
        frame: &Frame,
        ledger: &mut Ledger<'_>,
        (release, number): (i32, i32),
        exact: Vec<i64>,
    ) -> Option<()> {
        let day = u32::try_from(release).ok()?;
        let slices = ledger.slices().iter().filter(|slice| slice.day == day);
        let told: Vec<Option<i64>> = (0..frame.layout.cells())
            .map(|cell| {
                slices
                    .clone()
                    .filter_map(|slice| slice.shown(cell))
                    .next_back()
            })
            .collect();
        let Some(slice) = ledger.correct(day, u32::try_from(number).ok()?, exact) else {
            return Some(());
        };
        for (cell, was) in told.into_iter().enumerate() {
            if slice.mark(cell) == Mark::Shown {
                let name = frame.name(cell)?;
                self.corrections.push(CorrectionRow {
                    release,
                    table_code: name.table,
                    territory_id: name.territory,
                    part: name.part,
                    was: was?,
                    becomes: slice.exact(cell),
                });
            }
        }
        let exact = slice.exact.clone();
        self.keep(frame, release, &exact);
        Some(())
    }

    fn keep(&mut self, frame: &Frame, release: i32, exact: &[i64]) {
        self.counts
            .extend(frame.kept(exact).map(|(name, n)| CountRow {
                release,
                table_code: name.table,
                territory_id: name.territory,
                part: name.part,
                n,
            }));
    }

    /// The steps that are new or other, and the proofs that are needed no more.
    fn prove(
        &mut self,
        frame: &Frame,
        ledger: &Ledger<'_>,
        mut before: BTreeMap<i32, Steps>,
    ) -> Option<()> {
        for (proof, steps) in ledger.proofs() {
            let now = spots(&steps);
            let mut was = before.remove(&proof).unwrap_or_default();
            let mut steps = Vec::new();
            for (spot, by) in now {
                if was.remove(&spot) != Some(by) {
                    steps.push(Step::of(&step(spot, by), frame)?);
                }
            }
            for (spot, _) in was {
                steps.push(Step::of(&step(spot, 0), frame)?);
            }
            if !steps.is_empty() {
                self.proofs.push(ProofRow {
                    system: frame.system.code,
                    proof,
                    steps: Some(steps),
                });
            }
        }
        self.proofs.extend(before.into_keys().map(|proof| ProofRow {
            system: frame.system.code,
            proof,
            steps: None,
        }));
        Some(())
    }
}

/// The steps of a proof: the day, by which release told, the cell, and by how much it is another.
type Steps = BTreeMap<(u32, u32, Cell), i64>;

fn spots(steps: &[Move]) -> Steps {
    let steps = steps.iter();
    steps.map(|s| ((s.day, s.told, s.cell), s.by)).collect()
}

fn step((day, told, cell): (u32, u32, Cell), by: i64) -> Move {
    Move {
        day,
        told,
        cell,
        by,
    }
}

/// Counts by the names of their cells.
fn named(counts: &[Exact]) -> BTreeMap<Name, i64> {
    let mut named = BTreeMap::new();
    for count in counts {
        if let Some(name) = count.name() {
            *named.entry(name).or_default() += i64::from(count.n);
        }
    }
    named
}

fn of_system<'n>(
    frame: &'n Frame,
    counts: &'n BTreeMap<Name, i64>,
) -> impl Iterator<Item = (&'n Name, i64)> {
    counts
        .iter()
        .filter(|(name, _)| frame.has(name))
        .map(|(name, n)| (name, *n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::releases::history::{Corrected, Counted, Published, Steps as ProofSteps};
    use std::collections::BTreeSet;

    fn material(number: i32, history: History, months: &[i32]) -> Material {
        let places = [
            (1, Some(104)),
            (2, Some(104)),
            (4, Some(101)),
            (101, None),
            (104, None),
        ];
        let parts = [
            ("children_by_sex", vec!["F", "M", "U"]),
            (
                "children_by_age",
                vec!["plan_6_13", "plan_14_17", "unknown"],
            ),
            ("children_by_nationality", vec!["moroccan", "unknown"]),
            (
                "child_decisions_by_kind",
                vec!["child_hearing", "no_measure"],
            ),
        ];
        Material {
            number,
            places: places.map(|(id, within)| Place { id, within }).to_vec(),
            parts: parts
                .into_iter()
                .map(|(table, parts)| {
                    let parts: BTreeSet<_> = parts.into_iter().map(str::to_owned).collect();
                    (table.to_owned(), parts)
                })
                .collect(),
            history,
            counts: counts(number, months),
            recounts: (0..number).map(|day| (day, counts(day, months))).collect(),
            medians: Vec::new(),
        }
    }

    /// What is counted up to a month: so many children more in each.
    fn counts(day: i32, months: &[i32]) -> Vec<Exact> {
        let mut counts = Vec::new();
        for (territory, times) in [(1, 3), (2, 1), (4, 2)] {
            let upto = usize::try_from(day).unwrap() + 1;
            let n: i32 = months[..upto].iter().map(|more| more * times).sum();
            let mut add = |measure: &str, key: &str, sex: &str, n: i32| {
                counts.push(Exact {
                    measure: measure.to_owned(),
                    territory: Some(territory),
                    key: key.to_owned(),
                    sex: sex.to_owned(),
                    n,
                });
            };
            let girls = n * 2 / 3;
            add("children_protected", "", "F", girls);
            add("children_protected", "", "M", n - girls);
            add("children_by_age", "plan_6_13", "", n);
            add("children_by_nationality", "moroccan", "", n - 1);
            add("children_by_nationality", "unknown", "", 1);
            add("contacts_by_night", "yes", "", 7);
            add("contacts_by_night", "no", "", n);
            add("cases_handled", "", "", n);
            add("child_decisions_by_kind", "child_hearing", "", girls);
        }
        counts
    }

    /// What the database gives back of the months that were written.
    fn kept(months: &[(i32, Month)]) -> History {
        let name = |table: &str, territory: Option<i16>, part: &str| Name {
            table: table.to_owned(),
            territory,
            part: part.to_owned(),
        };
        let mut history = History::default();
        for (number, month) in months {
            history
                .published
                .extend(month.cells.iter().map(|row| Published {
                    release: *number,
                    name: name(&row.table_code, row.territory_id, &row.part),
                    told: row.mark,
                }));
            history
                .corrected
                .extend(month.corrections.iter().map(|row| Corrected {
                    told_by: *number,
                    release: row.release,
                    name: name(&row.table_code, row.territory_id, &row.part),
                }));
            history
                .counted
                .extend(month.counts.iter().map(|row| Counted {
                    told_by: *number,
                    release: row.release,
                    name: name(&row.table_code, row.territory_id, &row.part),
                    n: i32::try_from(row.n).unwrap(),
                }));
            history
                .proofs
                .extend(month.proofs.iter().map(|row| ProofSteps {
                    system: row.system.to_owned(),
                    proof: row.proof,
                    steps: row.steps.clone(),
                }));
        }
        history
    }

    #[test]
    fn months_follow_each_other_and_late_facts_are_corrections() {
        let mut months = Vec::new();
        for number in 0..4 {
            // in the third month ten more are found for the first one
            let first = if number < 3 { 9 } else { 19 };
            let month = Month::new(&material(number, kept(&months), &[first, 2, 8, 6])).unwrap();
            assert!(month.untold.is_empty());
            months.push((number, month));
        }
        let total = |month: &Month, table: &str| {
            let mut cells = month.cells.iter();
            let cell = cells.find(|c| c.table_code == table && c.territory_id.is_none());
            cell.and_then(|c| c.n)
        };
        let told: Vec<Option<i64>> = months
            .iter()
            .map(|(_, month)| total(month, "children"))
            .collect();
        assert_eq!(told, [54, 66, 114, 210].map(Some));
        let (_, last) = &months[3];
        let corrected = |release| {
            let mut rows = last.corrections.iter();
            rows.find(|c| {
                c.release == release && c.table_code == "children" && c.territory_id.is_none()
            })
        };
        assert_eq!(corrected(0).map(|c| (c.was, c.becomes)), Some((54, 114)));
        assert!(
            months[..3]
                .iter()
                .all(|(_, month)| month.corrections.is_empty())
        );
        // some cell is withheld, and has its proof
        assert!(last.cells.iter().any(|cell| cell.mark == Told::Withheld));
        assert!(last.proofs.iter().any(|proof| proof.steps.is_some()));
    }

    #[test]
    fn the_same_cells_have_the_same_fingerprint() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
        let month = || Month::new(&material(0, History::default(), &[9])).unwrap();
        let mut other = month();
        assert_eq!(month().sha256(day, 1), other.sha256(day, 1));
        assert_ne!(month().sha256(day, 1), other.sha256(day, 2));
        other.cells[0].n = Some(55);
        assert_ne!(month().sha256(day, 1), other.sha256(day, 1));
        let mut other = month();
        other.medians.push(MedianRow {
            indicator: "I5".to_owned(),
            territory_id: None,
            part: String::new(),
            n_mark: "50".to_owned(),
            median_days: 4,
            p90_days: Some(11),
        });
        let four = other.sha256(day, 1);
        assert_ne!(month().sha256(day, 1), four);
        other.medians[0].p90_days = Some(12);
        assert_ne!(other.sha256(day, 1), four);
    }

    #[test]
    fn a_part_that_is_missing_tells_nothing_at_all() {
        let mut material = material(0, History::default(), &[9]);
        material.counts.retain(|count| count.key != "unknown");
        let error = Month::new(&material).unwrap_err();
        assert_eq!(error.to_string(), "the counts of children do not add up");
    }
}
