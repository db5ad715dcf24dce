//! One judicial file: the extract, the same for everyone, and beside it what the reader may do.

use super::{
    custody::GivenBack,
    view::{Decisions, Party, grouped},
};
use crate::{
    audit::{self, Event},
    authz::{Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{JudicialFileId, PersonId, RowId},
    prosecution::{
        custody::Move,
        db::{
            custody::{self, Step},
            file::{self, FileRow},
            notes, report,
        },
        domain::{self, Effect, Side},
        seal,
        snapshot::Dossier,
    },
    reference::List,
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}", rejection(AppError))]
pub(super) struct FilePath {
    pub id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/transmit", rejection(AppError))]
pub(super) struct TransmitPath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/receive", rejection(AppError))]
pub(super) struct ReceivePath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/notes", rejection(AppError))]
pub(super) struct NotesPath {
    id: JudicialFileId,
}

#[derive(Template)]
#[template(path = "prosecution/file.html")]
pub(super) struct FilePage {
    ui: Ui,
    side: Side,
    file: FileRow,
    dossier: Option<Dossier>,
    children: Vec<Party>,
    adults: Vec<Party>,
    needs_act: bool,
    /// The court's own words; the social side never gets them.
    note: Form,
    custody: super::custody::Panel,
    annexes: super::annexes::Panel,
    thread_panel: super::thread::Panel,
    follow_up: crate::prosecution::follow_up::Panel,
    /// What the cell did for the measures.
    reports: Vec<report::Reported>,
}

/// A form given back.
pub(super) enum Returned {
    Child(PersonId, Form),
    Adult(PersonId, Form),
    Act(RowId, Form),
    Note(Form),
    Question(Form),
    Answer(RowId, Form),
    Event(Form),
    Step(GivenBack),
}

pub(super) async fn show(
    path: FilePath,
    me: Require<can::ProsecutionRead>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let page = FilePage::load(&mut tx, &me, path.id, None).await?;
    let event = Event::on("judicial_file.opened", "judicial_file", path.id.0);
    audit::record(&mut tx, event.in_territory(page.file.territory_id)).await?;
    tx.commit().await?;
    ok(&page)
}

pub(super) async fn transmit(
    path: TransmitPath,
    me: Require<can::ReferralTransmit>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold_here(&mut tx, &me.actor, path.id).await?;
    let mut drawn = FilePage::load(&mut tx, &me, path.id, None).await?;
    if drawn.annexes.refuses() {
        return refused(&drawn);
    }
    let sent = Step {
        gaps: drawn.annexes.gaps(),
        ..Step::default()
    };
    let step = RowId::new(me.clock.now());
    match custody::make(&mut tx, step, &file, Move::Transmit, &sent).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return meanwhile(&me, path.id, Move::Transmit, msg).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

pub(super) async fn receive(
    path: ReceivePath,
    me: Require<can::ProsecutionReceive>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    match custody::receive(&mut tx, me.clock.now(), &file).await {
        Err(AppError::Conflict(msg)) => {
            drop(tx);
            return meanwhile(&me, path.id, Move::Receive, msg).await;
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

/// Somebody was quicker: the page as it is now, and that it is so.
async fn meanwhile<G: Grant>(
    me: &Require<G>,
    id: JudicialFileId,
    made: Move,
    msg: Msg,
) -> Result<Response, AppError> {
    let back = GivenBack {
        made,
        form: Form::new(),
        notice: Some(msg),
    };
    again(me, id, Returned::Step(back), StatusCode::CONFLICT).await
}

/// The page as it is now, with a form that was not taken; in a transaction of its own, for a refusal of the database ends
/// the one it was made in.
pub(super) async fn again<G: Grant>(
    me: &Require<G>,
    id: JudicialFileId,
    returned: Returned,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let drawn = FilePage::load(&mut tx, me, id, Some(returned)).await?;
    tx.commit().await?;
    page(status, &drawn)
}

/// A note for the court alone.
pub(super) async fn note(
    path: NotesPath,
    me: Require<can::DecisionRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    let Some(text) = form.required("judicial_note", Paragraph::parse) else {
        let returned = Some(Returned::Note(form));
        return refused(&FilePage::load(&mut tx, &me, path.id, returned).await?);
    };
    let id = form.id_of_answers("id").map(RowId);
    let id = id.ok_or(AppError::BadRequest)?;
    let of = (file.id, file.case_id, file.territory_id);
    let now = me.clock.now();
    notes::write(&mut tx, &me.actor, now, of, (id, text.as_str())).await?;
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

impl FilePage {
    pub(super) async fn load<G: Grant>(
        tx: &mut Tx,
        me: &Require<G>,
        id: JudicialFileId,
        returned: Option<Returned>,
    ) -> Result<Self, AppError> {
        let side = Side::of(&me.actor);
        let file = file::file(tx, &me.actor, id).await?;
        let dossier = file.snapshot.as_deref();
        let dossier = dossier.map(|text| seal::open(file.schema_version, text));
        let dossier: Option<Dossier> = dossier.transpose().map_err(AppError::internal)?;
        let (step, returned) = match returned {
            Some(Returned::Step(step)) => (Some(step), None),
            returned => (None, returned),
        };
        let custody = super::custody::Panel::load(tx, me, &file, step).await?;
        let annexes = super::annexes::Panel::load(tx, me, &file, dossier.as_ref()).await?;
        let on_children = file::child_decisions(tx, &me.actor, id).await?;
        let on_adults = if side.is_court() {
            file::adult_decisions(tx, &me.actor, id).await?
        } else {
            Vec::new()
        };
        let on_children = Decisions {
            ui: &me.ui,
            rows: &on_children,
        };
        let on_adults = Decisions {
            ui: &me.ui,
            rows: &on_adults,
        };
        let (mut children, mut adults) = (
            on_children.children(dossier.as_ref()),
            on_adults.adults(dossier.as_ref()),
        );
        for more in &custody.joined {
            super::custody::join(&mut children, on_children.children(Some(more)), 'c');
            super::custody::join(&mut adults, on_adults.adults(Some(more)), 'a');
        }
        annexes.tell(&me.ui, children.iter_mut().chain(&mut adults));
        super::decide::offer(me, file.state.takes_decisions(), &mut children, &mut adults);
        let mut note = Form::new().with("id", RowId::new(me.clock.now()).to_string());
        let mut thread_panel = super::thread::Panel::load(tx, me, &file).await?;
        let mut event = None;
        match returned {
            Some(Returned::Event(form)) => event = Some(form),
            Some(Returned::Note(form)) => note = form,
            Some(Returned::Question(form)) => thread_panel.give_back_question(form),
            Some(Returned::Answer(question, form)) => thread_panel.give_back(question, form)?,
            Some(Returned::Child(person, form)) => {
                super::decide::give_back(me, &mut children, person, form)?;
            }
            Some(Returned::Adult(person, form)) => {
                super::decide::give_back(me, &mut adults, person, form)?;
            }
            Some(Returned::Act(act, form)) => {
                let parties = children.iter_mut().chain(&mut adults);
                super::decide::give_back_act(me, parties, act, form);
            }
            Some(Returned::Step(_)) | None => {}
        }
        let parties = (children.as_slice(), adults.as_slice());
        let follow_up = super::events::panel(tx, me, &file, parties, event).await?;
        let needs_act = domain::needs_act(me.actor.role);
        Ok(Self {
            ui: me.ui.clone(),
            side,
            file,
            dossier,
            children,
            adults,
            needs_act,
            note,
            custody,
            annexes,
            thread_panel,
            follow_up,
            reports: report::of_file(tx, &me.actor, id).await?,
        })
    }

    /// Before it is sent, it says that it is not.
    fn extract_key(&self) -> &'static str {
        if self.file.state.is_sent() {
            "judicial-extract"
        } else {
            "judicial-extract-draft"
        }
    }

    fn hash(&self) -> String {
        grouped(&self.file.sha256)
    }

    fn court(&self) -> String {
        self.ui.court(self.file.court_id)
    }

    fn court_change(&self) -> Option<String> {
        self.file
            .court_change_reason
            .as_ref()
            .map(|code| self.ui.label(List::CourtChangeReason, code))
    }

    fn proposed_court(&self) -> String {
        self.ui.court(self.file.proposed_court_id)
    }

    fn waiting_children(&self) -> usize {
        self.children
            .iter()
            .filter(|party| party.live.is_empty())
            .count()
    }

    /// Adults whose decision is not settled.
    fn waiting_adults(&self) -> usize {
        let unsettled = |party: &&Party| {
            party
                .live
                .first()
                .and_then(|line| line.effect)
                .is_none_or(|effect| effect == Effect::Pending)
        };
        self.adults.iter().filter(unsettled).count()
    }

    /// The form that was refused, for the summary on top.
    fn refused(&self) -> Option<(&str, &Form)> {
        let all = self.children.iter().chain(&self.adults);
        let refused = all.flat_map(Party::sheets).find(|sheet| sheet.is_refused());
        refused.map(|sheet| (sheet.scope.as_str(), &sheet.form))
    }

    fn effects(&self) -> [Effect; 3] {
        Effect::ALL
    }

    /// A registrar must give the number; a prosecutor may.
    fn act_label(&self) -> String {
        let label = self.ui.t("decision-act");
        if self.needs_act {
            label
        } else {
            format!("{label} {}", self.ui.t("optional"))
        }
    }
}
