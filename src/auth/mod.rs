//! Entering: sign-in and its steps, sessions, the language of the pages.
//!
//! A password opens a session; what the session still needs (the second factor, its enrolment, a post) is the
//! one thing it may do until then.

mod code;
mod factor;
mod passkey;
mod post;
pub mod session;
mod web;

pub use code::new_password;

use crate::routes::Routes;

/// The routes of this slice.
pub fn routes() -> Routes {
    web::routes()
        .merge(post::routes())
        .merge(factor::routes())
        .merge(code::routes())
        .merge(passkey::routes())
}
