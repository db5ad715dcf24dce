//! The worker's side: composing the extract, and the urgent notice.

use super::{file::FilePath, notice::NoticePath};
use crate::{
    authz::{Require, can},
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, DisclosureId, JudicialFileId},
    prosecution::{
        composed::{Proposal, SERIOUS, composed, court_of_place},
        db::{compose, notice},
        domain::LegalBasis,
        family::{Family, KnownAdult, KnownChild},
        material::{FrozenAssessment, Part},
        seal::Sealed,
    },
    reference::List,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/prosecution/new", rejection(AppError))]
pub(super) struct ComposePath {
    id: CaseId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/prosecution/urgent", rejection(AppError))]
pub(super) struct UrgentPath {
    id: CaseId,
}

#[derive(Template)]
#[template(path = "prosecution/compose.html")]
struct ComposePage {
    ui: Ui,
    form: Form,
    family: Family,
    proposal: Proposal,
    desk: Desk,
}

/// A part of the dossier that can be left out.
struct PartChoice {
    code: &'static str,
    words: String,
    hint: String,
}

pub(super) async fn new(
    path: ComposePath,
    me: Require<can::ReferralCompose>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let family = compose::family(&mut tx, &me.actor, path.id).await?;
    let proposal = Proposal::of(me.ui.catalogue(), &me.actor, &family);
    let form = blank(JudicialFileId::new(me.clock.now()), &family, &proposal);
    let subject = (DraftOf::Referral, path.id.0);
    let now = me.clock.now();
    let (form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), form).await?;
    tx.commit().await?;
    ok(&ComposePage {
        ui: me.ui,
        form,
        family,
        proposal,
        desk,
    })
}

/// What the form begins with: the proposed court, the adults of the child, who belong to the file unless the worker says
/// otherwise (other children do not), and every part that there is. No document: each is chosen.
fn blank(id: JudicialFileId, family: &Family, proposal: &Proposal) -> Form {
    let court = proposal.court();
    let court = court.map(|court| court.0.to_string()).unwrap_or_default();
    let mut form = Form::new().with("id", id.to_string()).with("court", court);
    if proposal.is_appeal() {
        form = form.with("court_reason", SERIOUS);
    }
    for adult in &family.adults {
        form = form.with("adult", adult.person.to_string());
    }
    for part in parts_of(family) {
        form = form.with("include", part.code());
    }
    form
}

/// What can be left out; an assessment only if there is one.
fn parts_of(family: &Family) -> impl Iterator<Item = Part> {
    let is_assessed = family.material.assessment.is_some();
    let is_there = move |part: &Part| is_assessed || *part != Part::Assessment;
    Part::ALL.into_iter().filter(is_there)
}

pub(super) async fn create(
    path: ComposePath,
    me: Require<can::ReferralCompose>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let family = compose::family(&mut tx, &me.actor, path.id).await?;
    let proposal = Proposal::of(me.ui.catalogue(), &me.actor, &family);
    let Some(composed) = composed(&mut form, &me.ui, &proposal, &family) else {
        return refused(&ComposePage {
            ui: me.ui,
            form,
            family,
            proposal,
            desk: Desk::given_back(DraftOf::Referral, path.id.0),
        });
    };
    let dossier = family.freeze(
        &composed.choice,
        me.actor.territory(),
        me.clock.today(),
        me.ui.catalogue(),
    );
    let salt = tx.ring().await?.salt(composed.id.0);
    let draft = compose::NewDraft {
        id: composed.id,
        extract: &Sealed::salted(&dossier, &salt).map_err(AppError::internal)?,
        proposed: composed.proposed,
        change: composed.change.as_ref(),
        now: me.clock.now(),
    };
    compose::draft(&mut tx, &me.actor, &family, &composed.choice, &draft).await?;
    drafts::done(&mut tx, DraftOf::Referral, path.id.0).await?;
    tx.commit().await?;
    Ok(see(&FilePath { id: composed.id }))
}

pub(super) async fn urgent(
    path: UrgentPath,
    me: Require<can::ReferralCompose>,
    mut form: Form,
) -> Result<Response, AppError> {
    let id: DisclosureId = form
        .required("id", |text| {
            text.parse().map_err(|_| Msg::new("error-choice"))
        })
        .ok_or(AppError::BadRequest)?;
    let mut tx = me.begin().await?;
    let family = compose::family(&mut tx, &me.actor, path.id).await?;
    let court = court_of_place(me.ui.catalogue(), &me.actor, &family)
        .ok_or_else(|| AppError::Conflict(Msg::new("notice-no-court")))?;
    let text = family
        .notice(
            court,
            me.actor.territory(),
            me.clock.today(),
            me.ui.catalogue(),
        )
        .ok_or(AppError::NotFound)?;
    let salt = tx.ring().await?.salt(id.0);
    let text = Sealed::salted(&text, &salt).map_err(AppError::internal)?;
    let new = notice::NewNotice {
        id,
        case: path.id,
        court,
        text: &text,
        now: me.clock.now(),
    };
    notice::send(&mut tx, &me.actor, &new).await?;
    tx.commit().await?;
    Ok(see(&NoticePath { id }))
}

impl ComposePage {
    /// The proposed court first.
    fn courts(&self) -> Vec<(String, String)> {
        let catalogue = self.ui.catalogue();
        let proposed = self.proposal.court();
        let first = proposed.and_then(|id| catalogue.court(id));
        let others = catalogue
            .courts()
            .filter(|court| Some(court.id) != proposed);
        first
            .into_iter()
            .chain(others)
            .map(|c| (c.id.0.to_string(), self.ui.say(&c.label).to_owned()))
            .collect()
    }

    fn court_reasons(&self) -> Vec<(String, String)> {
        let choices = self
            .ui
            .catalogue()
            .choices(List::CourtChangeReason, self.ui.today());
        choices
            .into_iter()
            .map(|c| (c.code.clone(), self.ui.say(&c.label).to_owned()))
            .collect()
    }

    /// Whether the reason has something to say: always open after a refusal of it.
    fn other_court(&self) -> bool {
        let place = self.proposal.place;
        place.is_none_or(|court| self.form.text("court") != court.0.to_string())
            || self.form.error("court_reason").is_some()
    }

    fn bases(&self) -> Vec<(&'static str, String, bool)> {
        LegalBasis::ALL
            .iter()
            .map(|b| (b.code(), self.ui.t(b.key()), b.is_confirmed()))
            .collect()
    }

    /// The court of the place, if one is known.
    fn place_name(&self) -> Option<String> {
        self.proposal.place.map(|court| self.ui.court(court))
    }

    /// The court of appeal above it.
    fn appeal_name(&self) -> Option<String> {
        self.proposal.appeal.map(|court| self.ui.court(court))
    }

    /// What points to trafficking, in one line; nothing if nothing does.
    fn signs(&self) -> String {
        let sign = |code: &String| self.ui.label(List::ExploitationIndicator, code);
        let signs: Vec<String> = self.proposal.signs.iter().map(sign).collect();
        signs.join(self.ui.comma())
    }

    /// What can be left out.
    fn parts(&self) -> Vec<PartChoice> {
        let choice = |part: Part| PartChoice {
            code: part.code(),
            words: self.ui.t(part.key()),
            hint: self.ui.t(part.hint()),
        };
        parts_of(&self.family).map(choice).collect()
    }

    /// The assessment as it would be sent.
    fn assessment(&self) -> Option<FrozenAssessment> {
        self.family.material.freeze_assessment(self.ui.catalogue())
    }

    fn sex(&self, code: &str) -> String {
        self.ui.label(List::Sex, code)
    }

    fn age(&self, birth: Option<&crate::people::Birth>) -> String {
        birth.map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_on(self.ui.today()).say(&self.ui),
        )
    }

    fn subject(&self) -> Option<&KnownChild> {
        self.family.children.first()
    }

    fn siblings(&self) -> &[KnownChild] {
        self.family.children.get(1..).unwrap_or_default()
    }

    /// What the adult says to be to the child of the file, and whether that is proved.
    fn tie(&self, adult: &KnownAdult) -> String {
        let Some(tie) = adult.tie_to(self.family.subject.child) else {
            return String::new();
        };
        let proof = if tie.claim == "verified" {
            "judicial-tie-verified"
        } else {
            "judicial-tie-claimed"
        };
        format!(
            "{} · {}",
            self.ui.label(List::AdultRelation, &tie.kind),
            self.ui.t(proof)
        )
    }
}
