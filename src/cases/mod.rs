//! The child's file (ملف الطفل): its episodes, its state, who may open it (schema D4, domain §3.2).
//!
//! A worker reads the files given to them. A colleague's file of the same prefecture is a line in the list
//! and a short card; it opens with a reason, for an hour, and says so in its own log.

mod access;
mod also;
mod changes;
mod db;
mod domain;
mod entry;
mod facts;
mod file;
mod head;
mod history;
mod moves;
mod notes;
mod open;
mod page;
mod paper;
mod print;
mod situation;
mod story;
mod timeline;
mod web;

pub use also::{Also, AlsoFile, ShownField};
pub use domain::{EpisodeState, Facts, Lack, Milestone, Move, Refusal, Standing, Step, Who};
pub use facts::{of as facts, owe_anew};
pub use file::{CasePath, writable};
pub use head::{Head, find as head_of};
pub use moves::transition;
pub use open::{Again, Colleague, NewCase, by_number, colleagues, open, reopen};
pub use web::{CasesPath, routes};
