//! From what somebody typed to words of plain letters, in either script.
//!
//! Compatibility forms (NFKC: presentation forms, ligatures, full-width letters), then what is no letter of a
//! name goes: vowel signs, tatweel, zero-width and direction marks. Latin loses its diacritics, but those that
//! scholars put for an Arabic letter (DIN 31635, ISO 233: š, ǧ, ġ, ḫ, ṯ, ḏ) become the French digraph. Tifinagh
//! (the IRCAM alphabet) is written in Latin letters.

use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

/// The longest text that is looked at, in letters.
const LETTERS: usize = 200;
/// The most signs that are read of a text, marks included.
const SIGNS: usize = 800;
/// The most words of one name.
pub(super) const WORDS: usize = 12;
/// The longest single word, in letters.
const WORD: usize = 40;

/// What a word is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    /// Latin, and Tifinagh once transcribed.
    Latin,
    /// Arabic.
    Arabic,
    /// Anything else: compared letter by letter.
    Other,
    /// Figures alone: a part of the folded text, never of a name.
    Figures,
}

/// One word. `text` still tells é from e, ى from ي and ة from ه, which the keys need.
#[derive(Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) script: Script,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::default();
    let signs = text.chars().take(SIGNS).map(apostrophe);
    if text.is_ascii() {
        signs.for_each(|sign| cutter.sign(sign));
    } else {
        // the second time for ŉ, which NFKC takes apart
        signs
            .nfkc()
            .take(SIGNS)
            .for_each(|sign| cutter.sign(apostrophe(sign)));
    }
    cutter.cut();
    cutter.words
}

/// The text for search by beginnings and trigrams: small letters without marks, hamza, alef, yeh and teh marbuta in
/// one form, figures as 0-9, one space between words. Folding twice changes nothing.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LETTERS * 2));
    for word in words(text) {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        let start = out.len();
        fold_word(&word.text, &mut out);
        if out.len() == start {
            out.truncate(before);
        }
    }
    out
}

/// Adds one word in its plainest letters.
pub(super) fn fold_word(word: &str, out: &mut String) {
    out.extend(word.chars().filter_map(plain));
}

/// [`fold_word`], but a hamza by itself stays: it tells علاء from علا.
pub(super) fn fold_keeping_hamza(word: &str, out: &mut String) {
    out.extend(word.chars().filter_map(|letter| match letter {
        'ء' => Some(letter),
        _ => plain(letter),
    }));
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'é' => 'e',
        'ç' => 'c',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' => 'ي',
        'ؤ' => 'و',
        'ة' | 'ھ' | 'ہ' => 'ه',
        'ڭ' | 'گ' | 'ݣ' | 'ک' | 'ڨ' => 'ك',
        'پ' => 'ب',
        'ڤ' | 'ڥ' => 'ف',
        'چ' => 'ش',
        'ژ' => 'ج',
        'ء' => return None,
        other => other,
    })
}

fn apostrophe(sign: char) -> char {
    match sign {
        '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´' | '′' | '＇' | 'ʹ' => '\'',
        other => other,
    }
}

/// Where the text is cut into words.
#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    word: String,
    script: Option<Script>,
    length: usize,
    total: usize,
}

impl Cutter {
    fn sign(&mut self, sign: char) {
        match sign {
            'a'..='z' => self.letter(sign, Script::Latin),
            'A'..='Z' => self.letter(sign.to_ascii_lowercase(), Script::Latin),
            '0'..='9' => self.figure(sign),
            '\'' => self.apostrophe(),
            ' '..='~' => self.cut(),
            _ if ignored(sign) => {}
            _ if is_combining_mark(sign) => self.mark(sign),
            _ => self.rare(sign),
        }
    }

    fn rare(&mut self, sign: char) {
        if let Some(value) = arabic_figure(sign) {
            self.figure(value);
        } else if let Some(latin) = tifinagh(sign).or_else(|| extended(sign)) {
            latin
                .chars()
                .for_each(|one| self.letter(one, Script::Latin));
        } else if arabic(sign) {
            self.letter(sign, Script::Arabic);
        } else if sign.is_alphabetic() {
            for small in sign.to_lowercase() {
                decompose_canonical(small, |piece| match piece {
                    'a'..='z' => self.letter(piece, Script::Latin),
                    _ if is_combining_mark(piece) => self.mark(piece),
                    _ => match extended(piece) {
                        Some(latin) => latin
                            .chars()
                            .for_each(|one| self.letter(one, Script::Latin)),
                        None if piece.is_alphabetic() => self.letter(piece, Script::Other),
                        None => self.cut(),
                    },
                });
            }
        } else {
            self.cut();
        }
    }

    fn letter(&mut self, letter: char, script: Script) {
        let fits = match self.script {
            None => true,
            // figures of chats (3ali, a7med) belong to a Latin word
            Some(Script::Figures) => script == Script::Latin,
            Some(own) => own == script,
        };
        if !fits {
            self.cut();
        }
        if self.script != Some(script) {
            self.script = Some(script);
        }
        self.push(letter);
    }

    fn figure(&mut self, figure: char) {
        match self.script {
            None => self.script = Some(Script::Figures),
            Some(Script::Latin | Script::Figures) => {}
            Some(_) => {
                self.cut();
                self.script = Some(Script::Figures);
            }
        }
        self.push(figure);
    }

    fn push(&mut self, sign: char) {
        // the space before a further word counts
        let space = usize::from(self.word.is_empty() && self.total > 0);
        if self.total + space < LETTERS && self.length < WORD {
            self.word.push(sign);
            self.length += 1;
            self.total += 1 + space;
        }
    }

    /// A mark that tells another letter in a transcription changes the letter before it; others go.
    fn mark(&mut self, mark: char) {
        if self.script != Some(Script::Latin) {
            return;
        }
        let other = match (self.word.chars().next_back(), mark) {
            (Some('s'), '\u{30c}' | '\u{327}') => "ch",
            (Some('g' | 'z'), '\u{30c}') => "j",
            (Some('g'), '\u{306}' | '\u{307}') => "gh",
            (Some('h'), '\u{32e}') => "kh",
            (Some('t'), '\u{331}') => "th",
            (Some('d'), '\u{331}') => "dh",
            (Some('c'), '\u{327}') => "ç",
            (Some('e'), '\u{301}') => "é",
            _ => return,
        };
        self.word.pop();
        self.length -= 1;
        self.total -= 1;
        other.chars().for_each(|one| self.push(one));
    }

    /// `L'Amrani` has the article; in `M'hamed` the sign says nothing.
    fn apostrophe(&mut self) {
        if self.script == Some(Script::Latin) && matches!(self.word.as_str(), "l" | "el" | "al") {
            if self.word == "l" {
                self.word.clear();
                self.length = 0;
                self.total = self.total.saturating_sub(1);
                "el".chars().for_each(|one| self.push(one));
            }
            self.cut();
        }
    }

    fn cut(&mut self) {
        if let (Some(script), false) = (self.script.take(), self.word.is_empty()) {
            let text = std::mem::take(&mut self.word);
            self.words.push(Word { text, script });
        }
        self.length = 0;
    }
}

/// Tatweel, and what is not seen: zero-width signs, direction marks, soft hyphen.
fn ignored(sign: char) -> bool {
    matches!(sign, '\u{640}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{180e}')
}

fn arabic(sign: char) -> bool {
    matches!(sign, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6ee}' | '\u{6ef}'
        | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8c7}')
        && sign.is_alphabetic()
}

fn arabic_figure(sign: char) -> Option<char> {
    let value = match sign {
        '٠'..='٩' => u32::from(sign) - u32::from('٠'),
        '۰'..='۹' => u32::from(sign) - u32::from('۰'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Latin letters without a decomposition, those of the Fula and Bambara alphabets among them.
fn extended(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' | 'ɔ' | 'Ɔ' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ɗ' | 'Ɗ' => "d",
        'ð' | 'Ð' => "dh",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ŋ' | 'Ŋ' => "ng",
        'ɲ' | 'Ɲ' => "ny",
        'ɛ' | 'Ɛ' | 'ə' | 'Ə' => "e",
        'ɣ' | 'Ɣ' => "gh",
        'ɓ' | 'Ɓ' => "b",
        'ƴ' | 'Ƴ' => "y",
        _ => return None,
    })
}

/// The letters of Tifinagh-IRCAM as names are spelt in Latin script in Morocco.
fn tifinagh(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ⴰ' | 'ⵄ' => "a",
        'ⴱ' => "b",
        'ⴳ' => "g",
        'ⴷ' | 'ⴹ' => "d",
        'ⴻ' => "e",
        'ⴼ' => "f",
        'ⴽ' => "k",
        'ⵀ' | 'ⵃ' => "h",
        'ⵅ' => "kh",
        'ⵇ' => "q",
        'ⵉ' => "i",
        'ⵊ' => "j",
        'ⵍ' => "l",
        'ⵎ' => "m",
        'ⵏ' => "n",
        'ⵓ' => "ou",
        'ⵔ' | 'ⵕ' => "r",
        'ⵖ' => "gh",
        'ⵙ' | 'ⵚ' => "s",
        'ⵛ' => "ch",
        'ⵜ' | 'ⵟ' => "t",
        'ⵡ' => "w",
        'ⵢ' => "y",
        'ⵣ' | 'ⵥ' => "z",
        'ⵯ' => "",
        _ => return None,
    })
}
