//! Published releases: once a month the figures of the month that is over are counted, told so that none tells of a few
//! children ([`crate::disclosure`]), and never changed (schema D9, decision 0102).
//!
//! `frame` gives the cells of a system their names, `history` is what the database keeps of earlier releases, `month` makes
//! a release of it (`rows`), and `publish` reads, writes and is what the job and the command line call.

mod db;
mod frame;
mod history;
mod month;
mod publish;
mod rows;

pub use publish::{ReleaseError, Released, publish};
