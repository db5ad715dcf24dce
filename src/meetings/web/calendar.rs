//! The meetings month by month, and as a file for a calendar program: kinds and cities, and no name of anybody.

use super::city_names;
use crate::{
    authz::{Require, can},
    error::AppError,
    ics::Entry,
    meetings::{
        db::{self, Asked},
        domain::{Line, State},
    },
    months::{self, Day, Month},
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Days before today that a file for a calendar program begins.
const BEFORE: i64 = 92;

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

#[derive(Template)]
#[template(path = "meetings/calendar.html")]
struct CalendarPage {
    ui: Ui,
    month: String,
    earlier: String,
    later: String,
    days: Vec<Day<Entered>>,
}

fn by_day(ui: &Ui, lines: Vec<Line>) -> Vec<Day<Entered>> {
    months::by_day(lines.into_iter().map(|line| {
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
        (ui.weekday(line.day), one)
    }))
}

async fn show(
    _: CalendarPath,
    me: Require<can::MeetingRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let month = Month::asked(query, me.ui.today());
    let asked = Asked {
        from: Some(month.first),
        before: Some(month.next),
        ..Asked::default()
    };
    let mut tx = me.begin_register().await?;
    let mut lines = db::list(&mut tx, &asked).await?;
    tx.commit().await?;
    // the list begins with the latest
    lines.reverse();
    let [earlier, later] = month.links(&CalendarPath.to_string());
    ok(&CalendarPage {
        month: me.ui.lang().month(month.first),
        earlier,
        later,
        days: by_day(&me.ui, lines),
        ui: me.ui,
    })
}

async fn file(_: FilePath, me: Require<can::MeetingRead>) -> Result<Response, AppError> {
    let span = months::span(me.ui.today(), BEFORE);
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
    let name = me.ui.t("meetings-title");
    let disposition = "attachment; filename=\"meetings.ics\"";
    Ok(months::file(&name, disposition, &entries))
}
