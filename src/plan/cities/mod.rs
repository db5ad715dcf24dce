//! The cities of the register: any prefecture or province as a candidate, the steps of its opening with what proves them,
//! and its way into the plan by decisions of the committee.

mod db;
mod list;
mod moving;
mod new;
mod opening;
mod page;
mod readiness;
mod step;
mod write;

use crate::routes::Routes;

/// The routes of this part of the register.
pub(super) fn routes() -> Routes {
    Routes::default()
        .merge(list::routes())
        .merge(new::routes())
        .merge(page::routes())
        .merge(moving::routes())
        .merge(step::routes())
        .merge(readiness::routes())
}
