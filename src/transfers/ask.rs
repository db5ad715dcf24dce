//! Asking that a file go to another city.

use super::{
    db,
    domain::{Relative, Sheet},
    web::TransferPath,
};
use crate::{
    audit::{self, Event},
    authz::{Grant, Require, TerritoryId, can},
    cases::{self, Head},
    clock::local_date,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/transfer", rejection(AppError))]
struct AskPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(ask)
}

#[derive(Template)]
#[template(path = "transfers/ask.html")]
struct AskPage {
    ui: Ui,
    head: Head,
    cells: Vec<TerritoryId>,
    waiting: Option<RowId>,
    form: Form,
}

impl AskPage {
    /// Whether the form stands on the page.
    fn is_askable(&self) -> bool {
        self.waiting.is_none() && !self.head.protected && self.head.state.is_open()
    }

    fn places(&self) -> Vec<(String, String)> {
        let places = self.cells.iter();
        places
            .map(|id| (id.0.to_string(), territory(&self.ui, *id)))
            .collect()
    }
}

/// The name of a prefecture.
pub(super) fn territory(ui: &Ui, id: TerritoryId) -> String {
    let found = ui.catalogue().territory(id);
    found.map_or_else(String::new, |found| ui.say(&found.label).to_owned())
}

async fn show(path: AskPath, me: Require<can::CaseAssign>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
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
    let (cells, waiting) = db::ways(&mut tx, &me.actor, id).await?;
    let shown = Event::on("case_form.opened", "case", id.0).in_territory(me.actor.territory());
    audit::record(&mut tx, shown).await?;
    tx.commit().await?;
    let page_of = AskPage {
        ui: me.ui,
        head,
        cells,
        waiting,
        form,
    };
    page(status, &page_of)
}

async fn ask(
    path: AskPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let obstacle = if head.protected {
        Some(Msg::new("transfer-protected"))
    } else if head.state.is_open() {
        None
    } else {
        Some(Msg::new("case-is-closed"))
    };
    if let Some(msg) = obstacle {
        drop(tx);
        return told(path.id, me, form, msg).await;
    }
    let (cells, _) = db::ways(&mut tx, &me.actor, path.id).await?;
    // sent again as it was, it is the transfer that was asked; amended, it is another, and only one can wait
    let id = form.id_of_answers("id").map(RowId);
    if id.is_none() {
        form.fail("id", Msg::new("error-choice"));
    }
    let to = form.required("to_city", |text| {
        let to = text
            .parse()
            .map(TerritoryId)
            .map_err(|_| Msg::new("error-choice"))?;
        cells
            .contains(&to)
            .then_some(to)
            .ok_or(Msg::new("error-choice"))
    });
    let why = form.required("transfer_why", Paragraph::parse);
    let (Some(id), Some(to), Some(why)) = (id, to, why) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let sheet = sheet(&head, why.into_string());
    match db::ask(&mut tx, &me.actor, now, (id, &head, to), sheet).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return told(path.id, me, form, msg).await;
        }
        done => done?,
    }
    people::touch(&mut tx, &me.actor, now, &[path.id]).await?;
    tx.commit().await?;
    Ok(see(&TransferPath { id }))
}

/// It cannot be asked now: told beside what was typed.
async fn told<G: Grant>(
    id: CaseId,
    me: Require<G>,
    mut form: Form,
    msg: Msg,
) -> Result<Response, AppError> {
    form.fail("transfer_why", msg);
    draw(id, me, form, StatusCode::CONFLICT).await
}

/// The sheet of a file as it is today.
fn sheet(head: &Head, why: String) -> Sheet {
    // brothers and sisters have files of their own, and stay in them
    let family = head
        .family
        .iter()
        .filter(|one| one.kind != "sibling")
        .map(|one| Relative {
            kind: one.kind.clone(),
            name_ar: one.names().ar(),
            name_la: one.names().la(),
        });
    Sheet {
        number: head.number.clone(),
        name_ar: head.names.ar(),
        name_la: head.names.la(),
        sex: head.sex.clone(),
        birth: head
            .birth
            .as_ref()
            .map(|birth| (birth.earliest, birth.latest)),
        state: head.state.code().to_owned(),
        risk: head.risk.clone(),
        opened_on: local_date(head.opened_at),
        family: family.collect(),
        why,
        salt: String::new(),
    }
}
