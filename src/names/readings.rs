//! The ways one token may be read: with the article or without, with a particle that is written in one with its word,
//! with … الدين or … الله at its end.

use super::{
    fold::Script,
    particles::{ABD, AIT, ARTICLE, BEN, BOU, Marks, OULD, sun_letter},
};

/// One way to read a unit: what stands before, whether that is certain, and the rest.
pub(super) struct Split<'a> {
    pub(super) marks: Marks,
    pub(super) sure: bool,
    pub(super) rest: &'a str,
    /// A letter of the rest that the writing hides: the l of Abdelatif.
    pub(super) head: &'static str,
}

/// The ways to read a text, the best first.
pub(super) fn splits(text: &str, script: Script, marks: Marks) -> Vec<Split<'_>> {
    // العبدلاوي
    let article = if script == Script::Arabic {
        "ال"
    } else {
        "el"
    };
    let (text, marks) = match text.strip_prefix(article) {
        Some(rest) if rest.starts_with(servant(script)) => (rest, marks | ARTICLE),
        _ => (text, marks),
    };
    let whole = Split {
        marks,
        sure: true,
        rest: text,
        head: "",
    };
    if let Some(rest) = text.strip_prefix(servant(script)) {
        let names: Vec<_> = (served(rest, script).into_iter().flatten())
            .map(|(rest, head)| Split {
                marks: ABD | marks,
                sure: true,
                rest,
                head,
            })
            .collect();
        return if names.is_empty() { vec![whole] } else { names };
    }
    if marks & ARTICLE == 0
        && let Some((rest, sure)) = articled(text, script)
    {
        let short = Split {
            marks: marks | ARTICLE,
            sure,
            rest,
            head: "",
        };
        return if sure {
            vec![short, whole]
        } else {
            vec![whole, short]
        };
    }
    let mut out = vec![whole];
    if marks == 0
        && let Some((found, rest)) = attached(text, script)
    {
        let guessed = splits(rest, script, found).into_iter();
        out.extend(guessed.map(|split| Split {
            sure: false,
            ..split
        }));
    }
    out
}

fn servant(script: Script) -> &'static str {
    match script {
        Script::Latin => "abd",
        Script::Arabic => "عبد",
        _ => "\u{0}",
    }
}

/// What follows Abd without its article, in one or two readings.
fn served(rest: &str, script: Script) -> [Option<(&str, &'static str)>; 2] {
    let long = |text: &str, least: usize| text.chars().count() >= least;
    if script == Script::Arabic {
        return match rest.strip_prefix("ال") {
            Some(name) if long(name, 2) => [Some((name, "")), None],
            _ => match rest.strip_prefix('ل') {
                Some(name) if long(name, 2) => [Some((rest, "")), Some((name, ""))],
                _ if long(rest, 3) => [Some((rest, "")), None],
                _ => [None, None],
            },
        };
    }
    let bare = rest.trim_start_matches(['a', 'e', 'i', 'o', 'u']);
    // a vowel that belongs to the name itself: Abdaziz
    if let Some(name) = rest
        .strip_prefix('l')
        .filter(|name| !name.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'l']))
    {
        return [Some((name, "")).filter(|_| long(name, 3)), Some((rest, ""))];
    }
    if bare.len() == rest.len() || bare.len() < 2 {
        return [Some((rest, "")).filter(|_| long(rest, 3)), None];
    }
    match bare.strip_prefix('l') {
        Some(name) if name.starts_with('l') => [Some((name, "")), None],
        Some(name) if name.starts_with(['a', 'e', 'i', 'o', 'u', 'y']) => {
            [Some((name, "")), Some((name, "l"))]
        }
        Some(name) if name.len() >= 2 => [Some((name, "")), None],
        _ => [
            Some((bare, "")),
            Some((rest, "")).filter(|_| rest.starts_with('a')),
        ],
    }
}

/// The word without an article that is attached to it, and whether it surely is one.
fn articled(text: &str, script: Script) -> Option<(&str, bool)> {
    let letters = text.chars().count();
    if script == Script::Arabic {
        if let Some(rest) = text.strip_prefix("ال") {
            return (letters >= 4).then_some((rest, letters >= 5));
        }
        return text
            .strip_prefix('ل')
            .filter(|_| letters >= 4)
            .map(|rest| (rest, false));
    }
    if script != Script::Latin || letters < 4 {
        return None;
    }
    let open = |rest: &str| rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
    if letters == 4 {
        return text
            .strip_prefix('l')
            .filter(|rest| !open(rest))
            .map(|rest| (rest, false));
    }
    if let Some(rest) = text.strip_prefix("el") {
        let sure = letters >= 6 && !open(rest) && !rest.starts_with('l');
        return Some((rest, sure));
    }
    if let Some(rest) = text.strip_prefix("al").filter(|_| letters >= 6) {
        return (!rest.starts_with('l')).then_some((rest, false));
    }
    if let Some(rest) = text.strip_prefix('l') {
        return Some((rest, false));
    }
    for double in ["ech", "ach", "esh", "ash"] {
        if let Some(rest) = text.strip_prefix(double) {
            return (rest.starts_with("ch") || rest.starts_with("sh")).then_some((rest, false));
        }
    }
    let mut signs = text.chars();
    let (first, second, third) = (signs.next()?, signs.next()?, signs.next()?);
    let doubled = matches!(first, 'e' | 'a' | 'i') && second == third && sun_letter(second);
    doubled.then(|| (text.get(2..).unwrap_or(text), false))
}

/// A particle that is written in one with its word: Benali, بوعزة, Belhaj (for Ben El Haj).
fn attached(text: &str, script: Script) -> Option<(Marks, &str)> {
    const LATIN: [(&str, Marks); 8] = [
        ("ben", BEN),
        ("ibn", BEN),
        ("bel", BEN | ARTICLE),
        ("bou", BOU),
        ("abou", BOU),
        ("abu", BOU),
        ("ould", OULD),
        ("ait", AIT),
    ];
    const ARABIC: [(&str, Marks); 10] = [
        ("بن", BEN),
        ("ابن", BEN),
        ("بل", BEN | ARTICLE),
        ("بو", BOU),
        ("ابو", BOU),
        ("أبو", BOU),
        ("ولد", OULD),
        ("ايت", AIT),
        ("أيت", AIT),
        ("آيت", AIT),
    ];
    let list: &[(&str, Marks)] = match script {
        Script::Latin => &LATIN,
        Script::Arabic => &ARABIC,
        _ => return None,
    };
    list.iter().find_map(|(particle, marks)| {
        let rest = text.strip_prefix(particle)?;
        let letters = rest.chars().count();
        (letters >= 3).then_some((*marks, rest))
    })
}

/// … eddine and … ellah at the end of one word, in one spelling: Noureddine and Nordine, Nasrallah. `None` if the word
/// has no such end.
pub(super) fn ending(text: &str, script: Script) -> Option<String> {
    if script == Script::Arabic {
        let (stem, end) = text
            .strip_suffix("الدين")
            .map(|stem| (stem, "دين"))
            .or_else(|| text.strip_suffix("الله").map(|stem| (stem, "له")))
            .or_else(|| text.strip_suffix("لدين").map(|stem| (stem, "دين")))?;
        // two like letters that meet are heard as one: عماد الدين
        let stem = if end.starts_with('د') {
            stem.strip_suffix('د').unwrap_or(stem)
        } else {
            stem
        };
        return (stem.chars().count() >= 2).then(|| format!("{stem}{end}"));
    }
    if script != Script::Latin {
        return None;
    }
    let (stem, end) = if let Some(stem) = ["dine", "din", "dinne", "deen", "dyne"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
    {
        let double = stem.strip_suffix(['d', 'l']).filter(|stem| stem.len() > 2);
        let vowels: &[char] = if double.is_some() {
            &['a', 'e', 'i', 'o', 'u']
        } else {
            &['e', 'u']
        };
        (last_vowel(double.unwrap_or(stem), vowels), "din")
    } else {
        let stem = ["llah", "lah"]
            .iter()
            .find_map(|end| text.strip_suffix(end))?;
        if !text.ends_with("llah") && !stem.ends_with("el") {
            return None;
        }
        (last_vowel(stem, &['a', 'e', 'i', 'o', 'u']), "lah")
    };
    (stem.len() >= 2).then(|| format!("{stem}{end}"))
}

fn last_vowel<'a>(stem: &'a str, vowels: &[char]) -> &'a str {
    let short = stem
        .strip_suffix("ou")
        .or_else(|| stem.strip_suffix(vowels))
        .unwrap_or(stem);
    if short.len() >= 2 { short } else { stem }
}
