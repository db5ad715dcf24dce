//! A designation: who it is, its letter, its end, what was a mistake.

use super::{body, team::days};
use crate::{
    authz::{Grant, Require, can},
    conflicts::{self, Around, Meeting, Question, Theirs},
    documents::{self, Upload},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{AttachmentId, RowId},
    plan::scan::{self, About, Scan},
    reference::List,
    routes::Routes,
    state::AppState,
    teams::{
        db::{self, Opened},
        domain::{Designation, Member},
        form,
    },
    web::{Ui, page, see},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// Somebody in a seat.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/designations/{id}", rejection(AppError))]
pub(super) struct DesignationPath {
    pub(super) id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/designations/{id}/member", rejection(AppError))]
struct MemberPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/designations/{id}/end", rejection(AppError))]
struct EndPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/designations/{id}/strike", rejection(AppError))]
struct StrikePath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/plan/designations/{id}/letter", rejection(AppError))]
struct LetterPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(change)
        .post(end)
        .post(strike)
        .upload(letter)
}

/// Which form of the page came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Nothing,
    Member,
    End,
    Letter,
}

#[derive(Template)]
#[template(path = "teams/designation.html")]
struct DesignationPage {
    ui: Ui,
    opened: Opened,
    sent: Sent,
    /// The form that came back, or an empty one.
    form: Form,
    /// The others, as they stand.
    member: Form,
    end: Form,
    letter: Form,
}

impl DesignationPage {
    fn one(&self) -> &Designation {
        &self.opened.designation
    }

    fn name(&self) -> &str {
        let member = &self.one().member;
        self.ui.name(&member.name_ar, &member.name_la)
    }

    fn sector(&self) -> String {
        self.ui.label(List::SeatSector, &self.opened.seat.sector)
    }

    fn body(&self) -> String {
        body(&self.ui, &self.opened.seat.body)
    }

    fn days(&self) -> String {
        days(&self.ui, self.one().since, self.one().until)
    }

    fn runs(&self) -> bool {
        self.one().runs(self.ui.today())
    }

    fn is_kept(&self) -> bool {
        let place = self.ui.actor().map(|actor| actor.territory());
        self.ui.may("city_team_keep") && place == Some(self.opened.seat.city.territory)
    }

    /// Where a letter is sent.
    fn letter_action(&self) -> String {
        LetterPath { id: self.one().id }.to_string()
    }

    /// A form of the page: as it came back, or as it stands.
    fn sheet(&self, which: Sent) -> &Form {
        match which {
            _ if which == self.sent => &self.form,
            Sent::Member => &self.member,
            Sent::End => &self.end,
            Sent::Letter | Sent::Nothing => &self.letter,
        }
    }
}

/// The form of a member, as it is stored.
fn known(one: &Designation) -> Form {
    let member = &one.member;
    Form::new()
        .with("name_ar", member.name_ar.as_str())
        .with("name_la", member.name_la.as_str())
        .with("function", member.function.as_str())
        .with("work_phone", member.phone.as_deref().unwrap_or_default())
        .with("work_email", member.email.as_deref().unwrap_or_default())
        .with("version", one.version.to_string())
}

/// What can be asked when a colleague wrote meanwhile.
fn questions(ui: &Ui) -> Vec<Question> {
    [
        ("name_ar", "field-name-ar"),
        ("name_la", "field-name-la"),
        ("function", "team-function"),
        ("work_phone", "team-phone"),
        ("work_email", "team-email"),
    ]
    .map(|(field, key)| Question::text(field, ui.t(key)))
    .into()
}

async fn show(path: DesignationPath, me: Require<can::CityTeamRead>) -> Result<Response, AppError> {
    draw(path.id, &me, Sent::Nothing, Form::new()).await
}

/// The page, with one of its forms as it was left.
async fn draw<G: Grant>(
    id: RowId,
    me: &Require<G>,
    sent: Sent,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let opened = db::designation(&mut tx, id).await?;
    tx.commit().await?;
    let status = if form.is_valid() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let today = me.ui.today().format("%d/%m/%Y").to_string();
    let shown = DesignationPage {
        member: conflicts::shown(known(&opened.designation)),
        end: Form::new().with("until", today),
        letter: Form::new().with("id", AttachmentId::new(me.clock.now()).to_string()),
        ui: me.ui.clone(),
        opened,
        sent,
        form,
    };
    page(status, &shown)
}

async fn change(
    path: MemberPath,
    me: Require<can::CityTeamKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let back = DesignationPath { id: path.id };
    let mut tx = me.begin_register().await?;
    db::hold_member(&mut tx, &me.actor, path.id).await?;
    let opened = db::designation(&mut tx, path.id).await?;
    let stored = known(&opened.designation);
    match conflicts::meet(&mut form, &stored, &questions(&me.ui)) {
        // pressed twice
        Meeting::Same if form.is_valid() => return Ok(see(&back)),
        Meeting::Clear | Meeting::Same => {}
        Meeting::Ask(found) => {
            let around = Around::new(&path, &back);
            let theirs = Theirs::new(stored, opened.author);
            return conflicts::ask(me.ui, around, &form, theirs, found);
        }
    }
    let Some(member) = form::member(&mut form) else {
        drop(tx);
        return draw(path.id, &me, Sent::Member, form).await;
    };
    let before: &Member = &opened.designation.member;
    let now = me.clock.now();
    db::change_member(&mut tx, &me.actor, now, (path.id, before, &member)).await?;
    tx.commit().await?;
    Ok(see(&back))
}

async fn end(
    path: EndPath,
    me: Require<can::CityTeamKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let one = db::designation(&mut tx, path.id).await?.designation;
    if one.is_struck {
        return Err(AppError::Conflict(Msg::new("team-over")));
    }
    let Some(last) = form::last_day(&mut form, (one.since, one.until), me.ui.today()) else {
        drop(tx);
        return draw(path.id, &me, Sent::End, form).await;
    };
    let ended = db::end(&mut tx, &me.actor, me.clock.now(), (path.id, last)).await?;
    if let Err(refusal) = ended {
        drop(tx);
        form.fail("until", refusal.msg());
        return draw(path.id, &me, Sent::End, form).await;
    }
    tx.commit().await?;
    Ok(see(&DesignationPath { id: path.id }))
}

async fn strike(path: StrikePath, me: Require<can::CityTeamKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    // of another city there is nothing here
    db::designation(&mut tx, path.id).await?;
    let struck = db::strike(&mut tx, &me.actor, me.clock.now(), path.id).await?;
    if let Err(refusal) = struck {
        return Err(AppError::Conflict(refusal.msg()));
    }
    tx.commit().await?;
    Ok(see(&DesignationPath { id: path.id }))
}

/// The letter, scanned.
async fn letter(
    path: LetterPath,
    me: Require<can::CityTeamKeep>,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, AppError> {
    let Upload {
        mut form,
        file,
        share: _share,
    } = upload;
    let mut tx = me.begin_register().await?;
    let territory = db::designation(&mut tx, path.id).await?.seat.city.territory;
    tx.commit().await?;
    let id = form.required("id", |text| {
        text.parse().map_err(|_| Msg::new("error-choice"))
    });
    let checked = documents::checked(&mut form, file).await?;
    if let (Some(id), Some(checked)) = (id, checked) {
        let about = About::Designation(path.id, territory);
        let checked = &checked;
        let paper = Scan { id, about, checked };
        match scan::keep(&me, &state, &about, Some(paper)).await? {
            Ok(()) => return Ok(see(&DesignationPath { id: path.id })),
            Err((field, why)) => form.fail(field, why),
        }
    }
    form.set("id", AttachmentId::new(me.clock.now()).to_string());
    draw(path.id, &me, Sent::Letter, form).await
}
