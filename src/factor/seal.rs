//! The one place where the secret of an authenticator becomes what is stored, and back.
//!
//! A session that waits for its second factor is nobody yet, so it can reach no data key of the vault. The key
//! here comes from the vault's key of prints and the user: it needs the master key, survives a rotation, and
//! is another one for each user. A secret moved to another user does not open.

use crate::{error::AppError, ids::UserId, vault::Ring};
use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use rand::Rng as _;
use zeroize::Zeroizing;

/// How it is sealed.
const VERSION: u8 = 1;
const NONCE: usize = 12;
/// What the key is for.
const PURPOSE: &[u8] = b"sec.totp.secret_enc";

fn cipher(ring: &Ring, owner: UserId, purpose: &[u8]) -> Aes256GcmSiv {
    let key = Zeroizing::new(ring.print(owner.0, purpose));
    Aes256GcmSiv::new(&(*key).into())
}

/// What is stored of an authenticator's secret: a version, a nonce, the sealed secret.
pub fn seal(ring: &Ring, owner: UserId, secret: &[u8]) -> Result<Vec<u8>, AppError> {
    seal_as(ring, owner, PURPOSE, secret)
}

/// The same for another thing that belongs to an account and to no file.
pub fn seal_as(
    ring: &Ring,
    owner: UserId,
    purpose: &[u8],
    secret: &[u8],
) -> Result<Vec<u8>, AppError> {
    let mut nonce = [0u8; NONCE];
    rand::rng().fill_bytes(&mut nonce);
    let payload = Payload {
        msg: secret,
        aad: owner.0.as_bytes(),
    };
    let sealed = cipher(ring, owner, purpose)
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| AppError::internal("a secret cannot be sealed"))?;
    Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
}

/// The secret; `None` if it does not open.
pub(super) fn open(ring: &Ring, owner: UserId, stored: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    open_as(ring, owner, PURPOSE, stored)
}

/// What was sealed for that purpose; `None` if it does not open.
pub fn open_as(
    ring: &Ring,
    owner: UserId,
    purpose: &[u8],
    stored: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (&VERSION, rest) = stored.split_first()? else {
        return None;
    };
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: sealed,
        aad: owner.0.as_bytes(),
    };
    cipher(ring, owner, purpose)
        .decrypt(&Nonce::from(*nonce), payload)
        .ok()
        .map(Zeroizing::new)
}
