//! Sealing what is too large for one piece: a document, chunk by chunk (the STREAM construction).
//!
//! ```text
//! head   0x21 | key id (4) | salt (16)
//! chunk  ciphertext | tag (16)      of 64 KiB each, the last one of what is left, perhaps of nothing
//! ```
//!
//! Each stream has a key of its own, made of the data key, the salt and what the stream is bound to. The nonce
//! of a chunk is its number and whether it is the last: chunks that are dropped, swapped, repeated or taken
//! from another stream do not open, nor does a stream that was cut off.

use super::{
    CannotSeal, Field, Key, Unreadable,
    cipher::{NONCE, Secret, TAG, mac},
};
use rand::Rng as _;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Format and algorithm of a stream.
const HEADER: u8 = 0x21;
/// Bytes of the salt.
const SALT: usize = 16;
/// Bytes of the head.
pub const HEAD: usize = 1 + 4 + SALT;
/// Bytes of a chunk before it is sealed.
pub const CHUNK: usize = 64 * 1024;
/// Bytes of a sealed chunk, unless it is the last.
pub const SEALED_CHUNK: usize = CHUNK + TAG;

/// Bytes of the whole sealed stream, of so many plain ones: known before it is written.
pub const fn sealed_len(plain: u64) -> u64 {
    let full = if plain == 0 {
        0
    } else {
        (plain - 1) / CHUNK as u64
    };
    HEAD as u64 + plain + (full + 1) * TAG as u64
}

struct Place {
    secret: Secret,
    next: u32,
}

impl Place {
    fn new(key: &Key, field: Field, row: Uuid, salt: &[u8; SALT]) -> Option<Self> {
        let parts: [&[u8]; 4] = [field.column().as_bytes(), row.as_bytes(), &[HEADER], salt];
        let bytes = mac(key.secret(), "stream", &parts);
        Some(Self {
            secret: Secret::from_slice(bytes.as_slice())?,
            next: 0,
        })
    }

    /// The nonce of the next chunk. No stream is so long that its numbers end.
    fn step(&mut self, last: bool) -> Option<[u8; NONCE]> {
        let number = self.next;
        self.next = number.checked_add(1)?;
        let mut nonce = [0; NONCE];
        nonce
            .iter_mut()
            .skip(NONCE - 5)
            .zip(number.to_be_bytes().into_iter().chain([u8::from(last)]))
            .for_each(|(to, from)| *to = from);
        Some(nonce)
    }
}

/// Seals a stream.
pub struct Sealer(Place);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl Sealer {
    /// Begins a stream for one column of one row; gives the head that stands before the chunks.
    pub fn new(key: &Key, field: Field, row: Uuid) -> Result<(Self, [u8; HEAD]), CannotSeal> {
        if field.holder() != key.holder().kind {
            return Err(CannotSeal);
        }
        let mut salt = [0; SALT];
        rand::rng().fill_bytes(&mut salt);
        let mut head = [HEADER; HEAD];
        let written = key.id().to_be_bytes().into_iter().chain(salt);
        head.iter_mut()
            .skip(1)
            .zip(written)
            .for_each(|(to, from)| *to = from);
        let place = Place::new(key, field, row, &salt).ok_or(CannotSeal)?;
        Ok((Self(place), head))
    }

    /// Seals a chunk of exactly [`CHUNK`] bytes after which more comes.
    pub fn next(&mut self, chunk: &[u8]) -> Result<Vec<u8>, CannotSeal> {
        if chunk.len() != CHUNK {
            return Err(CannotSeal);
        }
        self.seal(chunk, false)
    }

    /// Seals the last chunk, of at most [`CHUNK`] bytes, and ends the stream.
    pub fn last(mut self, chunk: &[u8]) -> Result<Vec<u8>, CannotSeal> {
        if chunk.len() > CHUNK {
            return Err(CannotSeal);
        }
        self.seal(chunk, true)
    }

    fn seal(&mut self, chunk: &[u8], last: bool) -> Result<Vec<u8>, CannotSeal> {
        let nonce = self.0.step(last).ok_or(CannotSeal)?;
        self.0.secret.encrypt_at(nonce, &[], chunk)
    }
}

/// Opens a stream.
pub struct Opener(Place);

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener(…)")
    }
}

impl Opener {
    /// From its head.
    pub fn new(key: &Key, field: Field, row: Uuid, head: &[u8]) -> Result<Self, Unreadable> {
        let head: &[u8; HEAD] = head.try_into().map_err(|_| Unreadable::Shape)?;
        let [HEADER, rest @ ..] = head else {
            return Err(Unreadable::Shape);
        };
        let (id, salt) = rest.split_first_chunk::<4>().ok_or(Unreadable::Shape)?;
        let salt: &[u8; SALT] = salt.try_into().map_err(|_| Unreadable::Shape)?;
        if i32::from_be_bytes(*id) != key.id() || field.holder() != key.holder().kind {
            return Err(Unreadable::OtherKey);
        }
        Place::new(key, field, row, salt)
            .map(Self)
            .ok_or(Unreadable::Shape)
    }

    /// Opens a chunk of [`SEALED_CHUNK`] bytes after which more comes.
    pub fn next(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        if sealed.len() != SEALED_CHUNK {
            return Err(Unreadable::Shape);
        }
        self.open(sealed, false)
    }

    /// Opens the last chunk. Only what this accepts was the whole stream.
    pub fn last(mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        if !(TAG..=SEALED_CHUNK).contains(&sealed.len()) {
            return Err(Unreadable::Shape);
        }
        self.open(sealed, true)
    }

    fn open(&mut self, sealed: &[u8], last: bool) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        let nonce = self.0.step(last).ok_or(Unreadable::Shape)?;
        self.0.secret.decrypt_at(nonce, &[], sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};

    const FIELD: Field = Field::CONTACT_NOTE;

    fn row() -> Uuid {
        Uuid::from_u128(7)
    }

    fn seal(key: &Key, plain: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let (mut sealer, head) = Sealer::new(key, FIELD, row()).unwrap();
        let mut chunks: Vec<&[u8]> = plain.chunks(CHUNK).collect();
        let last = chunks.pop().unwrap_or_default();
        let mut sealed: Vec<Vec<u8>> = chunks
            .into_iter()
            .map(|chunk| sealer.next(chunk).unwrap())
            .collect();
        sealed.push(sealer.last(last).unwrap());
        (head.to_vec(), sealed)
    }

    fn open(key: &Key, head: &[u8], chunks: &[Vec<u8>]) -> Result<Vec<u8>, Unreadable> {
        let mut opener = Opener::new(key, FIELD, row(), head)?;
        let mut plain = Vec::new();
        let (last, before) = chunks.split_last().ok_or(Unreadable::Shape)?;
        for chunk in before {
            plain.extend_from_slice(&opener.next(chunk)?);
        }
        plain.extend_from_slice(&opener.last(last)?);
        Ok(plain)
    }

    fn document(len: usize) -> Vec<u8> {
        (0..=250u8).cycle().take(len).collect()
    }

    #[test]
    fn a_stream_of_any_length_comes_back() {
        let key = testing::key();
        for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let plain = document(len);
            let (head, chunks) = seal(&key, &plain);
            assert_eq!(open(&key, &head, &chunks).unwrap(), plain, "{len}");
            let whole = head.len() + chunks.iter().map(Vec::len).sum::<usize>();
            assert_eq!(whole as u64, sealed_len(len as u64), "{len}");
        }
    }

    #[test]
    fn chunks_cut_off_reordered_repeated_or_swapped_do_not_open() {
        let key = testing::key();
        let (head, chunks) = seal(&key, &document(3 * CHUNK + 9));
        let (other_head, other) = seal(&key, &document(3 * CHUNK + 9));
        let with = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
            let mut changed = chunks.clone();
            change(&mut changed);
            open(&key, &head, &changed)
        };
        assert!(with(&|_| {}).is_ok());
        let cut = |all: &mut Vec<Vec<u8>>| drop(all.pop());
        assert!(with(&cut).is_err(), "cut off at a chunk");
        assert!(with(&|all| all.clear()).is_err(), "cut off whole");
        let shorten = |all: &mut Vec<Vec<u8>>| all[3].truncate(TAG);
        assert!(with(&shorten).is_err(), "cut off inside the last");
        assert!(with(&|all| all.swap(0, 1)).is_err(), "reordered");
        assert!(with(&|all| all[1] = all[0].clone()).is_err(), "repeated");
        assert!(with(&|all| drop(all.remove(1))).is_err(), "dropped");
        assert!(with(&|all| all[1] = other[1].clone()).is_err(), "swapped");
        assert!(with(&|all| all[2][77] ^= 1).is_err(), "a flipped bit");
        assert!(with(&|all| all[3].push(0)).is_err(), "something added");
        let go_on = |all: &mut Vec<Vec<u8>>| all.push(vec![0; TAG]);
        assert!(with(&go_on).is_err(), "gone on after its end");
        assert!(open(&key, &other_head, &chunks).is_err(), "another's head");
    }

    #[test]
    fn a_stream_is_bound_to_its_row_its_column_and_its_key() {
        let key = testing::key();
        let (head, chunks) = seal(&key, b"document");
        let at = |key: &Key, field, row| {
            Opener::new(key, field, row, &head).and_then(|opener| opener.last(&chunks[0]))
        };
        assert!(at(&key, FIELD, row()).is_ok());
        assert!(at(&key, FIELD, Uuid::from_u128(8)).is_err());
        assert!(at(&key, Field::CONTACT_LANDMARK, row()).is_err());
        assert!(at(&testing::other_key(), FIELD, row()).is_err());
        for broken in [&head[1..], &[0; HEAD], &[]] {
            assert!(Opener::new(&key, FIELD, row(), broken).is_err());
        }
    }

    #[test]
    fn a_short_chunk_in_the_middle_is_refused_when_it_is_sealed() {
        let (mut sealer, _) = Sealer::new(&testing::key(), FIELD, row()).unwrap();
        assert!(sealer.next(b"short").is_err());
        assert!(sealer.last(&document(CHUNK + 1)).is_err());
    }
}
