//! Reference data: code lists, territory, courts, providers.
//!
//! The truth is in `reference/*.csv`, loaded into schema `ref` by [`load()`]; a copy is kept in memory by
//! [`Shelf`], because every page shows labels and none should ask the database for them.

mod load;
mod shelf;

pub use load::load;
pub use shelf::{Catalogue, City, Code, Court, Label, List, Organisation, Place, Shelf, Territory};
