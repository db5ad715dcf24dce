//! Passwords: argon2id, 19 MiB, two passes (OWASP's floor; more would let sign-ins exhaust the memory).
//!
//! The application derives, the database compares: it alone holds what argon2id must give (its SHA-256), so
//! no statement of the application's role can read a password hash or let somebody in without a password.

use crate::error::AppError;
use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash::phc::PasswordHash};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use rand::Rng as _;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// What argon2id gives for a password: proof that it was typed. Wiped when dropped.
pub type Derived = Zeroizing<[u8; 32]>;

/// Algorithm, costs and a new salt, as the beginning of a PHC string.
pub fn new_salt() -> String {
    let mut salt = [0u8; 16];
    rand::rng().fill_bytes(&mut salt);
    format!(
        "$argon2id$v=19$m=19456,t=2,p=1${}",
        STANDARD_NO_PAD.encode(salt)
    )
}

/// The 19 MiB in which a password is derived. Kept from one sign-in to the next: given back, they would stay
/// with whichever thread had them, and a morning of sign-ins would hold half a gigabyte (measured).
#[derive(Default)]
pub(super) struct Memory(Vec<Block>);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory(…)")
    }
}

/// Blocks for some 30 ms.
pub fn derive(password: &str, salt: &str) -> Result<Derived, AppError> {
    derive_in(&mut Memory::default(), password, salt)
}

/// The same, in memory of the caller's, which is wiped.
pub(super) fn derive_in(
    memory: &mut Memory,
    password: &str,
    salt: &str,
) -> Result<Derived, AppError> {
    let phc = PasswordHash::new(salt).map_err(|error| AppError::internal(error.to_string()))?;
    let params = Params::try_from(&phc).map_err(|error| AppError::internal(error.to_string()))?;
    let salt = phc
        .salt
        .ok_or_else(|| AppError::internal("a credential without salt"))?;
    let mut derived = Zeroizing::new([0u8; 32]);
    let text = Zeroizing::new(canonical(password));
    memory.0.resize(params.block_count(), Block::new());
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(
            text.as_bytes(),
            salt.as_ref(),
            derived.as_mut(),
            &mut memory.0,
        );
    memory.0.iter_mut().for_each(Zeroize::zeroize);
    done.map_err(|error| AppError::internal(error.to_string()))?;
    Ok(derived)
}

/// What the database keeps of it.
pub fn verifier(derived: &Derived) -> [u8; 32] {
    Sha256::digest(derived.as_slice()).into()
}

/// One text for what two keyboards give: a letter composed or in two, lam-alef as one sign, digits of three
/// kinds, the Persian yeh and kaf (decision 0036).
pub(super) fn canonical(password: &str) -> String {
    let letters = password.nfkc().map(|c| match c {
        'ی' => 'ي',
        'ک' => 'ك',
        other => other,
    });
    crate::forms::western_digits(&letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_under_the_same_salt_gives_the_same() {
        let salt = new_salt();
        let right = derive("قنطرة الوردة 1987", &salt).unwrap();
        assert_eq!(derive("قنطرة الوردة 1987", &salt).unwrap(), right);
        assert_ne!(derive("قنطرة الوردة 1988", &salt).unwrap(), right);
        assert_ne!(derive("قنطرة الوردة 1987", &new_salt()).unwrap(), right);
        // memory that another password went through makes no difference
        let mut memory = Memory::default();
        derive_in(&mut memory, "another", &salt).unwrap();
        let again = derive_in(&mut memory, "قنطرة الوردة 1987", &salt).unwrap();
        assert_eq!(again, right);
    }

    #[test]
    fn arabic_typed_on_two_keyboards_is_one_password() {
        for (one, other) in [
            ("أمل", "ا\u{654}مل"),
            ("سلام", "س\u{fefc}م"),
            ("باب 1987", "باب ١٩٨٧"),
            ("باب 1987", "باب ۱۹۸۷"),
            ("علي", "علی"),
            ("كتاب", "کتاب"),
            ("é", "e\u{301}"),
        ] {
            assert_eq!(canonical(one), canonical(other), "{one} {other}");
        }
        assert_ne!(canonical("على"), canonical("علي"), "two letters, two words");
        assert_ne!(canonical("Rabat"), canonical("rabat"));
    }
}
