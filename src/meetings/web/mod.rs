//! Pages of meetings.

mod acts;
mod calendar;
mod list;
mod one;
mod plan;
mod points;

use super::form::Desk;
use crate::{
    authz::{Actor, Scope},
    routes::Routes,
    web::Ui,
};

/// The routes of this slice.
pub fn routes() -> Routes {
    list::routes()
        .merge(calendar::routes())
        .merge(plan::routes())
        .merge(one::routes())
        .merge(acts::routes())
        .merge(points::routes())
}

/// Who writes: a supervisor of their city, or the committee.
fn desk<'a>(ui: &'a Ui, actor: &Actor) -> Desk<'a> {
    let city = match actor.scope {
        Scope::Prefecture(city) => Some(city),
        Scope::Organisation(..) | Scope::Court(_) | Scope::Country => None,
    };
    Desk {
        catalogue: ui.catalogue(),
        today: ui.today(),
        city,
    }
}

/// The cities of those prefectures, as a sentence lists them.
fn city_names(ui: &Ui, territories: &[i16]) -> String {
    let cities = ui.catalogue().cities();
    let names: Vec<&str> = cities
        .iter()
        .filter(|city| territories.contains(&city.territory_id.0))
        .map(|city| ui.say(&city.label))
        .collect();
    ui.lang().list(&names)
}
