//! Figures and their dates. Knows neither HTTP nor SQL.

use crate::{
    authz::TerritoryId,
    figures::{Cell, Cells, Measure},
};
use chrono::{Datelike, Months, NaiveDate};
use std::iter::Sum;

/// What one of it is: children and cases are two units (schema D20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub(super) enum Unit {
    Child,
    Case,
    Person,
}

/// A figure published before Sanad existed.
#[derive(Debug, Clone)]
pub(super) struct Published {
    pub measure: Measure,
    pub unit: Unit,
    pub value: i32,
    pub sex: Option<String>,
    pub as_of: NaiveDate,
    /// `day` or `month`: a month is all that the source says.
    pub precision: String,
    /// Codes of the sources, apart by `|`.
    pub source: String,
    pub quote: Option<String>,
    /// The prefectures it covers, together.
    pub territories: Vec<i16>,
}

impl Published {
    /// Whether it covers that place; everywhere if none is asked.
    pub fn covers(&self, place: Option<TerritoryId>) -> bool {
        place.is_none_or(|id| self.territories.contains(&id.0))
    }
}

/// The latest published value of a measure.
pub(super) fn latest<'a>(
    rows: &'a [Published],
    measure: Measure,
    sex: Option<&str>,
) -> Option<&'a Published> {
    rows.iter()
        .filter(|r| r.measure == measure && r.sex.as_deref() == sex)
        .max_by_key(|r| r.as_of)
}

/// One line of the table of cities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub girls: i64,
    pub boys: i64,
    /// Sex not determined yet.
    pub unsexed: i64,
    pub handled: i64,
    pub contacts: i64,
    /// Files not closed.
    pub open_cases: i64,
    pub child_services: i64,
    pub mother_services: i64,
    pub referrals: i64,
    pub child_decisions: i64,
    pub adult_decisions: i64,
}

impl Tally {
    /// Of one place.
    pub fn of(cells: &Cells, place: TerritoryId) -> Self {
        use Measure as M;
        let all = |_: &Cell| true;
        let sex = |code: &'static str| move |c: &Cell| c.sex == code;
        Self {
            girls: cells.sum(M::ChildrenProtected, place, sex("F")),
            boys: cells.sum(M::ChildrenProtected, place, sex("M")),
            unsexed: cells.sum(M::ChildrenProtected, place, sex("U")),
            handled: cells.sum(M::CasesHandled, place, all),
            contacts: cells.sum(M::Contacts, place, all),
            open_cases: cells.sum(M::Cases, place, |c| c.key != "closed"),
            child_services: cells.sum(M::Services, place, sex("child")),
            mother_services: cells.sum(M::Services, place, sex("mother")),
            referrals: cells.sum(M::Referrals, place, all),
            child_decisions: cells.sum(M::ChildDecisions, place, all),
            adult_decisions: cells.sum(M::AdultDecisions, place, all),
        }
    }

    /// Girls, boys, and those whose sex is not determined.
    pub fn children(&self) -> i64 {
        self.girls + self.boys + self.unsexed
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |a, b| Self {
            girls: a.girls + b.girls,
            boys: a.boys + b.boys,
            unsexed: a.unsexed + b.unsexed,
            handled: a.handled + b.handled,
            contacts: a.contacts + b.contacts,
            open_cases: a.open_cases + b.open_cases,
            child_services: a.child_services + b.child_services,
            mother_services: a.mother_services + b.mother_services,
            referrals: a.referrals + b.referrals,
            child_decisions: a.child_decisions + b.child_decisions,
            adult_decisions: a.adult_decisions + b.adult_decisions,
        })
    }
}

/// The dates worth a link: today, the last three month ends, the end of last year, and the day on which
/// the published totals close.
pub(super) fn landmarks(today: NaiveDate, published: Option<NaiveDate>) -> Vec<NaiveDate> {
    let first = today.with_day(1).unwrap_or(today);
    let month_end = |back| {
        first
            .checked_sub_months(Months::new(back))
            .and_then(|d| d.pred_opt())
    };
    let year_end = NaiveDate::from_ymd_opt(today.year() - 1, 12, 31);
    let mut days = vec![today];
    for day in (0..3).map(month_end).chain([year_end, published]).flatten() {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn cell(measure: Measure, place: i16, key: &str, sex: &str, n: i32) -> Cell {
        let territory = (place > 0).then_some(TerritoryId(place));
        Cell {
            measure,
            territory,
            key: key.into(),
            sex: sex.into(),
            n,
        }
    }

    #[test]
    fn totals_add_the_rounded_cells() {
        use Measure as M;
        let cells = Cells(vec![
            cell(M::ChildrenProtected, 1, "", "F", 15),
            cell(M::ChildrenProtected, 1, "", "M", 10),
            cell(M::ChildrenProtected, 2, "", "U", 5),
            cell(M::Cases, 1, "assessment", "", 20),
            cell(M::Cases, 1, "closed", "", 5),
            cell(M::Services, 2, "medical", "child", 30),
            cell(M::Services, 2, "family_mediation", "mother", 10),
            cell(M::ContactsByMonth, 0, "2026-10", "", 35),
        ]);
        let [rabat, sale] = [1, 2].map(|id| Tally::of(&cells, TerritoryId(id)));
        assert_eq!((rabat.girls, rabat.boys, rabat.children()), (15, 10, 25));
        assert_eq!((rabat.open_cases, rabat.contacts), (20, 0));
        assert_eq!((sale.child_services, sale.mother_services), (30, 10));
        let total: Tally = [rabat, sale].into_iter().sum();
        assert_eq!(total.children(), 30);
        assert_eq!(Tally::of(&cells, TerritoryId(3)), Tally::default());
    }

    #[test]
    fn landmarks_are_month_ends_and_the_published_day() {
        let pilot = day(2020, 12, 15);
        assert_eq!(
            landmarks(day(2026, 11, 22), Some(pilot)),
            [
                day(2026, 11, 22),
                day(2026, 10, 31),
                day(2026, 9, 30),
                day(2026, 8, 31),
                day(2025, 12, 31),
                pilot
            ]
        );
        // in January the end of last year is the last month end, once
        assert_eq!(landmarks(day(2027, 1, 5), None).len(), 4);
    }

    #[test]
    fn a_published_total_covers_its_cities_only() {
        let row = |measure, value, as_of, sex: Option<&str>| Published {
            measure,
            unit: Unit::Case,
            value,
            sex: sex.map(str::to_owned),
            as_of,
            precision: "day".into(),
            source: "founding_page".into(),
            quote: None,
            territories: vec![1, 2, 3],
        };
        let rows = [
            row(Measure::CasesHandled, 97, day(2020, 2, 29), None),
            row(Measure::CasesHandled, 142, day(2020, 12, 15), None),
            row(Measure::ChildrenProtected, 79, day(2020, 12, 15), Some("F")),
        ];
        assert_eq!(
            latest(&rows, Measure::CasesHandled, None).map(|r| r.value),
            Some(142)
        );
        assert_eq!(
            latest(&rows, Measure::ChildrenProtected, None).map(|r| r.value),
            None
        );
        assert!(rows[0].covers(Some(TerritoryId(2))));
        assert!(!rows[0].covers(Some(TerritoryId(7))));
    }
}
