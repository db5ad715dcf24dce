//! A file goes to another city (decision 0069): asked with a frozen sheet, kept by the sender until the receiving
//! supervisor accepts, moved in one transaction (`app.accept_transfer`). Refused with a reason, or taken back.

mod ask;
mod db;
mod domain;
mod web;

pub use domain::{Relative, Sheet, State};

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(ask::routes())
}
