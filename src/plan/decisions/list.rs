//! The register of decisions, newest first.

use super::db::{self, Decision};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    plan::{machine::CityMove, words},
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The register of decisions.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/decisions")]
pub(super) struct DecisionsPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "plan/decisions.html")]
struct Page {
    ui: Ui,
    form: Form,
    rows: Vec<Decision>,
    next: Option<String>,
}

impl Page {
    fn cities(&self) -> Vec<(String, String)> {
        words::all_cities(&self.ui)
    }

    fn about(&self, one: &Decision) -> String {
        words::slug_names(&self.ui, &one.cities)
    }

    /// Scans are for who reads the letters.
    fn scan(&self, one: &Decision) -> Option<String> {
        let id = one.document.filter(|_| self.ui.may("plan_letters"))?;
        Some(format!("/plan/documents/{id}"))
    }

    /// What moved by it: the name of the city, and how.
    fn moves(&self, one: &Decision) -> Vec<(String, String)> {
        let told = one.moved.iter().filter_map(|moved| moved.split_once(' '));
        told.filter_map(|(city, made)| {
            let made = CityMove::from_code(made)?.code().replace('_', "-");
            let name = words::slug_names(&self.ui, &[city.to_owned()]);
            Some((name, self.ui.t(&format!("plan-moved-{made}"))))
        })
        .collect()
    }
}

async fn show(
    path: DecisionsPath,
    me: Require<can::PlanRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let register = me.ui.catalogue().register();
    let city = form.optional("city", |slug| {
        let mut known = register.iter();
        known
            .find(|city| city.slug == slug)
            .map(|city| city.slug.clone())
            .ok_or(Msg::new("error-choice"))
    });
    if !form.is_valid() {
        return refused(&Page {
            ui: me.ui,
            form,
            rows: Vec::new(),
            next: None,
        });
    }
    let skip = words::skipped(form.text("skip"));
    let mut tx = me.begin_figures().await?;
    let mut rows = db::list(&mut tx, city.as_deref(), skip).await?;
    tx.commit().await?;
    let next = words::cut(&mut rows, skip).map(|skip| match &city {
        Some(city) => format!("{path}?city={city}&skip={skip}"),
        None => format!("{path}?skip={skip}"),
    });
    ok(&Page {
        ui: me.ui,
        form,
        rows,
        next,
    })
}
