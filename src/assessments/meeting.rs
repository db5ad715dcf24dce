//! Two people write the same assessment.

use super::db::{self, Assessment};
use crate::{
    authz::{Actor, Grant, Require},
    cases::Head,
    conflicts::{self, Around, Meeting, Question, Theirs},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    reference::List,
    risk::{Level, Score},
    vault::Reading,
    web::Ui,
};
use axum::response::Response;
use std::fmt::Display;

/// The draft of this episode.
pub(super) fn draft_of<'a>(head: &Head, all: &'a [Assessment]) -> Option<&'a Assessment> {
    all.iter()
        .find(|one| one.computed.is_none() && one.episode == head.episode)
}

/// The form as it is stored: the draft, or an empty one under that id.
pub(super) fn stored(draft: Option<&Assessment>, new: &str) -> Form {
    match draft {
        Some(draft) => {
            let kept = draft.draft.as_ref().and_then(Reading::text);
            Form::from_draft(kept.unwrap_or_default())
                .with("id", draft.id.to_string())
                .with("version", draft.version.to_string())
        }
        None => Form::new().with("id", new).with("version", "0"),
    }
}

/// A completed one, as its form was.
fn completed(one: &Assessment) -> Form {
    let words = |reading: &Option<Reading>| {
        let text = reading.as_ref().and_then(Reading::text);
        text.unwrap_or_default().to_owned()
    };
    let mut form = Form::new().with("summary", words(&one.summary));
    for found in &one.scores {
        form = form
            .with(
                &format!("score-{}", found.domain),
                found.score.get().to_string(),
            )
            .with(&format!("note-{}", found.domain), words(&found.note));
    }
    let form = one
        .needs
        .iter()
        .fold(form, |form, code| form.with("needs", code));
    one.signs
        .iter()
        .fold(form, |form, code| form.with("signs", code))
}

/// What can be asked.
fn questions(ui: &Ui) -> Vec<Question> {
    let scale = Score::ALL.map(|score| (score.get().to_string(), ui.t(score.key())));
    let mut all = Vec::new();
    for (code, words) in ui.options(List::AssessmentDomain) {
        let note = format!("{words} — {}", ui.t("assessment-note"));
        all.push(Question::choice(
            &format!("score-{code}"),
            words,
            scale.to_vec(),
        ));
        all.push(Question::text(&format!("note-{code}"), note));
    }
    let levels = Level::ALL.map(|level| {
        let code = level.code();
        (code.to_owned(), ui.label(List::RiskLevel, code))
    });
    let raised = ui.t("assessment-raise");
    all.extend([
        Question::choice("needs", ui.t("assessment-needs"), ui.options(List::Need)),
        Question::choice(
            "signs",
            ui.t("assessment-signs"),
            ui.options(List::ExploitationIndicator),
        ),
        Question::text("summary", ui.t("assessment-summary")),
        Question::choice("raise", raised, levels.into()),
        Question::text("raise_why", ui.t("assessment-raise-why")),
    ]);
    all
}

/// Whether a form may be saved, or what is answered instead.
pub(super) enum Answer {
    /// It may.
    Save,
    /// The same was saved before: nothing is left to do.
    Done,
    /// The page of the conflict.
    Page(Box<Response>),
}

/// Looks at what is stored before anything is written.
pub(super) async fn meet<G: Grant>(
    mut tx: Tx,
    me: &Require<G>,
    head: &Head,
    form: &mut Form,
    (action, back): (&impl Display, &impl Display),
) -> Result<(Option<Tx>, Answer), AppError> {
    let whole = form.text("act") == "complete";
    conflicts::hold_file(&mut tx, &me.actor, head.id).await?;
    let all = db::all(&mut tx, &me.actor, head).await?;
    let seen: i32 = form
        .text("version")
        .parse()
        .map_err(|_| AppError::BadRequest)?;
    let done = all
        .iter()
        .find(|one| one.computed.is_some() && one.id.to_string() == form.text("id"));
    if let Some(done) = done {
        if whole && done.by == me.actor.user && done.version == seen + 2 {
            // pressed twice
            return Ok((None, Answer::Done));
        }
        let page = over(tx, (&me.actor, &me.ui), head, done, (form, back)).await?;
        return Ok((None, Answer::Page(Box::new(page))));
    }
    let theirs = stored(draft_of(head, &all), form.text("id"));
    match conflicts::meet(form, &theirs, &questions(&me.ui)) {
        Meeting::Clear => Ok((Some(tx), Answer::Save)),
        // what cannot be read is refused beside its field, also when the rest is the same
        Meeting::Same if whole || !form.is_valid() => Ok((Some(tx), Answer::Save)),
        Meeting::Same => Ok((None, Answer::Done)),
        Meeting::Ask(found) => {
            // what was merged is read once more before it is completed
            form.set("act", "save");
            let author = match draft_of(head, &all) {
                Some(draft) => db::author(&mut tx, &me.actor, draft.id).await?,
                None => conflicts::Author::default(),
            };
            db::opened(&mut tx, &me.actor, head).await?;
            tx.commit().await?;
            let theirs = Theirs::new(theirs, author);
            let around = Around::new(action, back);
            let page = conflicts::ask(me.ui.clone(), around, form, theirs, found)?;
            Ok((None, Answer::Page(Box::new(page))))
        }
    }
}

/// Somebody completed it meanwhile: what both wrote is shown, and nothing is saved.
async fn over(
    mut tx: Tx,
    (actor, ui): (&Actor, &Ui),
    head: &Head,
    done: &Assessment,
    (form, back): (&Form, &impl Display),
) -> Result<Response, AppError> {
    let mut asked = questions(ui);
    asked.retain(|one| !one.key.starts_with("raise"));
    let found = conflicts::compare(form, &completed(done), &asked);
    let author = db::author(&mut tx, actor, done.id).await?;
    db::opened(&mut tx, actor, head).await?;
    tx.commit().await?;
    let around = Around::over(back, Msg::new("assessment-completed-meanwhile"));
    conflicts::ended(ui.clone(), around, author, found)
}
