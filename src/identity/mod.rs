//! One child behind several records (schema D5, decision 0097): another city is asked whether it knows a child, two records
//! are put under one identity or taken apart again, and one of several values is shown. Nothing moves: a decision is a
//! signed link that supersedes the one before, written by functions of the database (0052).
//!
//! Of another city the look tells its name and nothing else (P10); its supervisor answers a frozen card; what opens then is
//! a summary, and it closes when either side ends it.
//!
//! Records of adults are joined and parted by the same functions (decision 0098); their page is of `duplicates`.

mod asked;
mod asking;
mod compared;
mod db;
mod domain;
mod elsewhere;
mod history;
mod parting;
mod web;

pub use db::{acts, join, part, part_two};
pub use domain::{Answer, Card, Parted, State, Whose};
pub use history::Act;
pub use parting::{Parting, is_parted, open_acts};

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
        .merge(elsewhere::routes())
        .merge(asked::routes())
}
