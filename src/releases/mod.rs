//! Published releases: once a month the figures of the month that is over are counted, told so that none tells of a few
//! children ([`crate::disclosure`]), and never changed (schema D9, decision 0102).
//!
//! `frame` gives the cells of a system their names, `history` is what the database keeps of earlier releases, `month` makes
//! a release of it (`rows`), and `publish` reads, writes and is what the job and the command line call. `read` is for those
//! who are told, pages, packs and reports; `kept` reads a month once, and `words` says how a cell is written.

mod db;
mod frame;
mod history;
mod kept;
mod month;
mod publish;
pub mod read;
mod rows;
pub mod words;

pub use kept::{Kept, Month as ToldMonth};
pub use publish::{ReleaseError, Released, publish};
