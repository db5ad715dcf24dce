//! What the pages show: display decisions, no rule.

use super::db::{Assessment, Change, Found};
use crate::{
    authz::Role,
    cases::Head,
    charts::Trend,
    drafts::Desk,
    forms::Form,
    reference::List,
    risk::{self, Level, Score},
    vault::Reading,
    web::Ui,
};
use askama::Template;

/// The assessments of a file.
#[derive(Template)]
#[template(path = "assessments/all.html")]
pub(super) struct AssessmentsPage {
    pub ui: Ui,
    pub head: Head,
    /// Completed, the latest first.
    pub done: Vec<Assessment>,
    pub draft: Option<Assessment>,
    pub form: Form,
}

impl AssessmentsPage {
    pub fn new(ui: Ui, head: Head, all: Vec<Assessment>, form: Form) -> Self {
        let (done, drafts): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| one.computed.is_some());
        let draft = drafts.into_iter().find(|one| one.episode == head.episode);
        Self {
            ui,
            head,
            done,
            draft,
            form,
        }
    }

    fn because(&self, one: &Assessment) -> String {
        let level = one.computed.as_deref().unwrap_or_default();
        risk::because(&self.ui, level, &one.reasons)
    }

    /// "Assessment 2, 12 November".
    fn title(&self, one: &Assessment) -> String {
        let nth = ("n", i64::from(one.seq));
        self.ui.t2("assessment-nth", nth, ("day", self.day(one)))
    }

    /// The latest, while a supervisor has not answered that it came out lower.
    fn asking(&self) -> Option<&Assessment> {
        let is_asking = |one: &&Assessment| {
            self.head.state.is_open() && one.episode == self.head.episode && one.asks.is_some()
        };
        self.done.first().filter(is_asking)
    }

    /// "Computed lower: medium. Awaits the supervisor since 12 November".
    fn asks(&self, one: &Assessment) -> String {
        let level = self.level(one.asks.as_deref().unwrap_or_default());
        self.ui
            .t2("risk-asks", ("level", level), ("day", self.day(one)))
    }

    /// Whether the reader is asked.
    fn is_asked(&self) -> bool {
        let me = self.ui.actor();
        self.asking().is_some() && me.is_some_and(|me| me.role == Role::Supervisor)
    }

    fn changed(&self, change: &Change) -> String {
        let (from, to) = (self.level(&change.from), self.level(&change.to));
        if from == to {
            return self.ui.t1("risk-kept", "level", to);
        }
        self.ui
            .t2("assessment-risk-changed", ("from", from), ("to", to))
    }

    fn level(&self, code: &str) -> String {
        self.ui.label(List::RiskLevel, code)
    }

    fn day(&self, one: &Assessment) -> String {
        one.completed_at
            .map_or_else(String::new, |at| self.ui.day(self.ui.day_of(at)))
    }

    fn due(&self, one: &Assessment) -> String {
        one.review_due_at
            .map_or_else(String::new, |at| self.ui.day(self.ui.day_of(at)))
    }

    /// Whether the risk can be another than the computed one.
    fn may_change_risk(&self) -> bool {
        let latest = self.done.first();
        self.head.state.is_open() && latest.is_some_and(|one| one.episode == self.head.episode)
    }

    /// The levels that can be set; who is asked may keep the one there is.
    fn levels(&self) -> Vec<(String, String)> {
        let is_asked = self.is_asked();
        let all = Level::ALL.into_iter().map(Level::code);
        all.filter(|code| is_asked || *code != self.head.risk)
            .map(|code| {
                let words = self.level(code);
                let words = if code == self.head.risk {
                    self.ui.t1("risk-keep", "level", words)
                } else {
                    words
                };
                (code.to_owned(), words)
            })
            .collect()
    }

    fn words(&self, reading: &Option<Reading>) -> Option<String> {
        reading.as_ref().map(|reading| self.ui.plain(reading))
    }

    fn codes(&self, list: List, codes: &[String]) -> String {
        let words: Vec<String> = codes.iter().map(|code| self.ui.label(list, code)).collect();
        words.join(self.ui.comma())
    }

    /// A domain with its scores, first to last: drawn, and told.
    fn trends(&self) -> Vec<(String, Trend, Vec<Option<Score>>)> {
        if self.done.len() < 2 {
            return Vec::new();
        }
        let shown: Vec<&Assessment> = self.done.iter().take(6).rev().collect();
        let domains = self
            .ui
            .catalogue()
            .choices(List::AssessmentDomain, self.ui.today());
        domains
            .iter()
            .map(|domain| {
                let of = |one: &&Assessment| {
                    let found = |s: &&Found| s.domain == domain.code;
                    one.scores.iter().find(found).map(|s| s.score)
                };
                let scores: Vec<Option<Score>> = shown.iter().map(of).collect();
                let label = self.ui.say(&domain.label).to_owned();
                let told = scores.iter().flatten().map(|s| s.get().to_string());
                let told: Vec<String> = told.collect();
                let about = self.ui.t2(
                    "assessment-trend-of",
                    ("domain", label.clone()),
                    ("scores", told.join(self.ui.comma())),
                );
                let values: Vec<u8> = scores.iter().flatten().map(|s| s.get()).collect();
                (label, Trend::new(about, &values), scores)
            })
            .collect()
    }

    /// The days of the columns of the trends, first to last.
    fn days(&self) -> Vec<String> {
        let shown: Vec<&Assessment> = self.done.iter().take(6).collect();
        shown.into_iter().rev().map(|one| self.day(one)).collect()
    }
}

/// The form.
#[derive(Template)]
#[template(path = "assessments/form.html")]
pub(super) struct FormPage {
    pub ui: Ui,
    pub head: Head,
    pub form: Form,
    pub desk: Desk,
}

impl FormPage {
    fn domains(&self) -> Vec<(String, String)> {
        self.ui.options(List::AssessmentDomain)
    }

    fn score_field(&self, domain: &str) -> String {
        format!("score-{domain}")
    }

    fn note_field(&self, domain: &str) -> String {
        format!("note-{domain}")
    }

    fn scale(&self) -> Vec<(String, String)> {
        let words = |score: Score| (score.get().to_string(), self.ui.t(score.key()));
        Score::ALL.into_iter().map(words).collect()
    }

    fn needs(&self) -> Vec<(String, String)> {
        self.ui.options(List::Need)
    }

    fn signs(&self) -> Vec<(String, String)> {
        self.ui.options(List::ExploitationIndicator)
    }

    fn levels(&self) -> Vec<(String, String)> {
        let levels = Level::ALL.iter().take(2);
        levels
            .map(|level| {
                (
                    level.code().to_owned(),
                    self.ui.label(List::RiskLevel, level.code()),
                )
            })
            .collect()
    }
}
