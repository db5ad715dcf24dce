//! The document: what `pack.typ` sets, as data. No text of it is read as markup.

use super::{
    book::{Book, Cell, Level, Row, Table, Trend},
    safe::plain,
    shape::{
        Bar, Chart, Columns, Document, Fact, Figure, Grid, History, Keys, Line, Part, Said, Text,
    },
};
use crate::{error::AppError, i18n::Lang, papers, web::Ui};

/// Columns of a table on a sheet of paper, beside the place and the total.
const COLUMNS: usize = 5;
/// Bars of a drawing.
const BARS: usize = 18;

/// Sets the document of a pack.
pub(super) async fn set(ui: &Ui, book: &Book) -> Result<Vec<u8>, AppError> {
    let content = serde_json::to_string(&Document::new(ui, book)).map_err(AppError::internal)?;
    papers::set_report(include_str!("pack.typ"), content).await
}

impl Document {
    fn new(ui: &Ui, book: &Book) -> Self {
        let t = |key: &str| plain(&ui.t(key));
        let as_of = plain(&book.as_of);
        Self {
            lang: ui.lang().code(),
            rtl: ui.lang() == Lang::Ar,
            over: t("pack-doc-over"),
            title: t("pack-doc-title"),
            period: plain(&book.period),
            foot: as_of.clone(),
            as_of,
            told_at: plain(&book.told_at),
            print_label: t("pack-doc-print"),
            print: book.print.clone(),
            keys: Keys {
                title: t("pack-doc-key"),
                note: t("pack-doc-key-note"),
                figures: figures(ui, book),
            },
            charts: Part {
                title: t("pack-doc-charts"),
                note: String::new(),
                items: book
                    .tables
                    .iter()
                    .filter_map(|one| chart(ui, one))
                    .collect(),
            },
            trends: Part {
                title: t("pack-doc-trends"),
                note: t("pack-doc-trends-note"),
                items: book.trends.iter().map(|one| columns(ui, one)).collect(),
            },
            tables: Part {
                title: t("pack-doc-tables"),
                note: t("pack-doc-tables-note"),
                items: book.tables.iter().flat_map(|one| grids(ui, one)).collect(),
            },
            medians: medians(ui, book),
            corrections: corrections(ui, book),
            history: History {
                title: t("pack-doc-history"),
                note: t("pack-doc-history-note"),
                facts: facts(book),
            },
            method: Said {
                title: t("pack-doc-method"),
                lines: book.method.iter().map(|line| plain(line)).collect(),
            },
        }
    }
}

fn figures(ui: &Ui, book: &Book) -> Vec<Figure> {
    let of = |key: &super::book::Key| Figure {
        label: plain(&key.label),
        unit: plain(&key.unit),
        value: Text::of(ui, &key.value),
        more: key.more.map(|n| {
            let n = if n < 0 {
                ui.number(n)
            } else {
                format!("+{}", ui.number(n))
            };
            plain(&ui.t1("pack-doc-more", "n", n))
        }),
    };
    book.keys.iter().map(of).collect()
}

/// The parts of a table in the country; nothing, if none of them is told, or all are none.
fn chart(ui: &Ui, table: &Table) -> Option<Chart> {
    let country = table.rows.first()?;
    let max = country.parts.iter().filter_map(Cell::number).max()?;
    if max == 0 || country.parts.len() > BARS {
        return None;
    }
    let bars = table.parts.iter().zip(&country.parts);
    Some(Chart {
        title: plain(&table.title),
        note: plain(&table.about),
        bars: bars
            .map(|(label, cell)| Bar {
                label: plain(label),
                value: Text::of(ui, cell),
                length: length(cell, max),
            })
            .collect(),
    })
}

fn length(cell: &Cell, max: i64) -> Option<i64> {
    Some(cell.number()?.max(0) * 100 / max.max(1))
}

fn columns(ui: &Ui, trend: &Trend) -> Columns {
    let values = trend.points.iter().filter_map(|(_, cell)| cell.number());
    let max = values.max().unwrap_or(0);
    Columns {
        title: plain(&trend.title),
        note: plain(&trend.about),
        bars: trend
            .points
            .iter()
            .map(|(day, cell)| Bar {
                label: day.format("%m/%Y").to_string(),
                value: Text::of(ui, cell),
                length: length(cell, max),
            })
            .collect(),
    }
}

/// A table in as many pieces as its columns need, without the places where nothing is counted.
fn grids(ui: &Ui, table: &Table) -> Vec<Grid> {
    let rows: Vec<&Row> = table
        .rows
        .iter()
        .filter(|row| row.level == Level::Country || !row.is_none())
        .collect();
    let count = table.parts.len().div_ceil(COLUMNS).max(1);
    let piece = |n: usize| {
        let columns = n * COLUMNS..table.parts.len().min((n + 1) * COLUMNS);
        let first = n == 0;
        let title = if count > 1 {
            let of = [("table", table.title.clone().into())];
            let mut of = of.to_vec();
            of.extend([("n", (n + 1).into()), ("all", count.into())]);
            ui.lang().t_with("pack-doc-goes-on", &of)
        } else {
            table.title.clone()
        };
        let mut head = vec![ui.t("pack-doc-place")];
        if first {
            head.push(ui.t("told-total"));
        }
        head.extend(
            table
                .parts
                .get(columns.clone())
                .unwrap_or_default()
                .iter()
                .cloned(),
        );
        Grid {
            title: plain(&title),
            note: plain(&table.about),
            head: head.iter().map(|words| plain(words)).collect(),
            rows: rows
                .iter()
                .map(|row| {
                    let mut cells = vec![Text::words(&row.name)];
                    if first {
                        cells.push(Text::of(ui, &row.total));
                    }
                    let parts = row.parts.get(columns.clone()).unwrap_or_default();
                    cells.extend(parts.iter().map(|cell| Text::of(ui, cell)));
                    Line {
                        level: level(row.level),
                        cells,
                    }
                })
                .collect(),
        }
    };
    (0..count).map(piece).collect()
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Country => "country",
        Level::Region => "region",
        Level::Prefecture => "place",
    }
}

fn medians(ui: &Ui, book: &Book) -> Grid {
    let head = [
        "pack-doc-indicator",
        "pack-doc-place",
        "pack-doc-median",
        "pack-doc-p90",
        "pack-doc-over",
    ];
    let note = ui.t1("pack-doc-medians-note", "month", book.medians_of.as_str());
    Grid {
        title: plain(&ui.t("pack-doc-medians")),
        note: plain(&note),
        head: head.map(|key| plain(&ui.t(key))).into(),
        rows: book
            .medians
            .iter()
            .map(|one| Line {
                level: "plain",
                cells: vec![
                    Text::words(&one.what),
                    Text::words(&one.place),
                    Text::number(ui, one.median),
                    match one.p90 {
                        Some(days) => Text::number(ui, days),
                        None => Text::words(&ui.t("told-withheld")),
                    },
                    Text::words(&one.over),
                ],
            })
            .collect(),
    }
}

fn corrections(ui: &Ui, book: &Book) -> Grid {
    let head = [
        "pack-doc-month",
        "pack-doc-table",
        "pack-doc-place",
        "pack-doc-part",
        "pack-doc-was",
        "pack-doc-becomes",
        "pack-doc-told-by",
    ];
    let note = if book.corrections.is_empty() {
        "pack-doc-no-corrections"
    } else {
        "pack-doc-corrections-note"
    };
    Grid {
        title: plain(&ui.t("pack-doc-corrections")),
        note: plain(&ui.t(note)),
        head: head.map(|key| plain(&ui.t(key))).into(),
        rows: book
            .corrections
            .iter()
            .map(|one| Line {
                level: "plain",
                cells: vec![
                    Text::words(&one.month),
                    Text::words(&one.table),
                    Text::words(&one.place),
                    Text::words(&one.part),
                    Text::number(ui, one.was),
                    Text::number(ui, one.becomes),
                    Text::words(&one.told_by),
                ],
            })
            .collect(),
    }
}

fn facts(book: &Book) -> Vec<Fact> {
    let of = |one: &super::book::Old| Fact {
        figure: plain(&one.figure),
        scope: plain(&one.scope),
        source: plain(&one.source),
        quote: one.quote.as_deref().map(plain),
    };
    book.history.iter().map(of).collect()
}
