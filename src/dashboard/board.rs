//! The figures of an answer.

use super::{
    cells::View,
    domain::{City, Published, Scope, told_on},
    indicators::{Medians, Results},
    needs::Rate,
    published::Record,
    told::{Month, Series},
};
use crate::{
    authz::TerritoryId,
    i18n::Lang,
    releases::{ToldMonth, read::Told, words},
    web::Ui,
};
use chrono::NaiveDate;
use std::sync::Arc;

/// What the page was told, and by whom it is asked.
pub(super) struct Facts<'f> {
    /// The day asked for, if one was.
    pub asked: Option<NaiveDate>,
    /// The day that answers, if any does.
    pub shown: Option<NaiveDate>,
    pub published: Vec<Published>,
    pub all: &'f [City],
    pub chosen: &'f [&'f City],
    pub scope: &'f Scope,
    pub told: Option<&'f ToldMonth>,
    /// Earlier months that indicators need.
    pub before: &'f [(u32, Arc<ToldMonth>)],
    pub medians: Option<&'f Medians>,
    pub series: &'f Series,
}

/// Everything below the form.
pub(super) struct Board {
    pub until: Option<String>,
    /// Why another day is shown than the one asked for.
    pub off_grid: Option<String>,
    pub place: String,
    pub kpis: Vec<Kpi>,
    pub record: Record,
    pub month: Option<Month>,
    pub results: Option<Results>,
    /// Why Sanad has nothing to tell, and when it will.
    pub waits: String,
}

/// A figure of the strip; its published part and its told part are told apart.
pub(super) struct Kpi {
    pub label: String,
    pub value: String,
    pub unit: String,
    pub notes: Vec<(&'static str, String)>,
    /// Whether it keeps to its target, if it has one.
    pub is_kept: Option<bool>,
}

impl Board {
    pub fn new(ui: &Ui, facts: Facts<'_>) -> Self {
        let places: Vec<TerritoryId> = facts.chosen.iter().map(|city| city.territory).collect();
        let view = facts.told.map(|month| View {
            ui,
            month,
            before: facts.before,
            all: facts.all,
            cities: facts.chosen,
            total: facts.scope.total(facts.chosen),
        });
        let record = Record::new(ui, facts.published, facts.shown, &places);
        let results = view.as_ref().map(|view| Results::new(view, facts.medians));
        let mut kpis = children(ui, &record, view.as_ref());
        kpis.extend(results.iter().flat_map(Results::kpis));
        let asked = facts.asked.zip(facts.shown).filter(|(a, b)| a != b);
        Self {
            until: facts
                .shown
                .map(|day| ui.t1("dashboard-until", "date", ui.date(day))),
            off_grid: asked.map(|(asked, shown)| {
                let (asked, shown) = (("asked", ui.date(asked)), ("shown", ui.date(shown)));
                ui.t2("dashboard-grid", asked, shown)
            }),
            place: place(ui, facts.scope, facts.chosen),
            kpis,
            record,
            month: view.as_ref().map(|view| Month::new(view, facts.series)),
            results,
            waits: waits(ui, facts.asked),
        }
    }

    /// Rates that are told, for the rules.
    pub fn rates(&self) -> &[Rate] {
        self.results.as_ref().map_or(&[], |results| &results.rates)
    }
}

/// What is looked at, in words.
fn place(ui: &Ui, scope: &Scope, chosen: &[&City]) -> String {
    let say = |label| ui.say(label).to_owned();
    let Some(one) = chosen.first().filter(|_| !scope.is_whole()) else {
        return ui.t("dashboard-all-cities");
    };
    if scope.city.is_some() {
        return say(&one.label);
    }
    let region = scope.region.as_ref().map(|_| say(&one.region_label));
    let phase = scope.phase.as_ref().map(|_| say(&one.phase_label));
    let both: Vec<String> = region.into_iter().chain(phase).collect();
    both.join(" · ")
}

/// Why there is nothing: the first month that is told is the one that runs, unless the day is long past.
fn waits(ui: &Ui, asked: Option<NaiveDate>) -> String {
    let today = ui.today();
    match (asked.filter(|day| *day < today), told_on(today)) {
        (None, Some(day)) => ui.t1("dashboard-first-month", "date", ui.date(day)),
        _ => ui.t("dashboard-none-told"),
    }
}

/// Children, girls, boys. A published total is not divided, and is added to what is told only of all its cities.
fn children(ui: &Ui, record: &Record, view: Option<&View<'_>>) -> Vec<Kpi> {
    let told = |table: &str, part: &str| view.and_then(|view| view.whole(table, part));
    let share = |part: Option<i64>, all: Option<i64>| {
        let (part, all) = (part?, all.filter(|all| *all > 0)?);
        // tenths, rounded half up
        let tenths = (part * 2000 + all) / (all * 2);
        let n = format!("{}{}{}", tenths / 10, decimal(ui), tenths % 10);
        Some(ui.t1("dashboard-share-of-children", "n", n))
    };
    let rows = [
        (
            "dashboard-kpi-children",
            "unit-child",
            record.children,
            told("children", ""),
        ),
        (
            "dashboard-kpi-girls",
            "unit-girl",
            record.girls,
            told("children_by_sex", "F"),
        ),
        (
            "dashboard-kpi-boys",
            "unit-child",
            record.boys,
            told("children_by_sex", "M"),
        ),
        (
            "dashboard-kpi-contacts",
            "unit-contact-month",
            None,
            told("contacts", ""),
        ),
    ];
    let sum = |published: Option<i64>, told: Option<Option<i64>>| match (published, told) {
        (Some(n), None) => Some(n),
        (n, Some(told)) => told.map(|told| told + n.unwrap_or(0)),
        (None, None) => None,
    };
    // a figure that stands since an earlier month is one, with its date; a share is made of one month alone
    let value = |n, told: Option<Told>| sum(n, told.map(|told| told.standing()));
    let now = |n, told: Option<Told>| sum(n, told.map(|told| told.shown()));
    let all = now(rows[0].2, rows[0].3);
    rows.into_iter()
        .filter(|(_, _, published, told)| published.is_some() || told.is_some())
        .map(|(label, unit, published, told)| {
            let sum = value(published, told);
            let mut notes = Vec::new();
            if label == "dashboard-kpi-girls" {
                notes.extend(share(now(published, told), all).map(|words| ("users", words)));
            }
            if let Some(n) = published {
                let words = ui.t1("dashboard-part-published", "n", ui.number(n));
                notes.push(("badge-check", words));
            }
            if let Some(told) = told.filter(|told| published.is_some() || told.shown().is_none()) {
                let words = ui.t1(
                    "dashboard-part-told",
                    "n",
                    words::say(Some(&told), ui.lang()),
                );
                notes.push(("calendar", words));
            }
            Kpi {
                label: ui.t(label),
                value: sum.map_or_else(
                    || words::say(told.filter(|told| *told == Told::Few).as_ref(), ui.lang()),
                    |n| ui.number(n),
                ),
                unit: sum.map_or_else(String::new, |n| ui.n(unit, n)),
                notes,
                is_kept: None,
            }
        })
        .collect()
}

/// Between whole and tenths.
fn decimal(ui: &Ui) -> &'static str {
    if ui.lang() == Lang::En { "." } else { "," }
}

impl Kpi {
    /// Class of a figure that keeps to its target, or misses it.
    pub fn class(&self) -> &'static str {
        match self.is_kept {
            Some(true) => " good",
            Some(false) => " bad",
            None => "",
        }
    }
}
