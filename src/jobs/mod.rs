//! Background work: what waits in the queue, who works on it, and the page that shows it.
//!
//! A change asks for work with [`enqueue`], inside its own transaction: rolled back, nothing was asked. The
//! worker lives in the same process, as the role `sanad_job`; jobs may run twice, so each can.

mod db;
mod schedule;
mod web;
mod work;
mod worker;

pub use db::enqueue;
pub use web::routes;
pub use work::{Kind, Work};
pub use worker::{Running, start};
