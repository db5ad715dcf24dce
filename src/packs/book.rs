//! What a pack says, in the words of its language: the same tables for the document and the workbook.

use super::{
    material::{Material, Place},
    sources::{corrections, lasting, old},
};
use crate::{
    disclosure::{CLOSED_LIST, Growth},
    i18n::Lang,
    ids::TerritoryId,
    releases::{
        read::{Figures, Told},
        words,
    },
    web::Ui,
};
use chrono::NaiveDate;

/// A figure, or the words for one that is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Number(i64),
    Words(String),
}

impl Cell {
    fn of(ui: &Ui, told: Option<&Told>) -> Self {
        match told {
            Some(Told::Shown(n)) => Self::Number(*n),
            told => Self::Words(words::say(told, ui.lang())),
        }
    }

    /// As it is read.
    pub fn text(&self, ui: &Ui) -> String {
        match self {
            Self::Number(n) => ui.number(*n),
            Self::Words(words) => words.clone(),
        }
    }

    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Number(n) => Some(*n),
            Self::Words(_) => None,
        }
    }
}

/// How far down a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Country,
    Region,
    Prefecture,
}

/// A place and what is told of it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub name: String,
    pub level: Level,
    pub total: Cell,
    pub parts: Vec<Cell>,
}

impl Row {
    /// Nothing is counted here: each of its figures is told, and is none.
    pub fn is_none(&self) -> bool {
        let mut all = std::iter::once(&self.total).chain(&self.parts);
        all.all(|cell| *cell == Cell::Number(0))
    }
}

/// A table of the closed list.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub title: String,
    /// "Unit: …; …"
    pub about: String,
    /// Words of its parts; none, if there is the total alone.
    pub parts: Vec<String>,
    /// The country, the regions and what lies in each.
    pub rows: Vec<Row>,
}

/// A figure of the country.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub label: String,
    pub unit: String,
    pub value: Cell,
    /// What came to it in the period.
    pub more: Option<i64>,
}

/// A total of the country, month after month.
#[derive(Debug, Clone)]
pub(super) struct Trend {
    pub title: String,
    pub about: String,
    pub points: Vec<(NaiveDate, Cell)>,
}

/// How long something lasts.
#[derive(Debug, Clone)]
pub(super) struct Lasts {
    pub what: String,
    pub place: String,
    /// Over so many at least.
    pub over: String,
    pub median: i64,
    pub p90: Option<i64>,
}

/// A figure that a later release put right.
#[derive(Debug, Clone)]
pub(super) struct Corrected {
    pub month: String,
    pub table: String,
    pub place: String,
    pub part: String,
    pub was: i64,
    pub becomes: i64,
    pub told_by: String,
}

/// A figure published before Sanad.
#[derive(Debug, Clone)]
pub(super) struct Old {
    pub figure: String,
    pub scope: String,
    pub source: String,
    pub quote: Option<String>,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Book {
    pub period: String,
    pub as_of: String,
    pub told_at: String,
    /// SHA-256 of the release.
    pub print: String,
    pub keys: Vec<Key>,
    pub trends: Vec<Trend>,
    pub tables: Vec<Table>,
    /// The month whose medians these are, the last of the period that has any.
    pub medians_of: String,
    pub medians: Vec<Lasts>,
    pub corrections: Vec<Corrected>,
    pub history: Vec<Old>,
    pub method: Vec<String>,
}

impl Book {
    pub fn new(ui: &Ui, material: &Material) -> Self {
        let last = &material.last;
        let quarters = material.releases.iter().zip(&material.medians);
        let quarter = quarters
            .rev()
            .map(|(release, rows)| (release.as_of, rows))
            .find(|(_, rows)| !rows.is_empty());
        let told_at = (
            ("when", ui.date(ui.day_of(last.computed_at))),
            ("method", i64::from(last.method)),
        );
        Self {
            period: period(ui, material),
            as_of: ui.t1("pack-doc-as-of", "date", ui.date(last.as_of)),
            told_at: ui.t2("pack-doc-told-at", told_at.0, told_at.1),
            print: hex::encode(&last.sha256),
            keys: keys(ui, material),
            trends: trends(ui, material),
            tables: tables(ui, material),
            medians_of: quarter.map_or_else(String::new, |(day, _)| ui.lang().month(day)),
            medians: quarter.map_or_else(Vec::new, |(_, rows)| lasting(ui, material, rows)),
            corrections: corrections(ui, material),
            history: material.history.iter().map(|one| old(ui, one)).collect(),
            method: method(ui),
        }
    }
}

/// The months that it covers.
fn period(ui: &Ui, material: &Material) -> String {
    let month = |day| ui.lang().month(day);
    let to = material.last.as_of;
    match material.releases.first() {
        Some(first) if first.as_of != to => {
            let (from, to) = (month(first.as_of), month(to));
            ui.t2("pack-months", ("from", from), ("to", to))
        }
        _ => month(to),
    }
}

/// The name of a place in a language.
pub(super) fn named(place: &Place, lang: Lang) -> &str {
    match lang {
        Lang::Ar => &place.ar,
        Lang::Fr => &place.fr,
        Lang::En => &place.en,
    }
}

/// The totals of the closed list, those that are told of this release.
fn keys(ui: &Ui, material: &Material) -> Vec<Key> {
    let told = |figures: &Figures, code| figures.get(code, None, "").copied();
    let of = |code: &'static str| {
        let now = told(&material.figures, code)?;
        let value = Cell::of(ui, Some(&now));
        // of a month alone, the month before says nothing
        let goes_on = words::growth_of(code) == Some(Growth::Cumulative);
        let before = material.before.as_ref().filter(|_| goes_on);
        let began = before.and_then(|figures| told(figures, code)?.shown());
        Some(Key {
            label: words::table_name(ui.lang(), code),
            unit: words::unit(ui, code),
            more: value.number().zip(began).map(|(now, then)| now - then),
            value,
        })
    };
    CLOSED_LIST.iter().filter_map(|one| of(one.code)).collect()
}

fn trends(ui: &Ui, material: &Material) -> Vec<Trend> {
    let of = |(code, points): &(&str, Vec<(NaiveDate, Told)>)| Trend {
        title: words::table_name(ui.lang(), code),
        about: about(ui, code),
        points: points
            .iter()
            .map(|(day, told)| (*day, Cell::of(ui, Some(told))))
            .collect(),
    };
    // one month is no line
    let drawn = material
        .series
        .iter()
        .filter(|(_, points)| points.len() > 1);
    drawn.map(of).collect()
}

/// Each table that has a cell: its total and its parts, everywhere.
fn tables(ui: &Ui, material: &Material) -> Vec<Table> {
    let mut all = Vec::new();
    for system in CLOSED_LIST {
        let mut codes: Vec<&str> = system.tables.iter().map(|table| table.code).collect();
        if codes.is_empty() {
            codes.push(system.code);
        }
        let told = codes.into_iter().filter_map(|code| {
            let parts = parts_of(ui, &material.figures, code);
            let is_told = !parts.is_empty() || material.figures.get(code, None, "").is_some();
            is_told.then(|| table(ui, material, (system.code, code), &parts))
        });
        all.extend(told);
    }
    all
}

/// The parts of a table, in the order of their list.
pub(super) fn parts_of(ui: &Ui, figures: &Figures, table: &str) -> Vec<String> {
    let of_table = figures.cells().iter().filter(|cell| cell.table == table);
    let mut parts: Vec<String> = of_table
        .filter(|cell| !cell.part.is_empty())
        .map(|cell| cell.part.clone())
        .collect();
    parts.sort_by_cached_key(|part| (words::rank(ui, table, part), part.clone()));
    parts.dedup();
    parts
}

fn table(ui: &Ui, material: &Material, (total, code): (&str, &str), parts: &[String]) -> Table {
    let figures = &material.figures;
    let row = |place: Option<TerritoryId>, name: String, level| Row {
        name,
        level,
        total: Cell::of(ui, figures.get(total, place, "")),
        parts: parts
            .iter()
            .map(|part| Cell::of(ui, figures.get(code, place, part)))
            .collect(),
    };
    let country = row(None, ui.t("table-country"), Level::Country);
    let places = material.places.iter().map(|place| {
        let level = match place.within {
            None => Level::Region,
            Some(_) => Level::Prefecture,
        };
        row(Some(place.id), named(place, ui.lang()).to_owned(), level)
    });
    Table {
        title: words::table_name(ui.lang(), code),
        about: about(ui, code),
        parts: parts
            .iter()
            .map(|part| words::part_name(ui.catalogue(), ui.lang(), code, part))
            .collect(),
        rows: std::iter::once(country).chain(places).collect(),
    }
}

fn about(ui: &Ui, code: &str) -> String {
    let growth = words::growth(ui, code).unwrap_or_default();
    let unit = words::unit(ui, code);
    ui.t2("pack-doc-unit", ("unit", unit), ("growth", growth))
}

fn method(ui: &Ui) -> Vec<String> {
    [
        "pack-doc-method-once",
        "pack-doc-method-few",
        "pack-doc-method-withheld",
        "pack-doc-method-sums",
        "pack-doc-method-units",
        "pack-doc-method-print",
    ]
    .map(|key| ui.t(key))
    .into()
}
