//! Bytes outside the database: sealed before they leave the program, under names that say nothing. A folder of
//! this machine or, with the feature `s3`, a bucket.
//!
//! What the store holds is ciphertext of a known length. A reader gets chunks that were verified, or a fault. Packs of
//! published figures alone lie there as they are ([`Blobs::open`]): they are public, and whoever hands them out compares
//! their hash.

mod sealed;
mod store;

pub use sealed::{Reader, seal};
pub use store::Blobs;

use crate::vault::Unreadable;

/// Why bytes cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// They are not there.
    #[error("missing")]
    Missing,
    /// They are not what was written.
    #[error("damaged: {0}")]
    Damaged(#[from] Unreadable),
    /// The store does not answer, or cannot write.
    #[error("store: {0}")]
    Store(object_store::Error),
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            error => Self::Store(error),
        }
    }
}
