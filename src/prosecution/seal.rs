//! One content, one text, one name. The text is canonical (keys sorted, no spaces, whole numbers only), its
//! name is its SHA-256, and whoever opens the text checks the one against the other. A salt in the text keeps the
//! name from telling a short text.

use crate::vault::Salt;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Version of the shapes in [`super::snapshot`]. An older text stays as it is, and what it did not have yet is told by
/// the shape: 2 added what was chosen, the assessment and the documents of a dossier.
pub const SCHEMA_VERSION: i16 = 2;

/// Why a text is no extract.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// A number with a fraction has no single way to be written.
    #[error("a fraction in an extract")]
    Fraction,
    /// Written by a later version of this program.
    #[error("extract of version {0}")]
    Version(i16),
    /// Not the shape of its version.
    #[error("extract unreadable: {0}")]
    Shape(#[from] serde_json::Error),
}

/// A canonical text and its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The text.
    pub text: String,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

impl Sealed {
    /// Freezes a value, with the salt of its row.
    pub fn salted(value: &impl Serialize, salt: &Salt) -> Result<Self, SnapshotError> {
        let mut value = serde_json::to_value(value)?;
        if let Value::Object(map) = &mut value {
            map.insert("salt".to_owned(), Value::String(salt.0.clone()));
        }
        Self::new(&value)
    }

    /// Freezes a value as it is.
    fn new(value: &impl Serialize) -> Result<Self, SnapshotError> {
        let mut text = String::new();
        write_canonical(&serde_json::to_value(value)?, &mut text)?;
        let sha256 = sha256(&text);
        Ok(Self { text, sha256 })
    }
}

/// SHA-256 of a text.
pub fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Reads a frozen text.
pub fn open<T: DeserializeOwned>(schema_version: i16, text: &str) -> Result<T, SnapshotError> {
    if !(1..=SCHEMA_VERSION).contains(&schema_version) {
        return Err(SnapshotError::Version(schema_version));
    }
    Ok(serde_json::from_str(text)?)
}

/// Keys sorted here and not left to the map of the JSON library, whose order a feature of it can change.
fn write_canonical(value: &Value, out: &mut String) -> Result<(), SnapshotError> {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (i, (key, value)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(key)?);
                out.push(':');
                write_canonical(value, out)?;
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out)?;
            }
            out.push(']');
        }
        Value::Number(number) if number.is_f64() => return Err(SnapshotError::Fraction),
        other => out.push_str(&serde_json::to_string(other)?),
    }
    Ok(())
}

/// Facts about people: never in a log.
impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_canonical() {
        let value = serde_json::json!({ "b": [true, null, 2], "a": { "z": "س\n", "k": -1 } });
        assert_eq!(
            Sealed::new(&value).unwrap().text,
            r#"{"a":{"k":-1,"z":"س\n"},"b":[true,null,2]}"#
        );
    }

    #[test]
    fn the_same_content_of_two_extracts_has_two_names() {
        let value = serde_json::json!({ "b": 1 });
        let named = |salt: &str| Sealed::salted(&value, &Salt(salt.to_owned())).unwrap();
        assert_eq!(named("x").text, r#"{"b":1,"salt":"x"}"#);
        assert!(named("x") == named("x") && named("x").sha256 != named("y").sha256);
    }

    #[test]
    fn a_fraction_is_refused() {
        let value = serde_json::json!({ "a": [1, 0.5] });
        assert!(matches!(Sealed::new(&value), Err(SnapshotError::Fraction)));
    }

    #[test]
    fn the_hash_is_that_of_the_text_and_stays() {
        let value = serde_json::json!({ "b": 1, "a": "x" });
        let sealed = Sealed::new(&value).unwrap();
        // printf '{"a":"x","b":1}' | sha256sum
        assert_eq!(
            hex::encode(sealed.sha256),
            "cdab067e9f3beb32d1252cfd63e492592fecbf591b0d08cadb24bb17f3864246"
        );
    }
}
