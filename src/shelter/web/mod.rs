//! Pages: the register, a child's place, an institution's desk.

mod desk;
mod entry;
mod group;
mod keep;
mod places;
mod register;
mod request;
mod told;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .merge(register::routes())
        .merge(request::routes())
        .merge(desk::routes())
        .merge(places::routes())
        .merge(keep::routes())
        .merge(entry::routes())
        .merge(group::routes())
        .merge(told::routes())
}
