//! How alike two names are, and why.

use std::borrow::Cow;

use super::{
    key::{Keys, TokenKey},
    pair::{Pair, paired, same_letters},
    spacing::spaced,
    verdict::{LIKELY, Reason, SAME, SAME_TOKEN, Score, Verdict},
};

/// See [`super::score_keys`]. The lesser name is always put first, so that the order of the two changes nothing.
pub(super) fn score(one: &Keys, other: &Keys) -> Score {
    let (a, b) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    if a.tokens.is_empty() || b.tokens.is_empty() {
        return Score::new(0, Verdict::Different, vec![Reason::Unlike]);
    }
    if a.tokens.len() == b.tokens.len()
        && a.tokens
            .iter()
            .zip(&b.tokens)
            .all(|(a, b)| same_letters(a, b))
    {
        return Score::new(1000, Verdict::Same, vec![Reason::SameSpelling]);
    }
    let mut reasons = Vec::with_capacity(6);
    let (a, b) = spaced(&a.tokens, &b.tokens, &mut reasons);
    let titles = |tokens: &[Cow<'_, TokenKey>]| tokens.iter().filter(|token| token.title()).count();
    let titled = titles(&a) != titles(&b);
    let names = |tokens: Vec<Cow<'_, TokenKey>>| -> Vec<_> {
        tokens
            .into_iter()
            .filter(|token| !token.title())
            .map(Cow::into_owned)
            .collect()
    };
    let (a, b): (Vec<TokenKey>, Vec<TokenKey>) = (names(a), names(b));
    let pairs = paired(&a, &b);
    let mut score = judged(&pairs, a.len().abs_diff(b.len()), &mut reasons);
    if titled {
        score = score.saturating_sub(10);
        reasons.push(Reason::TitleApart);
    }
    finish(score, &pairs, reasons)
}

fn finish(score: u16, pairs: &[Pair], mut reasons: Vec<Reason>) -> Score {
    let least = pairs.iter().map(|pair| pair.likeness).min().unwrap_or(0);
    let verdict = match score {
        SAME.. if least >= SAME_TOKEN => Verdict::Same,
        LIKELY.. => Verdict::Likely,
        _ => Verdict::Different,
    };
    if verdict == Verdict::Different && !reasons.contains(&Reason::GenderPair) {
        reasons.push(if score >= 500 {
            Reason::NearMiss
        } else {
            Reason::Unlike
        });
    }
    // never more than the verdict allows, never all of it for two spellings
    let score = score.min(if verdict == Verdict::Same {
        999
    } else {
        SAME - 1
    });
    Score::new(score, verdict, reasons)
}

/// The score of the pairs: a name is as alike as its least alike part, nearly.
fn judged(pairs: &[Pair], more: usize, reasons: &mut Vec<Reason>) -> u16 {
    let weight: u32 = pairs.iter().map(|pair| u32::from(pair.weight)).sum();
    let Some(least) = pairs.iter().map(|pair| u32::from(pair.likeness)).min() else {
        return 0;
    };
    let sum: u32 = pairs
        .iter()
        .map(|pair| u32::from(pair.weight) * u32::from(pair.likeness))
        .sum();
    let mean = sum / weight.max(1);
    let mut score = (35 * mean + 65 * least) / 100;
    reasons.extend(pairs.iter().flat_map(|pair| pair.reasons).flatten());
    if more > 0 {
        // what both have may agree wholly: a given name alone says less than two parts
        let missing = 20 * (u32::try_from(more).unwrap_or(9) - 1);
        let most: u32 = if pairs.len() == 1 { 800 } else { 880 };
        score = score * most.saturating_sub(missing) / 1000;
        reasons.push(Reason::SharedPart);
    }
    let ordered = pairs.windows(2).all(|two| match two {
        [one, other] => one.at.1 < other.at.1,
        _ => true,
    });
    if !ordered {
        reasons.push(Reason::WordOrder);
    }
    u16::try_from(score).unwrap_or(0)
}
