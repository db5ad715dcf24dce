//! A partner is entered: an organisation of the lists, or one that no list has.

use super::{
    db::{self, Added},
    form,
    show::PartnerPath,
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    plan::{read_again, words},
    reference::List,
    routes::Routes,
    state::AppState,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A blank form; `?city=` begins it.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/partners/new")]
struct NewPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add)
}

#[derive(Template)]
#[template(path = "plan/partner_new.html")]
struct Page {
    ui: Ui,
    form: Form,
}

impl Page {
    fn organisations(&self) -> Vec<(String, String)> {
        words::organisations(&self.ui)
    }

    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::OrgType)
    }

    fn roles(&self) -> Vec<(String, String)> {
        self.ui.options(List::PartnerRole)
    }

    fn cities(&self) -> Vec<(String, String)> {
        words::all_cities(&self.ui)
    }
}

async fn blank(
    _: NewPath,
    me: Require<can::PlanKeep>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("city", asked.text("city"));
    ok(&Page { ui: me.ui, form })
}

async fn add(
    _: NewPath,
    me: Require<can::PlanKeep>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    if let Some(new) = form::partner(&mut form, &me.ui) {
        let mut tx = me.begin_register().await?;
        match db::add(&mut tx, &new).await? {
            Added::New => {
                tx.commit().await?;
                read_again(&state).await;
                return Ok(see(&PartnerPath { id: new.id }));
            }
            Added::Again => return Ok(see(&PartnerPath { id: new.id })),
            Added::Known => form.fail("organisation", Msg::new("plan-partner-known")),
        }
    }
    refused(&Page { ui: me.ui, form })
}
