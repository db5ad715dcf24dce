//! The one place where the secret of an authenticator becomes what is stored, and back.

use crate::ids::UserId;

/// What is stored. The first byte says how it is sealed.
pub fn seal(_owner: UserId, secret: &[u8]) -> Vec<u8> {
    [&[PLAIN], secret].concat()
}

/// The secret; `None` if it cannot be read.
pub(super) fn open(_owner: UserId, sealed: &[u8]) -> Option<Vec<u8>> {
    match sealed.split_first() {
        Some((&PLAIN, secret)) => Some(secret.to_vec()),
        _ => None,
    }
}

/// Not sealed.
const PLAIN: u8 = 0;
