//! Disclosure control: which figures may be told, so that none tells of a few children.
//!
//! Knows no database and no page. A system is a set of tables that share their total ([`Layout`]); its [`Ledger`] holds
//! what was told of it and decides how each cell of a month is told beside that, and which corrections of an earlier month
//! may be listed. Told once, nothing is ever taken back. The method is in decision 0102.

mod closed_list;
mod guard;
mod known;
mod layout;
mod ledger;
mod search;
mod slice;
mod world;

pub use closed_list::{CLOSED_LIST, System, Table};
pub use layout::{Cell, Column, Growth, Layout};
pub use ledger::{Care, Ledger, Move};
pub use slice::{FEWEST, Mark, Slice};
