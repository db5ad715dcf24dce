//! Protected files, and breaking the glass (schema D17, decision 0046).
//!
//! A supervisor, or the lead of the file, marks it: from then on it is there for those who are named on it and
//! for nobody else, the child's names are sealed under the file's own key, and each opening tells the
//! supervisors who are named. The mark ends when two people agree. In an emergency somebody who is not named
//! may read the file for an hour; the database refuses their writing, and somebody else reviews it afterwards.

mod db;
mod desk;
mod domain;
mod emergency;
mod file;
mod lifts;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    file::routes()
        .merge(desk::routes())
        .merge(lifts::routes())
        .merge(emergency::routes())
}
