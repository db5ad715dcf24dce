//! The rules, one small country each.

use super::safety::attack;
use sanad::disclosure::{Care, Column, Growth, Layout, Ledger, Mark, Slice};

/// A country of one region with three cities, and a second one with one.
const WITHIN: [Option<usize>; 7] = [None, Some(0), Some(1), Some(1), Some(1), Some(0), Some(5)];
const COUNTRY: usize = 0;
const RABAT: usize = 2;
const SALE: usize = 3;
const TEMARA: usize = 4;
const TANGIER: usize = 6;

fn column(table: Option<usize>, masks_zero: bool) -> Column {
    Column {
        table,
        masks_zero,
        growth: Growth::Cumulative,
    }
}

/// Girls and boys.
fn by_sex() -> Layout {
    let columns = [None, Some(0), Some(0)].map(|table| column(table, false));
    Layout::new(WITHIN.to_vec(), columns.to_vec())
}

/// What is counted where: of each place its total, then its parts.
fn counts(layout: &Layout, rows: &[(usize, &[i64])]) -> Vec<i64> {
    let mut counts = vec![0; layout.cells()];
    for (place, row) in rows {
        for (column, n) in row.iter().enumerate() {
            counts[layout.cell(*place, column)] = *n;
        }
    }
    let counts = layout.added_up(counts);
    assert!(layout.adds_up(&counts));
    counts
}

/// Months told one after the other.
fn told(layout: &Layout, care: Care, months: &[&[(usize, &[i64])]]) -> Vec<Slice> {
    let mut ledger = Ledger::new(layout, care, Vec::new(), &[], 0);
    for (day, rows) in (0..).zip(months) {
        assert!(ledger.tell(day, counts(layout, rows)).is_some());
    }
    ledger.slices().to_vec()
}

#[test]
fn from_one_to_four_is_under_five_and_none_is_none() {
    let layout = by_sex();
    let rows: [(usize, &[i64]); 3] = [
        (RABAT, &[3, 3, 0]),
        (SALE, &[4, 0, 4]),
        (TANGIER, &[30, 14, 16]),
    ];
    let slices = told(&layout, Care::None, &[&rows]);
    let mark = |place, column| slices[0].mark(layout.cell(place, column));
    assert_eq!(mark(RABAT, 0), Mark::Few);
    assert_eq!((mark(RABAT, 1), mark(RABAT, 2)), (Mark::Few, Mark::Shown));
    assert_eq!(
        (mark(TEMARA, 0), mark(TANGIER, 1)),
        (Mark::Shown, Mark::Shown)
    );
}

/// The one small figure of a row, a column and a total.
#[test]
fn a_small_figure_does_not_follow_from_its_sums() {
    let layout = by_sex();
    let rows: [(usize, &[i64]); 4] = [
        (RABAT, &[23, 3, 20]),
        (SALE, &[40, 19, 21]),
        (TEMARA, &[27, 13, 14]),
        (TANGIER, &[52, 24, 28]),
    ];
    let girls_of_rabat = ((0, layout.cell(RABAT, 1)), 3);
    let loot = attack(&layout, &told(&layout, Care::None, &[&rows]));
    assert_eq!((loot.cells, loot.by_sums), (vec![girls_of_rabat], 1));
    let slices = told(&layout, Care::Full, &[&rows]);
    assert!(attack(&layout, &slices).is_empty());
    // four figures: two places and two columns, and no total
    let withheld: Vec<usize> = (0..layout.cells())
        .filter(|cell| slices[0].mark(*cell) != Mark::Shown)
        .collect();
    assert_eq!(withheld.len(), 4, "{withheld:?}");
    assert!((0..layout.places()).all(|place| slices[0].mark(layout.cell(place, 0)) == Mark::Shown));
}

/// Four small figures whose sum is small: each is one. So not each is called small.
#[test]
fn under_five_everywhere_would_tell_that_each_is_one() {
    let layout = by_sex();
    let rows: [(usize, &[i64]); 4] = [
        (RABAT, &[2, 1, 1]),
        (SALE, &[1, 0, 1]),
        (TEMARA, &[1, 1, 0]),
        (TANGIER, &[9, 9, 0]),
    ];
    let loot = attack(&layout, &told(&layout, Care::None, &[&rows]));
    assert!(
        loot.cells.len() > 4 && loot.by_sums < loot.cells.len(),
        "{loot:?}"
    );
    assert!(attack(&layout, &told(&layout, Care::Full, &[&rows])).is_empty());
}

/// Forty-two in March, forty-four in April: two children came. What hardly changed is not told anew, nor is it to be had
/// from the total and the neighbours.
#[test]
fn a_small_step_from_month_to_month_is_not_told() {
    let layout = by_sex();
    let march: [(usize, &[i64]); 3] = [
        (RABAT, &[42, 22, 20]),
        (SALE, &[30, 15, 15]),
        (TANGIER, &[60, 30, 30]),
    ];
    let april: [(usize, &[i64]); 3] = [
        (RABAT, &[44, 24, 20]),
        (SALE, &[30, 15, 15]),
        (TANGIER, &[70, 35, 35]),
    ];
    let rabat = layout.cell(RABAT, 0);
    let loot = attack(&layout, &told(&layout, Care::None, &[&march, &april]));
    assert!(loot.cells.contains(&((1, rabat), 44)), "{loot:?}");
    let slices = told(&layout, Care::Full, &[&march, &april]);
    assert_eq!(
        (slices[0].shown(rabat), slices[1].mark(rabat)),
        (Some(42), Mark::Withheld)
    );
    assert_eq!(slices[1].shown(layout.cell(COUNTRY, 0)), Some(144));
    assert!(attack(&layout, &slices).is_empty());
    // from five on it is told again
    let may: [(usize, &[i64]); 3] = [
        (RABAT, &[47, 27, 20]),
        (SALE, &[35, 20, 15]),
        (TANGIER, &[82, 41, 41]),
    ];
    let slices = told(&layout, Care::Full, &[&march, &april, &may]);
    assert_eq!(slices[2].shown(rabat), Some(47));
    assert!(attack(&layout, &slices).is_empty());
}

/// Told in March and in May as thirty, a count that only grows was thirty in April: then its neighbour's April follows. So
/// what hides another stays hidden while it would give it away.
#[test]
fn a_later_month_gives_no_earlier_one_away() {
    let layout = by_sex();
    let rows = |rabat: &'static [i64], temara: &'static [i64]| -> [(usize, &'static [i64]); 3] {
        [(RABAT, rabat), (SALE, &[30, 15, 15]), (TEMARA, temara)]
    };
    let months = [
        rows(&[42, 22, 20], &[60, 30, 30]),
        rows(&[44, 24, 20], &[70, 40, 30]),
        rows(&[50, 30, 20], &[90, 60, 30]),
    ];
    let [march, april, may] = months.each_ref().map(<[_; 3]>::as_slice);
    let slices = told(&layout, Care::Full, &[march, april, may]);
    assert!(attack(&layout, &slices).is_empty());
    // Salé hides Rabat, and would tell in May what it was in April
    let sale = layout.cell(SALE, 0);
    assert_eq!(slices[1].mark(sale), Mark::Withheld);
    assert_eq!(slices[2].mark(sale), Mark::Withheld);
    // as if May were told by someone who does not remember April
    let mut alone = slices.clone();
    let fresh = told(&layout, Care::Full, &[march, may]);
    alone[2].marks = fresh[1].marks.clone();
    let loot = attack(&layout, &alone);
    assert!(
        loot.cells.iter().any(|((month, _), _)| *month == 1),
        "{loot:?}"
    );
}

/// Where none has an attribute, all have another: of a sensitive one that is not told.
#[test]
fn that_nobody_is_of_a_kind_tells_of_all_the_others() {
    let columns = [None, Some(0), Some(0)].map(|table| column(table, table.is_some()));
    let layout = Layout::new(WITHIN.to_vec(), columns.to_vec());
    let rows: [(usize, &[i64]); 3] = [
        (RABAT, &[8, 8, 0]),
        (SALE, &[40, 19, 21]),
        (TANGIER, &[52, 24, 28]),
    ];
    let slices = told(&layout, Care::Full, &[&rows]);
    let mark = |place, column| slices[0].mark(layout.cell(place, column));
    assert_eq!(
        (mark(RABAT, 1), mark(RABAT, 2)),
        (Mark::Withheld, Mark::Few)
    );
    assert_eq!(slices[0].shown(layout.cell(RABAT, 0)), Some(8));
    // where nobody is counted, nobody is told of
    assert_eq!(slices[0].shown(layout.cell(TEMARA, 2)), Some(0));
    assert!(attack(&layout, &slices).is_empty());
    // and what there is nowhere in the country hides nobody
    let rows: [(usize, &[i64]); 2] = [(RABAT, &[8, 8, 0]), (SALE, &[40, 40, 0])];
    let slices = told(&layout, Care::Full, &[&rows]);
    assert!((0..layout.cells()).all(|cell| slices[0].mark(cell) == Mark::Shown));
}

/// A correction is a figure of the past told anew: listed from five on, and by no subtraction less.
#[test]
fn a_small_correction_is_not_listed() {
    let layout = by_sex();
    let march: [(usize, &[i64]); 3] = [
        (RABAT, &[42, 22, 20]),
        (SALE, &[30, 15, 15]),
        (TANGIER, &[60, 30, 30]),
    ];
    let april: [(usize, &[i64]); 3] = [
        (RABAT, &[60, 33, 27]),
        (SALE, &[47, 23, 24]),
        (TANGIER, &[80, 40, 40]),
    ];
    let late: [(usize, &[i64]); 3] = [
        (RABAT, &[44, 24, 20]),
        (SALE, &[40, 20, 20]),
        (TANGIER, &[60, 30, 30]),
    ];
    for care in [Care::None, Care::Full] {
        let mut ledger = Ledger::new(&layout, care, Vec::new(), &[], 0);
        ledger.tell(0, counts(&layout, &march));
        ledger.tell(1, counts(&layout, &april));
        let listed = ledger.correct(0, 1, counts(&layout, &late)).unwrap();
        assert_eq!(listed.mark(layout.cell(RABAT, 0)), Mark::Withheld);
        assert_eq!(listed.shown(layout.cell(COUNTRY, 0)), Some(144), "was 132");
        let loot = attack(&layout, ledger.slices());
        assert_eq!(loot.is_empty(), care == Care::Full, "{loot:?}");
    }
    // nothing to list
    let mut ledger = Ledger::new(&layout, Care::Full, Vec::new(), &[], 0);
    ledger.tell(0, counts(&layout, &march));
    ledger.tell(1, counts(&layout, &april));
    assert!(ledger.correct(0, 1, counts(&layout, &march)).is_none());
}

/// 142 children, 79 girls and 63 boys, of three cities: the published totals stay.
#[test]
fn the_pilot_keeps_its_totals() {
    let mut columns = vec![column(None, false)];
    columns.extend([column(Some(0), false); 2]);
    columns.extend([column(Some(1), true); 5]);
    let layout = Layout::new(WITHIN.to_vec(), columns);
    let rows: [(usize, &[i64]); 3] = [
        (RABAT, &[66, 38, 28, 3, 17, 29, 16, 1]),
        (SALE, &[52, 27, 25, 4, 14, 22, 12, 0]),
        (TEMARA, &[24, 14, 10, 2, 8, 11, 3, 0]),
    ];
    let slices = told(&layout, Care::Full, &[&rows]);
    let shown = |column| slices[0].shown(layout.cell(COUNTRY, column));
    assert_eq!(
        [shown(0), shown(1), shown(2)],
        [Some(142), Some(79), Some(63)]
    );
    let city = |place: usize| slices[0].shown(layout.cell(place, 0));
    assert_eq!(
        [city(RABAT), city(SALE), city(TEMARA)],
        [Some(66), Some(52), Some(24)]
    );
    assert!(attack(&layout, &slices).is_empty());
}
