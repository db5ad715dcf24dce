//! The committee's figures: what was published before Sanad, and what Sanad holds, never mixed.
//!
//! Published totals belong to their cities together and are never divided (schema D21). Live figures come
//! rounded out of the database, for the dates of a grid (D22); totals add the rounded cells, so that no
//! total tells what a cell hides.

mod db;
mod domain;
mod live;
mod published;
mod table;
mod web;

pub use web::routes;
