//! From an assessment to a plan that is carried out, page by page: what follows, what is refused, what is owed.

mod assessments;
mod placement;
mod plans;
mod reviews;
mod risk;

use crate::support::{Client, TestApp, id, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const OK: StatusCode = StatusCode::SEE_OTHER;
const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DOMAINS: [&str; 8] = [
    "safety",
    "health",
    "psychological",
    "family",
    "material",
    "education",
    "legal_identity",
    "exploitation",
];

/// A page without the marks that keep the direction of what is put into a sentence.
fn plain(body: &str) -> String {
    body.replace(['\u{2068}', '\u{2069}', '\u{200e}'], "")
}

struct Place {
    app: TestApp,
    case: String,
}

impl Place {
    /// A file that is being assessed, and of which nothing is written yet.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let case = id("case rabat.mine");
        let tables = "plan_review plan_action plan_goal care_plan best_interests risk_change assessment_score assessment_need \
                      assessment_indicator assessment";
        let gone: String = tables
            .split_whitespace()
            .map(|table| format!("delete from app.{table} where case_id = '{case}';"))
            .collect();
        app.db
            .run(&format!("set session_replication_role = replica; {gone}"))
            .await;
        let case = format!("/cases/{case}");
        Self { app, case }
    }

    fn worker(&self) -> Client {
        self.app.client("worker1.rabat").reading(Lang::En)
    }

    fn supervisor(&self) -> Client {
        self.app.client("supervisor.rabat").reading(Lang::En)
    }

    async fn post(
        &self,
        who: &Client,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let answer = who.post(&format!("{}{path}", self.case), fields).await;
        (answer.status, plain(&answer.body))
    }

    async fn episode(&self) -> String {
        let sql = "select state || ' ' || risk from app.case_episode where id = ";
        let episode = id("episode rabat.mine");
        self.app
            .db
            .list(&format!("{sql}'{episode}'"))
            .await
            .remove(0)
    }

    /// What is owed of the rules of this slice.
    async fn owes(&self) -> Vec<String> {
        let sql = format!(
            "select rule || ' ' || occurrence from app.task where episode_id = '{}' and done_at is null
             and (rule like 'plan%' or rule in ('reassess', 'determination_answer')) order by 1",
            id("episode rabat.mine")
        );
        self.app.db.list(&sql).await
    }

    async fn rows(&self, table: &str) -> i64 {
        let sql = format!(
            "select count(*)::text from app.{table} where case_id = '{}'",
            id("case rabat.mine")
        );
        self.app.db.list(&sql).await.remove(0).parse().unwrap()
    }

    /// Completes an assessment in which one domain has that score, and all others 1.
    async fn assess(
        &self,
        who: &Client,
        name: &str,
        at: &str,
        score: &str,
    ) -> (StatusCode, String) {
        let form = id(name).to_string();
        let fields: Vec<(String, &str)> = DOMAINS
            .iter()
            .map(|one| (format!("score-{one}"), if *one == at { score } else { "1" }))
            .collect();
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        fields.extend([
            ("id", form.as_str()),
            ("version", "0"),
            ("act", "complete"),
            ("summary", "A family of six"),
        ]);
        self.post(who, "/assessments/form", &fields).await
    }

    /// Submits a plan of one goal and one action.
    async fn submit(&self, name: &str, more: &[(&str, &str)]) -> (StatusCode, String) {
        let (form, due) = (id(name).to_string(), day(20));
        let mut fields = vec![
            ("id", form.as_str()),
            ("version", "0"),
            ("act", "submit"),
            ("goal-0-domain", "education"),
            ("goal-0-text", "Back to school"),
            ("goal-0-a0-what", "Enrol the child"),
            ("goal-0-a0-success", "A month at school"),
            ("goal-0-a0-responsible", "The mother"),
            ("goal-0-a0-due", due.as_str()),
        ];
        fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        fields.extend(more);
        self.post(&self.worker(), "/care-plan/form", &fields).await
    }
}

/// Somebody who goes straight to a page beside the file's own is in its access log as well.
#[tokio::test]
async fn who_reads_them_is_in_the_access_log() {
    let app = TestApp::new().await;
    let (case, one) = (id("case rabat.mine"), id("determination rabat.mine"));
    let worker = app.client("worker1.rabat");
    for page in [
        "assessments",
        "assessments/form",
        "care-plan",
        "care-plan/form",
        &format!("best-interests/{one}"),
    ] {
        assert_eq!(
            worker.get(&format!("/cases/{case}/{page}")).await.status,
            StatusCode::OK,
            "{page}"
        );
    }
    let trail = app
        .db
        .list(&format!(
            "select action from audit.event where object_id = '{case}' order by id"
        ))
        .await;
    let wanted = [
        "assessments.opened",
        "assessments.opened",
        "care_plan.opened",
        "care_plan.opened",
        "determination.opened",
    ];
    assert_eq!(trail, wanted);
    let log = app
        .client("supervisor.rabat")
        .get(&format!("/cases/{case}/readers"))
        .await;
    assert!(
        log.body.matches("اسم مختلق").count() >= wanted.len(),
        "{}",
        log.body
    );
}
