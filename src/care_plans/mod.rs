//! The individual plan of a child (خطة التدخل الفردية) and best-interests determinations (تحديد المصلحة الفضلى).
//!
//! A plan has versions, one after the other in an episode: drawn up by whoever works on the file, approved or returned
//! by a supervisor who did not, and kept. The first approval carries the file from planning to its implementation.
//! A plan in force that is looked at and stays as it is has a review, and no other version.
//! An action that parts a child from its family waits for an approved determination.

mod answer;
mod db;
mod determinations;
mod domain;
mod form;
mod meeting;
mod page;
mod review;
mod web;
mod weigh;

pub use domain::PlanState;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
        .merge(answer::routes())
        .merge(review::routes())
        .merge(weigh::routes())
}
