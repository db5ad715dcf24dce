//! The visits of a file: what is owed, what was found, planning another.

use super::{
    db,
    domain::{Answer, Outcome, Report, Visit, next_day},
    form, meeting, rhythm,
};
use crate::{
    assessments::{self, Seen},
    authz::{Grant, Require, can},
    cases::{self, EpisodeState, Head},
    conflicts::{self, Around},
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, VisitId},
    reference::List,
    routes::Routes,
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The visits of a file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/visits", rejection(AppError))]
pub struct VisitsPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/visits/{visit}", rejection(AppError))]
struct VisitPath {
    id: CaseId,
    visit: VisitId,
}

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(show).post(plan).post(record)
}

#[derive(Template)]
#[template(path = "visits/page.html")]
struct VisitsPage {
    ui: Ui,
    head: Head,
    visits: Vec<Visit>,
    form: Form,
    desk: Desk,
}

impl VisitsPage {
    /// The kinds of follow-up.
    fn kinds(&self) -> Vec<(String, String)> {
        let all = self
            .ui
            .catalogue()
            .choices(List::ServiceKind, self.ui.today());
        all.into_iter()
            .filter(|kind| kind.text("parent") == Some("follow_up"))
            .map(|kind| (kind.code.clone(), self.ui.say(&kind.label).to_owned()))
            .collect()
    }

    fn kind(&self, visit: &Visit) -> String {
        self.ui.label(List::ServiceKind, &visit.kind)
    }

    /// Why a visit may be missed; that the file was closed is for the program to say.
    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = self.ui.options(List::MissedReason);
        all.retain(|(code, _)| code != form::FILE_CLOSED);
        all
    }

    fn schooling(&self) -> Vec<(String, String)> {
        self.ui.options(List::EducationStatus)
    }

    fn answers(&self) -> Vec<(String, String)> {
        let word = |one: Answer| (one.code().to_owned(), self.ui.t(one.key()));
        Answer::ALL.into_iter().map(word).collect()
    }

    fn happened(&self) -> Vec<(String, String)> {
        [("yes", "visit-made"), ("no", "visit-missed")]
            .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
            .to_vec()
    }

    /// The one to report on: the first that is owed.
    fn owed(&self) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.end.is_none())
    }

    fn others(&self) -> impl Iterator<Item = &Visit> {
        let owed = self.owed().map(|visit| visit.id);
        self.visits
            .iter()
            .filter(move |visit| Some(visit.id) != owed)
    }

    fn is_late(&self, visit: &Visit) -> bool {
        visit.due_on < self.ui.today()
    }
}

fn dmy(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

async fn show(
    path: VisitsPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let visits = db::of_case(&mut tx, &me.actor, path.id).await?;
    let owed = visits.iter().find(|visit| visit.end.is_none());
    let days = rhythm::of(&mut tx, &me.actor, &head.risk).await?;
    let form = start(&me.ui, days, VisitId::new(now), owed);
    let subject = (DraftOf::Visit, path.id.0);
    let (kept, desk) = drafts::resume(
        &mut tx,
        &me.actor,
        now,
        subject,
        query.as_deref(),
        form.clone(),
    )
    .await?;
    tx.commit().await?;
    // somebody reported on that visit meanwhile: the words are kept, the rest was of another day
    let is_other = owed.is_some_and(|owed| kept.text("visit") != owed.id.to_string());
    let form = if desk.resumed.is_some() && is_other {
        form.with("findings", kept.text("findings"))
            .with("draft_rev", kept.text("draft_rev"))
    } else {
        kept
    };
    ok(&VisitsPage {
        ui: me.ui,
        head,
        visits,
        form,
        desk,
    })
}

/// The form of the visit that is owed, with what can be proposed: the next one by the city's rhythm, in days.
fn start(ui: &Ui, days: i32, next: VisitId, owed: Option<&Visit>) -> Form {
    let today = ui.today();
    let form = Form::new()
        .with("id", next.to_string())
        .with("done_on", dmy(today))
        .with("next_on", dmy(next_day(today, Some(days * 24))));
    match owed {
        Some(owed) => form
            .with("kind", owed.kind.clone())
            .with("visit", owed.id.to_string()),
        None => form,
    }
}

/// The page, with a form as it was left.
async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let visits = db::of_case(&mut tx, &me.actor, id).await?;
    tx.commit().await?;
    let page_of = VisitsPage {
        ui: me.ui,
        head,
        visits,
        form,
        desk: Desk::given_back(DraftOf::Visit, id.0),
    };
    page(status, &page_of)
}

async fn plan(
    path: VisitsPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let next = form::next(&mut form, me.ui.catalogue(), me.ui.today(), true);
    let Some(next) = next.filter(|_| form.is_valid()) else {
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = row_id(&form)?;
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = open(cases::writable(&mut tx, &me.actor, path.id).await?)?;
    db::plan(&mut tx, &me.actor, now, &head, (id, &next)).await?;
    tx.commit().await?;
    Ok(see(&path))
}

fn row_id(form: &Form) -> Result<VisitId, AppError> {
    let id = form.id_of_answers("id").map(VisitId);
    id.ok_or(AppError::BadRequest)
}

/// A closed file owes no visit.
fn open(head: Head) -> Result<Head, AppError> {
    if head.state.is_open() {
        Ok(head)
    } else {
        Err(AppError::Conflict(Msg::new("visit-file-closed")))
    }
}

/// What of a visit does not wait for the next assessment.
fn alarms(report: &Report) -> impl Iterator<Item = Seen> {
    let found = match report {
        Report::Made { refound, safe, .. } => [
            (*refound == Answer::Yes).then_some(Seen::Begging),
            (*safe == Answer::No).then_some(Seen::Unsafe),
        ],
        Report::Missed { .. } => [None; 2],
    };
    found.into_iter().flatten()
}

async fn record(
    path: VisitPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let (now, today) = (me.clock.now(), me.ui.today());
    let mut tx = me.begin().await?;
    let head = open(cases::writable(&mut tx, &me.actor, path.id).await?)?;
    conflicts::hold_file(&mut tx, &me.actor, path.id).await?;
    let visits = db::of_case(&mut tx, &me.actor, path.id).await?;
    let visit = visits.iter().find(|visit| visit.id == path.visit);
    if let Some((visit, end)) = visit.and_then(|visit| Some((visit, visit.end.as_ref()?))) {
        tx.commit().await?;
        let stored = meeting::of_end(&visit.kind, end);
        let found = conflicts::compare(&form, &stored, &meeting::questions(&me.ui));
        let why = Msg::new("visit-recorded-meanwhile");
        let around = Around::over(&VisitsPath { id: path.id }, why);
        return conflicts::ended(me.ui, around, meeting::author(end), found);
    }
    let since = me.ui.day_of(head.reopened_at.unwrap_or(head.opened_at));
    let report = form::report(&mut form, me.ui.catalogue(), (since, today));
    // followed up, a child is never without a next visit
    let wanted = head.state == EpisodeState::Monitoring;
    let next = form::next(&mut form, me.ui.catalogue(), today, wanted);
    let version = form
        .text("version")
        .parse()
        .map_err(|_| AppError::BadRequest)?;
    let Some(report) = report.filter(|_| form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    db::record(
        &mut tx,
        &me.actor,
        (now, today),
        &head,
        (path.visit, version, &report),
    )
    .await?;
    for seen in alarms(&report) {
        assessments::heed(&mut tx, &me.actor, &me.ui, now, (path.id, seen)).await?;
    }
    if let Some(next) = next {
        let id = row_id(&form)?;
        db::plan(&mut tx, &me.actor, now, &head, (id, &next)).await?;
    }
    drafts::done(&mut tx, DraftOf::Visit, path.id.0).await?;
    tx.commit().await?;
    Ok(see(&VisitsPath { id: path.id }))
}
