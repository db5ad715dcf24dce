//! Whether the child of a new file already has one: the files of the prefecture that may be about the same child,
//! side by side, and a signed verdict on each (schema D5, decision 0068). Nothing moves: "the same child" is a
//! link that can be taken back.
//!
//! The search is a plain one: age, sex, beginnings of names in either script, the mother, the place. Names written
//! in another way, other cities and protected files are not found by it, and the page says so.

mod db;
mod domain;
mod web;

pub use domain::Verdict;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
}
