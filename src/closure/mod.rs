//! The end of an episode and what comes after (decision 0068): the criteria, the final report, two people; the
//! checks at three and six months; opening again; and a file that should never have been.

mod after;
mod again;
mod db;
mod domain;
mod web;

pub use domain::CHECKS;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(after::routes()).merge(again::routes())
}
