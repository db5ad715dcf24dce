//! What Moroccan names are built of: the article, "son of", "servant of", titles, and compounds that are written in
//! one word or in several. From words to tokens, each with the ways it may be read.

use super::fold::{Script, Word, fold_word};

/// What stands before the core of a token, as bits.
pub(super) type Marks = u8;
/// ال, El, Al, L', or the article swallowed by a sun letter (Ennaji).
pub(super) const ARTICLE: Marks = 1;
/// بن, Ben, Bn, Ibn.
pub(super) const BEN: Marks = 2;
/// بو, أبو, Bou, Abou.
pub(super) const BOU: Marks = 4;
/// ولد, Ould.
pub(super) const OULD: Marks = 8;
/// آيت, Aït.
pub(super) const AIT: Marks = 16;
/// عبد, Abd.
pub(super) const ABD: Marks = 32;
/// بنت, Bent.
pub(super) const BINT: Marks = 64;

/// One word of a name with what belongs to it, before it is read.
pub(super) struct Unit {
    pub(super) text: String,
    pub(super) script: Script,
    pub(super) marks: Marks,
    pub(super) title: bool,
}

/// The words in their groups: particles with the word they govern, compounds in one.
pub(super) fn units(words: &[Word]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(words.len());
    let mut marks: Marks = 0;
    // what is to be written before the next word: abd, ou
    let mut head = String::new();
    let mut names = words
        .iter()
        .filter(|word| word.script != Script::Figures)
        .peekable();
    while let Some(word) = names.next() {
        let next = names.peek().filter(|next| next.script == word.script);
        let text = word.text.as_str();
        if let Some(next) = next {
            if !head.is_empty() && article(text, word.script, &next.text) {
                continue;
            }
            if head.is_empty() {
                if let Some(joined) = joins(text, word.script) {
                    head.push_str(joined);
                    continue;
                }
                if let Some(found) = particle(text, word.script) {
                    marks |= found;
                    continue;
                }
                if article(text, word.script, &next.text) {
                    marks |= ARTICLE;
                    continue;
                }
            }
        }
        if head.is_empty() && marks & !ARTICLE == 0 && suffixed(&mut out, text, word.script) {
            marks = 0;
            continue;
        }
        head.push_str(text);
        let title = marks & !ARTICLE == 0 && {
            let mut folded = String::with_capacity(head.len());
            fold_word(&head, &mut folded);
            title(&folded, word.script)
        };
        out.push(Unit {
            text: std::mem::take(&mut head),
            script: word.script,
            marks,
            title,
        });
        marks = 0;
    }
    if let Some(last) = out.last_mut() {
        last.title = false; // a title titles something
    }
    out
}

/// Appends … الدين and … الله to the word before.
fn suffixed(out: &mut [Unit], text: &str, script: Script) -> bool {
    let Some(before) = out
        .last_mut()
        .filter(|unit| unit.script == script && !unit.title)
    else {
        return false;
    };
    let suffix = match (script, text) {
        (
            Script::Latin,
            "eddine" | "eddin" | "edine" | "edin" | "addine" | "addin" | "uddin" | "uddine"
            | "oddine" | "eldine" | "eldin" | "aldin" | "aldine" | "dine" | "din" | "deen"
            | "eddyne",
        ) => "eddine",
        (Script::Latin, "allah" | "ellah" | "ullah" | "oullah" | "lah" | "alah") => "ellah",
        (Script::Arabic, "الدين" | "دين" | "الدّين") => "الدين",
        (Script::Arabic, "الله" | "اللّه") => "الله",
        _ => return false,
    };
    before.text.push_str(suffix);
    true
}

/// What is written in one with the next word.
fn joins(text: &str, script: Script) -> Option<&str> {
    match (script, text) {
        (
            Script::Latin,
            "abd" | "abdel" | "abdul" | "abdoul" | "abdal" | "abde" | "abdu" | "abdl" | "ou"
            | "abdes" | "abder" | "abden" | "abdech" | "abdess" | "abderr" | "abdenn",
        )
        | (Script::Arabic, "عبد" | "أو" | "او") => Some(text),
        (Script::Latin, "3abd" | "3abdel") => text.strip_prefix('3'),
        _ => None,
    }
}

fn particle(text: &str, script: Script) -> Option<Marks> {
    Some(match (script, text) {
        (Script::Latin, "ben" | "bn" | "ibn" | "bin" | "beni")
        | (Script::Arabic, "بن" | "ابن" | "إبن" | "بنو") => BEN,
        (Script::Latin, "bel") | (Script::Arabic, "بل") => BEN | ARTICLE,
        (Script::Latin, "bou" | "abou" | "abu" | "bu" | "abi")
        | (Script::Arabic, "بو" | "ابو" | "أبو" | "ابي" | "أبي") => BOU,
        (Script::Latin, "ould" | "weld" | "wald" | "uld")
        | (Script::Arabic, "ولد" | "اولاد" | "أولاد") => OULD,
        (Script::Latin, "ait" | "ayt" | "at")
        | (Script::Arabic, "آيت" | "ايت" | "أيت" | "إيت" | "ءايت" | "آيث") => {
            AIT
        }
        (Script::Latin, "bent" | "bint") | (Script::Arabic, "بنت") => BINT,
        _ => return None,
    })
}

/// Whether the word is the article of the next one; a sun letter takes the place of its l (Es Saidi).
fn article(text: &str, script: Script, next: &str) -> bool {
    match script {
        Script::Arabic => text == "ال",
        Script::Latin => match text {
            "el" | "al" | "ul" | "oul" | "il" => true,
            "ech" | "ach" | "esh" | "ash" => next.starts_with("ch") || next.starts_with("sh"),
            _ => {
                let mut letters = text.chars();
                matches!(letters.next(), Some('e' | 'a' | 'i' | 'o'))
                    && letters
                        .next()
                        .is_some_and(|sun| sun_letter(sun) && next.starts_with(sun))
                    && letters.next().is_none()
            }
        },
        _ => false,
    }
}

pub(super) fn sun_letter(letter: char) -> bool {
    matches!(letter, 't' | 'd' | 'r' | 'z' | 's' | 'n' | 'l')
}

/// Honours and titles: they come and go between two papers and say little.
fn title(text: &str, script: Script) -> bool {
    match script {
        Script::Latin => matches!(
            text,
            "si" | "sidi"
                | "sid"
                | "sayed"
                | "moulay"
                | "moulai"
                | "mulay"
                | "mly"
                | "my"
                | "lalla"
                | "lala"
                | "lla"
                | "haj"
                | "hajj"
                | "hadj"
                | "haja"
                | "hajja"
                | "hadja"
                | "elhaj"
                | "lhaj"
                | "elhadj"
                | "lhadj"
                | "elhajj"
                | "elhaja"
                | "lhaja"
                | "alhaj"
                | "alhaji"
                | "hadji"
                | "alhadji"
                | "elhadji"
                | "elhajja"
                | "mr"
                | "mme"
                | "mlle"
                | "dr"
        ),
        Script::Arabic => matches!(
            text,
            "سي" | "سيدي"
                | "سيد"
                | "مولاي"
                | "لالا"
                | "للا"
                | "لاله"
                | "الحاج"
                | "الحاجه"
                | "حاج"
                | "حاجه"
                | "السيد"
                | "السيده"
                | "الانسه"
                | "لحاج"
                | "لحاجه"
        ),
        _ => false,
    }
}
