//! A report as a file: what stands on the page, cell for cell.

use super::answer::{Answer, answer};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    releases::read::Told,
    reports::{
        ask, db,
        desk::Whose,
        domain::{Definition, Figure},
        file::{self, Cell},
    },
    routes::Routes,
    web::Ui,
};
use axum::{
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/new/export.csv")]
struct NewTextPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/new/export.xlsx")]
struct NewBookPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/{id}/export.csv", rejection(AppError))]
struct TextPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/reports/{id}/export.xlsx", rejection(AppError))]
struct BookPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(new_text)
        .get(new_book)
        .get(saved_text)
        .get(saved_book)
}

/// What the file is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Book,
}

async fn new_text(
    _: NewTextPath,
    me: Require<can::ReportKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    unsaved(&me, query, Kind::Text).await
}

async fn new_book(
    _: NewBookPath,
    me: Require<can::ReportKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    unsaved(&me, query, Kind::Book).await
}

async fn saved_text(path: TextPath, me: Require<can::ReportKeep>) -> Result<Response, AppError> {
    saved(&me, path.id, Kind::Text).await
}

async fn saved_book(path: BookPath, me: Require<can::ReportKeep>) -> Result<Response, AppError> {
    saved(&me, path.id, Kind::Book).await
}

async fn unsaved(
    me: &Require<can::ReportKeep>,
    query: Option<String>,
    kind: Kind,
) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let query = query.unwrap_or_default();
    let form = if query.is_empty() {
        ask::usual(whose)
    } else {
        Form::parse(query.as_bytes())
    };
    send(me, (whose, kind), form, None).await
}

async fn saved(me: &Require<can::ReportKeep>, id: RowId, kind: Kind) -> Result<Response, AppError> {
    let whose = Whose::of(&me.actor)?;
    let mut tx = me.begin_register().await?;
    let saved = db::report(&mut tx, &me.actor, whose, id).await?;
    tx.commit().await?;
    let form = saved.definition.form();
    send(me, (whose, kind), form, Some((id, saved.name))).await
}

/// The file, once the trail says that it leaves.
async fn send(
    me: &Require<can::ReportKeep>,
    (whose, kind): (Whose, Kind),
    mut form: Form,
    report: Option<(RowId, String)>,
) -> Result<Response, AppError> {
    let outcome = answer(me, &mut form).await?;
    let name = report.as_ref().map(|(_, name)| name.clone());
    let lines = match outcome.answer {
        Some(answer) => lines(&me.ui, name, &answer),
        None if form.is_valid() => vec![vec![me.ui.t("report-none-told").into()]],
        None => return Err(AppError::Conflict(Msg::new("report-no-file"))),
    };
    let definition = Definition::of(&form);
    let mut tx = me.begin_register().await?;
    db::exported(&mut tx, whose, report.map(|(id, _)| id), &definition).await?;
    tx.commit().await?;
    let (media, end) = match kind {
        Kind::Text => ("text/csv; charset=utf-8", "csv"),
        Kind::Book => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    };
    let file = format!("attachment; filename=\"{}.{end}\"", definition.table());
    let head = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, file),
    ];
    Ok(match kind {
        Kind::Text => (head, file::text(&lines)).into_response(),
        Kind::Book => {
            let name = me.ui.t("report-title");
            let book = file::workbook(me.ui.lang(), &name, &lines);
            (head, book.map_err(AppError::internal)?).into_response()
        }
    })
}

/// What was asked and where it is from, the figures, what is to be said of them.
fn lines(ui: &Ui, name: Option<String>, answer: &Answer) -> Vec<Vec<Cell>> {
    let mut lines: Vec<Vec<Cell>> = Vec::new();
    lines.extend(name.map(|name| vec![name.into()]));
    lines.push(vec![answer.title.clone().into()]);
    let about = answer.about.iter();
    lines.extend(about.map(|(what, words)| vec![what.clone().into(), words.clone().into()]));
    lines.push(vec![answer.stamp.clone().into()]);
    lines.push(Vec::new());
    let heads = answer
        .grid
        .columns
        .iter()
        .map(|item| item.name.clone().into());
    lines.push(
        std::iter::once(answer.corner.clone().into())
            .chain(heads)
            .collect(),
    );
    lines.extend(answer.grid.rows.iter().map(|(item, figures)| {
        let figures = figures.iter().map(|figure| cell(ui, figure));
        std::iter::once(item.name.clone().into())
            .chain(figures)
            .collect()
    }));
    lines.push(Vec::new());
    lines.extend(answer.notes.iter().map(|note| vec![note.clone().into()]));
    lines
}

fn cell(ui: &Ui, figure: &Figure) -> Cell {
    let n = figure.as_ref().and_then(Told::shown);
    n.map_or_else(|| Cell::Words(Answer::say(ui, figure)), Cell::Number)
}
