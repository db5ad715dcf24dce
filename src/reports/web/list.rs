//! The reports that were saved: the reader's own, and those that are shared with them.

use super::ReportsPath;
use crate::{
    authz::{Require, can},
    error::AppError,
    releases::words,
    reports::{db, db::Saved, desk::Whose, domain::Subject},
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "reports/list.html")]
struct ListPage {
    ui: Ui,
    mine: Vec<Saved>,
    others: Vec<Saved>,
    is_city: bool,
}

impl ListPage {
    /// What it is about; of a table that is gone its code.
    fn table(&self, saved: &Saved) -> String {
        let code = saved.definition.table();
        if Subject::of(code).is_some() {
            words::table_name(self.ui.lang(), code)
        } else {
            self.ui.t1("report-gone", "code", code)
        }
    }

    fn owner(&self, saved: &Saved) -> String {
        self.ui.name(&saved.owner.0, &saved.owner.1).to_owned()
    }
}

async fn show(_: ReportsPath, me: Require<can::ReportKeep>) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let mut tx = me.begin_register().await?;
    let all = db::list(&mut tx, &me.actor, whose).await?;
    tx.commit().await?;
    let (mine, others) = all.into_iter().partition(|saved| saved.is_mine);
    ok(&ListPage {
        ui: me.ui,
        mine,
        others,
        is_city: whose.city().is_some(),
    })
}
