//! Assessment of a child's situation (التقييم): eight domains, needs, signs of exploitation, the social inquiry in
//! short, and the risk that follows from facts (`risk`, docs/risk.md).
//!
//! A draft is its form, sealed as typed. Completed, it is rows that are never changed: the next assessment is
//! another, and the trend of a domain is read from all of them. One that comes out lower than the file asks a supervisor.

mod db;
mod form;
mod heed;
mod meeting;
mod page;
mod web;
mod weighed;

pub use heed::{Seen, heed};

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
}
