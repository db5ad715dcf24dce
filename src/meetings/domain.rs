//! A meeting, its states, who came, what was agreed on. Knows neither HTTP nor SQL.

use crate::{
    authz::TerritoryId,
    ids::{RowId, UserId},
    reference::Label,
    teams::{Body, Paper},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It is to come, or nobody has said yet that it took place.
    Planned,
    /// It took place.
    Held,
    /// It did not, and will not.
    Cancelled,
}

impl State {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Held, Self::Cancelled];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "meeting-planned",
            Self::Held => "meeting-held",
            Self::Cancelled => "meeting-cancelled",
        }
    }

    /// How it is drawn.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Planned => "amber",
            Self::Held => "brand",
            Self::Cancelled => "grey",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether a meeting can still go from here to there.
    pub const fn leads_to(self, other: Self) -> bool {
        matches!((self, other), (Self::Planned, Self::Held | Self::Cancelled))
    }
}

/// Whether somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Attended {
    /// The member came.
    Present,
    /// The alternate came instead.
    Alternate,
    /// Nobody came, and it was said before.
    Excused,
    /// Nobody came.
    Absent,
}

impl Attended {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Present, Self::Alternate, Self::Excused, Self::Absent];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Alternate => "alternate",
            Self::Excused => "excused",
            Self::Absent => "absent",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Present => "attended-present",
            Self::Alternate => "attended-alternate",
            Self::Excused => "attended-excused",
            Self::Absent => "attended-absent",
        }
    }

    /// How it is drawn.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Present | Self::Alternate => "brand",
            Self::Excused | Self::Absent => "grey",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A line of the list: a meeting that is kept here, or one that was published.
#[derive(Debug, Clone)]
pub struct Line {
    /// None: published, and only in the list.
    pub id: Option<RowId>,
    /// Code of `ref.meeting_kind`.
    pub kind: String,
    /// When; of a published one the day is known, and no hour.
    pub at: Option<DateTime<Utc>>,
    /// Its day.
    pub day: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// What is known of how it was held.
    pub remote: Option<bool>,
    /// What a published one is called.
    pub label: Option<Label>,
    /// The cities it is about.
    pub cities: Vec<i16>,
    /// Whether there are minutes.
    pub has_minutes: bool,
}

/// A meeting.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Which.
    pub id: RowId,
    /// The city whose team meets; none: the committee.
    pub territory: Option<TerritoryId>,
    /// Code of `ref.meeting_kind`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether from afar.
    pub remote: bool,
    /// Where.
    pub place: Option<String>,
    /// What is talked about, line by line.
    pub agenda: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// Why it was cancelled.
    pub why: Option<String>,
    /// The cities it is about.
    pub cities: Vec<i16>,
    /// Raised by each change.
    pub version: i32,
    /// Whether the reader keeps it.
    pub is_kept: bool,
    /// The minutes, the newest first.
    pub minutes: Vec<Paper>,
    /// Who wrote it last, in Arabic.
    pub name_ar: String,
    /// Who wrote it last, in Latin letters.
    pub name_la: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// A seat of the team at a meeting.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which seat.
    pub seat: RowId,
    /// Code of `ref.seat_sector`.
    pub sector: String,
    /// Whose it is.
    pub body: Body,
    /// Who sat in it that day, in Arabic and in Latin letters.
    pub holder: Option<(String, String)>,
    /// Who could come instead.
    pub alternate: Option<(String, String)>,
    /// What was noted.
    pub state: Option<Attended>,
}

/// Who is to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Whoever holds that seat.
    Seat(RowId),
    /// Somebody with an account.
    User(UserId),
}

impl Owner {
    /// As a form has it.
    pub fn code(self) -> String {
        match self {
            Self::Seat(id) => format!("seat-{id}"),
            Self::User(id) => format!("user-{id}"),
        }
    }

    /// From that.
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, id) = code.split_once('-')?;
        match kind {
            "seat" => id.parse().ok().map(Self::Seat),
            "user" => id.parse().ok().map(Self::User),
            _ => None,
        }
    }
}

/// Something agreed on.
#[derive(Debug, Clone)]
pub struct Point {
    /// Which.
    pub id: RowId,
    /// After which meeting.
    pub meeting: RowId,
    /// What.
    pub text: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// The sector of the seat that is to do it.
    pub sector: Option<String>,
    /// Who is to do it, in Arabic and in Latin letters.
    pub owner: Option<(String, String)>,
    /// Whether it is the reader's to do.
    pub is_mine: bool,
}

impl Point {
    /// Whether its day has passed.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.done_at.is_none() && self.due_on < today
    }
}

/// Somebody who can be given something to do.
#[derive(Debug, Clone)]
pub struct Somebody {
    /// Who.
    pub id: UserId,
    /// Code of their role.
    pub role: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_meeting_that_is_over_goes_nowhere() {
        for from in State::ALL {
            for to in State::ALL {
                let goes = from == State::Planned && to != State::Planned;
                assert_eq!(from.leads_to(to), goes, "{from:?} {to:?}");
            }
            assert_eq!(State::from_code(from.code()), Some(from));
        }
        assert!(Attended::ALL.map(|one| Attended::from_code(one.code()) == Some(one)) == [true; 4]);
    }

    #[test]
    fn an_owner_is_a_seat_or_somebody() {
        let id = Uuid::from_u128(7);
        for owner in [Owner::Seat(RowId(id)), Owner::User(UserId(id))] {
            assert_eq!(Owner::from_code(&owner.code()), Some(owner));
        }
        for code in ["", "seat", "seat-", "seat-x", "case-7", &id.to_string()] {
            assert_eq!(Owner::from_code(code), None, "{code}");
        }
    }
}
