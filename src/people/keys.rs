//! Under which keys a name is found: what the database holds beside each name, and what a search asks for. How a name
//! becomes a key is [`crate::names`]; here is only which of them are kept.

use super::Names;
use crate::{
    authz::TerritoryId,
    names::{self, Beginning, Particle, TokenKey},
};
use std::{cmp::Reverse, collections::BTreeSet};

/// Parts of a name that a search takes; the database asks for four at once.
const PARTS: usize = 4;
/// Letters with which a part may begin, to be found while it is being typed.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 3..=5;
/// From how many letters of its skeleton on a part may have one wrong: with fewer, what is left is anybody's.
const CAN_BE_WRONG: usize = 4;

/// The keys to be kept beside a name, each with its prefecture.
pub fn kept(territory: TerritoryId, names: &Names) -> Vec<String> {
    let mut kept = BTreeSet::new();
    for text in [names.ar(), names.la()] {
        let keys = names::keys(&text);
        kept.extend(keys.index);
        let tokens: Vec<_> = keys.tokens.iter().filter(|token| is_name(token)).collect();
        if tokens.is_empty() {
            continue;
        }
        // of how many parts it is, for whoever asks whether one name is the whole of another
        kept.insert(format!("n:{}", tokens.len()));
        for token in tokens {
            kept.extend(beginnings(token));
            kept.extend(sounding(&token.beginnings()));
            kept.extend(near(token));
        }
    }
    let place = territory.0;
    kept.into_iter()
        .map(|key| format!("{place}:{key}"))
        .collect()
}

/// What a search asks for: of each part of the name, the keys of which one must be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// As it was typed, or the beginning of it.
    pub exact: Vec<Vec<String>>,
    /// With a letter wrong.
    pub near: Vec<Vec<String>>,
    /// As it was typed, or with a beginning that sounds so, in either script; nothing, if no part can be one.
    pub begun: Vec<Vec<String>>,
}

impl Asked {
    /// Of a text in either script; nothing, if it holds no name.
    pub fn of(text: &str) -> Self {
        let tokens: Vec<_> = names::keys(text)
            .tokens
            .into_iter()
            .filter(is_name)
            .collect();
        let mut parts: Vec<_> = tokens.iter().map(|token| (token, typed(token))).collect();
        // two words that others write in one answer for both: Fatima Zahra, Fatimazahra
        for (nth, two) in tokens.windows(2).enumerate() {
            if let [one, other] = two {
                for (_, keys) in parts.iter_mut().skip(nth).take(2) {
                    keys.push(format!("l:{}{}", one.loose, other.loose));
                    keys.push(format!("l:{}l{}", one.loose, other.loose));
                }
            }
        }
        // of more parts than can be asked for, those that say most
        parts.sort_by_key(|(token, _)| Reverse(token.weight));
        parts.truncate(PARTS);
        Self {
            near: parts
                .iter()
                .map(|(token, keys)| {
                    near(token)
                        .into_iter()
                        .chain(slips(token))
                        .chain(keys.iter().cloned())
                        .collect()
                })
                .collect(),
            begun: begun(&parts),
            exact: parts.into_iter().map(|(_, keys)| keys).collect(),
        }
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.exact.iter().all(Vec::is_empty)
    }
}

/// A title is borne by half the country: nobody is found under it.
fn is_name(token: &TokenKey) -> bool {
    token.particle != Some(Particle::Title) && !token.skeleton.is_empty()
}

/// The first letters of a word, in the script it is written in.
fn beginnings(token: &TokenKey) -> impl Iterator<Item = String> {
    let letters = token.folded.chars().count();
    BEGINNINGS
        .filter(move |length| *length <= letters)
        .map(|length| beginning(token, length))
}

fn beginning(token: &TokenKey, length: usize) -> String {
    "b:".chars()
        .chain(token.folded.chars().take(length))
        .collect()
}

/// The first consonants of a word, which are the same in either script.
fn sounding(signs: &[String]) -> impl Iterator<Item = String> {
    signs.iter().map(|signs| format!("c:{signs}"))
}

/// The keys of each part with those of its beginning as it sounds; nothing, if no part has any.
fn begun(parts: &[(&TokenKey, Vec<String>)]) -> Vec<Vec<String>> {
    let signs = |token| Beginning::of(token).keys();
    let own: Vec<_> = parts.iter().map(|(token, _)| signs(token)).collect();
    if own.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    parts
        .iter()
        .zip(own)
        .map(|((_, keys), own)| keys.iter().cloned().chain(sounding(&own)).collect())
        .collect()
}

/// What a part that was typed asks for beside [`near`], if two of its letters have changed places: skeletons too short for
/// that, and those in which the slip has made another sound.
fn slips(token: &TokenKey) -> impl Iterator<Item = String> {
    let turned = match token.loose.chars().collect::<Vec<_>>().as_slice() {
        [a, b, c] => vec![String::from_iter([b, a, c]), String::from_iter([a, c, b])],
        _ => Vec::new(),
    };
    let slips = token.slips().into_iter().chain(turned);
    slips.map(|loose| format!("d:{loose}"))
}

/// The loose skeleton, and what is left of it without each of its letters: two that differ by one letter share one of
/// these.
fn near(token: &TokenKey) -> Vec<String> {
    let letters: Vec<char> = token.loose.chars().collect();
    let gone = if letters.len() < CAN_BE_WRONG {
        0
    } else {
        letters.len()
    };
    let without = |at: usize| {
        let left = letters.iter().enumerate().filter(|(place, _)| *place != at);
        "d:".chars()
            .chain(left.map(|(_, letter)| *letter))
            .collect()
    };
    std::iter::once(format!("d:{}", token.loose))
        .chain((0..gone).map(without))
        .collect()
}

/// What a part that was typed asks for: the whole, or what begins with it.
fn typed(token: &TokenKey) -> Vec<String> {
    let mut keys = token.index();
    let letters = token.folded.chars().count();
    if letters >= *BEGINNINGS.start() {
        keys.push(beginning(token, letters.min(*BEGINNINGS.end())));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(ar: &str, la: &str) -> Names {
        Names {
            given_ar: ar.to_owned(),
            given_la: la.to_owned(),
            ..Names::default()
        }
    }

    fn finds(typed: &str, names: &Names) -> bool {
        let kept = kept(TerritoryId(3), names);
        let asked = Asked::of(typed);
        let has = |group: &Vec<String>| group.iter().any(|key| kept.contains(&format!("3:{key}")));
        !asked.is_empty() && asked.exact.iter().all(has)
    }

    #[test]
    fn a_name_is_found_in_the_other_script_and_by_its_beginning() {
        let names = named("محمد العمراني", "");
        for typed in ["محمد", "Mohamed", "Lamrani Mohamed", "العمر", "عمراني محمد"]
        {
            assert!(finds(typed, &names), "{typed}");
        }
        assert!(!finds("Rachid", &names));
        assert!(!finds("Mohamed Rachid", &names));
    }

    #[test]
    fn a_beginning_in_the_other_script_is_asked_apart() {
        let begun = |typed: &str, names: &Names| {
            let kept = kept(TerritoryId(3), names);
            let asked = Asked::of(typed);
            let has =
                |group: &Vec<String>| group.iter().any(|key| kept.contains(&format!("3:{key}")));
            !asked.begun.is_empty() && asked.begun.iter().all(has)
        };
        let (arabic, latin) = (named("خديجة العمراني", ""), named("", "Khadija Lamrani"));
        for (typed, names) in [
            ("Khad", &arabic),
            ("khadij lamr", &arabic),
            ("Lamrani Khad", &arabic),
            ("خدي", &latin),
            ("العمر خدي", &latin),
        ] {
            assert!(!finds(typed, names), "{typed}");
            assert!(begun(typed, names), "{typed}");
        }
        assert!(!begun("Rachi", &arabic) && !begun("Khadija Rachi", &arabic));
        // two letters are the beginning of nothing
        assert!(Asked::of("Kh").begun.is_empty());
    }

    #[test]
    fn few_keys_are_kept_beside_a_name() {
        let kept = kept(TerritoryId(3), &named("محمد العمراني", "Mohamed Lamrani"));
        let of_kind = |kind: &str| {
            let prefix = format!("3:{kind}:");
            kept.iter().filter(|key| key.starts_with(&prefix)).count()
        };
        assert!(of_kind("c") <= 9 && kept.len() <= 45, "{kept:?}");
        // a name in one script has no parts in the other
        let one = super::kept(TerritoryId(3), &named("محمد العمراني", ""));
        assert!(one.contains(&"3:n:2".to_owned()) && !one.contains(&"3:n:0".to_owned()));
    }

    #[test]
    fn what_holds_no_name_asks_nothing() {
        for typed in ["", " ", "…", "%", "🙂", "\u{202e}"] {
            assert!(Asked::of(typed).is_empty(), "{typed:?}");
        }
    }

    #[test]
    fn one_wrong_letter_shares_a_key() {
        let kept = kept(TerritoryId(3), &named("", "Lamrani"));
        let asked = Asked::of("Lamrini");
        let has = |key: &String| kept.contains(&format!("3:{key}"));
        assert!(asked.near.iter().all(|group| group.iter().any(has)));
    }

    #[test]
    fn two_letters_in_each_others_place_share_a_key() {
        for (typed, ar, la) in [
            ("Khadjia", "خديجة", ""),
            ("Khadjia", "", "Khadija"),
            ("Kahlid", "خالد", ""),
            ("محدم", "محمد", ""),
            ("العمارني", "العمراني", ""),
        ] {
            let kept = kept(TerritoryId(3), &named(ar, la));
            let has = |key: &String| kept.contains(&format!("3:{key}"));
            let asked = Asked::of(typed);
            assert!(
                asked.near.iter().all(|group| group.iter().any(has)),
                "{typed}"
            );
        }
    }

    #[test]
    fn no_part_beyond_the_fourth_is_asked() {
        let asked = Asked::of("Mohamed Rachid Karim Said Omar Driss");
        assert_eq!(asked.exact.len(), PARTS);
    }
}
