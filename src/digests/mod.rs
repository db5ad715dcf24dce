//! A letter of counts, once a day, for who asked for one (decision 0075): how much is late and how much is due
//! today, and a link. No name, no number of a file, no place.

mod address;
mod letter;
mod send;

pub use address::{Asked, open, seal};
pub use letter::{Counts, code_letter, daily_letter};
pub use send::{Means, Outcome, Post, send_code, send_daily};
