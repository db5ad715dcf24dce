//! Two tokens beside each other, and which token of one name goes with which of the other.

use super::{
    align::likeness,
    cost,
    fold::Script,
    key::{Reading, TokenKey, skeleton},
    latin::MUTE,
    particles::{ABD, AIT, ARTICLE, BEN, BINT, BOU, Marks, OULD},
    slip::slipped,
    verdict::{LIKELY, Reason, SAME, SAME_TOKEN},
    vowels::contradicts,
};

/// Two tokens beside each other.
pub(super) struct Pair {
    pub(super) likeness: u16,
    pub(super) weight: u16,
    pub(super) at: (usize, usize),
    pub(super) reasons: [Option<Reason>; 3],
}

/// The tokens of the shorter name with the most alike of the longer one, the surest first.
pub(super) fn paired(a: &[TokenKey], b: &[TokenKey]) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::with_capacity(a.len() * b.len());
    for (i, one) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            all.push(alike(one, other, (i, j)));
        }
    }
    // equal ones: in the order of the names, whichever name is first
    all.sort_by(|one, other| {
        let far = |pair: &Pair| pair.at.0.abs_diff(pair.at.1);
        (other.likeness.cmp(&one.likeness))
            .then_with(|| far(one).cmp(&far(other)))
            .then_with(|| one.at.cmp(&other.at))
    });
    let mut out: Vec<Pair> = Vec::with_capacity(a.len().min(b.len()));
    for pair in all {
        if !out
            .iter()
            .any(|taken| taken.at.0 == pair.at.0 || taken.at.1 == pair.at.1)
        {
            out.push(pair);
        }
    }
    out.sort_by_key(|pair| pair.at);
    out
}

/// Two tokens: the best of their readings.
fn alike(one: &TokenKey, other: &TokenKey, at: (usize, usize)) -> Pair {
    let weight = u16::from(one.weight.min(other.weight));
    let pair = |likeness: u16, reasons| Pair {
        likeness,
        weight,
        at,
        reasons,
    };
    if one.initial != other.initial {
        return match (one.readings.first(), other.readings.first()) {
            (Some(a), Some(b)) if starts_alike((a, one.script), (b, other.script)) => {
                pair(800, [Some(Reason::Initial), None, None])
            }
            _ => pair(0, [None; 3]),
        };
    }
    if same_letters(one, other) {
        return pair(1000, [None; 3]);
    }
    let mut best: Option<(u16, u16, &Reading, &Reading)> = None;
    for a in &one.readings {
        for b in &other.readings {
            // two pet names of one name are two: they are compared by themselves
            if a.pet && b.pet {
                continue;
            }
            let apart = apart(a, b);
            let sounds = likeness((&a.sounds, one.script), (&b.sounds, other.script));
            let value = sounds.saturating_sub(apart);
            if best.is_none_or(|(least, ..)| value > least) {
                best = Some((value, sounds, a, b));
            }
        }
    }
    let Some((value, sounds, a, b)) = best else {
        return pair(0, [None; 3]);
    };
    if gendered((&a.sounds, one.script), (&b.sounds, other.script), sounds) {
        return pair(value.min(550), [Some(Reason::GenderPair), None, None]);
    }
    if value < LIKELY && short_form(one, other) {
        return pair(790, [Some(Reason::ShortForm), None, None]);
    }
    let script = (one.script != other.script).then_some(Reason::TwoScripts);
    if value < LIKELY && slipped(one, other) {
        return pair(790, [script, Some(Reason::Typo(1)), None]);
    }
    let (script_a, script_b) = (one.script, other.script);
    let doubt = vowels_apart((a, script_a), (b, script_b))
        || a.pet
        || b.pet
        || sons_apart(one, other)
        || one.skeleton == other.skeleton && two_names(one, (a, script_a), (b, script_b));
    let value = if doubt {
        value.min(SAME_TOKEN - 1)
    } else {
        value
    };
    let marks = match a.marks ^ b.marks {
        0 => None,
        ARTICLE => Some(Reason::ArticleApart),
        _ => Some(Reason::ParticleApart),
    };
    let sound = match sounds {
        1000 if script.is_none() => None,
        _ if one.skeleton == other.skeleton => Some(Reason::SameSkeleton),
        SAME.. => Some(Reason::SoundsAlike),
        700.. => Some(Reason::Typo(1)),
        550.. => Some(Reason::Typo(2)),
        _ => None,
    };
    pair(value, [script, marks, sound])
}

/// Whether the one has a vowel that is not the other's, which Arabic does not write.
fn vowels_apart(a: (&Reading, Script), b: (&Reading, Script)) -> bool {
    match (a.1, b.1) {
        (Script::Arabic, Script::Latin) => contradicts(a.0.vowel, &a.0.sounds, &b.0.sounds),
        (Script::Latin, Script::Arabic) => contradicts(b.0.vowel, &b.0.sounds, &a.0.sounds),
        _ => false,
    }
}

/// Benomar beside بنعمار: in the long word what differs looks small, so the names behind the Ben are asked too.
fn sons_apart(one: &TokenKey, other: &TokenKey) -> bool {
    // Belahcen: the vowel is of the article, not of the name
    let opens = |reading: &Reading| {
        let first = cost::get(&reading.sounds, 0);
        cost::vowel(first) || cost::long_vowel(first) || first == b'3'
    };
    let (Some(a), Some(b)) = (behind_ben(one), behind_ben(other)) else {
        return false;
    };
    a.marks == b.marks
        && opens(a) == opens(b)
        && skeleton(a, one.script) == skeleton(b, other.script)
        && (vowels_apart((a, one.script), (b, other.script))
            || likeness((&a.sounds, one.script), (&b.sounds, other.script)) < SAME_TOKEN)
}

fn behind_ben(token: &TokenKey) -> Option<&Reading> {
    let mut readings = token.readings.iter();
    readings.find(|reading| reading.marks & BEN != 0)
}

pub(super) fn same_letters(one: &TokenKey, other: &TokenKey) -> bool {
    one.folded == other.folded && one.particle == other.particle
}

fn starts_alike(a: (&Reading, Script), b: (&Reading, Script)) -> bool {
    let head = |reading: &Reading| reading.sounds.first().map(|sound| [*sound]);
    match (head(a.0), head(b.0)) {
        (Some(one), Some(other)) => likeness((&one, a.1), (&other, b.1)) >= 950,
        _ => false,
    }
}

/// Where two names share their consonants and both are common, what elsewhere says little decides: the first vowel of
/// M'hamed and Mohamed, the i of Hamid, Salim, Rachid beside Hamed, Salem, Rached.
fn two_names(token: &TokenKey, a: (&Reading, Script), b: (&Reading, Script)) -> bool {
    let long = |(reading, script): (&Reading, Script)| {
        let i = if script == Script::Latin { b'i' } else { b'y' };
        let within = reading
            .sounds
            .get(1..reading.sounds.len().saturating_sub(1));
        within.is_some_and(|within| within.contains(&i))
    };
    match token.skeleton.as_str() {
        "mhmd" => mhamed(a.0) != mhamed(b.0),
        "hmd" | "slm" | "rcd" | "smr" | "mjd" | "ndr" | "hkm" | "bsm" | "hmd.i" | "slm.i"
        | "rcd.i" => long(a) != long(b),
        _ => false,
    }
}

fn hassan(reading: &Reading) -> bool {
    let mut consonants = reading
        .sounds
        .iter()
        .copied()
        .filter(|sound| !cost::vowel(*sound) && *sound != b'y');
    let mut next = || consonants.next().unwrap_or(b' ');
    matches!(
        [next(), next(), next(), next()],
        [b'h' | b'H', b's', b'n', b' ']
    ) && !matches!(reading.sounds.last(), Some(b'y' | b'i' | b'a'))
}

fn mhamed(reading: &Reading) -> bool {
    matches!(
        reading.sounds.as_slice(),
        [b'm', b'h', ..] | [b'A' | b'<' | b'>' | b'e', b'm', ..]
    )
}

/// What different particles take away.
fn apart(a: &Reading, b: &Reading) -> u16 {
    let differ: Marks = a.marks ^ b.marks;
    let mut out = 0;
    if differ & ARTICLE != 0 {
        let (with, shorter) = if a.marks & ARTICLE != 0 {
            (a, &a.sounds)
        } else {
            (b, &b.sounds)
        };
        let consonants = shorter
            .iter()
            .filter(|sound| !cost::vowel(**sound) && !cost::long_vowel(**sound))
            .count();
        out += match (with.sure, consonants) {
            // حسن and الحسن, حسين and الحسين (Hassan, Lahcen) are borne as two given names
            _ if hassan(a) && hassan(b) => 110,
            // Belkacem is not Benkacem
            _ if a.marks & b.marks & BEN != 0 => 140,
            (true, _) => 8,
            (false, 3..) => 50,
            (false, _) => 150,
        };
    }
    for (mark, less) in [
        (BEN, 220),
        (BOU, 220),
        (OULD, 220),
        (AIT, 220),
        (BINT, 220),
        (ABD, 220),
    ] {
        if differ & mark != 0 {
            out += less;
        }
    }
    out
}

/// A man's name beside the woman's name made of it, in either script: only the vowel at the end differs.
fn gendered(a: (&[u8], Script), b: (&[u8], Script), whole: u16) -> bool {
    let one = |woman: (&[u8], Script), man: (&[u8], Script)| {
        let stem = match (woman.1, woman.0) {
            (Script::Arabic, [.., b'A', b'O']) => return false,
            (Script::Latin, [stem @ .., b'a'] | [stem @ .., b'a', b'h' | b'~'])
            | (Script::Arabic, [stem @ .., b'O' | b'h' | b'A' | b'Y']) => stem,
            _ => return false,
        };
        let bare = match man.0 {
            [bare @ .., MUTE] if man.1 == Script::Latin => bare,
            bare => bare,
        };
        let open = match man.1 {
            Script::Latin => matches!(bare, [.., b'a' | b'o' | b'u' | b'E'] | [.., b'a', b'h']),
            _ => matches!(bare, [.., b'A' | b'O' | b'Y' | b'w' | b'\'' | b'h']),
        };
        stem.len() >= 2 && !open && whole < 930 && {
            let less = likeness((stem, woman.1), (bare, man.1));
            less >= SAME && less > whole
        }
    };
    one(a, b) || one(b, a)
}

/// Fatou for Fatoumata: the head of the longer name, up to a vowel.
fn short_form(one: &TokenKey, other: &TokenKey) -> bool {
    let (short, long) = if one.folded.len() <= other.folded.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.script == Script::Latin
        && long.script == Script::Latin
        && short.folded.len() >= 4
        && short.folded.ends_with(['a', 'o', 'u'])
        && long
            .folded
            .strip_prefix(short.folded.as_str())
            .is_some_and(|rest| rest.len() >= 2)
}
