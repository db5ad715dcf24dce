//! The master key: 32 bytes in a file that nobody else may read, as 64 hexadecimal digits a line. While it is
//! changed, the file holds two lines, the new key first; both read, the first writes.

use super::{CannotSeal, cipher::Secret, secret_file::open_mode};
use sha2::{Digest, Sha256};
use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The setting that names the file.
pub const SETTING: &str = "SANAD_MASTER_KEY_FILE";
/// The name of the systemd credential.
const CREDENTIAL: &str = "sanad-master-key";

/// The master keys, the one that wraps first.
#[derive(Clone)]
pub struct MasterKeys {
    first: Secret,
    all: Vec<Secret>,
}

/// Eight digits that tell two master keys apart and tell nothing of them; to compare with the paper copy.
#[derive(Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKeys(…)")
    }
}

impl MasterKeys {
    pub(super) const fn first(&self) -> &Secret {
        &self.first
    }

    pub(super) fn all(&self) -> &[Secret] {
        &self.all
    }

    /// Without the line that is on its way out.
    pub(super) fn only_first(&self) -> Self {
        Self {
            all: vec![self.first.clone()],
            first: self.first.clone(),
        }
    }

    /// One, of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Option<Self> {
        let first = Secret::from_slice(&bytes)?;
        Some(Self {
            all: vec![first.clone()],
            first,
        })
    }

    /// From the text of its file.
    pub fn parse(text: &str) -> Option<Self> {
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let all: Vec<Secret> = lines.map(line).collect::<Option<_>>()?;
        Some(Self {
            first: all.first()?.clone(),
            all,
        })
    }

    /// From a file that only its owner may read, or a credential of systemd. The error is one line for whoever
    /// starts the program.
    pub fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let about = |error: io::Error| format!("{SETTING}: {shown}: {error}");
        if let Some(mode) = open_mode(path).map_err(about)? {
            return Err(format!(
                "{SETTING}: others may read {shown} (mode {mode:o}): chmod 600"
            ));
        }
        let text = Zeroizing::new(fs::read_to_string(path).map_err(about)?);
        Self::parse(&text).ok_or_else(|| {
            format!("{SETTING}: {shown} holds no master key (64 hexadecimal digits a line)")
        })
    }

    /// The file that the settings name: `SANAD_MASTER_KEY_FILE`, or systemd's credential.
    pub fn path(lookup: &dyn Fn(&str) -> Option<String>) -> Result<PathBuf, String> {
        let named = |name: &str| lookup(name).filter(|value| !value.trim().is_empty());
        if let Some(file) = named(SETTING) {
            return Ok(PathBuf::from(file.trim()));
        }
        named("CREDENTIALS_DIRECTORY")
            .map(|folder| Path::new(&folder).join(CREDENTIAL))
            .filter(|file| file.exists())
            .ok_or_else(|| {
                format!(
                    "{SETTING}: missing (the file of the master key; `sanad keys init` makes it)"
                )
            })
    }

    /// Makes a new master key in a new file, 0600; fails if the file is there.
    pub fn create(path: &Path) -> io::Result<Self> {
        let fault = |_: CannotSeal| io::Error::other("no randomness");
        let secret = Secret::random().map_err(fault)?;
        let digits = Zeroizing::new(hex::encode(secret.bytes()));
        let keys = Self {
            all: vec![secret.clone()],
            first: secret,
        };
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        writeln!(
            file,
            "# Master key of Sanad, fingerprint {}. Keep a copy on paper, apart from every copy of the\n\
             # database: without this line nobody reads what the database holds encrypted.",
            keys.fingerprint()
        )?;
        file.write_all(digits.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        Ok(keys)
    }

    /// Of the key that wraps.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = Sha256::new_with_prefix(b"sanad master key fingerprint\0");
        hasher.update(self.first.bytes());
        let digest: [u8; 32] = hasher.finalize().into();
        let digits = hex::encode(digest.first_chunk::<4>().unwrap_or(&[0; 4]));
        Fingerprint(digits)
    }
}

/// Digits in groups, as a person types them from paper, are read too.
fn line(line: &str) -> Option<Secret> {
    let digits: Zeroizing<String> =
        Zeroizing::new(line.chars().filter(|c| !" -".contains(*c)).collect());
    let bytes = Zeroizing::new(hex::decode(digits.as_bytes()).ok()?);
    Secret::from_slice(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    #[test]
    fn a_master_key_is_read_as_a_person_types_it() {
        let typed = "# of 2026\n00010203-04050607 08090A0B-0C0D0E0F 10111213-14151617 18191A1B-1C1D1E1F\n\n";
        let (read, plain) = (
            MasterKeys::parse(typed).unwrap(),
            MasterKeys::parse(KEY).unwrap(),
        );
        assert_eq!(read.fingerprint(), plain.fingerprint());
        assert_eq!(read.all().len(), 1);
        let (short, odd) = (&KEY[2..], format!("{KEY}\n{}x", &KEY[1..]));
        for wrong in ["", "# only a comment", short, &odd] {
            assert!(MasterKeys::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_first_line_wraps_and_every_line_reads() {
        let other = KEY.replace('0', "f");
        let both = MasterKeys::parse(&format!("{other}\n{KEY}")).unwrap();
        let old = MasterKeys::parse(KEY).unwrap();
        assert_eq!(both.all().len(), 2);
        assert_ne!(both.fingerprint(), old.fingerprint());
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let folder = std::env::temp_dir().join(format!("sanad-master-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("key");
        let made = MasterKeys::create(&file).unwrap();
        assert_eq!(
            MasterKeys::read(&file).unwrap().fingerprint(),
            made.fingerprint()
        );
        assert!(MasterKeys::create(&file).is_err(), "never over another");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let refusal = MasterKeys::read(&file).unwrap_err();
        assert!(refusal.contains("chmod 600") && !refusal.contains('\n'));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn nothing_of_a_key_is_printed() {
        let keys = MasterKeys::parse(KEY).unwrap();
        assert_eq!(format!("{keys:?}"), "MasterKeys(…)");
    }
}
