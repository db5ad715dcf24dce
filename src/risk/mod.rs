//! The risk of a child, computed from facts by rules that anyone can read (docs/risk.md), and said in words.

mod rules;
mod words;

pub use rules::{Facts, Level, Reason, Score, Scored, weigh};
pub use words::{because, say};
