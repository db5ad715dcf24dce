//! What the page of a file shows: display decisions, no rule.

use super::{
    domain::{EpisodeState, Facts, Lack, Milestone, Move, Reached},
    head::{Head, Relative},
    situation::{Assessed, Awaited, PlanNow, Shelter, Situation},
    story::Story,
};
use crate::{
    authz::TerritoryId, documents::Latest, forms::Form, ids::RowId, prosecution::CasePanel,
    reference::List, risk, services::ServiceState, web::Ui,
};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};

/// The page.
#[derive(Template)]
#[template(path = "cases/show.html")]
pub(super) struct FilePage {
    pub ui: Ui,
    pub head: Head,
    pub facts: Facts,
    pub situation: Situation,
    pub story: Story,
    /// The next note's: the button pressed twice writes one.
    pub note: RowId,
    pub judicial: CasePanel,
    pub form: Form,
}

impl FilePage {
    fn state_class(&self) -> &'static str {
        state_class(self.head.state)
    }

    /// The name of a city.
    fn place(&self, id: &TerritoryId) -> String {
        let found = self.ui.catalogue().territory(*id);
        found.map_or_else(String::new, |found| self.ui.say(&found.label).to_owned())
    }

    fn due(&self) -> Option<(String, &'static str)> {
        due_words(&self.ui, self.head.state, self.head.due_at)
    }

    fn next_step(&self) -> String {
        self.ui.t(&format!("next-{}", self.head.state.key()))
    }

    fn shelter_state(&self, shelter: &Shelter) -> String {
        let state = shelter.state.replace('_', "-");
        self.ui.t(&format!("bed-state-{state}"))
    }

    fn document(&self, latest: &Latest) -> String {
        self.ui.label(List::DocumentKind, &latest.kind)
    }

    /// The moves that are the reader's to make from here, with what is lacking for each.
    fn moves(&self) -> Vec<(Move, Vec<Lack>)> {
        let Some(me) = self.ui.actor().filter(|_| !self.head.in_emergency) else {
            return Vec::new();
        };
        let moves = self.head.standing(me.user).moves(me.role);
        let mut moves: Vec<_> = moves
            .map(|one| (one, self.facts.lacking(&one.needs_from(self.head.state))))
            .collect();
        // the first one is drawn as what to do next: urgency is, where the risk says so
        if self.head.risk != "high" {
            moves.sort_by_key(|(one, _)| *one == Move::TakeUrgentAction);
        }
        moves
    }

    /// Who asked for the closure waits for another to answer.
    fn waits_for_another(&self) -> bool {
        let me = self.ui.actor().map(|me| me.user);
        self.head.state == EpisodeState::ClosureRequested && self.head.closure_asked_by == me
    }

    /// Where what is lacking is mended.
    fn mend(&self, lack: &Lack) -> String {
        let (case, child) = (self.head.id, self.head.child);
        match lack.page() {
            "child" => format!("/children/{child}"),
            "service" => format!("/services/new?case={case}"),
            page if page.starts_with('/') => format!("/cases/{case}{page}"),
            page => format!("/cases/{case}#{page}"),
        }
    }

    fn leads(&self) -> Vec<(String, String)> {
        let others = self
            .head
            .colleagues
            .iter()
            .filter(|c| Some(c.id) != self.head.lead);
        others
            .map(|c| {
                (
                    c.id.to_string(),
                    self.ui.name(&c.name_ar, &c.name_la).to_owned(),
                )
            })
            .collect()
    }

    /// Given to the reader today.
    fn is_received_today(&self) -> bool {
        let me = self.ui.actor().map(|me| me.user);
        let given = self
            .head
            .lead_since
            .filter(|since| *since > self.head.opened_at);
        self.head.lead == me && given.is_some_and(|since| self.ui.day_of(since) == self.ui.today())
    }

    fn may_write_service(&self) -> bool {
        !self.head.in_emergency && self.head.state.is_open() && self.ui.may("service_record")
    }

    /// The step, when it was reached, and how it is drawn.
    fn steps(&self) -> Vec<(Milestone, Option<String>, &'static str)> {
        let reached = self.reached();
        let current = reached.current();
        let step = |m: Milestone| {
            let class = if m == current {
                "c"
            } else if reached.has(m) {
                "d"
            } else {
                "w"
            };
            (
                m,
                self.reached_on(m)
                    .filter(|_| class != "w")
                    .map(|day| self.ui.day(day)),
                class,
            )
        };
        Milestone::ALL.into_iter().map(step).collect()
    }

    fn reached(&self) -> Reached {
        let path = &self.situation.path;
        Reached {
            assessed: self.head.state > EpisodeState::Assessment,
            referred: path.referred.is_some(),
            in_care: path.helped.is_some(),
            reintegrated: path.schooled.is_some(),
            followed_up: self.head.state >= EpisodeState::Monitoring,
        }
    }

    /// The day of a step of this episode. Of a file that was opened again, the time before is history: it stays
    /// in the story and lights no step.
    fn reached_on(&self, step: Milestone) -> Option<NaiveDate> {
        let path = &self.situation.path;
        let day = |at: Option<DateTime<Utc>>| at.map(|at| self.ui.day_of(at));
        match step {
            Milestone::Identified => day(self.head.reopened_at.or(Some(self.head.opened_at))),
            Milestone::Assessed => day(path.planned),
            Milestone::Referred => day(path.referred),
            Milestone::InCare => path.helped,
            Milestone::Reintegrated => path.schooled,
            Milestone::FollowedUp => day(path.monitored),
        }
    }

    /// What is still expected: where it is, its words, its state.
    fn awaited(&self) -> Vec<(&Awaited, Option<String>, ServiceState)> {
        let open = !self.head.in_emergency;
        let link = |one: &Awaited| open.then(|| format!("/services/{}", one.id));
        let all = self.situation.awaited.iter();
        all.filter_map(|one| Some((one, link(one), ServiceState::from_code(&one.state)?)))
            .collect()
    }

    fn service(&self, one: &Awaited) -> String {
        self.ui.label(List::ServiceKind, &one.kind)
    }

    /// Who cares for the child writes, while the file is open.
    fn may_write_note(&self) -> bool {
        let is_open = self.head.state.is_open() && !self.head.void && !self.head.in_emergency;
        is_open && self.situation.cares && self.ui.may("case_work")
    }

    /// On paper it stays when an hour's opening is over: for who cares for the child.
    fn may_print(&self) -> bool {
        self.situation.cares && !self.head.in_emergency
    }

    fn because(&self, assessed: &Assessed) -> String {
        risk::because(&self.ui, &assessed.computed, &assessed.reasons)
    }

    /// "Computed lower: medium. Awaits the supervisor since 12 November".
    fn asks(&self, assessed: &Assessed) -> Option<String> {
        let level = self.ui.label(List::RiskLevel, assessed.asks.as_deref()?);
        let day = self.ui.day(self.ui.day_of(assessed.at));
        Some(self.ui.t2("risk-asks", ("level", level), ("day", day)))
    }

    fn plan_state(&self, plan: &PlanNow) -> String {
        let version = self.ui.t1("care-plan-version", "n", i64::from(plan.seq));
        let state = self.ui.t(&format!("care-plan-state-{}", plan.state));
        format!("{version} · {state}")
    }
}

/// Who the child is, in words.
impl Head {
    pub(super) fn say_sex(&self, ui: &Ui) -> String {
        ui.label(List::Sex, self.shown_sex())
    }

    pub(super) fn say_age(&self, ui: &Ui) -> String {
        self.shown_birth()
            .map_or_else(|| ui.t("age-unknown"), |b| b.age_on(ui.today()).say(ui))
    }

    pub(super) fn say_basis(&self, ui: &Ui) -> String {
        let birth = self.shown_birth();
        birth.map_or_else(String::new, |birth| {
            ui.label(List::BirthBasis, &birth.basis)
        })
    }

    pub(super) fn say_risk(&self, ui: &Ui) -> String {
        ui.t1("case-risk", "risk", ui.label(List::RiskLevel, &self.risk))
    }

    /// A code, its words; `None` said as such: not asked is not unknown (schema D23).
    pub(super) fn say_civil_status(&self, ui: &Ui) -> Option<String> {
        let code = self.shown_civil_status()?;
        Some(ui.label(List::CivilStatus, code))
    }

    /// Likewise.
    pub(super) fn say_nationality(&self, ui: &Ui) -> Option<String> {
        let code = self.shown_nationality()?;
        Some(ui.label(List::Nationality, code))
    }

    /// Of this file alone: what another record of the child says of its health stays there.
    pub(super) fn say_disability(&self, ui: &Ui) -> Option<String> {
        let code = self.disability.as_deref()?;
        Some(ui.label(List::Disability, code))
    }

    /// Likewise.
    pub(super) fn say_education(&self, ui: &Ui) -> Option<String> {
        let code = self.education.as_deref()?;
        Some(ui.label(List::EducationStatus, code))
    }
}

impl Relative {
    pub(super) fn say_kind(&self, ui: &Ui) -> String {
        ui.label(List::AdultRelation, &self.kind)
    }
}

/// How the pill of a state is coloured: waiting, running, on its way out.
pub(super) const fn state_class(state: EpisodeState) -> &'static str {
    match state {
        EpisodeState::Identified | EpisodeState::UrgentAction => "amber",
        EpisodeState::Registered | EpisodeState::Assessment | EpisodeState::Planning => "",
        EpisodeState::Implementation | EpisodeState::Monitoring => "brand",
        EpisodeState::ClosureRequested => "plum",
        EpisodeState::Closed => "grey",
    }
}

/// The due date in words, and its class: `late`, `today`, or neither.
pub(super) fn due_words(
    ui: &Ui,
    state: EpisodeState,
    due_at: Option<DateTime<Utc>>,
) -> Option<(String, &'static str)> {
    let due = due_at.filter(|_| state.is_open())?;
    let (today, day) = (ui.today(), ui.day_of(due));
    Some(if due < ui.now() && day < today {
        (ui.n("due-late-days", (today - day).num_days()), "late")
    } else if due < ui.now() {
        (ui.t("due-late"), "late")
    } else if day == today {
        (ui.t1("due-today", "time", ui.time(due)), "today")
    } else {
        (ui.t1("due-on", "day", ui.day(day)), "")
    })
}
