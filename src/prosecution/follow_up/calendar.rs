//! The hearings of a court, month by month, without a name; as a file for a calendar program; and the address under
//! which a telephone subscribes to them.

use super::db::{self, Hearing};
use crate::{
    authz::{Fresh, Recency, Require, can},
    error::AppError,
    forms::Form,
    i18n::Lang,
    ics::{self, Entry},
    ids::CourtId,
    reference::{Catalogue, List},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Africa::Casablanca;
use rand::Rng as _;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Days before today that a file for a calendar program begins.
const BEFORE: i64 = 31;
/// And after today that it ends.
const AFTER: i64 = 730;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/calendar")]
struct CalendarPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/calendar.ics")]
struct FilePath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/calendar/code")]
struct MakePath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/calendar/end")]
struct EndPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show).get(file).post(make).post(end)
}

/// A hearing in the reader's words.
struct Line {
    href: String,
    number: String,
    hour: String,
    venue: String,
    outcome: String,
}

/// The hearings of a day.
struct Day {
    title: String,
    hearings: Vec<Line>,
}

#[derive(Template)]
#[template(path = "prosecution/calendar.html")]
struct CalendarPage {
    ui: Ui,
    month: String,
    earlier: String,
    later: String,
    days: Vec<Day>,
    /// Since when there is an address.
    since: Option<String>,
    /// The address, shown this once.
    address: Option<String>,
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

/// The moment at which a Moroccan day begins.
pub(super) fn begins(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    Casablanca
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

/// What a calendar program is given: a month back, two years ahead.
pub(super) fn span(today: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let day = |ahead| begins(today + TimeDelta::days(ahead));
    (day(-BEFORE), day(AFTER))
}

async fn page_of<R: Recency>(
    me: &Require<can::ProsecutionReceive, R>,
    month: NaiveDate,
    address: Option<String>,
) -> Result<CalendarPage, AppError> {
    let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
    let before = month.checked_sub_months(Months::new(1)).unwrap_or(month);
    let mut tx = me.begin().await?;
    let hearings = db::hearings(&mut tx, &me.actor, (begins(month), begins(next))).await?;
    let since = db::feed_since(&mut tx).await?;
    tx.commit().await?;
    let link = |day: NaiveDate| format!("/prosecution/calendar?month={}", day.format("%Y-%m"));
    Ok(CalendarPage {
        month: me.ui.lang().month(month),
        earlier: link(before),
        later: link(next),
        days: by_day(&me.ui, hearings),
        since: since.map(|at| me.ui.date(me.ui.day_of(at))),
        ui: me.ui.clone(),
        address,
    })
}

fn by_day(ui: &Ui, hearings: Vec<Hearing>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for hearing in hearings {
        let title = ui.weekday(ui.day_of(hearing.at));
        let label = |list, code: &Option<String>| {
            code.as_ref()
                .map(|code| ui.label(list, code))
                .unwrap_or_default()
        };
        let line = Line {
            href: format!("/prosecution/{}", hearing.file),
            hour: ui.time(hearing.at),
            venue: label(List::CourtVenue, &hearing.venue),
            outcome: label(List::CourtOutcome, &hearing.outcome),
            number: hearing.number,
        };
        match days.last_mut() {
            Some(day) if day.title == title => day.hearings.push(line),
            _ => days.push(Day {
                title,
                hearings: vec![line],
            }),
        }
    }
    days
}

async fn show(
    _: CalendarPath,
    me: Require<can::ProsecutionReceive>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let month = month_of(query, me.ui.today());
    ok(&page_of(&me, month, None).await?)
}

async fn file(_: FilePath, me: Require<can::ProsecutionReceive>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let hearings = db::hearings(&mut tx, &me.actor, span(me.ui.today())).await?;
    tx.commit().await?;
    let court = me.actor.court();
    Ok(answer(me.ui.catalogue(), me.ui.lang(), court, &hearings))
}

/// A new address in place of the one before. It is shown in this answer and kept nowhere: only its hash is.
async fn make(
    _: MakePath,
    me: Require<can::ProsecutionReceive, Fresh>,
    State(state): State<AppState>,
) -> Result<Response, AppError> {
    let mut secret = [0u8; 16];
    rand::rng().fill_bytes(&mut secret);
    let token = hex::encode(secret);
    let mut tx = me.begin().await?;
    db::make_feed(&mut tx, &print(&token)).await?;
    tx.commit().await?;
    let site = state.config.public_url.trim_end_matches('/');
    let address = format!("{site}/calendar/{token}.ics");
    let month = month_of(None, me.ui.today());
    ok(&page_of(&me, month, Some(address)).await?)
}

async fn end(_: EndPath, me: Require<can::ProsecutionReceive>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    db::end_feed(&mut tx).await?;
    tx.commit().await?;
    Ok(see(&CalendarPath))
}

/// What the database keeps of the token of an address.
pub(super) fn print(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The file for a calendar program. What was postponed or cancelled is not in it.
pub(super) fn answer(
    words: &Catalogue,
    lang: Lang,
    court: CourtId,
    hearings: &[Hearing],
) -> Response {
    let name = words
        .court(court)
        .map_or("", |court| court.label.in_lang(lang));
    let is_on = |hearing: &&Hearing| hearing.outcome.as_deref().is_none_or(|code| code == "held");
    let entries: Vec<Entry> = hearings
        .iter()
        .filter(is_on)
        .map(|hearing| Entry {
            id: hearing.id.0,
            stamp: hearing.recorded_at,
            begins: hearing.at,
            summary: format!("{} {}", lang.t("judicial-event-hearing"), hearing.number),
        })
        .collect();
    let head = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"hearings.ics\"",
        ),
    ];
    (head, ics::calendar(name, &entries)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_month_is_asked_for_or_this_one() {
        let today = day(2026, 11, 24);
        let of = |query: &str| month_of(Some(query.to_owned()), today);
        assert_eq!(of("month=2026-02"), day(2026, 2, 1));
        for query in ["", "month=", "month=2026-13", "month=x-1", "month=0001-01"] {
            assert_eq!(of(query), day(2026, 11, 1), "{query}");
        }
    }

    #[test]
    fn a_day_begins_at_the_moroccan_midnight() {
        assert_eq!(
            begins(day(2026, 11, 24)).to_rfc3339(),
            "2026-11-23T23:00:00+00:00"
        );
    }
}
