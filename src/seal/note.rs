//! Signed notes and checkpoints, as C2SP defines them (`signed-note`, `tlog-checkpoint`), with Ed25519.

use super::tree::Hash;
use crate::vault::open_mode;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, SecondsFormat, Utc};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::{fmt, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

/// The algorithm byte of Ed25519.
const ED25519: u8 = 1;
const SIGNATURE_MARK: &str = "— ";

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No file, or not readable.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// Others could sign in our name.
    #[error("others can read it: chmod 600")]
    Open,
    /// Not a key of ours.
    #[error("not a key of `sanad audit key`")]
    Format,
    /// Names stand in lines of their own.
    #[error("a name of a key has letters, digits, dots, slashes and hyphens")]
    Name,
}

/// Why a note is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a signed checkpoint.
    #[error("not a signed checkpoint")]
    Format,
    /// No signature of a key that is trusted.
    #[error("no valid signature of a trusted key")]
    Signature,
}

fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(public)
        .finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash);
    [a, b, c, d]
}

fn encode(prefix: &str, name: &str, id: [u8; 4], bytes: &[u8; 32]) -> String {
    let mut data = vec![ED25519];
    data.extend_from_slice(bytes);
    format!("{prefix}{name}+{}+{}", hex::encode(id), BASE64.encode(data))
}

fn decode(text: &str) -> Option<(&str, &str, [u8; 32])> {
    let (name, rest) = text.trim().split_once('+')?;
    let (id, data) = rest.split_once('+')?;
    let data = BASE64.decode(data).ok()?;
    let (&ED25519, bytes) = data.split_first()? else {
        return None;
    };
    Some((name, id, bytes.try_into().ok()?))
}

/// The key that signs. Never printed.
pub struct SealKey {
    name: String,
    key: SigningKey,
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealKey({})", self.name)
    }
}

impl SealKey {
    /// A new one, in a file that only its owner can read and that must not be there yet.
    pub fn create(path: &Path, name: &str) -> Result<Self, KeyError> {
        let fits = |c: char| c.is_ascii_alphanumeric() || "./-_".contains(c);
        if name.is_empty() || !name.chars().all(fits) {
            return Err(KeyError::Name);
        }
        let key = SigningKey::from_bytes(&rand::random());
        let new = Self {
            name: name.to_owned(),
            key,
        };
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        let text = encode("PRIVATE+KEY+", name, new.id(), new.key.as_bytes());
        writeln!(file, "{text}")?;
        file.sync_all()?;
        Ok(new)
    }

    /// From its file.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        if open_mode(path)?.is_some() {
            return Err(KeyError::Open);
        }
        let text = zeroize::Zeroizing::new(std::fs::read_to_string(path)?);
        let (name, id, seed) = text
            .strip_prefix("PRIVATE+KEY+")
            .and_then(decode)
            .ok_or(KeyError::Format)?;
        let key = Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(&seed),
        };
        if hex::encode(key.id()) == id {
            Ok(key)
        } else {
            Err(KeyError::Format)
        }
    }

    fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.key.verifying_key().as_bytes())
    }

    /// What others need to verify.
    pub fn public(&self) -> TrustedKey {
        TrustedKey {
            name: self.name.clone(),
            id: self.id(),
            key: self.key.verifying_key(),
        }
    }

    /// A signed checkpoint of that tree.
    pub(super) fn sign(&self, checkpoint: &Checkpoint) -> String {
        let text = checkpoint.text(&self.name);
        let mut signature = self.id().to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!(
            "{text}\n{SIGNATURE_MARK}{} {}\n",
            self.name,
            BASE64.encode(signature)
        )
    }
}

/// A key whose signatures count.
#[derive(Debug, Clone)]
pub struct TrustedKey {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl fmt::Display for TrustedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode("", &self.name, self.id, self.key.as_bytes()))
    }
}

impl TrustedKey {
    /// One key a line; lines that begin with # and empty ones aside.
    pub fn read_all(text: &str) -> Result<Vec<Self>, KeyError> {
        let lines = text.lines().map(str::trim);
        let keys: Result<Vec<Self>, KeyError> = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| {
                let (name, id, bytes) = decode(line).ok_or(KeyError::Format)?;
                let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::Format)?;
                let name = name.to_owned();
                let key = Self {
                    id: key_id(&name, &bytes),
                    name,
                    key,
                };
                if hex::encode(key.id) == id {
                    Ok(key)
                } else {
                    Err(KeyError::Format)
                }
            })
            .collect();
        keys.and_then(|keys| {
            if keys.is_empty() {
                Err(KeyError::Format)
            } else {
                Ok(keys)
            }
        })
    }
}

/// What a checkpoint says. Beside origin, size and root, which every verifier knows, three lines of ours
/// are signed with them: the moment, and up to which transaction of which cluster the rows were sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checkpoint {
    pub(super) size: u64,
    pub(super) root: Hash,
    pub(super) at: DateTime<Utc>,
    pub(super) horizon: u64,
    pub(super) cluster: String,
}

impl Checkpoint {
    fn text(&self, origin: &str) -> String {
        format!(
            "{origin}\n{}\n{}\ntime {}\nhorizon {}\ncluster {}\n",
            self.size,
            BASE64.encode(self.root),
            self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            self.horizon,
            self.cluster
        )
    }

    /// Reads it without looking at its signatures.
    pub(super) fn parse(note: &str) -> Result<Self, NoteError> {
        let (text, _) = note.split_once("\n\n").ok_or(NoteError::Format)?;
        let mut lines = text.lines().skip(1);
        let mut next = |prefix| {
            lines
                .next()
                .and_then(|line: &str| line.strip_prefix(prefix))
                .ok_or(NoteError::Format)
        };
        let size = next("")?.parse().map_err(|_| NoteError::Format)?;
        let root = BASE64.decode(next("")?).map_err(|_| NoteError::Format)?;
        let at = DateTime::parse_from_rfc3339(next("time ")?).map_err(|_| NoteError::Format)?;
        Ok(Self {
            size,
            root: root.try_into().map_err(|_| NoteError::Format)?,
            at: at.with_timezone(&Utc),
            horizon: next("horizon ")?.parse().map_err(|_| NoteError::Format)?,
            cluster: next("cluster ")?.to_owned(),
        })
    }

    /// Reads it if a trusted key signed it; with no key to trust, signatures are not looked at.
    pub(super) fn open(note: &str, trusted: &[TrustedKey]) -> Result<Self, NoteError> {
        let checkpoint = Self::parse(note)?;
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::Format)?;
        let signed = format!("{text}\n");
        let holds = |line: &str| {
            let (name, signature) = line.strip_prefix(SIGNATURE_MARK)?.split_once(' ')?;
            let bytes = BASE64.decode(signature).ok()?;
            let (id, signature) = bytes.split_at_checked(4)?;
            let key = trusted
                .iter()
                .find(|key| key.name == name && key.id == *id)?;
            let signature = Signature::from_slice(signature).ok()?;
            key.key.verify_strict(signed.as_bytes(), &signature).ok()
        };
        if trusted.is_empty() || signatures.lines().any(|line| holds(line).is_some()) {
            Ok(checkpoint)
        } else {
            Err(NoteError::Signature)
        }
    }
}

/// The size that a signed checkpoint speaks of: how its holder tells an older from a newer one.
pub fn checkpoint_size(note: &str, trusted: &[TrustedKey]) -> Result<u64, NoteError> {
    Checkpoint::open(note, trusted).map(|checkpoint| checkpoint.size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SealKey {
        SealKey {
            name: "sanad.example/audit".into(),
            key: SigningKey::from_bytes(&[7; 32]),
        }
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            size: 42,
            root: [9; 32],
            at: DateTime::from_timestamp(1_764_000_000, 5_000).unwrap(),
            horizon: 12_345,
            cluster: "7000000000000000000".into(),
        }
    }

    #[test]
    fn a_note_is_read_back_and_every_changed_byte_is_noticed() {
        let (key, trusted) = (key(), vec![key().public()]);
        let note = key.sign(&checkpoint());
        assert_eq!(Checkpoint::open(&note, &trusted), Ok(checkpoint()));
        assert!(note.starts_with("sanad.example/audit\n42\n"), "{note}");
        let text = note.find("\n\n").unwrap();
        for at in 0..text {
            let mut changed = note.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8_lossy(&changed).into_owned();
            assert!(Checkpoint::open(&changed, &trusted).is_err(), "byte {at}");
        }
    }

    #[test]
    fn another_key_does_not_count_and_keys_survive_their_text() {
        let other = SealKey {
            name: "sanad.example/audit".into(),
            key: SigningKey::from_bytes(&[8; 32]),
        };
        let note = other.sign(&checkpoint());
        let text = format!("# ours\n{}\n", key().public());
        let trusted = TrustedKey::read_all(&text).unwrap();
        assert_eq!(Checkpoint::open(&note, &trusted), Err(NoteError::Signature));
        assert_eq!(
            Checkpoint::open(&key().sign(&checkpoint()), &trusted),
            Ok(checkpoint())
        );
        assert!(TrustedKey::read_all("nothing").is_err());
        assert!(!format!("{:?}", key()).contains("07"));
    }
}
