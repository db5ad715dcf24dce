//! Beginnings: what a word that is still being typed asks for, in either script. "Khad" is how خديجة begins, and خدي how
//! Khadija does.
//!
//! A beginning is known by its consonants. The index holds the first few of every word; what was typed is then read beside
//! the head of the word, sound by sound, as two whole words are.

use std::{fmt, iter, ops::RangeInclusive};

use super::{
    align::likeness,
    cost,
    fold::Script,
    key::{Reading, TokenKey},
    latin,
    particles::{ABD, AIT, ARTICLE, BEN, BINT, BOU, OULD},
    verdict::SAME_TOKEN,
    vowels,
};

#[cfg(test)]
mod tests;

/// How many signs of a beginning are kept: by one, a tenth of a city begins so; by more than these, hardly fewer.
const SIGNS: RangeInclusive<usize> = 2..=4;
/// From how many letters on a word may be the beginning of another.
const LETTERS: usize = 3;

/// A word that may be the beginning of another, in each way it may go on.
#[derive(Clone)]
pub struct Beginning {
    heads: Vec<Head>,
    script: Script,
}

/// One way to read a beginning.
#[derive(Clone, PartialEq, Eq)]
struct Head {
    sounds: Vec<u8>,
    /// Whether it is what stands behind a letter that may be an article: then the word must have one.
    articled: bool,
}

/// Somebody's name: never in a log.
impl fmt::Debug for Beginning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beginning")
            .field("heads", &self.heads.len())
            .finish_non_exhaustive()
    }
}

impl Beginning {
    /// Of a word that was typed. Two letters are the beginning of nothing.
    pub fn of(typed: &TokenKey) -> Self {
        let mut heads = Vec::new();
        if typed.folded.chars().count() >= LETTERS {
            for reading in own(typed) {
                unarticled(reading, typed, &mut heads);
            }
            if typed.script == Script::Latin {
                // by its letters alone: Moh stands for Mohamed, but Mohcine begins so too
                let mut sounds = Vec::with_capacity(typed.folded.len());
                latin::sounds(&typed.folded, &mut sounds);
                add(&mut heads, sounds, false);
                unfinished(&typed.folded, &mut heads);
            }
        }
        Self {
            heads,
            script: typed.script,
        }
    }

    /// What the index is asked for: [`TokenKey::beginnings`] of the words that may begin so.
    pub fn keys(&self) -> Vec<String> {
        let mut out = Vec::new();
        for Head { sounds, .. } in &self.heads {
            let signs = signs(sounds);
            // Brahim is إبراهيم, and إدريس Driss: a vowel before two consonants falls
            let other = match sounds.as_slice() {
                [b'i' | b'<' | b'A', rest @ ..] if cost::cluster(rest, 0) => {
                    signs.strip_prefix('*').map(str::to_owned)
                }
                sounds if self.script == Script::Latin && cost::cluster(sounds, 0) => {
                    Some(format!("*{signs}"))
                }
                _ => None,
            };
            let single = single(sounds).filter(|_| signs.len() == 1);
            let kept = |signs: String| -> String { signs.chars().take(*SIGNS.end()).collect() };
            for key in iter::once(signs).chain(other).map(kept) {
                if key.len() >= *SIGNS.start() && !out.contains(&key) {
                    out.push(key);
                }
            }
            out.extend(single.filter(|key| !out.contains(key)));
        }
        out
    }

    /// How alike it is to the head of a word, up to 1; nothing if the word does not begin so.
    pub fn begins(&self, word: &TokenKey) -> Option<f32> {
        let across = (self.script, word.script) == (Script::Latin, Script::Arabic);
        let mut best = 0;
        for reading in own(word) {
            let sounds = spoken(reading, word.script);
            for head in self.heads.iter().filter(|head| head.fits(reading, across)) {
                let typed = (head.sounds.as_slice(), self.script);
                best = best.max(beside(typed, (&sounds, word.script)));
            }
        }
        (best >= SAME_TOKEN).then(|| f32::from(best) / 1000.0)
    }
}

impl Head {
    /// Whether the article is where it should be, and the first vowel what it is known to be: Souma is not سمير.
    fn fits(&self, reading: &Reading, across: bool) -> bool {
        (!self.articled || reading.marks & ARTICLE != 0)
            && !(across
                && reading.marks & !ARTICLE == 0
                && vowels::contradicts(reading.vowel, &reading.sounds, &self.sounds))
    }
}

impl TokenKey {
    /// The first consonants of this word, two to four of them, for each way to read it; if it begins with none, a star
    /// stands for that. A single one only where Latin writes it in two letters: Kha, Cha.
    pub fn beginnings(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for reading in own(self) {
            let sounds = spoken(reading, self.script);
            let signs = signs(&sounds);
            let firsts = SIGNS.filter_map(|length| signs.get(..length).map(str::to_owned));
            for key in firsts.chain(single(&sounds)) {
                if !out.contains(&key) {
                    out.push(key);
                }
            }
        }
        out
    }
}

/// The readings, without the name behind a pet name; where an article is certain, without the one that keeps it.
fn own(token: &TokenKey) -> impl Iterator<Item = &Reading> {
    let known = matches!(token.script, Script::Latin | Script::Arabic);
    let first = token.readings.first().filter(|first| first.sure);
    let sure = first.map_or(0, |first| first.marks & ARTICLE);
    token
        .readings
        .iter()
        .filter(move |reading| known && !reading.pet && reading.marks & sure == sure)
}

/// The sounds of a reading with what stands before it, as if it were written in one.
pub(super) fn spoken(reading: &Reading, script: Script) -> Vec<u8> {
    let mut out = Vec::with_capacity(reading.sounds.len() + 3);
    for (mark, latin, arabic) in [
        (BEN, "ben", "bn"),
        (BINT, "bent", "bnt"),
        (BOU, "bu", "bw"),
        (OULD, "uld", "wld"),
        (AIT, "ait", "Ayt"),
        (ABD, "abd", "3bd"),
    ] {
        if reading.marks & mark != 0 {
            let sounds = if script == Script::Arabic {
                arabic
            } else {
                latin
            };
            out.extend_from_slice(sounds.as_bytes());
        }
    }
    out.extend_from_slice(&reading.sounds);
    out
}

/// A reading of what was typed, and what is left without an article that is there by half: Lamr, عبد ال, Abdelk.
fn unarticled(reading: &Reading, typed: &TokenKey, out: &mut Vec<Head>) {
    let arabic = typed.script == Script::Arabic;
    let sounds = spoken(reading, typed.script);
    if reading.marks == 0 && arabic {
        if let Some(rest) = sounds.strip_prefix(b"Al") {
            add(out, rest.to_vec(), false);
        }
    } else if reading.marks == 0 {
        let articles: [&[u8]; 2] = [b"el", b"l"];
        let left = |article: &[u8]| sounds.strip_prefix(article).map(<[u8]>::to_vec);
        for rest in articles.into_iter().filter_map(left) {
            // Lahcen is الحسن: the a belongs to nothing
            if let [b'a', rest @ ..] = rest.as_slice()
                && cost::cluster(rest, 0)
            {
                add(out, rest.to_vec(), true);
            }
            add(out, rest, true);
        }
    }
    let servant: &[u8] = if arabic { b"3bd" } else { b"abd" };
    if reading.marks & !(ABD | ARTICLE) == 0
        && let Some(rest) = sounds.strip_prefix(servant)
    {
        let vowels = rest.iter().take_while(|sound| cost::vowel(**sound)).count();
        match rest.get(vowels..) {
            Some([b'l', name @ ..]) => add(out, [servant, name].concat(), false),
            Some([]) => add(out, servant.to_vec(), false),
            _ => {}
        }
    }
    let guessed = reading.marks & ARTICLE != 0 && !reading.sure;
    add(out, sounds, guessed && !typed.folded.starts_with("ال"));
}

/// Where the last letter may yet become one of a digraph, as it would sound then: Rac, Rachid; Mok, Mokhtar.
fn unfinished(typed: &str, out: &mut Vec<Head>) {
    let others: &[u8] = match typed.as_bytes() {
        [.., b'c'] => b"cs",
        [.., b'd'] => b"j",
        [.., b'g'] => b"Gj",
        [.., b'k'] => b"x",
        [.., b'p'] => b"f",
        [.., b's'] => b"c",
        // Regragui, Mariam: of two vowels that meet the last may be none
        [.., b'g' | b'q', b'u'] | [.., b'i' | b'u', b'a'] => b"",
        _ => return,
    };
    for Head { sounds, articled } in out.clone() {
        if let [before @ .., _] = sounds.as_slice() {
            if others.is_empty() {
                add(out, before.to_vec(), articled);
            }
            for other in others {
                add(out, [before, &[*other]].concat(), articled);
            }
        }
    }
}

fn add(out: &mut Vec<Head>, sounds: Vec<u8>, articled: bool) {
    let head = Head { sounds, articled };
    if !head.sounds.is_empty() && !out.contains(&head) {
        out.push(head);
    }
}

/// The likeness of what was typed to as much of a word as has the same consonants.
fn beside((typed, script): (&[u8], Script), (word, its): (&[u8], Script)) -> u16 {
    let mut places = (word.iter().enumerate()).filter_map(|(at, sound)| Some((at, sign(*sound)?)));
    let mut from = None;
    for sign in typed.iter().filter_map(|sound| sign(*sound)) {
        match places.next() {
            Some((at, own)) if own == sign => from = Some(at + 1),
            _ => return 0,
        }
    }
    let Some(from) = from else { return 0 };
    let next = places.next().map(|(at, _)| at);
    // what follows, heard in both: a vowel at the end of what was typed does not end the word, the a of Moha is short
    let after = next.and_then(|at| word.get(at)).copied().unwrap_or(b'b');
    let mut best = 0;
    // where nothing is left it is no beginning
    for end in from..=next.unwrap_or(word.len().saturating_sub(1)) {
        let head = word.get(..end).unwrap_or(word);
        best = best.max(likeness((typed, script), (head, its)));
        let [typed, head] = [typed, head].map(|sounds| [sounds, &[after]].concat());
        best = best.max(likeness((&typed, script), (&head, its)));
    }
    best
}

/// The consonants of a beginning, after a star if it begins with none.
pub(super) fn signs(sounds: &[u8]) -> String {
    let open = sounds.first().is_some_and(|first| sign(*first).is_none());
    let consonants = sounds.iter().filter_map(|sound| sign(*sound));
    open.then_some('*').into_iter().chain(consonants).collect()
}

/// The first consonant as a sign of its own, if Latin has two letters for it.
fn single(sounds: &[u8]) -> Option<String> {
    let first = *sounds.first()?;
    matches!(first, b'x' | b'G' | b'c').then(|| char::from(first).to_string())
}

/// The class of a consonant, as in the loose skeleton; but here the h counts, being half of what Moh says.
fn sign(sound: u8) -> Option<char> {
    Some(char::from(match sound {
        b'p' => b'b',
        b'v' => b'f',
        b'8' | b'T' => b't',
        b'D' | b'6' | b'Z' | b'z' => b'd',
        b'S' | b'c' => b's',
        b'q' | b'g' | b'x' | b'G' => b'k',
        b'H' => b'h',
        b'b' | b'd' | b'f' | b'h' | b'j' | b'k' | b'l' | b'm' | b'n' | b'r' | b's' | b't' => sound,
        _ => return None,
    }))
}
