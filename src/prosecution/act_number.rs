//! The number of a signed act.

use crate::{forms::western_digits, i18n::Msg};

/// Number of a signed act of the court, as `118/2026`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActNumber(String);

impl ActNumber {
    /// Letters, digits, `/`, `.` and `-`, as the register of the court writes them.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        let text: String = western_digits(text)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-');
        if text.is_empty() || text.len() > 30 || !text.chars().all(fits) {
            return Err(Msg::new("decision-act-invalid"));
        }
        Ok(Self(text))
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn act_numbers_as_the_register_writes_them() {
        assert_eq!(ActNumber::parse("١١٨ / 2026").unwrap().as_str(), "118/2026");
        for text in ["", "عدد 118", "118;2026", &"1".repeat(31)] {
            assert!(ActNumber::parse(text).is_err(), "{text}");
        }
    }
}
