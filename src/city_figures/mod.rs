//! The results of one's own city, for its own people: exact, counted now, for any days (decision 0108).
//!
//! Everything here is asked with the session of the reader, whose prefecture the database checks again
//! (`stat.city_cells`, `stat.city_indicators`): of another city nothing comes. What is told outside the city is published
//! cells, and none of them is read or made here.

mod against;
mod board;
mod domain;
mod measured;
mod series;
mod web;
mod words;

pub use web::routes;
