//! The address of a letter: sealed for its user alone, as the secret of an authenticator is. No session of
//! anybody else, no key of a file opens it.

use crate::{error::AppError, factor, ids::UserId, vault::Ring};
use serde::{Deserialize, Serialize};

/// What the key is for.
const PURPOSE: &[u8] = b"sec.digest.address_enc";

/// An address that waits for the code that went to it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Asked {
    /// Where the letter goes.
    pub address: String,
    /// What stands in it; none, once it is confirmed.
    pub code: Option<String>,
}

/// Prints neither.
impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(…)")
    }
}

/// What is stored.
pub fn seal(ring: &Ring, owner: UserId, asked: &Asked) -> Result<Vec<u8>, AppError> {
    let text = serde_json::to_vec(asked).map_err(AppError::internal)?;
    factor::seal_as(ring, owner, PURPOSE, &text)
}

/// What it was; `None` if it does not open.
pub fn open(ring: &Ring, owner: UserId, stored: &[u8]) -> Option<Asked> {
    let text = factor::open_as(ring, owner, PURPOSE, stored)?;
    serde_json::from_slice(&text).ok()
}
