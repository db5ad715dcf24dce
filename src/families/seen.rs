//! Where and when a child was met.

use super::{
    again::{Moment, Refound, WINDOWS, moments, refound},
    db::{self, Away, History, Met},
    web::openable,
};
use crate::{
    authz::{Require, TerritoryId, can},
    cases::Head,
    charts::{DayMark, Strip},
    error::AppError,
    ids::CaseId,
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/seen", rejection(AppError))]
struct SeenPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// A time the child was met.
struct Time {
    on: NaiveDate,
    at: Place,
}

enum Place {
    /// In this prefecture, as its people know it.
    Here(Met),
    /// In another: the day, and no more.
    Away(TerritoryId),
}

#[derive(Template)]
#[template(path = "families/seen.html")]
struct SeenPage {
    ui: Ui,
    head: Head,
    measure: Option<NaiveDate>,
    /// The newest first, each with what is behind it.
    times: Vec<(Time, Moment)>,
    strip: Strip,
}

async fn show(path: SeenPath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = openable(&mut tx, &me.actor, path.id).await?;
    let history = db::history_of(&mut tx, &me.actor, &head).await?;
    let away = db::open_history(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    ok(&SeenPage::new(me.ui, head, history, away))
}

impl SeenPage {
    fn new(ui: Ui, head: Head, history: History, away: Vec<Away>) -> Self {
        let measure = history.measure;
        let closings: Vec<NaiveDate> = history.closings.iter().map(|at| ui.day_of(at)).collect();
        let here = history.met.into_iter().map(|met| Time {
            on: ui.day_of(met.at),
            at: Place::Here(met),
        });
        let away = away.into_iter().map(|one| Time {
            on: one.on_day,
            at: Place::Away(one.territory),
        });
        let mut times: Vec<Time> = here.chain(away).collect();
        // of one day, in the order in which the database told them
        times.sort_by_key(|time| std::cmp::Reverse(time.on));
        let days: Vec<NaiveDate> = times.iter().map(|time| time.on).collect();
        let strip = strip(&ui, &days, measure, &closings);
        let moments = moments(&days, measure, &closings);
        Self {
            ui,
            head,
            measure,
            times: times.into_iter().zip(moments).collect(),
            strip,
        }
    }

    /// Re-found within 90, 180 and 365 days: the window, the pill's class and the words.
    fn windows(&self) -> Vec<(u64, &'static str, String)> {
        let Some(measure) = self.measure else {
            return Vec::new();
        };
        let days: Vec<NaiveDate> = self.times.iter().map(|(time, _)| time.on).collect();
        let ui = &self.ui;
        let of = |within: u64| {
            let (class, words) = match refound(measure, &days, ui.today(), within) {
                Refound::Yes { on, is_counted } => {
                    let key = if is_counted {
                        "seen-again-yes"
                    } else {
                        "seen-again-so-far"
                    };
                    (" amber", ui.t1(key, "day", ui.date(on)))
                }
                Refound::No => (" brand", ui.t("seen-again-no")),
                Refound::Open { until } => ("", ui.t1("seen-again-open", "day", ui.date(until))),
            };
            (within, class, words)
        };
        WINDOWS.map(of).into()
    }

    /// Days since the time before, in words.
    fn gap(&self, moment: &Moment) -> String {
        match moment.gap {
            Some(0) => self.ui.t("seen-same-day"),
            Some(days) => self.ui.n("seen-gap", days),
            None => self.ui.t("seen-first"),
        }
    }

    fn city(&self, id: &TerritoryId) -> String {
        let city = self.ui.catalogue().territory(*id);
        city.map_or_else(String::new, |city| self.ui.say(&city.label).to_owned())
    }

    /// Another file of the same child.
    fn is_other(&self, met: &Met) -> bool {
        met.case != self.head.id
    }
}

/// The days on one line: contacts, those after the first measure larger, and the days that part them.
fn strip(ui: &Ui, days: &[NaiveDate], measure: Option<NaiveDate>, closings: &[NaiveDate]) -> Strip {
    let number = |day: &NaiveDate| i64::from(day.num_days_from_ce());
    let dots = days.iter().map(|day| {
        let is_after = measure.is_some_and(|measure| measure < *day);
        let mark = if is_after {
            DayMark::Large
        } else {
            DayMark::Dot
        };
        (number(day), mark)
    });
    let bars = measure.iter().chain(closings);
    let bars = bars.map(|day| (number(day), DayMark::Bar));
    let marks: Vec<_> = dots.chain(bars).collect();
    let all = || days.iter().chain(&measure).chain(closings);
    let say = |day: Option<&NaiveDate>| day.map_or_else(String::new, |day| ui.date(day));
    let ends = if all().min() == all().max() {
        [say(all().min()), String::new()]
    } else {
        [say(all().min()), say(all().max())]
    };
    Strip::new(
        ui.t("seen-strip"),
        ui.n("seen-strip-about", days.len()),
        &marks,
        ends,
    )
}
