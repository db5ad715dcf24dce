//! The keys of the database that the master key wraps: the one that wraps data keys now, that of the blind
//! index, that of prints.

use super::{
    CannotSeal, Holder, MasterKeys, Unreadable,
    cipher::{Secret, bound, mac},
    key::of_holder,
};
use uuid::Uuid;

/// A row of `app.key_ring()`.
#[derive(Debug, Clone)]
pub struct RingRow {
    /// Its number.
    pub id: i32,
    /// `wrap`, `index` or `print`.
    pub purpose: String,
    /// Wrapped by the master key.
    pub wrapped: Vec<u8>,
}

/// 16 bytes that are equal for equal identifiers, and tell nothing of them without the key of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlindIndex(pub [u8; 16]);

/// Of a frozen text: without it, a short text could be guessed from its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salt(pub String);

/// The three keys, open, for one transaction.
#[derive(Clone)]
pub struct Ring {
    wrap: (i32, Secret),
    index: Secret,
    print: Secret,
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ring({})", self.wrap.0)
    }
}

impl Ring {
    /// The vault key that wraps now.
    pub(crate) const fn wraps_under(&self) -> i32 {
        self.wrap.0
    }

    /// A new data key for a holder, wrapped.
    pub(crate) fn offer(&self, holder: Holder) -> Result<Vec<u8>, CannotSeal> {
        wrap_data_key(&self.wrap.1, holder, &Secret::random()?)
    }

    /// Where an identifier is found again: of its kind and its normalised value.
    pub fn blind_index(&self, kind: &str, normalised: &str) -> BlindIndex {
        let mac = mac(
            &self.index,
            "index",
            &[kind.as_bytes(), normalised.as_bytes()],
        );
        let mut index = [0; 16];
        index
            .iter_mut()
            .zip(mac.iter())
            .for_each(|(to, from)| *to = *from);
        BlindIndex(index)
    }

    /// A print of what somebody typed, for one row: equal for equal answers, and not to be guessed from the
    /// database, as a bare hash of a short answer could be.
    pub fn print(&self, row: Uuid, answers: &[u8]) -> [u8; 32] {
        *mac(&self.print, "print", &[row.as_bytes(), answers])
    }

    /// The salt of the frozen text of that row: always the same, so that a form sent twice freezes one text.
    pub fn salt(&self, row: Uuid) -> Salt {
        Salt(hex::encode(
            mac(&self.print, "salt", &[row.as_bytes()]).as_slice(),
        ))
    }
}

pub(super) fn wrap_data_key(
    vault_key: &Secret,
    holder: Holder,
    data_key: &Secret,
) -> Result<Vec<u8>, CannotSeal> {
    vault_key.encrypt(&of_holder(holder), data_key.bytes())
}

/// Purpose and number are in the wrapping: no key takes another's place.
fn of_vault_key(purpose: &str, id: i32) -> Vec<u8> {
    bound("vault key", &[purpose.as_bytes(), &id.to_be_bytes()])
}

/// Wraps a vault key under the first master key.
pub(super) fn wrap(
    masters: &MasterKeys,
    purpose: &str,
    id: i32,
    secret: &Secret,
) -> Result<Vec<u8>, CannotSeal> {
    masters
        .first()
        .encrypt(&of_vault_key(purpose, id), secret.bytes())
}

/// Opens a vault key with whichever master key wrapped it.
pub(super) fn unwrap(
    masters: &MasterKeys,
    purpose: &str,
    id: i32,
    wrapped: &[u8],
) -> Result<Secret, Unreadable> {
    let aad = of_vault_key(purpose, id);
    let bytes = masters
        .all()
        .iter()
        .find_map(|master| master.decrypt(&aad, wrapped).ok())
        .ok_or(Unreadable::Forged)?;
    Secret::from_slice(&bytes).ok_or(Unreadable::Shape)
}

pub(super) fn open(masters: &MasterKeys, rows: &[RingRow]) -> Result<Ring, Unreadable> {
    let of = |purpose: &str| {
        let row = rows
            .iter()
            .find(|row| row.purpose == purpose)
            .ok_or(Unreadable::NoKey)?;
        unwrap(masters, purpose, row.id, &row.wrapped).map(|secret| (row.id, secret))
    };
    Ok(Ring {
        wrap: of("wrap")?,
        index: of("index")?.1,
        print: of("print")?.1,
    })
}
