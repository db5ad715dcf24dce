//! Reading what is written of a meeting.

use super::domain::{Attended, Owner, Place, Somebody};
use crate::{
    authz::TerritoryId,
    forms::{Form, Line, Moment, Paragraph, parse_date, parse_time},
    i18n::Msg,
    ids::RowId,
    reference::{Catalogue, City, List},
    teams::BEGAN,
};
use chrono::{DateTime, Months, NaiveDate, Utc};

/// How far ahead one meets, and something is due.
const AHEAD: Months = Months::new(24);
/// Lines of an agenda.
const LINES: usize = 30;
/// Longest text of what was agreed on.
const TEXT: usize = 400;

/// Who writes, and where.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// Lists and cities.
    pub catalogue: &'a Catalogue,
    /// Today.
    pub today: NaiveDate,
    /// The city of a supervisor; none: the committee.
    pub city: Option<TerritoryId>,
}

impl Desk<'_> {
    /// The cities where the plan runs: one that is suspended is not met about.
    pub fn cities(&self) -> Vec<&City> {
        let all = self.catalogue.cities().iter();
        all.filter(|city| city.status == "active").collect()
    }

    /// Codes of the kinds of meeting that are theirs.
    pub fn has_kind(&self, code: &str) -> bool {
        match self.city {
            Some(_) => code != "steering",
            None => matches!(code, "steering" | "coordination"),
        }
    }
}

/// A meeting as it is planned or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Code of `ref.meeting_kind`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether from afar.
    pub remote: bool,
    /// Where.
    pub place: Option<String>,
    /// Line by line.
    pub agenda: Vec<String>,
}

/// One that is planned for the first time.
#[derive(Debug)]
pub struct NewMeeting {
    /// Of the form and its answers: sent twice, it is one.
    pub id: RowId,
    /// What it is.
    pub plan: Plan,
    /// The cities it is about.
    pub cities: Vec<i16>,
}

fn id_of(form: &mut Form) -> Option<RowId> {
    form.required("id", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    })?;
    form.id_of_answers("id").map(RowId)
}

/// A day of the plan, not further away than one plans.
fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let far = |day| {
        today
            .checked_add_months(AHEAD)
            .is_some_and(|last| day > last)
    };
    match parse_date(text)? {
        day if day < BEGAN => Err(Msg::new("team-before-plan")),
        day if far(day) => Err(Msg::new("team-too-far")),
        day => Ok(day),
    }
}

/// The lines of an agenda, without the empty ones.
fn agenda(text: &str) -> Result<Vec<String>, Msg> {
    let lines: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    if lines.len() > LINES {
        return Err(Msg::new("meeting-agenda-long").with("max", LINES));
    }
    for line in &lines {
        Line::parse(line)?;
    }
    Ok(lines)
}

/// What a meeting is, complete or not at all.
pub fn plan(form: &mut Form, desk: Desk<'_>) -> Option<Plan> {
    let kind = form.required("meeting_kind", |code| {
        let code = desk.catalogue.parse(List::MeetingKind, code, desk.today)?;
        if desk.has_kind(&code) {
            Ok(code)
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    let on = form.required("day", |text| day(text, desk.today));
    let hour = form.required("hour", parse_time);
    let at = match on.zip(hour).map(|(day, hour)| Moment::local(day, hour)) {
        Some(Ok(at)) => Some(at),
        Some(Err(msg)) => {
            form.fail("hour", msg);
            None
        }
        None => None,
    };
    let remote = form.required("meeting_how", |code| match code {
        "remote" => Ok(true),
        "in_person" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    });
    let place = form.optional("meeting_place", Line::parse);
    if remote == Some(false) && place.is_none() {
        form.fail("meeting_place", Msg::new("error-required"));
    }
    let agenda = form.optional("agenda", agenda).unwrap_or_default();
    if !form.is_valid() {
        return None;
    }
    Some(Plan {
        kind: kind?,
        at: at?.0,
        remote: remote?,
        place: place.map(Line::into_string),
        agenda,
    })
}

/// A meeting that is planned, complete or not at all: of a team about its own city, of the committee about some.
pub fn new_meeting(form: &mut Form, desk: Desk<'_>) -> Option<NewMeeting> {
    let id = id_of(form);
    let runs = |place: i16| {
        let cities = desk.cities();
        cities.into_iter().any(|city| city.territory_id.0 == place)
    };
    let inactive = || Msg::new("meeting-city-inactive");
    let cities = match desk.city {
        Some(city) if runs(city.0) => vec![city.0],
        Some(_) => {
            form.fail("meeting_city", inactive());
            Vec::new()
        }
        None => {
            let chosen = form.many("meeting_city", |text| {
                let place = text.parse().map_err(|_| Msg::new("error-choice"))?;
                if runs(place) {
                    Ok(place)
                } else {
                    Err(inactive())
                }
            });
            if chosen.is_empty() {
                form.fail("meeting_city", Msg::new("error-required"));
            }
            chosen
        }
    };
    let plan = plan(form, desk);
    Some(NewMeeting {
        id: id?,
        plan: plan?,
        cities,
    })
}

/// What was noted of who came: of the seats that were answered, and of the bodies.
#[derive(Debug, Default)]
pub struct Attendance {
    /// Seats.
    pub seats: Vec<(RowId, Attended)>,
    /// Codes of organisations.
    pub bodies: Vec<(String, Attended)>,
}

/// The field of a seat.
pub fn seat_field(seat: RowId) -> String {
    format!("seat-{seat}")
}

/// The field of a body. The figure keeps its code out of the name by which a refusal calls the field.
pub fn body_field(code: &str) -> String {
    format!("body-0{code}")
}

fn attended(code: &str) -> Result<Attended, Msg> {
    Attended::from_code(code).ok_or_else(|| Msg::new("error-choice"))
}

/// Who came, of these seats and bodies; nothing while anything is wrong.
pub fn attendance(form: &mut Form, places: &[Place], bodies: &[String]) -> Option<Attendance> {
    let mut noted = Attendance::default();
    for place in places {
        let state = form.optional(&seat_field(place.seat), |code| match attended(code)? {
            Attended::Alternate if place.alternate.is_none() => {
                Err(Msg::new("attendance-no-alternate"))
            }
            state => Ok(state),
        });
        noted.seats.extend(state.map(|state| (place.seat, state)));
    }
    for code in bodies {
        let state = form.optional(&body_field(code), |text| match attended(text)? {
            Attended::Alternate => Err(Msg::new("error-choice")),
            state => Ok(state),
        });
        noted
            .bodies
            .extend(state.map(|state| (code.clone(), state)));
    }
    form.is_valid().then_some(noted)
}

/// Something that was agreed on.
#[derive(Debug)]
pub struct NewPoint {
    /// Of the form and its answers.
    pub id: RowId,
    /// What.
    pub text: String,
    /// Who is to do it.
    pub owner: Owner,
    /// Until when.
    pub due_on: NaiveDate,
}

/// Something agreed on, complete or not at all; by a seat of the meeting, or by one of these people.
pub fn point(
    form: &mut Form,
    (places, people): (&[Place], &[Somebody]),
    (met_on, today): (NaiveDate, NaiveDate),
) -> Option<NewPoint> {
    let id = id_of(form);
    let text = form.required("point_text", |text| {
        let len = text.chars().count();
        if len > TEXT {
            return Err(Msg::new("error-too-long")
                .with("max", TEXT)
                .with("len", len));
        }
        Paragraph::parse(text).map(Paragraph::into_string)
    });
    let owner = form.required("owner", |code| {
        let owner = Owner::from_code(code).filter(|owner| match owner {
            Owner::Seat(id) => places.iter().any(|place| place.seat == *id),
            Owner::User(id) => people.iter().any(|one| one.id == *id),
        });
        owner.ok_or_else(|| Msg::new("error-choice"))
    });
    let due_on = form.required("due_on", |text| match day(text, today)? {
        day if day < met_on => Err(Msg::new("point-due-before")),
        day => Ok(day),
    });
    if !form.is_valid() {
        return None;
    }
    Some(NewPoint {
        id: id?,
        text: text?,
        owner: owner?,
        due_on: due_on?,
    })
}

#[cfg(test)]
mod tests;
