//! Questions about meetings, and what is written of them. Whose they are stands in each.

mod points;
mod read;
mod write;

pub use points::{add, close, mine, people, points};
pub use read::{Asked, attendance, coming, list, meeting};
pub use write::{Refusal, cancel, change, hold, lock, note, plan};
