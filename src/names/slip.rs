//! Two letters in each other's place, where that changes the sounds and not only their order: Khadjia, in which d and j
//! become one, for Khadija; Kahlid for Khalid; and any such slip beside the other script.

use super::{
    align::likeness,
    begun::{signs, spoken},
    fold::Script,
    key::TokenKey,
    latin,
    verdict::SAME,
};

/// The shortest word in which two letters may have changed places: a shorter one is soon another name.
const LETTERS: usize = 6;

/// Whether one of the words, with two of its neighbouring letters exchanged, is the other.
pub(super) fn slipped(one: &TokenKey, other: &TokenKey) -> bool {
    near(&one.loose, &other.loose)
        && [(one, other), (other, one)]
            .into_iter()
            .any(|(slip, word)| {
                let readings = word.readings.iter().filter(|reading| !reading.pet);
                let spoken: Vec<Vec<u8>> = readings.map(|one| spoken(one, word.script)).collect();
                meant(slip).iter().any(|sounds| {
                    let alike =
                        |its: &Vec<u8>| likeness((sounds, Script::Latin), (its, word.script));
                    spoken.iter().any(|its| alike(its) >= SAME)
                })
            })
}

impl TokenKey {
    /// The loose skeletons of the words that may have been meant, if two letters are in each other's place and that has
    /// changed the consonants.
    pub fn slips(&self) -> Vec<String> {
        let mut out = Vec::new();
        for sounds in meant(self) {
            let loose: String = signs(&sounds).replace(['*', 'h'], "");
            if !loose.is_empty() && loose != self.loose && !out.contains(&loose) {
                out.push(loose);
            }
        }
        out
    }
}

/// The sounds of a Latin word for each two letters exchanged, where its consonants become others.
fn meant(token: &TokenKey) -> Vec<Vec<u8>> {
    let mut letters: Vec<char> = token.folded.chars().collect();
    let plain = token.readings.first().is_some_and(|one| one.marks == 0);
    if token.script != Script::Latin || letters.len() < LETTERS || !plain {
        return Vec::new();
    }
    let sounds = |text: &str| {
        let mut sounds = Vec::with_capacity(text.len());
        latin::sounds(text, &mut sounds);
        sounds
    };
    let consonants = |sounds: &[u8]| signs(sounds).replace('*', "");
    let typed = consonants(&sounds(&token.folded));
    let doubled = doubles(&letters);
    let mut out = Vec::new();
    for at in 1..letters.len() {
        let two = letters.get(at - 1..=at).unwrap_or_default();
        // who types ch or kh means it
        if matches!(two, ['c' | 'g' | 'k' | 'p' | 's', 'h'] | ['d', 'j']) {
            continue;
        }
        letters.swap(at - 1, at);
        let sounds = sounds(&letters.iter().collect::<String>());
        // Mamadou is not a slip for Ammadou
        let is_slip = doubles(&letters) == doubled && consonants(&sounds) != typed;
        letters.swap(at - 1, at);
        if is_slip {
            out.push(sounds);
        }
    }
    out
}

fn doubles(letters: &[char]) -> usize {
    letters
        .iter()
        .zip(letters.iter().skip(1))
        .filter(|(one, next)| one == next)
        .count()
}

/// Whether two skeletons are one but for a letter, or but for two that have changed places.
fn near(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let before = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let [short, long] = [short, long].map(|rest| rest.get(before..).unwrap_or_default());
    match (short, long) {
        ([], [] | [_]) => true,
        ([a, b, short @ ..], [c, d, long @ ..]) if a == d && b == c && short == long => true,
        ([_, short @ ..], [_, long @ ..]) if short == long => true,
        (short, [_, long @ ..]) => short == long,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Reason, Verdict, keys, score};

    #[test]
    fn a_slip_that_makes_or_breaks_a_digraph_is_likely() {
        for (slip, word) in [
            ("Khadjia", "Khadija"),
            ("Khadjia", "خديجة"),
            ("Kahlid", "Khalid"),
            ("Kahlid", "خالد"),
            ("Rahcid", "Rachid"),
            ("Mohktar", "مختار"),
            ("Khadjia Alaoui", "خديجة العلوي"),
        ] {
            let score = score(slip, word);
            assert_eq!(score.verdict, Verdict::Likely, "{slip} {word}: {score:?}");
            assert!(score.reasons.contains(&Reason::Typo(1)), "{slip} {word}");
        }
        let [khadija] = &keys("Khadija").tokens[..] else {
            unreachable!()
        };
        let [slip] = &keys("Khadjia").tokens[..] else {
            unreachable!()
        };
        assert!(slip.slips().contains(&khadija.loose));
    }

    /// What is no slip: other names, doubled letters, and who types ch means it.
    #[test]
    fn names_that_differ_by_more_stay_apart() {
        for (a, b) in [
            ("Ahmed", "حامد"),
            ("Mamadou", "Amadou"),
            ("Rahali", "Ghali"),
            ("Aisha", "عيسى"),
            ("Chaima", "حكيمة"),
            ("Hanan", "هناء"),
            ("Jadidi", "الجعيدي"),
            ("Haddad", "هدى"),
        ] {
            assert_eq!(score(a, b).verdict, Verdict::Different, "{a} {b}");
        }
        assert!(
            keys("خديجة")
                .tokens
                .iter()
                .all(|word| word.slips().is_empty())
        );
    }

    #[test]
    fn two_skeletons_are_near_but_for_one_letter_or_two_in_turn() {
        for (a, b) in [
            ("kj", "kdj"),
            ("kdj", "kj"),
            ("rcd", "rsd"),
            ("mdm", "mmd"),
            ("mr", "mr"),
        ] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in [("kj", "kdjb"), ("mdm", "bmd"), ("", "mr"), ("abc", "cab")] {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
