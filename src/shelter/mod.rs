//! Emergency shelter (الإيواء الاستعجالي): which places are free, and how a child comes to one.
//!
//! A worker asks for a place on the child's file: the request freezes a sheet ([`sheet`]) for the institution
//! and takes the place in one transaction, under the lock of its group, for a day. The institution's manager
//! reads the sheet, and receives the child or says why not; where nobody signs in for it, the cell tells it. Rules
//! are in [`domain`]; the database holds the counts and the list of moves once more (`migrations/0025_shelter.sql`,
//! decision 0065). A city enters its institutions and their places itself ([`entry`], decision 0083).

mod db;
mod domain;
mod entry;
mod form;
pub mod sheet;
mod web;

pub use domain::{BedMove, BedState, By};
pub use web::routes;
