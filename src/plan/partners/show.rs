//! A partner: its names through time, its end.

use super::{
    db::{self, Name, Partner},
    form,
};
use crate::{
    authz::{Grant, Require, can},
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    ids::RowId,
    plan::{read_again, words},
    reference::List,
    routes::Routes,
    state::AppState,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

macro_rules! paths {
    ($($name:ident $path:literal),+ $(,)?) => {$(
        #[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            pub(super) id: RowId,
        }
    )+};
}
paths! {
    PartnerPath "/plan/partners/{id}",
    EndPath "/plan/partners/{id}/end",
    NamePath "/plan/partners/{id}/name",
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(end).post(rename)
}

#[derive(Template)]
#[template(path = "plan/partner.html")]
struct Page {
    ui: Ui,
    id: RowId,
    partner: Partner,
    names: Vec<Name>,
    form: Form,
    /// Which of the two forms was sent: the other is blank.
    is_naming: bool,
}

impl Page {
    fn name(&self) -> String {
        let code = &self.partner.organisation;
        self.partner.name.clone().unwrap_or_else(|| code.clone())
    }

    fn role(&self) -> String {
        self.ui.label(List::PartnerRole, &self.partner.role)
    }

    fn kind(&self) -> String {
        self.ui.label(List::OrgType, &self.partner.kind)
    }

    fn city(&self) -> Option<String> {
        let slug = self.partner.city.clone()?;
        Some(words::slug_names(&self.ui, &[slug]))
    }

    /// The language of a name, in itself.
    fn language(&self, name: &Name) -> &'static str {
        Lang::from_code(&name.lang).map_or("", Lang::name)
    }

    /// What the form of a name shows: what was typed in it, or nothing.
    fn naming(&self) -> Form {
        if self.is_naming {
            self.form.clone()
        } else {
            Form::new()
        }
    }

    /// The form of the end, likewise.
    fn ending(&self) -> Form {
        if self.is_naming {
            Form::new()
        } else {
            self.form.clone()
        }
    }
}

async fn show(path: PartnerPath, me: Require<can::PlanRead>) -> Result<Response, AppError> {
    draw(path.id, me, (Form::new(), false), StatusCode::OK).await
}

async fn draw<G: Grant>(
    id: RowId,
    me: Require<G>,
    (form, is_naming): (Form, bool),
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let partner = db::partner(&mut tx, id, me.ui.lang()).await?;
    let names = db::names(&mut tx, id).await?;
    tx.commit().await?;
    page(
        status,
        &Page {
            ui: me.ui,
            id,
            partner,
            names,
            form,
            is_naming,
        },
    )
}

async fn end(
    path: EndPath,
    me: Require<can::PlanKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let today = me.ui.today();
    let mut tx = me.begin_register().await?;
    let partner = db::partner(&mut tx, path.id, me.ui.lang()).await?;
    let day = form.required("until", |text| match words::past_day(text, today)? {
        day if partner.since.is_some_and(|since| day < since) => Err(Msg::new("plan-until-before")),
        day => Ok(day),
    });
    let Some(day) = day else {
        drop(tx);
        return draw(path.id, me, (form, false), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    db::end(&mut tx, path.id, day).await?;
    tx.commit().await?;
    Ok(see(&PartnerPath { id: path.id }))
}

async fn rename(
    path: NamePath,
    me: Require<can::PlanKeep>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let partner = db::partner(&mut tx, path.id, me.ui.lang()).await?;
    if let Some(named) = form::named(&mut form, &me.ui) {
        if db::rename(&mut tx, &partner, &named).await? {
            tx.commit().await?;
            read_again(&state).await;
            return Ok(see(&PartnerPath { id: path.id }));
        }
        form.fail("named_from", Msg::new("plan-name-later"));
    }
    drop(tx);
    draw(path.id, me, (form, true), StatusCode::UNPROCESSABLE_ENTITY).await
}
