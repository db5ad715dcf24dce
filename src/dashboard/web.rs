//! The dashboard: one page, one form of two fields in the address.

use super::{
    db,
    domain::{Published, landmarks},
    live::Live,
    published::Record,
};
use crate::{
    authz::{Require, can},
    error::AppError,
    figures::Counted,
    forms::{Form, parse_date},
    i18n::Msg,
    reference::City,
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/dashboard")]
struct DashboardPath;

/// What is asked: figures up to a day, of every city or of one.
#[derive(Debug)]
struct Asked {
    day: NaiveDate,
    city: Option<City>,
}

impl Asked {
    /// From the address. What is wrong is marked on its field.
    fn read(form: &mut Form, ui: &Ui) -> Option<Self> {
        let today = ui.today();
        let day = form.optional("as_of", |text| match parse_date(text)? {
            day if day > today => Err(Msg::new("error-date-future")),
            day => Ok(day),
        });
        let cities = ui.catalogue().cities();
        let city = form.optional("city", |slug| {
            cities
                .iter()
                .find(|c| c.slug == slug)
                .cloned()
                .ok_or_else(|| Msg::new("error-choice"))
        });
        form.is_valid().then(|| Self {
            day: day.unwrap_or(today),
            city,
        })
    }
}

#[derive(Template)]
#[template(path = "dashboard/page.html")]
struct Page {
    ui: Ui,
    form: Form,
    cities: Vec<(String, String)>,
    board: Option<Board>,
}

/// The figures of an answer.
struct Board {
    until: String,
    /// Why another day is shown than the one asked for.
    off_grid: Option<String>,
    city: Option<String>,
    dates: Vec<DateLink>,
    record: Record,
    live: Option<Live>,
    counted_at: String,
    no_live: String,
    kpis: Vec<Kpi>,
}

struct DateLink {
    href: String,
    label: String,
    current: bool,
}

/// A figure of the strip; its published part and its live part are told apart.
struct Kpi {
    label: String,
    value: String,
    unit: String,
    published: Option<String>,
    live: Option<String>,
}

async fn show(
    _: DashboardPath,
    me: Require<can::FiguresRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let Some(asked) = Asked::read(&mut form, &me.ui) else {
        return refused(&Page::new(me.ui, form, None));
    };
    let mut tx = me.begin_figures().await?;
    let shown = db::answerable(&mut tx, asked.day).await?;
    let published = db::published(&mut tx).await?;
    tx.commit().await?;
    let counted = me.figures(shown).await?;
    form.set("as_of", asked.day.format("%d/%m/%Y").to_string());
    let board = Board::new(&me.ui, asked, shown, published, &counted);
    ok(&Page::new(me.ui, form, Some(board)))
}

impl Page {
    fn new(ui: Ui, form: Form, board: Option<Board>) -> Self {
        let cities = ui.catalogue().cities();
        let cities = cities
            .iter()
            .map(|c| (c.slug.clone(), ui.say(&c.label).to_owned()))
            .collect();
        Self {
            ui,
            form,
            cities,
            board,
        }
    }
}

impl Board {
    fn new(
        ui: &Ui,
        asked: Asked,
        shown: NaiveDate,
        published: Vec<Published>,
        counted: &Counted,
    ) -> Self {
        let cells = &counted.cells;
        let Asked { day, city } = asked;
        // the day on which the last published total of children closes: a link of its own
        let closing = published
            .iter()
            .filter(|p| p.precision == "day")
            .map(|p| p.as_of)
            .max();
        let dates = landmarks(ui.today(), closing)
            .into_iter()
            .map(|day| DateLink::new(ui, day, city.as_ref(), day == shown))
            .collect();
        let record = Record::new(ui, published, shown, city.as_ref());
        let live = (!cells.is_empty()).then(|| Live::new(ui, cells, shown, city.as_ref()));
        let kpis = kpis(ui, &record, live.as_ref(), city.is_some());
        let until = ui.date(shown);
        Self {
            off_grid: (day != shown).then(|| {
                ui.t2(
                    "dashboard-grid",
                    ("asked", ui.date(day)),
                    ("shown", until.as_str()),
                )
            }),
            counted_at: ui.t1("dashboard-counted-at", "time", ui.time(counted.at)),
            no_live: ui.t1("dashboard-live-none", "date", until.as_str()),
            until: ui.t1("dashboard-until", "date", until),
            city: city.map(|c| ui.say(&c.label).to_owned()),
            dates,
            record,
            live,
            kpis,
        }
    }
}

impl DateLink {
    fn new(ui: &Ui, day: NaiveDate, city: Option<&City>, current: bool) -> Self {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if day != ui.today() {
            query.append_pair("as_of", &day.to_string());
        }
        if let Some(city) = city {
            query.append_pair("city", &city.slug);
        }
        let query = query.finish();
        let label = if day == ui.today() {
            ui.t("dashboard-today")
        } else {
            ui.date(day)
        };
        let href = if query.is_empty() {
            "/dashboard".to_owned()
        } else {
            format!("/dashboard?{query}")
        };
        Self {
            href,
            label,
            current,
        }
    }
}

/// Children, girls, boys, cases. Of one city only what is live: a published total is not divided.
fn kpis(ui: &Ui, record: &Record, live: Option<&Live>, one_city: bool) -> Vec<Kpi> {
    let published = |n: Option<i64>| n.filter(|_| !one_city);
    let total = live.map(|l| l.total);
    [
        (
            "dashboard-kpi-children",
            "unit-child",
            published(record.children),
            total.map(|t| t.children()),
        ),
        (
            "dashboard-kpi-girls",
            "unit-girl",
            published(record.girls),
            total.map(|t| t.girls),
        ),
        (
            "dashboard-kpi-boys",
            "unit-child",
            published(record.boys),
            total.map(|t| t.boys),
        ),
        (
            "dashboard-kpi-handled",
            "unit-case",
            published(record.cases),
            total.map(|t| t.handled),
        ),
    ]
    .into_iter()
    .filter(|(_, _, published, live)| published.is_some() || live.is_some())
    .map(|(label, unit, published, live)| {
        let value = published.unwrap_or(0) + live.unwrap_or(0);
        Kpi {
            label: ui.t(label),
            value: ui.number(value),
            unit: ui.n(unit, value),
            published: published.map(|n| ui.t1("dashboard-part-published", "n", ui.number(n))),
            live: live.map(|n| ui.t1("dashboard-part-live", "n", ui.number(n))),
        }
    })
    .collect()
}
