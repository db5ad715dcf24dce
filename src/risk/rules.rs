//! The rules, without HTTP, SQL or pages.

use serde::{Deserialize, Serialize};

/// How high a risk is. `none` of the list is for what is closed, and no rule comes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// منخفضة
    Low,
    /// متوسطة
    Medium,
    /// مرتفعة
    High,
}

impl Level {
    /// Every level, the highest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What was found in a domain, from 1, no concern, to 4, serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Score(u8);

impl Score {
    /// The four of them.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self.0 {
            1 => "score-1",
            2 => "score-2",
            3 => "score-3",
            _ => "score-4",
        }
    }
}

impl TryFrom<u8> for Score {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        if (1..=4).contains(&n) {
            Ok(Self(n))
        } else {
            Err("a score is 1 to 4")
        }
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// The score of one domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Code of `ref.assessment_domain`.
    pub domain: String,
    /// What was found.
    pub score: Score,
    /// Whether a 3 there is already a high risk.
    pub grave: bool,
}

/// What the rules look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Codes of `ref.red_flag`, of the contacts of the file.
    pub flags: Vec<String>,
    /// Whether the child is, or may be, under one year; `None`: no age is known.
    pub infant: Option<bool>,
    /// An adult without kinship was there.
    pub unrelated_adult: bool,
    /// Street contacts in ninety days.
    pub contacts: u32,
    /// The eight domains.
    pub scores: Vec<Scored>,
    /// Codes of `ref.exploitation_indicator`.
    pub signs: Vec<String>,
}

/// A fact that the level comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Under one year.
    Infant,
    /// An adult without kinship.
    UnrelatedAdult,
    /// So many contacts in ninety days.
    Contacts(u32),
    /// A red flag of a contact.
    Flag(String),
    /// What was found in a domain.
    Score(String, Score),
    /// A sign of exploitation.
    Sign(String),
    /// So many domains with some concern.
    Several(u32),
}

/// Signs that are a danger by themselves.
const GRAVE_SIGNS: [&str; 7] = [
    "rented_child",
    "drugged",
    "beaten_threatened",
    "network_or_driver",
    "documents_withheld",
    "sexual_exploitation_sign",
    "disability_exploited",
];

/// Contacts in ninety days from which begging is a habit.
const HABIT: u32 = 3;
/// Domains with some concern that together are a medium risk.
const SEVERAL: u32 = 3;

/// The level, and the facts that lead to it: those of the highest level alone.
pub fn weigh(facts: &Facts) -> (Level, Vec<Reason>) {
    let found = reasons(facts);
    let level = found
        .iter()
        .map(|(level, _)| *level)
        .max()
        .unwrap_or(Level::Low);
    let told = found
        .into_iter()
        .filter(|(own, _)| *own == level)
        .map(|(_, reason)| reason)
        .collect();
    (level, told)
}

fn reasons(facts: &Facts) -> Vec<(Level, Reason)> {
    let flagged = |code: &str| facts.flags.iter().any(|flag| flag == code);
    let mut found = Vec::new();
    // a flag of the street, unless the age is known by now
    if facts.infant.unwrap_or_else(|| flagged("infant")) {
        found.push((Level::High, Reason::Infant));
    }
    if facts.unrelated_adult || flagged("unrelated_adult") {
        found.push((Level::High, Reason::UnrelatedAdult));
    }
    if facts.contacts >= HABIT {
        found.push((Level::High, Reason::Contacts(facts.contacts)));
    }
    let told = |flag: &str| {
        ["infant", "unrelated_adult"].contains(&flag)
            || flag == "seen_before_90_days" && facts.contacts >= HABIT
    };
    let flags = facts.flags.iter().filter(|flag| !told(flag));
    found.extend(flags.map(|flag| (Level::High, Reason::Flag(flag.clone()))));
    for one in &facts.scores {
        let level = match one.score.get() {
            4 => Level::High,
            3 if one.grave => Level::High,
            3 => Level::Medium,
            _ => continue,
        };
        found.push((level, Reason::Score(one.domain.clone(), one.score)));
    }
    for sign in facts.signs.iter().filter(|sign| !flagged(sign)) {
        let grave = GRAVE_SIGNS.contains(&sign.as_str());
        let level = if grave { Level::High } else { Level::Medium };
        found.push((level, Reason::Sign(sign.clone())));
    }
    let some = facts.scores.iter().filter(|one| one.score.get() == 2);
    let some = u32::try_from(some.count()).unwrap_or(u32::MAX);
    if some >= SEVERAL {
        found.push((Level::Medium, Reason::Several(some)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quiet() -> Facts {
        let domains = ["safety", "health", "psychological", "family", "material"];
        let score = |domain: &&str| Scored {
            domain: (*domain).to_owned(),
            score: Score(1),
            grave: *domain == "safety",
        };
        Facts {
            infant: Some(false),
            scores: domains.iter().map(score).collect(),
            ..Facts::default()
        }
    }

    fn with(change: impl FnOnce(&mut Facts)) -> (Level, Vec<Reason>) {
        let mut facts = quiet();
        change(&mut facts);
        weigh(&facts)
    }

    /// The table of docs/risk.md, line by line.
    #[test]
    fn the_rules_are_those_of_the_table() {
        use Level::{High, Low, Medium};
        assert_eq!(with(|_| ()), (Low, vec![]));
        assert_eq!(
            with(|f| f.infant = Some(true)),
            (High, vec![Reason::Infant])
        );
        assert_eq!(
            with(|f| f.unrelated_adult = true),
            (High, vec![Reason::UnrelatedAdult])
        );
        assert_eq!(with(|f| f.contacts = 2).0, Low);
        assert_eq!(with(|f| f.contacts = 3), (High, vec![Reason::Contacts(3)]));
        assert_eq!(
            with(|f| f.flags = vec!["abandoned".into()]),
            (High, vec![Reason::Flag("abandoned".into())])
        );
        // safety is grave, health is not
        assert_eq!(with(|f| f.scores[0].score = Score(2)).0, Low);
        assert_eq!(with(|f| f.scores[0].score = Score(3)).0, High);
        assert_eq!(with(|f| f.scores[1].score = Score(3)).0, Medium);
        assert_eq!(with(|f| f.scores[1].score = Score(4)).0, High);
        assert_eq!(with(|f| f.signs = vec!["debt".into()]).0, Medium);
        assert_eq!(with(|f| f.signs = vec!["rented_child".into()]).0, High);
        let three = with(|f| f.scores.iter_mut().take(3).for_each(|s| s.score = Score(2)));
        assert_eq!(three, (Medium, vec![Reason::Several(3)]));
    }

    #[test]
    fn a_fact_is_told_once_and_only_if_it_leads_to_the_level() {
        let (level, told) = with(|f| {
            f.flags = vec![
                "infant".into(),
                "unrelated_adult".into(),
                "seen_before_90_days".into(),
            ];
            f.infant = Some(true);
            f.unrelated_adult = true;
            f.contacts = 3;
            f.signs = vec!["debt".into()];
        });
        assert_eq!(level, Level::High);
        let all = [Reason::Infant, Reason::UnrelatedAdult, Reason::Contacts(3)];
        assert_eq!(told, all);
        // an infant a year ago is none today; without an age the flag of the street stands
        let flag = |infant| {
            with(|f| {
                f.flags = vec!["infant".into()];
                f.infant = infant;
            })
            .0
        };
        assert_eq!((flag(Some(false)), flag(None)), (Level::Low, Level::High));
    }

    #[test]
    fn the_signs_that_are_a_danger_are_of_the_list() {
        let list = include_str!("../../reference/exploitation_indicator.csv");
        for sign in GRAVE_SIGNS {
            assert!(list.contains(&format!("\n{sign},")), "{sign}");
        }
    }

    proptest! {
        /// A further fact never lowers the risk.
        #[test]
        fn more_danger_is_never_less_risk(contacts in 0u32..6, scores in proptest::array::uniform5(1u8..=4),
                                          at in 0usize..5, sign: bool, adult: bool) {
            let mut facts = quiet();
            facts.contacts = contacts;
            for (one, n) in facts.scores.iter_mut().zip(scores) { one.score = Score(n); }
            if sign { facts.signs.push("debt".into()); }
            let (before, told) = weigh(&facts);
            prop_assert_eq!(told.is_empty(), before == Level::Low);
            facts.contacts += 1;
            facts.unrelated_adult = adult;
            facts.scores[at].score = Score(4);
            prop_assert!(weigh(&facts).0 >= before);
        }
    }
}
