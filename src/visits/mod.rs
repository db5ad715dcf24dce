//! Regular follow-up (التتبع والتقييم المنتظم, R8): visits owed by the rhythm of the risk, what was found on each,
//! and why one did not take place.

mod db;
mod domain;
mod form;
mod meeting;
mod rhythm;
mod web;

use crate::routes::Routes;
pub use domain::next_day;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(rhythm::routes())
}
