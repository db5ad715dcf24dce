//! Two pages over the same period: what was counted, and the indicators.

use super::{
    against::Against,
    board::{self, Counts, Kpi},
    domain::{Period, usual},
    measured::{Group, complete},
    series::Series,
    words::Bars,
};
use crate::{
    authz::{Require, TerritoryId, can},
    error::AppError,
    forms::{Form, parse_date},
    indicators, rollups,
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
    Routes::default().get(counts).get(measured)
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/figures")]
struct CountsPath;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/figures/indicators")]
struct IndicatorsPath;

/// Both pages, with the keys of their names.
const PAGES: [(&str, &str); 2] = [
    (CountsPath::PATH, "figures-counts"),
    (IndicatorsPath::PATH, "figures-indicators"),
];

/// A link of the head.
struct Chip {
    href: String,
    words: String,
    current: bool,
}

/// What stands above both pages.
struct Frame {
    action: &'static str,
    city: String,
    period: String,
    stamp: String,
    tabs: Vec<Chip>,
    chips: Vec<Chip>,
}

impl Frame {
    /// Of a page over a period; while that is not right, of the page alone.
    fn new(ui: &Ui, action: &'static str, place: TerritoryId, period: Option<Period>) -> Self {
        let city = ui.catalogue().territory(place);
        let tabs = PAGES.map(|(path, key)| Chip {
            href: period.map_or_else(|| path.to_owned(), |period| address(path, period)),
            words: ui.t(key),
            current: path == action,
        });
        let chips = usual(ui.today()).map(|(key, usual)| Chip {
            href: address(action, usual),
            words: ui.t(key),
            current: Some(usual) == period,
        });
        Self {
            action,
            city: city.map_or_else(String::new, |city| ui.say(&city.label).to_owned()),
            period: period.map_or_else(String::new, |period| in_words(ui, period)),
            stamp: ui.t1("figures-stamp", "time", ui.time(ui.now())),
            tabs: tabs.into(),
            chips: chips.into(),
        }
    }
}

fn in_words(ui: &Ui, period: Period) -> String {
    let (from, until) = (ui.date(period.from), ui.date(period.until));
    ui.t2("figures-period", ("from", from), ("until", until))
}

fn address(path: &str, period: Period) -> String {
    format!("{path}?from={}&until={}", period.from, period.until)
}

/// The period that is asked for. What is wrong with it is told beside its field, and what was typed stays.
fn read(form: &mut Form, today: NaiveDate) -> Option<Period> {
    let from = form.optional("from", parse_date);
    let until = form.optional("until", parse_date);
    if !form.is_valid() {
        return None;
    }
    match Period::asked(from, until, today) {
        Ok(period) => {
            for (field, day) in [("from", period.from), ("until", period.until)] {
                form.set(field, day.format("%d/%m/%Y").to_string());
            }
            Some(period)
        }
        Err((field, msg)) => {
            form.fail(field, msg);
            None
        }
    }
}

/// The counts of a period.
struct Board {
    kpis: Vec<Kpi>,
    cards: Vec<Bars>,
    series: Series,
}

#[derive(Template)]
#[template(path = "city_figures/counts.html")]
struct CountsPage {
    ui: Ui,
    form: Form,
    frame: Frame,
    board: Option<Board>,
}

async fn counts(
    _: CountsPath,
    me: Require<can::CityFigures>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let here = me.actor.territory();
    let period = read(&mut form, me.ui.today());
    let frame = Frame::new(&me.ui, CountsPath::PATH, here, period);
    let Some(period) = period else {
        let (ui, board) = (me.ui, None);
        return refused(&CountsPage {
            ui,
            form,
            frame,
            board,
        });
    };
    let mut tx = me.begin().await?;
    let cells = rollups::of_city(&mut tx, here, period.days()).await?;
    let months = rollups::months_of_city(&mut tx, here, period.series().days()).await?;
    tx.commit().await?;
    let counts = Counts(&cells);
    let board = Some(Board {
        kpis: board::strip(&me.ui, counts),
        cards: board::cards(&me.ui, counts),
        series: Series::new(&me.ui, period.series(), &months),
    });
    let ui = me.ui;
    ok(&CountsPage {
        ui,
        form,
        frame,
        board,
    })
}

#[derive(Template)]
#[template(path = "city_figures/indicators.html")]
struct IndicatorsPage {
    ui: Ui,
    form: Form,
    frame: Frame,
    /// Of how many files all is known that figures are split by.
    complete: Option<String>,
    against: Option<Against>,
    groups: Vec<Group>,
}

async fn measured(
    _: IndicatorsPath,
    me: Require<can::CityFigures>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let here = me.actor.territory();
    let period = read(&mut form, me.ui.today());
    let frame = Frame::new(&me.ui, IndicatorsPath::PATH, here, period);
    let Some(period) = period else {
        return refused(&IndicatorsPage {
            ui: me.ui,
            form,
            frame,
            complete: None,
            against: None,
            groups: Vec::new(),
        });
    };
    let mut tx = me.begin().await?;
    let figures = indicators::of_city(&mut tx, here, &period.days()).await?;
    tx.commit().await?;
    ok(&IndicatorsPage {
        complete: complete(&me.ui, &figures),
        against: Against::new(&me.ui, &figures),
        groups: Group::all(&me.ui, &figures),
        ui: me.ui,
        form,
        frame,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

    fn told(query: &str) -> (Option<Period>, Form) {
        let mut form = Form::parse(query.as_bytes());
        let period = read(&mut form, TODAY);
        (period, form)
    }

    #[test]
    fn a_period_is_read_or_told_beside_its_field_and_kept() {
        for (query, field, typed) in [
            ("from=31/02/2026", "from", "31/02/2026"),
            ("from=hier&until=24/11/2026", "from", "hier"),
            ("until=25/11/2026", "until", "25/11/2026"),
            ("from=03/12/2019&until=31/12/2019", "from", "03/12/2019"),
            ("from=02/02/2026&until=01/02/2026", "until", "01/02/2026"),
        ] {
            let (period, form) = told(query);
            assert_eq!(period, None, "{query}");
            assert!(form.error(field).is_some(), "{query}");
            assert_eq!(form.errors().len(), 1, "{query}");
            assert_eq!(form.text(field), typed);
        }
        let (period, form) = told("");
        assert_eq!(form.text("from"), "01/01/2026");
        assert_eq!(form.text("until"), "24/11/2026");
        // a link of the page leads to what it says
        let link = address("/figures", period.unwrap());
        assert_eq!(link, "/figures?from=2026-01-01&until=2026-11-24");
        let (_, query) = link.split_once('?').unwrap();
        assert_eq!(told(query).0, period);
    }
}
