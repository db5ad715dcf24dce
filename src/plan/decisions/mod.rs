//! The decisions of the committee: day, number, text, cities, the paper itself. A city moves on by them and by nothing else.

mod db;
mod form;
mod list;
mod new;

use crate::routes::Routes;

/// The routes of this part of the register.
pub(super) fn routes() -> Routes {
    Routes::default().merge(list::routes()).merge(new::routes())
}
