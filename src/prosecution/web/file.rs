//! One judicial file: the extract, the same for everyone, and beside it what the reader may do.

use super::view::{Decisions, Party, doubtful, grouped, offence_words};
use crate::{
    audit::{self, Event},
    authz::{Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{DecisionId, JudicialFileId, PersonId, RowId},
    prosecution::{
        db::{
            custody,
            decide::{self, Refusal},
            file::{self, FileRow},
            notes,
        },
        domain::{self, Effect, Side},
        form::{self, Bench},
        seal,
        snapshot::Dossier,
    },
    reference::List,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
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
#[typed_path("/prosecution/{id}/children/{person}/decision", rejection(AppError))]
pub(super) struct ChildPath {
    id: JudicialFileId,
    person: PersonId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/adults/{person}/decision", rejection(AppError))]
pub(super) struct AdultPath {
    id: JudicialFileId,
    person: PersonId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/notes", rejection(AppError))]
pub(super) struct NotesPath {
    id: JudicialFileId,
}

#[derive(Template)]
#[template(path = "prosecution/file.html")]
struct FilePage {
    ui: Ui,
    side: Side,
    file: FileRow,
    dossier: Option<Dossier>,
    children: Vec<Party>,
    adults: Vec<Party>,
    needs_act: bool,
    /// The court's own words; the social side never gets them.
    note: Form,
}

/// A form given back.
enum Returned {
    Child(PersonId, Form),
    Adult(PersonId, Form),
    Note(Form),
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
    custody::transmit(&mut tx, &me.actor, me.clock.now(), path.id).await?;
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

pub(super) async fn receive(
    path: ReceivePath,
    me: Require<can::ProsecutionReceive>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    custody::receive(&mut tx, &me.actor, me.clock.now(), &file).await?;
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

pub(super) async fn decide_child(
    path: ChildPath,
    me: Require<can::DecisionRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    if let Some(measure) = form::child_measure(&mut form, &Bench::of(&me.ui, &me.actor, &file)) {
        let on = (path.person, &measure);
        match decide::on_child(&mut tx, &me.actor, me.clock.now(), &file, on).await {
            Err(Refusal::ActTaken) => form.fail("act", Msg::new("decision-act-taken")),
            Err(Refusal::Other(error)) => return Err(error),
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&FilePath { id: path.id }));
            }
        }
    }
    let returned = Returned::Child(path.person, form);
    refused(&FilePage::load(&mut tx, &me, path.id, Some(returned)).await?)
}

pub(super) async fn decide_adult(
    path: AdultPath,
    me: Require<can::DecisionRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    if let Some(decision) = form::adult_decision(&mut form, &Bench::of(&me.ui, &me.actor, &file)) {
        let on = (path.person, &decision);
        match decide::on_adult(&mut tx, &me.actor, me.clock.now(), &file, on).await {
            Err(Refusal::ActTaken) => form.fail("act", Msg::new("decision-act-taken")),
            Err(Refusal::Other(error)) => return Err(error),
            Ok(()) => {
                tx.commit().await?;
                return Ok(see(&FilePath { id: path.id }));
            }
        }
    }
    let returned = Returned::Adult(path.person, form);
    refused(&FilePage::load(&mut tx, &me, path.id, Some(returned)).await?)
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
    async fn load<G: Grant>(
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
        if me.ui.may("decision_record") && file.state.takes_decisions() {
            let blank = |latest: String| {
                Form::new()
                    .with("id", DecisionId::new(me.clock.now()).to_string())
                    .with("seen", latest)
                    .with(
                        "decided_on",
                        me.clock.today().format("%d/%m/%Y").to_string(),
                    )
            };
            for child in &mut children {
                child.form = Some(blank(on_children.latest(child.person)));
            }
            for adult in &mut adults {
                adult.form = Some(blank(on_adults.latest(adult.person)));
            }
        }
        let mut note = Form::new().with("id", RowId::new(me.clock.now()).to_string());
        match returned {
            Some(Returned::Note(form)) => note = form,
            Some(Returned::Child(person, form)) => give_back(&mut children, person, form)?,
            Some(Returned::Adult(person, form)) => give_back(&mut adults, person, form)?,
            None => {}
        }
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
            .filter(|party| party.live.is_none())
            .count()
    }

    /// Adults whose decision is not settled.
    fn waiting_adults(&self) -> usize {
        let unsettled = |party: &&Party| {
            party
                .live
                .as_ref()
                .and_then(|line| line.effect)
                .is_none_or(|effect| effect == Effect::Pending)
        };
        self.adults.iter().filter(unsettled).count()
    }

    /// The form that was refused, for the summary on top.
    fn refused(&self) -> Option<(&Party, &Form)> {
        let all = self.children.iter().chain(&self.adults);
        all.filter_map(|party| Some((party, party.form.as_ref()?)))
            .find(|(_, form)| !form.is_valid())
    }

    fn child_kinds(&self) -> Vec<(String, String)> {
        let words =
            |c: &&crate::reference::Code| doubtful(&self.ui, c, self.ui.say(&c.label).to_owned());
        let choices = self
            .ui
            .catalogue()
            .choices(List::ChildDecisionKind, self.ui.today());
        choices.iter().map(|c| (c.code.clone(), words(c))).collect()
    }

    fn effects(&self) -> [Effect; 3] {
        Effect::ALL
    }

    fn pending_kinds(&self) -> Vec<(String, String)> {
        self.adult_kinds(Effect::Pending)
    }

    fn prosecuted_kinds(&self) -> Vec<(String, String)> {
        self.adult_kinds(Effect::Prosecuted)
    }

    fn not_prosecuted_kinds(&self) -> Vec<(String, String)> {
        self.adult_kinds(Effect::NotProsecuted)
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

    /// The kinds of decision on an adult that have this effect.
    fn adult_kinds(&self, effect: Effect) -> Vec<(String, String)> {
        let choices = self
            .ui
            .catalogue()
            .choices(List::AdultDecisionKind, self.ui.today());
        let of = choices.into_iter().filter(|kind| effect.is_of(kind));
        of.map(|c| {
            (
                c.code.clone(),
                doubtful(&self.ui, c, self.ui.say(&c.label).to_owned()),
            )
        })
        .collect()
    }

    fn offences(&self) -> Vec<(String, String)> {
        let choices = self.ui.catalogue().choices(List::Offence, self.ui.today());
        choices
            .into_iter()
            .map(|c| (c.code.clone(), offence_words(&self.ui, c)))
            .collect()
    }

    fn reasons(&self) -> Vec<(String, String)> {
        let choices = self
            .ui
            .catalogue()
            .choices(List::NonProsecutionReason, self.ui.today());
        choices
            .into_iter()
            .map(|c| (c.code.clone(), self.ui.say(&c.label).to_owned()))
            .collect()
    }
}

/// Puts a refused form in the place of the blank one; of someone who is no party, there is nothing here.
fn give_back(parties: &mut [Party], person: PersonId, form: Form) -> Result<(), AppError> {
    let party = parties
        .iter_mut()
        .find(|party| party.person == person)
        .ok_or(AppError::NotFound)?;
    party.form = Some(form);
    Ok(())
}
