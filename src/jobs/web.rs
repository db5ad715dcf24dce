//! The page of background work, for administrators.

use super::db::{self, Job, Scheduled};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    error::AppError,
    rollups::{self, Reconciliation},
    routes::Routes,
    web::{Ui, ok, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).post(retry)
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/jobs")]
struct JobsPath;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/jobs/{id}/retry", rejection(AppError))]
struct RetryPath {
    id: i64,
}

#[derive(Template)]
#[template(path = "jobs/list.html")]
struct ListPage {
    ui: Ui,
    jobs: Vec<Job>,
    scheduled: Vec<Scheduled>,
    figures: Option<Reconciliation>,
}

impl ListPage {
    /// The words of a kind; one that this program does not know is told as it is.
    fn kind(&self, code: &str) -> String {
        let kind = code.replace('_', "-");
        let key = format!("job-kind-{kind}");
        let words = self.ui.t(&key);
        if words == key { code.to_owned() } else { words }
    }

    fn failed(&self) -> usize {
        self.jobs.iter().filter(|job| job.state == "failed").count()
    }
}

impl Job {
    fn state_key(&self) -> &'static str {
        match self.state.as_str() {
            "failed" => "job-state-failed",
            "running" => "job-state-running",
            "again" => "job-state-again",
            _ => "job-state-waiting",
        }
    }

    fn tone(&self) -> &'static str {
        match self.state.as_str() {
            "failed" => " red",
            "again" => " amber",
            _ => "",
        }
    }

    fn can_retry(&self) -> bool {
        matches!(self.state.as_str(), "failed" | "again")
    }
}

async fn list(_: JobsPath, me: Require<can::JobsManage>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let jobs = db::listed(&mut tx).await?;
    let scheduled = db::scheduled(&mut tx).await?;
    let figures = rollups::last_reconciliation(&mut tx).await?;
    tx.commit().await?;
    ok(&ListPage {
        ui: me.ui,
        jobs,
        scheduled,
        figures,
    })
}

/// A job that ran meanwhile is not there any more: as any page that is not there, 404.
async fn retry(path: RetryPath, me: Require<can::JobsManage>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let kind = db::retry(&mut tx, path.id)
        .await?
        .ok_or(AppError::NotFound)?;
    let event = Event::of("job.retried").with(serde_json::json!({ "job": path.id, "kind": kind }));
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&JobsPath))
}
