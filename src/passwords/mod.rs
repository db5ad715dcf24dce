//! Passwords: how they are kept, which are taken, and the gate before each check.
//!
//! No account is ever locked: a wrong password makes the next try of that account from that place wait a
//! little longer (security §5). Unknown names cost the same time and get the same answer.

mod gate;
mod hash;
mod rules;

pub use gate::{Gate, Place};
pub use hash::{Derived, derive, new_salt, verifier};
pub use rules::{MIN, judge};
