//! The worker's side: composing the extract, and the urgent notice.

use super::{file::FilePath, notice::NoticePath};
use crate::{
    authz::{CourtId, Require, can},
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CaseId, DisclosureId, JudicialFileId},
    prosecution::{
        db::{compose, notice},
        domain::LegalBasis,
        family::{Family, KnownAdult, KnownChild},
        form::{self, proposed_court},
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
    proposed: Option<CourtId>,
    desk: Desk,
}

pub(super) async fn new(
    path: ComposePath,
    me: Require<can::ReferralCompose>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let family = compose::family(&mut tx, &me.actor, path.id).await?;
    let proposed = proposed_court(&me.ui, &me.actor, &family);
    let form = Form::new()
        .with("id", JudicialFileId::new(me.clock.now()).to_string())
        .with(
            "court",
            proposed
                .map(|court| court.0.to_string())
                .unwrap_or_default(),
        );
    // the adults of the child belong to the file unless the worker says otherwise; other children do not
    let form = family.adults.iter().fold(form, |form, adult| {
        form.with("adult", adult.person.to_string())
    });
    let subject = (DraftOf::Referral, path.id.0);
    let now = me.clock.now();
    let (form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), form).await?;
    tx.commit().await?;
    ok(&ComposePage {
        ui: me.ui,
        form,
        family,
        proposed,
        desk,
    })
}

pub(super) async fn create(
    path: ComposePath,
    me: Require<can::ReferralCompose>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let family = compose::family(&mut tx, &me.actor, path.id).await?;
    let Some(composed) = form::composed(&mut form, &me.ui, &me.actor, &family) else {
        let proposed = proposed_court(&me.ui, &me.actor, &family);
        return refused(&ComposePage {
            ui: me.ui,
            form,
            family,
            proposed,
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
    let court = proposed_court(&me.ui, &me.actor, &family)
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
        let first = self.proposed.and_then(|id| catalogue.court(id));
        let others = catalogue
            .courts()
            .filter(|court| Some(court.id) != self.proposed);
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
        self.proposed
            .is_none_or(|court| self.form.text("court") != court.0.to_string())
            || self.form.error("court_reason").is_some()
    }

    fn bases(&self) -> Vec<(&'static str, String, bool)> {
        LegalBasis::ALL
            .iter()
            .map(|b| (b.code(), self.ui.t(b.key()), b.is_confirmed()))
            .collect()
    }

    fn proposed_name(&self) -> String {
        self.proposed
            .map(|court| self.ui.court(court))
            .unwrap_or_default()
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
