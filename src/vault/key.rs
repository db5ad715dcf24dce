//! A data key: wrapped as the database gives it, and open.

use super::{
    CannotSeal, Field, Holder, MasterKeys, Reading, SealedText, Unreadable,
    cipher::{Secret, bound},
    ring, sealed,
};
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

/// Bytes of a wrapped key: nonce, 32, tag.
pub(super) const WRAPPED: usize = 60;
/// `data key id (4) | vault key id (4) | wrapped vault key | wrapped data key`.
const WHOLE: usize = 4 + 4 + 2 * WRAPPED;

/// A data key as `app.key_of` gives it, with the vault key that wraps it: whole in itself, so that a rotation
/// under way disturbs no reader.
#[derive(Clone, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct WrappedKey(Vec<u8>);

struct Parts<'a> {
    id: i32,
    vault_key: i32,
    vault_wrapped: &'a [u8],
    wrapped: &'a [u8],
}

impl WrappedKey {
    /// Bytes from the database, whatever they are.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    fn parts(&self) -> Option<Parts<'_>> {
        if self.0.len() != WHOLE {
            return None;
        }
        let (id, rest) = self.0.split_first_chunk::<4>()?;
        let (vault_key, rest) = rest.split_first_chunk::<4>()?;
        let (vault_wrapped, wrapped) = rest.split_at_checked(WRAPPED)?;
        Some(Parts {
            id: i32::from_be_bytes(*id),
            vault_key: i32::from_be_bytes(*vault_key),
            vault_wrapped,
            wrapped,
        })
    }
}

impl std::fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WrappedKey(…)")
    }
}

/// As `jsonb` carries a `bytea`: `\x…`.
impl<'de> Deserialize<'de> for WrappedKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        sealed::bytea(deserializer).map(Self)
    }
}

/// A data key, open, of one holder. Wiped when the last copy goes.
#[derive(Clone)]
pub struct Key {
    id: i32,
    holder: Holder,
    secret: Secret,
}

impl Key {
    /// Whose it is.
    pub const fn holder(&self) -> Holder {
        self.holder
    }

    pub(super) const fn id(&self) -> i32 {
        self.id
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Seals a text for one column of one row. Refuses a column that is another kind of holder's.
    pub fn seal(&self, field: Field, row: Uuid, text: &str) -> Result<SealedText, CannotSeal> {
        if field.holder() != self.holder.kind {
            return Err(CannotSeal);
        }
        let body = self
            .secret
            .encrypt(&of_field(field, row), text.as_bytes())?;
        Ok(SealedText::assemble(self.id, body))
    }

    /// Opens a text of that column of that row.
    pub fn open(
        &self,
        field: Field,
        row: Uuid,
        sealed: &SealedText,
    ) -> Result<Reading, Unreadable> {
        let (key, body) = sealed.parts()?;
        if key != self.id || field.holder() != self.holder.kind {
            return Err(Unreadable::OtherKey);
        }
        let plain = self.secret.decrypt(&of_field(field, row), body)?;
        Ok(Reading::Text(String::from_utf8(plain.to_vec())?))
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

/// Column, row, format: not the territory, for a file can be transferred.
fn of_field(field: Field, row: Uuid) -> Vec<u8> {
    bound(
        "text",
        &[field.column().as_bytes(), row.as_bytes(), &[sealed::HEADER]],
    )
}

/// The holder's name is in the wrapping: a wrapped key moved to another holder does not open.
pub(super) fn of_holder(holder: Holder) -> Vec<u8> {
    bound(
        "data key",
        &[holder.kind.code().as_bytes(), holder.id.as_bytes()],
    )
}

/// Opens the vault key with a master key, then the data key with the vault key.
pub(super) fn open(
    masters: &MasterKeys,
    holder: Holder,
    wrapped: &WrappedKey,
) -> Result<Key, Unreadable> {
    let parts = wrapped.parts().ok_or(Unreadable::Shape)?;
    let vault_key = ring::unwrap(masters, "wrap", parts.vault_key, parts.vault_wrapped)?;
    let bytes = vault_key.decrypt(&of_holder(holder), parts.wrapped)?;
    let secret = Secret::from_slice(&bytes).ok_or(Unreadable::Shape)?;
    Ok(Key {
        id: parts.id,
        holder,
        secret,
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{HolderKind, testing},
        *,
    };
    use proptest::prelude::*;

    const FIELD: Field = Field::CONTACT_NOTE;
    const ROW: Uuid = Uuid::from_u128(7);

    #[test]
    fn a_text_opens_in_its_own_place_only() {
        let key = testing::key();
        let sealed = key.seal(FIELD, ROW, "قرب مسجد السنة").unwrap();
        let opened = key.open(FIELD, ROW, &sealed).unwrap();
        assert_eq!(opened.text(), Some("قرب مسجد السنة"));
        assert_eq!(
            key.open(FIELD, Uuid::from_u128(8), &sealed),
            Err(Unreadable::Forged),
            "another row"
        );
        assert_eq!(
            key.open(Field::CONTACT_LANDMARK, ROW, &sealed),
            Err(Unreadable::Forged),
            "another column"
        );
        assert_eq!(
            testing::other_key().open(FIELD, ROW, &sealed),
            Err(Unreadable::Forged),
            "another holder, whose key has the same number"
        );
    }

    #[test]
    fn a_key_seals_only_what_its_holder_has() {
        let key = testing::key_of(HolderKind::JudicialFile);
        assert!(key.seal(FIELD, ROW, "x").is_err());
        let sealed = testing::key().seal(FIELD, ROW, "x").unwrap();
        assert_eq!(key.open(FIELD, ROW, &sealed), Err(Unreadable::OtherKey));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let key = testing::key();
        let sealed = key.seal(FIELD, ROW, "abc").unwrap();
        for at in 0..sealed.as_bytes().len() * 8 {
            let mut bytes = sealed.as_bytes().to_vec();
            bytes[at / 8] ^= 1 << (at % 8);
            let opened = key.open(FIELD, ROW, &SealedText::from_bytes(bytes));
            assert!(opened.is_err(), "bit {at}");
        }
    }

    #[test]
    fn equal_texts_do_not_look_equal() {
        let key = testing::key();
        let sealed = || key.seal(FIELD, ROW, "same").unwrap();
        assert_ne!(sealed(), sealed());
    }

    #[test]
    fn nothing_of_a_key_or_a_text_is_printed() {
        let key = testing::key();
        let sealed = key.seal(FIELD, ROW, "CANARY").unwrap();
        let reading = key.open(FIELD, ROW, &sealed).unwrap();
        assert_eq!(
            format!("{key:?} {sealed:?} {reading:?}"),
            "Key(5) SealedText(39 bytes) Text(…)"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in ".*", row in any::<u128>()) {
            let (key, row) = (testing::key(), Uuid::from_u128(row));
            let sealed = key.seal(FIELD, row, &text).unwrap();
            prop_assert_eq!(key.open(FIELD, row, &sealed), Ok(Reading::Text(text)));
        }

        #[test]
        fn no_bytes_panic_and_none_open(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let key = testing::key();
            prop_assert!(key.open(FIELD, ROW, &SealedText::from_bytes(bytes.clone())).is_err());
            prop_assert!(testing::vault().unwrap(key.holder(), &WrappedKey::from_bytes(bytes)).is_err());
        }

        /// With a head that is right, whatever follows it.
        #[test]
        fn no_body_opens(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let key = testing::key();
            prop_assert!(key.open(FIELD, ROW, &SealedText::assemble(key.id(), body)).is_err());
        }
    }
}
