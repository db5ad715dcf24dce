//! The state of an episode, its legal moves, and the path that the screens show.

use crate::{authz::Role, i18n::Msg};
use chrono::{DateTime, TimeDelta, Utc};

macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal),+ $(,)?) => {
        /// Where an episode stands (domain §3.2). Transfer and merge are records of their own, not states.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EpisodeState { $($(#[$doc])* $variant),+ }

        impl EpisodeState {
            /// Every state, in the order of the path.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// As the database knows it.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// Key of its words.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
        }
    };
}
states! {
    /// تم الرصد
    Identified => "identified", "state-identified",
    /// تدابير استعجالية
    UrgentAction => "urgent_action", "state-urgent-action",
    /// مسجل
    Registered => "registered", "state-registered",
    /// قيد التقييم
    Assessment => "assessment", "state-assessment",
    /// إعداد خطة التدخل
    Planning => "planning", "state-planning",
    /// قيد التنفيذ
    Implementation => "implementation", "state-implementation",
    /// قيد التتبع
    Monitoring => "monitoring", "state-monitoring",
    /// طلب إغلاق
    ClosureRequested => "closure_requested", "state-closure-requested",
    /// مغلق
    Closed => "closed", "state-closed",
}

/// What must be known before a file leaves `registered`.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The sex is F or M.
    pub sex: bool,
    /// A date of birth or an estimate.
    pub birth: bool,
}

impl EpisodeState {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }

    /// Where it may go from here. Back once from a closure asked for and not granted.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Identified => &[Self::Registered, Self::UrgentAction],
            Self::UrgentAction => &[Self::Registered],
            Self::Registered => &[Self::Assessment],
            Self::Assessment => &[Self::Planning],
            Self::Planning => &[Self::Implementation],
            Self::Implementation => &[Self::Monitoring],
            Self::Monitoring => &[Self::ClosureRequested],
            Self::ClosureRequested => &[Self::Closed, Self::Monitoring],
            Self::Closed => &[],
        }
    }

    /// Whether that role may make that move: a plan starts, and a file closes, by the supervisor.
    pub fn may_move(self, to: Self, role: Role) -> bool {
        let supervised = matches!(
            (self, to),
            (Self::Planning, Self::Implementation) | (Self::ClosureRequested, _)
        );
        self.next().contains(&to)
            && (role == Role::Supervisor || (role == Role::SocialWorker && !supervised))
    }

    /// Makes the move, or says why not.
    pub fn advance(self, to: Self, role: Role, known: Known) -> Result<Self, Msg> {
        if !self.may_move(to, role) {
            return Err(Msg::new("case-move-refused"));
        }
        if self == Self::Registered && !(known.sex && known.birth) {
            return Err(Msg::new("case-move-needs-identity"));
        }
        Ok(to)
    }

    /// Still running.
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }
}

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

    const WHOLE: Known = Known {
        sex: true,
        birth: true,
    };

    #[test]
    fn only_listed_moves_are_made_by_those_who_may() {
        for from in EpisodeState::ALL {
            for to in EpisodeState::ALL {
                let listed = from.next().contains(to);
                assert_eq!(
                    from.advance(*to, Role::Supervisor, WHOLE).is_ok(),
                    listed,
                    "{from:?} {to:?}"
                );
                assert!(from.advance(*to, Role::Prosecutor, WHOLE).is_err());
            }
        }
    }

    #[test]
    fn a_worker_asks_for_closure_and_a_supervisor_grants_it() {
        let worker = Role::SocialWorker;
        assert!(EpisodeState::Monitoring.may_move(EpisodeState::ClosureRequested, worker));
        assert!(!EpisodeState::ClosureRequested.may_move(EpisodeState::Closed, worker));
        assert!(EpisodeState::ClosureRequested.may_move(EpisodeState::Closed, Role::Supervisor));
    }

    #[test]
    fn a_file_is_not_assessed_before_we_know_who_it_is_about() {
        let unknown = Known {
            sex: true,
            birth: false,
        };
        assert!(
            EpisodeState::Registered
                .advance(EpisodeState::Assessment, Role::Supervisor, unknown)
                .is_err()
        );
        assert!(
            EpisodeState::Registered
                .advance(EpisodeState::Assessment, Role::SocialWorker, WHOLE)
                .is_ok()
        );
    }

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
