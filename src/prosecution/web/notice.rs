//! The urgent notice as it was sent, who has seen it, and what became of it.

use super::{desk::DeskPath, view::grouped};
use crate::{
    audit::{self, Event},
    authz::{CourtId, Grant, Require, can},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{DisclosureId, RowId},
    prosecution::{
        db::notice::{self, NoticeFile, SentOn},
        domain::Side,
        seal,
        snapshot::UrgentNotice,
    },
    reference::List,
    web::{Ui, ok, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/notices/{id}", rejection(AppError))]
pub(super) struct NoticePath {
    pub id: DisclosureId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/notices/{id}/acknowledge", rejection(AppError))]
pub(super) struct AcknowledgePath {
    id: DisclosureId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/notices/{id}/send-on", rejection(AppError))]
pub(super) struct SendOnPath {
    id: DisclosureId,
}

#[derive(Template)]
#[template(path = "prosecution/notice.html")]
struct NoticePage {
    ui: Ui,
    side: Side,
    file: NoticeFile,
    text: Option<UrgentNotice>,
    /// To another court.
    form: Form,
}

pub(super) async fn show(
    path: NoticePath,
    me: Require<can::ProsecutionRead>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = notice::notice(&mut tx, &me.actor, path.id).await?;
    let event =
        Event::on("urgent_notice.opened", "disclosure", path.id.0).in_territory(file.territory_id);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    let form = Form::new().with("id", RowId::new(me.clock.now()).to_string());
    ok(&NoticePage::of(&me, file, form)?)
}

pub(super) async fn acknowledge(
    path: AcknowledgePath,
    me: Require<can::ProsecutionReceive>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    notice::acknowledge(&mut tx, &me.actor, me.clock.now(), path.id).await?;
    tx.commit().await?;
    Ok(see(&NoticePath { id: path.id }))
}

/// To another court, which is told at once; this one reads it no more.
pub(super) async fn send_on(
    path: SendOnPath,
    me: Require<can::ProsecutionReceive>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let step = form.id_of_answers("id").map(RowId);
    if let Some(step) = step
        && notice::is_sent_on(&mut tx, step, path.id).await?
    {
        return Ok(see(&DeskPath));
    }
    let file = notice::notice(&mut tx, &me.actor, path.id).await?;
    let Some((court, reason)) = read(&mut form, &me.ui, file.court_id) else {
        tx.commit().await?;
        let drawn = NoticePage::of(&me, file, form)?;
        return page(StatusCode::UNPROCESSABLE_ENTITY, &drawn);
    };
    let step = step.ok_or(AppError::BadRequest)?;
    notice::send_on(&mut tx, &me.actor, (step, path.id), (court, &reason)).await?;
    tx.commit().await?;
    Ok(see(&DeskPath))
}

/// The other court, and why; what is wrong stands in the form.
fn read(form: &mut Form, ui: &Ui, here: CourtId) -> Option<(CourtId, String)> {
    let court = form.required("to_court", |text| {
        let known = text.parse().ok().map(CourtId);
        let known = known.and_then(|id| ui.catalogue().court(id));
        match known {
            Some(court) if court.id == here => Err(Msg::new("judicial-same-court")),
            Some(court) => Ok(court.id),
            None => Err(Msg::new("error-choice")),
        }
    });
    let reason = form.required("to_court_reason", |text| {
        let code = ui
            .catalogue()
            .parse(List::CourtChangeReason, text, ui.today())?;
        if is_said(&code) {
            Ok(code)
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    if form.is_valid() {
        court.zip(reason)
    } else {
        None
    }
}

/// Whether a reason says enough by itself: nothing is typed in a notice, and "other" asks for words.
fn is_said(code: &str) -> bool {
    code != "other"
}

impl NoticePage {
    fn of<G: Grant>(me: &Require<G>, file: NoticeFile, form: Form) -> Result<Self, AppError> {
        let text = file.snapshot.as_deref();
        let text = text.map(|text| seal::open(file.schema_version, text));
        let text = text.transpose().map_err(AppError::internal)?;
        Ok(Self {
            ui: me.ui.clone(),
            side: Side::of(&me.actor),
            file,
            text,
            form,
        })
    }

    /// Where it lies now, which may be another court than the one that it was sent to.
    fn court(&self) -> String {
        self.ui.court(self.file.court_id)
    }

    /// Whether the reader has still to say that they have it: a prosecutor until one has read it, the registry until it
    /// is received.
    fn waits_for_me(&self) -> bool {
        self.file.acknowledged_at.is_none()
            && self.ui.may("prosecution_receive")
            && (self.ui.may("file_study") || self.file.registered_at.is_none())
    }

    /// Key of the button of whoever has it.
    fn seen_key(&self) -> &'static str {
        if self.ui.may("file_study") {
            "notice-acknowledge"
        } else {
            "notice-register"
        }
    }

    /// From which court to which, and why.
    fn moved(&self, step: &SentOn) -> String {
        let courts = self.ui.t2(
            "judicial-path-from-to",
            ("from", self.ui.court(step.from)),
            ("to", self.ui.court(step.to)),
        );
        let reason = self.ui.label(List::CourtChangeReason, &step.reason);
        format!("{courts} · {reason}")
    }

    /// Who sent it on.
    fn mover(&self, step: &SentOn) -> String {
        step.by().say(&self.ui).to_owned()
    }

    /// Every court but the one where it lies.
    fn courts(&self) -> Vec<(String, String)> {
        let others = self.ui.catalogue().courts();
        others
            .filter(|court| court.id != self.file.court_id)
            .map(|court| (court.id.0.to_string(), self.ui.say(&court.label).to_owned()))
            .collect()
    }

    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = self.ui.options(List::CourtChangeReason);
        all.retain(|(code, _)| is_said(code));
        all
    }

    fn age(&self) -> String {
        let age = self.text.as_ref().and_then(|text| text.age.as_ref());
        age.map_or_else(|| self.ui.t("age-unknown"), |age| age.say(&self.ui))
    }

    fn hash(&self) -> String {
        grouped(&self.file.sha256)
    }
}
