//! Packs of the committee: the published cells of a period as a document, a workbook and open data, in one language, made by
//! background work and kept with the hashes of their files (decision 0106).
//!
//! `material` is what was told, `book` and `sources` the same in words; `document` (`shape`, `pack.typ`), `workbook` (`looks`)
//! and `data` write it, `make` is the work, and `web` shows how far it is and hands the files out. Nothing here reads a row of a person.

mod book;
mod data;
mod db;
mod document;
mod domain;
mod looks;
mod make;
mod material;
mod safe;
mod shape;
mod sources;
mod web;
mod workbook;

pub use make::{Bench, ask_due, make};
pub use web::routes;
