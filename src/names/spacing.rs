//! One word here, two there: Fatimazahra, Nourelhouda.

use std::{borrow::Cow, cmp::Ordering};

use super::{
    key::{Reading, TokenKey},
    latin::MUTE,
    verdict::Reason,
};

/// The tokens with two neighbours of the longer name made one, where the other name has them in one word.
pub(super) fn spaced<'a>(
    a: &'a [TokenKey],
    b: &'a [TokenKey],
    reasons: &mut Vec<Reason>,
) -> (Vec<Cow<'a, TokenKey>>, Vec<Cow<'a, TokenKey>>) {
    let borrow = |tokens: &'a [TokenKey]| tokens.iter().map(Cow::Borrowed).collect::<Vec<_>>();
    let (mut a, mut b) = (borrow(a), borrow(b));
    loop {
        let joined = match a.len().cmp(&b.len()) {
            Ordering::Greater => join(&mut a, &b),
            Ordering::Less => join(&mut b, &a),
            Ordering::Equal => false,
        };
        if !joined {
            return (a, b);
        }
        reasons.push(Reason::SpacedApart);
    }
}

fn join(longer: &mut Vec<Cow<'_, TokenKey>>, shorter: &[Cow<'_, TokenKey>]) -> bool {
    let found = longer.windows(2).enumerate().find_map(|(at, two)| {
        let [one, other] = two else { return None };
        let article = shorter.iter().find_map(|single| {
            let rest = single.loose.strip_prefix(one.loose.as_str())?;
            if rest.is_empty() {
                None
            } else if rest == other.loose {
                Some(false)
            } else {
                (rest.strip_prefix('l') == Some(other.loose.as_str())).then_some(true)
            }
        })?;
        one_of(one, other, article).map(|token| (at, token))
    });
    let Some((at, token)) = found else {
        return false;
    };
    longer.remove(at);
    if let Some(place) = longer.get_mut(at) {
        *place = Cow::Owned(token);
    }
    true
}

fn one_of(one: &TokenKey, other: &TokenKey, article: bool) -> Option<TokenKey> {
    let (first, second) = (one.readings.first()?, other.readings.first()?);
    let mut token = one.clone();
    token.particle = one.particle.filter(|_| !one.title());
    token.weight = 100;
    token.folded = format!("{} {}", one.folded, other.folded);
    token.loose = format!(
        "{}{}{}",
        one.loose,
        if article { "l" } else { "" },
        other.loose
    );
    token.skeleton.clear();
    let mut sounds = first.sounds.clone();
    if sounds.last() == Some(&MUTE) {
        sounds.pop();
    }
    if article {
        sounds.push(b'l');
    }
    sounds.extend_from_slice(&second.sounds);
    token.readings = vec![Reading {
        marks: first.marks,
        sure: first.sure,
        sounds,
        vowel: None,
        pet: false,
    }];
    Some(token)
}
