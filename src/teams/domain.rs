//! A team: its seats, and who sits in them. Knows neither HTTP nor SQL.

use crate::{
    documents::{Fault, Media},
    ids::{AttachmentId, RowId},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

/// The plan began on that day: nothing of a team is older.
pub const BEGAN: NaiveDate = NaiveDate::from_ymd_opt(2019, 12, 4).unwrap();

/// In a seat, or in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The member.
    Holder,
    /// Who comes when the member cannot.
    Alternate,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Holder, Self::Alternate];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Alternate => "alternate",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Holder => "team-holder",
            Self::Alternate => "team-alternate",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who somebody is at work.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    /// Name in Arabic.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
    /// What they are in their organisation.
    pub function: String,
    /// Telephone at work, as `+212…`.
    pub phone: Option<String>,
    /// Address for letters at work.
    pub email: Option<String>,
}

/// Somebody's name: never in a log.
impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Member(…)")
    }
}

/// A body that has a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// One of the list, by its code.
    Listed(String),
    /// One that the list does not have.
    Named(String),
}

/// A letter of designation, or the minutes of a meeting, as it was brought in.
#[derive(Debug, Clone, Deserialize)]
pub struct Paper {
    /// Which.
    pub id: AttachmentId,
    /// What it is.
    pub media: Media,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Who brought it, in Arabic.
    pub name_ar: Option<String>,
    /// Who brought it, in Latin letters.
    pub name_la: Option<String>,
    /// What was found wrong with its bytes.
    pub fault: Option<Fault>,
}

/// Somebody designated to a seat.
#[derive(Debug, Clone, Deserialize)]
pub struct Designation {
    /// Which.
    pub id: RowId,
    /// As what.
    pub kind: Kind,
    /// From that day.
    pub since: NaiveDate,
    /// To that day, included, if an end is known.
    pub until: Option<NaiveDate>,
    /// Reference of the letter.
    pub letter_ref: String,
    /// Its date.
    pub letter_on: NaiveDate,
    /// Entered by mistake.
    pub is_struck: bool,
    /// A post rests on it.
    pub has_account: bool,
    /// Who.
    #[serde(flatten)]
    pub member: Member,
    /// Version of what is written about who it is.
    pub version: i32,
    /// The letters.
    #[serde(default)]
    pub papers: Vec<Paper>,
}

impl Designation {
    /// Whether it runs on that day.
    pub fn runs(&self, day: NaiveDate) -> bool {
        !self.is_struck && self.since <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it is to come.
    pub fn comes(&self, day: NaiveDate) -> bool {
        !self.is_struck && self.since > day
    }

    /// Whether it can still be ended earlier than is known.
    pub fn can_end(&self) -> bool {
        !self.is_struck && self.until.is_none_or(|until| until > self.since)
    }
}

/// A seat of a team.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Which.
    pub id: RowId,
    /// Code of `ref.seat_sector`.
    pub sector: String,
    /// Whose it is.
    pub body: Body,
    /// The first day without it.
    pub closed_on: Option<NaiveDate>,
    /// Everybody who was designated to it, the latest first.
    pub designations: Vec<Designation>,
}

impl Seat {
    /// Whether the team has it on that day.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.closed_on.is_none_or(|closed| day < closed)
    }

    /// Who sits in it on that day, or comes in their place.
    pub fn at(&self, day: NaiveDate, kind: Kind) -> Option<&Designation> {
        self.designations
            .iter()
            .find(|one| one.kind == kind && one.runs(day))
    }

    /// Those who are neither of both: before, to come, or by mistake.
    pub fn others(&self, day: NaiveDate) -> impl Iterator<Item = &Designation> {
        self.designations.iter().filter(move |one| !one.runs(day))
    }
}

/// Seats of that day, and how many of them somebody holds.
pub fn filled(seats: &[Seat], day: NaiveDate) -> (usize, usize) {
    let open: Vec<&Seat> = seats.iter().filter(|seat| seat.is_open(day)).collect();
    let held = open
        .iter()
        .filter(|seat| seat.at(day, Kind::Holder).is_some());
    (open.len(), held.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn designated(kind: Kind, since: u32, until: Option<u32>) -> Designation {
        Designation {
            id: RowId(Uuid::from_u128(u128::from(since))),
            kind,
            since: day(since),
            until: until.map(day),
            letter_ref: "L".into(),
            letter_on: day(1),
            is_struck: false,
            has_account: false,
            member: Member {
                name_ar: "x".into(),
                name_la: "x".into(),
                function: "x".into(),
                phone: None,
                email: None,
            },
            version: 1,
            papers: Vec::new(),
        }
    }

    fn seat(designations: Vec<Designation>) -> Seat {
        Seat {
            id: RowId(Uuid::from_u128(1)),
            sector: "health".into(),
            body: Body::Listed("hospital_cell_rabat".into()),
            closed_on: None,
            designations,
        }
    }

    #[test]
    fn a_seat_is_held_from_the_first_day_to_the_last() {
        let seat = seat(vec![
            designated(Kind::Holder, 20, None),
            designated(Kind::Holder, 3, Some(10)),
            designated(Kind::Alternate, 3, None),
        ]);
        let held = |d| seat.at(day(d), Kind::Holder).map(|one| one.since);
        assert_eq!(held(2), None);
        assert_eq!(held(3), Some(day(3)));
        assert_eq!(held(10), Some(day(3)));
        assert_eq!(held(11), None);
        assert_eq!(held(20), Some(day(20)));
        assert_eq!(seat.others(day(12)).count(), 2);
        assert!(seat.at(day(12), Kind::Alternate).is_some());
    }

    #[test]
    fn a_closed_seat_counts_no_more_and_a_mistake_never_did() {
        let mut mistake = designated(Kind::Holder, 3, None);
        mistake.is_struck = true;
        let mut closed = seat(vec![designated(Kind::Holder, 3, Some(9))]);
        closed.closed_on = Some(day(10));
        let seats = [
            closed,
            seat(vec![mistake]),
            seat(vec![designated(Kind::Holder, 3, None)]),
        ];
        assert_eq!(filled(&seats, day(9)), (3, 2));
        assert_eq!(filled(&seats, day(10)), (2, 1));
    }

    #[test]
    fn the_plan_began_in_december_2019() {
        assert_eq!(BEGAN.to_string(), "2019-12-04");
    }
}
