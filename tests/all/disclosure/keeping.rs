//! What was told is kept, told the same again, and told in time.

use super::{people::country, safety::attack};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sanad::disclosure::{CLOSED_LIST, Care, Growth, Layout, Ledger, Mark, Slice, Table};
use std::time::{Duration, Instant};

/// A ledger as a store gives it back.
fn reread<'a>(layout: &'a Layout, ledger: &Ledger<'_>) -> Ledger<'a> {
    let proofs: Vec<_> = ledger.proofs().collect();
    Ledger::new(
        layout,
        Care::Full,
        ledger.slices().to_vec(),
        &proofs,
        ledger.next(),
    )
}

#[test]
fn a_ledger_that_was_put_away_goes_on_as_if_it_had_not() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..60 {
        let country = country().new_tree(&mut runner).unwrap().current();
        let layout = country.layout();
        let mut ledger = Ledger::new(&layout, Care::Full, Vec::new(), &[], 0);
        for month in 0..country.months {
            let before: Vec<_> = ledger.proofs().collect();
            ledger = reread(&layout, &ledger);
            ledger.tell(month, country.count(&layout, month, month));
            for day in 0..month {
                ledger.correct(day, month, country.count(&layout, day, month));
            }
            // a store adds to the steps of a proof and changes none
            for (number, steps) in ledger.proofs() {
                if let Some((_, old)) = before.iter().find(|(n, _)| *n == number) {
                    assert!(old.iter().all(|step| steps.contains(step)));
                    let new = steps.iter().filter(|step| !old.contains(step));
                    assert!(new.into_iter().all(|step| step.told == month));
                }
            }
        }
        assert_eq!(ledger.slices(), country.told(&layout, Care::Full));
    }
}

/// A table that is told from some month on.
#[test]
fn a_new_table_gives_no_earlier_month_away() {
    let mut runner = TestRunner::deterministic();
    let mut tried = 0;
    for _ in 0..400 {
        let country = country().new_tree(&mut runner).unwrap().current();
        if country.tables.len() < 2 || country.months < 2 || country.growth != Growth::Cumulative {
            continue;
        }
        tried += 1;
        let whole = country.layout();
        let mut first = country.clone();
        // of one table it would be the sensitive one
        first.masks_zero = false;
        first.tables.truncate(1);
        for one in &mut first.people {
            one.parts.truncate(1);
        }
        let narrow = first.layout();
        let mut ledger = Ledger::new(&narrow, Care::Full, Vec::new(), &[], 0);
        ledger.tell(0, first.count(&narrow, 0, 0));
        // the same cells under the numbers that they have beside a second table
        let widen = |cell: usize| whole.cell(narrow.place_of(cell), cell % narrow.columns());
        let slices = ledger.slices().iter().map(|slice| {
            let mut wide = Slice {
                exact: vec![0; whole.cells()],
                marks: vec![Mark::Absent; whole.cells()],
                ..slice.clone()
            };
            for cell in 0..narrow.cells() {
                wide.exact[widen(cell)] = slice.exact(cell);
                wide.marks[widen(cell)] = slice.mark(cell);
            }
            wide
        });
        let proofs: Vec<_> = ledger
            .proofs()
            .map(|(number, mut steps)| {
                for step in &mut steps {
                    step.cell = widen(step.cell);
                }
                (number, steps)
            })
            .collect();
        let mut ledger = Ledger::new(&whole, Care::Full, slices.collect(), &proofs, ledger.next());
        for month in 1..country.months {
            ledger.tell(month, country.count(&whole, month, month));
        }
        let loot = attack(&whole, ledger.slices());
        assert!(loot.is_empty(), "{loot:?}");
    }
    assert!(tried > 30, "{tried}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The same people make the same figures.
    #[test]
    fn what_is_told_does_not_depend_on_luck(country in country()) {
        let layout = country.layout();
        prop_assert_eq!(country.told(&layout, Care::Full), country.told(&layout, Care::Full));
    }
}

/// Seventy-five prefectures in twelve regions.
fn morocco() -> Vec<Option<usize>> {
    let mut within = vec![None];
    for region in 0..12 {
        let at = within.len();
        within.push(Some(0));
        within.extend((0..if region < 3 { 7 } else { 6 }).map(|_| Some(at)));
    }
    within
}

/// Numbers that look thrown, and are the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides).unwrap()
    }
}

/// As many parts as the lists have today; those of a question are named.
fn parts(table: &Table) -> Vec<&'static str> {
    const PARTS: [&str; 15] = ["", "", "", "", "", "", "", "", "", "", "", "", "", "", ""];
    match table.code {
        "children_by_sex" | "children_by_disability" | "adult_decisions_by_effect" => &PARTS[..3],
        "children_by_age" | "children_by_nationality" => &PARTS[..6],
        "cases_by_state" => &PARTS[..9],
        "child_decisions_by_kind" => &PARTS[..],
        "child_services_by_family" | "mother_services_by_family" => &PARTS[..5],
        "cases_by_response" | "cases_by_assessment" => &["yes", "no", "open"][..],
        _ => &["yes", "no"][..],
    }
    .to_vec()
}

/// The closed list for the whole country, with a past of some months.
#[test]
fn a_month_of_the_whole_country_is_told_in_a_second() {
    let mut dice = Dice(7);
    let mut took = Duration::ZERO;
    let (mut totals, mut told) = (0, 0);
    for system in CLOSED_LIST {
        let columns = system.columns(parts);
        let tables: Vec<usize> = system.tables.iter().map(|t| parts(t).len()).collect();
        let layout = Layout::new(morocco(), columns);
        let mut counts = vec![0; layout.cells()];
        let mut ledger = Ledger::new(&layout, Care::Full, Vec::new(), &[], 0);
        for month in 0..3 {
            for leaf in (0..layout.places()).filter(|place| !layout.is_inner(*place)) {
                // few cities with many children, many with few, some with none
                let many = [18, 0, 1, 3, 0, 2, 9, 0, 1, 0, 4][leaf % 11];
                for _ in 0..dice.throw(many + 1) {
                    counts[layout.cell(leaf, 0)] += 1;
                    let mut first = 1;
                    for parts in &tables {
                        // the first parts are the large ones
                        let part = dice.throw(*parts as u64).min(dice.throw(*parts as u64));
                        counts[layout.cell(leaf, first + usize::try_from(part).unwrap())] += 1;
                        first += parts;
                    }
                }
            }
            let exact = layout.added_up(counts.clone());
            let begun = Instant::now();
            let slice = ledger.tell(month, exact).cloned().unwrap();
            if month == 2 {
                took += begun.elapsed();
            }
            totals += usize::from(slice.mark(0) == Mark::Shown);
            told += 1;
        }
    }
    // without optimisation thirty times as long
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 1 });
    assert!(took < limit, "{took:?}");
    assert!(
        totals + 1 >= told,
        "the country's totals are told: {totals} of {told}"
    );
}
