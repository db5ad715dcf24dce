//! What a score is made of: number, verdict, reasons.

/// From here on two names are `same`, of 1000.
pub(super) const SAME: u16 = 900;
/// … if none of their tokens is less alike than this.
pub(super) const SAME_TOKEN: u16 = 870;
/// From here on `likely`.
pub(super) const LIKELY: u16 = 750;

/// What the score says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Two names.
    Different,
    /// Perhaps one name, or one that tells less than the other.
    Likely,
    /// One name in two spellings.
    Same,
}

impl Verdict {
    /// As the command prints it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Likely => "likely",
            Self::Same => "same",
        }
    }
}

/// Why a score is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Letter for letter the same, but for capitals and marks.
    SameSpelling,
    /// The same consonants; vowels or script differ.
    SameSkeleton,
    /// One in Arabic letters, the other in Latin ones.
    TwoScripts,
    /// Sounds alike.
    SoundsAlike,
    /// An article here, none there.
    ArticleApart,
    /// Ben, Bou, Ould, Aït, Abd here, none or another there.
    ParticleApart,
    /// One word here, two there.
    SpacedApart,
    /// A title here, none there.
    TitleApart,
    /// The same words in another order.
    WordOrder,
    /// So many letters wrong, left out or swapped.
    Typo(u8),
    /// An initial stands for a name.
    Initial,
    /// A short form of a longer name (Fatou, Fatoumata).
    ShortForm,
    /// One name has more parts; what both have agrees.
    SharedPart,
    /// A man's name and a woman's.
    GenderPair,
    /// Close, but two names.
    NearMiss,
    /// Nothing in common.
    Unlike,
}

/// The answer of [`super::score()`].
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// 0 (nothing in common) to 1 (one spelling), in thousandths.
    pub value: f32,
    /// What it says.
    pub verdict: Verdict,
    /// Why, each once, sorted.
    pub reasons: Vec<Reason>,
}

impl Score {
    pub(super) fn new(value: u16, verdict: Verdict, mut reasons: Vec<Reason>) -> Self {
        reasons.sort_unstable();
        reasons.dedup();
        Self {
            value: f32::from(value) / 1000.0,
            verdict,
            reasons,
        }
    }
}
