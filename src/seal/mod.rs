//! The seal on the audit trail: rows become leaves of one Merkle tree, whose root is signed each minute.
//!
//! `tree` and `note` are the two public formats (RFC 6962; C2SP signed notes and checkpoints), so that
//! others can verify with programs of their own. `row` is the one text that a row of the trail is hashed
//! from, `write` seals, `verify` looks for what was changed behind the application's back.

mod note;
mod row;
mod tree;
mod verify;
mod write;

pub use note::{KeyError, NoteError, SealKey, TrustedKey, checkpoint_size};
pub use row::COLUMNS;
pub use verify::{Fault, Report, verify};
pub use write::{Sealed, seal};

/// Why the trail could not be sealed or read.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The database.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    /// The last checkpoint does not fit its own columns: nothing may be built on it.
    #[error("the last checkpoint is damaged: run `sanad audit verify`")]
    Damaged,
}
