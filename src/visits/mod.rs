//! Regular follow-up (التتبع والتقييم المنتظم, R8): visits owed by the rhythm of the risk, what was found on each,
//! and why one did not take place.

mod db;
mod domain;
mod form;
mod web;

pub use domain::next_day;
pub use web::routes;
