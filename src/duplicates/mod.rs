//! Whether the child of a file already has another: files of the prefecture that may be about the same child, found by
//! names in either script and by mother, scored and explained (decision 0095), and a signed verdict on each (schema D5,
//! decision 0068). Nothing moves: "the same child" is a link that can be taken back.
//!
//! Asked on the page of a file (`web`), while somebody types (`suggest`), when a contact is sorted ([`alike`]), and each
//! night of every file that changed (`sweep`), whose pairs wait for the supervisor (`queue`). Other cities and protected
//! files are not looked at.
//!
//! The same of two records of one woman (`adults`, decision 0098): compared by the children around her, read and decided by
//! the supervisor on the page of her records (`records`) and in the queue.

mod adults;
mod db;
mod domain;
mod facts;
mod find;
mod pairs;
mod queue;
mod records;
mod score;
mod shown;
mod spelt;
mod suggest;
mod sweep;
mod web;

pub use domain::{Candidate, Verdict};
pub use facts::{Called, Mother, Traits};
pub use find::alike;
pub use sweep::{sweep, sweep_within};

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes().merge(records::routes())
}
