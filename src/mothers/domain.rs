//! The fork and what it opens (schema D19, domain §3.5). Knows neither HTTP nor SQL.

use super::records::{Alike, Record};
use crate::{
    ids::{CaseId, DecisionId, PersonId},
    people::{Birth, Claim, Names, Signs},
    reference::Code,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Where the procedures that concern a mother stand, all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// No file that concerns her was ever sent.
    NoProcedure,
    /// A file was sent; nothing is decided.
    Pending,
    /// Decided: not prosecuted.
    NotProsecuted,
    /// Decided: prosecuted, in one procedure at least.
    Prosecuted,
}

impl Effect {
    /// Every one, in the order of the filter.
    pub const ALL: [Self; 4] = [
        Self::Pending,
        Self::NotProsecuted,
        Self::Prosecuted,
        Self::NoProcedure,
    ];

    /// As the database and the query string know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoProcedure => "no_procedure",
            Self::Pending => "pending",
            Self::NotProsecuted => "not_prosecuted",
            Self::Prosecuted => "prosecuted",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effect| effect.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoProcedure => "decision-mother-none",
            Self::Pending => "decision-mother-pending",
            Self::NotProsecuted => "decision-mother-not-prosecuted",
            Self::Prosecuted => "decision-mother-prosecuted",
        }
    }

    /// Name of its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::NoProcedure => "file-text",
            Self::Pending => "hourglass",
            Self::NotProsecuted => "check",
            Self::Prosecuted => "scale",
        }
    }
}

/// Why a supervisor opens the four services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// No procedure will decide.
    NoProcedure,
    /// Against a prosecution: acquittal, suspended sentence, breastfeeding.
    Override,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::NoProcedure, Self::Override];

    /// The ground that opens under an effect. A pending decision is waited for; a favourable one opens alone.
    pub const fn under(effect: Effect) -> Option<Self> {
        match effect {
            Effect::NoProcedure => Some(Self::NoProcedure),
            Effect::Prosecuted => Some(Self::Override),
            Effect::Pending | Effect::NotProsecuted => None,
        }
    }

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoProcedure => "no_procedure",
            Self::Override => "override",
        }
    }

    /// Whether a code of `ref.no_procedure_reason` can stand for it: an acquittal is against a prosecution, and a
    /// prosecution was not for want of a sign.
    pub fn takes(self, reason: &Code) -> bool {
        let of = reason.text("ground");
        of == Some("any") || of == Some(self.code())
    }
}

/// What may be given to a mother now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The four services.
    Open,
    /// Urgent kinds only, outside the four services.
    UrgentOnly,
    /// Nothing new.
    Blocked,
}

/// The rule. `opened` is a supervisor's opening on the ground that fits the effect ([`Ground::under`]).
pub const fn access(effect: Effect, opened: bool) -> Access {
    match (effect, opened) {
        (Effect::NotProsecuted, _) | (Effect::NoProcedure | Effect::Prosecuted, true) => {
            Access::Open
        }
        (Effect::Pending, _) => Access::UrgentOnly,
        (Effect::NoProcedure | Effect::Prosecuted, false) => Access::Blocked,
    }
}

impl Access {
    /// Whether a kind may be given, by its being urgent.
    pub const fn allows(self, urgent: bool) -> bool {
        match self {
            Self::Open => true,
            Self::UrgentOnly => urgent,
            Self::Blocked => false,
        }
    }
}

/// Where a mother stood since a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The first day of whose help it decides; `None`: from the beginning.
    pub since: Option<NaiveDate>,
    /// The effect of all procedures.
    pub effect: Effect,
    /// Whether a supervisor opened the services on the ground that fits it.
    pub is_opened: bool,
}

/// Where one mother stood, day by day: what decides whether a service may be recorded for her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MotherTrack(Vec<Stand>);

impl MotherTrack {
    /// From the earliest to the latest.
    pub const fn new(stands: Vec<Stand>) -> Self {
        Self(stands)
    }

    /// On a day. Help is judged by what held when it was given, not by what came later.
    pub fn on(&self, day: NaiveDate) -> Stand {
        let held = |stand: &&Stand| stand.since.is_none_or(|since| since <= day);
        let latest = self.0.iter().rev().find(held).copied();
        latest.unwrap_or(Stand {
            since: None,
            effect: Effect::NoProcedure,
            is_opened: false,
        })
    }
}

/// The four families of services (R24–R27), with their icons.
pub const FAMILIES: [(&str, &str); 4] = [
    ("psychological_support", "brain"),
    ("family_mediation", "handshake"),
    ("social_programmes", "hand-heart"),
    ("training_employment", "graduation-cap"),
];

/// A supervisor's opening.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Code of `ref.no_procedure_reason`.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// An opening that a conviction closed.
#[derive(Debug, Clone)]
pub struct Closed {
    /// What had been opened.
    pub opening: Opening,
    /// The first day on which it opened nothing any more.
    pub on: NaiveDate,
}

/// The latest decision behind an effect, as far as the reader may see it.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Code of `ref.adult_decision_kind`.
    pub kind: String,
    /// The court.
    pub court: crate::authz::CourtId,
    /// Number of the act, as the court writes it: `96/2026`.
    pub act: Option<String>,
}

/// Where a mother stands, for someone who may know it.
#[derive(Debug, Clone)]
pub struct Track {
    /// The effect of all procedures.
    pub effect: Effect,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The decision that stands; of several prosecutions the one that became known last. An opening against it is
    /// against no other.
    pub standing: Option<DecisionId>,
    /// When her first file was sent.
    pub sent: Option<NaiveDate>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// The opening that fits what stands.
    pub opening: Option<Opening>,
    /// Where there is none because the court convicted her: the last one.
    pub closed: Option<Closed>,
}

impl Track {
    /// What may be given to her now.
    pub const fn access(&self) -> Access {
        access(self.effect, self.opening.is_some())
    }
}

/// A mother of the prefecture.
#[derive(Debug, Clone)]
pub struct Mother {
    /// Who.
    pub id: PersonId,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// Code of `ref.nationality`; `None`: not asked.
    pub nationality: Option<String>,
    /// Code of `ref.civil_status`; `None`: not asked.
    pub civil_status: Option<String>,
    /// Names.
    pub names: Names,
    /// `None` for a reader who works on none of her children's files: no decision, no service (P14).
    pub track: Option<Track>,
    /// What the children around her tell; of a supervisor's page alone, and rarely.
    pub signs: Option<Signs>,
    /// Her other records here: her page is of all of them.
    pub also: Vec<Record>,
    /// Records that may be hers; of a supervisor's page alone.
    pub alike: Vec<Alike>,
    /// Whether others are looked for: not where protected children alone are around.
    pub is_compared: bool,
}

/// One of her children.
#[derive(Debug, Clone)]
pub struct Child {
    /// Who.
    pub id: PersonId,
    /// Sex.
    pub sex: String,
    /// Birth.
    pub birth: Option<Birth>,
    /// Names.
    pub names: Names,
    /// What is known of the kinship.
    pub claim: Claim,
    /// Code of `ref.relation_proof`.
    pub proof: Option<String>,
    /// Code of `ref.civil_status`; `None`: not asked.
    pub civil_status: Option<String>,
    /// The file, its number, and whether the reader may open it.
    pub case: Option<(CaseId, String, bool)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_opens_urgent_help_only_whatever_a_supervisor_says() {
        assert_eq!(access(Effect::Pending, false), Access::UrgentOnly);
        assert_eq!(access(Effect::Pending, true), Access::UrgentOnly);
        assert_eq!(Ground::under(Effect::Pending), None);
    }

    #[test]
    fn not_prosecuted_opens_the_four_by_itself() {
        assert_eq!(access(Effect::NotProsecuted, false), Access::Open);
        assert_eq!(access(Effect::NotProsecuted, true), Access::Open);
        assert_eq!(Ground::under(Effect::NotProsecuted), None);
    }

    #[test]
    fn prosecuted_is_blocked_unless_a_supervisor_overrides() {
        assert_eq!(access(Effect::Prosecuted, false), Access::Blocked);
        assert_eq!(access(Effect::Prosecuted, true), Access::Open);
        assert_eq!(Ground::under(Effect::Prosecuted), Some(Ground::Override));
    }

    #[test]
    fn no_procedure_is_closed_until_a_supervisor_opens() {
        assert_eq!(access(Effect::NoProcedure, false), Access::Blocked);
        assert_eq!(access(Effect::NoProcedure, true), Access::Open);
        assert_eq!(
            Ground::under(Effect::NoProcedure),
            Some(Ground::NoProcedure)
        );
    }

    #[test]
    fn urgent_help_passes_where_the_four_do_not() {
        assert!(Access::Open.allows(false) && Access::Open.allows(true));
        assert!(!Access::UrgentOnly.allows(false) && Access::UrgentOnly.allows(true));
        assert!(!Access::Blocked.allows(false) && !Access::Blocked.allows(true));
    }

    #[test]
    fn help_is_judged_by_what_held_on_its_day() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap();
        let stand = |since, effect| Stand {
            since,
            effect,
            is_opened: false,
        };
        let track = MotherTrack::new(vec![
            stand(None, Effect::NoProcedure),
            stand(Some(day(2)), Effect::Pending),
            stand(Some(day(4)), Effect::NotProsecuted),
            stand(Some(day(6)), Effect::Prosecuted),
        ]);
        let on = |d| track.on(day(d)).effect;
        assert_eq!(
            [1, 2, 3, 5, 6].map(on),
            [
                Effect::NoProcedure,
                Effect::Pending,
                Effect::Pending,
                Effect::NotProsecuted,
                Effect::Prosecuted
            ]
        );
    }

    #[test]
    fn an_override_needs_a_reason_of_its_own() {
        let reason = |ground: &str| -> Code {
            serde_json::from_value(serde_json::json!({
                "code": "x", "ar": "", "fr": "", "en": "", "sort": 0,
                "valid_from": null, "valid_to": null, "is_missing": false, "ground": ground
            }))
            .unwrap()
        };
        let takes = |ground: Ground| {
            ["no_procedure", "override", "any"].map(|of| ground.takes(&reason(of)))
        };
        assert_eq!(takes(Ground::NoProcedure), [true, false, true]);
        assert_eq!(takes(Ground::Override), [false, true, true]);
    }

    #[test]
    fn codes_come_back() {
        for effect in Effect::ALL {
            assert_eq!(Effect::from_code(effect.code()), Some(effect));
        }
        assert_eq!(Effect::from_code("guilty"), None);
    }
}
