//! A decision is entered, with its scan if there is one.

use super::{
    db::{self, Added, Standing},
    form::{self, NewDecision},
    list::DecisionsPath,
};
use crate::{
    authz::{Require, can},
    db::Tx,
    documents::{MAX_BYTES, Upload},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AttachmentId, RowId},
    plan::{
        scan::{self, About, Record, Scan, Written},
        words,
    },
    routes::Routes,
    state::AppState,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A blank form; `?city=` begins it.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/decisions/new")]
struct NewPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).upload(add)
}

#[derive(Template)]
#[template(path = "plan/decision_new.html")]
struct Page {
    ui: Ui,
    form: Form,
    standing: Vec<Standing>,
}

impl Page {
    fn cities(&self) -> Vec<(String, String)> {
        words::all_cities(&self.ui)
    }

    /// Those whose place it could take: number or day, and how the text begins.
    fn others(&self) -> Vec<(String, String)> {
        let words = |one: &Standing| {
            let begin: String = one.ar.chars().take(60).collect();
            let head = one.number.clone().unwrap_or_else(|| self.ui.date(one.day));
            (one.code.clone(), format!("{head} · {begin}"))
        };
        self.standing.iter().map(words).collect()
    }

    fn max(&self) -> String {
        self.ui.n("document-size-mb", MAX_BYTES / 1024 / 1024)
    }
}

async fn standing(me: &Require<can::PlanKeep>) -> Result<Vec<Standing>, AppError> {
    let mut tx = me.begin_figures().await?;
    let found = db::standing(&mut tx).await?;
    tx.commit().await?;
    Ok(found)
}

async fn blank(
    _: NewPath,
    me: Require<can::PlanKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("decided_on", words::dmy(me.ui.today()))
        .with("city", asked.text("city"));
    let standing = standing(&me).await?;
    let ui = me.ui;
    page(StatusCode::OK, &Page { ui, form, standing })
}

async fn add(
    _: NewPath,
    me: Require<can::PlanKeep>,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, AppError> {
    let Upload {
        mut form,
        file,
        share: _share,
    } = upload;
    let standing = standing(&me).await?;
    let new = form::decision(&mut form, &me.ui, &standing);
    let checked = scan::read(&mut form, file).await?;
    if let Some(new) = new.filter(|_| form.is_valid()) {
        let paper = checked.as_ref().map(|checked| Scan {
            id: AttachmentId::new(me.clock.now()),
            about: About::Register,
            checked,
        });
        match scan::keep(&me, &state, &new, paper).await? {
            Ok(()) => return Ok(see(&format!("{DecisionsPath}#{}", new.code))),
            Err((field, msg)) => form.fail(field, msg),
        }
    }
    let ui = me.ui;
    page(
        StatusCode::UNPROCESSABLE_ENTITY,
        &Page { ui, form, standing },
    )
}

impl Record for NewDecision {
    async fn is_kept(
        &self,
        tx: &mut Tx,
        scan: Option<&Scan<'_>>,
    ) -> Result<Option<bool>, AppError> {
        db::is_kept(tx, &self.code, scan.map(|scan| scan.checked)).await
    }

    async fn write(&self, tx: &mut Tx, scan: Option<&Scan<'_>>) -> Result<Written, AppError> {
        let added = db::add(tx, self, scan.map(|scan| scan.id)).await?;
        Ok(match added {
            Added::New => Written::New,
            Added::Again => Written::Taken,
            Added::Replaced => Written::Refused("replaces", Msg::new("plan-decision-replaced")),
        })
    }
}
