//! The people around a child, seen together: a graph and its table; what the children around an adult tell, as an
//! indicator and never as a verdict; and where and when a child was met (decision 0096).
//!
//! Nothing here shows a decision on an adult (P14): the pages are those of the child's file.

mod again;
mod db;
mod domain;
mod graph;
mod seen;
mod web;

pub use again::{Refound, WINDOWS, refound};

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(seen::routes())
}
