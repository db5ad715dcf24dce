//! What every test stands on: [`database`] a fresh clone each, [`world`] a few people in two cities,
//! [`app`] the router with someone signed in, [`source`] the files of the repository.

pub mod app;
pub mod database;
pub mod html;
pub mod session;
pub mod source;
pub mod statements;
pub mod world;

pub use app::{Answer, Client, TestApp};
pub use database::TestDb;
pub use world::id;
