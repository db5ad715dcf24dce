//! What was typed, and what it asks for. Knows neither HTTP nor SQL.

use crate::{
    contacts::parse_phone,
    forms::western_digits,
    names::{self, Particle, TokenKey},
    people::keys::Asked,
};

/// The longest text that is looked for, in characters.
pub const LONGEST: usize = 200;
/// Digits of a number below which it would find half of the register.
const DIGITS: usize = 3;
/// The most digits that a counter can have.
const COUNTER: usize = 9;

/// What a text asks for.
#[derive(Clone, PartialEq, Eq)]
pub enum Query {
    /// Nothing that can be looked for.
    Nothing(Nothing),
    /// A file, by its number or the end of it.
    Number(Number),
    /// The contacts in which a telephone was given, as `+212…`.
    Phone(String),
    /// People by their names, children by the place where they were seen last, or both.
    Words(Words),
}

/// Somebody's name or telephone: never in a log.
impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing(why) => why.key(),
            Self::Number(_) => "Number(…)",
            Self::Phone(_) => "Phone(…)",
            Self::Words(_) => "Words(…)",
        })
    }
}

/// Why nothing is looked for: an explanation, and no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {
    /// Nothing was typed.
    Empty,
    /// One letter or one digit.
    Short,
    /// Neither letter nor digit.
    Marks,
    /// Fewer digits of a number than three.
    Digits,
    /// The number of a receipt or of a judicial file, which are found elsewhere.
    Receipt,
    /// Only what half the country is called by: "Haj", "لالة".
    Common,
}

impl Nothing {
    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "search-why-empty",
            Self::Short => "search-why-short",
            Self::Marks => "search-why-marks",
            Self::Digits => "search-why-digits",
            Self::Receipt => "search-why-receipt",
            Self::Common => "search-why-common",
        }
    }
}

/// A number of a file, as far as it was typed: `SAL-2026-00147-W`, `2026-147`, `147`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    /// The last digits of its counter, the last one first.
    pub tail: String,
    /// The letters of its prefecture.
    pub prefix: Option<String>,
    /// Its year.
    pub year: Option<String>,
    /// The letter at its end.
    pub letter: Option<String>,
}

/// Names, a place, or both. Has no `Debug`: somebody's words.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// The whole text.
    pub text: String,
    /// The same without the place; the whole, if there is nothing else.
    pub name: String,
    /// Under which keys the names are asked for.
    pub asked: Asked,
    /// Code of the place that was named.
    pub place: Option<String>,
    /// Whether the text names a place and nothing else.
    pub is_place: bool,
}

/// A place that can be named: its code, and the folded words of each of its names.
#[derive(Debug, Clone)]
pub struct Named {
    code: String,
    names: Vec<Vec<String>>,
}

impl Named {
    /// A place by its code, with its names.
    pub fn new<'a>(code: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            code: code.to_owned(),
            names: names.into_iter().map(folded).collect(),
        }
    }
}

impl Query {
    /// Of what was typed, where these are the places of the prefecture.
    pub fn of(typed: &str, places: &[Named]) -> Self {
        let text = plain(typed);
        match text.chars().filter(|c| c.is_alphanumeric()).count() {
            0 if text.is_empty() => return Self::Nothing(Nothing::Empty),
            0 => return Self::Nothing(Nothing::Marks),
            1 => return Self::Nothing(Nothing::Short),
            _ => {}
        }
        if let Some(phone) = phone(&text) {
            return Self::Phone(phone);
        }
        match numbered(&text) {
            Some(Ok(number)) => Self::Number(number),
            Some(Err(why)) => Self::Nothing(why),
            None => words(text, places),
        }
    }
}

/// One line with the digits that everybody reads, without signs that nobody sees.
fn plain(typed: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}');
    let text: String = western_digits(typed).chars().filter(seen).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A telephone in any of the forms in which people give one, also without its zero or its plus.
fn phone(text: &str) -> Option<String> {
    let is_number = |c: char| c.is_ascii_digit() || "+-./() ".contains(c);
    if !text.chars().all(is_number) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = if text.starts_with('+') { "+" } else { "" };
    [
        format!("{plus}{digits}"),
        format!("+{digits}"),
        format!("0{digits}"),
    ]
    .iter()
    .find_map(|form| parse_phone(form).ok())
}

/// Letters or digits that stand together.
struct Run {
    digits: bool,
    text: String,
}

/// The letters and digits of a text, apart; nothing if there is more in it than a number has.
fn runs(text: &str) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    let mut apart = true;
    for c in text.chars() {
        if " -–‑/._".contains(c) {
            apart = true;
            continue;
        }
        let digits = c.is_ascii_digit();
        if !digits && !c.is_ascii_alphabetic() {
            return None;
        }
        if apart || runs.last().is_none_or(|run| run.digits != digits) {
            runs.push(Run {
                digits,
                text: String::new(),
            });
        }
        if let Some(run) = runs.last_mut() {
            run.text.push(c.to_ascii_uppercase());
        }
        apart = false;
    }
    Some(runs)
}

/// Whether a text is a number of a file, and which; nothing if it is none.
fn numbered(text: &str) -> Option<Result<Number, Nothing>> {
    let runs = runs(text)?;
    let is_prefix = |run: &Run| !run.digits && (2..=4).contains(&run.text.len());
    let mut rest = runs.as_slice();
    if let [kind, place, counter, ..] = rest
        && matches!(kind.text.as_str(), "R" | "J")
        && is_prefix(place)
        && counter.digits
    {
        return Some(Err(Nothing::Receipt));
    }
    let mut number = Number::default();
    if let [prefix, more @ ..] = rest
        && is_prefix(prefix)
    {
        number.prefix = Some(prefix.text.clone());
        rest = more;
    }
    if let [year, counter, ..] = rest
        && year.digits
        && year.text.len() == 4
        && counter.digits
    {
        number.year = Some(year.text.clone());
        rest = rest.get(1..).unwrap_or_default();
    }
    let (counter, letter) = match rest {
        [counter] if counter.digits => (counter, None),
        [counter, letter] if counter.digits && !letter.digits && letter.text.len() == 1 => {
            (counter, Some(letter.text.clone()))
        }
        // figures that are neither a telephone nor a number
        more if number.prefix.is_none() && more.iter().all(|run| run.digits) => {
            return Some(Err(Nothing::Digits));
        }
        _ => return None,
    };
    number.letter = letter;
    if (DIGITS..=COUNTER).contains(&counter.text.len()) {
        number.tail = counter.text.chars().rev().collect();
        return Some(Ok(number));
    }
    // "Ali 7" is a name
    number.prefix.is_none().then_some(Err(Nothing::Digits))
}

/// The parts of a name, without titles: half the country is called "Haj" or "Lalla" by somebody.
pub(super) fn own(text: &str) -> Vec<TokenKey> {
    let mut tokens = names::keys(text).tokens;
    tokens.retain(|token| token.particle != Some(Particle::Title));
    tokens
}

/// The same in plain letters, without the article.
fn folded(text: &str) -> Vec<String> {
    let bare = |token: TokenKey| {
        let articles = ["ال", "el", "al", "l"];
        let is_with = token.particle == Some(Particle::Article);
        let rest = articles
            .into_iter()
            .filter(|_| is_with)
            .find_map(|article| token.folded.strip_prefix(article))
            .map(str::to_owned);
        rest.unwrap_or(token.folded)
    };
    own(text).into_iter().map(bare).collect()
}

fn words(text: String, places: &[Named]) -> Query {
    let parts = folded(&text);
    let found = place_in(&parts, places);
    let mut left = parts.clone();
    if let Some((_, at, length)) = found {
        left.drain(at..at + length);
    }
    let is_place = found.is_some() && left.is_empty();
    let name = match found {
        Some(_) if !is_place => left.join(" "),
        _ => text.clone(),
    };
    let asked = Asked::of(&name);
    let place = found.map(|(code, ..)| code.to_owned());
    if asked.is_empty() && place.is_none() {
        return Query::Nothing(Nothing::Common);
    }
    Query::Words(Words {
        text,
        name,
        asked,
        place,
        is_place,
    })
}

/// The place with the longest name that stands among these words, where it begins, and how long it is.
fn place_in<'a>(parts: &[String], places: &'a [Named]) -> Option<(&'a str, usize, usize)> {
    let mut best: Option<(&str, usize, usize)> = None;
    for place in places {
        for name in place.names.iter().filter(|name| !name.is_empty()) {
            let at = parts.windows(name.len()).position(|some| some == name);
            let longer = best.is_none_or(|(_, _, length)| length < name.len());
            if let (Some(at), true) = (at, longer) {
                best = Some((&place.code, at, name.len()));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(typed: &str) -> Query {
        let place = Named::new("044210107", ["يعقوب المنصور", "Yacoub El Mansour"]);
        Query::of(
            typed,
            &[place, Named::new("044410108", ["تابريكت", "Tabriquet"])],
        )
    }

    fn number(tail: &str, prefix: &str, year: &str, letter: &str) -> Query {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Query::Number(Number {
            tail: tail.to_owned(),
            prefix: some(prefix),
            year: some(year),
            letter: some(letter),
        })
    }

    #[test]
    fn a_number_is_known_whole_in_part_and_by_its_end() {
        for whole in ["SAL-2026-00147-W", "sal 2026 00147 w", "SAL/2026/00147W"] {
            assert_eq!(of(whole), number("74100", "SAL", "2026", "W"), "{whole}");
        }
        assert_eq!(of("2026-00147"), number("74100", "", "2026", ""));
        assert_eq!(of("00147-W"), number("74100", "", "", "W"));
        assert_eq!(of("٠٠١٤٧"), number("74100", "", "", ""));
        assert_eq!(of("147"), number("741", "", "", ""));
        assert_eq!(of("47"), Query::Nothing(Nothing::Digits));
        assert_eq!(of("R-SAL-2026-00147-W"), Query::Nothing(Nothing::Receipt));
    }

    #[test]
    fn a_telephone_is_known_in_any_form() {
        for typed in [
            "0612345678",
            "06 12 34 56 78",
            "06-12-34-56-78",
            "06.12.34.56.78",
            "+212612345678",
            "+212 6 12 34 56 78",
            "00212612345678",
            "212612345678",
            "612345678",
            "٠٦١٢٣٤٥٦٧٨",
            "\u{202a}06 12 34 56 78\u{202c}",
        ] {
            assert_eq!(
                of(typed),
                Query::Phone("+212612345678".to_owned()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_looked_for_says_why() {
        for (typed, why) in [
            ("", Nothing::Empty),
            (" \t\n", Nothing::Empty),
            ("\u{202e}\u{200f}", Nothing::Empty),
            ("م", Nothing::Short),
            ("a", Nothing::Short),
            ("7", Nothing::Short),
            ("%", Nothing::Marks),
            ("… - !?", Nothing::Marks),
            ("🙂🙂", Nothing::Marks),
            ("1 2 3 4 5", Nothing::Digits),
            ("99999999999999999999", Nothing::Digits),
        ] {
            assert_eq!(of(typed), Query::Nothing(why), "{typed:?}");
        }
    }

    #[test]
    fn a_place_is_known_beside_a_name_and_alone() {
        let words = |typed: &str| match of(typed) {
            Query::Words(words) => words,
            other => unreachable!("{typed}: {other:?}"),
        };
        let both = words("Maryam Tabriquet");
        assert_eq!(both.place.as_deref(), Some("044410108"));
        assert!(!both.is_place);
        assert_eq!(both.asked, Asked::of("Maryam"));
        let alone = words("يعقوب المنصور");
        assert_eq!(alone.place.as_deref(), Some("044210107"));
        assert!(alone.is_place && !alone.asked.is_empty());
        assert_eq!(words("Maryam").place, None);
    }

    #[test]
    fn strange_texts_are_names_or_nothing_and_never_a_fault() {
        for typed in [
            "%_%",
            "' or 1=1 --",
            "mحمed",
            "محمد🙂",
            "\u{202e}dammahom",
            "a\u{301}\u{301}\u{301}b",
            "ﷺ ﷲ",
            "𐎠𐎡",
        ] {
            let _ = of(typed);
        }
        let _ = of(&"ا".repeat(LONGEST));
        let _ = of(&"1-".repeat(LONGEST / 2));
    }

    #[test]
    fn what_was_typed_is_not_printed() {
        for typed in ["Maryam Tabriquet", "0612345678"] {
            assert!(!format!("{:?}", of(typed)).contains(typed), "{typed}");
        }
    }
}
