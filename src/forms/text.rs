//! Text at the edge: what PostgreSQL refuses or a page can be turned over with does not come in.

use crate::i18n::Msg;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Why a text was refused, and how it can still be shown.
#[derive(Debug)]
pub struct Fault {
    /// What to say.
    pub msg: Msg,
    /// The text without what cannot be shown.
    pub readable: String,
}

/// Longest run of marks on one letter: Arabic writes three, a flood has hundreds.
const MARKS: usize = 4;

/// NFC, `\r\n` to `\n`; refuses control characters, U+FFFD (bytes that were no UTF-8), bidi overrides and
/// isolates, private use, and floods of combining marks.
pub fn clean(raw: &str) -> Result<String, Fault> {
    let text: String = raw.replace("\r\n", "\n").nfc().collect();
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{fffd}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e000}'..='\u{f8ff}')
    };
    let flood = || {
        let mut run = 0;
        text.chars().any(|c| {
            run = if is_combining_mark(c) { run + 1 } else { 0 };
            run > MARKS
        })
    };
    if text.chars().any(bad) {
        let readable = text.chars().filter(|c| !bad(*c)).collect();
        return Err(Fault {
            msg: Msg::new("error-characters"),
            readable,
        });
    }
    if flood() {
        let readable = text.chars().filter(|c| !is_combining_mark(*c)).collect();
        return Err(Fault {
            msg: Msg::new("error-characters"),
            readable,
        });
    }
    Ok(text)
}

/// Arabic-Indic and Persian digits as 0–9: people type what their keyboard has.
pub fn western_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '٠'..='٩' => shift(c, '٠'),
            '۰'..='۹' => shift(c, '۰'),
            other => other,
        })
        .collect()
}

fn shift(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $max:literal, $multi:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Longest, in characters.
            pub const MAX: usize = $max;

            /// Trims; refuses what is too long and, in one line, a line break.
            pub fn parse(text: &str) -> Result<Self, Msg> {
                let text = text.trim();
                let len = text.chars().count();
                if len > Self::MAX {
                    return Err(Msg::new("error-too-long").with("max", Self::MAX).with("len", len));
                }
                if !$multi && text.contains('\n') {
                    return Err(Msg::new("error-characters"));
                }
                Ok(Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, owned.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        /// Somebody's words: never in a log.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

text_type! {
    /// One line: a name, a landmark.
    Line, 120, false
}
text_type! {
    /// A few lines: a note, a reason.
    Paragraph, 4000, true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_any_keyboard() {
        assert_eq!(western_digits("٢٤/١١/٢٠٢٦"), "24/11/2026");
        assert_eq!(western_digits("۰۶"), "06");
    }

    #[test]
    fn arabic_with_its_vowels_passes_and_a_flood_does_not() {
        assert!(clean("مُحَمَّدٌ").is_ok());
        assert!(clean(&format!("a{}", "\u{301}".repeat(50))).is_err());
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Line::parse(&"ي".repeat(120)).is_ok());
        assert!(Line::parse(&"ي".repeat(121)).is_err());
        assert!(Line::parse("a\nb").is_err());
    }
}
