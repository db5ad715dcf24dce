//! Where an act of help stands, and the moves there are (domain §3.4). A move that is not listed has no name, and a
//! [`Step`] is made by [`Standing::step`] alone: an illegal one cannot be written.

macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal, $class:literal, $icon:literal),+ $(,)?) => {
        /// Where an act stands. That its loop is closed is a mark beside it: what was given stays given.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ServiceState { $($(#[$doc])* $variant),+ }

        impl ServiceState {
            /// Every state, in the order of the path.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// As the database knows it.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// Key of its words.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// Class of its pill.
            pub const fn class(self) -> &'static str { match self { $(Self::$variant => $class),+ } }
            /// Name of its icon.
            pub const fn icon(self) -> &'static str { match self { $(Self::$variant => $icon),+ } }
        }
    };
}
states! {
    /// مبرمجة: the cell, or whoever it agreed with, gives it on a day
    Planned => "planned", "service-planned", "indigo", "calendar",
    /// مقترحة: to be asked of a provider
    Proposed => "proposed", "service-proposed", "", "pencil",
    /// أُرسل الطلب
    Sent => "sent", "service-sent", "amber", "send",
    /// قُبل الطلب
    Accepted => "accepted", "service-accepted", "indigo", "check",
    /// رُفض الطلب
    Refused => "refused", "service-refused", "red", "x",
    /// حُدد الموعد
    Scheduled => "scheduled", "service-scheduled", "indigo", "calendar",
    /// قُدمت
    Delivered => "delivered", "service-delivered", "brand", "check",
    /// قُدم جزء منها
    Partial => "partial", "service-partial", "brand", "hourglass",
    /// لم يحضر أحد
    NoShow => "no_show", "service-no-show", "amber", "circle-alert",
    /// أُلغيت
    Cancelled => "cancelled", "service-cancelled", "grey", "x",
}

impl ServiceState {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }

    /// Help reached somebody, in whole or in part.
    pub const fn is_given(self) -> bool {
        matches!(self, Self::Delivered | Self::Partial)
    }

    /// Something is still expected of somebody.
    pub const fn is_awaited(self) -> bool {
        !matches!(
            self,
            Self::Delivered | Self::Partial | Self::Refused | Self::Cancelled
        )
    }
}

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever works on the file.
    Cell,
    /// The provider's focal point; or the cell, for a provider that answered by telephone.
    Either,
}

/// The day that a move speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// None.
    Without,
    /// One that comes: an appointment.
    Coming,
    /// One that has come: of the help.
    Past,
}

/// The side on which somebody makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The cell.
    Cell,
    /// The organisation that was asked.
    Provider,
}

macro_rules! moves {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal:
        $($from:ident)|+ -> $to:ident, $who:ident, $day:ident, why $why:literal;)+) => {
        /// A move of an act.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ServiceMove {
            $($(#[$doc])* $variant,)+
            /// The last: what came of it is said, or what becomes of a refusal. The state stays.
            CloseLoop,
        }

        impl ServiceMove {
            /// Every move.
            pub const ALL: &[Self] = &[$(Self::$variant,)+ Self::CloseLoop];
            /// As a form sends it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ Self::CloseLoop => "close_loop" }
            }
            /// Key of its words.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ Self::CloseLoop => "service-move-close" }
            }
            /// From where.
            pub const fn from(self) -> &'static [ServiceState] {
                match self {
                    $(Self::$variant => &[$(ServiceState::$from),+],)+
                    Self::CloseLoop => &[ServiceState::Delivered, ServiceState::Partial, ServiceState::Refused],
                }
            }
            /// To where; `None` stays.
            pub const fn to(self) -> Option<ServiceState> {
                match self { $(Self::$variant => Some(ServiceState::$to),)+ Self::CloseLoop => None }
            }
            /// By whom.
            pub const fn who(self) -> Who {
                match self { $(Self::$variant => Who::$who,)+ Self::CloseLoop => Who::Cell }
            }
            /// The day it speaks of.
            pub const fn day(self) -> Day {
                match self { $(Self::$variant => Day::$day,)+ Self::CloseLoop => Day::Without }
            }
            /// The reasons that explain it, as `ref.service_reason.about`; empty if it needs none.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => $why,)+ Self::CloseLoop => "" }
            }
        }
    };
}
moves! {
    /// The extract leaves for the provider.
    Send => "send", "service-move-send": Proposed -> Sent, Cell, Without, why "";
    /// The provider will help; the day is still to be agreed.
    Accept => "accept", "service-move-accept": Sent -> Accepted, Either, Without, why "";
    /// A day is agreed, or another one.
    Schedule => "schedule", "service-move-schedule":
        Planned | Sent | Accepted | Scheduled | NoShow -> Scheduled, Either, Coming, why "";
    /// Help was given.
    Deliver => "deliver", "service-move-deliver":
        Planned | Sent | Accepted | Scheduled | NoShow | Partial -> Delivered, Either, Past, why "";
    /// Help began, and there is more to come.
    DeliverPartly => "deliver_partly", "service-move-deliver-partly":
        Planned | Sent | Accepted | Scheduled | NoShow -> Partial, Either, Past, why "";
    /// Nobody came, or nobody was there to help.
    Miss => "miss", "service-move-miss": Planned | Accepted | Scheduled -> NoShow, Either, Without, why "no_show";
    /// The provider will not, or cannot.
    Refuse => "refuse", "service-move-refuse": Sent | Accepted | Scheduled -> Refused, Either, Without, why "refused";
    /// The cell calls it off.
    Cancel => "cancel", "service-move-cancel":
        Planned | Proposed | Sent | Accepted | Scheduled | NoShow -> Cancelled, Cell, Without, why "cancelled";
}

impl ServiceMove {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Whether it ends with the day on which it is tried again.
    pub const fn may_be_tried_again(self) -> bool {
        matches!(self, Self::Miss)
    }
}

/// Where an act stands, for somebody who would move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: ServiceState,
    /// Its loop is closed.
    pub is_closed: bool,
}

/// A legal move of one act, made by somebody who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    made: ServiceMove,
    from: ServiceState,
    to: ServiceState,
}

impl Step {
    /// The move.
    pub const fn made(self) -> ServiceMove {
        self.made
    }

    /// From where.
    pub const fn from(self) -> ServiceState {
        self.from
    }

    /// To where.
    pub const fn to(self) -> ServiceState {
        self.to
    }

    /// Where the act stands after it.
    pub fn then(self) -> Standing {
        Standing {
            state: self.to,
            is_closed: matches!(self.made, ServiceMove::CloseLoop | ServiceMove::Cancel),
        }
    }
}

impl Standing {
    /// The moves that begin here and are this side's to make.
    pub fn moves(self, side: Side) -> impl Iterator<Item = ServiceMove> {
        ServiceMove::ALL
            .iter()
            .copied()
            .filter(move |made| self.step(*made, side).is_some())
    }

    /// Makes a move; nothing if it does not begin here, or is the other side's.
    pub fn step(self, made: ServiceMove, side: Side) -> Option<Step> {
        let may = made.who() == Who::Either || side == Side::Cell;
        (may && !self.is_closed && made.from().contains(&self.state)).then(|| Step {
            made,
            from: self.state,
            to: made.to().unwrap_or(self.state),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BIRTHS: [ServiceState; 3] = [
        ServiceState::Planned,
        ServiceState::Proposed,
        ServiceState::Delivered,
    ];

    #[test]
    fn codes_come_back() {
        for state in ServiceState::ALL {
            assert_eq!(ServiceState::from_code(state.code()), Some(*state));
        }
        for made in ServiceMove::ALL {
            assert_eq!(ServiceMove::from_code(made.code()), Some(*made));
        }
    }

    #[test]
    fn a_provider_neither_sends_nor_calls_off_nor_closes() {
        for state in ServiceState::ALL {
            let standing = Standing {
                state: *state,
                is_closed: false,
            };
            for made in [
                ServiceMove::Send,
                ServiceMove::Cancel,
                ServiceMove::CloseLoop,
            ] {
                assert_eq!(standing.step(made, Side::Provider), None);
            }
        }
    }

    #[test]
    fn nothing_moves_once_the_loop_is_closed() {
        for state in ServiceState::ALL {
            let standing = Standing {
                state: *state,
                is_closed: true,
            };
            assert_eq!(standing.moves(Side::Cell).count(), 0);
        }
    }

    #[test]
    fn every_state_is_reached_and_every_open_one_can_end() {
        let mut reached: Vec<_> = BIRTHS.into();
        for _ in ServiceState::ALL {
            for made in ServiceMove::ALL {
                if made.from().iter().any(|from| reached.contains(from)) {
                    reached.extend(
                        made.to()
                            .filter(|to| !reached.contains(to))
                            .into_iter()
                            .collect::<Vec<_>>(),
                    );
                }
            }
        }
        assert_eq!(reached.len(), ServiceState::ALL.len());
        for state in ServiceState::ALL.iter().filter(|s| s.is_awaited()) {
            let standing = Standing {
                state: *state,
                is_closed: false,
            };
            assert!(
                standing.moves(Side::Cell).any(|m| m == ServiceMove::Cancel),
                "{state:?}"
            );
        }
    }

    proptest! {
        /// Whatever is tried in whatever order: only listed moves happen, help given is never taken back, and what
        /// is closed stays as it is.
        #[test]
        fn random_walks_never_leave_the_machine(
            birth in 0..BIRTHS.len(),
            tries in proptest::collection::vec((0..ServiceMove::ALL.len(), any::<bool>()), 0..40),
        ) {
            let mut now = Standing { state: BIRTHS[birth], is_closed: false };
            for (which, is_provider) in tries {
                let made = ServiceMove::ALL[which];
                let side = if is_provider { Side::Provider } else { Side::Cell };
                let Some(step) = now.step(made, side) else { continue };
                prop_assert!(!now.is_closed && made.from().contains(&now.state));
                prop_assert!(!now.state.is_given() || step.to().is_given(), "help is not taken back");
                prop_assert!(step.to() != ServiceState::Sent || now.state == ServiceState::Proposed);
                now = step.then();
            }
        }
    }
}
