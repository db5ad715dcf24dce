//! The rule of the fork once more (schema D19, decision 0086), small and apart: what the database keeps is compared with
//! it. Days are counted back from today.

use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Pending,
    Prosecuted,
    NotProsecuted,
}

#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub(super) id: Uuid,
    pub(super) effect: Effect,
    /// Days before today.
    pub(super) decided: i64,
    pub(super) recorded: i64,
    /// The nth thing that happened: what orders those of one day.
    pub(super) nth: u32,
    pub(super) corrects: Option<Uuid>,
}

impl Decision {
    /// The day from which help is judged by it, in days before today.
    fn acts(&self) -> i64 {
        match self.effect {
            Effect::Prosecuted => self.decided.min(self.recorded),
            Effect::Pending | Effect::NotProsecuted => self.decided,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Procedure {
    pub(super) file: Uuid,
    pub(super) sent: i64,
    /// She came into it by a joinder on that day.
    pub(super) joined: Option<i64>,
    /// It was joined to another on that day.
    pub(super) ended: Option<i64>,
    pub(super) decisions: Vec<Decision>,
}

/// One woman, and what is known of her so far.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) procedures: Vec<Procedure>,
    pub(super) overridden: Vec<Uuid>,
    pub(super) opened_without: bool,
}

impl Model {
    /// Where she stands on a day: the effect, and the prosecution that an opening would be against.
    fn on(&self, day: i64) -> (Option<Effect>, Option<Uuid>) {
        let mut found: Option<(Effect, Option<&Decision>)> = None;
        for one in &self.procedures {
            let is_there = one.sent >= day
                && one.joined.is_none_or(|joined| joined >= day)
                && one.ended.is_none_or(|ended| ended < day);
            if !is_there {
                continue;
            }
            let known = |decision: &&Decision| decision.acts() >= day;
            let live = one.decisions.iter().filter(known).filter(|decision| {
                !one.decisions
                    .iter()
                    .filter(known)
                    .any(|later| later.corrects == Some(decision.id))
            });
            let last = live.max_by_key(|decision| (-decision.decided, decision.nth));
            let effect = last.map_or(Effect::Pending, |decision| decision.effect);
            let is_stronger = |other: Effect| match (effect, other) {
                (Effect::Prosecuted, Effect::Prosecuted) => {
                    last.map(|one| one.nth) > found.and_then(|(_, one)| one.map(|one| one.nth))
                }
                (Effect::Prosecuted, _) | (Effect::Pending, Effect::NotProsecuted) => true,
                _ => false,
            };
            if found.is_none_or(|(other, _)| is_stronger(other)) {
                found = Some((effect, last));
            }
        }
        let effect = found.map(|(effect, _)| effect);
        let against = found.filter(|(effect, _)| *effect == Effect::Prosecuted);
        (effect, against.and_then(|(_, one)| one.map(|one| one.id)))
    }

    /// A supervisor's word fits what stands on that day.
    fn is_opened(&self, day: i64) -> bool {
        match self.on(day) {
            (None, _) => self.opened_without,
            (_, Some(decision)) => self.overridden.contains(&decision),
            _ => false,
        }
    }

    /// As the database writes it beside an act.
    pub(super) fn code(&self, day: i64) -> &'static str {
        match self.on(day).0 {
            None => "no_procedure",
            Some(Effect::Pending) => "pending",
            Some(Effect::Prosecuted) => "prosecuted",
            Some(Effect::NotProsecuted) => "not_prosecuted",
        }
    }

    /// Whether help of that day is open to her: what is urgent while a decision is awaited, everything where she is not
    /// prosecuted, and otherwise what a supervisor opened.
    pub(super) fn lets(&self, day: i64, is_urgent: bool) -> bool {
        match self.on(day).0 {
            Some(Effect::NotProsecuted) => true,
            Some(Effect::Pending) => is_urgent,
            None | Some(Effect::Prosecuted) => self.is_opened(day),
        }
    }

    /// Whether what is given on that day counts among the four services: to a mother who is not prosecuted then, or was
    /// never referred. What was opened against a prosecution is given, and not counted.
    pub(super) fn counts(&self, day: i64) -> bool {
        matches!(self.on(day).0, None | Some(Effect::NotProsecuted))
    }

    /// What a supervisor would open under today: the ground, the decision, and whether there is something to open.
    pub(super) fn opening(&self) -> (&'static str, Option<Uuid>, bool) {
        match self.on(0) {
            (None, _) => ("no_procedure", None, !self.opened_without),
            (_, Some(decision)) => (
                "override",
                Some(decision),
                !self.overridden.contains(&decision),
            ),
            _ => ("no_procedure", None, false),
        }
    }
}
