//! What somebody is told, inside Sanad and nowhere else: a letter only counts ([`crate::digests`]). Notices are
//! written by the database in the act that they tell of (`app.tell`), and read by their recipient.

mod web;

pub use web::routes;
