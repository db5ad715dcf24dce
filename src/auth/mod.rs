//! Entering: sign-in, sessions, the language of the pages.

pub mod session;
mod web;

pub use web::routes;
