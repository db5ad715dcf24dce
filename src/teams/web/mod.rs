//! Pages of a team.

mod designation;
mod seat;
mod team;

pub use team::TeamPath;

use super::domain::Body;
use crate::{routes::Routes, web::Ui};

/// The routes of this slice.
pub fn routes() -> Routes {
    team::routes()
        .merge(seat::routes())
        .merge(designation::routes())
}

/// Whose a seat is.
fn body(ui: &Ui, body: &Body) -> String {
    match body {
        Body::Listed(code) => ui.organisation(code),
        Body::Named(name) => name.clone(),
    }
}
