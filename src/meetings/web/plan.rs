//! Planning a meeting, and changing one that is planned.

use super::{
    desk,
    list::MeetingsPath,
    one::{MeetingPath, Sent, draw},
};
use crate::{
    authz::{Actor, Require, can},
    conflicts::{self, Around, Author, Meeting as Met, Question, Theirs},
    error::AppError,
    forms::Form,
    ids::RowId,
    meetings::{
        db,
        domain::{Meeting, State},
        form,
    },
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/new")]
struct NewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/meetings/{id}/edit", rejection(AppError))]
struct EditPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(add).post(save)
}

#[derive(Template)]
#[template(path = "meetings/new.html")]
struct NewPage {
    ui: Ui,
    kinds: Vec<(String, String)>,
    ways: Vec<(String, String)>,
    /// The cities that the committee chooses from.
    cities: Vec<(String, String)>,
    /// The city of a supervisor.
    city: Option<String>,
    form: Form,
}

impl NewPage {
    fn new(me: &Require<can::MeetingKeep>, form: Form) -> Self {
        let desk = desk(&me.ui, &me.actor);
        let all = desk.cities().into_iter();
        let chosen = all.filter(|_| desk.city.is_none()).map(|one| {
            let name = me.ui.say(&one.label).to_owned();
            (one.territory_id.0.to_string(), name)
        });
        let own = desk.city.map(|place| {
            let place = desk.catalogue.territory(place);
            place.map_or_else(String::new, |one| me.ui.say(&one.label).to_owned())
        });
        Self {
            kinds: kinds(&me.ui, &me.actor),
            ways: ways(&me.ui),
            cities: chosen.collect(),
            city: own,
            ui: me.ui.clone(),
            form,
        }
    }

    fn back(&self) -> MeetingsPath {
        MeetingsPath
    }
}

/// The kinds of meeting that the reader may plan.
pub(super) fn kinds(ui: &Ui, actor: &Actor) -> Vec<(String, String)> {
    let desk = desk(ui, actor);
    let mut all = ui.options(List::MeetingKind);
    all.retain(|(code, _)| desk.has_kind(code));
    all
}

/// How one meets.
pub(super) fn ways(ui: &Ui) -> Vec<(String, String)> {
    [
        ("in_person", "meeting-in-person"),
        ("remote", "meeting-remote"),
    ]
    .map(|(code, key)| (code.to_owned(), ui.t(key)))
    .into()
}

async fn blank(_: NewPath, me: Require<can::MeetingKeep>) -> Result<Response, AppError> {
    let form = Form::new()
        .with("id", RowId::new(me.clock.now()).to_string())
        .with("meeting_how", "in_person");
    ok(&NewPage::new(&me, form))
}

async fn add(
    _: NewPath,
    me: Require<can::MeetingKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let desk = desk(&me.ui, &me.actor);
    if let Some(new) = form::new_meeting(&mut form, desk) {
        let mut tx = me.begin_register().await?;
        match db::plan(&mut tx, &me.actor, desk.city, &new).await? {
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&MeetingPath { id: new.id }));
            }
            Err(refusal) => form.fail("meeting_city", refusal.msg()),
        }
    }
    refused(&NewPage::new(&me, form))
}

/// The form of a meeting, as it is stored.
pub(super) fn known(meeting: &Meeting, ui: &Ui) -> Form {
    let day = ui.day_of(meeting.at).format("%d/%m/%Y").to_string();
    let how = if meeting.remote {
        "remote"
    } else {
        "in_person"
    };
    let place = meeting.place.as_deref().unwrap_or_default();
    Form::new()
        .with("meeting_kind", meeting.kind.as_str())
        .with("day", day)
        .with("hour", ui.time(meeting.at))
        .with("meeting_how", how)
        .with("meeting_place", place)
        .with("agenda", meeting.agenda.join("\n"))
        .with("version", meeting.version.to_string())
}

/// What can be asked when a colleague wrote meanwhile.
fn questions(me: &Require<can::MeetingKeep>) -> Vec<Question> {
    let text = |field, key| Question::text(field, me.ui.t(key));
    let kinds = kinds(&me.ui, &me.actor);
    vec![
        Question::choice("meeting_kind", me.ui.t("meeting-kind"), kinds),
        text("day", "meeting-day"),
        text("hour", "meeting-hour"),
        Question::choice("meeting_how", me.ui.t("meeting-how"), ways(&me.ui)),
        text("meeting_place", "meeting-place"),
        text("agenda", "meeting-agenda"),
    ]
}

async fn save(
    path: EditPath,
    me: Require<can::MeetingKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let back = MeetingPath { id: path.id };
    let mut tx = me.begin_register().await?;
    let meeting = db::lock(&mut tx, path.id).await?;
    if meeting.state != State::Planned {
        return Err(AppError::Conflict(db::Refusal::Over.msg()));
    }
    let stored = known(&meeting, &me.ui);
    match conflicts::meet(&mut form, &stored, &questions(&me)) {
        // pressed twice
        Met::Same if form.is_valid() => return Ok(see(&back)),
        Met::Clear | Met::Same => {}
        Met::Ask(found) => {
            let author = Author {
                name_ar: meeting.name_ar,
                name_la: meeting.name_la,
                at: Some(meeting.changed_at),
            };
            let around = Around::new(&path, &back);
            let theirs = Theirs::new(stored, author);
            return conflicts::ask(me.ui, around, &form, theirs, found);
        }
    }
    let Some(plan) = form::plan(&mut form, desk(&me.ui, &me.actor)) else {
        drop(tx);
        return draw(path.id, &me, Sent::Edit, form).await;
    };
    let now = me.clock.now();
    if let Err(refusal) = db::change(&mut tx, &me.actor, now, (&meeting, &plan)).await? {
        return Err(AppError::Conflict(refusal.msg()));
    }
    tx.commit().await?;
    Ok(see(&back))
}
