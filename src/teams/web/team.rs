//! The team of a city: its seats, who sits in them today, who did before.

use super::body;
use crate::{
    authz::{Require, can},
    error::AppError,
    reference::{List, Organisation},
    routes::Routes,
    teams::{
        db::{self, City},
        domain::{self, Designation, Kind, Seat},
    },
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use serde::Deserialize;

/// The team of a city.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/plan/cities/{slug}/team", rejection(AppError))]
pub struct TeamPath {
    /// The city, as in its address.
    pub slug: String,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// Kinds of bodies that give help in a city: the cells, and what hangs on them.
const CELLS: [&str; 3] = ["social_cell", "hospital_cell", "cape"];

#[derive(Template)]
#[template(path = "teams/team.html")]
struct TeamPage {
    ui: Ui,
    city: City,
    seats: Vec<Seat>,
}

impl TeamPage {
    /// Whether the reader keeps this team.
    fn is_kept(&self) -> bool {
        let place = self.ui.actor().map(|actor| actor.territory());
        self.ui.may("city_team_keep") && place == Some(self.city.territory)
    }

    /// "5 of 8 seats filled".
    fn filled(&self) -> Option<String> {
        let (seats, filled) = domain::filled(&self.seats, self.ui.today());
        let words = || {
            let of = self.ui.n("team-seats", seats);
            self.ui.t2("team-filled", ("n", filled), ("seats", of))
        };
        (seats > 0).then(words)
    }

    fn sector(&self, seat: &Seat) -> String {
        self.ui.label(List::SeatSector, &seat.sector)
    }

    fn body(&self, seat: &Seat) -> String {
        body(&self.ui, &seat.body)
    }

    fn is_open(&self, seat: &Seat) -> bool {
        seat.is_open(self.ui.today())
    }

    /// Who is in office today: as what, and who.
    fn sitting<'a>(&self, seat: &'a Seat) -> Vec<(Kind, &'a Designation)> {
        let today = self.ui.today();
        let of = |kind| seat.at(today, kind).map(|one| (kind, one));
        Kind::ALL.into_iter().filter_map(of).collect()
    }

    fn is_vacant(&self, seat: &Seat) -> bool {
        seat.at(self.ui.today(), Kind::Holder).is_none()
    }

    /// Whether nobody is in office, nor is to come.
    fn can_close(&self, seat: &Seat) -> bool {
        let today = self.ui.today();
        !seat
            .designations
            .iter()
            .any(|one| one.runs(today) || one.comes(today))
    }

    /// Those who are not in office today.
    fn others<'a>(&self, seat: &'a Seat) -> Vec<&'a Designation> {
        seat.others(self.ui.today()).collect()
    }

    fn name<'a>(&self, one: &'a Designation) -> &'a str {
        self.ui.name(&one.member.name_ar, &one.member.name_la)
    }

    /// From when to when.
    fn days(&self, one: &Designation) -> String {
        days(&self.ui, one.since, one.until)
    }

    fn comes(&self, one: &Designation) -> bool {
        one.comes(self.ui.today())
    }

    /// The cells and centres of the city.
    fn cells(&self) -> Vec<&Organisation> {
        let own = self.ui.catalogue().providers(self.city.territory);
        own.into_iter()
            .filter(|one| one.territory_id.is_some() && CELLS.contains(&one.r#type.as_str()))
            .collect()
    }
}

/// From one day to another, or on.
pub(super) fn days(ui: &Ui, since: NaiveDate, until: Option<NaiveDate>) -> String {
    match until {
        Some(until) => ui.t2(
            "team-days",
            ("from", ui.date(since)),
            ("to", ui.date(until)),
        ),
        None => ui.t1("team-since", "day", ui.date(since)),
    }
}

async fn show(path: TeamPath, me: Require<can::CityTeamRead>) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let city = db::city(&mut tx, &path.slug).await?;
    let seats = db::team(&mut tx, city.territory).await?;
    tx.commit().await?;
    ok(&TeamPage {
        ui: me.ui,
        city,
        seats,
    })
}
