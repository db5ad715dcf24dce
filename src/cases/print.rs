//! The whole file on paper: for those who care for the child, after a fresh factor, and written down.

use super::{
    entry::{Asked, Entry, Group},
    file::openable,
    head::Head,
    paper::{self, Action, Assessed, Plan},
    story::Story,
    timeline,
};
use crate::{
    authz::{Fresh, Require, can},
    error::AppError,
    ids::CaseId,
    prosecution::CasePanel,
    reference::List,
    risk,
    routes::Routes,
    vault::Reading,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// More than any file has; a page that is printed is not turned.
const ALL: usize = 5000;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/print", rejection(AppError))]
struct PrintPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "cases/print.html")]
struct PrintPage {
    ui: Ui,
    head: Head,
    assessed: Option<Assessed>,
    plan: Option<Plan>,
    judicial: CasePanel,
    story: Story,
}

impl PrintPage {
    /// Who printed it, and when.
    fn stamp(&self) -> String {
        let (name, at) = (self.ui.my_name(), self.ui.moment(self.ui.now()));
        self.ui.t2("print-by", ("name", name), ("at", at))
    }

    fn because(&self, assessed: &Assessed) -> String {
        risk::because(&self.ui, &assessed.computed, &assessed.reasons)
    }

    fn words(&self, reading: &Option<Reading>) -> String {
        let words = reading.as_ref().map(|reading| self.ui.plain(reading));
        words.unwrap_or_default()
    }

    fn plan_state(&self, plan: &Plan) -> String {
        let version = self.ui.t1("care-plan-version", "n", i64::from(plan.seq));
        let state = self.ui.t(&format!("care-plan-state-{}", plan.state));
        format!("{version} · {state}")
    }

    fn action_state(&self, action: &Action) -> String {
        self.ui.t(&format!("care-plan-action-{}", action.state))
    }

    /// The entries of each group that has some, under its name.
    fn parts(&self) -> Vec<(String, Vec<&Entry>)> {
        let part = |group: &Group| {
            let of_it = |entry: &&Entry| Group::of_kind(entry.kind) == *group;
            let entries: Vec<&Entry> = self.story.entries.iter().filter(of_it).collect();
            (!entries.is_empty())
                .then(|| (self.ui.t(&format!("history-{}", group.code())), entries))
        };
        Group::ALL.iter().filter_map(part).collect()
    }
}

async fn show(path: PrintPath, me: Require<can::CaseRead, Fresh>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = openable(&mut tx, &me.actor, path.id).await?;
    if head.in_emergency {
        return Err(AppError::Forbidden);
    }
    let asked = Asked {
        group: None,
        after: None,
        most: ALL,
    };
    let entries = timeline::of_files(&mut tx, &me.actor, &[path.id], asked).await?;
    let judicial = CasePanel::load(&mut tx, &me.actor, path.id).await?;
    let (assessed, plan) = paper::printed(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    ok(&PrintPage {
        story: Story::of(&me.actor, &head, None, entries),
        ui: me.ui,
        head,
        assessed,
        plan,
        judicial,
    })
}
