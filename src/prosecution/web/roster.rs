//! The duty roster of a court: who is told of what arrives, and when.

use crate::{
    authz::{Grant, Require, can},
    clock::local_date,
    error::AppError,
    forms::{Form, Moment, parse_date, parse_time},
    i18n::Msg,
    ids::{RowId, UserId},
    prosecution::db::roster::{self, NewTurn, Officer, Turn},
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/roster")]
pub(super) struct RosterPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/prosecution/roster/{id}/cancel", rejection(AppError))]
pub(super) struct CancelPath {
    id: RowId,
}

/// Days of one turn at most, as the table has it.
const LONGEST: i64 = 31;

#[derive(Template)]
#[template(path = "prosecution/roster.html")]
struct RosterPage {
    ui: Ui,
    turns: Vec<Turn>,
    officers: Vec<Officer>,
    form: Form,
}

/// A day of the week to come, and who is on duty in it.
struct Day {
    words: String,
    turns: Vec<Hours>,
}

/// Somebody's hours of one day.
struct Hours {
    name: String,
    hours: String,
}

pub(super) async fn show(
    _: RosterPath,
    me: Require<can::ProsecutionReceive>,
) -> Result<Response, AppError> {
    let today = me.clock.today();
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let day = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("from_day", day(today))
        .with("from_hour", "08:00")
        .with("until_day", day(tomorrow))
        .with("until_hour", "08:00");
    draw(me, form, StatusCode::OK).await
}

pub(super) async fn enter(
    _: RosterPath,
    me: Require<can::RosterKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let officers = roster::officers(&mut tx).await?;
    let Some((officer, from, until)) = read(&mut form, &officers, now) else {
        drop(tx);
        return draw(me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = form.id_of_answers("id").map(RowId);
    let new = NewTurn {
        id: id.ok_or(AppError::BadRequest)?,
        officer,
        from,
        until,
    };
    if let Err(refusal) = roster::enter(&mut tx, &me.actor, now, new).await? {
        drop(tx);
        form.fail(refusal.field(), refusal.msg());
        return draw(me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tx.commit().await?;
    Ok(see(&RosterPath))
}

pub(super) async fn cancel(
    path: CancelPath,
    me: Require<can::RosterKeep>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    roster::cancel(&mut tx, &me.actor, me.clock.now(), path.id).await?;
    tx.commit().await?;
    Ok(see(&RosterPath))
}

async fn draw<G: Grant>(
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let turns = roster::turns(&mut tx, &me.actor, me.clock.now()).await?;
    let officers = roster::officers(&mut tx).await?;
    tx.commit().await?;
    let shown = RosterPage {
        ui: me.ui,
        turns,
        officers,
        form,
    };
    page(status, &shown)
}

/// Whose turn it is, from when to when. What is wrong is said beside its field.
fn read(
    form: &mut Form,
    officers: &[Officer],
    now: DateTime<Utc>,
) -> Option<(UserId, DateTime<Utc>, DateTime<Utc>)> {
    let officer = form.required("officer", |id| officer_of(id, officers));
    let from = moment(form, "from_day", "from_hour");
    let until = moment(form, "until_day", "until_hour");
    if let (Some(from), Some(until)) = (from, until)
        && let Err((field, key)) = fits((from, until), now)
    {
        form.fail(field, Msg::new(key));
    }
    if !form.is_valid() {
        return None;
    }
    Some((officer?, from?, until?))
}

/// One of the court's prosecutors.
fn officer_of(id: &str, officers: &[Officer]) -> Result<UserId, Msg> {
    match id.parse() {
        Ok(id) if officers.iter().any(|one| one.id == id) => Ok(id),
        _ => Err(Msg::new("error-choice")),
    }
}

/// A day and an hour, each typed in its own field.
fn moment(form: &mut Form, day: &str, hour: &str) -> Option<DateTime<Utc>> {
    let on = form.required(day, parse_date);
    let at = form.required(hour, parse_time);
    match Moment::local(on?, at?) {
        Ok(moment) => Some(moment.0),
        Err(msg) => {
            form.fail(hour, msg);
            None
        }
    }
}

/// A turn begins today or later, ends after it begins, within 31 days, and is not over; else the field, and what is wrong.
fn fits(
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(), (&'static str, &'static str)> {
    if local_date(from) < local_date(now) {
        Err(("from_day", "duty-past"))
    } else if until <= from {
        Err(("until_day", "duty-order"))
    } else if until <= now {
        Err(("until_day", "duty-past"))
    } else if until - from > TimeDelta::days(LONGEST) {
        Err(("until_day", "duty-long"))
    } else {
        Ok(())
    }
}

impl RosterPage {
    fn name(&self, turn: &Turn) -> String {
        self.ui.name(&turn.name_ar, &turn.name_la).to_owned()
    }

    /// Whether that officer has left the court: who has no post there is told nothing.
    fn is_gone(&self, turn: &Turn) -> bool {
        !self.officers.iter().any(|one| one.id == turn.officer)
    }

    fn runs(&self, turn: &Turn) -> bool {
        turn.from <= self.ui.now() && !self.is_gone(turn)
    }

    fn span(&self, turn: &Turn) -> String {
        let (from, until) = (self.ui.moment(turn.from), self.ui.moment(turn.until));
        self.ui.t2("duty-span", ("from", from), ("until", until))
    }

    fn choices(&self) -> Vec<(String, String)> {
        let choice = |one: &Officer| {
            let name = self.ui.name(&one.name_ar, &one.name_la);
            (one.id.to_string(), name.to_owned())
        };
        self.officers.iter().map(choice).collect()
    }

    /// The seven days from today on.
    fn week(&self) -> Vec<Day> {
        let today = self.ui.today();
        let days = (0..7).filter_map(|n| today.checked_add_days(Days::new(n)));
        let on = |day: NaiveDate| Day {
            words: self.ui.weekday(day),
            turns: self
                .turns
                .iter()
                .filter_map(|turn| self.hours(turn, day))
                .collect(),
        };
        days.map(on).collect()
    }

    /// The hours of a turn on a day, if it has any there.
    fn hours(&self, turn: &Turn, day: NaiveDate) -> Option<Hours> {
        let (first, last) = (self.ui.day_of(turn.from), self.ui.day_of(turn.until));
        if self.is_gone(turn) || day < first || day > last {
            return None;
        }
        let from = if day == first {
            self.ui.time(turn.from)
        } else {
            "00:00".to_owned()
        };
        let until = if day == last {
            self.ui.time(turn.until)
        } else {
            "24:00".to_owned()
        };
        // one that ends at midnight has nothing of the next day
        (from != until).then(|| Hours {
            name: self.name(turn),
            hours: format!("{from}–{until}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_turn_is_to_come_and_has_an_end() {
        let at = |day, hour| Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap();
        let now = at(10, 12);
        // begun this morning, written down at noon
        assert_eq!(fits((at(10, 7), at(10, 19)), now), Ok(()));
        assert_eq!(fits((at(10, 7), at(30, 7)), now), Ok(()));
        for (from, until, wrong) in [
            (at(9, 7), at(11, 7), ("from_day", "duty-past")),
            (at(10, 7), at(10, 11), ("until_day", "duty-past")),
            (at(12, 7), at(12, 7), ("until_day", "duty-order")),
            (at(12, 7), at(11, 7), ("until_day", "duty-order")),
            (
                at(12, 7),
                at(12, 7) + TimeDelta::days(32),
                ("until_day", "duty-long"),
            ),
        ] {
            assert_eq!(fits((from, until), now), Err(wrong), "{from} {until}");
        }
    }
}
