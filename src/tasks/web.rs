//! The list of the day.

use super::{
    db,
    domain::{Due, Hands, Near, What},
    say,
};
use crate::{
    authz::{Require, Role, can},
    error::AppError,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::TaskId,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

/// The list.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/today")]
pub struct TodayPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/today/{id}/snooze", rejection(AppError))]
struct SnoozePath {
    id: TaskId,
}

/// How far something may be put off.
const FURTHEST: Days = Days::new(30);

pub(super) fn routes() -> Routes {
    Routes::default().get(today).post(snooze)
}

#[derive(Template)]
#[template(path = "tasks/today.html")]
struct TodayPage {
    ui: Ui,
    owed: Vec<Due>,
    form: Form,
    /// The one whose form was refused.
    refused: Option<TaskId>,
}

impl TodayPage {
    fn groups(&self) -> impl Iterator<Item = (Near, Vec<&Due>)> {
        let today = self.ui.today();
        Near::ALL.into_iter().filter_map(move |near| {
            let of: Vec<_> = self
                .owed
                .iter()
                .filter(|due| !due.what.is_elsewhere())
                .filter(|due| due.snoozed_until.is_none_or(|until| until <= today))
                .filter(|due| {
                    Near::of(due.at, self.ui.day_of(due.at), self.ui.now(), today) == near
                })
                .collect();
            (!of.is_empty()).then_some((near, of))
        })
    }

    fn snoozed(&self) -> Vec<&Due> {
        let today = self.ui.today();
        let later = |due: &&Due| {
            !due.what.is_elsewhere() && due.snoozed_until.is_some_and(|until| until > today)
        };
        self.owed.iter().filter(later).collect()
    }

    /// What colleagues do for the reader.
    fn elsewhere(&self) -> Vec<&Due> {
        let theirs = |due: &&Due| due.what.is_elsewhere();
        self.owed.iter().filter(theirs).collect()
    }

    /// Something of it is late: the list opens by itself.
    fn is_late_elsewhere(&self) -> bool {
        self.elsewhere().iter().any(|due| due.at < self.ui.now())
    }

    fn is_empty(&self) -> bool {
        self.groups().next().is_none()
    }

    fn words(&self, due: &Due) -> String {
        say::words(&self.ui, due)
    }

    fn when(&self, due: &Due) -> (String, &'static str) {
        say::when(&self.ui, due.at)
    }

    fn hands(&self, due: &Due) -> Option<String> {
        say::hands(&self.ui, due, "task-handed-to-me")
    }

    fn page(&self, due: &Due) -> String {
        due.what.page()
    }

    /// Where it is put into other hands, or seen in whose it is.
    fn handover(&self, due: &Due) -> Option<(String, String)> {
        let What::Task { id, hands, .. } = &due.what else {
            return None;
        };
        let key = if *hands == Hands::Own {
            "task-hand-over"
        } else {
            "handover-see"
        };
        hands
            .can_move()
            .then(|| (format!("/tasks/{id}"), self.ui.t(key)))
    }

    /// The form that was refused is in there: the group stands open.
    fn holds_refused(&self, owed: &[&Due]) -> bool {
        let refused = |due: &&Due| due.what.task().is_some_and(|id| self.is_refused(id));
        owed.iter().any(refused)
    }

    fn is_refused(&self, id: &TaskId) -> bool {
        self.refused == Some(*id)
    }
}

async fn today(_: TodayPath, me: Require<can::TaskKeep>) -> Result<Response, AppError> {
    draw(me, Form::new(), None).await
}

async fn draw(
    me: Require<can::TaskKeep>,
    form: Form,
    refused: Option<TaskId>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let is_supervisor = me.actor.role == Role::Supervisor;
    let owed = db::owed(
        &mut tx,
        &me.actor,
        me.actor.user,
        is_supervisor,
        me.ui.now(),
    )
    .await?;
    tx.commit().await?;
    let status = if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let today = TodayPage {
        ui: me.ui,
        owed,
        form,
        refused,
    };
    page(status, &today)
}

/// A day after today, within a month: what is put off further is not put off but dropped.
fn later(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    let furthest = today.checked_add_days(FURTHEST).unwrap_or(today);
    if day <= today || day > furthest {
        return Err(Msg::new("task-snooze-range"));
    }
    Ok(day)
}

async fn snooze(
    path: SnoozePath,
    me: Require<can::TaskKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let today = me.ui.today();
    let mut tx = me.begin().await?;
    let case = db::file_of(&mut tx, &me.actor, path.id).await?;
    let until = form.required("until", |text| later(text, today));
    let reason = form.required("why", Paragraph::parse);
    let (Some(until), Some(reason), true) = (until, reason, form.is_valid()) else {
        drop(tx);
        return draw(me, form, Some(path.id)).await;
    };
    let reason = reason.into_string();
    db::snooze(&mut tx, &me.actor, (path.id, case), (until, &reason)).await?;
    tx.commit().await?;
    Ok(see(&TodayPath))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_put_off_for_a_month_at_most() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for (text, valid) in [
            ("23/11/2026", false),
            ("24/11/2026", true),
            ("23/12/2026", true),
            ("24/12/2026", false),
            ("soon", false),
        ] {
            assert_eq!(later(text, today).is_ok(), valid, "{text}");
        }
    }
}
