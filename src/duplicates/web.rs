//! The page of the search, and of its verdicts.

use super::{
    db::{self, Checked},
    domain::{Candidate, Said, Verdict},
    find, queue, suggest,
};
use crate::{
    authz::{Grant, Require, can},
    cases::{self, CasePath, Head},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::CaseId,
    people::{self, Birth},
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/duplicates", rejection(AppError))]
struct DuplicatesPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(decide)
        .merge(suggest::routes())
        .merge(queue::routes())
}

#[derive(Template)]
#[template(path = "duplicates/page.html")]
struct DuplicatesPage {
    ui: Ui,
    head: Head,
    candidates: Vec<Candidate>,
    checked: Checked,
    form: Form,
}

impl DuplicatesPage {
    fn age(&self, birth: &Option<Birth>) -> String {
        let known = birth.as_ref();
        known.map_or_else(|| self.ui.t("age-unknown"), |b| b.age_today(&self.ui))
    }

    fn verdicts(&self) -> Vec<(String, String)> {
        let all = Verdict::ALL.iter();
        all.map(|one| (one.code().to_owned(), self.ui.t(one.key())))
            .collect()
    }

    /// The file that is said to be of the same child.
    fn same(&self) -> Option<&Candidate> {
        let mut all = self.candidates.iter();
        all.find(|one| one.verdict() == Some(Verdict::Same))
    }

    /// What was said before, by whom and when.
    fn said(&self, said: &Said) -> String {
        let name = self.ui.name(&said.name_ar, &said.name_la).to_owned();
        self.ui.t2(
            "duplicate-said",
            ("name", name),
            ("when", self.ui.moment(said.at)),
        )
    }
}

async fn show(path: DuplicatesPath, me: Require<can::CaseWork>) -> Result<Response, AppError> {
    draw(path.id, me, None, StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Option<Form>,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    let candidates = find::candidates(&mut tx, &me.actor, me.ui.today(), &head).await?;
    let checked = db::open(&mut tx, &me.actor, &head).await?;
    tx.commit().await?;
    let form = form.unwrap_or_else(|| {
        candidates.iter().fold(Form::new(), |form, one| {
            form.with(&one.field(), one.verdict().map_or("", Verdict::code))
        })
    });
    let page_of = DuplicatesPage {
        ui: me.ui,
        head,
        candidates,
        checked,
        form,
    };
    page(status, &page_of)
}

async fn decide(
    path: DuplicatesPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !head.state.is_open() {
        return Err(AppError::Conflict(Msg::new("case-is-closed")));
    }
    let candidates = find::candidates(&mut tx, &me.actor, me.ui.today(), &head).await?;
    let mut verdicts = Vec::with_capacity(candidates.len());
    for one in &candidates {
        let verdict = form.required(&one.field(), |code| {
            Verdict::from_code(code).ok_or(Msg::new("error-choice"))
        });
        verdicts.extend(verdict.map(|verdict| (one, verdict)));
    }
    let same = verdicts
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Same);
    let same: Vec<_> = same.map(|(one, _)| one.field()).collect();
    if let [_, second, ..] = same.as_slice() {
        form.fail(second, Msg::new("duplicate-one-same"));
    }
    if !form.is_valid() {
        drop(tx);
        return draw(path.id, me, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    db::decide(&mut tx, &me.actor, now, &head, &verdicts).await?;
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    tx.commit().await?;
    Ok(if same.is_empty() {
        see(&CasePath { id: path.id })
    } else {
        see(&path)
    })
}
