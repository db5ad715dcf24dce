//! Month by month: four lines, and one table of them.

use super::{
    domain::{Period, months},
    words::Table,
};
use crate::{
    charts::{Line, Point},
    rollups::MonthOfCity,
    web::Ui,
};
use chrono::NaiveDate;

/// A longer table is closed until asked for.
const SHORT: usize = 12;

/// What is drawn, with the keys of its name and of its unit.
const MEASURES: [(&str, &str, &str); 4] = [
    (
        "children_protected",
        "figures-children",
        "figures-unit-child",
    ),
    ("contacts", "figures-contacts", "figures-unit-contact"),
    ("services", "figures-services", "figures-unit-services"),
    ("referrals", "figures-referrals", "figures-unit-referral"),
];

/// One measure.
pub(super) struct Chart {
    pub title: String,
    pub unit: String,
    pub line: Line,
}

/// All of them.
pub(super) struct Series {
    /// Of which days, and that the first and the last month may be in part.
    pub note: String,
    pub lines: Vec<Chart>,
    pub table: Table,
}

impl Series {
    /// Of the months of a period.
    pub fn new(ui: &Ui, period: Period, counted: &[MonthOfCity]) -> Self {
        let months = months(period);
        let columns: Vec<Vec<i64>> = MEASURES
            .iter()
            .map(|(measure, ..)| {
                months
                    .iter()
                    .map(|month| value(counted, measure, *month))
                    .collect()
            })
            .collect();
        let lines = MEASURES
            .iter()
            .zip(&columns)
            .map(|((_, title, unit), values)| Chart {
                title: ui.t(title),
                unit: ui.t(unit),
                line: line(ui, &ui.t(title), &months, values),
            })
            .collect();
        let name = |month: &NaiveDate| ui.lang().month(*month);
        let row = |at: usize| columns.iter().filter_map(move |values| values.get(at));
        let cells = |n: &i64| ui.number(*n);
        let (from, until) = (ui.date(period.from), ui.date(period.until));
        Self {
            note: ui.t2("figures-months-note", ("from", from), ("until", until)),
            lines,
            table: Table {
                caption: ui.t("figures-months"),
                head: std::iter::once(ui.t("figures-month"))
                    .chain(MEASURES.iter().map(|(_, title, _)| ui.t(title)))
                    .collect(),
                rows: months
                    .iter()
                    .enumerate()
                    .map(|(at, month)| (name(month), row(at).map(cells).collect()))
                    .collect(),
                foot: Some((
                    ui.t("figures-total"),
                    columns
                        .iter()
                        .map(|values| cells(&values.iter().sum()))
                        .collect(),
                )),
                open: months.len() <= SHORT,
            },
        }
    }
}

fn value(counted: &[MonthOfCity], measure: &str, month: NaiveDate) -> i64 {
    let of = counted
        .iter()
        .filter(|one| one.measure == measure && one.month == month);
    of.map(|one| i64::from(one.n)).sum()
}

/// The first, the last and the highest month are told in figures.
fn line(ui: &Ui, title: &str, months: &[NaiveDate], values: &[i64]) -> Line {
    let last = values.len().saturating_sub(1);
    let top = values.iter().copied().max().unwrap_or(0);
    let highest = values.iter().position(|n| *n == top).unwrap_or(0);
    let told = |at: usize| at == 0 || at == last || at == highest;
    let points: Vec<Point> = (0..)
        .zip(values)
        .enumerate()
        .map(|(i, (at, value))| Point {
            at,
            value: *value,
            told: told(i),
        })
        .collect();
    let ends = [months.first(), months.last()]
        .map(|end| end.map_or_else(String::new, |month| ui.lang().month(*month)));
    let spoken: Vec<String> = months
        .iter()
        .zip(values)
        .enumerate()
        .filter(|(i, _)| told(*i))
        .map(|(_, (month, n))| {
            let month = ui.lang().month(*month);
            ui.t2("figures-point", ("n", *n), ("month", month))
        })
        .collect();
    let spoken: Vec<&str> = spoken.iter().map(String::as_str).collect();
    let about = ui.t2(
        "figures-line-about",
        ("measure", title),
        ("points", ui.lang().list(&spoken)),
    );
    Line::new(ui.lang(), about, &points, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_the_sum_of_its_parts() {
        let month = |m| NaiveDate::from_ymd_opt(2026, m, 1).unwrap();
        let one = |measure: &str, m, n| MonthOfCity {
            measure: measure.to_owned(),
            month: month(m),
            n,
        };
        let counted = [
            one("contacts", 1, 4),
            one("contacts", 2, 3),
            one("services", 1, 9),
            one("services", 1, 2),
        ];
        assert_eq!(value(&counted, "services", month(1)), 11);
        assert_eq!(value(&counted, "contacts", month(2)), 3);
        assert_eq!(value(&counted, "contacts", month(3)), 0);
    }
}
