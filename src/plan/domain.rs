//! Facts of the register.

use crate::{authz::TerritoryId, reference::Label};
use chrono::NaiveDate;

/// A stage of the plan.
#[derive(Debug, Clone)]
pub(super) struct Phase {
    pub code: String,
    pub label: Label,
    /// Not published for every phase.
    pub decided_on: Option<NaiveDate>,
    /// Out of the published sources alone: no city of it was opened in this register.
    pub is_published: bool,
}

/// A city and how it began.
#[derive(Debug, Clone)]
pub(super) struct City {
    pub slug: String,
    pub territory: TerritoryId,
    pub phase: String,
    pub region: Label,
    pub launched_on: Option<NaiveDate>,
    pub first_meeting_on: Option<NaiveDate>,
    /// Seats of its team and those that somebody holds, if it has entered any.
    pub seats: Option<(i64, i64)>,
    /// Out of the published sources, not opened in this register.
    pub is_published: bool,
}

impl City {
    /// Cities that began as pilots have a launch, the others a first meeting.
    pub fn began(&self) -> Option<Beginning> {
        match (self.launched_on, self.first_meeting_on) {
            (Some(day), _) => Some(Beginning::Launch(day)),
            (None, Some(day)) => Some(Beginning::FirstMeeting(day)),
            (None, None) => None,
        }
    }
}

/// How a city began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    Launch(NaiveDate),
    FirstMeeting(NaiveDate),
}

/// A decision of the committee or a meeting.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// Code of the kind of meeting; `None` for a decision.
    pub kind: Option<String>,
    pub day: NaiveDate,
    /// What the source says of how it was held, if it says.
    pub remote: Option<bool>,
    pub label: Label,
    /// Out of the published sources, not entered here.
    pub is_published: bool,
    pub territories: Vec<i16>,
}

/// Members published for several teams together: the seats of each are unknown.
#[derive(Debug, Clone)]
pub(super) struct Members {
    pub total: i32,
    pub territories: Vec<i16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_launch_comes_before_a_first_meeting() {
        let day = |d| NaiveDate::from_ymd_opt(2021, 5, d);
        let city = |launched_on, first_meeting_on| City {
            slug: "rabat".into(),
            territory: TerritoryId(1),
            phase: "phase_1".into(),
            region: Label::default(),
            launched_on,
            first_meeting_on,
            seats: None,
            is_published: true,
        };
        assert_eq!(city(day(4), day(20)).began(), day(4).map(Beginning::Launch));
        assert_eq!(
            city(None, day(20)).began(),
            day(20).map(Beginning::FirstMeeting)
        );
        assert_eq!(city(None, None).began(), None);
    }
}
