//! A letter is entered, with its scan if there is one.

use super::{
    db,
    form::{self, NewLetter},
    show::LetterPath,
};
use crate::{
    authz::{Require, Role, TerritoryId, can},
    documents::{self, Checked, MAX_BYTES, Upload},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::RowId,
    plan::{document, words},
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

/// A blank form; `?city=` and `?answers=` begin it.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/letters/new")]
struct NewPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).upload(add)
}

#[derive(Template)]
#[template(path = "plan/letter_new.html")]
struct Page {
    ui: Ui,
    form: Form,
    cities: Vec<(String, String)>,
}

impl Page {
    fn parties(&self) -> Vec<(String, String)> {
        self.ui.options(List::LetterParty)
    }

    fn purposes(&self) -> Vec<(String, String)> {
        self.ui.options(List::LetterPurpose)
    }

    fn organisations(&self) -> Vec<(String, String)> {
        words::organisations(&self.ui)
    }

    /// The committee may write of no city in particular.
    fn is_committee(&self) -> bool {
        self.ui.may("plan_keep")
    }

    fn max(&self) -> String {
        self.ui.n("document-size-mb", MAX_BYTES / 1024 / 1024)
    }
}

async fn blank(
    _: NewPath,
    me: Require<can::PlanLetters>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let cities = words::own_cities(&me.ui, &me.actor);
    let mut form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("sent_on", words::dmy(me.ui.today()));
    if let Ok(answered) = asked.text("answers").parse::<RowId>() {
        form.set("answers", answered.to_string());
    }
    let is_own = |slug: &str| cities.iter().any(|(code, _)| code == slug);
    if me.actor.role == Role::Supervisor {
        // one city, and no question
        let own = cities.first().ok_or(AppError::NotFound)?;
        form.set("city", own.0.clone());
    } else if is_own(asked.text("city")) {
        form.set("city", asked.text("city"));
    }
    ok(&Page {
        ui: me.ui,
        form,
        cities,
    })
}

async fn add(
    _: NewPath,
    me: Require<can::PlanLetters>,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, AppError> {
    let Upload {
        mut form,
        file,
        share: _share,
    } = upload;
    let new = form::letter(&mut form, &me.ui, &me.actor);
    let checked = document::read(&mut form, file).await?;
    if let Some(new) = new.filter(|_| form.is_valid()) {
        match keep(&me, &state, &new, checked.as_ref()).await? {
            None => return Ok(see(&LetterPath { id: new.id })),
            Some((field, msg)) => form.fail(field, msg),
        }
    }
    let cities = words::own_cities(&me.ui, &me.actor);
    refused(&Page {
        ui: me.ui,
        form,
        cities,
    })
}

/// Lays the scan down, then writes the letter: both, or neither. What is wrong with it, and where; the same one sent twice
/// is kept once.
async fn keep(
    me: &Require<can::PlanLetters>,
    state: &AppState,
    new: &NewLetter,
    checked: Option<&Checked>,
) -> Result<Option<(&'static str, Msg)>, AppError> {
    let now = me.clock.now();
    let sent_before = || Some(("file", Msg::new("document-sent-before")));
    let _turn = match checked {
        Some(_) => Some(documents::turn().await?),
        None => None,
    };
    let mut tx = me.begin_register().await?;
    if let Some(is_same) = db::is_kept(&mut tx, new.id, checked).await? {
        return Ok(if is_same { None } else { sent_before() });
    }
    if let Some(answered) = new.answers
        && !db::exists(&mut tx, answered).await?
    {
        return Ok(Some(("answers", Msg::new("error-choice"))));
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
    let place = place_of(&me.ui, new);
    if db::add(&mut tx, new, laid.map(|laid| laid.id), place).await? {
        tx.commit().await?;
        return Ok(None);
    }
    // a second press of the button came in between: these bytes are nobody's
    drop(tx);
    if let Some(laid) = laid {
        documents::take_back(state, laid.blob).await;
    }
    let mut tx = me.begin_register().await?;
    let is_same = db::is_kept(&mut tx, new.id, checked).await?;
    tx.commit().await?;
    Ok(if is_same == Some(true) {
        None
    } else {
        sent_before()
    })
}

/// The prefecture of a letter about one city.
fn place_of(ui: &Ui, new: &NewLetter) -> Option<TerritoryId> {
    let [slug] = new.cities.as_slice() else {
        return None;
    };
    let mut cities = ui.catalogue().register().iter();
    cities
        .find(|city| city.slug == *slug)
        .map(|city| city.territory_id)
}
