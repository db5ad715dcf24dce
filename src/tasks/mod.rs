//! What is owed today (schema D15): one list for each person, made of every due thing; and, for supervisors, how
//! much each colleague carries and who stands in for whom.
//!
//! Nothing is ticked off here: doing the work strikes it out, by the triggers of the tables that owe it.

mod absence;
mod away;
mod db;
mod domain;
mod handover;
mod held;
mod leave;
mod person;
mod say;
mod team;
mod web;

pub use domain::Near;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
        .merge(handover::routes())
        .merge(team::routes())
        .merge(person::routes())
        .merge(away::routes())
        .merge(leave::routes())
}
