//! A phase more, when the committee begins one: no program knows how many there are.

use super::{read_again, words};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    error::AppError,
    forms::{Form, Line},
    routes::Routes,
    state::AppState,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/phases/new")]
struct NewPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add)
}

#[derive(Template)]
#[template(path = "plan/phase_new.html")]
struct Page {
    ui: Ui,
    form: Form,
}

async fn blank(_: NewPath, me: Require<can::PlanKeep>) -> Result<Response, AppError> {
    let form = Form::new().with("decided_on", words::dmy(me.ui.today()));
    ok(&Page { ui: me.ui, form })
}

/// The same name of the same day is the same phase: sent twice, it is written once.
async fn add(
    _: NewPath,
    me: Require<can::PlanKeep>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let today = me.ui.today();
    let mut line = |field: &str| form.required(field, Line::parse).map(Line::into_string);
    let (ar, fr, en) = (line("name_ar"), line("name_la"), line("name_en"));
    let day = form.required("decided_on", |text| words::past_day(text, today));
    let (Some(ar), Some(fr), Some(en), Some(day)) = (ar, fr, en, day) else {
        return refused(&Page { ui: me.ui, form });
    };
    let mut tx = me.begin_register().await?;
    let code = sqlx::query_scalar!("select plan.add_phase($1, $2, $3, $4)", ar, fr, en, day)
        .fetch_one(&mut *tx)
        .await?;
    if let Some(code) = code {
        let event =
            Event::of("plan_phase.added").with(serde_json::json!({ "phase": code, "day": day }));
        audit::record(&mut tx, event).await?;
        tx.commit().await?;
        read_again(&state).await;
    }
    Ok(see(&"/plan/cities"))
}
