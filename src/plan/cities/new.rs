//! A candidate is entered: any prefecture or province that is not in the register.

use super::{
    page::CityPath,
    write::{self, NewCity},
};
use crate::{
    authz::{Require, TerritoryId, can},
    error::AppError,
    forms::{Form, Line, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::read_again,
    reference::{Label, Territory},
    routes::Routes,
    state::AppState,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/cities/new")]
struct NewPath;

/// The phase of a city that nothing else was said of.
const HORIZON: &str = "generalisation";

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add)
}

#[derive(Template)]
#[template(path = "plan/city_new.html")]
struct Page {
    ui: Ui,
    form: Form,
    phases: Vec<(String, Label)>,
}

impl Page {
    /// Those that are not in the register, by name.
    fn territories(&self) -> Vec<(String, String)> {
        let known = self.ui.catalogue().register();
        let is_free = |place: &&Territory| known.iter().all(|city| city.territory_id != place.id);
        let free = self.ui.catalogue().territories().filter(is_free);
        let mut options: Vec<_> = free
            .map(|place| (place.id.0.to_string(), self.ui.say(&place.label).to_owned()))
            .collect();
        options.sort_by(|a, b| a.1.cmp(&b.1));
        options
    }

    fn phases(&self) -> Vec<(String, String)> {
        let option =
            |(code, label): &(String, Label)| (code.clone(), self.ui.say(label).to_owned());
        self.phases.iter().map(option).collect()
    }
}

/// The phases that there are.
pub(super) async fn phases<G: crate::authz::Grant, R: crate::authz::Recency>(
    me: &Require<G, R>,
) -> Result<Vec<(String, Label)>, AppError> {
    let mut tx = me.begin_figures().await?;
    let rows = sqlx::query!("select code, ar, fr, en from plan.phase order by sort")
        .fetch_all(&mut *tx)
        .await?;
    tx.commit().await?;
    let phase = rows.into_iter().map(|r| {
        let label = Label {
            ar: r.ar,
            fr: r.fr,
            en: r.en,
        };
        (r.code, label)
    });
    Ok(phase.collect())
}

async fn blank(_: NewPath, me: Require<can::PlanKeep>) -> Result<Response, AppError> {
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("phase", HORIZON);
    let phases = phases(&me).await?;
    let ui = me.ui;
    page(StatusCode::OK, &Page { ui, form, phases })
}

async fn add(
    _: NewPath,
    me: Require<can::PlanKeep>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let phases = phases(&me).await?;
    if let Some(new) = read(&mut form, &me.ui, &phases) {
        let mut tx = me.begin_register().await?;
        if let Some(slug) = write::add(&mut tx, &new).await? {
            tx.commit().await?;
            read_again(&state).await;
            return Ok(see(&CityPath { slug }));
        }
        drop(tx);
        // a second press of the button, or somebody else's candidate
        if let Some(slug) = entered(&me, new.id).await? {
            return Ok(see(&CityPath { slug }));
        }
        form.fail("territory", Msg::new("plan-city-known"));
    }
    let ui = me.ui;
    page(StatusCode::UNPROCESSABLE_ENTITY, &Page { ui, form, phases })
}

/// The city that these very answers made.
async fn entered(me: &Require<can::PlanKeep>, id: RowId) -> Result<Option<String>, AppError> {
    let mut tx = me.begin_figures().await?;
    let slug = sqlx::query_scalar!("select city from plan.city_step where id = $1", id.0)
        .fetch_optional(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(slug)
}

/// A candidate, complete or not at all. Without a name of its own it is called as its prefecture.
fn read(form: &mut Form, ui: &Ui, phases: &[(String, Label)]) -> Option<NewCity> {
    let choice = || Msg::new("error-choice");
    form.required("id", |text| text.parse::<RowId>().map_err(|_| choice()));
    let id = form.id_of_answers("id").map(RowId);
    let place = form.required("territory", |text| {
        let id = text.parse().map(TerritoryId).map_err(|_| choice())?;
        ui.catalogue().territory(id).ok_or_else(choice)
    });
    let phase = form.required("phase", |code| {
        let known = phases.iter().find(|(known, _)| known == code);
        known.map(|(code, _)| code.clone()).ok_or_else(choice)
    });
    let mut name = |field: &str| form.optional(field, Line::parse).map(Line::into_string);
    let (ar, fr, en) = (name("name_ar"), name("name_la"), name("name_en"));
    let why = form
        .optional("city_why", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    let place = place?;
    let fr = fr.unwrap_or_else(|| place.label.fr.clone());
    let en = en.unwrap_or_else(|| {
        let own = [&place.label.en, &fr];
        own.into_iter()
            .find(|name| !name.is_empty())
            .cloned()
            .unwrap_or_default()
    });
    Some(NewCity {
        id: id?,
        territory: place.id,
        phase: phase?,
        ar: ar.unwrap_or_else(|| place.label.ar.clone()),
        fr,
        en,
        why,
    })
}
