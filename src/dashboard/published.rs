//! What was published before Sanad, in words.

use super::{
    domain::{Measure, Published, Unit, latest},
    table::Table,
};
use crate::{
    authz::TerritoryId,
    charts::{Line, Point},
    web::Ui,
};
use chrono::NaiveDate;

/// The published figures up to a day.
pub(super) struct Record {
    pub facts: Vec<Fact>,
    pub series: Option<Series>,
    /// Published totals, for the strip: of the cities that are looked at, whole or not at all.
    pub children: Option<i64>,
    pub girls: Option<i64>,
    pub boys: Option<i64>,
    /// What to say when there is none.
    pub none: String,
}

/// A published figure with what makes it one: unit, territory, date, source.
pub(super) struct Fact {
    pub icon: &'static str,
    pub figure: String,
    pub scope: String,
    pub sources: String,
    pub quote: Option<String>,
}

/// The cases handled during the pilot, as the minister told them.
pub(super) struct Series {
    pub chart: Line,
    pub table: Table,
}

impl Record {
    /// The rows that cover one of the places, up to the day; without a day none does.
    pub fn new(
        ui: &Ui,
        mut rows: Vec<Published>,
        day: Option<NaiveDate>,
        places: &[TerritoryId],
    ) -> Self {
        let none = match rows.first().filter(|r| day.is_none_or(|day| r.as_of > day)) {
            Some(first) => ui.t1(
                "dashboard-published-before",
                "date",
                ui.lang().month(first.as_of),
            ),
            None => ui.t("dashboard-published-none"),
        };
        rows.retain(|r| day.is_some_and(|day| r.as_of <= day) && r.covers(places));
        let value = |measure, sex| {
            let whole = latest(&rows, measure, sex).filter(|r| r.lies_within(places));
            whole.map(|r| i64::from(r.value))
        };
        Self {
            facts: facts(ui, &rows),
            series: Series::new(ui, &rows),
            children: value(Measure::ChildrenProtected, None),
            girls: value(Measure::ChildrenProtected, Some("F")),
            boys: value(Measure::ChildrenProtected, Some("M")),
            none,
        }
    }
}

fn facts(ui: &Ui, rows: &[Published]) -> Vec<Fact> {
    let parts = [("F", "figure-girls"), ("M", "figure-boys")];
    [
        (Measure::ChildrenProtected, "baby"),
        (Measure::CasesHandled, "folder-open"),
        (Measure::TeamMembers, "users"),
    ]
    .into_iter()
    .filter_map(|(measure, icon)| {
        let row = latest(rows, measure, None)?;
        let mut figure = vec![ui.n(figure_key(row), row.value)];
        figure.extend(parts.iter().filter_map(|(sex, key)| {
            latest(rows, measure, Some(sex))
                .filter(|r| r.as_of == row.as_of)
                .map(|r| ui.n(key, r.value))
        }));
        Some(Fact {
            icon,
            figure: figure.join(ui.t("list-comma").as_str()),
            scope: scope(ui, row),
            sources: sources(ui, row),
            quote: row.quote.clone(),
        })
    })
    .collect()
}

fn figure_key(row: &Published) -> &'static str {
    match (row.measure, row.unit) {
        (Measure::CasesHandled, _) => "figure-cases-handled",
        (_, Unit::Child) => "figure-children",
        (_, Unit::Case) => "figure-cases",
        (_, Unit::Person) => "figure-members",
    }
}

/// "published for Rabat, Salé and Témara together, up to 15 December 2020"
fn scope(ui: &Ui, row: &Published) -> String {
    let cities = ui.catalogue().cities();
    let names: Vec<&str> = cities
        .iter()
        .filter(|c| row.covers(&[c.territory_id]))
        .map(|c| ui.say(&c.label))
        .collect();
    let key = if row.precision == "day" {
        "published-until"
    } else {
        "published-month"
    };
    ui.t2(
        key,
        ("cities", ui.lang().list(&names)),
        ("date", date(ui, row)),
    )
}

fn date(ui: &Ui, row: &Published) -> String {
    if row.precision == "day" {
        ui.date(row.as_of)
    } else {
        ui.lang().month(row.as_of)
    }
}

fn sources(ui: &Ui, row: &Published) -> String {
    let key = |code: &str| format!("source-{}", code.replace('_', "-"));
    let words: Vec<String> = row.source.split('|').map(|code| ui.t(&key(code))).collect();
    ui.t1("dashboard-source", "source", words.join(" · "))
}

impl Series {
    fn new(ui: &Ui, rows: &[Published]) -> Option<Self> {
        let rows: Vec<&Published> = rows
            .iter()
            .filter(|r| r.measure == Measure::CasesHandled && r.sex.is_none())
            .collect();
        let [first, .., last] = rows.as_slice() else {
            return None;
        };
        let points: Vec<Point> = rows
            .iter()
            .map(|r| Point {
                at: (r.as_of - first.as_of).num_days(),
                value: i64::from(r.value),
                told: true,
            })
            .collect();
        let told: Vec<String> = rows
            .iter()
            .map(|r| {
                ui.t2(
                    "dashboard-series-point",
                    ("value", r.value),
                    ("date", date(ui, r)),
                )
            })
            .collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let about = ui.t1("dashboard-series-about", "points", ui.lang().list(&told));
        let ends = [date(ui, first), date(ui, last)];
        let table = Table {
            caption: ui.t("dashboard-series-title"),
            head: vec![ui.t("dashboard-date"), ui.t("dashboard-kpi-handled")],
            rows: rows
                .iter()
                .map(|r| (date(ui, r), vec![ui.number(r.value)]))
                .collect(),
            foot: None,
        };
        Some(Self {
            chart: Line::new(ui.lang(), about, &points, ends),
            table,
        })
    }
}
