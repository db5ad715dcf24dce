//! A decision is entered, with its scan if there is one.

use super::{
    db::{self, Added, Standing},
    form::{self, NewDecision},
    list::DecisionsPath,
};
use crate::{
    authz::{Require, can},
    documents::{self, Checked, MAX_BYTES, Upload},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    plan::{document, words},
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
    let checked = document::read(&mut form, file).await?;
    if let Some(new) = new.filter(|_| form.is_valid()) {
        match keep(&me, &state, &new, checked.as_ref()).await? {
            None => return Ok(see(&format!("{DecisionsPath}#{}", new.code))),
            Some((field, msg)) => form.fail(field, msg),
        }
    }
    let ui = me.ui;
    page(
        StatusCode::UNPROCESSABLE_ENTITY,
        &Page { ui, form, standing },
    )
}

/// Lays the scan down, then writes the decision: both, or neither. What is wrong with it, and where.
async fn keep(
    me: &Require<can::PlanKeep>,
    state: &AppState,
    new: &NewDecision,
    checked: Option<&Checked>,
) -> Result<Option<(&'static str, Msg)>, AppError> {
    let now = me.clock.now();
    let sent_before = || Some(("file", Msg::new("document-sent-before")));
    let _turn = match checked {
        Some(_) => Some(documents::turn().await?),
        None => None,
    };
    let mut tx = me.begin_register().await?;
    if let Some(is_same) = db::is_kept(&mut tx, &new.code, checked).await? {
        return Ok(if is_same { None } else { sent_before() });
    }
    let laid = match checked {
        Some(checked) => {
            let quota = state.config.upload_quota;
            if let Some(msg) = document::too_much(&mut tx, now, checked, quota).await? {
                return Ok(Some(("file", msg)));
            }
            Some(document::lay(&mut tx, state, now, checked).await?)
        }
        None => None,
    };
    let added = db::add(&mut tx, new, laid.map(|laid| laid.id)).await?;
    if added == Added::New {
        tx.commit().await?;
        return Ok(None);
    }
    // these bytes are nobody's
    drop(tx);
    if let Some(laid) = laid {
        documents::take_back(state, laid.blob).await;
    }
    if added == Added::Replaced {
        return Ok(Some(("replaces", Msg::new("plan-decision-replaced"))));
    }
    let mut tx = me.begin_register().await?;
    let is_same = db::is_kept(&mut tx, &new.code, checked).await?;
    tx.commit().await?;
    Ok(if is_same == Some(true) {
        None
    } else {
        sent_before()
    })
}
