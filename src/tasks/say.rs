//! How what is owed is said: on the list of the day, and on a colleague's.

use super::domain::{Due, Hands, What};
use crate::{i18n::Msg, reference::List, web::Ui};
use chrono::{DateTime, NaiveDate, Utc};

/// What is to be done.
pub(super) fn words(ui: &Ui, due: &Due) -> String {
    match &due.what {
        What::Task { rule, .. } => ui.label(List::TaskRule, rule),
        What::Contact { flagged: true, .. } => ui.t("today-contact-flagged"),
        What::Contact { .. } => ui.t("today-contact"),
        What::Point { words, .. } => words.clone(),
    }
}

/// When it is due, in words, and how that is drawn.
pub(super) fn when(ui: &Ui, at: DateTime<Utc>) -> (String, &'static str) {
    let (today, day) = (ui.today(), ui.day_of(at));
    if at < ui.now() && day < today {
        (ui.n("due-late-days", (today - day).num_days()), "late")
    } else if at < ui.now() {
        (ui.t("due-late"), "late")
    } else if day == today {
        (ui.t1("due-today", "time", ui.time(at)), "today")
    } else {
        (ui.t1("due-on", "day", ui.day(day)), "")
    }
}

/// Whose hands it is in, where that is not plain; `handed` is the key of what is said of what came from another.
pub(super) fn hands(ui: &Ui, due: &Due, handed: &str) -> Option<String> {
    let What::Task { hands, .. } = &due.what else {
        return None;
    };
    match hands {
        Hands::Handed => Some(ui.t(handed)),
        Hands::Colleague(ar, la) => Some(ui.t1("task-with", "name", ui.name(ar, la))),
        Hands::Own | Hands::Supervisors => None,
    }
}

/// From when to when somebody is away, and who stands in, if anybody does.
pub(super) fn absence(
    ui: &Ui,
    (since, until): (NaiveDate, NaiveDate),
    stands_in: Option<&str>,
) -> String {
    let key = match (stands_in, since <= ui.today()) {
        (Some(_), true) => "team-away",
        (Some(_), false) => "team-away-from",
        (None, true) => "team-away-uncovered",
        (None, false) => "team-away-from-uncovered",
    };
    let msg = Msg::new(key)
        .with("from", ui.date(since))
        .with("day", ui.date(until))
        .with("name", stands_in.unwrap_or_default().to_owned());
    ui.msg(&msg)
}
