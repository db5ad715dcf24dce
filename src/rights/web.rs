//! The page of consents, of what the child says, and of complaints.

use super::{
    db::{self, Complaint, Consent, Rights, View},
    domain::{Occasion, Purpose},
    form as forms,
};
use crate::{
    authz::{Grant, Require, Role, can},
    cases::{self, Colleague, Head},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/rights", rejection(AppError))]
struct RightsPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/rights/consents", rejection(AppError))]
struct ConsentPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/rights/consents/{consent}/withdraw", rejection(AppError))]
struct WithdrawPath {
    id: CaseId,
    consent: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/rights/views", rejection(AppError))]
struct ViewPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/rights/complaints", rejection(AppError))]
struct ComplaintPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path(
    "/cases/{id}/rights/complaints/{complaint}/answer",
    rejection(AppError)
)]
struct AnswerPath {
    id: CaseId,
    complaint: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(consent)
        .post(withdraw)
        .post(view)
        .post(complain)
        .post(answer)
}

#[derive(Template)]
#[template(path = "rights/page.html")]
struct RightsPage {
    ui: Ui,
    head: Head,
    rights: Rights,
    colleagues: Vec<Colleague>,
    form: Form,
}

impl RightsPage {
    fn words<T: Copy>(
        &self,
        all: &[T],
        words: impl Fn(T) -> (&'static str, &'static str),
    ) -> Vec<(String, String)> {
        let pairs = all.iter().map(|one| words(*one));
        pairs
            .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
            .collect()
    }

    fn purposes(&self) -> Vec<(String, String)> {
        self.words(Purpose::ALL, |one| (one.code(), one.key()))
    }

    fn occasions(&self) -> Vec<(String, String)> {
        self.words(Occasion::ALL, |one| (one.code(), one.key()))
    }

    fn heard(&self) -> Vec<(String, String)> {
        let answers = [("yes", "view-heard-yes"), ("no", "view-heard-no")];
        self.words(&answers, |answer| answer)
    }

    /// Spoken ones; those in which there is a script come first in the list anyway.
    fn languages(&self) -> Vec<(String, String)> {
        let codes = self.ui.catalogue().choices(List::Language, self.ui.today());
        let spoken = codes.into_iter().filter(|code| !code.is_missing);
        spoken
            .map(|code| (code.code.clone(), self.ui.say(&code.label).to_owned()))
            .collect()
    }

    fn options(&self, list: List) -> Vec<(String, String)> {
        self.ui.options(list)
    }

    fn others(&self) -> Vec<(String, String)> {
        let me = self.ui.actor().map(|me| me.user);
        let others = self.colleagues.iter().filter(|one| Some(one.id) != me);
        others
            .map(|one| {
                (
                    one.id.to_string(),
                    self.ui.name(&one.name_ar, &one.name_la).to_owned(),
                )
            })
            .collect()
    }

    fn purpose(&self, one: &Consent) -> String {
        Purpose::from_code(&one.purpose)
            .map_or_else(String::new, |purpose| self.ui.t(purpose.key()))
    }

    fn occasion(&self, one: &View) -> String {
        Occasion::from_code(&one.occasion).map_or_else(String::new, |on| self.ui.t(on.key()))
    }

    fn is_sharing(&self, one: &Consent) -> bool {
        one.purpose == Purpose::Sharing.code()
    }

    /// Whether an answer that was typed stands beside the one that was given.
    fn is_late(&self, one: &Complaint) -> bool {
        let field = self.field("answer", &one.id);
        one.answered_at.is_some() && self.form.error(&field).is_some()
    }

    /// Somebody else than who received it, and a supervisor.
    fn may_answer(&self, one: &Complaint) -> bool {
        one.answered_at.is_none()
            && self
                .ui
                .actor()
                .is_some_and(|me| me.role == Role::Supervisor && me.user != one.received_by)
    }

    fn against<'a>(&self, one: &'a Complaint) -> Option<&'a str> {
        let (ar, la) = one.against_ar.as_deref().zip(one.against_la.as_deref())?;
        Some(self.ui.name(ar, la))
    }

    fn field(&self, name: &str, id: &RowId) -> String {
        format!("{name}-{id}")
    }
}

fn blank<G: Grant>(me: &Require<G>) -> Form {
    let today = me.ui.today().format("%d/%m/%Y").to_string();
    Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("given_on", today.clone())
        .with("heard_on", today.clone())
        .with("received_on", today)
}

async fn show(
    path: RightsPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let occasion = Occasion::from_code(asked.text("occasion"));
    let form = blank(&me).with("occasion", occasion.map_or("", Occasion::code));
    draw(path.id, me, form, StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let rights = db::open(&mut tx, &me.actor, id).await?;
    let colleagues = cases::colleagues(&mut tx).await?;
    tx.commit().await?;
    let page_of = RightsPage {
        ui: me.ui,
        head,
        rights,
        colleagues,
        form,
    };
    page(status, &page_of)
}

async fn refuse<G: Grant>(id: CaseId, me: Require<G>, form: Form) -> Result<Response, AppError> {
    draw(id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn done(id: CaseId) -> Response {
    see(&RightsPath { id })
}

async fn consent(
    path: ConsentPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let born = head.birth.as_ref().map(|birth| birth.earliest);
    let Some(new) = forms::consent(&mut form, me.ui.catalogue(), me.ui.today(), born) else {
        drop(tx);
        return refuse(path.id, me, form).await;
    };
    let now = me.clock.now();
    db::consent(&mut tx, &me.actor, now, path.id, &new).await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    tx.commit().await?;
    Ok(done(path.id))
}

async fn withdraw(
    path: WithdrawPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let Some(given_on) = db::given_on(&mut tx, &me.actor, path.id, path.consent).await? else {
        // pressed twice
        return Ok(done(path.id));
    };
    let field = format!("withdrawn_on-{}", path.consent);
    let Some(on) = forms::withdrawal(&mut form, &field, me.ui.today(), given_on) else {
        drop(tx);
        return refuse(path.id, me, form).await;
    };
    db::withdraw(&mut tx, &me.actor, path.id, (path.consent, on)).await?;
    people::touch(&mut tx, &me.actor, me.clock.now(), &[path.id]).await?;
    tx.commit().await?;
    Ok(done(path.id))
}

async fn view(
    path: ViewPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let born = head.birth.as_ref().map(|birth| birth.earliest);
    let Some(new) = forms::view(&mut form, me.ui.catalogue(), me.ui.today(), born) else {
        drop(tx);
        return refuse(path.id, me, form).await;
    };
    let now = me.clock.now();
    db::view(&mut tx, &me.actor, now, &head, &new).await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    tx.commit().await?;
    Ok(done(path.id))
}

async fn complain(
    path: ComplaintPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let colleagues = cases::colleagues(&mut tx).await?;
    let who = (me.actor.user, colleagues.as_slice());
    let Some(new) = forms::complaint(&mut form, me.ui.catalogue(), me.ui.today(), who) else {
        drop(tx);
        return refuse(path.id, me, form).await;
    };
    db::complaint(&mut tx, &me.actor, me.clock.now(), &head, &new).await?;
    tx.commit().await?;
    Ok(done(path.id))
}

async fn answer(
    path: AnswerPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let (received_by, answered) =
        db::received_by(&mut tx, &me.actor, path.id, path.complaint).await?;
    let field = format!("answer-{}", path.complaint);
    if answered {
        drop(tx);
        return answered_already(path, me, form, &field).await;
    }
    let words = form.required(&field, Paragraph::parse);
    if me.actor.role != Role::Supervisor || received_by == me.actor.user {
        form.fail(&field, Msg::new("complaint-other-answers"));
    }
    let (Some(words), true) = (words, form.is_valid()) else {
        drop(tx);
        return refuse(path.id, me, form).await;
    };
    let new = (path.complaint, words.as_str());
    if !db::answer(&mut tx, &me.actor, me.clock.now(), path.id, new).await? {
        drop(tx);
        return answered_already(path, me, form, &field).await;
    }
    tx.commit().await?;
    Ok(done(path.id))
}

/// A second answer: pressed twice, it is the one that stands; another is told beside what was typed.
async fn answered_already<G: Grant>(
    path: AnswerPath,
    me: Require<G>,
    mut form: Form,
    field: &str,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let stands = db::answer_of(&mut tx, &me.actor, path.id, path.complaint).await?;
    drop(tx);
    let typed = Paragraph::parse(form.text(field).trim()).ok();
    if stands.is_some() && stands == typed.map(Paragraph::into_string) {
        return Ok(done(path.id));
    }
    form.fail(field, Msg::new("complaint-answered-already"));
    draw(path.id, me, form, StatusCode::CONFLICT).await
}
