//! What happens to a file at the court after the prosecution decided: hearings, the measures of the juvenile judge, the
//! judgment, an appeal, the end (decision 0092); the calendar of a court, and its figures.
//!
//! Each is a row for ever; what is corrected or postponed supersedes. The cell reads what is about a child and nothing
//! else. A calendar names nobody, wherever it is read.

mod calendar;
mod db;
mod domain;
mod feed;
mod form;
mod panel;
mod statistics;

pub(super) use db::{Refusal, record};
pub(super) use form::read;
pub(super) use panel::Panel;

use crate::routes::Routes;

/// The routes of this part; the form of an event stands on the page of its file.
pub(super) fn routes() -> Routes {
    calendar::routes()
        .merge(feed::routes())
        .merge(statistics::routes())
}
