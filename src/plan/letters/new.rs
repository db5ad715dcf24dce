//! A letter is entered, with its scan if there is one.

use super::{
    db,
    form::{self, NewLetter},
    show::LetterPath,
};
use crate::{
    authz::{Require, Role, TerritoryId, can},
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
    let checked = scan::read(&mut form, file).await?;
    if let Some(new) = new.filter(|_| form.is_valid()) {
        let paper = checked.as_ref().map(|checked| Scan {
            id: AttachmentId::new(me.clock.now()),
            about: About::Register,
            checked,
        });
        let place = place_of(&me.ui, &new);
        let entered = Entered { new: &new, place };
        match scan::keep(&me, &state, &entered, paper).await? {
            Ok(()) => return Ok(see(&LetterPath { id: new.id })),
            Err((field, msg)) => form.fail(field, msg),
        }
    }
    let cities = words::own_cities(&me.ui, &me.actor);
    refused(&Page {
        ui: me.ui,
        form,
        cities,
    })
}

/// A letter as it was typed, and the prefecture that it is of.
#[derive(Debug)]
struct Entered<'a> {
    new: &'a NewLetter,
    place: Option<TerritoryId>,
}

impl Record for Entered<'_> {
    async fn is_kept(
        &self,
        tx: &mut Tx,
        scan: Option<&Scan<'_>>,
    ) -> Result<Option<bool>, AppError> {
        db::is_kept(tx, self.new.id, scan.map(|scan| scan.checked)).await
    }

    async fn write(&self, tx: &mut Tx, scan: Option<&Scan<'_>>) -> Result<Written, AppError> {
        if let Some(answered) = self.new.answers
            && !db::exists(tx, answered).await?
        {
            return Ok(Written::Refused("answers", Msg::new("error-choice")));
        }
        let is_new = db::add(tx, self.new, scan.map(|scan| scan.id), self.place).await?;
        Ok(if is_new { Written::New } else { Written::Taken })
    }
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
