//! What goes to a court after the dossier, and what stands beside a dossier on the page of its file: what it lacks before
//! it is sent, its documents with who opened them, its annexes.

use super::{
    file::FilePath,
    view::{Party, grouped},
};
use crate::{
    audit::{self, Event},
    authz::{Grant, Require, can},
    db::Tx,
    documents::Media,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{AttachmentId, CaseId, DisclosureId, JudicialFileId},
    prosecution::{
        completeness::{self, Missing},
        custody::Custody,
        db::{
            annexes::{self, AnnexRow, NewAnnex, Opening},
            custody,
            file::{self, FileRow},
            material,
        },
        domain::Side,
        material::{Annex, FrozenAssessment, FrozenDocument, Material, Part},
        seal::{self, SCHEMA_VERSION, Sealed},
        snapshot::{Coded, Dossier},
    },
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/annexes/new", rejection(AppError))]
pub(super) struct AnnexPath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/annexes/{seq}/send", rejection(AppError))]
pub(super) struct SendPath {
    id: JudicialFileId,
    seq: i16,
}

#[derive(Template)]
#[template(path = "prosecution/annex.html")]
struct AnnexPage {
    ui: Ui,
    form: Form,
    id: JudicialFileId,
    number: String,
    court: String,
    /// Whether one can be added now.
    is_open: bool,
    /// What it can carry.
    known: Material,
}

impl AnnexPage {
    fn new(ui: &Ui, file: &FileRow, known: Material, form: Form) -> Self {
        Self {
            ui: ui.clone(),
            form,
            id: file.id,
            number: file.number.clone(),
            court: ui.court(file.court_id),
            is_open: takes_annexes(file.state),
            known,
        }
    }

    /// The assessment as it would be sent.
    fn assessment(&self) -> Option<FrozenAssessment> {
        self.known.freeze_assessment(self.ui.catalogue())
    }
}

/// Whether something can still be sent after the dossier.
fn takes_annexes(state: Custody) -> bool {
    state.is_sent() && state != Custody::Closed
}

pub(super) async fn new(
    path: AnnexPath,
    me: Require<can::ReferralCompose>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = file::file(&mut tx, &me.actor, path.id).await?;
    let material = material::material(&mut tx, &me.actor, file.case_id).await?;
    let event = Event::on("judicial_file.opened", "judicial_file", path.id.0);
    audit::record(&mut tx, event.in_territory(file.territory_id)).await?;
    tx.commit().await?;
    let form = Form::new().with("id", DisclosureId::new(me.clock.now()).to_string());
    ok(&AnnexPage::new(&me.ui, &file, material, form))
}

pub(super) async fn create(
    path: AnnexPath,
    me: Require<can::ReferralCompose>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let held = custody::hold_here(&mut tx, &me.actor, path.id).await?;
    let file = file::file(&mut tx, &me.actor, path.id).await?;
    let material = material::material(&mut tx, &me.actor, file.case_id).await?;
    if !takes_annexes(file.state) {
        form.fail("annex_words", Msg::new("judicial-annex-not-now"));
    }
    let words = form.required("annex_words", Paragraph::parse);
    let documents = form.many("document", |text| material.parse(text));
    let (Some(words), true) = (words, form.is_valid()) else {
        return refused(&AnnexPage::new(&me.ui, &file, material, form));
    };
    let id = form.id_of_answers("id").map(DisclosureId);
    let id = id.ok_or(AppError::BadRequest)?;
    let Some(seq) = annexes::next_seq(&mut tx, &me.actor, &held, id).await? else {
        return Ok(see(&FilePath { id: path.id }));
    };
    let catalogue = me.ui.catalogue();
    let assessment = material.freeze_assessment(catalogue);
    let annex = Annex {
        schema_version: SCHEMA_VERSION,
        composed_on: me.clock.today(),
        file_number: file.number.clone(),
        seq,
        origin: Coded::territory(catalogue, file.territory_id),
        court: Coded::court(catalogue, file.court_id),
        words: words.into_string(),
        assessment: assessment.filter(|_| form.has("include", Part::Assessment.code())),
        documents: material.freeze_documents(catalogue, &documents, names_go_out(&file)),
    };
    let salt = tx.ring().await?.salt(id.0);
    let new = NewAnnex {
        id,
        seq,
        text: &Sealed::salted(&annex, &salt).map_err(AppError::internal)?,
        documents: &documents,
        now: me.clock.now(),
    };
    annexes::write(&mut tx, &me.actor, &held, &new).await?;
    if me.ui.may("referral_transmit") {
        annexes::send(&mut tx, &held, seq).await?;
    }
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

/// As in the dossier: where no name went out, none goes after it in the title of a document.
fn names_go_out(file: &FileRow) -> bool {
    let text = file.snapshot.as_deref();
    let dossier = text.and_then(|text| seal::open::<Dossier>(file.schema_version, text).ok());
    dossier.is_none_or(|dossier| dossier.included.identity)
}

pub(super) async fn send(
    path: SendPath,
    me: Require<can::ReferralTransmit>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let held = custody::hold_here(&mut tx, &me.actor, path.id).await?;
    if !annexes::has(&mut tx, &me.actor, &held, path.seq).await? {
        return Err(AppError::NotFound);
    }
    annexes::send(&mut tx, &held, path.seq).await?;
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

/// A document that went with a file.
pub(super) struct DocumentLine {
    /// Which.
    pub id: AttachmentId,
    /// What it is called, else its kind.
    pub words: String,
    /// Its kind and its format.
    pub facts: String,
    media: Option<Media>,
    /// Who added it.
    pub author: String,
    /// When.
    pub added_at: DateTime<Utc>,
    /// Its hash in groups of four.
    pub print: String,
    /// Who opened it, the latest first.
    pub openings: Vec<OpeningLine>,
}

impl DocumentLine {
    /// Its icon.
    pub(super) fn icon(&self) -> &'static str {
        self.media.map_or("file-text", Media::icon)
    }
}

/// Somebody opened it, or could not.
pub(super) struct OpeningLine {
    /// Who.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Key of where they work.
    pub side: &'static str,
    /// Whether the bytes were those that were kept.
    pub whole: bool,
}

/// An annex.
pub(super) struct AnnexLine {
    /// Its number.
    pub seq: i16,
    /// What was sent; none if it does not open or is not what was hashed.
    pub text: Option<Annex>,
    /// Its hash in groups of four.
    pub hash: String,
    /// Version of its shape.
    pub version: i16,
    /// When it was composed.
    pub composed_at: DateTime<Utc>,
    /// By whom.
    pub composed_by: String,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// By whom.
    pub sent_by: String,
    /// What goes with it.
    pub documents: Vec<DocumentLine>,
}

/// Something that a draft lacks.
pub(super) struct LackLine {
    /// In words.
    pub words: String,
    /// It is not sent without it.
    pub is_required: bool,
    /// Where it is mended.
    pub href: String,
    /// Key of the words of that link.
    pub link: &'static str,
}

/// What stands beside a dossier.
pub(super) struct Panel {
    /// What a draft lacks, the required first.
    pub lacks: Vec<LackLine>,
    /// Whether it was about to be sent without something that is required.
    pub is_refused: bool,
    /// The documents of the dossier.
    pub documents: Vec<DocumentLine>,
    /// The annexes that the reader sees.
    pub annexes: Vec<AnnexLine>,
    /// Whether the reader may add one.
    pub may_add: bool,
    /// Whether the reader may send one.
    pub may_send: bool,
    missing: Vec<Missing>,
    openings: Vec<Opening>,
}

impl Panel {
    /// Of a file as its reader sees it. In one statement.
    pub(super) async fn load<G: Grant>(
        tx: &mut Tx,
        me: &Require<G>,
        file: &FileRow,
        dossier: Option<&Dossier>,
    ) -> Result<Self, AppError> {
        let beside = annexes::beside(tx, &me.actor, file.id).await?;
        let ui = &me.ui;
        let is_cell = !Side::of(&me.actor).is_court() && !ui.reads_only(file.case_id);
        let missing = if file.state.is_draft() && is_cell {
            let court = ui.catalogue().court(file.court_id);
            let at_appeal = court.is_some_and(|court| court.level == "ca");
            completeness::missing(dossier, at_appeal)
        } else {
            Vec::new()
        };
        let frozen = dossier.map(|dossier| dossier.documents.as_slice());
        let openings = &beside.openings;
        let takes = is_cell && takes_annexes(file.state);
        Ok(Self {
            lacks: missing
                .iter()
                .map(|one| lack(ui, file.case_id, *one))
                .collect(),
            is_refused: false,
            documents: documents(ui, frozen.unwrap_or_default(), openings),
            annexes: beside
                .annexes
                .into_iter()
                .map(|row| annex(ui, row, openings))
                .collect(),
            may_add: takes && ui.may("referral_compose"),
            may_send: takes && ui.may("referral_transmit"),
            missing,
            openings: beside.openings,
        })
    }

    /// Tells beside each scan of a signed act who opened it.
    pub(super) fn tell<'a>(&self, ui: &Ui, parties: impl Iterator<Item = &'a mut Party>) {
        let lines = parties.flat_map(Party::lines);
        for paper in lines.flat_map(|line| &mut line.papers) {
            let opened = self.openings.iter();
            let opened = opened.filter(|opening| opening.document == paper.id);
            paper.openings = opened.map(|opening| opening_line(ui, opening)).collect();
        }
    }

    /// Whether something required is missing; the page says so then.
    pub(super) fn refuses(&mut self) -> bool {
        self.is_refused = self.missing.iter().any(|one| one.is_required);
        self.is_refused
    }

    /// What is advised and missing, for the audit trail.
    pub(super) fn gaps(&self) -> Vec<&'static str> {
        let advised = self.missing.iter().filter(|one| !one.is_required);
        advised.map(|one| one.what.code()).collect()
    }
}

fn lack(ui: &Ui, case: CaseId, missing: Missing) -> LackLine {
    LackLine {
        words: ui.t(missing.what.key()),
        is_required: missing.is_required,
        href: if missing.in_file {
            format!("/cases/{case}")
        } else {
            format!("/cases/{case}/prosecution/new")
        },
        link: if missing.in_file {
            "judicial-lack-in-file"
        } else {
            "judicial-lack-again"
        },
    }
}

fn documents(ui: &Ui, frozen: &[FrozenDocument], openings: &[Opening]) -> Vec<DocumentLine> {
    let line = |one: &FrozenDocument| {
        let kind = one.kind.say(ui);
        let format = one.media().map(|media| ui.t(media.key()));
        let opened = openings.iter().filter(|opening| opening.document == one.id);
        DocumentLine {
            id: one.id,
            words: if one.title.is_empty() {
                kind.to_owned()
            } else {
                one.title.clone()
            },
            facts: format!("{kind} · {}", format.unwrap_or_default()),
            media: one.media(),
            author: ui.name(&one.author_ar, &one.author_la).to_owned(),
            added_at: one.added_at,
            print: one.print(),
            openings: opened.map(|opening| opening_line(ui, opening)).collect(),
        }
    };
    frozen.iter().map(line).collect()
}

fn opening_line(ui: &Ui, opening: &Opening) -> OpeningLine {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let (ar, la) = (name(&opening.name_ar), name(&opening.name_la));
    OpeningLine {
        who: ui.name(&ar, &la).to_owned(),
        at: opening.at,
        side: if opening.at_court {
            "judicial-opened-court"
        } else {
            "judicial-opened-cell"
        },
        whole: opening.whole,
    }
}

fn annex(ui: &Ui, row: AnnexRow, openings: &[Opening]) -> AnnexLine {
    let frozen = row.text.as_ref().map(|text| text.documents.as_slice());
    AnnexLine {
        seq: row.seq,
        documents: documents(ui, frozen.unwrap_or_default(), openings),
        hash: grouped(&row.sha256),
        version: row.schema_version,
        composed_at: row.composed_at,
        composed_by: row.composed_by.say(ui).to_owned(),
        sent_at: row.sent_at,
        sent_by: row.sent_by.say(ui).to_owned(),
        text: row.text,
    }
}
