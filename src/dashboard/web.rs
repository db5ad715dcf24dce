//! The dashboard: one page, one form in the address.

use super::{
    asks::{Ask, asks},
    board::{Board, Facts},
    db,
    domain::{City, Published, Scope, answering, due, landmarks},
    told::Series,
};
use crate::{
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, parse_date},
    i18n::Msg,
    indicators::{self, ALL, Indicator, Of},
    releases::read::{self, Release},
    routes::Routes,
    teams::BEGAN,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{Datelike, Months, NaiveDate};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Months of the small lines.
const MONTHS: i32 = 13;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/dashboard")]
struct DashboardPath;

/// What is asked: figures up to a day, of every city, of some, or of one.
#[derive(Debug)]
struct Asked {
    day: Option<NaiveDate>,
    scope: Scope,
}

impl Asked {
    /// From the address. What is wrong is marked on its field.
    fn read(form: &mut Form, ui: &Ui) -> Self {
        let today = ui.today();
        let day = form.optional("as_of", |text| match parse_date(text)? {
            day if day > today => Err(Msg::new("error-date-future")),
            day if day < BEGAN => Err(Msg::new("dashboard-before-plan")),
            day => Ok(day),
        });
        let mut code = |field: &str| form.optional(field, |text| Ok::<_, Msg>(text.to_owned()));
        let scope = Scope {
            region: code("region"),
            phase: code("phase"),
            city: code("city"),
        };
        Self { day, scope }
    }
}

#[derive(Template)]
#[template(path = "dashboard/page.html")]
struct Page {
    ui: Ui,
    form: Form,
    choices: Choices,
    board: Option<Board>,
    asks: Option<Vec<Ask>>,
}

/// What the form offers: codes and their words.
struct Choices {
    regions: Vec<(String, String)>,
    phases: Vec<(String, String)>,
    cities: Vec<(String, String)>,
    dates: Vec<DateLink>,
}

struct DateLink {
    href: String,
    label: String,
    current: bool,
}

async fn show(
    _: DashboardPath,
    me: Require<can::FiguresRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = Asked::read(&mut form, &me.ui);
    let mut tx = me.begin_figures().await?;
    let cities = db::cities(&mut tx).await?;
    let chosen = asked.scope.cities(&cities).map_err(|(field, msg)| {
        form.fail(field, msg);
    });
    let (Ok(chosen), true) = (chosen, form.is_valid()) else {
        let choices = Choices::new(&me.ui, &cities, Vec::new());
        return refused(&Page::new(me.ui, form, choices));
    };
    let releases = read::releases(&mut tx).await?;
    let published = db::published(&mut tx).await?;
    let day = asked.day.unwrap_or_else(|| me.ui.today());
    let days = || releases.iter().map(|release| release.as_of);
    let shown = answering(day, days(), published.iter().map(|one| one.as_of));
    let release = releases.iter().find(|release| release.as_of <= day);
    let (mut told, mut series) = (None, Series::new());
    let (mut before, mut medians) = (Vec::new(), None);
    if let (Some(release), Some(last)) = (release, releases.first()) {
        told = Some(me.told(&mut tx, release, last).await?);
        series = series_of(&mut tx, release, &chosen).await?;
        for months in earlier() {
            if let Some(one) = ago(&releases, release, months) {
                before.push((months, me.told(&mut tx, one, last).await?));
            }
        }
        // told at the end of a quarter alone: those of the last one stand
        if let Some(quarter) = ago(&releases, release, release.as_of.month() % 3) {
            let told = indicators::medians(&mut tx, quarter.number).await?;
            medians = Some((quarter.as_of, told));
        }
    }
    tx.commit().await?;
    let dates = dates(
        &me.ui,
        (releases.as_slice(), published.as_slice()),
        &asked.scope,
        shown,
    );
    if let Some(day) = asked.day {
        form.set("as_of", day.format("%d/%m/%Y").to_string());
    }
    let facts = Facts {
        asked: asked.day,
        shown,
        published,
        all: &cities,
        chosen: &chosen,
        scope: &asked.scope,
        told: told.as_deref(),
        before: &before,
        medians: medians.as_ref(),
        series: &series,
    };
    let board = Board::new(&me.ui, facts);
    // what waits is of today: beside a month of the past it would be read as of that month
    let is_last = match (release, releases.first()) {
        (Some(shown), Some(last)) => shown.number == last.number,
        (None, None) => asked.day.is_none(),
        _ => false,
    };
    let asks = (is_last && asked.scope.is_whole()).then(|| {
        let late = due(me.ui.today()).filter(|month| days().max().is_some_and(|day| day < *month));
        let needs = super::needs::needs(&cities, board.rates(), late);
        asks(&me.ui, &cities, &needs)
    });
    let choices = Choices::new(&me.ui, &cities, dates);
    let mut page = Page::new(me.ui, form, choices);
    page.board = Some(board);
    page.asks = asks;
    ok(&page)
}

/// How many months before a month other months are asked for, by the indicators.
fn earlier() -> BTreeSet<u32> {
    let told = ALL
        .iter()
        .flat_map(Indicator::all)
        .filter_map(|part| part.told);
    told.filter_map(|told| match told.of {
        Of::Total(_, months) if months > 0 => Some(months),
        _ => None,
    })
    .collect()
}

/// The release so many months before another one, if its month was told.
fn ago<'r>(releases: &'r [Release], from: &Release, months: u32) -> Option<&'r Release> {
    let first = from
        .as_of
        .with_day(1)?
        .checked_sub_months(Months::new(months))?;
    let month = |day: NaiveDate| (day.year(), day.month());
    let mut releases = releases.iter();
    releases.find(|one| month(one.as_of) == month(first))
}

/// Children protected in each of the cities, month after month.
async fn series_of(tx: &mut Tx, release: &Release, cities: &[&City]) -> Result<Series, AppError> {
    let places: Vec<_> = cities.iter().map(|city| city.territory).collect();
    read::series_of(tx, release, ("children", ""), &places, MONTHS).await
}

/// The days worth a link, with what else is asked kept.
fn dates(
    ui: &Ui,
    (releases, published): (&[Release], &[Published]),
    scope: &Scope,
    shown: Option<NaiveDate>,
) -> Vec<DateLink> {
    let days: Vec<NaiveDate> = releases.iter().map(|release| release.as_of).collect();
    // the day on which the last published total closes: a link of its own
    let exact = published.iter().filter(|one| one.precision == "day");
    let closing = exact.map(|one| one.as_of).max();
    landmarks(&days, closing)
        .into_iter()
        .map(|day| DateLink {
            href: address(Some(day), scope),
            label: ui.date(day),
            current: Some(day) == shown,
        })
        .collect()
}

fn address(day: Option<NaiveDate>, scope: &Scope) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let day = day.map(|day| day.to_string());
    let fields = [
        ("as_of", &day),
        ("region", &scope.region),
        ("phase", &scope.phase),
        ("city", &scope.city),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            query.append_pair(field, value);
        }
    }
    format!("/dashboard?{}", query.finish())
}

impl Page {
    fn new(ui: Ui, form: Form, choices: Choices) -> Self {
        Self {
            ui,
            form,
            choices,
            board: None,
            asks: None,
        }
    }
}

impl Choices {
    fn new(ui: &Ui, cities: &[City], dates: Vec<DateLink>) -> Self {
        let counted = || cities.iter().filter(|city| city.is_counted());
        let say = |label| ui.say(label).to_owned();
        let mut regions: Vec<_> = counted()
            .map(|city| (city.region_code.clone(), say(&city.region_label)))
            .collect();
        regions.sort();
        regions.dedup();
        let mut phases: Vec<_> = counted()
            .map(|city| (city.phase.clone(), say(&city.phase_label)))
            .collect();
        phases.dedup();
        Self {
            regions,
            phases,
            cities: counted()
                .map(|city| (city.slug.clone(), say(&city.label)))
                .collect(),
            dates,
        }
    }
}
