//! What two names say of one child. Whether two spellings are one name is [`crate::names`]; here is which of the names of
//! a record, given and family, are put beside each other.

use super::facts::Called;
use crate::names::{self, Keys, Verdict as Alike};

/// One name with its keys.
#[derive(Debug)]
pub(super) struct Spelt {
    kind: String,
    whole: Vec<Keys>,
    given: Vec<Keys>,
    family: Vec<Keys>,
    /// Whether there is more than one word to compare.
    is_full: bool,
}

impl Spelt {
    /// Makes the keys.
    pub(super) fn new(name: &Called) -> Self {
        let keys = |texts: Vec<String>| texts.iter().map(|text| names::keys(text)).collect();
        let whole = name.whole();
        let is_full = whole
            .iter()
            .any(|text| text.split_whitespace().nth(1).is_some());
        let family = [&name.family_ar, &name.family_la];
        let family = family.into_iter().filter(|text| !text.is_empty());
        Self {
            kind: name.kind.clone(),
            given: keys(name.given()),
            family: keys(family.cloned().collect()),
            whole: keys(whole),
            is_full,
        }
    }
}

/// What two names say, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// Two given names of one kind that have nothing to do with each other.
    Other,
    /// The same of two kinds: a nickname is often another word.
    OtherKind,
    /// The family name alone.
    Family,
    /// The given name nearly, or all that one of the two tells.
    NearGiven,
    /// The given name.
    Given,
    /// Both nearly.
    NearWhole,
    /// Given and family name.
    Whole,
}

/// The best of what any two of their names say: a child that is Simo in the street and Mohamed on paper is one. Only if
/// nothing speaks for them do other given names speak against.
pub(super) fn best_name(mine: &[Spelt], theirs: &[Spelt]) -> Option<Name> {
    let pairs = mine
        .iter()
        .flat_map(|one| theirs.iter().map(move |two| name(one, two)));
    let all: Vec<Name> = pairs.flatten().collect();
    let given = all.iter().copied().filter(|one| *one > Name::Family).max();
    // brothers share their family name: it does not outweigh two given names of one kind
    let against = [Name::Other, Name::OtherKind];
    let against = against.into_iter().find(|one| all.contains(one));
    given.or(against).or_else(|| all.into_iter().max())
}

fn name(one: &Spelt, two: &Spelt) -> Option<Name> {
    let whole = alike(&one.whole, &two.whole)?;
    let is_full = one.is_full && two.is_full;
    let given = alike(&one.given, &two.given);
    let family = alike(&one.family, &two.family);
    match (whole, given) {
        (Alike::Same, _) if is_full => Some(Name::Whole),
        (Alike::Same, _) => Some(Name::Given),
        (_, Some(Alike::Same)) if family == Some(Alike::Same) => Some(Name::Whole),
        (Alike::Likely, given) if is_full && given != Some(Alike::Different) => {
            Some(Name::NearWhole)
        }
        (_, Some(Alike::Same)) => Some(Name::Given),
        (_, Some(Alike::Likely)) => Some(Name::NearGiven),
        // one of the two tells less than the other, and what it tells agrees
        (Alike::Likely, _) if !is_full => Some(Name::NearGiven),
        (_, Some(Alike::Different)) if one.kind == two.kind => Some(Name::Other),
        (_, Some(Alike::Different)) => Some(Name::OtherKind),
        (_, None) => (family == Some(Alike::Same)).then_some(Name::Family),
    }
}

/// The best of both scripts; `None` if one of the two has no such name.
fn alike(one: &[Keys], two: &[Keys]) -> Option<Alike> {
    let pairs = one
        .iter()
        .flat_map(|a| two.iter().map(move |b| names::score_keys(a, b).verdict));
    pairs.max()
}
