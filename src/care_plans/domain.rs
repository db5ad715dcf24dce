//! What a plan is made of, and what changed from one version to the next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal, $class:literal),+ $(,)?) => {
        /// Where a version of a plan stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum PlanState { $($(#[$doc])* $variant),+ }

        impl PlanState {
            /// Every state.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// As the database knows it.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// Key of its words.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// How its pill is coloured.
            pub const fn class(self) -> &'static str { match self { $(Self::$variant => $class),+ } }
        }
    };
}
states! {
    /// Drawn up, by whoever works on the file.
    Draft => "draft", "care-plan-state-draft", "amber",
    /// A supervisor is to answer.
    Submitted => "submitted", "care-plan-state-submitted", "amber",
    /// In force.
    Approved => "approved", "care-plan-state-approved", "brand",
    /// Sent back with comments; the next version answers them.
    Returned => "returned", "care-plan-state-returned", "red",
    /// The next version is in force.
    Superseded => "superseded", "care-plan-state-superseded", "grey",
}

impl PlanState {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// A goal to write.
#[derive(Clone)]
pub struct Goal {
    /// Code of `ref.assessment_domain`.
    pub domain: String,
    /// What should become true.
    pub text: String,
    /// What is done for it.
    pub actions: Vec<Action>,
}

/// An action to write.
#[derive(Clone)]
pub struct Action {
    /// Its number in an earlier version, if it was there.
    pub number: Option<i16>,
    /// Its words.
    pub text: ActionText,
    /// Code of `ref.organisation`.
    pub provider: Option<String>,
    /// Until when.
    pub due_on: NaiveDate,
    /// Code of `ref.bid_occasion`: what needs a determination first.
    pub occasion: Option<String>,
}

/// The words of an action, sealed as one text.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionText {
    /// What is done.
    pub what: String,
    /// By what one knows that it succeeded.
    pub success: String,
    /// Who answers for it, if it is no organisation of the list.
    pub responsible: String,
}

/// A best-interests determination, sealed as one text.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// What could be done: two to four.
    pub options: Vec<WeighedOption>,
    /// The child's view.
    pub child_view: String,
    /// Who took part.
    pub participants: String,
    /// What is best for the child.
    pub conclusion: String,
}

/// One thing that could be done.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeighedOption {
    /// What.
    pub what: String,
    /// What speaks for it.
    pub pro: String,
    /// What speaks against it.
    pub contra: String,
}

macro_rules! wordless {
    ($($name:ident),+) => {$(
        /// Somebody's words: never in a log.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
wordless!(Goal, Action, ActionText, Weighed, WeighedOption);

/// What tells one action of a version from the same in another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mark<'a> {
    /// Its number in the episode.
    pub number: i16,
    /// What stands in it.
    pub content: (&'a ActionText, Option<&'a str>, NaiveDate, Option<&'a str>),
}

/// What became of an action from one version to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It reads otherwise.
    Changed,
    /// It is no longer there.
    Removed,
}

impl Change {
    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Added => "care-plan-added",
            Self::Changed => "care-plan-changed",
            Self::Removed => "care-plan-removed",
        }
    }
}

/// The numbers of the actions that are not the same in two versions.
pub fn changes(before: &[Mark<'_>], after: &[Mark<'_>]) -> Vec<(i16, Change)> {
    let was = |number| before.iter().find(|one| one.number == number);
    let is = |number| after.iter().any(|one| one.number == number);
    let mut found: Vec<(i16, Change)> = after
        .iter()
        .filter_map(|one| match was(one.number) {
            None => Some((one.number, Change::Added)),
            Some(old) if old.content != one.content => Some((one.number, Change::Changed)),
            Some(_) => None,
        })
        .collect();
    let gone = before.iter().filter(|one| !is(one.number));
    found.extend(gone.map(|one| (one.number, Change::Removed)));
    found.sort_by_key(|(number, _)| *number);
    found
}

/// Gives each action its number: the one it had, if it was in the version before and no other has it, or the next.
pub fn number(goals: &[Goal], known: &[i16], last: i16) -> Vec<Vec<i16>> {
    let mut used = Vec::new();
    let mut next = last;
    goals
        .iter()
        .map(|goal| {
            let of = |action: &Action| match action.number {
                Some(number) if known.contains(&number) && !used.contains(&number) => {
                    used.push(number);
                    number
                }
                _ => {
                    next += 1;
                    next
                }
            };
            goal.actions.iter().map(of).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn action(number: Option<i16>) -> Action {
        Action {
            number,
            text: ActionText::default(),
            provider: None,
            due_on: day(1),
            occasion: None,
        }
    }

    #[test]
    fn what_changed_is_told_by_number() {
        let text = ActionText::default();
        let mark = |number, due| Mark {
            number,
            content: (&text, Some("x"), day(due), None),
        };
        let found = changes(
            &[mark(1, 1), mark(2, 1), mark(3, 1)],
            &[mark(1, 1), mark(3, 2), mark(4, 1)],
        );
        let wanted = [
            (2, Change::Removed),
            (3, Change::Changed),
            (4, Change::Added),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_number_stays_with_its_action_and_is_never_given_twice() {
        let goal = |actions: Vec<Action>| Goal {
            domain: String::new(),
            text: String::new(),
            actions,
        };
        let goals = [
            goal(vec![action(Some(2)), action(None), action(Some(9))]),
            goal(vec![action(Some(2))]),
        ];
        // 9 is of no version, and 2 is taken: both are new
        assert_eq!(number(&goals, &[1, 2], 5), [vec![2, 6, 7], vec![8]]);
    }
}
