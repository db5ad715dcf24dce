//! The register of the plan: phases, cities, teams, meetings, decisions; facts with a source, for every
//! role. The committee keeps it: it opens a city by its decisions, letters and partners, and no program and no start has a
//! part in it (decision 0100).

mod cities;
mod db;
mod decisions;
mod domain;
mod letters;
mod machine;
mod partners;
mod phases;
pub mod scan;
mod web;
mod words;

pub use machine::{CityMove, CityStatus, Needs, StepState};

use crate::{routes::Routes, state::AppState};

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
        .merge(cities::routes())
        .merge(letters::routes())
        .merge(decisions::routes())
        .merge(partners::routes())
        .merge(phases::routes())
        .merge(scan::routes())
}

/// Cities, phases and names are read from memory everywhere: this process knows what changed at once, another within
/// minutes. Saved it is in any case.
async fn read_again(state: &AppState) {
    if let Err(error) = state.shelf.refresh(&state.db).await {
        tracing::warn!(%error, "reference.not_refreshed");
    }
}
