//! The committee's figures: what was published before Sanad, and the months that Sanad told since; nothing is counted here
//! (decision 0105).
//!
//! Published totals belong to their cities together and are never divided (schema D21). `cells` reads a month
//! ([`crate::releases::read`]), `told`, `indicators` and `rates` draw it, `needs` are the rules of what waits for a decision.

mod asks;
mod board;
mod cells;
mod db;
mod domain;
mod indicators;
mod needs;
mod published;
mod rates;
mod table;
mod told;
mod web;

pub use web::routes;
