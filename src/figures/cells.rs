//! Figures of one day of the committee's grid.

use crate::ids::TerritoryId;
use chrono::{Datelike, Months, NaiveDate};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Measure {
    /// Children with a protection measure, each human being once.
    ChildrenProtected,
    /// Files with a protection measure.
    CasesHandled,
    /// Members of the teams; published only.
    TeamMembers,
    /// Street contacts.
    Contacts,
    /// The same, of the country, month by month.
    ContactsByMonth,
    /// Files, by the state they were in.
    Cases,
    /// Help delivered, by kind and for whom.
    Services,
    /// Files that went to the prosecution.
    Referrals,
    /// Its measures for a child.
    ChildDecisions,
    /// Its decisions on an adult, by effect.
    AdultDecisions,
}

/// A live figure, rounded by the database. Without a territory it is the country's.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What is counted.
    pub measure: Measure,
    /// Where it happened.
    pub territory: Option<TerritoryId>,
    /// A part of the measure: a state, a kind, a month.
    pub key: String,
    /// `F`, `M`, `U`; of a service, for whom it is.
    pub sex: String,
    /// How many, rounded.
    pub n: i32,
}

/// The live figures of a day.
#[derive(Debug, Clone, Default)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    /// Sum of the rounded cells of a measure in a place.
    pub fn sum(&self, measure: Measure, place: TerritoryId, also: impl Fn(&Cell) -> bool) -> i64 {
        self.0
            .iter()
            .filter(|c| c.measure == measure && c.territory == Some(place) && also(c))
            .map(|c| i64::from(c.n))
            .sum()
    }

    /// Nothing that a committee may be told.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The twelve whole months up to a day, those without a contact included.
    pub fn contacts_by_month(&self, until: NaiveDate) -> Vec<(NaiveDate, i64)> {
        let running = until
            .succ_opt()
            .unwrap_or(until)
            .with_day(1)
            .unwrap_or(until);
        (1..=12)
            .rev()
            .filter_map(|back| running.checked_sub_months(Months::new(back)))
            .map(|month| {
                let key = month.format("%Y-%m").to_string();
                let found = |c: &&Cell| c.measure == Measure::ContactsByMonth && c.key == key;
                (
                    month,
                    self.0.iter().find(found).map_or(0, |c| i64::from(c.n)),
                )
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn months_are_whole_and_none_is_left_out() {
        let cells = Cells(vec![Cell {
            measure: Measure::ContactsByMonth,
            territory: None,
            key: "2026-10".into(),
            sex: String::new(),
            n: 35,
        }]);
        let mid = cells.contacts_by_month(day(2026, 11, 22));
        assert_eq!(mid.len(), 12);
        assert_eq!(mid.first(), Some(&(day(2025, 11, 1), 0)));
        assert_eq!(mid.last(), Some(&(day(2026, 10, 1), 35)));
        let end = cells.contacts_by_month(day(2026, 11, 30));
        assert_eq!(end.last(), Some(&(day(2026, 11, 1), 0)));
    }
}
