//! The page of one thing that is owed: in whose hands it is, and how it comes into others (decision 0074).

use super::{
    domain::{Hands, What},
    held::{self, Held, Step},
    say,
    web::TodayPath,
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    cases::Colleague,
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{RowId, TaskId, UserId},
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/tasks/{id}", rejection(AppError))]
struct TaskPath {
    id: TaskId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/tasks/{id}/hand", rejection(AppError))]
struct HandPath {
    id: TaskId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/tasks/{id}/return", rejection(AppError))]
struct ReturnPath {
    id: TaskId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(hand).post(give_back)
}

#[derive(Template)]
#[template(path = "tasks/show.html")]
struct TaskPage {
    ui: Ui,
    held: Held,
    steps: Vec<Step>,
    takers: Vec<Colleague>,
    can_hand: bool,
    can_return: bool,
    form: Form,
}

impl TaskPage {
    fn title(&self) -> String {
        match &self.held.what {
            What::Task { rule, .. } => self.ui.label(List::TaskRule, rule),
            What::Contact { .. } => self.ui.t("today-contact"),
            What::Point { words, .. } => words.clone(),
        }
    }

    fn when(&self) -> (String, &'static str) {
        say::when(&self.ui, self.held.due_at)
    }

    fn name<'a>(&'a self, names: &'a (String, String)) -> &'a str {
        self.ui.name(&names.0, &names.1)
    }

    /// In whose hands it is.
    fn holder(&self) -> String {
        match &self.held.what {
            What::Task {
                hands: Hands::Supervisors,
                ..
            } => self.ui.t("task-of-supervisors"),
            What::Task {
                hands: Hands::Handed,
                ..
            } => self.ui.t("task-handed-to-me"),
            What::Task {
                hands: Hands::Colleague(ar, la),
                ..
            } => self.ui.t1("task-with", "name", self.ui.name(ar, la)),
            _ => self.ui.t1("task-with", "name", self.name(&self.held.lead)),
        }
    }

    /// Who can take it, but who has it.
    fn others(&self) -> Vec<(String, String)> {
        let free = |one: &&Colleague| Some(one.id) != self.held.assignee;
        let takers = self.takers.iter().filter(free);
        takers
            .map(|one| {
                let name = self.ui.name(&one.name_ar, &one.name_la);
                (one.id.to_string(), name.to_owned())
            })
            .collect()
    }

    fn step(&self, step: &Step) -> String {
        match &step.to {
            Some(to) => self.ui.t1("handover-to", "name", self.name(to)),
            None => self.ui.t("handover-back"),
        }
    }

    fn why(&self, step: &Step) -> String {
        let words = step.why.as_ref().map(|words| self.ui.plain(words));
        words.unwrap_or_default()
    }
}

async fn show(path: TaskPath, me: Require<can::TaskKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let held = held::find(&mut tx, &me.actor, path.id).await?;
    let event = Event::on("task.opened", "case", held.case.0)
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "task": path.id }));
    audit::record(&mut tx, event).await?;
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    draw(tx, me, held, form, StatusCode::OK).await
}

async fn draw(
    mut tx: Tx,
    me: Require<can::TaskKeep>,
    held: Held,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let steps = held::history(&mut tx, &me.actor, &held).await?;
    let can_hand = held.can_hand(&me.actor);
    let takers = if can_hand {
        held::takers(&mut tx, held.case).await?
    } else {
        Vec::new()
    };
    tx.commit().await?;
    let shown = TaskPage {
        can_return: held.can_return(&me.actor),
        can_hand,
        ui: me.ui,
        held,
        steps,
        takers,
        form,
    };
    page(status, &shown)
}

fn key(text: &str) -> Result<RowId, Msg> {
    text.parse().map_err(|_| Msg::new("error-choice"))
}

async fn hand(
    path: HandPath,
    me: Require<can::TaskKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let held = held::find(&mut tx, &me.actor, path.id).await?;
    if held.done_at.is_some() {
        return Err(AppError::Conflict(Msg::new("task-done-meanwhile")));
    }
    if !held.can_hand(&me.actor) {
        return Err(AppError::Forbidden);
    }
    let takers = held::takers(&mut tx, held.case).await?;
    let id = form.required("id", key);
    let to: Option<UserId> = form.required("colleague", |text| match text.parse() {
        Ok(one) if takers.iter().any(|taker| taker.id == one) => Ok(one),
        _ => Err(Msg::new("error-choice")),
    });
    let why = form.required("why", Paragraph::parse);
    let (Some(id), Some(to), Some(why)) = (id, to, why) else {
        return draw(tx, me, held, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let row = (id, Some(to), why.as_str());
    held::hand(&mut tx, &me.actor, me.clock.now(), &held, row).await?;
    tx.commit().await?;
    Ok(see(&TaskPath { id: path.id }))
}

async fn give_back(
    path: ReturnPath,
    me: Require<can::TaskKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let held = held::find(&mut tx, &me.actor, path.id).await?;
    let id = form.required("id", key);
    let why = form.required("why_back", Paragraph::parse);
    let (Some(id), Some(why)) = (id, why) else {
        return draw(tx, me, held, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if !held.can_return(&me.actor) {
        return Err(AppError::Conflict(Msg::new("handover-already")));
    }
    let row = (id, None, why.as_str());
    held::hand(&mut tx, &me.actor, me.clock.now(), &held, row).await?;
    tx.commit().await?;
    // who gave it back may not see the file any more
    Ok(see(&TodayPath))
}
