//! Health, what was told in confidence, and where a child is kept safe (schema D7, domain P4 and P5).
//!
//! For those who care for the child: lead, second, whoever is named on the file, its supervisor; never a court.
//! A list shows that there is something; the words of one are revealed by an act that writes down who read
//! them. The database gives the words by no other way (`migrations/0015_clinical.sql`).

mod db;
mod web;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
}
