//! What every test stands on: [`database`] a fresh clone each, [`world`] a few people in two cities,
//! [`app`] the router with someone signed in, [`program`] the program itself, [`role`] who runs any statement, [`source`] the files of the
//! repository.

pub mod app;
pub mod authenticator;
pub mod database;
pub mod html;
pub mod mailbox;
pub mod program;
pub mod role;
pub mod session;
pub mod source;
pub mod statements;
pub mod world;

pub use app::{Answer, Client, TestApp};
pub use database::{ServerLog, TestDb};
pub use world::id;

/// A Moroccan day, so many days from today.
pub fn day(ahead: i64) -> chrono::NaiveDate {
    sanad::clock::local_date(sanad::clock::Clock::system().now()) + chrono::TimeDelta::days(ahead)
}

/// The same, as a form has it.
pub fn typed_day(ahead: i64) -> String {
    day(ahead).format("%d/%m/%Y").to_string()
}
