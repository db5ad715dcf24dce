//! Meetings of the field teams and of the committee (R35, I20): planned, held or cancelled; who came, the minutes, and what
//! was agreed on (decision 0101).
//!
//! Those that were published are the reference data's, and stand in the same lists. What is agreed on is owed by who is to do
//! it: it is on their list of the day while they have an account, and the one row is both. No child is named in a meeting.

mod db;
mod domain;
mod form;
mod web;

pub use domain::{Attended, State};
pub use web::routes;
