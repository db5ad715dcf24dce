//! Every city of the register, by where it stands.

use super::db::{self, Line};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    plan::{machine::CityStatus, words},
    routes::Routes,
    web::{Ui, ok, refused},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The cities of the register; `?status=` are those that stand there.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/cities")]
pub(super) struct CitiesPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "plan/cities.html")]
struct Page {
    ui: Ui,
    form: Form,
    rows: Vec<Line>,
    asked: Option<CityStatus>,
}

impl Page {
    /// Where cities stand, and how many: those with none are not offered.
    fn filters(&self) -> Vec<(CityStatus, usize)> {
        let count = |status| {
            self.rows
                .iter()
                .filter(|city| city.status == status)
                .count()
        };
        let all = CityStatus::ALL
            .into_iter()
            .map(|status| (status, count(status)));
        all.filter(|(_, n)| *n > 0).collect()
    }

    fn shown(&self) -> Vec<&Line> {
        let rows = self.rows.iter();
        rows.filter(|city| self.asked.is_none_or(|status| city.status == status))
            .collect()
    }

    fn is_asked(&self, status: &CityStatus) -> bool {
        self.asked == Some(*status)
    }

    fn prefecture(&self, city: &Line) -> String {
        let place = self.ui.catalogue().territory(city.territory);
        place.map_or_else(String::new, |place| self.ui.say(&place.label).to_owned())
    }

    fn phase(&self, city: &Line) -> String {
        words::short(self.ui.say(&city.phase)).to_owned()
    }

    /// Seats that somebody holds, of those there are.
    fn seats(&self, city: &Line) -> Option<String> {
        let (seats, filled) = city.seats?;
        Some(
            self.ui
                .t2("plan-seats-filled", ("n", filled), ("of", seats)),
        )
    }

    /// "4 of 9 steps", once somebody spoke of one.
    fn steps(&self, city: &Line) -> Option<String> {
        let is_told = city.settled > 0 || city.status == CityStatus::Preparing;
        let (n, of) = (("n", city.settled), ("of", city.steps));
        is_told.then(|| self.ui.t2("plan-steps-of", n, of))
    }
}

async fn show(
    _: CitiesPath,
    me: Require<can::PlanRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = form.optional("status", |code| {
        CityStatus::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let mut tx = me.begin_figures().await?;
    let rows = db::list(&mut tx).await?;
    tx.commit().await?;
    let is_valid = form.is_valid();
    let page = Page {
        ui: me.ui,
        form,
        rows,
        asked,
    };
    if is_valid { ok(&page) } else { refused(&page) }
}
