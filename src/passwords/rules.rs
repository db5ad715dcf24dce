//! Which passwords are taken: long ones that nobody guesses. No rule about kinds of characters, and no end
//! date (ASVS 6.2): both make people write them down.

use super::hash::canonical;
use crate::i18n::Msg;
use std::sync::LazyLock;
use zxcvbn::{Score, zxcvbn};

/// Shortest, in characters.
pub const MIN: usize = 12;
/// Longest, in bytes: hashing a book would be an attack.
const MAX_BYTES: usize = 1024;
/// Letters and signs that must be left when every common word is taken away.
const LEFT: usize = 5;

/// Common passwords, first names, cities, words of this plan, in Arabic, Latin letters and Tifinagh; longest first.
static COMMON: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("common.txt").lines();
    let mut words: Vec<String> = lines
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| plain(&canonical(line.trim())))
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words
});

/// Small letters without digits, signs and vowel marks; Arabic letters that are written in several ways as one.
fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ة' => 'ه',
            'ى' => 'ي',
            '@' => 'a',
            other => other,
        })
        .collect()
}

/// Takes it, or says why not. `own` are the words of its owner: user name and names.
pub fn judge(password: &str, own: &[&str]) -> Result<(), Msg> {
    let text = canonical(password);
    let len = text.chars().count();
    if len < MIN {
        return Err(Msg::new("password-short").with("min", MIN).with("len", len));
    }
    if password.len() > MAX_BYTES {
        return Err(Msg::new("password-long"));
    }
    let own: Vec<String> = own
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
        .map(|word| canonical(word).to_lowercase())
        .filter(|word| word.chars().count() > 2)
        .collect();
    let mut rest = plain(&text);
    for word in own
        .iter()
        .map(|word| plain(word))
        .collect::<Vec<_>>()
        .iter()
        .chain(COMMON.iter())
    {
        if !word.is_empty() {
            rest = rest.replace(word.as_str(), "");
        }
    }
    let signs: std::collections::BTreeSet<char> = rest.chars().collect();
    if signs.len() < LEFT {
        return Err(Msg::new("password-common"));
    }
    let inputs: Vec<&str> = own
        .iter()
        .map(String::as_str)
        .chain(COMMON.iter().map(String::as_str))
        .collect();
    if zxcvbn(&text, &inputs).score() < Score::Three {
        return Err(Msg::new("password-guessable"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_unlike_anything_is_taken_in_any_script() {
        for good in [
            "قنطرة وردة ومطر خفيف",
            "trois chats dorment à Ifrane sans bruit",
            "kettle-orbit-vinegar-42",
            "Wz7!qLp0#xRt",
            "ⴰⵢⵢⵉⵙ ⵉⵎⵍⵍⵓⵍⵏ ⴷⴷⴰⵡ ⵜⴼⵓⴽⵜ",
        ] {
            assert_eq!(judge(good, &["worker.rabat"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn short_long_common_and_own_words_are_not() {
        let key = |text: &str| {
            judge(text, &["nadia.zaafrane", "نادية الزعفران"])
                .unwrap_err()
                .key()
        };
        assert_eq!(key("short"), "password-short");
        assert_eq!(key("قصيرة"), "password-short");
        assert_eq!(key(&"ط".repeat(513)), "password-long");
        for common in [
            "password1234",
            "motdepasse2026!",
            "123456789012",
            "azertyuiop123",
            "qwertyuiop[]",
            "Casablanca2026",
            "سلا سلا سلا سلا",
            "الرباط2026الرباط",
            "محمد محمد محمد",
            "كلمة السر 123456",
            "sanad-demo-2026",
            "nadiazaafrane1990",
            "نادية الزعفران 90",
            "١٢٣٤٥٦٧٨٩٠١٢",
            "ⵎⵕⵕⴰⴽⵛ2026ⵎⵕⵕⴰⴽⵛ",
            "ⵜⴰⴳⵓⵔⵉ ⵏ ⵓⵣⵔⴰⵢ 2026",
            "aaaaaaaaaaaaaaaa",
        ] {
            let key = key(common);
            assert!(
                ["password-common", "password-guessable"].contains(&key),
                "{common}: {key}"
            );
        }
    }

    #[test]
    fn the_list_speaks_three_languages_in_three_scripts() {
        assert!(COMMON.len() > 250, "{}", COMMON.len());
        for word in [
            "الرباط",
            "motdepasse",
            "password",
            "مراكش",
            "sanad",
            "ⵔⵔⴱⴰⵟ",
        ] {
            assert!(COMMON.contains(&plain(word)), "{word}");
        }
    }
}
