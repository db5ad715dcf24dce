//! What is owed, when, and where it is done. Knows neither HTTP nor SQL.

use crate::{
    ids::{CaseId, ContactId, JudicialFileId, RowId, ServiceId, TaskId},
    people::Names,
};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Something that is owed.
#[derive(Debug)]
pub struct Due {
    /// What.
    pub what: What,
    /// Until when.
    pub at: DateTime<Utc>,
    /// Put off to that day.
    pub snoozed_until: Option<NaiveDate>,
}

/// What is owed.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all of them are steps of files, and a page has a hundred at most"
)]
pub enum What {
    /// A step of a file.
    Task {
        /// Which.
        id: TaskId,
        /// Code of `ref.task_rule`.
        rule: String,
        /// The file.
        case: CaseId,
        /// Its number.
        number: String,
        /// Whether it is protected: its number stands for the child.
        protected: bool,
        /// The child's names.
        names: Names,
        /// The act it is about.
        service: Option<ServiceId>,
        /// The judicial file it is about.
        judicial: Option<JudicialFileId>,
        /// Whose it is to do.
        hands: Hands,
    },
    /// A contact to sort.
    Contact {
        /// Which.
        id: ContactId,
        /// Its receipt.
        receipt: String,
        /// Whether a red flag was seen.
        flagged: bool,
    },
    /// What was agreed on in a meeting: the row of the meeting itself, so that it is done in both places at once.
    Point {
        /// Which.
        id: RowId,
        /// The meeting.
        meeting: RowId,
        /// What, in the words of the meeting.
        words: String,
    },
}

/// In whose hands something is, for who reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hands {
    /// Any supervisor's: it is answered, not handed over.
    Supervisors,
    /// The reader's own, who leads the file or stands in.
    Own,
    /// The reader's: a colleague handed it to them.
    Handed,
    /// A colleague's, whose names these are: in Arabic, in Latin letters.
    Colleague(String, String),
}

impl Hands {
    /// Whether it can be handed over, or given back.
    pub const fn can_move(&self) -> bool {
        !matches!(self, Self::Supervisors)
    }
}

impl What {
    /// Whether a colleague has it now.
    pub const fn is_elsewhere(&self) -> bool {
        matches!(
            self,
            Self::Task {
                hands: Hands::Colleague(..),
                ..
            }
        )
    }

    /// Which step of a file it is, if it is one.
    pub const fn task(&self) -> Option<&TaskId> {
        match self {
            Self::Task { id, .. } => Some(id),
            Self::Contact { .. } | Self::Point { .. } => None,
        }
    }

    /// Which point of a meeting it is, if it is one.
    pub const fn point(&self) -> Option<&RowId> {
        match self {
            Self::Point { id, .. } => Some(id),
            Self::Task { .. } | Self::Contact { .. } => None,
        }
    }

    /// Where it is done.
    pub fn page(&self) -> String {
        match self {
            Self::Contact { id, .. } => format!("/contacts/{id}"),
            Self::Point { meeting, .. } => format!("/plan/meetings/{meeting}#points"),
            Self::Task {
                judicial: Some(id), ..
            } => format!("/prosecution/{id}"),
            Self::Task {
                service: Some(id), ..
            } => format!("/services/{id}"),
            Self::Task { case, rule, .. } => format!("/cases/{case}{}", under_the_file(rule)),
        }
    }
}

/// The page under the file's own where a rule is satisfied.
fn under_the_file(rule: &str) -> &'static str {
    match rule {
        "visit" => "/visits",
        "step_assessment" | "reassess" | "reassess_flag" | "reassess_begging"
        | "reassess_unsafe" | "judicial_inquiry" => "/assessments",
        "risk_answer" => "/assessments#answer",
        "step_planning"
        | "plan_answer"
        | "plan_returned"
        | "plan_action"
        | "plan_review"
        | "determination_answer" => "/care-plan",
        "hold_expires"
        | "bed_again"
        | "ran_away"
        | "ran_away_supervisor"
        | "placement_review"
        | "judicial_placement" => "/shelter",
        // what a measure asks for is told beside the measure
        "judicial_identity" | "judicial_hearing" | "judicial_handing" | "judicial_cell" => {
            "#judicial"
        }
        "closure_answer" | "after_closure_3m" | "after_closure_6m" => "/closure",
        "complaint_answer" => "/rights",
        _ => "",
    }
}

/// How near something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Its moment has passed.
    Late,
    /// Before tonight.
    Today,
    /// Within seven days.
    Week,
    /// After that.
    Later,
}

impl Near {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Late, Self::Today, Self::Week, Self::Later];

    /// Key of its heading.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Late => "today-late",
            Self::Today => "today-today",
            Self::Week => "today-week",
            Self::Later => "today-later",
        }
    }

    /// How near a moment is; `day` is the Moroccan day it falls on.
    pub fn of(at: DateTime<Utc>, day: NaiveDate, now: DateTime<Utc>, today: NaiveDate) -> Self {
        if at < now {
            Self::Late
        } else if day <= today {
            Self::Today
        } else if today
            .checked_add_days(Days::new(7))
            .is_some_and(|end| day <= end)
        {
            Self::Week
        } else {
            Self::Later
        }
    }
}

/// How much somebody carries, against what one person can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Burden {
    /// Below the ceiling.
    Fair,
    /// At it, or above.
    Heavy,
}

impl Burden {
    /// Of so many files.
    pub const fn of(files: i64, ceiling: i64) -> Self {
        if files >= ceiling {
            Self::Heavy
        } else {
            Self::Fair
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn what_is_late_comes_before_what_is_near() {
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 10, 0, 0).unwrap();
        let today = now.date_naive();
        let near = |day, hour| {
            let at = Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap();
            Near::of(at, at.date_naive(), now, today)
        };
        assert_eq!(near(23, 9), Near::Late);
        assert_eq!(near(23, 10), Near::Today);
        assert_eq!(near(24, 9), Near::Week);
        assert_eq!(near(30, 18), Near::Week);
        assert_eq!(
            Near::of(
                now + chrono::TimeDelta::days(8),
                today + Days::new(8),
                now,
                today
            ),
            Near::Later
        );
        assert!(Near::ALL.is_sorted());
    }

    #[test]
    fn a_ceiling_is_reached_at_its_number() {
        assert_eq!(Burden::of(24, 25), Burden::Fair);
        assert_eq!(Burden::of(25, 25), Burden::Heavy);
    }
}
