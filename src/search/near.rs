//! How near a name is to what was typed, and which of its words answer it: by the keys of both, never by their letters
//! alone, so that a mark stands also where the other script was typed.

use super::domain::own;
use crate::{
    names::{self, Beginning, Keys, TokenKey, Verdict},
    people::Names,
};
use std::{cell::RefCell, collections::BTreeMap};

/// Letters from which on a part that is being typed may be the beginning of a word.
const BEGINNING: usize = 3;
/// Letters of a skeleton from which on one may be wrong.
const CAN_BE_WRONG: usize = 4;
/// What the beginning of a word is worth, of a thousand: less than the whole in any spelling.
const BEGUN: i64 = 800;
/// What a word that begins as it sounds is worth at most.
const SOUNDING: i64 = 750;
/// What a word with a letter wrong is worth at most.
const MISSED: i64 = 700;

/// How a word answers a part of what was typed, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Letter by letter.
    Same,
    /// In the other script.
    Script,
    /// It sounds so.
    Sound,
    /// It begins so.
    Beginning,
    /// It begins as this sounds, in the other script or in another spelling.
    Begun,
    /// But for one letter.
    Letter,
}

impl How {
    /// Key of its words.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Same => "search-how-same",
            Self::Script => "search-how-script",
            Self::Sound => "search-how-sound",
            Self::Beginning => "search-how-beginning",
            Self::Begun => "search-how-begun",
            Self::Letter => "search-how-letter",
        }
    }
}

/// A word that answers a part: how, and how near it is, of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Near {
    how: How,
    worth: i64,
}

/// The parts of a name that was typed, without what half the country is called by.
pub(super) struct Parts {
    parts: Vec<Part>,
    /// How each word that was met answers each part: those who are found share most of their words.
    met: RefCell<BTreeMap<TokenKey, Vec<Option<Near>>>>,
}

/// One of them, and what it is the beginning of, if whoever types has not come to its end.
struct Part {
    token: TokenKey,
    beginning: Beginning,
}

/// A stretch of a name, and whether it was found.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_hit: bool,
}

impl Parts {
    /// Of what was typed.
    pub(super) fn of(text: &str) -> Self {
        let part = |token| Part {
            beginning: Beginning::of(&token),
            token,
        };
        Self {
            parts: own(text).into_iter().map(part).collect(),
            met: RefCell::default(),
        }
    }

    /// How near somebody is by the nearest of their names: up to 1000, where each part stands as it was typed.
    pub(super) fn nearness(&self, names: &[(String, Names)]) -> i64 {
        names
            .iter()
            .map(|(_, names)| self.nearness_of(names))
            .max()
            .unwrap_or_default()
    }

    fn nearness_of(&self, names: &Names) -> i64 {
        let [ar, la] = [names.ar(), names.la()].map(|text| own(&text));
        // the same person in two scripts: a part is found in either
        let longest = ar.len().max(la.len());
        let words: Vec<_> = ar.into_iter().chain(la).collect();
        let worth: i64 = self.best(&words).map(|near| near.worth).sum();
        let parts = self.parts.len().max(1);
        // of two that answer alike, the one who has no further name
        let more = longest.saturating_sub(parts).min(9);
        let [parts, more] = [parts, more].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        (worth / parts - more).max(0)
    }

    /// In which ways a name answers, each once, the nearest first.
    pub(super) fn ways(&self, names: &Names) -> Vec<How> {
        let words: Vec<_> = [names.ar(), names.la()]
            .iter()
            .flat_map(|text| own(text))
            .collect();
        let mut ways: Vec<_> = self.best(&words).map(|near| near.how).collect();
        ways.sort_unstable();
        ways.dedup();
        ways
    }

    /// A name with its words that answer marked.
    pub(super) fn marked(&self, text: &str) -> Vec<Piece> {
        let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
        let mut pieces = Vec::new();
        let mut rest = words.as_slice();
        while let [word, more @ ..] = rest {
            rest = more;
            if let [next, after @ ..] = more {
                // "عبد الله" is one name in two words
                let both = format!("{word}{next}");
                let are_words = !own(word).is_empty() && !own(next).is_empty();
                if are_words
                    && matches!(own(&both).as_slice(), [one] if self.answers(one).is_some())
                {
                    push(&mut pieces, &both, None);
                    rest = after;
                    continue;
                }
            }
            self.mark(&mut pieces, word);
        }
        pieces
    }

    fn mark(&self, pieces: &mut Vec<Piece>, word: &str) {
        let tokens = own(word);
        match tokens.iter().find_map(|token| self.answers(token)) {
            None => pieces.push(Piece {
                text: word.to_owned(),
                is_hit: false,
            }),
            Some((part, How::Beginning)) => push(pieces, word, beginning(word, &part.token.folded)),
            Some((part, How::Begun)) => push(pieces, word, sounding(word, &part.beginning)),
            Some(_) => push(pieces, word, None),
        }
    }

    /// The part that a word answers, and how.
    fn answers(&self, word: &TokenKey) -> Option<(&Part, How)> {
        let found = self.parts.iter().zip(self.answers_of(word));
        let found = found.filter_map(|(part, near)| Some((part, near?)));
        let nearest = found.max_by_key(|(_, near)| near.worth)?;
        Some((nearest.0, nearest.1.how))
    }

    /// How a word answers each part.
    fn answers_of(&self, word: &TokenKey) -> Vec<Option<Near>> {
        if let Some(met) = self.met.borrow().get(word) {
            return met.clone();
        }
        let answers: Vec<_> = self.parts.iter().map(|part| near(part, word)).collect();
        self.met.borrow_mut().insert(word.clone(), answers.clone());
        answers
    }

    /// The nearest word of each part that has one.
    fn best(&self, words: &[TokenKey]) -> impl Iterator<Item = Near> {
        let mut best = vec![None; self.parts.len()];
        for word in words {
            for (best, near) in best.iter_mut().zip(self.answers_of(word)) {
                // of two that are as near, the later one
                if near.map(|near| near.worth) >= best.map(|best: Near| best.worth) {
                    *best = near;
                }
            }
        }
        best.into_iter().flatten()
    }
}

/// Marks a word up to a place, or whole, and leaves the space after it.
fn push(pieces: &mut Vec<Piece>, word: &str, upto: Option<usize>) {
    let upto = upto.unwrap_or_else(|| word.trim_end().len());
    let (hit, rest) = word.split_at_checked(upto).unwrap_or((word, ""));
    for (text, is_hit) in [(hit, true), (rest, false)] {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                is_hit,
            });
        }
    }
}

/// Where the beginning of a word ends that is this when it is folded.
fn beginning(word: &str, folded: &str) -> Option<usize> {
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    // the last one: vowel signs belong to the letter before them
    ends.rfind(|end| {
        let start = word.get(..*end).unwrap_or_default();
        own(start).iter().any(|token| token.folded == folded)
    })
}

/// Where the beginning of a word ends that sounds so: before the letter with which there is more of it than that.
fn sounding(word: &str, typed: &Beginning) -> Option<usize> {
    let ends: Vec<usize> = word
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let begins = |end: &&usize| {
        let start = own(word.get(..**end).unwrap_or_default());
        start.iter().any(|token| typed.begins(token).is_some())
    };
    // from the whole down: a short head may be a usual short form, as Moh is of Mohamed
    let more = ends.iter().rev().take_while(begins).count();
    ends.len()
        .checked_sub(more + 1)
        .and_then(|last| ends.get(last))
        .copied()
}

/// Whether a word answers a part, by the score of the two; and the beginning of a word, which no score knows.
fn near(
    Part {
        token: part,
        beginning,
    }: &Part,
    word: &TokenKey,
) -> Option<Near> {
    if part.folded == word.folded {
        return Some(Near {
            how: How::Same,
            worth: 1000,
        });
    }
    let score = names::score_keys(&alone(part), &alone(word));
    let worth = thousandths(score.value);
    let begins = part.folded.chars().count() >= BEGINNING && word.folded.starts_with(&part.folded);
    let sounds =
        !part.loose.is_empty() && (part.loose == word.loose || one_apart(&part.loose, &word.loose));
    match score.verdict {
        Verdict::Same if is_arabic(&part.folded) != is_arabic(&word.folded) => Some(Near {
            how: How::Script,
            worth,
        }),
        Verdict::Same => Some(Near {
            how: How::Sound,
            worth,
        }),
        _ if begins => Some(Near {
            how: How::Beginning,
            worth: BEGUN,
        }),
        Verdict::Likely | Verdict::Different => {
            let letter = |worth| Near {
                how: How::Letter,
                worth,
            };
            begun(beginning, word).or(match score.verdict {
                Verdict::Likely => Some(letter(worth.min(MISSED))),
                _ => sounds.then(|| letter(worth.min(MISSED) / 2)),
            })
        }
    }
}

fn begun(typed: &Beginning, word: &TokenKey) -> Option<Near> {
    let alike = thousandths(typed.begins(word)?);
    Some(Near {
        how: How::Begun,
        worth: SOUNDING - (1000 - alike) / 3,
    })
}

/// A part as a name of its own.
fn alone(part: &TokenKey) -> Keys {
    Keys {
        tokens: vec![part.clone()],
        ..Keys::default()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a score is between 0 and 1"
)]
fn thousandths(value: f32) -> i64 {
    (value * 1000.0).round() as i64
}

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))
}

/// Whether two skeletons are the same but for one letter: another one, one too many, one too few.
fn one_apart(a: &str, b: &str) -> bool {
    let [a, b]: [Vec<char>; 2] = [a, b].map(|text| text.chars().collect());
    if a.len().max(b.len()) < CAN_BE_WRONG || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let before = alike(a.iter().zip(&b));
    let after = alike(a.iter().rev().zip(b.iter().rev()));
    before + after + 1 >= a.len().max(b.len())
}

/// How many pairs are alike from the first one on.
fn alike<'a>(pairs: impl Iterator<Item = (&'a char, &'a char)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(ar: &str, la: &str) -> Vec<(String, Names)> {
        let names = Names {
            given_ar: ar.to_owned(),
            given_la: la.to_owned(),
            ..Names::default()
        };
        vec![("civil".to_owned(), names)]
    }

    fn hits(typed: &str, name: &str) -> Vec<String> {
        let pieces = Parts::of(typed).marked(name);
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, name, "nothing of a name is lost");
        let hit = pieces.into_iter().filter(|piece| piece.is_hit);
        hit.map(|piece| piece.text).collect()
    }

    #[test]
    fn what_is_found_is_marked_in_either_script() {
        assert_eq!(hits("maryam", "Maryam Zaafrane"), ["Maryam"]);
        assert_eq!(hits("Maryam", "مريم الزعفران"), ["مريم"]);
        assert_eq!(hits("مريم", "Maryam Zaafrane"), ["Maryam"]);
        assert_eq!(hits("mar", "Maryam Zaafrane"), ["Mar"]);
        assert_eq!(hits("mary", "مريم الزعفران"), ["مري"]);
        assert_eq!(hits("Khad", "خَدِيجة"), ["خَدِ"]);
        assert_eq!(hits("خدي", "Khadija Zaafrane"), ["Khadi"]);
        assert_eq!(hits("محم", "Mohamed"), ["Moham"]);
        assert_eq!(hits("Zaaf", "مريم الزعفران"), ["الزعف"]);
        assert_eq!(hits("Rachid", "Maryam Zaafrane"), [""; 0]);
    }

    #[test]
    fn the_nearer_comes_first() {
        let nearness = |typed: &str, ar: &str, la: &str| Parts::of(typed).nearness(&named(ar, la));
        let same = nearness("Maryam", "", "Maryam");
        let script = nearness("Maryam", "مريم", "");
        let begun = nearness("Mary", "", "Maryam");
        let more = nearness("Maryam", "", "Maryam Zaafrane");
        let other = nearness("Maryam", "", "Rachid");
        assert!(same > more && more > begun && script > begun && begun > other);
        assert_eq!(other, 0);
        let both = nearness("Maryam Zaafrane", "", "Maryam Zaafrane");
        let half = nearness("Maryam Zaafrane", "", "Maryam Boustane");
        assert!(both > half);
    }

    #[test]
    fn a_beginning_in_the_other_script_comes_after_one_in_its_own() {
        let nearness = |typed: &str, ar: &str, la: &str| Parts::of(typed).nearness(&named(ar, la));
        let ways = |typed: &str, ar: &str, la: &str| {
            let [(_, names)] = &named(ar, la)[..] else {
                unreachable!()
            };
            Parts::of(typed).ways(names)
        };
        for (typed, own, other) in [
            ("Khad", ("", "Khadija"), ("خديجة", "")),
            ("خدي", ("خديجة", ""), ("", "Khadija")),
        ] {
            let [begins, begun] = [own, other].map(|(ar, la)| nearness(typed, ar, la));
            assert!(begins > begun && begun > MISSED, "{typed} {begins} {begun}");
            assert_eq!(ways(typed, own.0, own.1), [How::Beginning], "{typed}");
            assert_eq!(ways(typed, other.0, other.1), [How::Begun], "{typed}");
        }
        assert_eq!(ways("Muham", "", "Mohamed"), [How::Begun]);
        assert_eq!(ways("Khadija", "خديجة", ""), [How::Script]);
        assert_eq!(nearness("Rach", "خديجة", ""), 0);
    }

    #[test]
    fn two_letters_in_each_others_place_are_a_letter_wrong() {
        for (ar, la) in [("خديجة", ""), ("", "Khadija")] {
            let near = Parts::of("Khadjia").nearness(&named(ar, la));
            assert!((1..=MISSED).contains(&near), "{ar}{la}: {near}");
        }
    }

    #[test]
    fn a_letter_is_wrong_too_many_or_too_few() {
        for (a, b) in [
            ("lmrn", "lmrm"),
            ("lmrn", "lmr"),
            ("lmr", "lmrn"),
            ("lmrn", "amrn"),
        ] {
            assert!(one_apart(a, b), "{a} {b}");
        }
        for (a, b) in [("lm", "lr"), ("lmrn", "lmbb"), ("lmrn", "lmrnbb"), ("", "")] {
            assert!(!one_apart(a, b), "{a} {b}");
        }
    }
}
