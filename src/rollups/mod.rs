//! What is counted, kept by prefecture and month (decision 0103): a write marks the months that it touches, a job counts
//! marked months again, and compares everything each night. `stat.fact` is the one definition of what is counted; nobody
//! reads an old count, for what is marked is read from the facts themselves.

mod db;

pub use db::{CityCell, MonthOfCity, compare, months_of_city, of_city, reconcile, refresh};
pub(crate) use db::{Reconciliation, last_reconciliation};
