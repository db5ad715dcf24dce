//! The page of what only those who care for the child read.

use super::db::{self, Masked, NewNote, Secret};
use crate::{
    authz::{Grant, Require, can},
    cases::{self, Head},
    error::AppError,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::{CaseId, RowId},
    reference::List,
    routes::Routes,
    vault::Reading,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/clinical", rejection(AppError))]
struct ClinicalPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/clinical/{note}/reveal", rejection(AppError))]
struct RevealPath {
    id: CaseId,
    note: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/address", rejection(AppError))]
struct AddressPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/address/{address}/reveal", rejection(AppError))]
struct RevealAddressPath {
    id: CaseId,
    address: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(write)
        .post(reveal)
        .post(write_address)
        .post(reveal_address)
}

#[derive(Template)]
#[template(path = "clinical/page.html")]
struct ClinicalPage {
    ui: Ui,
    head: Head,
    notes: Vec<Masked>,
    address: Option<Masked>,
    /// The one whose words are shown.
    revealed: Option<(RowId, Reading)>,
    form: Form,
}

impl ClinicalPage {
    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::ClinicalKind)
    }

    fn words(&self, one: &Masked) -> Option<String> {
        let (id, reading) = self.revealed.as_ref()?;
        (*id == one.id).then(|| self.ui.plain(reading))
    }
}

fn blank<G: Grant>(me: &Require<G>) -> Form {
    Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("date", me.ui.today().format("%d/%m/%Y").to_string())
}

async fn show(path: ClinicalPath, me: Require<can::ClinicalKeep>) -> Result<Response, AppError> {
    let form = blank(&me);
    draw(path.id, me, form, None, StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    secret: Option<Secret>,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, id).await?;
    // what is revealed is written down where its words leave
    let cares = match secret {
        None => db::opens(&mut tx, &me.actor, id).await?,
        Some(_) => db::cares(&mut tx, &me.actor, id).await?,
    };
    if !cares {
        return Err(AppError::Forbidden);
    }
    let notes = db::notes(&mut tx, &me.actor, id).await?;
    let address = db::address(&mut tx, &me.actor, id).await?;
    let revealed = match secret {
        None => None,
        Some(secret) => {
            let known = notes
                .iter()
                .chain(&address)
                .any(|one| one.id == secret.id());
            let reading = if known {
                db::reveal(&mut tx, id, secret).await?
            } else {
                None
            };
            Some((secret.id(), reading.ok_or(AppError::NotFound)?))
        }
    };
    tx.commit().await?;
    page(
        status,
        &ClinicalPage {
            ui: me.ui,
            head,
            notes,
            address,
            revealed,
            form,
        },
    )
}

fn not_future(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Msg> {
    if day > today {
        return Err(Msg::new("error-date-future"));
    }
    Ok(day)
}

/// A text that says something.
fn text(form: &mut Form, field: &str) -> Option<String> {
    form.required(field, Paragraph::parse)
        .map(Paragraph::into_string)
}

fn row_id(form: &Form) -> Result<RowId, AppError> {
    let id = form.id_of_answers("id").map(RowId);
    id.ok_or(AppError::BadRequest)
}

async fn write(
    path: ClinicalPath,
    me: Require<can::ClinicalKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let today = me.ui.today();
    let kind = form.required("clinical_kind", |code| {
        me.ui.catalogue().parse(List::ClinicalKind, code, today)
    });
    let on = form.required("date", |text| not_future(parse_date(text)?, today));
    let words = text(&mut form, "clinical_text");
    let (Some(kind), Some(on), Some(words), true) = (kind, on, words, form.is_valid()) else {
        return draw(path.id, me, form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let new = NewNote {
        id: row_id(&form)?,
        kind: &kind,
        on,
        text: &words,
    };
    db::write_note(&mut tx, &me.actor, me.clock.now(), path.id, &new).await?;
    tx.commit().await?;
    Ok(see(&path))
}

async fn reveal(path: RevealPath, me: Require<can::ClinicalKeep>) -> Result<Response, AppError> {
    let form = blank(&me);
    let secret = Some(Secret::Note(path.note));
    draw(path.id, me, form, secret, StatusCode::OK).await
}

async fn write_address(
    path: AddressPath,
    me: Require<can::ClinicalKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let Some(words) = text(&mut form, "address") else {
        return draw(path.id, me, form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut tx = me.begin().await?;
    cases::writable(&mut tx, &me.actor, path.id).await?;
    let new = (row_id(&form)?, words.as_str());
    db::write_address(&mut tx, &me.actor, me.clock.now(), path.id, new).await?;
    tx.commit().await?;
    Ok(see(&ClinicalPath { id: path.id }))
}

async fn reveal_address(
    path: RevealAddressPath,
    me: Require<can::ClinicalKeep>,
) -> Result<Response, AppError> {
    let form = blank(&me);
    let secret = Some(Secret::Address(path.address));
    draw(path.id, me, form, secret, StatusCode::OK).await
}
