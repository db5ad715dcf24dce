//! Questions of the prosecution and answers of the cell: the panel of a file, and what is sent from it.

use super::file::{FilePage, FilePath, Returned};
use crate::{
    authz::{Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{JudicialFileId, RowId},
    prosecution::{
        custody::HeldFile,
        db::{
            custody,
            file::FileRow,
            thread::{self as threads, Thread},
        },
        domain::Side,
        thread::{self, Standing, Voice},
    },
    reference::List,
    web::{Ui, refused, see},
};
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/questions", rejection(AppError))]
pub(super) struct QuestionsPath {
    id: JudicialFileId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/questions/{question}/answers", rejection(AppError))]
pub(super) struct AnswersPath {
    id: JudicialFileId,
    question: RowId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path(
    "/prosecution/{id}/questions/{question}/follow-up",
    rejection(AppError)
)]
pub(super) struct FollowUpPath {
    id: JudicialFileId,
    question: RowId,
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution/{id}/questions/{question}/close", rejection(AppError))]
pub(super) struct ClosePath {
    id: JudicialFileId,
    question: RowId,
}

pub(super) async fn ask(
    path: QuestionsPath,
    me: Require<can::FileStudy>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    if let Some(question) = thread::question(&mut form, &me.ui, file.state)? {
        threads::ask(&mut tx, &me.actor, &file, &question).await?;
        tx.commit().await?;
        return Ok(see(&FilePath { id: path.id }));
    }
    let returned = Some(Returned::Question(form));
    refused(&FilePage::load(&mut tx, &me, path.id, returned).await?)
}

/// The cell's side.
pub(super) async fn answer(
    path: AnswersPath,
    me: Require<can::ReferralCompose>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold_here(&mut tx, &me.actor, path.id).await?;
    say(tx, &me, &file, path.question, form).await
}

/// The court's side, in the same thread.
pub(super) async fn follow_up(
    path: FollowUpPath,
    me: Require<can::FileStudy>,
    form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    say(tx, &me, &file, path.question, form).await
}

pub(super) async fn close(
    path: ClosePath,
    me: Require<can::FileStudy>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let file = custody::hold(&mut tx, &me.actor, path.id).await?;
    let is_closed = threads::is_closed(&mut tx, &file, path.question).await?;
    if !is_closed && !thread::takes_words(file.state) {
        let closed = Msg::new("judicial-question-file-closed");
        return Err(AppError::Conflict(closed));
    }
    threads::close(&mut tx, &file, path.question).await?;
    tx.commit().await?;
    Ok(see(&FilePath { id: path.id }))
}

async fn say<G: Grant>(
    mut tx: Tx,
    me: &Require<G>,
    file: &HeldFile,
    question: RowId,
    mut form: Form,
) -> Result<Response, AppError> {
    // nobody was asked anything before it was sent, and no page has a form for it
    if !file.state.is_sent() {
        let unsent = Msg::new("judicial-question-file-closed");
        return Err(AppError::Conflict(unsent));
    }
    let is_closed = threads::is_closed(&mut tx, file, question).await?;
    if let Some(id) = form.id_of_answers("id").map(RowId)
        && threads::is_said(&mut tx, file, id).await?
    {
        return Ok(see(&FilePath { id: file.id }));
    }
    if let Some(words) = thread::words(&mut form, file.state, is_closed)? {
        let voice = Voice::of(Side::of(&me.actor));
        threads::say(&mut tx, &me.actor, file, (question, voice), &words).await?;
        tx.commit().await?;
        return Ok(see(&FilePath { id: file.id }));
    }
    let returned = Some(Returned::Answer(question, form));
    refused(&FilePage::load(&mut tx, me, file.id, returned).await?)
}

/// The threads of a file: what waits first, the most late on top; then what does not, the newest first.
pub(super) struct Panel {
    /// Every thread.
    pub threads: Vec<View>,
    /// The next question, for the court.
    pub ask: Option<Form>,
    /// From which side it is read.
    pub voice: Voice,
}

/// One thread on the page.
pub(super) struct View {
    /// The thread.
    pub row: Thread,
    /// Prefix of the ids of its form.
    pub scope: String,
    /// Where it stands.
    pub standing: Standing,
    /// The next answer or follow-up, for who may write one.
    pub form: Option<Form>,
    /// Whether the reader may say that no more is needed.
    pub may_close: bool,
}

impl Panel {
    /// Loads it, in one statement.
    pub async fn load<G: Grant>(
        tx: &mut Tx,
        me: &Require<G>,
        file: &FileRow,
    ) -> Result<Self, AppError> {
        let side = Side::of(&me.actor);
        let takes = thread::takes_words(file.state);
        let may_ask = takes && side.is_court() && me.ui.may("file_study");
        let may_answer = takes
            && !side.is_court()
            && me.ui.may("referral_compose")
            && !me.ui.reads_only(file.case_id);
        let blank = || Form::new().with("id", RowId::new(me.clock.now()).to_string());
        let rows = if file.state.is_sent() {
            threads::of_file(tx, &me.actor, file.id).await?
        } else {
            Vec::new()
        };
        let view = |row: Thread| {
            let is_open = row.marks.closed.is_none();
            View {
                scope: format!("q{}", row.seq),
                standing: Standing::of(&row.marks, file.state, me.clock.now()),
                form: (is_open && (may_ask || may_answer)).then(blank),
                may_close: is_open && may_ask,
                row,
            }
        };
        let (mut threads, mut done): (Vec<View>, Vec<View>) = rows
            .into_iter()
            .map(view)
            .partition(|view| view.standing.waits());
        threads.sort_by_key(|view| view.row.marks.due);
        done.reverse();
        threads.append(&mut done);
        Ok(Self {
            threads,
            ask: may_ask.then(blank),
            voice: Voice::of(side),
        })
    }

    /// Puts a refused question in the place of the blank one.
    pub fn give_back_question(&mut self, form: Form) {
        self.ask = Some(form);
    }

    /// Puts refused words in the place of the blank ones of their thread.
    pub fn give_back(&mut self, question: RowId, form: Form) -> Result<(), AppError> {
        let view = self
            .threads
            .iter_mut()
            .find(|view| view.row.id == question)
            .ok_or(AppError::NotFound)?;
        view.form = Some(form);
        Ok(())
    }

    /// Whether there is anything to show.
    pub fn is_shown(&self) -> bool {
        self.ask.is_some() || !self.threads.is_empty()
    }

    /// How many wait for an answer.
    pub fn waiting(&self) -> usize {
        self.threads
            .iter()
            .filter(|view| view.standing.waits())
            .count()
    }

    /// The form that was refused, for the summary on top.
    pub fn refused(&self) -> Option<(&str, &Form)> {
        let asked = self.ask.iter().map(|form| ("ask", form));
        let said = self
            .threads
            .iter()
            .filter_map(|view| Some((view.scope.as_str(), view.form.as_ref()?)));
        asked.chain(said).find(|(_, form)| !form.is_valid())
    }

    /// What can be asked about.
    pub fn kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        ui.options(List::JudicialQuestion)
    }

    /// The sentence to begin with, for each kind.
    pub fn sentences(&self, ui: &Ui) -> Vec<(String, String)> {
        let said = |(code, words): (String, String)| {
            let sentence = thread::sentence(ui, &code)?.to_owned();
            Some((words, sentence))
        };
        self.kinds(ui).into_iter().filter_map(said).collect()
    }
}

impl View {
    /// "Question 2: birth certificate".
    pub fn title(&self, ui: &Ui) -> String {
        let kind = ui.label(List::JudicialQuestion, &self.row.kind);
        ui.t2(
            "judicial-question-title",
            ("n", self.row.seq),
            ("kind", kind),
        )
    }

    /// Whether the form of this thread came back.
    pub fn is_refused(&self) -> bool {
        self.form.as_ref().is_some_and(|form| !form.is_valid())
    }
}
