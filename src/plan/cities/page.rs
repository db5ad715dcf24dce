//! The page of a city: where it stands, its courts, the steps of its opening with what proves them, its way.

use super::{
    db::{self, City, Criterion, Event, Partner},
    opening::{self, Step},
};
use crate::{
    authz::{CourtId, Require, can},
    error::AppError,
    plan::{machine::StepState, words},
    reference::List,
    routes::Routes,
    web::{Ui, ok},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// A city.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/plan/cities/{slug}", rejection(AppError))]
pub(super) struct CityPath {
    pub(super) slug: String,
}

pub(super) fn routes() -> Routes {
    Routes::default().get(show)
}

#[derive(Template)]
#[template(path = "plan/city.html")]
struct Page {
    ui: Ui,
    city: City,
    steps: Vec<Step>,
    story: Vec<Event>,
    partners: Vec<Partner>,
    readiness: Vec<Criterion>,
    /// Whether the reader adds letters and proofs here.
    may_write: bool,
    /// Whether the page of its team is the reader's.
    sees_team: bool,
}

async fn show(path: CityPath, me: Require<can::PlanRead>) -> Result<Response, AppError> {
    let with_letters = me.ui.may("plan_letters");
    let mut tx = me.begin_figures().await?;
    let city = db::city(&mut tx, &path.slug).await?;
    let steps = if city.status.has_steps() {
        opening::steps(&mut tx, &path.slug).await?
    } else {
        Vec::new()
    };
    let story = db::story(&mut tx, &path.slug, with_letters).await?;
    let partners = db::partners(&mut tx, &path.slug, me.ui.lang()).await?;
    let readiness = db::readiness(&mut tx, &path.slug).await?;
    tx.commit().await?;
    let may_write = with_letters && words::may_write(&me.actor, city.territory);
    let is_near = may_write || me.actor.territory() == city.territory;
    let sees_team = is_near && me.ui.may("city_team_read");
    ok(&Page {
        ui: me.ui,
        city,
        steps,
        story,
        partners,
        readiness,
        may_write,
        sees_team,
    })
}

impl Page {
    fn name(&self) -> &str {
        self.ui.say(&self.city.label)
    }

    fn is_committee(&self) -> bool {
        self.ui.may("plan_keep")
    }

    fn reads_letters(&self) -> bool {
        self.ui.may("plan_letters")
    }

    /// "Prefecture of Meknès", "Province of Taza".
    fn prefecture(&self) -> String {
        let place = self.ui.catalogue().territory(self.city.territory);
        let name = place.map_or("", |place| self.ui.say(&place.label));
        let key = if self.city.kind == "province" {
            "plan-province"
        } else {
            "plan-prefecture"
        };
        self.ui.t1(key, "name", name)
    }

    /// The courts of first instance that answer for it, each with the court of appeal above.
    fn courts(&self) -> Vec<(String, String)> {
        let of = |id: &i16| {
            let id = CourtId(*id);
            let above = self.ui.catalogue().court_above(id);
            let above =
                above.map_or_else(String::new, |court| self.ui.say(&court.label).to_owned());
            (self.ui.court(id), above)
        };
        self.city.courts.iter().map(of).collect()
    }

    fn phase(&self) -> &str {
        self.ui.say(&self.city.phase)
    }

    /// Steps that are settled, of those there are; nothing while nobody spoke of one.
    fn progress(&self) -> Option<String> {
        let settled = self
            .steps
            .iter()
            .filter(|step| step.state.is_settled())
            .count();
        let is_told = self.steps.iter().any(|step| step.last.is_some());
        let (n, of) = (("n", settled), ("of", self.steps.len()));
        is_told.then(|| self.ui.t2("plan-steps-of", n, of))
    }

    /// Sign and tone of a step in the list.
    fn sign(&self, step: &Step) -> (&'static str, &'static str) {
        match step.state {
            StepState::Done => ("", "check"),
            StepState::UnderWay => (" a", "clock"),
            StepState::NotNeeded => (" w", "x"),
            StepState::Open => (" w", "hourglass"),
        }
    }

    fn step(&self, step: &Step) -> String {
        self.ui.label(List::ActivationStep, &step.code)
    }

    /// What proves it, and where that is read, by who reads letters.
    fn proof(&self, step: &Step) -> Option<(String, Option<String>)> {
        let ui = &self.ui;
        if let (Some(id), Some(day)) = (step.letter, step.letter_on) {
            let words = ui.t1("plan-proof-letter", "date", ui.date(day));
            let words = match &step.letter_ref {
                Some(number) => format!("{words} · {number}"),
                None => words,
            };
            let link = self.reads_letters().then(|| format!("/plan/letters/{id}"));
            return Some((words, link));
        }
        if let (Some(code), Some(day)) = (&step.decision, step.decision_on) {
            let words = ui.t1("plan-proof-decision", "date", ui.date(day));
            let words = match &step.decision_number {
                Some(number) => format!("{words} · {number}"),
                None => words,
            };
            return Some((words, Some(format!("/plan/decisions#{code}"))));
        }
        let day = step.meeting_on?;
        Some((ui.t1("plan-proof-meeting", "date", ui.date(day)), None))
    }

    /// Letters that belong to the step, in the register.
    fn letters(&self, step: &Step) -> Option<String> {
        let field = match (&step.party, &step.purpose) {
            (Some(party), _) => format!("party={party}"),
            (None, Some(purpose)) => format!("purpose={purpose}"),
            (None, None) => return None,
        };
        let is_some = step.letters > 0 && self.reads_letters();
        is_some.then(|| format!("/plan/letters?city={}&{field}", self.city.slug))
    }

    /// Seats that somebody holds, of those there are.
    fn seats(&self) -> Option<String> {
        let (seats, filled) = self.city.seats?;
        Some(
            self.ui
                .t2("plan-seats-filled", ("n", filled), ("of", seats)),
        )
    }

    /// "n of m seats filled", beside the step that is about it.
    fn also(&self, step: &Step) -> Option<String> {
        if step.code == "focal_points" || step.code == "team" {
            self.seats()
        } else {
            None
        }
    }

    fn step_by(&self, step: &Step) -> Option<String> {
        let role = step.by_role.as_deref()?;
        Some(words::by(&self.ui, role, step.by_territory))
    }

    fn criterion(&self, one: &Criterion) -> String {
        self.ui.label(List::ReadinessCriterion, &one.code)
    }

    /// What holds of a criterion: what was stated last, else what the database found.
    fn answer(&self, one: &Criterion) -> &'static str {
        match (one.answer.as_deref(), one.found) {
            (Some("met"), _) | (None, Some(1..)) => "met",
            (Some("not_met"), _) => "not-met",
            (None, Some(_)) => "not-found",
            (Some(_), _) | (None, None) => "unknown",
        }
    }

    fn answer_words(&self, one: &Criterion) -> String {
        self.ui.t(&format!("plan-ready-{}", self.answer(one)))
    }

    fn criterion_by(&self, one: &Criterion) -> Option<String> {
        let role = one.by_role.as_deref()?;
        Some(words::by(&self.ui, role, one.by_territory))
    }

    fn partner(&self, one: &Partner) -> String {
        one.name.clone().unwrap_or_default()
    }

    fn role(&self, one: &Partner) -> String {
        self.ui.label(List::PartnerRole, &one.role)
    }

    fn event_icon(&self, one: &Event) -> (&'static str, &'static str) {
        match one.what.as_str() {
            "decision" => ("gavel", "brand"),
            "move" => ("flag", "indigo"),
            "letter" => ("send", ""),
            _ => ("users", ""),
        }
    }

    fn event_kind(&self, one: &Event) -> String {
        match one.what.as_str() {
            "decision" => self.ui.t("plan-decision"),
            "move" => self
                .ui
                .t(&format!("plan-moved-{}", one.code.replace('_', "-"))),
            "letter" => self.ui.label(List::LetterPurpose, &one.code),
            _ => self.ui.label(List::MeetingKind, &one.code),
        }
    }

    fn event_text(&self, one: &Event) -> String {
        let text = one.text.as_ref().map(|text| self.ui.say(text).to_owned());
        text.or_else(|| one.words.clone()).unwrap_or_default()
    }

    fn event_link(&self, one: &Event) -> Option<String> {
        match one.what.as_str() {
            "decision" => Some(format!("/plan/decisions#{}", one.code)),
            "letter" => Some(format!("/plan/letters/{}", one.letter?)),
            _ => None,
        }
    }
}
