//! The meetings about the reader's cities, and what they are to do after one.

use super::city_names;
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    meetings::{
        db::{self, Asked},
        domain::{Line, Point, State},
    },
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings")]
pub(super) struct MeetingsPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "meetings/list.html")]
struct ListPage {
    ui: Ui,
    asked: Asked,
    lines: Vec<Line>,
    mine: Vec<Point>,
    form: Form,
}

/// What is asked in an address; what cannot be is not asked.
fn asked(ui: &Ui, form: &Form) -> Asked {
    let kind = form.text("kind");
    let city = form.text("city");
    let cities = ui.catalogue().cities();
    Asked {
        kind: ui
            .catalogue()
            .code(List::MeetingKind, kind)
            .map(|code| code.code.clone()),
        city: cities
            .iter()
            .find(|one| one.slug == city)
            .map(|one| one.territory_id),
        state: State::from_code(form.text("state")),
        ..Asked::default()
    }
}

impl ListPage {
    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::MeetingKind)
    }

    /// Cities that can be asked for: for who looks at several.
    fn cities(&self) -> Vec<(String, String)> {
        let cities = self.ui.catalogue().cities();
        cities
            .iter()
            .map(|one| (one.slug.clone(), self.ui.say(&one.label).to_owned()))
            .collect()
    }

    fn looks_at_several(&self) -> bool {
        self.ui
            .actor()
            .is_some_and(|actor| actor.territory().0 == 0)
    }

    /// A filter of states: its address, its words, whether it is this one.
    fn chips(&self) -> Vec<(String, String, bool)> {
        let current = self.asked.state;
        let all = std::iter::once(None).chain(State::ALL.map(Some));
        all.map(|state| {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(
                    ["kind", "city"]
                        .into_iter()
                        .map(|field| (field, self.form.text(field)))
                        .chain(state.map(|one| ("state", one.code())))
                        .filter(|(_, value)| !value.is_empty()),
                )
                .finish();
            let address = if query.is_empty() {
                MeetingsPath.to_string()
            } else {
                format!("{MeetingsPath}?{query}")
            };
            let words = state.map_or("meetings-all", State::key);
            (address, self.ui.t(words), current == state)
        })
        .collect()
    }

    fn kind(&self, line: &Line) -> String {
        self.ui.label(List::MeetingKind, &line.kind)
    }

    /// What a published one is called; else the cities.
    fn about(&self, line: &Line) -> String {
        line.label.as_ref().map_or_else(
            || city_names(&self.ui, &line.cities),
            |label| self.ui.say(label).to_owned(),
        )
    }

    fn when(&self, line: &Line) -> String {
        let day = self.ui.date(line.day);
        line.at.map_or(day, |at| self.ui.moment(at))
    }

    fn is_late(&self, point: &Point) -> bool {
        point.is_late(self.ui.today())
    }
}

async fn show(
    _: MeetingsPath,
    me: Require<can::MeetingRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = asked(&me.ui, &form);
    let mut tx = me.begin_register().await?;
    let lines = db::list(&mut tx, &asked).await?;
    let mine = db::mine(&mut tx).await?;
    tx.commit().await?;
    ok(&ListPage {
        ui: me.ui,
        asked,
        lines,
        mine,
        form,
    })
}
