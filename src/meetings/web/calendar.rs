//! The meetings month by month, and as a file for a calendar program: kinds and cities, and no name of anybody.

use super::city_names;
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, Moment},
    ics::{self, Entry},
    meetings::{
        db::{self, Asked},
        domain::{Line, State},
    },
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::{
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;

/// Days before today that a file for a calendar program begins.
const BEFORE: i64 = 92;
/// And after today that it ends.
const AFTER: i64 = 730;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/calendar")]
struct CalendarPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/calendar.ics")]
struct FilePath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show).get(file)
}

/// A meeting in the reader's words.
struct Entered {
    href: Option<String>,
    hour: Option<String>,
    kind: String,
    about: String,
    state: State,
}

/// The meetings of a day.
struct Day {
    title: String,
    meetings: Vec<Entered>,
}

#[derive(Template)]
#[template(path = "meetings/calendar.html")]
struct CalendarPage {
    ui: Ui,
    month: String,
    earlier: String,
    later: String,
    days: Vec<Day>,
}

/// The first day of the month that is asked for as `?month=2026-11`; else of this one.
fn month_of(query: Option<String>, today: NaiveDate) -> NaiveDate {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let wanted = asked
        .text("month")
        .split_once('-')
        .and_then(|(year, month)| {
            let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
            (2000..=2200).contains(&day.year()).then_some(day)
        });
    wanted.unwrap_or_else(|| today.with_day(1).unwrap_or(today))
}

fn by_day(ui: &Ui, lines: Vec<Line>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for line in lines {
        let title = ui.weekday(line.day);
        let about = line.label.as_ref().map_or_else(
            || city_names(ui, &line.cities),
            |label| ui.say(label).to_owned(),
        );
        let one = Entered {
            href: line.id.map(|id| format!("/plan/meetings/{id}")),
            hour: line.at.map(|at| ui.time(at)),
            kind: ui.label(List::MeetingKind, &line.kind),
            about,
            state: line.state,
        };
        match days.last_mut() {
            Some(day) if day.title == title => day.meetings.push(one),
            _ => days.push(Day {
                title,
                meetings: vec![one],
            }),
        }
    }
    days
}

async fn show(
    _: CalendarPath,
    me: Require<can::MeetingRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let month = month_of(query, me.ui.today());
    let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
    let before = month.checked_sub_months(Months::new(1)).unwrap_or(month);
    let asked = Asked {
        from: Some(month),
        before: Some(next),
        ..Asked::default()
    };
    let mut tx = me.begin_register().await?;
    let mut lines = db::list(&mut tx, &asked).await?;
    tx.commit().await?;
    // the list begins with the latest
    lines.reverse();
    let link = |day: NaiveDate| format!("{CalendarPath}?month={}", day.format("%Y-%m"));
    ok(&CalendarPage {
        month: me.ui.lang().month(month),
        earlier: link(before),
        later: link(next),
        days: by_day(&me.ui, lines),
        ui: me.ui,
    })
}

/// The moment at which a Moroccan day begins.
fn begins(day: NaiveDate) -> DateTime<Utc> {
    Moment::local(day, NaiveTime::MIN)
        .map_or_else(|_| day.and_time(NaiveTime::MIN).and_utc(), |at| at.0)
}

async fn file(_: FilePath, me: Require<can::MeetingRead>) -> Result<Response, AppError> {
    let today = me.ui.today();
    let span = (
        begins(today - TimeDelta::days(BEFORE)),
        begins(today + TimeDelta::days(AFTER)),
    );
    let mut tx = me.begin_register().await?;
    let coming = db::coming(&mut tx, span).await?;
    tx.commit().await?;
    let entries: Vec<Entry> = coming
        .iter()
        .map(|one| Entry {
            id: one.id.0,
            stamp: one.changed_at,
            begins: one.at,
            summary: format!(
                "{} · {}",
                me.ui.label(List::MeetingKind, &one.kind),
                city_names(&me.ui, &one.cities)
            ),
        })
        .collect();
    let head = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"meetings.ics\"",
        ),
    ];
    let name = me.ui.t("meetings-title");
    Ok((head, ics::calendar(&name, &entries)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_asked_for_or_this_one() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let of = |query: &str| month_of(Some(query.to_owned()), day(2026, 11, 24));
        assert_eq!(of("month=2021-05"), day(2021, 5, 1));
        for query in ["", "month=", "month=2026-13", "month=x-1", "month=0001-01"] {
            assert_eq!(of(query), day(2026, 11, 1), "{query}");
        }
        assert_eq!(
            begins(day(2026, 11, 24)).to_rfc3339(),
            "2026-11-23T23:00:00+00:00"
        );
    }
}
