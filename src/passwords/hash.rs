//! Passwords: argon2id, 19 MiB, two passes (OWASP's floor; more would let sign-ins exhaust the memory).

use crate::error::AppError;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::LazyLock;

fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC string of a password. Blocks for some 30 ms.
pub fn hash(password: &str) -> Result<String, AppError> {
    argon2()
        .hash_password(password.as_bytes())
        .map(|phc| phc.to_string())
        .map_err(|error| AppError::internal(error.to_string()))
}

/// What an unknown name is compared with, so that it costs the same time.
static DECOY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// Whether the password is the one of that hash; with `None`, false after the same work. Blocks.
pub(super) fn verify(password: &str, phc: Option<&str>) -> bool {
    let known = phc.is_some();
    let phc = phc.unwrap_or(&DECOY);
    let Ok(parsed) = PasswordHash::new(phc) else {
        return false;
    };
    let right = argon2()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    right && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_of_a_known_user_passes() {
        let phc = hash("قنطرة الوردة 1987").unwrap();
        assert!(verify("قنطرة الوردة 1987", Some(&phc)));
        assert!(!verify("قنطرة الوردة 1988", Some(&phc)));
        assert!(!verify("nobody has this password", None));
    }
}
