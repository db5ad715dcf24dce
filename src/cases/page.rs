//! What the page of a file shows: display decisions, no rule.

use super::{
    domain::{EpisodeState, Facts, Lack, Milestone, Move, Reached},
    head::{Head, Relative},
    situation::{Assessed, PlanNow, Shelter, Situation},
    timeline::{Entry, Kind},
};
use crate::{
    documents::Latest, forms::Form, ids::CourtId, prosecution::CasePanel, reference::List, risk,
    services::ServiceState, web::Ui,
};
use askama::Template;
use chrono::{DateTime, Utc};

/// The page.
#[derive(Template)]
#[template(path = "cases/show.html")]
pub(super) struct FilePage {
    pub ui: Ui,
    pub head: Head,
    pub facts: Facts,
    pub situation: Situation,
    pub entries: Vec<Entry>,
    pub judicial: CasePanel,
    pub form: Form,
}

impl FilePage {
    fn sex(&self) -> String {
        self.ui.label(List::Sex, &self.head.sex)
    }

    fn age(&self) -> String {
        self.head.birth.as_ref().map_or_else(
            || self.ui.t("age-unknown"),
            |b| b.age_on(self.ui.today()).say(&self.ui),
        )
    }

    fn basis(&self) -> String {
        self.head
            .birth
            .as_ref()
            .map_or_else(String::new, |b| self.ui.label(List::BirthBasis, &b.basis))
    }

    fn risk(&self) -> String {
        self.ui.t1(
            "case-risk",
            "risk",
            self.ui.label(List::RiskLevel, &self.head.risk),
        )
    }

    fn state_class(&self) -> &'static str {
        state_class(self.head.state)
    }

    fn due(&self) -> Option<(String, &'static str)> {
        due_words(&self.ui, self.head.state, self.head.due_at)
    }

    fn next_step(&self) -> String {
        self.ui.t(&format!("next-{}", self.head.state.key()))
    }

    /// A code, its words; `None` said as such: not asked is not unknown (schema D23).
    fn civil_status(&self) -> Option<String> {
        self.head
            .civil_status
            .as_ref()
            .map(|code| self.ui.label(List::CivilStatus, code))
    }

    fn nationality(&self) -> Option<String> {
        self.head
            .nationality
            .as_ref()
            .map(|code| self.ui.label(List::Nationality, code))
    }

    fn shelter_state(&self, shelter: &Shelter) -> String {
        let state = shelter.state.replace('_', "-");
        self.ui.t(&format!("bed-state-{state}"))
    }

    fn document(&self, latest: &Latest) -> String {
        self.ui.label(List::DocumentKind, &latest.kind)
    }

    fn relation(&self, relative: &Relative) -> String {
        self.ui.label(List::AdultRelation, &relative.kind)
    }

    /// The moves that are the reader's to make from here, with what is lacking for each.
    fn moves(&self) -> Vec<(Move, Vec<Lack>)> {
        let Some(me) = self.ui.actor().filter(|_| !self.head.in_emergency) else {
            return Vec::new();
        };
        let moves = self.head.standing(me.user).moves(me.role);
        moves
            .map(|one| (one, self.facts.lacking(one.needs())))
            .collect()
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
                    .map(|at| self.ui.day(self.ui.day_of(at))),
                class,
            )
        };
        Milestone::ALL.into_iter().map(step).collect()
    }

    /// What happened in the last episode. Of a file that was opened again, the time before is history:
    /// it stays in the story and lights no step.
    fn episode(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let since = self.head.reopened_at.map(|at| self.ui.day_of(at));
        self.entries
            .iter()
            .filter(move |e| since.is_none_or(|since| self.ui.day_of(e.at) >= since))
    }

    fn reached(&self) -> Reached {
        let any = |test: &dyn Fn(&Entry) -> bool| self.episode().any(test);
        Reached {
            assessed: self.head.state > EpisodeState::Assessment,
            referred: any(&|e| e.kind == Kind::Referral),
            in_care: any(&delivered),
            reintegrated: any(&|e| delivered(e) && self.family_of(&e.code) == "education"),
            followed_up: self.head.state >= EpisodeState::Monitoring,
        }
    }

    fn reached_on(&self, step: Milestone) -> Option<DateTime<Utc>> {
        let moved =
            |state: EpisodeState| move |e: &Entry| e.kind == Kind::Move && e.code == state.code();
        let first =
            |test: &dyn Fn(&Entry) -> bool| self.episode().rev().find(|e| test(e)).map(|e| e.at);
        match step {
            Milestone::Identified => Some(self.head.reopened_at.unwrap_or(self.head.opened_at)),
            Milestone::Assessed => first(&moved(EpisodeState::Planning)),
            Milestone::Referred => first(&|e| e.kind == Kind::Referral),
            Milestone::InCare => first(&delivered),
            Milestone::Reintegrated => {
                first(&|e| delivered(e) && self.family_of(&e.code) == "education")
            }
            Milestone::FollowedUp => first(&moved(EpisodeState::Monitoring)),
        }
    }

    fn family_of<'a>(&'a self, kind: &'a str) -> &'a str {
        self.ui
            .catalogue()
            .code(List::ServiceKind, kind)
            .and_then(|c| c.text("parent"))
            .unwrap_or(kind)
    }

    /// Help that is still expected.
    fn awaited(&self) -> Vec<(&Entry, ServiceState)> {
        let help = self.entries.iter().filter(|e| e.kind == Kind::Service);
        help.filter_map(|entry| {
            let state = ServiceState::from_code(entry.mark.as_deref()?)?;
            state.is_awaited().then_some((entry, state))
        })
        .take(8)
        .collect()
    }

    fn node(&self, entry: &Entry) -> (&'static str, &'static str) {
        match entry.kind {
            Kind::Contact => ("", "footprints"),
            Kind::Move => ("", "history"),
            Kind::Service => ("brand", "hand-heart"),
            Kind::Visit => ("", "list-checks"),
            Kind::Referral => ("indigo", "send"),
            Kind::Notice => ("red", "siren"),
            Kind::Decision => ("indigo", "gavel"),
            Kind::Assessment => ("", "clipboard-list"),
            Kind::Risk => ("red", "flag"),
            Kind::Plan => ("brand", "list-checks"),
            Kind::Determination => ("brand", "scale"),
            Kind::Bed => ("brand", "house-heart"),
            Kind::Handover => ("", "users"),
        }
    }

    fn title(&self, entry: &Entry) -> String {
        match entry.kind {
            Kind::Contact => self.ui.t("entry-contact"),
            Kind::Move => match EpisodeState::from_code(&entry.code) {
                Some(_) if entry.mark.is_none() => self.ui.t("entry-opened"),
                Some(state) => self.ui.t1("entry-moved", "state", self.ui.t(state.key())),
                None => entry.code.clone(),
            },
            Kind::Service => self.ui.label(List::ServiceKind, &entry.code),
            Kind::Visit => self.ui.t("entry-visit"),
            Kind::Referral => self.ui.t("entry-referral"),
            Kind::Notice => self.ui.t("entry-notice"),
            Kind::Decision => self.ui.t("entry-decision"),
            Kind::Assessment => self.ui.t("entry-assessment"),
            Kind::Risk => self.ui.t("entry-risk"),
            Kind::Plan => self.ui.t(&format!("entry-plan-{}", entry.code)),
            Kind::Determination => self.ui.t("entry-determination"),
            Kind::Bed => self
                .ui
                .t(&format!("bed-state-{}", entry.code.replace('_', "-"))),
            Kind::Handover => self.ui.t("entry-handover"),
        }
    }

    fn body(&self, entry: &Entry) -> String {
        let court = || {
            entry
                .mark
                .as_deref()
                .and_then(|id| id.parse().ok())
                .map(|id| self.ui.court(CourtId(id)))
        };
        let detail = entry.detail.as_deref().unwrap_or_default();
        match entry.kind {
            Kind::Contact => format!(
                "{} · {}",
                self.ui.label(List::ContactPlace, &entry.code),
                self.ui.place(detail)
            ),
            Kind::Move if entry.code == "closed" => self.ui.label(List::ClosureReason, detail),
            Kind::Move | Kind::Handover => self.words(entry),
            Kind::Service => {
                let state = entry.mark.as_deref().unwrap_or_default().replace('_', "-");
                let state = self.ui.t(&format!("service-{state}"));
                format!("{state} · {}", self.ui.organisation(detail))
            }
            Kind::Visit => self.visit(entry),
            Kind::Referral => format!("{} · {detail}", court().unwrap_or_default()),
            Kind::Notice | Kind::Decision => court().unwrap_or_default(),
            Kind::Assessment => {
                let level = self.ui.label(List::RiskLevel, &entry.code);
                self.ui.t1("case-risk", "risk", level)
            }
            Kind::Risk => {
                let level = |code: &str| self.ui.label(List::RiskLevel, code);
                let from = level(entry.mark.as_deref().unwrap_or_default());
                let levels = (("from", from), ("to", level(&entry.code)));
                let change = self.ui.t2("assessment-risk-changed", levels.0, levels.1);
                format!("{change}\n{}", self.words(entry))
            }
            Kind::Plan => {
                let n = entry.mark.clone().unwrap_or_default();
                let version = self.ui.t1("care-plan-version", "n", n);
                format!("{version}\n{}", self.words(entry))
                    .trim()
                    .to_owned()
            }
            Kind::Determination => format!(
                "{} · {}",
                self.ui.label(List::BidOccasion, detail),
                self.ui.t(&format!("care-plan-state-{}", entry.code))
            ),
            Kind::Bed => self.ui.organisation(detail),
        }
    }

    /// What kind of visit, or why it was missed; and whether the child was met begging again.
    fn visit(&self, entry: &Entry) -> String {
        let mut parts = vec![self.ui.label(List::ServiceKind, &entry.code)];
        if let Some(reason) = &entry.detail {
            let reason = self.ui.label(List::MissedReason, reason);
            parts.push(self.ui.t1("visit-missed-because", "reason", reason));
        }
        if entry.mark.as_deref() == Some("yes") {
            parts.push(
                self.ui
                    .t1("visit-refound-is", "answer", self.ui.t("answer-yes")),
            );
        }
        parts.join(" · ")
    }

    fn words(&self, entry: &Entry) -> String {
        let words = entry.words.as_ref().map(|words| self.ui.plain(words));
        words.unwrap_or_default()
    }

    /// The prosecution's words are a quotation.
    fn quote(&self, entry: &Entry) -> Option<String> {
        (entry.kind == Kind::Decision).then(|| {
            let kind = self.ui.label(List::ChildDecisionKind, &entry.code);
            match self.words(entry) {
                more if more.is_empty() => kind,
                more => format!("{kind}. {more}"),
            }
        })
    }

    fn link(&self, entry: &Entry) -> Option<String> {
        let id = entry.about?;
        match entry.kind {
            Kind::Contact => Some(format!("/contacts/{id}")),
            Kind::Service if !self.head.in_emergency => Some(format!("/services/{id}")),
            Kind::Referral | Kind::Decision => Some(format!("/prosecution/{id}")),
            Kind::Assessment | Kind::Risk => Some(format!("/cases/{}/assessments", self.head.id)),
            Kind::Plan => Some(format!("/cases/{}/care-plan/{id}", self.head.id)),
            Kind::Determination => Some(format!("/cases/{}/best-interests/{id}", self.head.id)),
            Kind::Bed => Some(format!("/cases/{}/shelter", self.head.id)),
            _ => None,
        }
    }

    fn because(&self, assessed: &Assessed) -> String {
        risk::because(&self.ui, &assessed.computed, &assessed.reasons)
    }

    fn plan_state(&self, plan: &PlanNow) -> String {
        let version = self.ui.t1("care-plan-version", "n", i64::from(plan.seq));
        let state = self.ui.t(&format!("care-plan-state-{}", plan.state));
        format!("{version} · {state}")
    }

    /// Whether a line "new since you looked" stands before this entry.
    fn since_line(&self, index: &usize) -> bool {
        let Some(seen) = self.head.seen_at else {
            return false;
        };
        let at = |i: usize| self.entries.get(i).map(|e| e.at);
        *index > 0
            && at(*index).is_some_and(|at| at <= seen)
            && at(*index - 1).is_some_and(|at| at > seen)
    }

    fn month(&self, index: &usize) -> Option<String> {
        let day = |i: usize| self.entries.get(i).map(|e| self.ui.day_of(e.at));
        let this = day(*index)?;
        let before = if *index == 0 {
            self.ui.today()
        } else {
            day(*index - 1)?
        };
        (crate::i18n::month_key(this) != crate::i18n::month_key(before))
            .then(|| self.ui.lang().month(this))
    }
}

fn delivered(entry: &Entry) -> bool {
    entry.kind == Kind::Service && matches!(entry.mark.as_deref(), Some("delivered" | "partial"))
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
