//! Rates: made of two cells that are both told, drawn beside their targets.

use super::{cells::View, domain::Total, table::Table};
use crate::{
    authz::TerritoryId,
    charts::{Range, Ranges},
    indicators::{Kind, Mark, Part},
    web::Ui,
};

/// How many, and of how many.
pub(super) type Figure = (i64, Option<i64>);

/// A rate of the chart, and that of each city.
pub(super) struct Line {
    pub name: String,
    pub whole: Option<i64>,
    pub cities: Vec<Option<i64>>,
}

impl View<'_> {
    /// Whether the month has the cells of a figure.
    pub fn has(&self, part: &Part) -> bool {
        let told = part.told.filter(|told| {
            let cells = &self.month.figures;
            cells.get(told.table, None, "").is_some()
                || cells.parts(told.table, None).next().is_some()
        });
        told.is_some()
    }

    /// Of all that is looked at.
    pub fn figure(&self, part: &Part) -> Option<Figure> {
        part.told?.figure(|table, code, months| match months {
            0 => self.whole(table, code)?.shown(),
            _ => match self.total {
                Total::Cell(place) => self
                    .before(months)?
                    .figures
                    .get(table, place, code)?
                    .shown(),
                Total::Sum => self.cities.iter().try_fold(0, |sum, city| {
                    let before = self.before(months)?;
                    let told = before.figures.get(table, Some(city.territory), code)?;
                    Some(sum + told.shown()?)
                }),
            },
        })
    }

    /// Of a city.
    pub fn figure_of(&self, part: &Part, city: TerritoryId) -> Option<Figure> {
        part.told?.figure(|table, code, months| {
            let month = if months == 0 {
                self.month
            } else {
                self.before(months)?
            };
            month.figures.get(table, Some(city), code)?.shown()
        })
    }
}

/// The chart of the rates; none, without a rate.
pub(super) fn drawn(ui: &Ui, ranges: &[Range]) -> Option<Ranges> {
    let told: Vec<String> = ranges
        .iter()
        .filter_map(|range| Some(format!("{} {}", range.label, points(range.dot?))))
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let about = ui.t1("dashboard-rates-about", "rates", ui.lang().list(&told));
    (!ranges.is_empty()).then(|| Ranges::new(ui.lang(), about, ranges))
}

pub(super) fn named(code: &str, name: &str) -> String {
    format!("{code} · {name}")
}

pub(super) fn points(percent: i64) -> String {
    format!("{percent}%")
}

/// In points of a hundred, rounded half up; nothing, of nobody.
pub(super) fn percent((part, all): Figure) -> Option<i64> {
    let all = all.filter(|all| *all > 0)?;
    Some((part * 200 + all) / (all * 2))
}

/// What is to be reached or not to be passed.
pub(super) fn target_of(part: &Part) -> Option<Mark> {
    part.mark
        .filter(|mark| mark.is_target() && part.kind == Kind::Rate)
}

pub(super) fn is_kept(part: &Part, percent: Option<i64>) -> Option<bool> {
    let percent = i32::try_from(percent?).ok()?;
    target_of(part)?.is_kept(f64::from(percent))
}

pub(super) fn range(part: &Part, label: &str, line: &Line) -> Range {
    let told = || line.cities.iter().flatten().copied();
    Range {
        label: label.to_owned(),
        dot: line.whole,
        ends: told().min().zip(told().max()),
        target: target_of(part).map(|mark| mark.value().into()),
        is_bad: is_kept(part, line.whole) == Some(false),
    }
}

/// Rate by rate, city by city.
pub(super) fn table(view: &View<'_>, lines: &[Line]) -> Table {
    let ui = view.ui;
    let mut head = vec![ui.t("dashboard-indicator")];
    head.extend(view.cities.iter().map(|city| view.city(city)));
    head.push(ui.t("told-total"));
    let say = |percent: Option<i64>| percent.map_or_else(|| ui.t("told-withheld"), points);
    let rows = lines.iter().map(|line| {
        let cells = line.cities.iter().copied().chain([line.whole]);
        (line.name.clone(), cells.map(say).collect())
    });
    Table {
        caption: ui.t("dashboard-rates-title"),
        head,
        rows: rows.collect(),
        foot: None,
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_rate_is_rounded_and_of_nobody_there_is_none() {
        assert_eq!(percent((79, Some(142))), Some(56));
        assert_eq!(percent((1, Some(200))), Some(1));
        assert_eq!(percent((0, Some(7))), Some(0));
        assert_eq!(percent((0, Some(0))), None);
        assert_eq!(percent((5, None)), None);
    }
}
