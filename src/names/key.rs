//! The keys of a name: consonant skeletons that both scripts share, and what an index looks up by equality.
//!
//! The idea is that of Soundex and of Beider and Morse: letters that sound alike fall into one class, vowels go. The
//! classes are our own, made for Arabic and for French spellings of Arabic: they are what neither script can tell
//! from the other. Long vowels go too, since Latin does not say which of its vowels are long; the score looks at them.

use std::fmt;

use super::{
    arabic,
    fold::{self, Script, WORDS},
    latin,
    particles::{self, ABD, AIT, ARTICLE, BEN, BINT, BOU, Marks, OULD, Unit},
    readings, variants, vowels,
};

/// The most index keys of one name.
const INDEX: usize = 32;
/// The most tokens that are put into pairs.
const PAIRED: usize = 6;

/// What stands before the core of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Particle {
    /// ال, El, L'.
    Article,
    /// بن, Ben, Ibn; with or without the article (Belhaj).
    Son,
    /// بو, أبو, Bou.
    Father,
    /// ولد, Ould.
    Child,
    /// آيت, Aït.
    People,
    /// عبد, Abd.
    Servant,
    /// بنت, Bent.
    Daughter,
    /// The token itself is a title: سيدي, Lalla, Haj.
    Title,
}

/// One way to read a token.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading {
    pub(super) marks: Marks,
    pub(super) sure: bool,
    pub(super) sounds: Vec<u8>,
    /// The first vowel, where Arabic does not write it and the name is usual.
    pub(super) vowel: Option<u8>,
    /// The name that this pet name is made of.
    pub(super) pet: bool,
}

/// The keys of one token: a word with its particles, or a compound (Abdelkader, Noureddine).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenKey {
    /// Its plain letters, in its own script.
    pub folded: String,
    /// Strict: consonant classes, particles before them, and after a dot the vowel at the end (`a`, `i`, `u`).
    pub skeleton: String,
    /// Loose: fewer classes, no h, no vowel at the end.
    pub loose: String,
    /// What it weighs in a score: 100 a name, 80 one that every family has, 40 an initial, 10 a title.
    pub weight: u8,
    /// What stands before it.
    pub particle: Option<Particle>,
    pub(super) script: Script,
    pub(super) initial: bool,
    pub(super) readings: Vec<Reading>,
}

impl TokenKey {
    /// The strings of [`Keys::index`] that are this word's own: `s:` and `l:`, for each way to read it.
    pub fn index(&self) -> Vec<String> {
        let mut out = Vec::with_capacity(self.readings.len() * 2);
        for reading in &self.readings {
            let strict = skeleton(reading, self.script);
            // a yeh at the end may be an alef (مصطفي)
            if self.script == Script::Arabic && reading.sounds.last() == Some(&b'y') {
                let mut other = format!("s:{strict}");
                other.pop();
                other.push('a');
                add(&mut out, other);
            }
            add(&mut out, format!("s:{strict}"));
            add(&mut out, format!("l:{}", loose(reading, self.script)));
        }
        out
    }

    pub(super) fn title(&self) -> bool {
        self.particle == Some(Particle::Title)
    }
}

/// The keys of a name. To keep them, keep `index` (and the name); [`super::keys`] makes the rest again in
/// microseconds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Keys {
    /// The strict skeletons, sorted: equal for the same words in another order.
    pub whole: String,
    /// One by one, in the order of the name.
    pub tokens: Vec<TokenKey>,
    /// Short distinct strings for a key table or an array column: `s:` strict and `l:` loose skeletons of a token,
    /// `p:` two loose ones of one name. Two spellings of a name share an `l:`, two spellings of a full name a `p:`,
    /// which few others have.
    pub index: Vec<String>,
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey")
            .field("weight", &self.weight)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("tokens", &self.tokens.len())
            .finish_non_exhaustive()
    }
}

/// See [`super::keys`].
pub(super) fn keys(name: &str) -> Keys {
    let mut words = fold::words(name);
    words.truncate(WORDS);
    let tokens: Vec<TokenKey> = particles::units(&words).iter().filter_map(token).collect();
    let mut sorted: Vec<&str> = tokens
        .iter()
        .filter(|token| !token.title())
        .map(|token| token.skeleton.as_str())
        .collect();
    sorted.sort_unstable();
    let whole = sorted.join(" ");
    let index = index(&tokens);
    Keys {
        whole,
        tokens,
        index,
    }
}

fn token(unit: &Unit) -> Option<TokenKey> {
    let mut folded = String::with_capacity(unit.text.len());
    fold::fold_word(&unit.text, &mut folded);
    let letters = unit.text.chars().count();
    if folded.is_empty() {
        // a lone hamza: nothing to compare but itself
        folded.push_str(&unit.text);
    }
    let usual = usual(&unit.text, unit.script);
    let text = usual.unwrap_or(&unit.text);
    // … الله belongs to its عبد, and so in بنعبد الله
    let servant = ["abd", "benabd", "عبد", "بنعبد"]
        .iter()
        .any(|head| text.starts_with(head));
    let ended = if servant {
        None
    } else {
        readings::ending(text, unit.script)
    };
    let text = ended.as_deref().unwrap_or(text);
    let pet = variants::pet(&folded).map(|name| readings::Split {
        marks: unit.marks,
        sure: true,
        rest: name,
        head: "",
    });
    let readings: Vec<Reading> = readings::splits(text, unit.script, unit.marks)
        .into_iter()
        .map(|split| read(&split, unit.script, false))
        .chain(pet.iter().map(|split| read(split, unit.script, true)))
        .filter(|reading| !reading.sounds.is_empty())
        .collect();
    let first = readings.first()?;
    let skeleton = skeleton(first, unit.script);
    let weight = match skeleton.as_str() {
        _ if unit.title => 10,
        _ if letters == 1 => 40,
        "mhmd" | "hmd" | "ftm.a" => 80,
        _ => 100,
    };
    Some(TokenKey {
        loose: loose(first, unit.script),
        skeleton,
        folded,
        weight,
        particle: if unit.title {
            Some(Particle::Title)
        } else {
            particle(first.marks)
        },
        script: unit.script,
        initial: letters == 1,
        readings,
    })
}

fn read(split: &readings::Split<'_>, script: Script, pet: bool) -> Reading {
    let mut sounds = Vec::with_capacity(split.rest.len() + 1);
    sounds.extend_from_slice(split.head.as_bytes());
    let rest = usual_of(split.rest, script);
    let mut vowel = None;
    match script {
        Script::Latin => latin::sounds(rest, &mut sounds),
        Script::Arabic => {
            arabic::sounds(rest, &mut sounds);
            let mut folded = String::with_capacity(rest.len());
            fold::fold_keeping_hamza(rest, &mut folded);
            vowel = vowels::first(&folded);
        }
        _ => sounds.extend(rest.bytes()),
    }
    Reading {
        marks: split.marks,
        sure: split.sure,
        sounds,
        vowel,
        pet,
    }
}

fn usual_of(text: &str, script: Script) -> &str {
    usual(text, script).unwrap_or(text)
}

fn usual(text: &str, script: Script) -> Option<&'static str> {
    match script {
        Script::Latin => variants::latin(text),
        Script::Arabic if text.contains(['أ', 'إ', 'آ', 'ٱ']) => {
            variants::arabic(&text.replace(['أ', 'إ', 'آ', 'ٱ'], "ا"))
        }
        Script::Arabic => variants::arabic(text),
        _ => None,
    }
}

fn particle(marks: Marks) -> Option<Particle> {
    [
        (ABD, Particle::Servant),
        (BEN, Particle::Son),
        (BINT, Particle::Daughter),
        (BOU, Particle::Father),
        (OULD, Particle::Child),
        (AIT, Particle::People),
        (ARTICLE, Particle::Article),
    ]
    .into_iter()
    .find_map(|(mark, particle)| (marks & mark != 0).then_some(particle))
}

/// The consonants of what stands before, as if it were written in one.
fn prefix(marks: Marks, out: &mut String) {
    for (mark, consonants) in [
        (BEN, "bn"),
        (BINT, "bnt"),
        (BOU, "b"),
        (OULD, "ld"),
        (AIT, "t"),
        (ABD, "bd"),
    ] {
        if marks & mark != 0 {
            out.push_str(consonants);
        }
    }
}

/// The strict skeleton of a reading.
pub(super) fn skeleton(reading: &Reading, script: Script) -> String {
    let mut out = String::with_capacity(reading.sounds.len() + 4);
    prefix(reading.marks, &mut out);
    let sounds = reading.sounds.as_slice();
    consonants(sounds, script, |sound| {
        out.push(char::from(match sound {
            b'p' => b'b',
            b'v' => b'f',
            b'8' | b'T' => b't',
            b'H' => b'h',
            b'D' | b'6' | b'Z' => b'd',
            b'S' => b's',
            b'q' | b'g' => b'k',
            other => other,
        }));
    });
    if let Some(vowel) = last_vowel(sounds, script) {
        out.push('.');
        out.push(vowel);
    }
    out
}

fn loose(reading: &Reading, script: Script) -> String {
    let mut out = String::with_capacity(reading.sounds.len() + 2);
    prefix(reading.marks, &mut out);
    let sounds = reading.sounds.as_slice();
    consonants(sounds, script, |sound| {
        out.push(char::from(match sound {
            b'h' | b'H' => return,
            b'p' => b'b',
            b'v' => b'f',
            b'8' | b'T' => b't',
            b'D' | b'6' | b'Z' | b'z' => b'd',
            b'S' | b'c' => b's',
            b'q' | b'g' | b'x' | b'G' => b'k',
            other => other,
        }));
    });
    if out.is_empty() {
        out.push('*');
        out.extend(last_vowel(sounds, script));
    }
    out
}

/// The consonants that both scripts write.
fn consonants(sounds: &[u8], script: Script, mut each: impl FnMut(u8)) {
    let mut before = b' ';
    let mut rest = sounds.iter().copied().peekable();
    while let Some(sound) = rest.next() {
        let last = rest.peek().is_none();
        match sound {
            // Fatimah, فاطمه: this h only says that an a is there
            b'h' if last && (script == Script::Arabic || matches!(before, b'a' | b'e')) => {}
            // حياة has a t that is heard
            b'O' if before == b'A' => each(b't'),
            b'a' | b'e' | b'i' | b'o' | b'u' | b'w' | b'y' | b'E' | b'A' | b'O' | b'Y' | b'U'
            | b'I' | b'<' | b'>' | b'3' | b'\'' | b'~' => {}
            other if other.is_ascii() => each(other),
            // another script: its letters themselves, folded into printable signs
            other => each(b'!' + other % 64),
        }
        before = sound;
    }
}

/// The class of the vowel at the end, the one vowel that both scripts write.
fn last_vowel(sounds: &[u8], script: Script) -> Option<char> {
    let mut backwards = sounds
        .iter()
        .rev()
        .copied()
        .filter(|sound| !matches!(sound, b'~' | b'\'' | b'3'));
    let (last, before) = (backwards.next()?, backwards.next().unwrap_or(b' '));
    match last {
        b'O' if before == b'A' => None,
        b'a' | b'A' | b'O' | b'Y' => Some('a'),
        b'h' if script == Script::Arabic || matches!(before, b'a' | b'e') => Some('a'),
        b'i' | b'y' | b'E' => Some('i'),
        b'u' | b'o' | b'w' => Some('u'),
        _ => None,
    }
}

fn index(tokens: &[TokenKey]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(tokens.len() * 4);
    let mut looses: Vec<Vec<String>> = Vec::with_capacity(tokens.len());
    for token in tokens.iter().filter(|token| !token.title()) {
        let mut own: Vec<String> = Vec::with_capacity(token.readings.len());
        for key in token.index() {
            if let Some(loose) = key.strip_prefix("l:") {
                own.push(loose.to_owned());
            }
            add(&mut out, key);
        }
        looses.push(own);
    }
    // two words that others write in one: Fatimazahra, Nourelhouda
    for two in tokens.windows(2).take(PAIRED) {
        if let [one, other] = two {
            add(&mut out, format!("l:{}{}", one.loose, other.loose));
            if other.particle == Some(Particle::Article) {
                add(&mut out, format!("l:{}l{}", one.loose, other.loose));
            }
        }
    }
    looses.truncate(PAIRED);
    for (index, ones) in looses.iter().enumerate() {
        for others in looses.iter().skip(index + 1) {
            for (one, other) in ones
                .iter()
                .flat_map(|one| others.iter().map(move |other| (one, other)))
            {
                let (low, high) = if one <= other {
                    (one, other)
                } else {
                    (other, one)
                };
                add(&mut out, format!("p:{low}+{high}"));
            }
        }
    }
    out
}

fn add(out: &mut Vec<String>, key: String) {
    if out.len() < INDEX && !out.contains(&key) {
        out.push(key);
    }
}
