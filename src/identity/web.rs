//! The page of a child's identity: its other records, what was decided, two files side by side.

use super::{
    compared::{self, Row},
    db,
    domain::{Parted, Whose},
    history::{Act, Line, place},
    parting::{Parting, is_parted, open_acts},
};
use crate::{
    authz::{Actor, Grant, Permission, Require, TerritoryId, can},
    cases::{self, Head, ShownField},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, RowId},
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/identity", rejection(AppError))]
struct IdentityPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/identity/part", rejection(AppError))]
struct PartPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/identity/shown", rejection(AppError))]
struct ShownPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(join)
        .post(part)
        .post(choose)
}

/// The other file, when one stands beside.
struct Beside {
    head: Head,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "identity/page.html")]
struct IdentityPage {
    ui: Ui,
    head: Head,
    acts: Vec<Act>,
    lines: Vec<Line>,
    beside: Option<Beside>,
    form: Form,
}

impl IdentityPage {
    fn place(&self, id: &TerritoryId) -> String {
        place(&self.ui, *id)
    }

    /// Whether something may be decided here.
    fn is_writable(&self) -> bool {
        !self.head.in_emergency && !self.head.protected && self.ui.may("case_work")
    }

    /// Whether the two that stand side by side are one already.
    fn is_joined(&self, other: &Head) -> bool {
        is_joined(&self.head, other)
    }

    /// The decisions that can be taken back, as a menu has them.
    fn open_acts(&self) -> Vec<(String, String)> {
        open_acts(&self.ui, &self.acts)
    }

    /// What was done.
    fn act_words(&self, act: &Act) -> String {
        self.ui.t(act.key())
    }

    /// What was said of the two when they were taken apart.
    fn parted_words(&self, said: &Parted) -> String {
        self.ui.t(said.key())
    }

    fn part_path(&self) -> PartPath {
        PartPath { id: self.head.id }
    }

    fn verdicts(&self) -> Vec<(String, String)> {
        let all = Parted::ALL.iter();
        all.map(|one| (one.code().to_owned(), self.ui.t(one.key())))
            .collect()
    }

    /// Whose value of a field is shown: one of the two that stand side by side.
    fn choices(&self, other: &Head) -> Vec<(String, String)> {
        vec![
            ("here".to_owned(), self.head.number.clone()),
            ("there".to_owned(), other.number.clone()),
        ]
    }
}

fn is_joined(head: &Head, other: &Head) -> bool {
    let mut files = head.also.files.iter();
    files.any(|one| one.id == other.id && one.request.is_none())
}

/// A file whose content the reader may read, void or not; a short card is as good as absent.
async fn readable(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Head, AppError> {
    let head = cases::head_of(tx, actor, id).await?;
    if head.openable {
        Ok(head)
    } else {
        Err(AppError::NotFound)
    }
}

async fn show(
    path: IdentityPath,
    me: Require<can::CaseWork>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let number = form.text("number").trim().to_uppercase();
    let mut other = None;
    if !number.is_empty() {
        let mut tx = me.begin().await?;
        let found = db::by_number(&mut tx, &me.actor, &number).await?;
        tx.commit().await?;
        other = found.filter(|found| *found != path.id);
        if other.is_none() {
            form.fail("number", Msg::new("identity-number-unknown"));
        }
    }
    draw(path.id, me, (form, other), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    (mut form, other): (Form, Option<CaseId>),
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = readable(&mut tx, &me.actor, id).await?;
    let mut beside = None;
    if let Some(other) = other {
        me.ask_about(&mut tx, &[other.0]).await?;
        match readable(&mut tx, &me.actor, other).await {
            // what is not the reader's to open is told as what is not there
            Err(AppError::NotFound) => form.fail("number", Msg::new("identity-number-unknown")),
            found => {
                let there = found?;
                beside = Some(Beside {
                    rows: compared::rows(&me.ui, &head, &there),
                    head: there,
                });
            }
        }
    }
    let shown = beside.as_ref().map(|beside| beside.head.id.0);
    let acts = db::acts(&mut tx, &me.actor, Whose::Child(id), shown).await?;
    let lines = db::elsewhere(&mut tx, &head).await?;
    tx.commit().await?;
    if !form.sent("id") {
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
    if let Some(beside) = &beside {
        preset(&mut form, &head, &beside.head);
    }
    let page_of = IdentityPage {
        ui: me.ui,
        head,
        acts,
        lines,
        beside,
        form,
    };
    page(status, &page_of)
}

/// What is shown now stands chosen in the form.
fn preset(form: &mut Form, head: &Head, other: &Head) {
    for field in ShownField::ALL {
        if form.sent(field.code()) {
            continue;
        }
        let value = match head.also.shown_from(*field) {
            None => "here",
            Some(number) if number == other.number => "there",
            Some(_) => "",
        };
        form.set(field.code(), value);
    }
}

/// The file that a form names beside its own.
async fn beside(tx: &mut Tx, me: &Require<can::CaseWork>, form: &Form) -> Result<Head, AppError> {
    let other: CaseId = form.text("other").parse().map_err(|_| AppError::NotFound)?;
    me.ask_about(tx, &[other.0]).await?;
    readable(tx, &me.actor, other).await
}

async fn join(
    path: IdentityPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let Some(act) = form
        .id_of_answers("id")
        .filter(|_| form.sent("other"))
        .map(RowId)
    else {
        drop(tx);
        form.fail("number", Msg::new("identity-number-unknown"));
        return draw(path.id, me, (form, None), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let other = beside(&mut tx, &me, &form).await?;
    if head.protected || other.protected {
        drop(tx);
        form.fail("number", Msg::new("identity-protected"));
        return draw(path.id, me, (form, Some(other.id)), StatusCode::CONFLICT).await;
    }
    if head.id == other.id || other.in_emergency {
        return Err(AppError::NotFound);
    }
    db::join(&mut tx, &me.actor, act, (head.child, other.child)).await?;
    tx.commit().await?;
    Ok(see(&format!("{path}?number={}", other.number)))
}

async fn part(
    path: PartPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = readable(&mut tx, &me.actor, path.id).await?;
    if head.in_emergency {
        return Err(AppError::Forbidden);
    }
    let acts = db::acts(&mut tx, &me.actor, Whose::Child(path.id), None).await?;
    if is_parted(&form, &acts) {
        return Ok(see(&IdentityPath { id: path.id }));
    }
    let Some(parting) = Parting::read(&mut form, &acts) else {
        drop(tx);
        return draw(path.id, me, (form, None), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if parting.act.request.is_some() && !me.actor.may(Permission::CaseAssign) {
        return Err(AppError::Forbidden);
    }
    match db::part(&mut tx, &me.actor, head.child, &parting).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            form.fail("part_why", msg);
            return draw(path.id, me, (form, None), StatusCode::CONFLICT).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&IdentityPath { id: path.id }))
}

async fn choose(
    path: ShownPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    if !form.sent("other") {
        drop(tx);
        form.fail("number", Msg::new("identity-number-unknown"));
        return draw(path.id, me, (form, None), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let other = beside(&mut tx, &me, &form).await?;
    let mut chosen = Vec::new();
    for field in ShownField::ALL {
        let now = head.also.shown_from(*field);
        let person = match form.text(field.code()) {
            "there" if now != Some(other.number.as_str()) => other.child,
            "here" if now.is_some() => head.child,
            _ => continue,
        };
        chosen.push((*field, person));
    }
    if !is_joined(&head, &other) {
        drop(tx);
        form.fail("names", Msg::new("identity-not-joined"));
        return draw(path.id, me, (form, Some(other.id)), StatusCode::CONFLICT).await;
    }
    if !chosen.is_empty() {
        match db::prefer(&mut tx, &me.actor, me.clock.now(), &head, &chosen).await {
            Err(AppError::Conflict(msg)) => {
                drop(tx);
                form.fail("names", msg);
                return draw(path.id, me, (form, Some(other.id)), StatusCode::CONFLICT).await;
            }
            done => done?,
        }
    }
    tx.commit().await?;
    let back = IdentityPath { id: path.id };
    Ok(see(&format!("{back}?number={}", other.number)))
}
