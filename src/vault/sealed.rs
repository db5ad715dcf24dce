//! A sealed text as the database keeps it, and what a reader gets of it.
//!
//! `0x11 | key id (4) | nonce (12) | ciphertext | tag (16)`: format 1, algorithm 1 (AES-256-GCM-SIV).

use super::{
    CannotSeal, Unreadable,
    cipher::{NONCE, TAG},
};
use serde::{Deserialize, Deserializer, de::Error as _};

/// Format and algorithm. Another one is another number, read beside this one.
pub(super) const HEADER: u8 = 0x11;
/// Bytes before the nonce.
const HEAD: usize = 5;

/// Bytes of a sealed text: a column ending in `_enc`.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct SealedText(Vec<u8>);

impl SealedText {
    pub(super) fn assemble(key: i32, body: Vec<u8>) -> Self {
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.push(HEADER);
        bytes.extend(key.to_be_bytes());
        bytes.extend(body);
        Self(bytes)
    }

    /// The id of its key, and `nonce | ciphertext | tag`.
    pub(super) fn parts(&self) -> Result<(i32, &[u8]), Unreadable> {
        let (head, body) = self
            .0
            .split_first_chunk::<HEAD>()
            .ok_or(Unreadable::Shape)?;
        let [HEADER, key @ ..] = head else {
            return Err(Unreadable::Shape);
        };
        if body.len() < NONCE + TAG {
            return Err(Unreadable::Shape);
        }
        Ok((i32::from_be_bytes(*key), body))
    }

    /// Bytes from the database, whatever they are.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Bytes for the database.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SealedText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedText({} bytes)", self.0.len())
    }
}

/// As `jsonb` carries a `bytea`: `\x…`.
impl<'de> Deserialize<'de> for SealedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bytea(deserializer).map(Self)
    }
}

pub(super) fn bytea<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let digits = text.strip_prefix("\\x").unwrap_or(&text);
    hex::decode(digits).map_err(|_| D::Error::custom("not bytes"))
}

/// What a reader gets of a sealed text. A page shows it with `ui.plain(…)`.
#[derive(Clone, PartialEq, Eq)]
pub enum Reading {
    /// The words.
    Text(String),
    /// They are lost, or were tampered with; the alert is raised.
    Unreadable,
}

impl Reading {
    /// The words, if they opened.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Unreadable => None,
        }
    }

    /// The words, if they opened.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Unreadable => None,
        }
    }
}

/// Somebody's words: never in a log.
impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Unreadable => "Unreadable",
        })
    }
}

impl From<std::string::FromUtf8Error> for Unreadable {
    fn from(_: std::string::FromUtf8Error) -> Self {
        Self::Shape
    }
}

impl From<CannotSeal> for crate::error::AppError {
    fn from(error: CannotSeal) -> Self {
        Self::internal(error)
    }
}
