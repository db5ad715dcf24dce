//! The list of files.

use super::{
    db::{self, Counts, Filter, Row},
    domain::Milestone,
    file, page,
};
use crate::{
    authz::{Require, Role, can},
    error::AppError,
    forms::Form,
    reference::List,
    routes::Routes,
    web::{Cursor, Page, Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases")]
pub struct CasesPath;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).merge(file::routes())
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct ListPage {
    ui: Ui,
    page: Page<Row>,
    filter: Filter,
    counts: Counts,
}

impl ListPage {
    fn filters(&self) -> [Filter; 6] {
        Filter::ALL
    }

    fn steps(&self) -> [Milestone; 6] {
        Milestone::ALL
    }

    fn is_current(&self, filter: &Filter) -> bool {
        *filter == self.filter
    }

    fn filter_key(&self, filter: &Filter) -> String {
        self.ui.t(&format!("cases-filter-{}", filter.code()))
    }

    fn count(&self, filter: &Filter) -> Option<String> {
        self.counts.of(*filter).map(|n| self.ui.counted(n))
    }

    /// "312 files", where they are counted.
    fn total(&self) -> Option<String> {
        self.counts
            .of(self.filter)
            .map(|n| self.ui.n_counted("cases-count", n))
    }

    fn sex(&self, row: &Row) -> String {
        self.ui.label(List::Sex, &row.sex)
    }

    fn age(&self, row: &Row) -> String {
        row.birth.as_ref().map_or_else(
            || self.ui.t("age-unknown"),
            |b| b.age_on(self.ui.today()).say(&self.ui),
        )
    }

    fn state_class(&self, row: &Row) -> &'static str {
        page::state_class(row.state)
    }

    fn next_step(&self, row: &Row) -> String {
        self.ui.t(&format!("next-{}", row.state.key()))
    }

    fn due(&self, row: &Row) -> Option<(String, &'static str)> {
        page::due_words(&self.ui, row.state, row.due_at)
    }

    /// Where the child stands, for those who do not see the strip.
    fn path_words(&self, row: &Row) -> String {
        let current = row.reached.current();
        let place = Milestone::ALL
            .iter()
            .position(|m| *m == current)
            .unwrap_or(0)
            + 1;
        self.ui.t2(
            "path-words",
            ("n", place),
            ("step", self.ui.t(current.key())),
        )
    }

    fn step_class(&self, row: &Row, step: &Milestone) -> &'static str {
        if *step == row.reached.current() {
            "c"
        } else if row.reached.has(*step) {
            "d"
        } else {
            ""
        }
    }
}

async fn list(
    _: CasesPath,
    me: Require<can::CaseRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let usual = if me.actor.role == Role::SocialWorker {
        Filter::Mine
    } else {
        Filter::Open
    };
    let filter = Filter::from_code(asked.text("filter")).unwrap_or(usual);
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let page = db::list(
        &mut tx,
        &me.actor,
        filter,
        now,
        Cursor::parse(asked.text("after")),
    )
    .await?;
    let counts = db::counts(&mut tx, now).await?;
    tx.commit().await?;
    ok(&ListPage {
        ui: me.ui,
        page,
        filter,
        counts,
    })
}
