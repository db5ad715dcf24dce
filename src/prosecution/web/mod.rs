//! Routes and pages.

mod compose;
mod desk;
mod file;
mod notice;
mod view;

pub use view::grouped;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(desk::list)
        .get(compose::new)
        .post(compose::create)
        .post(compose::urgent)
        .get(file::show)
        .post(file::transmit)
        .post(file::receive)
        .post(file::decide_child)
        .post(file::decide_adult)
        .post(file::note)
        .get(notice::show)
        .post(notice::acknowledge)
}
