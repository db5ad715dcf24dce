//! What the cell did for a measure, told from the page of the child's file; and how the file of the procedure shows it.

use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, Paragraph},
    ids::{CaseId, RowId, TaskId},
    prosecution::{
        db::report::{self, Reported},
        domain::measure_list,
    },
    web::{Ui, page, refused, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/prosecution/done", rejection(AppError))]
pub(super) struct DonePath {
    id: CaseId,
}

/// The form by itself, given back: it stands on the page of the child's file, which is another slice's.
#[derive(Template)]
#[template(path = "prosecution/done.html")]
struct DonePage {
    ui: Ui,
    case: CaseId,
    number: String,
    form: Form,
}

pub(super) async fn record(
    path: DonePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let number = report::number_of(&mut tx, &me.actor, path.id).await?;
    if me.ui.reads_only(path.id) {
        return Err(AppError::Forbidden);
    }
    let given_back = |form| DonePage {
        ui: me.ui.clone(),
        case: path.id,
        number,
        form,
    };
    let words = form.required("measure_done", Paragraph::parse);
    let (Some(words), true) = (words, form.is_valid()) else {
        return refused(&given_back(form));
    };
    let id = form.id_of_answers("id").map(RowId);
    let id = id.ok_or(AppError::BadRequest)?;
    let task: TaskId = form
        .text("task")
        .parse()
        .map_err(|_| AppError::BadRequest)?;
    let owed = report::owed(&mut tx, path.id, task).await?;
    let (of, told) = ((path.id, &owed), (id, words.as_str()));
    match report::write(&mut tx, &me.actor, me.clock.now(), of, told).await {
        Err(AppError::Conflict(msg)) => {
            form.fail("measure_done", msg);
            page(StatusCode::CONFLICT, &given_back(form))
        }
        Err(error) => Err(error),
        Ok(()) => {
            tx.commit().await?;
            Ok(see(&format!("/cases/{}#judicial", path.id)))
        }
    }
}

impl Reported {
    /// The measure that it is about.
    pub(super) fn measure(&self, ui: &Ui) -> String {
        ui.label(measure_list(self.by_judge), &self.kind)
    }
}
