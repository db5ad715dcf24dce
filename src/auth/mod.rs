//! Entering: sign-in, sessions, the language of the pages.
//!
//! No account is ever locked: a wrong password makes the next try of that account from that place wait a
//! little longer (security §5). Unknown names cost the same time and get the same answer.

mod gate;
mod password;
pub mod session;
mod web;

pub use gate::Gate;
pub use password::hash;
pub use web::routes;
