//! The correspondence of the plan: who wrote to whom, on which day, about what; with the letter itself, if it was scanned.
//! The committee keeps it, a supervisor adds what concerns the own city, and a letter that was entered wrongly is struck
//! with a reason and stays.

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
