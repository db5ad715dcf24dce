//! Reports: one table of the closed list, laid out by place, month and part, as a table and a chart (schema D22, decision 0107).
//!
//! The committee asks what was told and nothing else; the people of a city ask their own city's figures, exact and counted now,
//! between any two days. A question is all in the address of its page: codes of tables, places, parts and months, and nobody's
//! name. Saved, it is the same question under a name; whoever opens it is answered by what they may read themselves.

mod ask;
mod db;
mod desk;
mod domain;
mod drawing;
mod file;
mod live;
mod told;
mod web;

pub use web::routes;
