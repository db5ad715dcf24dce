//! The path that the screens show: a view of what was reached, stored nowhere.

use chrono::{DateTime, TimeDelta, Utc};

/// When the present state is overdue; `None` where nothing is owed.
pub fn due(since: DateTime<Utc>, hours: Option<i32>) -> Option<DateTime<Utc>> {
    hours.map(|hours| since + TimeDelta::hours(hours.into()))
}

/// A step of the path that the screens show: a view of what was reached, stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// الرصد
    Identified,
    /// التقييم
    Assessed,
    /// النيابة العامة
    Referred,
    /// التكفل
    InCare,
    /// الإدماج
    Reintegrated,
    /// التتبع
    FollowedUp,
}

impl Milestone {
    /// The six, in order.
    pub const ALL: [Self; 6] = [
        Self::Identified,
        Self::Assessed,
        Self::Referred,
        Self::InCare,
        Self::Reintegrated,
        Self::FollowedUp,
    ];

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Identified => "step-identified",
            Self::Assessed => "step-assessed",
            Self::Referred => "step-referred",
            Self::InCare => "step-in-care",
            Self::Reintegrated => "step-reintegrated",
            Self::FollowedUp => "step-followed-up",
        }
    }
}

/// Which milestones are reached, from what the file holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// The assessment is behind.
    pub assessed: bool,
    /// A file went to the prosecution.
    pub referred: bool,
    /// Help was given.
    pub in_care: bool,
    /// School, training or a return to the family.
    pub reintegrated: bool,
    /// Followed up.
    pub followed_up: bool,
}

impl Reached {
    /// Whether that one is reached.
    pub const fn has(self, step: Milestone) -> bool {
        match step {
            Milestone::Identified => true,
            Milestone::Assessed => self.assessed,
            Milestone::Referred => self.referred,
            Milestone::InCare => self.in_care,
            Milestone::Reintegrated => self.reintegrated,
            Milestone::FollowedUp => self.followed_up,
        }
    }

    /// The furthest one: where the child stands.
    pub fn current(self) -> Milestone {
        Milestone::ALL
            .into_iter()
            .rev()
            .find(|step| self.has(*step))
            .unwrap_or(Milestone::Identified)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_shows_the_furthest_step() {
        let reached = Reached {
            assessed: true,
            in_care: true,
            ..Reached::default()
        };
        assert_eq!(reached.current(), Milestone::InCare);
        assert!(!reached.has(Milestone::Referred));
    }
}
