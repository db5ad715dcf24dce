//! What a child is owed beside help (domain §7, decision 0067): a basis for what is shared, to be heard, to know
//! what happens with the words, and an answer to a complaint, by somebody else than who received it.
//!
//! A complaint is not readable by the person it is about; that is a policy of its table
//! (`migrations/0022_rights.sql`), not a choice of these pages.

mod db;
mod domain;
mod form;
mod script;
mod web;

pub use domain::{Occasion, Purpose};

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(script::routes())
}
