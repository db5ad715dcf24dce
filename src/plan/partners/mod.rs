//! The partners of the plan, of all of it or of a city: in what capacity, from when to when, and under which name then.

mod db;
mod form;
mod list;
mod new;
mod show;

use crate::routes::Routes;

/// The routes of this part of the register.
pub(super) fn routes() -> Routes {
    Routes::default()
        .merge(list::routes())
        .merge(new::routes())
        .merge(show::routes())
}
