//! The rules of what happens at the court: what each kind of event says, and how far a file has come.

use crate::{i18n::Msg, ids::PersonId};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// A hearing is entered at most so many days ahead: what is later was typed wrongly.
const AHEAD: i64 = 730;

/// What happened, or will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A hearing, perhaps still to come.
    Hearing,
    /// A measure of the juvenile judge for a child.
    JuvenileMeasure,
    /// A judgment on an adult.
    Judgment,
    /// An appeal: lodged, or decided.
    Appeal,
    /// Nothing can be appealed any more.
    Final,
}

impl EventKind {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Hearing,
        Self::JuvenileMeasure,
        Self::Judgment,
        Self::Appeal,
        Self::Final,
    ];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hearing => "hearing",
            Self::JuvenileMeasure => "juvenile_measure",
            Self::Judgment => "judgment",
            Self::Appeal => "appeal",
            Self::Final => "final",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hearing => "judicial-event-hearing",
            Self::JuvenileMeasure => "judicial-event-juvenile-measure",
            Self::Judgment => "judicial-event-judgment",
            Self::Appeal => "judicial-event-appeal",
            Self::Final => "judicial-event-final",
        }
    }

    /// From the form.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        Self::ALL
            .into_iter()
            .find(|one| one.code() == text)
            .ok_or_else(|| Msg::new("error-choice"))
    }

    /// Whether it has an outcome, so that one is looked at.
    pub const fn has_outcome(self) -> bool {
        matches!(self, Self::Hearing | Self::Judgment | Self::Appeal)
    }
}

/// Whom an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The procedure as a whole.
    File,
    /// A child of it.
    Child(PersonId),
    /// An adult of it.
    Adult(PersonId),
}

impl About {
    /// From the form: `file`, `child:…`, `adult:…`.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        let wrong = || Msg::new("error-choice");
        if text == "file" {
            return Ok(Self::File);
        }
        let (side, id) = text.split_once(':').ok_or_else(wrong)?;
        let person = id.parse().map(PersonId).map_err(|_| wrong())?;
        match side {
            "child" => Ok(Self::Child(person)),
            "adult" => Ok(Self::Adult(person)),
            _ => Err(wrong()),
        }
    }

    /// The child, if it is one.
    pub fn child(self) -> Option<Uuid> {
        if let Self::Child(person) = self {
            Some(person.0)
        } else {
            None
        }
    }

    /// The adult, if it is one.
    pub fn adult(self) -> Option<Uuid> {
        if let Self::Adult(person) = self {
            Some(person.0)
        } else {
            None
        }
    }
}

/// Whom a kind of event can be about: a measure is a child's, a judgment an adult's.
pub fn fits(kind: EventKind, about: About) -> Result<(), Msg> {
    match (kind, about) {
        (EventKind::JuvenileMeasure, About::File | About::Adult(_)) => {
            Err(Msg::new("judicial-event-of-a-child"))
        }
        (EventKind::Judgment, About::File | About::Child(_)) => {
            Err(Msg::new("judicial-event-of-an-adult"))
        }
        _ => Ok(()),
    }
}

/// The day of an event: not before the file was sent; a hearing may be to come, within reason, the others may not.
pub fn held_on(
    kind: EventKind,
    day: NaiveDate,
    sent: NaiveDate,
    today: NaiveDate,
) -> Result<NaiveDate, Msg> {
    if day < sent {
        Err(Msg::new("decision-before-transmission"))
    } else if kind != EventKind::Hearing && day > today {
        Err(Msg::new("error-date-future"))
    } else if day > today + TimeDelta::days(AHEAD) {
        Err(Msg::new("judicial-hearing-too-far"))
    } else {
        Ok(day)
    }
}

/// A hearing that is to come was not held yet; it may be postponed or cancelled.
pub fn outcome_fits(outcome: &str, held_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Msg> {
    if outcome == "held" && held_at > now {
        Err(Msg::new("judicial-hearing-not-yet"))
    } else {
        Ok(())
    }
}

/// How far a file has come at the court: derived, stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Before the juvenile judge.
    JuvenileJudge,
    /// Before the investigating judge.
    InvestigatingJudge,
    /// Before a chamber, also that of appeal.
    Trial,
    /// Judged; an appeal is possible.
    Judgment,
    /// Nothing can be appealed any more.
    Final,
}

impl Stage {
    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::JuvenileJudge => "judicial-stage-juvenile-judge",
            Self::InvestigatingJudge => "judicial-stage-investigating-judge",
            Self::Trial => "judicial-stage-trial",
            Self::Judgment => "judicial-stage-judgment",
            Self::Final => "judicial-stage-final",
        }
    }
}

/// An event as the stage is read from it: one in force that was not cancelled.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// What it is.
    pub kind: EventKind,
    /// Code of the venue.
    pub venue: Option<&'a str>,
    /// Code of the outcome.
    pub outcome: Option<&'a str>,
    /// When.
    pub held_at: DateTime<Utc>,
}

/// The stage of a file: what the latest judgment, appeal or end says; before there is one, the furthest that a decision
/// or a hearing led to. Given only what a reader may see, it says no more than that.
pub fn stage(child_kinds: &[String], adult_kinds: &[String], marks: &[Mark<'_>]) -> Option<Stage> {
    let spoken = marks
        .iter()
        .filter(|mark| {
            matches!(
                mark.kind,
                EventKind::Judgment | EventKind::Appeal | EventKind::Final
            )
        })
        .max_by_key(|mark| (mark.held_at, mark.kind == EventKind::Final));
    if let Some(mark) = spoken {
        return Some(match mark.kind {
            EventKind::Final => Stage::Final,
            // lodged: it is before a chamber again
            EventKind::Appeal if mark.outcome.is_none() => Stage::Trial,
            _ => Stage::Judgment,
        });
    }
    let children = child_kinds.iter().filter_map(|kind| match kind.as_str() {
        "motion_victim" | "motion_difficult_situation" | "guardianship_motion" => {
            Some(Stage::JuvenileJudge)
        }
        _ => None,
    });
    let adults = adult_kinds.iter().filter_map(|kind| match kind.as_str() {
        "investigating_judge" => Some(Stage::InvestigatingJudge),
        "prosecution_at_liberty" | "prosecution_supervised" | "prosecution_in_custody" => {
            Some(Stage::Trial)
        }
        _ => None,
    });
    let events = marks
        .iter()
        .filter_map(|mark| match (mark.kind, mark.venue) {
            (_, Some("trial_chamber" | "appeal")) => Some(Stage::Trial),
            (_, Some("investigating_judge")) => Some(Stage::InvestigatingJudge),
            (EventKind::JuvenileMeasure, _)
            | (_, Some("juvenile_judge" | "juvenile_counsellor")) => Some(Stage::JuvenileJudge),
            _ => None,
        });
    children.chain(adults).chain(events).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: EventKind, day: i64) -> Mark<'static> {
        Mark {
            kind,
            venue: None,
            outcome: None,
            held_at: DateTime::UNIX_EPOCH + TimeDelta::days(day),
        }
    }

    fn codes(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn kinds_are_the_database_s_own_list() {
        let sql = include_str!("../../../migrations/0041_court_calendar.sql");
        let (_, after) = sql
            .split_once("court_event_kind_check check (kind in (")
            .unwrap();
        let (list, _) = after.split_once("))").unwrap();
        let held: Vec<&str> = list
            .split(',')
            .map(|code| code.trim().trim_matches('\''))
            .collect();
        assert_eq!(held, EventKind::ALL.map(EventKind::code));
    }

    #[test]
    fn a_hearing_may_be_to_come_and_a_judgment_may_not() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let (sent, today) = (day(10), day(20));
        assert_eq!(
            held_on(EventKind::Hearing, day(25), sent, today),
            Ok(day(25))
        );
        assert_eq!(
            held_on(EventKind::Judgment, day(25), sent, today),
            Err(Msg::new("error-date-future"))
        );
        let far = NaiveDate::from_ymd_opt(2030, 1, 1).unwrap();
        assert_eq!(
            held_on(EventKind::Hearing, far, sent, today),
            Err(Msg::new("judicial-hearing-too-far"))
        );
        for kind in EventKind::ALL {
            assert_eq!(
                held_on(kind, day(9), sent, today),
                Err(Msg::new("decision-before-transmission")),
                "{kind:?}"
            );
            assert_eq!(held_on(kind, day(20), sent, today), Ok(day(20)), "{kind:?}");
        }
    }

    #[test]
    fn a_measure_is_a_child_s_and_a_judgment_an_adult_s() {
        let person = PersonId(Uuid::from_u128(7));
        let (child, adult) = (About::Child(person), About::Adult(person));
        assert!(fits(EventKind::JuvenileMeasure, child).is_ok());
        assert!(fits(EventKind::JuvenileMeasure, adult).is_err());
        assert!(fits(EventKind::JuvenileMeasure, About::File).is_err());
        assert!(fits(EventKind::Judgment, adult).is_ok());
        assert!(fits(EventKind::Judgment, child).is_err());
        for about in [child, adult, About::File] {
            assert!(fits(EventKind::Hearing, about).is_ok());
        }
        assert_eq!(About::parse(&format!("child:{}", person.0)), Ok(child));
        for text in ["", "child", "child:x", "clerk:x", "files"] {
            assert!(About::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_stage_is_read_from_decisions_and_events() {
        let none: [Mark<'_>; 0] = [];
        assert_eq!(stage(&[], &[], &none), None);
        assert_eq!(stage(&codes(&["social_inquiry"]), &[], &none), None);
        let motion = codes(&["social_inquiry", "motion_victim"]);
        assert_eq!(stage(&motion, &[], &none), Some(Stage::JuvenileJudge));
        let judge = codes(&["investigating_judge"]);
        assert_eq!(
            stage(&motion, &judge, &none),
            Some(Stage::InvestigatingJudge)
        );
        let trial = codes(&["prosecution_at_liberty", "investigating_judge"]);
        assert_eq!(stage(&motion, &trial, &none), Some(Stage::Trial));
        let judged = [mark(EventKind::Judgment, 1)];
        assert_eq!(stage(&motion, &trial, &judged), Some(Stage::Judgment));
        let lodged = [mark(EventKind::Judgment, 1), mark(EventKind::Appeal, 2)];
        assert_eq!(stage(&motion, &trial, &lodged), Some(Stage::Trial));
        let upheld = Mark {
            outcome: Some("upheld"),
            ..mark(EventKind::Appeal, 3)
        };
        assert_eq!(stage(&[], &[], &[upheld]), Some(Stage::Judgment));
        let ended = [mark(EventKind::Final, 3), upheld];
        assert_eq!(stage(&[], &[], &ended), Some(Stage::Final));
    }

    #[test]
    fn a_hearing_before_a_judge_says_where_the_file_is() {
        let at = |venue| Mark {
            venue: Some(venue),
            ..mark(EventKind::Hearing, 1)
        };
        for (venue, wanted) in [
            ("prosecution_office", None),
            ("juvenile_judge", Some(Stage::JuvenileJudge)),
            ("investigating_judge", Some(Stage::InvestigatingJudge)),
            ("trial_chamber", Some(Stage::Trial)),
        ] {
            assert_eq!(stage(&[], &[], &[at(venue)]), wanted, "{venue}");
        }
        let measure = mark(EventKind::JuvenileMeasure, 1);
        assert_eq!(stage(&[], &[], &[measure]), Some(Stage::JuvenileJudge));
    }

    #[test]
    fn what_is_to_come_was_not_held() {
        let now = DateTime::UNIX_EPOCH;
        let later = now + TimeDelta::days(1);
        assert!(outcome_fits("held", later, now).is_err());
        assert!(outcome_fits("postponed", later, now).is_ok());
        assert!(outcome_fits("held", now, later).is_ok());
    }
}
