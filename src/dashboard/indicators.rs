//! The indicators of the plan, as far as a month tells them to the committee.

use super::{
    board::Kpi,
    cells::View,
    domain::Total,
    needs::Rate,
    rates::{Figure, Line, drawn, is_kept, named, percent, points, range, table, target_of},
    table::Table,
};
use crate::{
    charts::Ranges,
    disclosure::Growth,
    indicators::{self, ALL, Indicator, Kind, Mark, Part, ToldMedian},
    releases::words::growth_of,
    web::Ui,
};
use chrono::NaiveDate;

/// Rates with a target that stand among the key figures.
const KEY: usize = 4;

/// Medians, and the day up to which they were told.
pub(super) type Medians = (NaiveDate, Vec<ToldMedian>);

/// All twenty-four.
pub(super) struct Results {
    pub rows: Vec<Row>,
    /// Those that the committee is not told, and why.
    pub untold: Vec<(String, String)>,
    pub chart: Option<Ranges>,
    /// Rate by rate, city by city.
    pub cities: Option<Table>,
    /// Times, as far as they are told.
    pub medians: Vec<String>,
    /// For the rules.
    pub rates: Vec<Rate>,
    keys: Vec<Key>,
}

/// A figure of an indicator.
pub(super) struct Row {
    pub code: String,
    pub name: String,
    pub about: Option<String>,
    pub unit: String,
    /// Which days are counted.
    pub period: String,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub target: String,
    pub is_kept: Option<bool>,
}

/// A rate of the strip.
struct Key {
    label: String,
    value: String,
    target: String,
    is_kept: Option<bool>,
}

impl Results {
    pub fn new(view: &View<'_>, medians: Option<&Medians>) -> Self {
        let mut results = Self {
            rows: Vec::new(),
            untold: Vec::new(),
            chart: None,
            cities: None,
            medians: Vec::new(),
            rates: Vec::new(),
            keys: Vec::new(),
        };
        let (mut ranges, mut lines) = (Vec::new(), Vec::new());
        for one in &ALL {
            let mut is_told = false;
            for (nth, part) in one.all().enumerate() {
                let label = if nth == 0 {
                    one.code.to_owned()
                } else {
                    format!("{}.{nth}", one.code)
                };
                let name = indicators::part(view.ui, one, &part, None);
                let of = (label.as_str(), name.as_str());
                if results.median(view, (one, &part), &name, medians) {
                    is_told = true;
                }
                if !view.has(&part) {
                    continue;
                }
                is_told = true;
                let whole = view.figure(&part);
                results.row(view, (one, &part), of, whole);
                if part.kind == Kind::Rate {
                    let line = results.rate(view, (one, &part), of, whole);
                    ranges.push(range(&part, &label, &line));
                    lines.push(line);
                }
            }
            if !is_told {
                let name = indicators::name(view.ui, one);
                results
                    .untold
                    .push((named(one.code, &name), why(view.ui, one)));
            }
        }
        results.chart = drawn(view.ui, &ranges);
        results.cities = (!lines.is_empty()).then(|| table(view, &lines));
        results
    }

    fn row(
        &mut self,
        view: &View<'_>,
        (one, part): (&Indicator, &Part),
        (label, name): (&str, &str),
        whole: Option<Figure>,
    ) {
        let ui = view.ui;
        let percent = whole.and_then(percent);
        let not_told = || ui.t("told-withheld");
        let value = match part.kind {
            Kind::Rate => percent.map(points),
            _ => whole.map(|(n, _)| ui.number(n)),
        };
        let value = value.unwrap_or_else(not_told);
        let is_kept = is_kept(part, percent);
        let target = part.mark.map_or_else(String::new, |mark| {
            let figure = match part.kind {
                Kind::Rate => points(mark.value().into()),
                _ => ui.number(i64::from(mark.value())),
            };
            indicators::mark(ui, mark, figure)
        });
        if target_of(part).is_some() && part.code.is_empty() {
            self.keys.push(Key {
                label: name.to_owned(),
                value: value.clone(),
                target: target.clone(),
                is_kept,
            });
        }
        self.rows.push(Row {
            code: label.to_owned(),
            name: name.to_owned(),
            about: part.code.is_empty().then(|| indicators::about(ui, one)),
            unit: indicators::unit(ui, part.unit),
            period: part
                .told
                .map_or_else(String::new, |told| period(view, told.table)),
            numerator: whole.map_or_else(not_told, |(n, _)| ui.number(n)),
            denominator: match (part.kind, whole) {
                (Kind::Count, _) => String::new(),
                (_, whole) => whole
                    .and_then(|(_, n)| n)
                    .map_or_else(not_told, |n| ui.number(n)),
            },
            value,
            target,
            is_kept,
        });
    }

    /// The rate of all and of each city; what has a target goes to the rules.
    fn rate(
        &mut self,
        view: &View<'_>,
        (one, part): (&Indicator, &Part),
        (label, name): (&str, &str),
        whole: Option<Figure>,
    ) -> Line {
        let whole = whole.and_then(percent);
        let places = view.cities.iter();
        let cities = places.map(|city| view.figure_of(part, city.territory).and_then(percent));
        let cities: Vec<Option<i64>> = cities.collect();
        if let Some(mark) = target_of(part).filter(|_| part.code.is_empty()) {
            let slugs = view.cities.iter().map(|city| Some(city.slug.clone()));
            let told = std::iter::once((None, whole)).chain(slugs.zip(cities.iter().copied()));
            self.rates.extend(told.filter_map(|(city, percent)| {
                Some(Rate {
                    indicator: one.code.to_owned(),
                    city,
                    percent: percent?,
                    target: mark.value().into(),
                    up: matches!(mark, Mark::AtLeast(..)),
                })
            }));
        }
        Line {
            name: named(label, name),
            whole,
            cities,
        }
    }

    /// A time that was told of the country or of a region.
    fn median(
        &mut self,
        view: &View<'_>,
        (one, part): (&Indicator, &Part),
        name: &str,
        medians: Option<&Medians>,
    ) -> bool {
        let Some((day, medians)) = medians.filter(|_| part.is_told_as_median) else {
            return false;
        };
        let Total::Cell(place) = view.total else {
            return false;
        };
        let mut told = medians.iter();
        let found = told.find(|median| {
            median.indicator == one.code && median.part == part.code && median.place == place
        });
        let Some(found) = found else {
            return false;
        };
        let ui = view.ui;
        let args = [
            ("name", named(one.code, name).into()),
            ("days", ui.n("dashboard-days", found.median_days).into()),
            ("over", found.over.as_str().into()),
            ("date", ui.date(day).into()),
        ];
        self.medians
            .push(ui.lang().t_with("dashboard-median", &args));
        true
    }

    /// The first rates that have a target.
    pub fn kpis(&self) -> impl Iterator<Item = Kpi> {
        self.keys.iter().take(KEY).map(|key| Kpi {
            label: key.label.clone(),
            value: key.value.clone(),
            unit: String::new(),
            notes: vec![("flag", key.target.clone())],
            is_kept: key.is_kept,
        })
    }
}

/// Which days a table counts.
fn period(view: &View<'_>, table: &str) -> String {
    let (ui, day) = (view.ui, view.month.release.as_of);
    match growth_of(table) {
        Some(Growth::Flow) => ui.t1("dashboard-period-month", "month", ui.lang().month(day)),
        Some(Growth::Stock) => ui.t1("dashboard-period-on", "date", ui.date(day)),
        Some(Growth::Cumulative) | None => ui.t1("dashboard-period-since", "date", ui.date(day)),
    }
}

/// Why an indicator is not among the cells of the month.
fn why(ui: &Ui, one: &Indicator) -> String {
    let mut parts = one.all();
    ui.t(if one.first.told.is_some() {
        "dashboard-untold-yet"
    } else if parts.any(|part| part.is_told_as_median) {
        "dashboard-untold-median"
    } else {
        "dashboard-untold-city"
    })
}
