//! The rules of a judicial file: why it is sent, and what a decision must say.

pub use super::act_number::ActNumber;
use crate::{
    authz::{Actor, Role, Scope},
    forms::Paragraph,
    i18n::Msg,
    ids::DecisionId,
    reference::{Code, List},
};
use chrono::{DateTime, NaiveDate, Utc};

/// What a decision on an adult means for her or him (schema D19). No decision yet reads as pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Effect {
    /// Not settled: neither opens nor closes the four services.
    Pending,
    /// Prosecuted.
    Prosecuted,
    /// Not prosecuted.
    NotProsecuted,
}

impl Effect {
    /// The three, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Prosecuted, Self::NotProsecuted];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Prosecuted => "prosecuted",
            Self::NotProsecuted => "not_prosecuted",
        }
    }

    /// From the form.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        Self::ALL
            .into_iter()
            .find(|one| one.code() == text)
            .ok_or_else(|| Msg::new("error-choice"))
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pending => "decision-pending",
            Self::Prosecuted => "decision-prosecuted",
            Self::NotProsecuted => "decision-not-prosecuted",
        }
    }

    /// The field of its own list of kinds: each of the three has one, so that no script is needed.
    pub const fn kind_field(self) -> &'static str {
        match self {
            Self::Pending => "kind_pending",
            Self::Prosecuted => "kind_prosecuted",
            Self::NotProsecuted => "kind_not_prosecuted",
        }
    }

    /// Whether a kind of `ref.adult_decision_kind` has this effect.
    pub fn is_of(self, kind: &Code) -> bool {
        kind.text("effect") == Some(self.code())
    }
}

/// Why the cell may and must tell the prosecution. A short list; the doubtful ones say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalBasis {
    /// A child victim of an offence.
    ChildVictim,
    /// A child in a difficult situation.
    DifficultSituation,
    /// Begging with a child, employing or handing over a child (Penal Code 326–330).
    BeggingOffence,
    /// Exploitation of a child in begging as trafficking (Penal Code 448-1).
    Trafficking,
    /// A child left without care (law 15-01).
    AbandonedChild,
}

impl LegalBasis {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::ChildVictim,
        Self::DifficultSituation,
        Self::BeggingOffence,
        Self::Trafficking,
        Self::AbandonedChild,
    ];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ChildVictim => "child_victim",
            Self::DifficultSituation => "difficult_situation",
            Self::BeggingOffence => "begging_offence",
            Self::Trafficking => "trafficking",
            Self::AbandonedChild => "abandoned_child",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ChildVictim => "judicial-basis-child-victim",
            Self::DifficultSituation => "judicial-basis-difficult-situation",
            Self::BeggingOffence => "judicial-basis-begging-offence",
            Self::Trafficking => "judicial-basis-trafficking",
            Self::AbandonedChild => "judicial-basis-abandoned-child",
        }
    }

    /// Whether a text of the law was seen; the rest waits for a jurist (code of criminal procedure after
    /// law 03-23).
    pub const fn is_confirmed(self) -> bool {
        !matches!(self, Self::ChildVictim | Self::DifficultSituation)
    }

    /// From the form.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        Self::ALL
            .into_iter()
            .find(|one| one.code() == text)
            .ok_or_else(|| Msg::new("error-choice"))
    }
}

/// From which side a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The cell that sent it.
    Cell,
    /// The court that got it.
    Court,
}

impl Side {
    /// Of someone signed in.
    pub fn of(actor: &Actor) -> Self {
        if matches!(actor.scope, Scope::Court(_)) {
            Self::Court
        } else {
            Self::Cell
        }
    }

    /// Key of the name of its list.
    pub const fn desk_key(self) -> &'static str {
        match self {
            Self::Cell => "judicial-desk-cell",
            Self::Court => "judicial-desk-court",
        }
    }

    /// Whether it is the court's.
    pub fn is_court(self) -> bool {
        self == Self::Court
    }
}

/// A registrar enters what a prosecutor signed, so it has a number; a prosecutor may decide before it has.
pub fn needs_act(role: Role) -> bool {
    role == Role::CourtRegistrar
}

/// The day of a decision: not in the future, not before the file reached the court.
pub fn decided_on(day: NaiveDate, sent: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Msg> {
    if day > today {
        Err(Msg::new("error-date-future"))
    } else if day < sent {
        Err(Msg::new("decision-before-transmission"))
    } else {
        Ok(day)
    }
}

/// When a decision speaks among those on its person: by its day, and of one day by when it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// The day it was taken.
    pub decided_on: NaiveDate,
    /// When it was entered.
    pub recorded_at: DateTime<Utc>,
    /// Which it is.
    pub id: DecisionId,
}

/// Whether a measure that lasts is in force: none that puts an end to what lasts came after it. What was corrected neither
/// lasts nor ends, and is not asked about.
pub fn is_in_force(measure: Turn, ends: impl IntoIterator<Item = Turn>) -> bool {
    ends.into_iter().all(|end| end <= measure)
}

/// The list of the measures for a child: of the juvenile judge, or of the prosecution.
pub const fn measure_list(by_judge: bool) -> List {
    if by_judge {
        List::JuvenileMeasure
    } else {
        List::ChildDecisionKind
    }
}

/// Key of what has to follow a decision that settles nothing by itself: without it the adult waits for ever.
pub fn what_follows(kind: &str) -> Option<&'static str> {
    match kind {
        "competence_transfer" => Some("decision-next-transfer"),
        "joinder" => Some("decision-next-joinder"),
        _ => None,
    }
}

/// What a decision finds there when it is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The newest decision on the person.
    pub newest: Option<DecisionId>,
    /// Whether what lies under its id is the same, if anything does.
    pub same: Option<bool>,
    /// Whether the one that it corrects is one of this person in this file, and if so whether nothing corrected it yet.
    pub corrects: Option<bool>,
    /// Whether the file lies at the court.
    pub at_court: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is written.
    Written,
    /// It was, by the same press of the button.
    Same,
    /// It corrects what is not there.
    Stray,
    /// The form is given back with these words.
    GivenBack(&'static str),
}

impl Ruling {
    /// The same press again is the same decision. One whose author did not see the newest on this person is given back: what
    /// it stands beside, or corrects, was never read.
    pub fn fate(&self, found: &Found) -> Fate {
        match (found.same, self.corrects, found.corrects) {
            (Some(true), ..) => Fate::Same,
            (Some(false), ..) => Fate::GivenBack("decision-sent-otherwise"),
            (None, Some(_), None) => Fate::Stray,
            _ if !found.at_court => Fate::GivenBack("decision-file-left"),
            (None, Some(_), Some(false)) => Fate::GivenBack("decision-moved"),
            _ if found.newest != self.seen => Fate::GivenBack("decision-moved"),
            _ => Fate::Written,
        }
    }
}

/// What every decision says, on a child or on an adult.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Made by the server when the form was shown.
    pub id: DecisionId,
    /// The newest decision on this person that the author saw; another one since then is a conflict.
    pub seen: Option<DecisionId>,
    /// The one that it corrects. A further decision corrects none: it stands beside those before it.
    pub corrects: Option<DecisionId>,
    /// The day it was taken.
    pub decided_on: NaiveDate,
    /// Number of the signed act.
    pub act: Option<ActNumber>,
}

/// A measure for a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildMeasure {
    /// Day, act, precedence.
    pub ruling: Ruling,
    /// Code of `ref.child_decision_kind`.
    pub kind: String,
    /// What the cell has to do.
    pub instructions: Option<Paragraph>,
}

/// A decision on an adult.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdultDecision {
    /// Day, act, precedence.
    pub ruling: Ruling,
    /// Code of `ref.adult_decision_kind`.
    pub kind: String,
    /// Its effect that day, copied: a later change of the list rewrites no past.
    pub effect: Effect,
    /// Code of `ref.offence`, the main one; always there when prosecuted, never otherwise.
    pub offence: Option<String>,
    /// Those beside it, in the order in which they were chosen.
    pub further: Vec<String>,
    /// Code of `ref.non_prosecution_reason`; always there when not prosecuted, never otherwise.
    pub reason: Option<String>,
    /// Read by the court alone.
    pub text: Option<Paragraph>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_the_database_s_own_list() {
        let sql = include_str!("../../migrations/0009_prosecution.sql");
        let (_, after) = sql.split_once("check (effect in (").unwrap();
        let (list, _) = after.split_once("))").unwrap();
        let codes: Vec<&str> = list
            .split(',')
            .map(|code| code.trim().trim_matches('\''))
            .collect();
        assert_eq!(codes, Effect::ALL.map(Effect::code));
    }

    #[test]
    fn a_decision_is_neither_tomorrow_nor_before_the_file_came() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(decided_on(day(20), day(20), day(24)), Ok(day(20)));
        assert_eq!(
            decided_on(day(25), day(20), day(24)),
            Err(Msg::new("error-date-future"))
        );
        assert_eq!(
            decided_on(day(19), day(20), day(24)),
            Err(Msg::new("decision-before-transmission"))
        );
    }

    #[test]
    fn a_further_measure_ends_none_but_one_that_ends() {
        let turn = |day, hour| {
            let decided_on = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
            let recorded_at = decided_on.and_hms_opt(hour, 0, 0).unwrap().and_utc();
            Turn {
                decided_on,
                recorded_at,
                id: DecisionId::new(recorded_at),
            }
        };
        assert!(is_in_force(turn(20, 9), []));
        assert!(is_in_force(turn(20, 9), [turn(19, 23), turn(20, 8)]));
        assert!(!is_in_force(turn(20, 9), [turn(20, 10)]));
        assert!(!is_in_force(turn(20, 9), [turn(18, 9), turn(22, 7)]));
    }

    #[test]
    fn a_decision_is_written_once_by_who_has_seen_the_newest() {
        let id = |n: u128| Some(DecisionId(uuid::Uuid::from_u128(n)));
        let ruling = |seen, corrects| Ruling {
            id: DecisionId(uuid::Uuid::from_u128(9)),
            seen,
            corrects,
            decided_on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            act: None,
        };
        let found = Found {
            newest: id(2),
            same: None,
            corrects: None,
            at_court: true,
        };
        let live = Found {
            corrects: Some(true),
            ..found
        };
        let moved = Fate::GivenBack("decision-moved");
        assert_eq!(ruling(id(2), None).fate(&found), Fate::Written);
        assert_eq!(ruling(id(1), None).fate(&found), moved);
        assert_eq!(ruling(None, None).fate(&found), moved);
        assert_eq!(ruling(id(2), id(1)).fate(&live), Fate::Written);
        assert_eq!(ruling(id(2), id(7)).fate(&found), Fate::Stray);
        let corrected = Found {
            corrects: Some(false),
            ..found
        };
        assert_eq!(ruling(id(2), id(1)).fate(&corrected), moved);
        let same = |is_same| Found {
            same: Some(is_same),
            at_court: false,
            ..found
        };
        assert_eq!(ruling(id(1), None).fate(&same(true)), Fate::Same);
        let otherwise = Fate::GivenBack("decision-sent-otherwise");
        assert_eq!(ruling(id(2), None).fate(&same(false)), otherwise);
        let left = Found {
            at_court: false,
            ..found
        };
        assert_eq!(
            ruling(id(2), None).fate(&left),
            Fate::GivenBack("decision-file-left")
        );
    }

    #[test]
    fn every_kind_of_decision_has_one_of_the_three_effects() {
        let rows = include_str!("../../reference/adult_decision_kind.csv");
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(rows.as_bytes());
        let effects: Vec<(String, String)> = reader
            .records()
            .map(|row| {
                row.map(|row| (row[0].to_owned(), row[4].to_owned()))
                    .unwrap()
            })
            .collect();
        for (code, effect) in &effects {
            assert!(Effect::parse(effect).is_ok(), "{code}");
            let kind: Code = serde_json::from_value(serde_json::json!({
                "code": code, "ar": "", "fr": "", "en": "", "sort": 0,
                "valid_from": null, "valid_to": null, "is_missing": false, "effect": effect
            }))
            .unwrap();
            let of: Vec<_> = Effect::ALL
                .into_iter()
                .filter(|one| one.is_of(&kind))
                .collect();
            assert_eq!(of.len(), 1, "{code}");
        }
        let of = |code: &str| {
            effects
                .iter()
                .find(|(c, _)| c == code)
                .map(|(_, e)| e.as_str())
        };
        assert_eq!(of("filed"), Some("not_prosecuted"));
        assert_eq!(of("provisional_filing"), Some("pending"));
        assert_eq!(of("investigating_judge"), Some("prosecuted"));
    }
}
