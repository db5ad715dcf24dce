//! A paper on its way out: set at once, or made while its reader sees how far it is; written down before it leaves.

use super::{
    db::{Extract, Head, Subject},
    setting,
    sheet::Sheet,
    waiting::{self, Stage, Waiting},
    web::Me,
};
use crate::{
    audit::{self, Event},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::{Lang, Msg},
    ids::JudicialFileId,
    layers::Sandbox,
    state::AppState,
    web::{Ui, ok},
};
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::cmp::Ordering;

/// What the address says beside the paper.
pub(super) struct Asked {
    /// In French; in Arabic otherwise, whatever language the reader reads.
    pub lang: Lang,
    /// One that was made is opened.
    opens: bool,
    /// One that could not be set is asked for again.
    again: bool,
    /// The page of one that is being made stays as it is until its reader asks.
    by_hand: bool,
}

impl Asked {
    pub fn of(query: Option<&str>) -> Self {
        let asked = Form::parse(query.unwrap_or_default().as_bytes());
        Self {
            lang: match Lang::from_code(asked.text("lang")) {
                Some(Lang::Fr) => Lang::Fr,
                _ => Lang::Ar,
            },
            opens: asked.sent("open"),
            again: asked.sent("again"),
            by_hand: asked.sent("by_hand"),
        }
    }
}

/// A paper that may be long, and where it is asked for.
pub(super) struct Paper<'a> {
    pub head: &'a Head,
    pub subject: Subject,
    pub extract: &'a Extract,
    pub sheet: Sheet,
    /// Under which it is saved.
    pub name: String,
    /// Its address, with its language.
    pub here: String,
}

/// A short paper is set at once. A long one is made by background work, if there is any, while its reader sees how far it
/// is; what was made is read when it leaves, and written down then.
pub(super) async fn hand_out(
    mut tx: Tx,
    me: &Me,
    state: &AppState,
    paper: &Paper<'_>,
    asked: &Asked,
) -> Result<Response, AppError> {
    let of = (paper.head, paper.subject);
    if !(state.config.has_worker && paper.sheet.is_long()) {
        printed(&mut tx, of).await?;
        tx.commit().await?;
        return sent(&paper.name, setting::set(&paper.sheet).await?);
    }
    let wanted = waiting::Wanted {
        head: paper.head,
        extract: paper.extract,
        sheet: &paper.sheet,
        again: asked.again,
    };
    let waiting = waiting::ask(&mut tx, &me.actor, me.clock.now(), wanted).await?;
    if waiting.is_new {
        requested(&mut tx, of).await?;
    }
    if !(asked.opens && waiting.stage == Stage::Ready) {
        tx.commit().await?;
        return ok(&MakingPage::new(&me.ui, paper, &waiting, asked.by_hand));
    }
    let Some(pdf) = waiting::open(&mut tx, &waiting, paper.extract) else {
        return unreadable(tx).await;
    };
    printed(&mut tx, of).await?;
    tx.commit().await?;
    sent(&paper.name, pdf)
}

/// How far a paper is, and the way to it.
#[derive(Template)]
#[template(path = "papers/making.html")]
struct MakingPage {
    ui: Ui,
    file: JudicialFileId,
    number: String,
    stage: Stage,
    until: String,
    /// The address of the paper.
    here: String,
    by_hand: bool,
}

impl MakingPage {
    fn new(ui: &Ui, paper: &Paper<'_>, waiting: &Waiting, by_hand: bool) -> Self {
        Self {
            ui: ui.clone(),
            file: paper.head.id,
            number: paper.head.number.clone(),
            stage: waiting.stage,
            until: ui.time(waiting.until),
            here: paper.here.clone(),
            by_hand,
        }
    }

    /// Whether something is still to come.
    fn is_moving(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Setting)
    }

    fn is_ready(&self) -> bool {
        self.stage == Stage::Ready
    }

    fn title_key(&self) -> &'static str {
        match self.stage {
            Stage::Waiting | Stage::Setting => "judicial-paper-making",
            Stage::Ready => "judicial-paper-made",
            Stage::Failed => "judicial-paper-not-made",
        }
    }

    /// The steps in their order: the key of the words, and how the mark before them looks.
    fn steps(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        const STEPS: [&str; 3] = [
            "judicial-paper-step-waits",
            "judicial-paper-step-set",
            "judicial-paper-step-ready",
        ];
        let over = match self.stage {
            Stage::Waiting => 0,
            Stage::Setting | Stage::Failed => 1,
            Stage::Ready => STEPS.len(),
        };
        let step = |(n, key)| match over.cmp(&n) {
            Ordering::Greater => (key, "k", "check"),
            Ordering::Equal if self.stage == Stage::Failed => (key, "k a", "triangle-alert"),
            Ordering::Equal => (key, "k a", "hourglass"),
            Ordering::Less => (key, "k w", "clock"),
        };
        STEPS.into_iter().enumerate().map(step).collect()
    }
}

/// Writes down that a paper was read: before it leaves.
pub(super) async fn printed(tx: &mut Tx, of: (&Head, Subject)) -> Result<(), AppError> {
    let event = Event::on("judicial_paper.printed", "judicial_file", of.0.id.0);
    audit::record(tx, about(event, of)).await
}

/// Writes down that one is to be made.
async fn requested(tx: &mut Tx, of: (&Head, Subject)) -> Result<(), AppError> {
    let event = Event::on("judicial_paper.asked", "judicial_file", of.0.id.0);
    audit::record(tx, about(event, of)).await
}

fn about(event: Event, (head, subject): (&Head, Subject)) -> Event {
    let fields = match subject {
        Subject::Dossier(_) => serde_json::json!({ "paper": subject.code() }),
        Subject::Annex(_, seq) => serde_json::json!({ "paper": subject.code(), "n": seq }),
        Subject::Child(id) | Subject::Adult(id) => {
            serde_json::json!({ "paper": subject.code(), "decision": id })
        }
    };
    event.in_territory(head.territory).with(fields)
}

/// What does not open is told, and its alert is written.
pub(super) async fn unreadable(tx: Tx) -> Result<Response, AppError> {
    tx.commit().await?;
    Err(AppError::Conflict(Msg::new("judicial-paper-unreadable")))
}

/// Sends it under that name.
pub(super) fn sent(name: &str, pdf: Vec<u8>) -> Result<Response, AppError> {
    let tame = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let name: String = name.chars().filter(tame).collect();
    let name = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\""))
        .map_err(AppError::internal)?;
    let mut response = pdf.into_response();
    let head = response.headers_mut();
    let kind = HeaderValue::from_static("application/pdf");
    head.insert(header::CONTENT_TYPE, kind);
    head.insert(header::CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(Sandbox::Pdf);
    Ok(response)
}
