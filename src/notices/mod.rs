//! What somebody is told, inside Sanad and nowhere else: no letter, no telephone. Notices are written by the
//! database in the act that they tell of (`migrations/0014_protection.sql`), and read by their recipient.

mod web;

pub use web::routes;
