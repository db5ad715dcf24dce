//! Regular follow-up (التتبع والتقييم المنتظم, R8): visits owed by the rhythm of the risk, what was found on each,
//! and why one did not take place.

mod db;
mod domain;
mod form;
<<<<<<< HEAD
mod rhythm;
=======
mod meeting;
>>>>>>> drafts
mod web;

use crate::routes::Routes;
pub use domain::next_day;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(rhythm::routes())
}
