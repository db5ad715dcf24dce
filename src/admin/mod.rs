//! The administration: who may enter, under which posts, and a look at all of it each quarter. Nothing here
//! shows a child.
//!
//! Nobody acts on their own account, nobody learns another's password, and taking away a lost second factor
//! needs two people. The database holds these rules itself (`migrations/0012_doors.sql`).

mod access;
mod db;
mod form;
mod list;
mod past;
mod posts;
mod review;
mod team;
mod user;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    list::routes()
        .merge(user::routes())
        .merge(posts::routes())
        .merge(team::routes())
        .merge(access::routes())
        .merge(review::routes())
        .merge(past::routes())
}
