//! Passwords: how they are kept, and the gate before each check.
//!
//! No account is ever locked: a wrong password makes the next try of that account from that place wait a
//! little longer (security §5). Unknown names cost the same time and get the same answer.

mod gate;
mod hash;

pub use gate::Gate;
pub use hash::hash;
