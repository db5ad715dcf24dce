//! Mothers (R22): a person who is said or shown to be the mother of a child of the prefecture, the fork of
//! the prosecution's decisions, and her four services (R23–R27).
//!
//! What opens the services is one rule, [`access`]; the child's services never depend on it.

mod db;
mod domain;
mod list;
mod page;
mod records;
mod web;

pub use db::track_of;
pub use domain::{Access, Effect, FAMILIES, Ground, MotherTrack, Stand, access};
pub use web::routes;
