//! The chart of a report: a line over the months, where each was told; of several columns a small one each, with a gap where
//! a month was not; else bars, column by column on one scale. What is not told has its words and no bar.

use super::domain::{Asked, Axis, Figure, Grid, Item};
use crate::{
    charts::{Line, Multiple, Point, Track},
    releases::words,
    web::Ui,
};

/// The chart.
pub(super) enum Chart {
    /// One figure, month after month.
    Line(Line),
    /// The same of each column, on one scale.
    Lines(Lines),
    /// The bars of each column.
    Bars(Vec<Panel>),
}

/// Small lines from the same month to the same month.
pub(super) struct Lines {
    pub ends: [String; 2],
    pub charts: Vec<Small>,
}

/// A column: its name, its last month, its line.
pub(super) struct Small {
    pub title: String,
    pub value: String,
    pub chart: Multiple,
}

/// The bars of a column.
pub(super) struct Panel {
    /// Its words; of the only one none are needed.
    pub title: Option<String>,
    pub bars: Vec<Bar>,
}

/// A bar with its words.
pub(super) struct Bar {
    pub label: String,
    /// What is not told has none.
    pub track: Option<Track>,
    pub value: String,
}

impl Chart {
    /// Of an answer that holds something.
    pub fn new(ui: &Ui, asked: &Asked, grid: &Grid) -> Self {
        let over_time = asked.rows == Axis::Month && grid.rows.len() > 1;
        let chart = match (over_time, asked.columns) {
            (true, None) => line(ui, grid).map(Self::Line),
            (true, Some(_)) => lines(ui, grid).map(Self::Lines),
            (false, _) => None,
        };
        chart.unwrap_or_else(|| Self::Bars(bars(ui, grid)))
    }
}

/// The columns that are drawn: what holds the others is no line beside them, unless it is alone.
fn drawn(grid: &Grid) -> Vec<(usize, &Item)> {
    let have = has_parts(grid.columns.iter());
    let columns = grid.columns.iter().enumerate();
    columns
        .filter(|(_, item)| !have || !item.is_whole)
        .collect()
}

fn lines(ui: &Ui, grid: &Grid) -> Option<Lines> {
    let month = |row: Option<&(Item, Vec<Figure>)>| row.map(|(month, _)| month.name.clone());
    let ends = [month(grid.rows.first())?, month(grid.rows.last())?];
    let columns = drawn(grid);
    let figures = |at: usize| {
        let rows = grid.rows.iter();
        rows.map(move |(_, figures)| figures.get(at).copied().flatten())
    };
    let series = columns.iter().map(|(at, item)| {
        let said = [figures(*at).next(), figures(*at).next_back()];
        let said = said.map(|told| words::say(told.flatten().as_ref(), ui.lang()));
        let points: Vec<String> = said
            .into_iter()
            .zip(&ends)
            .map(|(value, month)| ui.t2("report-point", ("value", value), ("month", month)))
            .collect();
        let points: Vec<&str> = points.iter().map(String::as_str).collect();
        let points = ui.lang().list(&points);
        let about = ui.t2(
            "report-line-about",
            ("name", &item.name),
            ("points", points),
        );
        let values = figures(*at).map(|told| told.and_then(|told| told.shown()));
        (about, values.collect())
    });
    let charts = Multiple::all(series.collect());
    let charts = columns.iter().zip(charts).map(|((at, item), chart)| Small {
        title: item.name.clone(),
        value: words::say(figures(*at).next_back().flatten().as_ref(), ui.lang()),
        chart,
    });
    Some(Lines {
        charts: charts.collect(),
        ends,
    })
}

/// Nothing, if a month is missing: a line would say something of it.
fn line(ui: &Ui, grid: &Grid) -> Option<Line> {
    let figures: Option<Vec<(String, i64)>> = grid
        .rows
        .iter()
        .map(|(month, figures)| {
            let figure = figures.first()?.as_ref()?;
            Some((month.name.clone(), figure.shown()?))
        })
        .collect();
    let figures = figures.filter(|figures| figures.len() > 1)?;
    let last = figures.len() - 1;
    let points = (0..)
        .zip(&figures)
        .enumerate()
        .map(|(i, (at, (_, value)))| Point {
            at,
            value: *value,
            told: i == 0 || i == last,
        });
    let points: Vec<Point> = points.collect();
    let ends = [figures.first()?.clone(), figures.last()?.clone()];
    let told = ends
        .clone()
        .map(|(month, value)| ui.t2("report-point", ("value", value), ("month", month)));
    let name = grid.columns.first().map_or("", |one| one.name.as_str());
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let about = ui.t2(
        "report-line-about",
        ("name", name),
        ("points", ui.lang().list(&told)),
    );
    Some(Line::new(
        ui.lang(),
        about,
        &points,
        ends.map(|(month, _)| month),
    ))
}

/// What holds the others is no bar beside them, unless it is alone.
fn has_parts<'i>(mut items: impl Iterator<Item = &'i Item>) -> bool {
    items.any(|item| !item.is_whole)
}

fn bars(ui: &Ui, grid: &Grid) -> Vec<Panel> {
    let rows_have = has_parts(grid.rows.iter().map(|(item, _)| item));
    let columns = drawn(grid);
    let rows = grid
        .rows
        .iter()
        .filter(|(item, _)| !rows_have || !item.is_whole);
    let rows: Vec<&(Item, Vec<Figure>)> = rows.collect();
    let figure = |row: &(Item, Vec<Figure>), at: usize| row.1.get(at).copied().flatten();
    let max = columns
        .iter()
        .flat_map(|(at, _)| rows.iter().filter_map(|row| figure(row, *at)?.shown()))
        .max()
        .unwrap_or(0);
    let several = columns.len() > 1;
    columns
        .iter()
        .map(|(at, column)| Panel {
            title: several.then(|| column.name.clone()),
            bars: rows
                .iter()
                .map(|row| {
                    let told = figure(row, *at);
                    Bar {
                        label: row.0.name.clone(),
                        track: told
                            .and_then(|told| told.shown())
                            .map(|n| Track::new(ui.lang(), "fg", n, max)),
                        value: words::say(told.as_ref(), ui.lang()),
                    }
                })
                .collect(),
        })
        .collect()
}
