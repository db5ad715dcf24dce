//! The code on a paper: 128 random bits in Crockford's base 32, which has no I, L, O and U.

use crate::forms::western_digits;

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code: 26 times five bits hold 128.
const LENGTH: usize = 26;

/// A code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code(String);

impl Code {
    /// A new one.
    pub fn random() -> Self {
        Self::of(rand::random())
    }

    fn of(bits: u128) -> Self {
        let letter = |n: usize| {
            let shift = 5 * (LENGTH - 1 - n);
            let five = usize::try_from((bits >> shift) & 31).ok()?;
            LETTERS.get(five).copied().map(char::from)
        };
        Self((0..LENGTH).filter_map(letter).collect())
    }

    /// As it is typed or read: small letters, spaces and hyphens as one likes, O for 0, I and L for 1.
    pub fn parse(text: &str) -> Option<Self> {
        let letters: String = western_digits(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let known = |c: char| u8::try_from(c).is_ok_and(|byte| LETTERS.contains(&byte));
        // the first letter has three bits
        let fits = letters.len() == LENGTH
            && letters.chars().all(known)
            && letters.starts_with(|c: char| ('0'..='7').contains(&c));
        fits.then_some(Self(letters))
    }

    /// As the database keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, for eyes that copy it.
    pub fn grouped(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    }
}

/// As the database kept it.
impl From<String> for Code {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_every_bit() {
        assert_eq!(Code::of(0).as_str(), "0".repeat(26));
        assert_eq!(Code::of(u128::MAX).as_str(), format!("7{}", "Z".repeat(25)));
        assert_eq!(Code::of(33).as_str(), format!("{}11", "0".repeat(24)));
        let codes: std::collections::BTreeSet<String> =
            (0..128).map(|bit| Code::of(1 << bit).0).collect();
        assert_eq!(codes.len(), 128);
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::random();
        assert_eq!(code.as_str().len(), 26);
        assert_eq!(Code::parse(&code.grouped()), Some(code.clone()));
        assert_eq!(Code::parse(&code.as_str().to_lowercase()), Some(code));
        let plain = format!("01{}", "0".repeat(24));
        let read = Code::parse(&format!(" oL{} ", "٠".repeat(24))).unwrap();
        assert_eq!(read.as_str(), plain);
        for not in ["", "0", &"U".repeat(26), &"Z".repeat(26), &"0".repeat(27)] {
            assert_eq!(Code::parse(not), None, "{not}");
        }
    }
}
