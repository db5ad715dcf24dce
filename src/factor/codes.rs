//! Codes that are written down or said aloud: letters and digits that nobody confuses.

use rand::Rng as _;

const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A code in groups of four, five bits a sign.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Of that many groups: four are 80 bits, which nobody tries out from a stolen hash.
    fn random(groups: usize) -> Self {
        let mut bytes = vec![0u8; groups * 4];
        rand::rng().fill_bytes(&mut bytes);
        let signs = bytes
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
        Self(signs.map(|sign| char::from(*sign)).collect())
    }

    /// A backup code.
    pub fn backup() -> Self {
        Self::random(4)
    }

    /// A one-time code for somebody who stands before the one who issues it; good for 15 minutes.
    pub fn one_time() -> Self {
        Self::random(3)
    }

    /// As typed: small letters, spaces and dashes do not count.
    pub fn parse(text: &str) -> Option<Self> {
        let signs: String = crate::forms::western_digits(text)
            .to_ascii_uppercase()
            .chars()
            .filter(|c| !matches!(c, '-' | ' ' | '\u{a0}'))
            .collect();
        let known = signs.bytes().all(|sign| ALPHABET.contains(&sign));
        (known && matches!(signs.len(), 12 | 16)).then_some(Self(signs))
    }

    /// What the database hashes.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// `ABCD-EFGH-JKLM`
impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, sign) in self.0.chars().enumerate() {
            if at > 0 && at.is_multiple_of(4) {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

/// It lets somebody in: never in a log.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written() {
        for code in [Code::backup(), Code::one_time()] {
            let written = code.to_string();
            assert_eq!(Code::parse(&written).unwrap(), code);
            assert_eq!(
                Code::parse(&written.to_lowercase().replace('-', " ")).unwrap(),
                code
            );
            assert_eq!(format!("{code:?}"), "Code(…)");
        }
        assert_ne!(Code::backup(), Code::backup());
        for wrong in ["", "123456", "ABCD-EFGH-JKL0", "ABCD-EFGH-JKLM-N"] {
            assert!(Code::parse(wrong).is_none(), "{wrong}");
        }
    }
}
