//! Finding people and files of one's prefecture (decision 0094): names in either script, as they sound and with a
//! letter wrong; the end of a file's number; a telephone; a place.
//!
//! What is typed stands in no address, no log and no trail: it travels by POST, and the trail has counts.

mod db;
mod domain;
mod near;
mod shown;
mod web;

pub use web::routes;
