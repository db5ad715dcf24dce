//! Where the offer of a place stands, and the moves there are. As in the episode of a file, what is not listed
//! has no name, and a [`BedStep`] is made by [`BedState::step`] alone.

macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal, $tone:literal),+ $(,)?) => {
        /// Where it stands (domain §3.4).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum BedState { $($(#[$doc])* $variant),+ }

        impl BedState {
            /// Every state, in the order of the path.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// As the database knows it.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// Key of its words.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// How its pill is coloured.
            pub const fn tone(self) -> &'static str { match self { $(Self::$variant => $tone),+ } }
        }
    };
}
states! {
    /// طُلب مكان: no place is free there, the institution answers.
    Requested => "requested", "bed-state-requested", "amber",
    /// مكان محجوز: for a day.
    Held => "held", "bed-state-held", "amber",
    /// استُقبل
    Admitted => "admitted", "bed-state-admitted", "brand",
    /// خرج بإذن: the place waits.
    Left => "left", "bed-state-left", "",
    /// غادر دون إذن: the place waits, everyone searches.
    RanAway => "ran_away", "bed-state-ran-away", "red",
    /// انتهى الإيواء
    Discharged => "discharged", "bed-state-discharged", "grey",
    /// تعذر الاستقبال
    Refused => "refused", "bed-state-refused", "grey",
    /// انتهت مدة الحجز
    Expired => "expired", "bed-state-expired", "grey",
    /// أُلغي
    Cancelled => "cancelled", "bed-state-cancelled", "grey",
}

impl BedState {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }

    /// The child is there, or its place is.
    pub const fn is_placed(self) -> bool {
        matches!(self, Self::Admitted | Self::Left | Self::RanAway)
    }

    /// Something may still come of it.
    pub const fn is_live(self) -> bool {
        self.is_placed() || matches!(self, Self::Requested | Self::Held)
    }
}

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever works on the child's file.
    Care,
    /// The institution; where it has no account, the cell in its place.
    Institution,
    /// Either: a place that is free is held by who asks, one that becomes free by who has it.
    Both,
    /// Nobody: the time ran out.
    Clock,
}

macro_rules! moves {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $key:literal:
        $($from:ident)|+ -> $to:ident, $by:ident;)+) => {
        /// A move.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum BedMove { $($(#[$doc])* $variant),+ }

        impl BedMove {
            /// Every move.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// As a form sends it.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// Key of the words on its button.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// From where.
            pub const fn from(self) -> &'static [BedState] { match self { $(Self::$variant => &[$(BedState::$from),+]),+ } }
            /// To where.
            pub const fn to(self) -> BedState { match self { $(Self::$variant => BedState::$to),+ } }
            /// By whom.
            pub const fn by(self) -> By { match self { $(Self::$variant => By::$by),+ } }
        }
    };
}
moves! {
    /// The place is the child's for a day.
    Hold => "hold", "bed-hold": Requested -> Held, Both;
    /// The child is there.
    Admit => "admit", "bed-admit": Held -> Admitted, Institution;
    /// The institution cannot receive the child.
    Refuse => "refuse", "bed-refuse": Requested | Held -> Refused, Institution;
    /// The place is not needed any more.
    Cancel => "cancel", "bed-cancel": Requested | Held -> Cancelled, Care;
    /// The day is over.
    Expire => "expire", "bed-expire": Requested | Held -> Expired, Clock;
    /// The child comes after the hold ran out, and a place is free.
    ReceiveLate => "receive_late", "bed-receive-late": Expired -> Admitted, Institution;
    /// The child leaves for some days, with permission.
    Leave => "leave", "bed-leave": Admitted -> Left, Institution;
    /// The child left without a word.
    RunAway => "run_away", "bed-run-away": Admitted | Left -> RanAway, Institution;
    /// The child is back.
    Return => "return", "bed-return": Left | RanAway -> Admitted, Institution;
    /// The stay is over.
    Discharge => "discharge", "bed-discharge": Admitted | Left | RanAway -> Discharged, Institution;
}

impl BedMove {
    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Whether it says on which day it happened.
    pub const fn has_day(self) -> bool {
        matches!(
            self,
            Self::Admit
                | Self::ReceiveLate
                | Self::Leave
                | Self::RunAway
                | Self::Return
                | Self::Discharge
        )
    }
}

/// A legal move, made by somebody who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BedStep {
    made: BedMove,
    from: BedState,
}

impl BedStep {
    /// The move.
    pub const fn made(self) -> BedMove {
        self.made
    }

    /// From where.
    pub const fn from(self) -> BedState {
        self.from
    }

    /// To where.
    pub const fn to(self) -> BedState {
        self.made.to()
    }
}

impl BedState {
    /// Makes a move, if it begins here and is theirs to make.
    pub fn step(self, made: BedMove, who: By) -> Option<BedStep> {
        let may = made.by() == who || (made.by() == By::Both && who != By::Clock);
        (may && made.from().contains(&self)).then_some(BedStep { made, from: self })
    }

    /// The moves that begin here and are theirs to make.
    pub fn moves(self, who: By) -> impl Iterator<Item = BedMove> {
        let all = BedMove::ALL.iter().copied();
        all.filter(move |made| self.step(*made, who).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_listed_moves_are_made_by_those_who_may() {
        for state in BedState::ALL {
            for made in BedMove::ALL {
                for who in [By::Care, By::Institution, By::Clock] {
                    let theirs = made.by() == who || (made.by() == By::Both && who != By::Clock);
                    let legal = theirs && made.from().contains(state);
                    assert_eq!(
                        state.step(*made, who).is_some(),
                        legal,
                        "{made:?} from {state:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_over_stays_over_but_for_a_child_who_comes_late() {
        for state in BedState::ALL {
            let mut ahead = BedMove::ALL
                .iter()
                .filter(|made| made.from().contains(state));
            let goes_on = ahead.any(|made| *made != BedMove::ReceiveLate);
            assert_eq!(goes_on, state.is_live(), "{state:?}");
        }
        assert_eq!(BedMove::ReceiveLate.from(), [BedState::Expired]);
    }

    proptest! {
        /// Whatever is tried, and by whom: a child is placed only through a place that was held, or late and by
        /// its institution; and a stay ends by its institution alone.
        #[test]
        fn a_random_walk_stays_on_the_path(tries in prop::collection::vec((0usize..64, 0usize..3), 0..60)) {
            let (mut state, mut was_held) = (BedState::Requested, false);
            for (which, who) in tries {
                let made = BedMove::ALL[which % BedMove::ALL.len()];
                let who = [By::Care, By::Institution, By::Clock][who];
                let Some(step) = state.step(made, who) else { continue };
                prop_assert_eq!(step.from(), state);
                if state.is_placed() {
                    prop_assert_eq!(who, By::Institution);
                }
                was_held |= step.to() == BedState::Held || made == BedMove::ReceiveLate;
                state = step.to();
                prop_assert!(was_held || !state.is_placed());
            }
        }
    }
}
