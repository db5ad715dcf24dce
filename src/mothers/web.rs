//! Pages of mothers.

use super::{
    db::{self, NewOpening},
    domain::{Access, Effect, FAMILIES, Ground, Track},
    list::{self, Line},
    page::MotherPage,
};
use crate::{
    authz::{Require, can},
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{DecisionId, PersonId, RowId},
    reference::List,
    routes::Routes,
    web::{Cursor, Page, Ui, ok, page, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default().get(list).get(show).post(open_services)
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers")]
struct MothersPath;

/// A mother.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers/{id}", rejection(AppError))]
pub struct MotherPath {
    /// Who.
    pub id: PersonId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/mothers/{id}/support", rejection(AppError))]
struct SupportPath {
    id: PersonId,
}

#[derive(Template)]
#[template(path = "mothers/list.html")]
struct MothersPage {
    ui: Ui,
    effect: Option<Effect>,
    is_first: bool,
    mothers: Page<Line>,
}

async fn list(
    _: MothersPath,
    me: Require<can::MotherRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let effect = Effect::from_code(asked.text("effect"));
    let after = Cursor::parse(asked.text("after"));
    let mut tx = me.begin().await?;
    let mothers = list::newest_first(&mut tx, &me.actor, effect, after).await?;
    tx.commit().await?;
    ok(&MothersPage {
        ui: me.ui,
        effect,
        is_first: after.is_none(),
        mothers,
    })
}

async fn show(path: MotherPath, me: Require<can::MotherRead>) -> Result<Response, AppError> {
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    let mut tx = me.begin().await?;
    let mother = db::find(&mut tx, &me.actor, path.id).await?;
    let children = db::children_of(&mut tx, &me.actor, path.id).await?;
    let acts = match mother.track {
        Some(_) => db::services_of(&mut tx, &me.actor, path.id).await?,
        None => Vec::new(),
    };
    db::opened(&mut tx, &me.actor, &mother).await?;
    tx.commit().await?;
    ok(&MotherPage {
        ui: me.ui,
        form,
        mother,
        children,
        acts,
    })
}

async fn open_services(
    path: SupportPath,
    me: Require<can::SupportOpen>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mother = db::find(&mut tx, &me.actor, path.id).await?;
    let track = mother.track.as_ref().ok_or(AppError::Forbidden)?;
    let conflict = match fitting(&form, track) {
        Ok(ground) => match opening(&mut form, &me.ui, ground) {
            None => None,
            Some(new) => match db::open_services(&mut tx, &me.actor, path.id, &new).await {
                Ok(()) => {
                    tx.commit().await?;
                    return Ok(see(&MotherPath { id: path.id }));
                }
                Err(AppError::Conflict(msg)) => Some(msg),
                Err(error) => return Err(error),
            },
        },
        Err(msg) => Some(msg),
    };
    drop(tx);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(msg) = conflict {
        form.fail("note", msg);
        status = StatusCode::CONFLICT;
    }
    // as she stands now: what was typed is kept beside it
    let mut tx = me.begin().await?;
    let mother = db::find(&mut tx, &me.actor, path.id).await?;
    let children = db::children_of(&mut tx, &me.actor, path.id).await?;
    let acts = db::services_of(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    let page_of = MotherPage {
        ui: me.ui,
        form,
        mother,
        children,
        acts,
    };
    page(status, &page_of)
}

/// The ground on which the services can be opened now, and the prosecution that it is against.
fn fitting(form: &Form, track: &Track) -> Result<(Ground, Option<DecisionId>), Msg> {
    // decided meanwhile, or being decided: nothing for a supervisor to open
    let ground = Ground::under(track.effect).ok_or(Msg::new("mother-nothing-to-open"))?;
    let decision = track.standing.filter(|_| ground == Ground::Override);
    // a prosecution that the page did not show is not overridden
    if form.text("decision").parse::<DecisionId>().ok() == decision {
        Ok((ground, decision))
    } else {
        Err(Msg::new("mother-decided-meanwhile"))
    }
}

fn opening(
    form: &mut Form,
    ui: &Ui,
    (ground, decision): (Ground, Option<DecisionId>),
) -> Option<NewOpening> {
    // sent again as it was, it is the opening that was made; amended, it is another
    let id = form.id_of_answers("id").map(RowId);
    if id.is_none() {
        form.fail("id", Msg::new("error-choice"));
    }
    let reason = form.required("reason", |text| {
        let words = ui.catalogue();
        let code = words.parse(List::NoProcedureReason, text, ui.today())?;
        match words.code(List::NoProcedureReason, &code) {
            Some(reason) if ground.takes(reason) => Ok(code),
            _ => Err(Msg::new("error-choice")),
        }
    });
    let note = match ground {
        // against a decision of the prosecution, a code is not enough
        Ground::Override => form.required("note", Paragraph::parse),
        Ground::NoProcedure => form.optional("note", Paragraph::parse),
    };
    if !form.is_valid() {
        return None;
    }
    Some(NewOpening {
        id: id?,
        ground,
        decision,
        reason: reason?,
        note: note.map(Paragraph::into_string),
    })
}

impl MothersPage {
    fn filters(&self) -> [Effect; 4] {
        Effect::ALL
    }

    fn is_current(&self, effect: &Effect) -> bool {
        self.effect == Some(*effect)
    }

    fn next(&self) -> Option<String> {
        let cursor = self.mothers.next?;
        let effect = self
            .effect
            .map(|e| format!("effect={}&", e.code()))
            .unwrap_or_default();
        Some(format!("/mothers?{effect}after={cursor}"))
    }

    fn top(&self) -> String {
        self.effect.map_or_else(
            || "/mothers".to_owned(),
            |e| format!("/mothers?effect={}", e.code()),
        )
    }
}

impl Line {
    /// The class of each of the four marks: given, planned, neither.
    fn marks(&self) -> [&'static str; 4] {
        FAMILIES.map(|(family, _)| {
            let among = |families: &[String]| families.iter().any(|f| f == family);
            if among(&self.delivered) {
                "c"
            } else if among(&self.planned) {
                "d"
            } else {
                ""
            }
        })
    }

    /// The marks, for those who do not see them.
    fn marks_said(&self, ui: &Ui) -> String {
        ui.t2(
            "mothers-marks",
            ("delivered", self.delivered.len()),
            ("planned", self.planned.len()),
        )
    }

    fn access(&self) -> Option<Access> {
        self.effect
            .map(|effect| super::access(effect, self.is_opened))
    }
}

impl Access {
    /// Key of its words.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Open => "mother-access-open",
            Self::UrgentOnly => "mother-access-urgent",
            Self::Blocked => "mother-access-blocked",
        }
    }

    /// Name of its icon.
    pub(super) const fn icon(self) -> &'static str {
        match self {
            Self::Open => "heart-handshake",
            Self::UrgentOnly => "hourglass",
            Self::Blocked => "lock",
        }
    }

    /// Class of its pill.
    pub(super) const fn tone(self) -> &'static str {
        match self {
            Self::Open => " brand",
            Self::UrgentOnly => " amber",
            Self::Blocked => "",
        }
    }
}
