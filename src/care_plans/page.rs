//! What the pages show: display decisions, no rule.

use super::{
    db::{Plan, ShownAction},
    determinations::Determination,
    domain::{ActionText, Change, PlanState, changes},
    form::{self, ACTIONS, GOALS, OPTIONS},
    web::in_force,
};
use crate::{
    authz::TerritoryId,
    cases::Head,
    drafts::Desk,
    forms::Form,
    reference::{List, Organisation},
    vault::Reading,
    web::Ui,
};
use askama::Template;

/// The plan in force, its versions, the determinations.
#[derive(Template)]
#[template(path = "care_plans/plan.html")]
pub(super) struct PlanPage {
    pub ui: Ui,
    pub head: Head,
    pub plans: Vec<Plan>,
    pub weighed: Vec<Determination>,
    pub form: Form,
}

/// Words of an action, as every page shows them.
trait Says {
    fn ui(&self) -> &Ui;

    fn words(&self, reading: &Option<Reading>) -> String {
        let words = reading.as_ref().map(|reading| self.ui().plain(reading));
        words.unwrap_or_default()
    }

    fn what(&self, action: &ShownAction) -> String {
        let what = |text: &ActionText| text.what.clone();
        let lost = || self.ui().plain(&Reading::Unreadable);
        action.text.as_ref().map_or_else(lost, what)
    }

    fn success(&self, action: &ShownAction) -> String {
        let success = |text: &ActionText| text.success.clone();
        action.text.as_ref().map(success).unwrap_or_default()
    }

    /// The organisation, and who answers for it.
    fn by(&self, action: &ShownAction) -> String {
        let organisation = action.provider.as_deref();
        let responsible = action.text.as_ref().map(|text| text.responsible.clone());
        let by = organisation
            .map(|code| self.ui().organisation(code))
            .into_iter()
            .chain(responsible.filter(|words| !words.is_empty()));
        by.collect::<Vec<_>>().join(" · ")
    }

    /// Key of the state of an action, and how its pill is coloured.
    fn state(&self, action: &ShownAction) -> (&'static str, &'static str) {
        match action.state.as_str() {
            "done" => ("care-plan-action-done", "brand"),
            "dropped" => ("care-plan-action-dropped", "grey"),
            _ if action.due_on < self.ui().today() => ("care-plan-action-late", "red"),
            _ => ("care-plan-action-open", ""),
        }
    }
}

impl Says for PlanPage {
    fn ui(&self) -> &Ui {
        &self.ui
    }
}

impl PlanPage {
    fn in_force(&self) -> Option<&Plan> {
        in_force(&self.head, &self.plans)
    }

    fn is_drawn_up(&self) -> bool {
        let draft =
            |plan: &&Plan| plan.state == PlanState::Draft && plan.episode == self.head.episode;
        self.plans.iter().any(|plan| draft(&plan))
    }

    /// Waits for an answer: nothing new is drawn up before.
    fn waiting(&self) -> Option<&Plan> {
        let waits =
            |plan: &&Plan| plan.state == PlanState::Submitted && plan.episode == self.head.episode;
        self.plans.iter().find(waits)
    }

    /// The one that waits for the reader's answer.
    fn to_answer(&self) -> Option<&Plan> {
        let me = self.ui.actor().map(|me| me.user);
        self.waiting()
            .filter(|plan| self.ui.may("plan_answer") && me != Some(plan.author))
    }

    /// The version that was returned last, if none came after it.
    fn returned(&self) -> Option<&Plan> {
        let last = self
            .plans
            .iter()
            .find(|plan| plan.episode == self.head.episode)?;
        (last.state == PlanState::Returned).then_some(last)
    }

    fn why_field(&self, action: &ShownAction) -> String {
        format!("why-{}", action.id)
    }

    fn absences(&self) -> Vec<(String, String)> {
        self.ui.options(List::ViewAbsence)
    }

    /// The form of a review was refused: it stands open.
    fn is_review_refused(&self) -> bool {
        let of_review = |name: &&str| self.form.error(name).is_some();
        ["review_view", "review_why_not", "review_note"]
            .iter()
            .any(of_review)
    }
}

/// One version.
#[derive(Template)]
#[template(path = "care_plans/version.html")]
pub(super) struct VersionPage {
    pub ui: Ui,
    pub head: Head,
    pub plan: Plan,
    /// The one before it.
    pub before: Option<Plan>,
    /// Occasions that wait for a determination.
    pub missing: Vec<String>,
    pub form: Form,
}

impl Says for VersionPage {
    fn ui(&self) -> &Ui {
        &self.ui
    }
}

impl VersionPage {
    /// What changed since the version before, each with the words of its action.
    fn changes(&self) -> Vec<(Change, String)> {
        let Some(before) = &self.before else {
            return Vec::new();
        };
        if self.plan.state == PlanState::Draft || before.goals.is_empty() {
            return Vec::new();
        }
        let found = changes(&before.marks(), &self.plan.marks());
        found
            .into_iter()
            .map(|(number, change)| {
                let of = if change == Change::Removed {
                    before
                } else {
                    &self.plan
                };
                let action = of.actions().find(|action| action.number == number);
                (change, action.map(|one| self.what(one)).unwrap_or_default())
            })
            .collect()
    }

    /// Where the answer goes.
    fn action(&self) -> String {
        format!("/cases/{}/care-plan/{}/answer", self.head.id, self.plan.id)
    }

    fn may_answer(&self) -> bool {
        let me = self.ui.actor().map(|me| me.user);
        self.is_asked() && me != Some(self.plan.author)
    }

    /// A supervisor reads what waits for an answer.
    fn is_asked(&self) -> bool {
        self.ui.may("plan_answer")
            && self.plan.state == PlanState::Submitted
            && self.head.state.is_open()
    }

    fn answers(&self) -> Vec<(String, String)> {
        answers(&self.ui)
    }
}

fn answers(ui: &Ui) -> Vec<(String, String)> {
    [
        ("approve", "care-plan-approve"),
        ("return", "care-plan-return"),
    ]
    .map(|(code, key)| (code.to_owned(), ui.t(key)))
    .to_vec()
}

/// The form of a plan.
#[derive(Template)]
#[template(path = "care_plans/form.html")]
pub(super) struct FormPage {
    pub ui: Ui,
    pub head: Head,
    pub form: Form,
    pub desk: Desk,
}

impl FormPage {
    /// The goals that are filled in, and one more.
    fn goals(&self) -> Vec<usize> {
        let last = (0..GOALS)
            .rev()
            .find(|goal| form::has_goal(&self.form, *goal));
        (0..GOALS.min(last.map_or(1, |last| last + 2))).collect()
    }

    /// The actions of a goal that are filled in, and one more.
    fn actions(&self, goal: &usize) -> Vec<usize> {
        let filled = |action: &usize| form::has_action(&self.form, *goal, *action);
        let last = (0..ACTIONS).rev().find(filled);
        (0..ACTIONS.min(last.map_or(1, |last| last + 2))).collect()
    }

    fn goal(&self, goal: &usize, name: &str) -> String {
        form::goal_field(*goal, name)
    }

    fn action(&self, goal: &usize, action: &usize, name: &str) -> String {
        form::action_field(*goal, *action, name)
    }

    /// An action that is filled in, or the first of a goal, stands open.
    fn is_open(&self, goal: &usize, action: &usize) -> bool {
        *action == 0 || form::has_action(&self.form, *goal, *action)
    }

    fn domains(&self) -> Vec<(String, String)> {
        self.ui.options(List::AssessmentDomain)
    }

    fn occasions(&self) -> Vec<(String, String)> {
        self.ui.options(List::BidOccasion)
    }

    fn providers(&self) -> Vec<(String, String)> {
        let place = self
            .ui
            .actor()
            .map_or(TerritoryId(0), |actor| actor.territory());
        let name = |one: &&Organisation| (one.code.clone(), self.ui.say(&one.label).to_owned());
        self.ui
            .catalogue()
            .providers(place)
            .iter()
            .map(name)
            .collect()
    }
}

/// The form of a determination.
#[derive(Template)]
#[template(path = "care_plans/weigh.html")]
pub(super) struct WeighPage {
    pub ui: Ui,
    pub head: Head,
    pub form: Form,
    pub desk: Desk,
}

impl WeighPage {
    fn occasions(&self) -> Vec<(String, String)> {
        self.ui.options(List::BidOccasion)
    }

    fn options(&self) -> Vec<usize> {
        (0..OPTIONS).collect()
    }

    fn option(&self, option: &usize, name: &str) -> String {
        form::option_field(*option, name)
    }
}

/// One determination.
#[derive(Template)]
#[template(path = "care_plans/determination.html")]
pub(super) struct DeterminationPage {
    pub ui: Ui,
    pub head: Head,
    pub one: Determination,
    pub form: Form,
}

impl DeterminationPage {
    fn is_asked(&self) -> bool {
        self.ui.may("plan_answer") && self.one.state == "submitted" && self.head.state.is_open()
    }

    /// Where the answer goes.
    fn action(&self) -> String {
        let (case, one) = (self.head.id, self.one.id);
        format!("/cases/{case}/best-interests/{one}/answer")
    }

    fn may_answer(&self) -> bool {
        let me = self.ui.actor().map(|me| me.user);
        self.is_asked() && me != Some(self.one.author)
    }

    fn answers(&self) -> Vec<(String, String)> {
        answers(&self.ui)
    }

    fn lost(&self) -> String {
        self.ui.plain(&Reading::Unreadable)
    }
}
