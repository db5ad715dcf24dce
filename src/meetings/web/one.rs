//! The page of a meeting.

use super::{city_names, plan};
use crate::{
    authz::{Grant, Require, can},
    conflicts,
    error::AppError,
    forms::Form,
    ids::{AttachmentId, RowId},
    meetings::{
        db,
        domain::{Attended, Meeting, Owner, Place, Point, Somebody, State},
        form::{body_field, seat_field},
    },
    policy::Role,
    reference::List,
    routes::Routes,
    teams::Body,
    web::{Ui, page, role_key},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use std::collections::HashMap;

/// A meeting.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}", rejection(AppError))]
pub(super) struct MeetingPath {
    pub(super) id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

/// Which form of the page came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Nothing,
    Edit,
    Cancel,
    Attendance,
    Minutes,
    Point,
}

/// A line of who came: its field, whose it is, who sat there, what was noted.
struct Chair {
    field: String,
    title: String,
    about: String,
    names: Vec<String>,
    state: Option<Attended>,
    choices: Vec<Attended>,
}

#[derive(Template)]
#[template(path = "meetings/show.html")]
struct MeetingPage {
    ui: Ui,
    meeting: Meeting,
    chairs: Vec<Chair>,
    points: Vec<Point>,
    /// Whom something can be given to do, with their words.
    owners: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    ways: Vec<(String, String)>,
    sent: Sent,
    form: Form,
    edit: Form,
    minutes: Form,
    point: Form,
    /// What was noted, as the form has it.
    noted: Form,
}

impl MeetingPage {
    fn kind(&self) -> String {
        self.ui.label(List::MeetingKind, &self.meeting.kind)
    }

    fn cities(&self) -> String {
        city_names(&self.ui, &self.meeting.cities)
    }

    /// A form of the page: as it came back, or as it stands.
    fn sheet(&self, which: Sent) -> &Form {
        match which {
            _ if which == self.sent => &self.form,
            Sent::Edit => &self.edit,
            Sent::Attendance => &self.noted,
            Sent::Point => &self.point,
            Sent::Minutes | Sent::Cancel | Sent::Nothing => &self.minutes,
        }
    }

    fn is_planned(&self) -> bool {
        self.meeting.state == State::Planned
    }

    fn is_held(&self) -> bool {
        self.meeting.state == State::Held
    }

    /// Whether its day is to come.
    fn is_to_come(&self) -> bool {
        self.ui.day_of(self.meeting.at) > self.ui.today()
    }

    /// What can be noted of a chair, with its words.
    fn choices(&self, chair: &Chair) -> Vec<(String, String)> {
        let all = chair.choices.iter();
        all.map(|one| (one.code().to_owned(), self.ui.t(one.key())))
            .collect()
    }

    /// Who wrote it last, and when.
    fn written(&self) -> String {
        let name = self.ui.name(&self.meeting.name_ar, &self.meeting.name_la);
        let at = self.ui.moment(self.meeting.changed_at);
        self.ui.t2("meeting-written", ("name", name), ("at", at))
    }

    /// Where minutes are sent.
    fn minutes_action(&self) -> String {
        format!(
            "{}/minutes",
            MeetingPath {
                id: self.meeting.id
            }
        )
    }

    fn owner(&self, point: &Point) -> String {
        let seat = point.sector.as_deref();
        let name = point.owner.as_ref();
        name.map(|(ar, la)| self.ui.name(ar, la).to_owned())
            .or_else(|| seat.map(|code| self.ui.label(List::SeatSector, code)))
            .unwrap_or_default()
    }

    fn is_late(&self, point: &Point) -> bool {
        point.is_late(self.ui.today())
    }
}

/// Whose a seat is.
fn body(ui: &Ui, body: &Body) -> String {
    match body {
        Body::Listed(code) => ui.organisation(code),
        Body::Named(name) => name.clone(),
    }
}

/// A seat of the team, with who sat in it that day.
fn chair(ui: &Ui, place: &Place) -> Chair {
    let name =
        |who: &Option<(String, String)>| who.as_ref().map(|(ar, la)| ui.name(ar, la).to_owned());
    let alternate = name(&place.alternate).map(|name| ui.t1("attended-or", "name", name));
    let has_alternate = alternate.is_some();
    let choices = Attended::ALL.into_iter();
    Chair {
        field: seat_field(place.seat),
        title: ui.label(List::SeatSector, &place.sector),
        about: body(ui, &place.body),
        names: name(&place.holder).into_iter().chain(alternate).collect(),
        state: place.state,
        choices: choices
            .filter(|one| has_alternate || *one != Attended::Alternate)
            .collect(),
    }
}

/// The bodies that sit in the committee or are called to it: the national ones.
pub(super) fn bodies(ui: &Ui) -> Vec<String> {
    let all = ui.catalogue().providers(crate::ids::TerritoryId(0));
    all.into_iter().map(|one| one.code.clone()).collect()
}

fn chair_of_body(ui: &Ui, code: &str, noted: &HashMap<String, Attended>) -> Chair {
    let choices = Attended::ALL.into_iter();
    Chair {
        field: body_field(code),
        title: ui.organisation(code),
        about: String::new(),
        names: Vec::new(),
        state: noted.get(code).copied(),
        choices: choices.filter(|one| *one != Attended::Alternate).collect(),
    }
}

/// Seats first, then people with an account.
fn owners(ui: &Ui, places: &[Place], people: &[Somebody]) -> Vec<(String, String)> {
    let seats = places.iter().map(|place| {
        let sector = ui.label(List::SeatSector, &place.sector);
        let words = ui.t2(
            "point-seat",
            ("sector", sector),
            ("body", body(ui, &place.body)),
        );
        (Owner::Seat(place.seat).code(), words)
    });
    let people = people.iter().map(|one| {
        let role = Role::from_code(&one.role).map_or_else(String::new, |role| ui.t(role_key(role)));
        let name = ui.name(&one.name_ar, &one.name_la);
        let words = ui.t2("point-person", ("name", name), ("role", role));
        (Owner::User(one.id).code(), words)
    });
    seats.chain(people).collect()
}

async fn show(path: MeetingPath, me: Require<can::MeetingRead>) -> Result<Response, AppError> {
    draw(path.id, &me, Sent::Nothing, Form::new()).await
}

/// The page, with one of its forms as it was left.
pub(super) async fn draw<G: Grant>(
    id: RowId,
    me: &Require<G>,
    sent: Sent,
    form: Form,
) -> Result<Response, AppError> {
    let ui = &me.ui;
    let mut tx = me.begin_register().await?;
    let meeting = db::meeting(&mut tx, id).await?;
    let day = ui.day_of(meeting.at);
    let (places, noted) = db::attendance(&mut tx, &meeting, day).await?;
    let points = db::points(&mut tx, id).await?;
    let keeps = meeting.is_kept && meeting.state == State::Held;
    let people = if keeps {
        db::people(&mut tx, id).await?
    } else {
        Vec::new()
    };
    tx.commit().await?;
    let chairs: Vec<Chair> = if meeting.territory.is_some() {
        places.iter().map(|place| chair(ui, place)).collect()
    } else {
        let bodies = bodies(ui);
        let of = |code: &String| chair_of_body(ui, code, &noted);
        bodies.iter().map(of).collect()
    };
    let mut answers = Form::new();
    for one in &chairs {
        if let Some(state) = one.state {
            answers.set(&one.field, state.code());
        }
    }
    let status = if form.is_valid() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let now = me.clock.now();
    let shown = MeetingPage {
        owners: owners(ui, &places, &people),
        kinds: plan::kinds(ui, &me.actor),
        ways: plan::ways(ui),
        edit: conflicts::shown(plan::known(&meeting, ui)),
        minutes: Form::new().with("id", AttachmentId::new(now).to_string()),
        point: Form::new().with("id", RowId::new(now).to_string()),
        noted: answers,
        ui: ui.clone(),
        meeting,
        chairs,
        points,
        sent,
        form,
    };
    page(status, &shown)
}
