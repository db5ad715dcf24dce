//! A word about a step of the opening of a city: how far it is, since when, and what proves it.

use super::{
    db::{self, City},
    opening::{self, Proof, Step, Word},
    page::CityPath,
    write::{self, Evidence, NewWord, Outcome},
};
use crate::{
    authz::{Require, Role, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::RowId,
    plan::{machine::StepState, words},
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/plan/cities/{slug}/steps/{step}", rejection(AppError))]
struct StepPath {
    slug: String,
    step: String,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(blank).post(say)
}

#[derive(Template)]
#[template(path = "plan/step.html")]
struct Page {
    ui: Ui,
    form: Form,
    city: City,
    step: Step,
    said: Vec<Word>,
    proofs: Vec<Proof>,
    states: Vec<StepState>,
}

impl Page {
    fn name(&self) -> &str {
        self.ui.say(&self.city.label)
    }

    fn title(&self) -> String {
        self.ui.label(List::ActivationStep, &self.step.code)
    }

    fn states(&self) -> Vec<(String, String)> {
        let words = |state: &StepState| (state.code().to_owned(), self.ui.t(state.key()));
        self.states.iter().map(words).collect()
    }

    fn proofs(&self) -> Vec<(String, String)> {
        let words = |one: &Proof| (value(one), proof(&self.ui, one));
        self.proofs.iter().map(words).collect()
    }

    fn by(&self, word: &Word) -> String {
        words::by(&self.ui, &word.by_role, word.by_territory)
    }

    fn action(&self) -> String {
        StepPath {
            slug: self.city.slug.clone(),
            step: self.step.code.clone(),
        }
        .to_string()
    }
}

/// A proof, as the form sends it.
fn value(one: &Proof) -> String {
    format!("{}:{}", one.kind, one.id)
}

/// And as its menu says it: "letter of 3 May 2026 · 12/26 · easing of field work".
fn proof(ui: &Ui, one: &Proof) -> String {
    let day = ui.date(one.day);
    let mut parts = vec![match one.kind.as_str() {
        "letter" => ui.t1("plan-proof-letter", "date", day),
        "decision" => ui.t1("plan-proof-decision", "date", day),
        _ => ui.t1("plan-proof-meeting", "date", day),
    }];
    parts.extend(one.number.clone());
    let list = if one.kind == "letter" {
        List::LetterPurpose
    } else {
        List::MeetingKind
    };
    parts.extend(one.code.as_deref().map(|code| ui.label(list, code)));
    parts.join(" · ")
}

/// What the reader may say of it next: the committee alone does without a step.
fn states(step: &Step, role: Role) -> Vec<StepState> {
    let may = |state: &&StepState| **state != StepState::NotNeeded || role == Role::Steering;
    step.state.goes_to().iter().filter(may).copied().collect()
}

async fn blank(path: StepPath, me: Require<can::PlanLetters>) -> Result<Response, AppError> {
    draw(&path, me, None, StatusCode::OK).await
}

/// A city of the reader's and a step of it; somebody else's is not there.
async fn found(
    tx: &mut Tx,
    path: &StepPath,
    me: &Require<can::PlanLetters>,
) -> Result<(City, Step), AppError> {
    let city = db::city(tx, &path.slug).await?;
    if !words::may_write(&me.actor, city.territory) {
        return Err(AppError::NotFound);
    }
    let steps = opening::steps(tx, &path.slug).await?;
    let step = steps.into_iter().find(|step| step.code == path.step);
    Ok((city, step.ok_or(AppError::NotFound)?))
}

/// The form as it was left, or a blank one.
async fn draw(
    path: &StepPath,
    me: Require<can::PlanLetters>,
    left: Option<Form>,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin_figures().await?;
    let (city, step) = found(&mut tx, path, &me).await?;
    let said = opening::words(&mut tx, &path.slug, &path.step).await?;
    let proofs = opening::proofs(&mut tx, &path.slug).await?;
    tx.commit().await?;
    let mut form = left.unwrap_or_else(|| {
        Form::new()
            .with("id", RowId::new(me.clock.now()).to_string())
            .with("step_on", words::dmy(me.ui.today()))
    });
    let seen = step.last.map(|id| id.to_string()).unwrap_or_default();
    form.set("seen", seen);
    let states = states(&step, me.actor.role);
    page(
        status,
        &Page {
            ui: me.ui,
            form,
            city,
            step,
            said,
            proofs,
            states,
        },
    )
}

async fn say(
    path: StepPath,
    me: Require<can::PlanLetters>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin_register().await?;
    let (city, step) = found(&mut tx, &path, &me).await?;
    let proofs = opening::proofs(&mut tx, &path.slug).await?;
    let allowed = states(&step, me.actor.role);
    if let Some(word) = read(&mut form, &me.ui, (step, &allowed, &proofs)) {
        match write::say(&mut tx, (&path.slug, city.territory), &word).await? {
            Outcome::Done => {
                tx.commit().await?;
                let city = CityPath { slug: path.slug };
                return Ok(see(&format!("{city}#steps")));
            }
            Outcome::Refused(field, msg) => form.fail(field, msg),
        }
    }
    drop(tx);
    draw(&path, me, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
}

/// A word, complete or not at all. What is done is proved, or it is said how one knows; what is not needed, why.
fn read(
    form: &mut Form,
    ui: &Ui,
    (step, allowed, proofs): (Step, &[StepState], &[Proof]),
) -> Option<NewWord> {
    let today = ui.today();
    let choice = || Msg::new("error-choice");
    form.required("id", |text| text.parse::<RowId>().map_err(|_| choice()));
    let id = form.id_of_answers("id").map(RowId);
    let seen = form.optional("seen", |text| text.parse().map_err(|_| choice()));
    let state = form.required("step_state", |code| {
        let state = StepState::from_code(code).filter(|state| allowed.contains(state));
        state.ok_or_else(choice)
    });
    let day = form.required("step_on", |text| words::past_day(text, today));
    let evidence = form.optional("proof", |text| {
        let one = proofs
            .iter()
            .find(|one| value(one) == text)
            .ok_or_else(choice)?;
        evidence(one).ok_or_else(choice)
    });
    let note = form
        .optional("step_note", Paragraph::parse)
        .map(Paragraph::into_string);
    let is_bare = note.is_none() && form.error("step_note").is_none();
    match state {
        Some(StepState::Done) if is_bare && evidence.is_none() => {
            form.fail("proof", Msg::new("plan-step-proof"));
        }
        Some(StepState::NotNeeded) if is_bare => form.fail("step_note", Msg::new("plan-step-why")),
        _ => {}
    }
    if !form.is_valid() {
        return None;
    }
    Some(NewWord {
        id: id?,
        step: step.code,
        state: state?,
        day: day?,
        evidence: evidence.unwrap_or_default(),
        note,
        seen,
    })
}

fn evidence(one: &Proof) -> Option<Evidence> {
    let mut found = Evidence::default();
    match one.kind.as_str() {
        "letter" => found.letter = Some(one.id.parse().ok()?),
        "decision" => found.decision = Some(one.id.clone()),
        "meeting" => found.meeting = Some(one.id.clone()),
        _ => found.team_meeting = Some(one.id.parse().ok()?),
    }
    Some(found)
}
