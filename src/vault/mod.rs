//! The vault: what is written about people in free words, and their identifiers, lies encrypted in the
//! database. The program holds the master key; the database, its dumps and its disks do not.
//!
//! ```text
//! master key (file or credential)  wraps  vault keys (sec.vault_key, one a year)
//! newest vault key                 wraps  data keys (sec.data_key, one a holder: a contact, a case…)
//! data key                         seals  the texts of its holder
//! ```
//!
//! A sealed text is bound to its column and its row ([`Field`]); moved to another row, another column or
//! another holder it does not open. What does not open is [`Reading::Unreadable`]: the field says so, the page
//! lives, the transaction writes the alert ([`crate::db::Tx::open`]). Nothing here prints a key or a text.
//!
//! This module knows keys and bytes. Which session may reach a wrapped key is the database's to say
//! (`migrations/0013_vault.sql`); [`crate::db::Tx`] asks it. See decisions 0041 to 0043.

mod cache;
mod cipher;
mod field;
pub mod keeper;
mod key;
mod master;
mod ring;
mod sealed;
mod secret_file;
pub mod stream;

pub use field::{Field, Holder, HolderKind};
pub use key::{Key, WrappedKey};
pub use master::{Fingerprint, MasterKeys};
pub use ring::{BlindIndex, Ring, RingRow, Salt};
pub use sealed::{Reading, SealedText};
pub use secret_file::open_mode;

use cache::Cache;
use std::sync::{Arc, Mutex, PoisonError};

/// Why a text does not open. Says nothing of what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The holder has no key, or not for this reader.
    #[error("no key")]
    NoKey,
    /// Not bytes that this program wrote.
    #[error("not a sealed text")]
    Shape,
    /// Sealed with another key: moved here from elsewhere.
    #[error("another key")]
    OtherKey,
    /// Changed, moved, or sealed under another master key.
    #[error("forged")]
    Forged,
    /// It opens, and is not the text that was named by its hash.
    #[error("another text")]
    OtherText,
}

impl Unreadable {
    /// As the log and the audit trail know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoKey => "no_key",
            Self::Shape => "shape",
            Self::OtherKey => "other_key",
            Self::Forged => "forged",
            Self::OtherText => "other_text",
        }
    }
}

/// A key was used for what it is not for, or the text is beyond all measure: a fault of ours.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the vault cannot seal this")]
pub struct CannotSeal;

/// The master keys, and the data keys opened lately. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    masters: MasterKeys,
    lately: Mutex<Cache>,
}

impl Vault {
    /// With these master keys.
    pub fn new(masters: MasterKeys) -> Self {
        Self(Arc::new(Inner {
            masters,
            lately: Mutex::default(),
        }))
    }

    /// The master keys.
    pub(crate) fn masters(&self) -> &MasterKeys {
        &self.0.masters
    }

    /// Opens the wrapped key of a holder.
    pub fn unwrap(&self, holder: Holder, wrapped: &WrappedKey) -> Result<Key, Unreadable> {
        let mut lately = self.0.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = lately.get(holder, wrapped) {
            return Ok(key);
        }
        let key = key::open(&self.0.masters, holder, wrapped)?;
        lately.keep(wrapped.clone(), key.clone());
        Ok(key)
    }

    /// The keys of the database's ring, opened. Fails for the wrong master key.
    pub fn ring(&self, rows: &[RingRow]) -> Result<Ring, Unreadable> {
        ring::open(&self.0.masters, rows)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Keys for the tests of this module.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use uuid::Uuid;

    /// A vault.
    pub(crate) fn vault() -> Vault {
        Vault::new(MasterKeys::from_bytes([1; 32]).unwrap())
    }

    fn of(holder: Holder) -> Key {
        let vault = vault();
        let secret = || cipher::Secret::random().unwrap();
        let vault_key = secret();
        let row = ring::wrap(vault.masters(), "wrap", 1, &vault_key).unwrap();
        let data_key = ring::wrap_data_key(&vault_key, holder, &secret()).unwrap();
        let mut whole = 5i32.to_be_bytes().to_vec();
        whole.extend(1i32.to_be_bytes());
        whole.extend(row);
        whole.extend(data_key);
        vault
            .unwrap(holder, &WrappedKey::from_bytes(whole))
            .unwrap()
    }

    /// A key of a contact.
    pub(crate) fn key() -> Key {
        key_of(HolderKind::Contact)
    }

    /// The key of another.
    pub(crate) fn other_key() -> Key {
        of(Holder::new(HolderKind::Contact, Uuid::from_u128(2)))
    }

    /// A key of another kind of holder.
    pub(crate) fn key_of(kind: HolderKind) -> Key {
        of(Holder::new(kind, Uuid::from_u128(1)))
    }
}
