//! AES-256-GCM-SIV (RFC 8452): `nonce | ciphertext | tag` under a key and what the text is bound to. A nonce
//! that repeats tells only that two equal texts are equal.

use super::{CannotSeal, Unreadable};
use aes_gcm_siv::{
    Aes256GcmSiv, Nonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, KeyInit as _, Mac};
use rand::{Rng as _, TryRng as _, rngs::SysRng};
use sha2::Sha256;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Bytes of a nonce.
pub(super) const NONCE: usize = 12;
/// Bytes of a tag.
pub(super) const TAG: usize = 16;

/// 32 secret bytes, wiped when the last copy goes.
#[derive(Clone)]
pub(super) struct Secret(Arc<Zeroizing<[u8; 32]>>);

impl Secret {
    /// From the randomness of the machine.
    pub(super) fn random() -> Result<Self, CannotSeal> {
        let mut bytes = Zeroizing::new([0; 32]);
        SysRng
            .try_fill_bytes(bytes.as_mut_slice())
            .map_err(|_| CannotSeal)?;
        Ok(Self(Arc::new(bytes)))
    }

    /// Of exactly 32 bytes.
    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        Some(Self(Arc::new(Zeroizing::new(bytes))))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn cipher(&self) -> Aes256GcmSiv {
        Aes256GcmSiv::new(self.bytes().into())
    }

    /// Under a nonce of the caller's: `ciphertext | tag`.
    pub(super) fn encrypt_at(
        &self,
        nonce: [u8; NONCE],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, CannotSeal> {
        let payload = Payload { msg: plain, aad };
        self.cipher()
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| CannotSeal)
    }

    /// What [`Self::encrypt_at`] made.
    pub(super) fn decrypt_at(
        &self,
        nonce: [u8; NONCE],
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        let payload = Payload { msg: sealed, aad };
        self.cipher()
            .decrypt(&Nonce::from(nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| Unreadable::Forged)
    }

    /// Under a nonce of its own: `nonce | ciphertext | tag`.
    pub(super) fn encrypt(&self, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, CannotSeal> {
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let mut sealed = nonce.to_vec();
        sealed.extend(self.encrypt_at(nonce, aad, plain)?);
        Ok(sealed)
    }

    /// What [`Self::encrypt`] made.
    pub(super) fn decrypt(
        &self,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        let (nonce, rest) = sealed
            .split_first_chunk::<NONCE>()
            .ok_or(Unreadable::Shape)?;
        if rest.len() < TAG {
            return Err(Unreadable::Shape);
        }
        self.decrypt_at(*nonce, aad, rest)
    }
}

/// What a thing is bound to, in parts that cannot run into each other.
pub(super) fn bound(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut aad = b"sanad\0".to_vec();
    for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
        aad.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        aad.extend(part);
    }
    aad
}

/// HMAC-SHA-256 of those parts.
pub(super) fn mac(secret: &Secret, label: &str, parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // a block with zeros behind the key: what HMAC makes of a short key itself
    let mut block = Zeroizing::new([0; 64]);
    block
        .iter_mut()
        .zip(secret.bytes())
        .for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(&bound(label, parts));
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        hex::decode(hex).unwrap()
    }

    fn check(plain: &str, aad: &str, key: &str, nonce: &str, result: &str) {
        let secret = Secret::from_slice(&bytes(key)).unwrap();
        let nonce: [u8; NONCE] = bytes(nonce).try_into().unwrap();
        let sealed = secret
            .encrypt_at(nonce, &bytes(aad), &bytes(plain))
            .unwrap();
        assert_eq!(hex::encode(&sealed), result);
        let opened = secret.decrypt_at(nonce, &bytes(aad), &sealed).unwrap();
        assert_eq!(opened.to_vec(), bytes(plain));
    }

    /// RFC 8452, appendix C.2.
    #[test]
    fn the_cipher_gives_the_answers_of_its_standard() {
        let key = "0100000000000000000000000000000000000000000000000000000000000000";
        let nonce = "030000000000000000000000";
        check("", "", key, nonce, "07f5f4169bbf55a8400cd47ea6fd400f");
        check(
            "0100000000000000",
            "",
            key,
            nonce,
            "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28",
        );
        check(
            "0200000000000000",
            "01",
            key,
            nonce,
            "1de22967237a813291213f267e3b452f02d01ae33e4ec854",
        );
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(bound("a", &[b"bc", b"d"]), bound("a", &[b"b", b"cd"]));
        assert_ne!(bound("ab", &[]), bound("a", &[b"b"]));
    }
}
