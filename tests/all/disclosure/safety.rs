//! The attacker against the releases of small invented countries.

use super::{
    attacker::{Riddle, Spot},
    integer::{Found, Trial},
    linear::Reduced,
    people::{Country, country},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sanad::disclosure::{Care, FEWEST, Growth, Layout, Mark, Slice};

/// What an attacker found out.
#[derive(Debug, Default)]
pub(crate) struct Loot {
    /// Cells that were withheld, and what they are.
    pub cells: Vec<(Spot, i64)>,
    /// The same, found by sums alone.
    pub by_sums: usize,
    /// Cells of which it is found how little they changed.
    pub changes: Vec<(Spot, Spot)>,
    /// Cells that were too much work.
    pub gave_up: usize,
}

impl Loot {
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.changes.is_empty()
    }
}

/// What nobody may find: what was withheld. That a figure was not corrected is no secret.
fn is_secret(slices: &[Slice], (at, cell): Spot) -> bool {
    let slice = &slices[at];
    if !matches!(slice.mark(cell), Mark::Few | Mark::Withheld) {
        return false;
    }
    let told = slices
        .iter()
        .filter(|s| s.day == slice.day && s.told < slice.told);
    let last = told.filter_map(|s| s.shown(cell)).next_back();
    slice.day == slice.told || last != Some(slice.exact(cell))
}

/// Small changes from one month to the next of which neither figure was told.
fn changes(layout: &Layout, slices: &[Slice]) -> Vec<(Spot, Spot)> {
    let months: Vec<usize> = (0..slices.len())
        .filter(|at| slices[*at].day == slices[*at].told)
        .collect();
    let pairs = months
        .windows(2)
        .flat_map(|pair| (0..layout.cells()).map(move |cell| ((pair[0], cell), (pair[1], cell))));
    pairs
        .filter(|(one, other)| {
            let exact = |spot: &Spot| slices[spot.0].exact(spot.1);
            let withheld =
                |spot: &Spot| matches!(slices[spot.0].mark(spot.1), Mark::Few | Mark::Withheld);
            layout.column_of(one.1).unwrap().growth != Growth::Flow
                && withheld(one)
                && withheld(other)
                && (1..FEWEST).contains(&(exact(one) - exact(other)).abs())
        })
        .collect()
}

/// All that can be calculated from all that was told.
pub(crate) fn attack(layout: &Layout, slices: &[Slice]) -> Loot {
    let riddle = Riddle::new(layout, slices);
    let reduced = Reduced::new(&riddle);
    let mut trial = Trial::new(&riddle);
    let mut loot = Loot::default();
    for (unknown, spot) in riddle.unknown.iter().enumerate() {
        if !is_secret(slices, *spot) {
            continue;
        }
        let whole = trial.alone(unknown);
        if let Some(value) = reduced.value(&[(unknown, 1)]) {
            assert_eq!(whole, Found::Determined, "two attackers disagree");
            assert_eq!(value, riddle.truth[unknown], "the sums do not hold");
            loot.by_sums += 1;
        }
        match whole {
            Found::Determined => loot.cells.push((*spot, riddle.truth[unknown])),
            Found::GaveUp => loot.gave_up += 1,
            Found::Open => {}
        }
    }
    for (one, other) in changes(layout, slices) {
        let (a, b) = (riddle.at[&one], riddle.at[&other]);
        let whole = trial.difference(a, b);
        if reduced.value(&[(a, 1), (b, -1)]).is_some() || whole == Found::Determined {
            loot.changes.push((one, other));
        }
        loot.gave_up += usize::from(whole == Found::GaveUp);
    }
    loot
}

fn safe(country: &Country) -> Result<(), TestCaseError> {
    let layout = country.layout();
    let slices = country.told(&layout, Care::Full);
    let loot = attack(&layout, &slices);
    prop_assert!(loot.is_empty(), "{loot:?} of {slices:#?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nobody_calculates_what_was_withheld(country in country()) {
        safe(&country)?;
    }
}

/// The same countries, the same attacker: what is in the way is what was withheld for the sake of others.
#[test]
fn with_the_small_figures_alone_withheld_the_attacker_wins() {
    let mut runner = TestRunner::deterministic();
    let (mut robbed, mut by_sums, mut by_months, mut gave_up, mut told, mut months) =
        (0, 0, 0, 0, 0, 0);
    for _ in 0..200 {
        let country = country().new_tree(&mut runner).unwrap().current();
        let layout = country.layout();
        let loot = attack(&layout, &country.told(&layout, Care::None));
        robbed += usize::from(!loot.cells.is_empty());
        by_sums += usize::from(loot.by_sums > 0);
        by_months += usize::from(!loot.changes.is_empty());
        let slices = country.told(&layout, Care::Full);
        let loot = attack(&layout, &slices);
        assert!(loot.is_empty());
        gave_up += usize::from(loot.gave_up > 0);
        told += slices.iter().filter(|s| s.day == s.told).count();
        months += country.months as usize;
    }
    assert!(robbed > 120, "{robbed} of 200 countries");
    assert!(by_sums > 80, "{by_sums} by sums alone");
    assert!(by_months > 2, "{by_months} by months");
    assert!(gave_up < 3, "the attacker gave up on {gave_up}");
    assert!(
        told * 100 >= months * 99,
        "{told} of {months} months were told"
    );
}
