//! Regular follow-up (التتبع والتقييم المنتظم, R8): visits owed by the rhythm of the risk, what was found on each,
//! and why one did not take place.

mod db;
mod domain;
mod form;
mod meeting;
mod web;

pub use web::routes;
