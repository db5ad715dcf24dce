//! Where an episode stands, and the moves there are. A move that is not listed has no name, and a [`Step`] is
//! made by [`Standing::step`] alone: an illegal one cannot be written.

use super::{Facts, Lack};
use crate::authz::Role;

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

impl EpisodeState {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }

    /// Still running.
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }

    /// What every way out of it needs, whichever move is made (domain §3.2): nobody leaves the register half
    /// written, the way of a closing included. Before the register a child may vanish unnamed; after it, this
    /// was asked once.
    pub const fn leaving(self) -> &'static [Lack] {
        match self {
            Self::Registered => &[
                Lack::Sex,
                Lack::Birth,
                Lack::City,
                Lack::Risk,
                Lack::SharingBasis,
                Lack::DuplicateCheck,
            ],
            _ => &[],
        }
    }
}

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever works on the file: its worker, a supervisor.
    Care,
    /// A supervisor.
    Supervisor,
    /// A supervisor who did not ask for it (four eyes).
    OtherSupervisor,
}

macro_rules! moves {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal:
        $($from:ident)|+ -> $to:ident, $who:ident, needs [$($need:ident),*];)+) => {
        /// A move of an episode.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Move {
            $($(#[$doc])* $variant,)+
            /// The closure is not granted: the file goes back where it was asked.
            RefuseClosure,
        }

        impl Move {
            /// Every move.
            pub const ALL: &[Self] = &[$(Self::$variant,)+ Self::RefuseClosure];
            /// As a form sends it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ Self::RefuseClosure => "refuse_closure" }
            }
            /// Key of the words on its button.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ Self::RefuseClosure => "move-refuse-closure" }
            }
            /// From where.
            pub const fn from(self) -> &'static [EpisodeState] {
                match self {
                    $(Self::$variant => &[$(EpisodeState::$from),+],)+
                    Self::RefuseClosure => &[EpisodeState::ClosureRequested],
                }
            }
            /// To where; `None` is back to where the closure was asked from.
            pub const fn to(self) -> Option<EpisodeState> {
                match self { $(Self::$variant => Some(EpisodeState::$to),)+ Self::RefuseClosure => None }
            }
            /// By whom.
            pub const fn who(self) -> Who {
                match self { $(Self::$variant => Who::$who,)+ Self::RefuseClosure => Who::OtherSupervisor }
            }
            /// What must be known or done, wherever it begins; see [`Move::needs_from`].
            pub const fn needs(self) -> &'static [Lack] {
                match self { $(Self::$variant => &[$(Lack::$need),*],)+ Self::RefuseClosure => &[] }
            }
        }
    };
}
moves! {
    /// Danger now: the child comes first, the form afterwards.
    TakeUrgentAction => "take_urgent_action", "move-take-urgent-action":
        Identified -> UrgentAction, Care, needs [];
    /// The child is registered.
    Register => "register", "move-register":
        Identified -> Registered, Care, needs [];
    /// The danger is behind: a safe place or an examination is recorded.
    EndUrgency => "end_urgency", "move-end-urgency":
        UrgentAction -> Registered, Care, needs [UrgentHelp];
    /// The social inquiry begins.
    Assess => "assess", "move-assess":
        Registered -> Assessment, Care, needs [];
    /// The inquiry is done, the plan is drawn up.
    DrawUpPlan => "draw_up_plan", "move-draw-up-plan":
        Assessment -> Planning, Care, needs [Assessment];
    /// The plan is approved, and carried out.
    CarryOut => "carry_out", "move-carry-out":
        Planning -> Implementation, Supervisor, needs [Plan];
    /// The first help is given; visits begin.
    FollowUp => "follow_up", "move-follow-up":
        Implementation -> Monitoring, Care, needs [Service];
    /// Nothing more to do, or nothing more can be done.
    AskClosure => "ask_closure", "move-ask-closure":
        Identified | UrgentAction | Registered | Assessment | Planning | Implementation | Monitoring -> ClosureRequested,
        Care, needs [EmergencyDelivered, JudicialDecided, MeasureEnded, PlacementBody, ChildView, FinalReport, Determination];
    /// The closure is granted.
    Close => "close", "move-close":
        ClosureRequested -> Closed, OtherSupervisor,
        needs [EmergencyDelivered, JudicialDecided, MeasureEnded, PlacementBody, ChildView, FinalReport, Determination];
}

impl Move {
    /// What must be known or done for it from that state: what leaving the state needs, and what the move needs.
    pub fn needs_from(self, from: EpisodeState) -> Vec<Lack> {
        let mut all = from.leaving().to_vec();
        all.extend(self.needs());
        all
    }

    /// Whether it ends the episode, with a reason of the list.
    pub const fn closes(self) -> bool {
        matches!(self, Self::Close)
    }

    /// Whether it is explained: in words, or by the list.
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::AskClosure | Self::Close | Self::RefuseClosure)
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// Where an episode stands, for somebody who would move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: EpisodeState,
    /// Where it was when a closure was asked for, if one is.
    pub asked_from: Option<EpisodeState>,
    /// Whether it is the reader who asked.
    pub asked_by_reader: bool,
}

/// A legal move of one episode, made by somebody who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    made: Move,
    from: EpisodeState,
    to: EpisodeState,
}

impl Step {
    /// The move.
    pub const fn made(self) -> Move {
        self.made
    }

    /// From where.
    pub const fn from(self) -> EpisodeState {
        self.from
    }

    /// To where.
    pub const fn to(self) -> EpisodeState {
        self.to
    }
}

/// Why a move is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It does not begin here: somebody was quicker.
    NotFromHere,
    /// It is another's to make.
    NotYours,
    /// Who asks does not answer.
    FourEyes,
    /// Something is to be done first.
    Lacking(Vec<Lack>),
}

impl Standing {
    /// The moves that begin here and are this role's to make, whatever is lacking for them.
    pub fn moves(self, role: Role) -> impl Iterator<Item = Move> {
        Move::ALL
            .iter()
            .copied()
            .filter(move |one| matches!(self.may(*one, role), Ok(()) | Err(Refusal::FourEyes)))
    }

    /// Makes a move, or says why not.
    pub fn step(self, made: Move, role: Role, facts: Facts) -> Result<Step, Refusal> {
        self.may(made, role)?;
        let lacking = facts.lacking(&made.needs_from(self.state));
        if !lacking.is_empty() {
            return Err(Refusal::Lacking(lacking));
        }
        let to = made.to().or(self.asked_from).ok_or(Refusal::NotFromHere)?;
        Ok(Step {
            made,
            from: self.state,
            to,
        })
    }

    fn may(self, made: Move, role: Role) -> Result<(), Refusal> {
        if !made.from().contains(&self.state) {
            return Err(Refusal::NotFromHere);
        }
        match (made.who(), role) {
            (Who::OtherSupervisor, Role::Supervisor) if self.asked_by_reader => {
                Err(Refusal::FourEyes)
            }
            (_, Role::Supervisor) | (Who::Care, Role::SocialWorker) => Ok(()),
            _ => Err(Refusal::NotYours),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Everything known, everything done.
    fn whole() -> Facts {
        Facts::any(std::iter::repeat(true))
    }

    fn at(state: EpisodeState) -> Standing {
        Standing {
            state,
            asked_from: (state == EpisodeState::ClosureRequested)
                .then_some(EpisodeState::Monitoring),
            asked_by_reader: false,
        }
    }

    #[test]
    fn only_listed_moves_are_made_by_those_who_may() {
        for state in EpisodeState::ALL {
            for made in Move::ALL {
                let listed = made.from().contains(state);
                let step = at(*state).step(*made, Role::Supervisor, whole());
                assert_eq!(step.is_ok(), listed, "{made:?} from {state:?}");
                let step = at(*state).step(*made, Role::Prosecutor, whole());
                assert!(step.is_err(), "{made:?} by the prosecution");
            }
        }
    }

    #[test]
    fn a_worker_asks_for_closure_and_another_grants_it() {
        let worker = Role::SocialWorker;
        let asked = at(EpisodeState::ClosureRequested);
        assert!(
            at(EpisodeState::Monitoring)
                .step(Move::AskClosure, worker, whole())
                .is_ok()
        );
        assert_eq!(
            asked.step(Move::Close, worker, whole()),
            Err(Refusal::NotYours)
        );
        let mine = Standing {
            asked_by_reader: true,
            ..asked
        };
        assert_eq!(
            mine.step(Move::Close, Role::Supervisor, whole()),
            Err(Refusal::FourEyes)
        );
        assert_eq!(
            mine.step(Move::RefuseClosure, Role::Supervisor, whole()),
            Err(Refusal::FourEyes)
        );
        assert!(asked.step(Move::Close, Role::Supervisor, whole()).is_ok());
    }

    #[test]
    fn a_closure_refused_puts_the_file_back_where_it_was() {
        for from in Move::AskClosure.from() {
            let asked = Standing {
                asked_from: Some(*from),
                ..at(EpisodeState::ClosureRequested)
            };
            let step = asked
                .step(Move::RefuseClosure, Role::Supervisor, Facts::default())
                .unwrap();
            assert_eq!(step.to(), *from);
        }
    }

    #[test]
    fn what_is_lacking_is_named() {
        for made in Move::ALL {
            for from in made.from() {
                let step = at(*from).step(*made, Role::Supervisor, Facts::default());
                match made.needs_from(*from) {
                    needs if needs.is_empty() => assert!(step.is_ok(), "{made:?}"),
                    needs => assert_eq!(step, Err(Refusal::Lacking(needs)), "{made:?}"),
                }
            }
        }
    }

    #[test]
    fn every_way_out_of_the_register_asks_for_the_minimum() {
        let minimum = EpisodeState::Registered.leaving();
        assert_eq!(minimum.len(), 6);
        let ways = Move::ALL
            .iter()
            .filter(|made| made.from().contains(&EpisodeState::Registered));
        assert_eq!(ways.clone().count(), 2, "the assessment and the closing");
        for made in ways {
            for lack in minimum {
                // all but one
                let answers = Lack::ALL.iter().map(|one| one != lack);
                let step =
                    at(EpisodeState::Registered).step(*made, Role::Supervisor, Facts::any(answers));
                assert_eq!(step, Err(Refusal::Lacking(vec![*lack])), "{made:?}");
            }
        }
    }

    proptest! {
        /// Whatever is tried, by whom and in what order, a file is always in a state from which a child can
        /// still be helped or the file closed, and it closes by two people only.
        #[test]
        fn a_random_walk_stays_on_the_path(tries in prop::collection::vec((0usize..64, 0usize..3, any::<[bool; 20]>()), 0..60)) {
            let mut standing = Standing { state: EpisodeState::Identified, asked_from: None, asked_by_reader: false };
            let mut asked_by = None;
            for (which, who, answers) in tries {
                let made = Move::ALL[which % Move::ALL.len()];
                // a worker and two supervisors
                let role = if who == 0 { Role::SocialWorker } else { Role::Supervisor };
                let facts = Facts::any(answers.into_iter());
                standing.asked_by_reader = asked_by == Some(who);
                let Ok(step) = standing.step(made, role, facts) else { continue };
                prop_assert_eq!(step.from(), standing.state);
                prop_assert!(made.needs_from(step.from()).iter().all(|need| !facts.lack(*need)));
                match made {
                    Move::AskClosure => {
                        asked_by = Some(who);
                        standing.asked_from = Some(standing.state);
                    }
                    Move::Close => prop_assert!(role == Role::Supervisor && asked_by != Some(who)),
                    Move::RefuseClosure => {
                        prop_assert_eq!(Some(step.to()), standing.asked_from);
                        asked_by = None;
                        standing.asked_from = None;
                    }
                    _ => prop_assert!(step.to() > step.from()),
                }
                standing.state = step.to();
            }
            prop_assert_eq!(standing.state == EpisodeState::ClosureRequested || standing.state == EpisodeState::Closed,
                            standing.asked_from.is_some());
            let ahead = standing.moves(Role::Supervisor).count();
            prop_assert_eq!(ahead == 0, standing.state == EpisodeState::Closed);
        }
    }
}
