//! What is asked and what is answered. Knows neither HTTP nor SQL.

use crate::{
    disclosure::{CLOSED_LIST, Growth},
    forms::Form,
    releases::read::Told,
};
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What lies along the rows or the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// The country, regions, cities.
    Place,
    /// Months.
    Month,
    /// The total and the parts of the table.
    Part,
}

impl Axis {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Place, Self::Month, Self::Part];

    /// As an address has it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Month => "month",
            Self::Part => "part",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Place => "report-axis-place",
            Self::Month => "report-axis-month",
            Self::Part => "report-axis-part",
        }
    }
}

/// A table of the closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject {
    pub code: &'static str,
    /// The table of its total: its own, if it has no parts.
    pub total: &'static str,
    pub growth: Growth,
}

impl Subject {
    /// All there are, in the order of the list: of each system its total, then its tables.
    pub fn all() -> impl Iterator<Item = Self> {
        CLOSED_LIST.iter().flat_map(|system| {
            let total = Self {
                code: system.code,
                total: system.code,
                growth: system.growth,
            };
            let tables = system.tables.iter().map(|table| Self {
                code: table.code,
                total: system.code,
                growth: table.growth,
            });
            std::iter::once(total).chain(tables)
        })
    }

    /// The table of that code.
    pub fn of(code: &str) -> Option<Self> {
        Self::all().find(|one| one.code == code)
    }

    /// Whether it has parts beside its total.
    pub fn has_parts(self) -> bool {
        self.code != self.total
    }

    /// The table in which a part stands; the total stands in that of its system.
    pub fn table_of(self, part: &str) -> &'static str {
        if part.is_empty() {
            self.total
        } else {
            self.code
        }
    }
}

/// The code of the total among the parts, in an address.
pub(super) const TOTAL: &str = "total";
/// The code of the country among the places.
pub(super) const COUNTRY: &str = "country";
/// More months are not laid out side by side.
pub(super) const MOST_MONTHS: usize = 60;
/// Months of a city's own that can be laid out: each is counted as it is now, by a question of its own.
pub(super) const MOST_OWN_MONTHS: usize = 24;

/// A question that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub subject: Subject,
    pub rows: Axis,
    pub columns: Option<Axis>,
    /// Codes of the places: all that are laid out, or the one that is asked about. Of a city's own figures none.
    pub places: Vec<String>,
    /// Codes of the parts, likewise.
    pub parts: Vec<String>,
    /// Of the committee month ends; of a city any days.
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Asked {
    /// Whether that lies along the rows or the columns.
    pub fn lays(&self, axis: Axis) -> bool {
        self.rows == axis || self.columns == Some(axis)
    }
}

/// The fields of a question, in the order of an address.
pub(super) const FIELDS: [&str; 7] = [
    "table", "rows", "columns", "spot", "slice", "since", "until",
];

/// A question as it is kept and as an address has it: what was typed, by field. It outlives the tables and places that it
/// names; whether it can be answered is asked each time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Definition(BTreeMap<String, Vec<String>>);

impl Definition {
    /// Of a form, without its other fields, without what was left empty, and each answer once.
    pub fn of(form: &Form) -> Self {
        let mut all = BTreeMap::new();
        for field in FIELDS {
            let mut values: Vec<String> = Vec::new();
            for value in form.all(field).map(str::trim) {
                if !value.is_empty() && !values.iter().any(|known| known == value) {
                    values.push(value.to_owned());
                }
            }
            if !values.is_empty() {
                all.insert(field.to_owned(), values);
            }
        }
        Self(all)
    }

    /// The pairs, in the order of an address.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let of = |field| {
            let values = self.0.get_key_value(field);
            values.into_iter().flat_map(|(name, values)| {
                let name = name.as_str();
                values.iter().map(move |value| (name, value.as_str()))
            })
        };
        FIELDS.into_iter().flat_map(of).collect()
    }

    /// The form that it was made of.
    pub fn form(&self) -> Form {
        let pairs = self.pairs().into_iter();
        pairs.fold(Form::new(), |form, (name, value)| form.with(name, value))
    }

    /// As the query of an address.
    pub fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish()
    }

    /// The code of its table, whether there is one or not.
    pub fn table(&self) -> &str {
        let table = self.0.get("table").and_then(|values| values.first());
        table.map_or("", String::as_str)
    }
}

/// Something along an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub name: String,
    /// The total, the country: what holds the others is no bar beside them.
    pub is_whole: bool,
}

/// What lies along each axis, what is not laid out being one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Axes {
    pub places: Vec<Item>,
    pub months: Vec<Item>,
    pub parts: Vec<Item>,
}

impl Axes {
    fn of(&self, axis: Axis) -> &[Item] {
        match axis {
            Axis::Place => &self.places,
            Axis::Month => &self.months,
            Axis::Part => &self.parts,
        }
    }
}

/// A figure as it is told; nothing, where there is no such figure.
pub(super) type Figure = Option<Told>;

/// The answer: figures in rows and columns, and no sum that was not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub columns: Vec<Item>,
    pub rows: Vec<(Item, Vec<Figure>)>,
}

impl Grid {
    /// Lays out figures, which are asked by the numbers of place, month and part. Without an axis of columns there is one,
    /// of that name.
    pub fn lay(
        asked: &Asked,
        axes: &Axes,
        one: String,
        figure: impl Fn(usize, usize, usize) -> Figure,
    ) -> Self {
        let columns = match asked.columns {
            Some(axis) => axes.of(axis).to_vec(),
            None => vec![Item {
                name: one,
                is_whole: false,
            }],
        };
        let of = |row, column| {
            let at = |axis| match axis {
                _ if axis == asked.rows => row,
                _ if Some(axis) == asked.columns => column,
                _ => 0,
            };
            figure(at(Axis::Place), at(Axis::Month), at(Axis::Part))
        };
        let rows = axes.of(asked.rows).iter().enumerate();
        let rows = rows.map(|(row, item)| {
            let figures = (0..columns.len()).map(|column| of(row, column));
            (item.clone(), figures.collect())
        });
        Self {
            rows: rows.collect(),
            columns,
        }
    }

    fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.rows.iter().flat_map(|(_, figures)| figures)
    }

    /// Whether some figure is not told.
    pub fn withholds(&self) -> bool {
        self.figures()
            .any(|one| one.is_some_and(|told| told.shown().is_none()))
    }

    /// Whether there is no figure at all.
    pub fn is_empty(&self) -> bool {
        self.figures().all(Option::is_none)
    }
}

/// The last day of a month.
pub(super) fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    let next = day.with_day(1)?.checked_add_months(Months::new(1))?;
    next.pred_opt()
}

/// The month `2026-09`: its last day.
pub(super) fn parse_month(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    month_end(NaiveDate::from_ymd_opt(
        year.parse().ok()?,
        month.parse().ok()?,
        1,
    )?)
}

/// A month as an address has it.
pub(super) fn month_code(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// The months from one day to another, the first and the last as far as they lie within.
pub(super) fn months(from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let mut all = Vec::new();
    let mut first = from;
    while first <= to {
        let Some(end) = month_end(first) else { break };
        all.push((first, end.min(to)));
        let Some(next) = end.succ_opt() else { break };
        first = next;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn items(names: &[&str]) -> Vec<Item> {
        names
            .iter()
            .map(|name| Item {
                name: (*name).to_owned(),
                is_whole: false,
            })
            .collect()
    }

    #[test]
    fn a_total_stands_in_the_table_of_its_system() {
        let sex = Subject::of("children_by_sex").unwrap();
        assert!(sex.has_parts());
        assert_eq!(
            (sex.table_of(""), sex.table_of("F")),
            ("children", "children_by_sex")
        );
        assert!(!Subject::of("contacts").unwrap().has_parts());
        assert!(Subject::of("children_by_colour").is_none());
    }

    #[test]
    fn a_question_is_kept_as_it_was_typed_and_once() {
        let form = Form::new()
            .with("until", "2026-09")
            .with("title", "x")
            .with("spot", "rabat")
            .with("spot", " rabat ")
            .with("spot", "atlantis")
            .with("columns", "")
            .with("table", "children");
        let kept = Definition::of(&form);
        assert_eq!(
            kept.query(),
            "table=children&spot=rabat&spot=atlantis&until=2026-09"
        );
        let json = serde_json::to_value(&kept).unwrap();
        assert_eq!(json["spot"][1], "atlantis");
        let again: Definition = serde_json::from_value(json).unwrap();
        assert_eq!(Definition::of(&again.form()), kept);
        assert_eq!(again.table(), "children");
    }

    #[test]
    fn whichever_way_it_is_laid_the_figure_is_the_same() {
        let axes = Axes {
            places: items(&["p0", "p1"]),
            months: items(&["m0"]),
            parts: items(&["a", "b", "c"]),
        };
        let figure = |place: usize, month: usize, part: usize| {
            (part < 2).then(|| {
                let n = 100 * place + 10 * month + part;
                i64::try_from(n).map_or(Told::Few, Told::Shown)
            })
        };
        let mut asked = Asked {
            subject: Subject::of("children_by_sex").unwrap(),
            rows: Axis::Place,
            columns: Some(Axis::Part),
            places: Vec::new(),
            parts: Vec::new(),
            from: day(2026, 9, 30),
            to: day(2026, 9, 30),
        };
        let grid = Grid::lay(&asked, &axes, String::new(), figure);
        assert_eq!((grid.rows.len(), grid.columns.len()), (2, 3));
        assert_eq!(
            grid.rows[1].1,
            [Some(Told::Shown(100)), Some(Told::Shown(101)), None]
        );
        (asked.rows, asked.columns) = (Axis::Part, Some(Axis::Place));
        let turned = Grid::lay(&asked, &axes, String::new(), figure);
        for (row, (_, figures)) in turned.rows.iter().enumerate() {
            for (column, told) in figures.iter().enumerate() {
                assert_eq!(*told, grid.rows[column].1[row]);
            }
        }
        asked.columns = None;
        let one = Grid::lay(&asked, &axes, "all".to_owned(), figure);
        assert_eq!(one.columns[0].name, "all");
        assert!(!one.withholds() && !one.is_empty());
    }

    #[test]
    fn months_are_cut_at_both_ends() {
        assert_eq!(
            months(day(2026, 1, 20), day(2026, 3, 2)),
            [
                (day(2026, 1, 20), day(2026, 1, 31)),
                (day(2026, 2, 1), day(2026, 2, 28)),
                (day(2026, 3, 1), day(2026, 3, 2)),
            ]
        );
        assert!(months(day(2026, 3, 2), day(2026, 3, 1)).is_empty());
        assert_eq!(parse_month("2024-02"), Some(day(2024, 2, 29)));
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-9",
            "26-09",
            "2026-09-30",
            "-026-01",
        ] {
            assert_eq!(parse_month(text), None, "{text}");
        }
    }
}
