//! The page on which a file is closed: the criteria, the report, the other person's answer, and what comes after.

use super::{
    db::{self, Check, Closing},
    domain::{CHECKS, NewReport, Words},
};
use crate::{
    authz::{Grant, Require, Role, can},
    cases::{self, EpisodeState, Head, Lack, Move},
    conflicts::{self, Around, Author, Meeting, Question, Theirs},
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    reference::List,
    routes::Routes,
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The page.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/closure", rejection(AppError))]
pub struct ClosurePath {
    /// Of which file.
    pub id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(report)
}

#[derive(Template)]
#[template(path = "closure/page.html")]
struct ClosurePage {
    ui: Ui,
    head: Head,
    closing: Closing,
    form: Form,
    desk: Desk,
}

impl ClosurePage {
    /// What a closing needs, whether it is there, and where it is mended.
    fn criteria(&self) -> Vec<(&'static str, bool, String)> {
        let needs = Move::AskClosure.needs_from(self.head.state).into_iter();
        needs
            .map(|need| (need.key(), !self.closing.facts.lack(need), self.mend(need)))
            .collect()
    }

    fn mend(&self, lack: Lack) -> String {
        let case = self.head.id;
        match lack.page() {
            "/closure" => "#report".to_owned(),
            "child" => format!("/children/{}", self.head.child),
            page if page.starts_with('/') => format!("/cases/{case}{page}"),
            page => format!("/cases/{case}#{page}"),
        }
    }

    fn may(&self, made: Move) -> bool {
        let Some(me) = self.ui.actor() else {
            return false;
        };
        let standing = self.head.standing(me.user);
        standing.step(made, me.role, self.closing.facts).is_ok()
    }

    fn may_ask(&self) -> bool {
        self.may(Move::AskClosure)
    }

    fn may_close(&self) -> bool {
        self.may(Move::Close)
    }

    fn may_refuse(&self) -> bool {
        self.may(Move::RefuseClosure)
    }

    fn may_write(&self) -> bool {
        writable(self.head.state)
    }

    fn is_asked(&self) -> bool {
        self.head.state == EpisodeState::ClosureRequested
    }

    fn is_supervisor(&self) -> bool {
        self.ui
            .actor()
            .is_some_and(|me| me.role == Role::Supervisor)
    }

    fn options(&self, list: List) -> Vec<(String, String)> {
        self.ui.options(list)
    }

    fn risks(&self) -> Vec<(String, String)> {
        let risks = self.ui.options(List::RiskLevel).into_iter();
        risks.filter(|(code, _)| code != "none").collect()
    }

    /// The checks that are still to be made; one that was sent although it is made stays chosen, beside the message.
    fn checks_left(&self) -> Vec<(String, String)> {
        let is_refused = self.form.error("months").is_some();
        let left = CHECKS.into_iter().filter(|months| {
            !self.closing.is_checked(*months)
                || (is_refused && self.form.has("months", &months.to_string()))
        });
        left.map(|months| {
            (
                months.to_string(),
                self.ui.n("after-months", i64::from(months)),
            )
        })
        .collect()
    }

    fn months(&self, check: &Check) -> String {
        self.ui.n("after-months", i64::from(check.months))
    }

    fn yes_no(&self) -> Vec<(String, String)> {
        [("yes", "after-yes"), ("no", "after-no")]
            .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
            .to_vec()
    }

    fn findings(&self, check: &Check) -> Vec<String> {
        let said = |answer: Option<bool>, yes: &str, no: &str| {
            answer.map(|so| self.ui.t(if so { yes } else { no }))
        };
        [
            said(check.safe, "after-safe-yes", "after-safe-no"),
            said(check.schooled, "after-school-yes", "after-school-no"),
            said(check.begging_again, "after-begging-yes", "after-begging-no"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Whether a report may be written: before the closing is asked for, or after it was refused.
fn writable(state: EpisodeState) -> bool {
    state.is_open() && state != EpisodeState::ClosureRequested
}

async fn show(
    path: ClosurePath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let closing = db::open(&mut tx, &me.actor, &head).await?;
    let form = start(&me.ui, RowId::new(now).to_string(), &closing);
    let subject = (DraftOf::ClosingReport, path.id.0);
    let form = conflicts::shown(form);
    let (form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), form).await?;
    tx.commit().await?;
    ok(&ClosurePage {
        ui: me.ui,
        head,
        closing,
        form,
        desk,
    })
}

/// The page, with a refused form as it was left.
pub(super) async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let closing = db::open(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    if !form.sent("version") {
        // another form of this page was refused: that of the report stands as the report does
        let id = RowId::new(me.clock.now()).to_string();
        for (name, value) in conflicts::shown(start(&me.ui, id, &closing)).pairs() {
            if !form.sent(name) {
                form.receive(name, value);
            }
        }
    }
    let page_of = ClosurePage {
        ui: me.ui,
        head,
        closing,
        form,
        desk: Desk::given_back(DraftOf::ClosingReport, id.0),
    };
    page(status, &page_of)
}

/// The form as the report stands.
fn start(ui: &Ui, id: String, closing: &Closing) -> Form {
    let next = CHECKS
        .into_iter()
        .find(|months| !closing.is_checked(*months));
    let form = Form::new()
        .with("id", id)
        .with(
            "months",
            next.map_or_else(String::new, |months| months.to_string()),
        )
        .with("checked_on", ui.today().format("%d/%m/%Y").to_string());
    let Some(report) = &closing.report else {
        return form.with("version", "0");
    };
    let words = report.words.clone().unwrap_or_default();
    form.with("version", report.version.to_string())
        .with("closing_reason", report.reason.as_str())
        .with("closure_reason", report.reason.as_str())
        .with("placement", report.placement.as_str())
        .with("education", report.education.as_str())
        .with("report_entry", words.entry)
        .with("report_done", words.done)
        .with("report_now", words.now)
        .with("report_watch", words.watch)
}

async fn report(
    path: ClosurePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !writable(head.state) {
        return Err(AppError::Conflict(Msg::new("closure-report-frozen")));
    }
    conflicts::hold_file(&mut tx, &me.actor, path.id).await?;
    let closing = db::open(&mut tx, &me.actor, &head).await?;
    let stored = start(&me.ui, form.text("id").to_owned(), &closing);
    match conflicts::meet(&mut form, &stored, &questions(&me.ui)) {
        // pressed twice
        Meeting::Same if form.is_valid() => return Ok(see(&path)),
        Meeting::Clear | Meeting::Same => {}
        Meeting::Ask(found) => {
            tx.commit().await?;
            let theirs = Theirs::new(stored, author(&closing));
            return conflicts::ask(me.ui, Around::new(&path, &path), &form, theirs, found);
        }
    }
    let Some(new) = read(&mut form, &me.ui) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    db::write_report(&mut tx, &me.actor, now, &head, &new).await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    drafts::done(&mut tx, DraftOf::ClosingReport, path.id.0).await?;
    tx.commit().await?;
    Ok(see(&path))
}

/// What can be asked when somebody else wrote the report meanwhile.
fn questions(ui: &Ui) -> Vec<Question> {
    let text = |field, key| Question::text(field, ui.t(key));
    let choice = |field, key, list| Question::choice(field, ui.t(key), ui.options(list));
    vec![
        choice("closing_reason", "closure-reason", List::ClosureReason),
        text("report_entry", "closure-entry"),
        text("report_done", "closure-done"),
        text("report_now", "closure-now"),
        choice("placement", "closure-placement", List::PlacementType),
        choice("education", "closure-education", List::EducationStatus),
        text("report_watch", "closure-watch"),
    ]
}

fn author(closing: &Closing) -> Author {
    let report = closing.report.as_ref();
    report.map_or_else(Author::default, |report| Author {
        name_ar: report.name_ar.clone(),
        name_la: report.name_la.clone(),
        at: Some(report.written_at),
    })
}

fn read(form: &mut Form, ui: &Ui) -> Option<NewReport> {
    let (codes, today) = (ui.catalogue(), ui.today());
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let version = form.required("version", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let reason = form.required("closing_reason", |code| {
        codes.parse(List::ClosureReason, code, today)
    });
    let placement = form.required("placement", |code| {
        codes.parse(List::PlacementType, code, today)
    });
    let education = form.required("education", |code| {
        codes.parse(List::EducationStatus, code, today)
    });
    let mut text = |field: &str| {
        form.required(field, Paragraph::parse)
            .map(Paragraph::into_string)
    };
    let (entry, done, now) = (
        text("report_entry"),
        text("report_done"),
        text("report_now"),
    );
    let watch = form
        .optional("report_watch", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    Some(NewReport {
        id: id?,
        version: version?,
        reason: reason?,
        placement: placement?,
        education: education?,
        words: Words {
            entry: entry?,
            done: done?,
            now: now?,
            watch: watch.unwrap_or_default(),
        },
    })
}
