//! The partners of a day, under the names of that day.

use super::db::{self, Partner};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    plan::words,
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The partners of today; `?on=` is another day.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/partners")]
pub(super) struct PartnersPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "plan/partners.html")]
struct Page {
    ui: Ui,
    form: Form,
    /// The day that is looked at, if it is another than today.
    past: Option<NaiveDate>,
    rows: Vec<Partner>,
}

impl Page {
    /// Those of the whole plan, then those of each city: a heading and its partners.
    fn groups(&self) -> Vec<(String, Vec<&Partner>)> {
        let mut groups: Vec<(Option<&str>, Vec<&Partner>)> = Vec::new();
        for one in &self.rows {
            let city = one.city.as_deref();
            match groups.last_mut() {
                Some((of, members)) if *of == city => members.push(one),
                _ => groups.push((city, vec![one])),
            }
        }
        let named = groups.into_iter();
        named
            .map(|(city, members)| (self.heading(city), members))
            .collect()
    }

    fn heading(&self, city: Option<&str>) -> String {
        city.map_or_else(
            || self.ui.t("plan-partners-whole"),
            |slug| words::slug_names(&self.ui, &[slug.to_owned()]),
        )
    }

    fn name(&self, one: &Partner) -> String {
        one.name.clone().unwrap_or_else(|| one.organisation.clone())
    }

    fn role(&self, one: &Partner) -> String {
        self.ui.label(List::PartnerRole, &one.role)
    }

    fn kind(&self, one: &Partner) -> String {
        self.ui.label(List::OrgType, &one.kind)
    }
}

async fn show(
    _: PartnersPath,
    me: Require<can::PlanRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let today = me.ui.today();
    let asked = form.optional("on", |text| words::past_day(text, today));
    if !form.is_valid() {
        return refused(&Page {
            ui: me.ui,
            form,
            past: None,
            rows: Vec::new(),
        });
    }
    let past = asked.filter(|day| *day != today);
    let mut tx = me.begin_figures().await?;
    let rows = db::list(&mut tx, asked.unwrap_or(today), me.ui.lang()).await?;
    tx.commit().await?;
    ok(&Page {
        ui: me.ui,
        form,
        past,
        rows,
    })
}
