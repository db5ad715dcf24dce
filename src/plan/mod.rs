//! The register of the plan: phases, cities, teams, meetings, decisions; facts with a source, for every
//! role.

mod db;
mod domain;
mod web;

pub use web::routes;
