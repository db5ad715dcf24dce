//! The questions of a prefecture, asked and received, and the answer to one.

use super::{
    asking::{self, Asked, Own, Question},
    domain::{Answer, Card, State},
    history::place,
};
use crate::{
    authz::{Grant, Require, TerritoryId, can},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{PersonId, RowId},
    people::Birth,
    reference::List,
    routes::Routes,
    vault::Reading,
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/identity/requests")]
struct RequestsPath;

/// One of them.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/identity/requests/{id}", rejection(AppError))]
pub(super) struct RequestPath {
    /// Which.
    pub id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/identity/requests/{id}/answer", rejection(AppError))]
struct AnswerPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/identity/requests/{id}/withdraw", rejection(AppError))]
struct WithdrawPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(list)
        .get(show)
        .post(answer)
        .post(withdraw)
}

#[derive(Template)]
#[template(path = "identity/requests.html")]
struct ListPage {
    ui: Ui,
    lines: Vec<Asked>,
}

impl ListPage {
    /// Those that come, those that go.
    fn sides(&self) -> [(&'static str, Vec<&Asked>); 2] {
        let here = self.ui.actor().map(|me| me.territory());
        let of = |came: bool| {
            let lines = self.lines.iter();
            lines
                .filter(|line| (here == Some(line.to)) == came)
                .collect()
        };
        [
            ("identity-requests-in", of(true)),
            ("identity-requests-out", of(false)),
        ]
    }

    /// The other city.
    fn other(&self, line: &Asked) -> String {
        let here = self.ui.actor().map(|me| me.territory());
        let other = if here == Some(line.to) {
            line.from
        } else {
            line.to
        };
        place(&self.ui, other)
    }
}

async fn list(_: RequestsPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let lines = asking::list(&mut tx, &me.actor, None).await?;
    tx.commit().await?;
    ok(&ListPage { ui: me.ui, lines })
}

#[derive(Template)]
#[template(path = "identity/request.html")]
struct RequestPage {
    ui: Ui,
    question: Question,
    own: Vec<Own>,
    form: Form,
}

impl RequestPage {
    fn place(&self, id: &TerritoryId) -> String {
        place(&self.ui, *id)
    }

    /// Whether the reader is of the city that is asked.
    fn is_asked(&self) -> bool {
        let here = self.ui.actor().map(|me| me.territory());
        here == Some(self.question.asked.to)
    }

    fn waits(&self) -> bool {
        self.question.asked.state == State::Requested
    }

    /// Whether the form of an answer stands on the page.
    fn is_answerable(&self) -> bool {
        self.waits() && self.is_asked() && self.ui.may("case_assign")
    }

    fn child(&self, card: &Card) -> String {
        self.ui.name(&card.name_ar, &card.name_la).to_owned()
    }

    fn mother(&self, card: &Card) -> String {
        self.ui.name(&card.mother_ar, &card.mother_la).to_owned()
    }

    fn age(&self, card: &Card) -> String {
        let birth = card.birth.map(|(earliest, latest)| Birth {
            earliest,
            latest,
            basis: String::new(),
        });
        birth.map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_today(&self.ui),
        )
    }

    fn own_age(&self, own: &Own) -> String {
        own.birth.as_ref().map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_today(&self.ui),
        )
    }

    fn answers(&self) -> Vec<(String, String)> {
        let all = Answer::ALL.iter();
        all.map(|one| (one.state().code().to_owned(), self.ui.t(one.key())))
            .collect()
    }

    /// The children here who may be meant, as a menu has them.
    fn children(&self) -> Vec<(String, String)> {
        let own = self.own.iter();
        own.map(|one| {
            let words = format!("{} · {}", one.number, one.names.say(&self.ui));
            (one.person.to_string(), words)
        })
        .collect()
    }
}

async fn show(path: RequestPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: RowId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let question = asking::open(&mut tx, &me.actor, id).await?;
    let own = asking::own(&mut tx, &me.actor, id).await?;
    tx.commit().await?;
    let page_of = RequestPage {
        ui: me.ui,
        question,
        own,
        form,
    };
    page(status, &page_of)
}

/// Why a question does not wait for that side: it is the other's, or has its answer.
fn obstacle(question: &Question, here: TerritoryId, side: TerritoryId) -> Option<Msg> {
    if here != side {
        Some(Msg::new("identity-other-side"))
    } else if question.asked.state == State::Requested {
        None
    } else {
        Some(Msg::new("identity-answered"))
    }
}

/// It cannot be answered so: told beside what was typed.
async fn told<G: Grant>(
    id: RowId,
    me: Require<G>,
    mut form: Form,
    msg: Msg,
) -> Result<Response, AppError> {
    let field = if form.text("answer_words").is_empty() {
        "answer"
    } else {
        "answer_words"
    };
    form.fail(field, msg);
    draw(id, me, form, StatusCode::CONFLICT).await
}

async fn answer(
    path: AnswerPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let question = asking::open(&mut tx, &me.actor, path.id).await?;
    let own = asking::own(&mut tx, &me.actor, path.id).await?;
    if let Some(msg) = obstacle(&question, me.actor.territory(), question.asked.to) {
        let is_done = is_said(&question, &own, &form);
        drop(tx);
        return if is_done {
            Ok(see(&RequestPath { id: path.id }))
        } else {
            told(path.id, me, form, msg).await
        };
    }
    let said = form.required("answer", |code| {
        Answer::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let is_same = said == Some(Answer::Same);
    let child = form.optional("answer_child", |id| {
        let id: PersonId = id.parse().map_err(|_| Msg::new("error-choice"))?;
        let known = own.iter().any(|one| one.person == id);
        known.then_some(id).ok_or(Msg::new("error-choice"))
    });
    if is_same && child.is_none() && form.error("answer_child").is_none() {
        form.fail("answer_child", Msg::new("error-required"));
    }
    // "the same" says enough; any other answer says why
    let words = if is_same {
        form.optional("answer_words", Paragraph::parse)
    } else {
        form.required("answer_words", Paragraph::parse)
    };
    let Some(said) = said.filter(|_| form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let child = child.filter(|_| is_same);
    let words = words.as_ref().map(Paragraph::as_str);
    match asking::answer(&mut tx, &me.actor, (path.id, said, child), words).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return told(path.id, me, form, msg).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&RequestPath { id: path.id }))
}

/// Pressed twice, it is the answer that was given.
fn is_said(question: &Question, own: &[Own], form: &Form) -> bool {
    let said = Answer::from_code(form.text("answer"));
    let words = question.answer.as_ref().and_then(Reading::text);
    let typed = Paragraph::parse(form.text("answer_words")).ok();
    let typed = typed.map(Paragraph::into_string);
    let chosen = own.iter().find(|one| one.is_chosen);
    let chosen = chosen.map_or_else(String::new, |one| one.person.to_string());
    said.is_some_and(|said| said.state() == question.asked.state)
        && words.unwrap_or_default() == typed.unwrap_or_default()
        && (said != Some(Answer::Same) || form.text("answer_child") == chosen)
}

async fn withdraw(path: WithdrawPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let question = asking::open(&mut tx, &me.actor, path.id).await?;
    if me.actor.territory() == question.asked.to {
        return Err(AppError::Conflict(Msg::new("identity-other-side")));
    }
    asking::withdraw(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    Ok(see(&RequestPath { id: path.id }))
}
