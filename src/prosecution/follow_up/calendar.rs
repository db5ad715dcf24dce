//! The hearings of a court, month by month, without a name; as a file for a calendar program; and the address under
//! which a telephone subscribes to them.

use super::db::{self, Hearing};
use crate::{
    authz::{Fresh, Recency, Require, can},
    error::AppError,
    i18n::Lang,
    ics::Entry,
    ids::CourtId,
    months::{self, Day, Month},
    reference::{Catalogue, List},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, NaiveDate, Utc};
use rand::Rng as _;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Days before today that a file for a calendar program begins.
const BEFORE: i64 = 31;

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

#[derive(Template)]
#[template(path = "prosecution/calendar.html")]
struct CalendarPage {
    ui: Ui,
    month: String,
    earlier: String,
    later: String,
    days: Vec<Day<Line>>,
    /// Since when there is an address.
    since: Option<String>,
    /// The address, shown this once.
    address: Option<String>,
}

/// What a calendar program is given.
pub(super) fn span(today: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    months::span(today, BEFORE)
}

async fn page_of<R: Recency>(
    me: &Require<can::ProsecutionReceive, R>,
    month: Month,
    address: Option<String>,
) -> Result<CalendarPage, AppError> {
    let span = (months::begins(month.first), months::begins(month.next));
    let mut tx = me.begin().await?;
    let hearings = db::hearings(&mut tx, &me.actor, span).await?;
    let since = db::feed_since(&mut tx).await?;
    tx.commit().await?;
    let [earlier, later] = month.links(&CalendarPath.to_string());
    Ok(CalendarPage {
        month: me.ui.lang().month(month.first),
        earlier,
        later,
        days: by_day(&me.ui, hearings),
        since: since.map(|at| me.ui.date(me.ui.day_of(at))),
        ui: me.ui.clone(),
        address,
    })
}

fn by_day(ui: &Ui, hearings: Vec<Hearing>) -> Vec<Day<Line>> {
    let label = |list, code: &Option<String>| {
        code.as_ref()
            .map(|code| ui.label(list, code))
            .unwrap_or_default()
    };
    months::by_day(hearings.into_iter().map(|hearing| {
        let line = Line {
            href: format!("/prosecution/{}", hearing.file),
            hour: ui.time(hearing.at),
            venue: label(List::CourtVenue, &hearing.venue),
            outcome: label(List::CourtOutcome, &hearing.outcome),
            number: hearing.number,
        };
        (ui.weekday(ui.day_of(hearing.at)), line)
    }))
}

async fn show(
    _: CalendarPath,
    me: Require<can::ProsecutionReceive>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let month = Month::asked(query, me.ui.today());
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
    let month = Month::asked(None, me.ui.today());
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
    months::file(name, "attachment; filename=\"hearings.ics\"", &entries)
}
