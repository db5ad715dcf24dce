//! The figures of a court, for its chief: what came, how long it took, what was decided, what waits. Of this court alone.

use crate::{
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, parse_date},
    i18n::Msg,
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use sqlx::types::Json;

/// The longest period, in days.
const LONGEST: i64 = 3660;
/// Classes of age of what waits.
const AGES: [&str; 5] = [
    "judicial-age-day",
    "judicial-age-three",
    "judicial-age-week",
    "judicial-age-month",
    "judicial-age-older",
];

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/statistics")]
struct StatisticsPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// From one day to another, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// From the first day of that month of this year to today.
    fn since(month: u32, today: NaiveDate) -> Self {
        let from = NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today);
        Self { from, to: today }
    }

    /// The periods that are one press away: this month, this quarter, this year.
    fn usual(today: NaiveDate) -> [(&'static str, Self); 3] {
        let month = today.month();
        [
            ("judicial-period-month", Self::since(month, today)),
            (
                "judicial-period-quarter",
                Self::since((month - 1) / 3 * 3 + 1, today),
            ),
            ("judicial-period-year", Self::since(1, today)),
        ]
    }

    fn href(self) -> String {
        let day = |day: NaiveDate| day.format("%d-%m-%Y").to_string();
        format!(
            "/prosecution/statistics?from={}&to={}",
            day(self.from),
            day(self.to)
        )
    }
}

/// How many, and how long one in the middle took.
#[derive(Debug, Default, Deserialize)]
struct Median {
    n: i64,
    minutes: Option<i64>,
}

/// Urgent notices, and how many were acknowledged.
#[derive(Debug, Default, Deserialize)]
struct Notices {
    n: i64,
    seen: i64,
    minutes: Option<i64>,
}

/// Decisions of one kind.
#[derive(Debug, Deserialize)]
struct OfKind {
    kind: String,
    n: i64,
}

/// Files that wait for one thing, of one class of age.
#[derive(Debug, Deserialize)]
struct Pending {
    awaits: String,
    age: usize,
    n: i64,
}

/// What `app.court_statistics` counts.
#[derive(Debug, Default, Deserialize)]
struct Figures {
    received: i64,
    children: i64,
    adults: i64,
    sent_on: i64,
    returned: i64,
    closed: i64,
    measures: Median,
    settled: Median,
    notices: Notices,
    child_kinds: Vec<OfKind>,
    adult_kinds: Vec<OfKind>,
    pending: Vec<Pending>,
}

/// A line of a table, in the reader's words.
struct Line {
    name: String,
    value: String,
    /// What was counted.
    unit: String,
}

/// A row of what waits: its name, a number for each class of age, and their sum.
struct Waiting {
    name: String,
    ages: Vec<String>,
    all: String,
}

/// A period that is one press away.
struct Chip {
    href: String,
    words: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "prosecution/statistics.html")]
struct StatisticsPage {
    ui: Ui,
    form: Form,
    court: String,
    /// The period in words, beside each table.
    period: String,
    chips: Vec<Chip>,
    figures: Vec<Line>,
    on_children: Vec<Line>,
    on_adults: Vec<Line>,
    ages: Vec<String>,
    waiting: Vec<Waiting>,
}

async fn show(
    _: StatisticsPath,
    me: Require<can::CourtFigures>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let period = period(&mut form, me.ui.today());
    let mut figures = Figures::default();
    if form.is_valid() {
        let mut tx = me.begin().await?;
        figures = count(&mut tx, period).await?;
        tx.commit().await?;
    }
    let valid = form.is_valid();
    let court = me.ui.court(me.actor.court());
    let page = StatisticsPage::new(me.ui, form, court, period, &figures);
    if valid { ok(&page) } else { refused(&page) }
}

async fn count(tx: &mut Tx, period: Period) -> Result<Figures, AppError> {
    let counted = sqlx::query_scalar!(
        r#"select app.court_statistics($1, $2) as "figures!: Json<Figures>""#,
        period.from,
        period.to
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(counted.0)
}

/// The period that is asked for, this month at first. What is wrong with it is told beside its field.
fn period(form: &mut Form, today: NaiveDate) -> Period {
    let usual = Period::since(today.month(), today);
    let from = form.optional("from", parse_date);
    let to = form.optional("to", parse_date);
    let period = Period {
        from: from.unwrap_or(usual.from),
        to: to.unwrap_or(usual.to),
    };
    if period.from > period.to || (period.to - period.from).num_days() > LONGEST {
        form.fail("to", Msg::new("judicial-period-wrong"));
    }
    for (field, day) in [("from", period.from), ("to", period.to)] {
        if form.text(field).is_empty() {
            form.set(field, day.format("%d/%m/%Y").to_string());
        }
    }
    period
}

/// Key of what a file waits for (`judicial_file.awaits`).
fn awaited(code: &str) -> &'static str {
    match code {
        "receipt" => "judicial-waits-receipt",
        "completion" => "judicial-waits-completion",
        "child_measure" => "judicial-waits-child-measure",
        "adult_decision" => "judicial-waits-adult-decision",
        _ => "judicial-waits-adult-again",
    }
}

/// The order of the rows of what waits.
const AWAITS: [&str; 5] = [
    "receipt",
    "child_measure",
    "adult_decision",
    "adult_again",
    "completion",
];

/// Minutes as people say them: minutes up to two hours, hours up to two days, then days.
fn duration(ui: &Ui, minutes: Option<i64>) -> String {
    match minutes {
        None => "—".to_owned(),
        Some(n) if n < 120 => ui.n("judicial-minutes", n),
        Some(n) if n < 48 * 60 => ui.n("judicial-hours", (n + 30) / 60),
        Some(n) => ui.n("judicial-days", (n + 720) / 1440),
    }
}

impl StatisticsPage {
    fn new(ui: Ui, form: Form, court: String, period: Period, figures: &Figures) -> Self {
        let words = (ui.date(period.from), ui.date(period.to));
        let chip = |(key, usual): (&str, Period)| Chip {
            href: usual.href(),
            words: ui.t(key),
            current: usual == period,
        };
        let kinds = |list, kinds: &[OfKind]| {
            kinds
                .iter()
                .map(|of| Line {
                    name: ui.label(list, &of.kind),
                    value: ui.number(of.n),
                    unit: ui.t("judicial-unit-decisions"),
                })
                .collect::<Vec<Line>>()
        };
        Self {
            period: ui.t2("judicial-period", ("from", words.0), ("to", words.1)),
            chips: Period::usual(ui.today()).into_iter().map(chip).collect(),
            figures: lines(&ui, figures),
            on_children: kinds(List::ChildDecisionKind, &figures.child_kinds),
            on_adults: kinds(List::AdultDecisionKind, &figures.adult_kinds),
            ages: AGES.iter().map(|key| ui.t(key)).collect(),
            waiting: waiting(&ui, &figures.pending),
            ui,
            form,
            court,
        }
    }
}

fn lines(ui: &Ui, figures: &Figures) -> Vec<Line> {
    let line = |name: &str, value: String, unit: String| Line {
        name: ui.t(name),
        value,
        unit,
    };
    let number = |name, n: i64, unit: &str| line(name, ui.number(n), ui.t(unit));
    let (measures, settled, notices) = (&figures.measures, &figures.settled, &figures.notices);
    vec![
        number(
            "judicial-stat-received",
            figures.received,
            "judicial-unit-files",
        ),
        number(
            "judicial-stat-children",
            figures.children,
            "judicial-unit-children",
        ),
        number(
            "judicial-stat-adults",
            figures.adults,
            "judicial-unit-adults",
        ),
        line(
            "judicial-stat-to-measure",
            duration(ui, measures.minutes),
            ui.n("judicial-median-children", measures.n),
        ),
        line(
            "judicial-stat-to-decision",
            duration(ui, settled.minutes),
            ui.n("judicial-median-adults", settled.n),
        ),
        number(
            "judicial-stat-sent-on",
            figures.sent_on,
            "judicial-unit-files",
        ),
        number(
            "judicial-stat-returned",
            figures.returned,
            "judicial-unit-times",
        ),
        number(
            "judicial-stat-closed",
            figures.closed,
            "judicial-unit-times",
        ),
        number("judicial-stat-notices", notices.n, "judicial-unit-notices"),
        line(
            "judicial-stat-to-notice",
            duration(ui, notices.minutes),
            ui.n("judicial-median-notices", notices.seen),
        ),
    ]
}

fn waiting(ui: &Ui, pending: &[Pending]) -> Vec<Waiting> {
    let row = |awaits: &&str| {
        let of = || pending.iter().filter(|one| one.awaits == *awaits);
        let in_age = |age: usize| -> i64 {
            let of_age = of().filter(|one| one.age == age);
            of_age.map(|one| one.n).sum()
        };
        Waiting {
            name: ui.t(awaited(awaits)),
            ages: (0..AGES.len()).map(|age| ui.number(in_age(age))).collect(),
            all: ui.number(of().map(|one| one.n).sum::<i64>()),
        }
    };
    AWAITS.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn usual_periods_end_today() {
        let today = day(2026, 11, 24);
        let [month, quarter, year] = Period::usual(today).map(|(_, period)| period);
        assert_eq!(month.from, day(2026, 11, 1));
        assert_eq!(quarter.from, day(2026, 10, 1));
        assert_eq!(year.from, day(2026, 1, 1));
        for period in [month, quarter, year] {
            assert_eq!(period.to, today);
        }
        assert_eq!(
            month.href(),
            "/prosecution/statistics?from=01-11-2026&to=24-11-2026"
        );
    }

    #[test]
    fn a_period_is_read_or_told() {
        let today = day(2026, 11, 24);
        let mut form = Form::parse(b"");
        assert_eq!(period(&mut form, today).from, day(2026, 11, 1));
        assert_eq!(form.text("to"), "24/11/2026");
        for query in [
            "from=31/02/2026",
            "from=02/01/2026&to=01/01/2026",
            "from=01/01/1990",
        ] {
            let mut form = Form::parse(query.as_bytes());
            period(&mut form, today);
            assert!(!form.is_valid(), "{query}");
        }
    }

    #[test]
    fn what_waits_is_what_a_file_waits_for() {
        let sql = include_str!("../../../migrations/0009_prosecution.sql");
        let (_, after) = sql
            .split_once("judicial_file_awaits_check check (awaits in (")
            .unwrap();
        let (list, _) = after.split_once("))").unwrap();
        let mut held: Vec<&str> = list
            .split(',')
            .map(|code| code.trim().trim_matches('\''))
            .collect();
        let mut ours = AWAITS.to_vec();
        held.sort_unstable();
        ours.sort_unstable();
        assert_eq!(held, ours);
    }
}
