//! Names of people: one key for the spellings of a name, in Arabic and in Latin letters.
//!
//! A child is محمد العمراني in one file and "Lamrani Mohamed" in the next. [`keys`] makes of either the same
//! short strings, which an index looks up; [`score()`] says how alike two names are, and why. The method, where it comes from
//! and what it does not find: `docs/names.md`.

mod align;
mod arabic;
mod begun;
mod cost;
mod fold;
mod key;
mod latin;
mod pair;
mod particles;
mod readings;
mod score;
mod slip;
mod spacing;
#[cfg(test)]
mod tests;
mod variants;
mod verdict;
mod vowels;

pub use begun::Beginning;
pub use fold::folded;
pub use key::{Keys, Particle, TokenKey};
pub use verdict::{Reason, Score, Verdict};

/// The version of the method. Stored index keys of another version are to be made again.
pub const VERSION: i16 = 3;

/// The keys of a name, in any script; empty for a text without letters. At most 200 letters and 12 words are looked at.
pub fn keys(name: &str) -> Keys {
    key::keys(name)
}

/// How alike two names are. `score(a, b)` and `score(b, a)` are the same number.
pub fn score(a: &str, b: &str) -> Score {
    score::score(&keys(a), &keys(b))
}

/// [`score()`] of keys that were made before.
pub fn score_keys(a: &Keys, b: &Keys) -> Score {
    score::score(a, b)
}

/// The line of `sanad names score A B`: the keys of A, the keys of B, the score, the verdict, with tabs between.
pub fn line(a: &str, b: &str) -> String {
    let (a, b) = (keys(a), keys(b));
    let score = score_keys(&a, &b);
    format!(
        "{}\t{}\t{:.3}\t{}",
        a.index.join(" "),
        b.index.join(" "),
        score.value,
        score.verdict.code()
    )
}
