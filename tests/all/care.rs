//! From an assessment to a plan that is carried out, page by page: what follows, what is refused, what is owed.

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
        let tables = "plan_action plan_goal care_plan best_interests risk_change assessment_score assessment_need \
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

#[tokio::test]
async fn an_assessment_sets_the_risk_and_opens_the_way_to_the_plan() {
    let place = Place::new().await;
    let worker = place.worker();
    let draw_up = [("move", "draw_up_plan")];
    assert_eq!(
        place.post(&worker, "/state", &draw_up).await.0,
        BAD,
        "not assessed"
    );
    for score in ["0", "5", "x"] {
        assert_eq!(
            place.assess(&worker, "first", "safety", score).await.0,
            BAD,
            "{score}"
        );
    }
    // a draft keeps what was typed, and is no assessment
    let form = id("first").to_string();
    let draft = [
        ("id", form.as_str()),
        ("version", "0"),
        ("act", "save"),
        ("score-safety", "2"),
        ("summary", "Half a story"),
    ];
    assert_eq!(place.post(&worker, "/assessments/form", &draft).await.0, OK);
    let page = worker
        .get(&format!("{}/assessments/form", place.case))
        .await;
    assert!(page.body.contains("Half a story") && page.body.contains(&form));
    assert_eq!(place.episode().await, "assessment medium");
    // pressed twice it is the same; other words from an older page are asked about
    assert_eq!(place.post(&worker, "/assessments/form", &draft).await.0, OK);
    let mut older = draft.to_vec();
    older[4] = ("summary", "Another story");
    let (status, body) = place.post(&worker, "/assessments/form", &older).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(body.contains("Another story") && body.contains("Half a story"));
    let done = [
        ("id", form.as_str()),
        ("version", "1"),
        ("act", "complete"),
        ("summary", "Whole"),
        ("score-safety", "2"),
    ];
    let (status, body) = place.post(&worker, "/assessments/form", &done).await;
    assert_eq!(status, BAD, "seven domains are missing");
    assert!(body.contains("Whole") && body.contains("#score-exploitation"));
    assert_eq!(place.rows("assessment_score").await, 0);
    // the draft makes way: another form of the same episode is told
    assert_eq!(
        place.assess(&worker, "second", "safety", "1").await.0,
        StatusCode::CONFLICT
    );
    place.app.db.run("set session_replication_role = replica; delete from app.assessment where state = 'draft'").await;
    assert_eq!(
        place.assess(&worker, "second", "exploitation", "3").await.0,
        OK
    );
    assert_eq!(place.episode().await, "assessment high");
    assert_eq!(place.owes().await, ["reassess 1"]);
    let page = worker.get(&place.case).await;
    assert!(
        plain(&page.body).contains("High, because: Exploitation: Marked concern"),
        "{}",
        page.body
    );
    assert_eq!(place.post(&worker, "/state", &draw_up).await.0, OK);
    // pressed twice
    assert_eq!(
        place.assess(&worker, "second", "exploitation", "3").await.0,
        OK
    );
    assert_eq!(place.rows("assessment").await, 1);
    // the second shows a trend
    assert_eq!(place.assess(&worker, "third", "education", "3").await.0, OK);
    assert_eq!(place.episode().await, "planning medium");
    let page = worker.get(&format!("{}/assessments", place.case)).await;
    assert_eq!(page.body.matches("<svg class=\"svgchart ch\"").count(), 8);
    assert!(plain(&page.body).contains("Education and training: 1, 3"));
}

#[tokio::test]
async fn risk_is_raised_by_a_worker_and_lowered_by_another_supervisor() {
    let place = Place::new().await;
    let (worker, supervisor) = (place.worker(), place.supervisor());
    let to = |level: &'static str| [("risk", level), ("risk_why", "What I saw")];
    assert_eq!(
        place.post(&worker, "/risk", &to("high")).await.0,
        StatusCode::CONFLICT,
        "nothing to change"
    );
    assert_eq!(place.assess(&worker, "first", "education", "3").await.0, OK);
    assert_eq!(
        place.post(&worker, "/risk", &[("risk", "high")]).await.0,
        BAD,
        "no reason"
    );
    assert_eq!(
        place.post(&worker, "/risk", &to("medium")).await.0,
        BAD,
        "the same"
    );
    assert_eq!(
        place.post(&worker, "/risk", &to("none")).await.0,
        BAD,
        "not a level of an open file"
    );
    assert_eq!(
        place.post(&worker, "/risk", &to("low")).await.0,
        BAD,
        "below the computed one"
    );
    assert_eq!(place.rows("risk_change").await, 0);
    assert_eq!(place.post(&worker, "/risk", &to("high")).await.0, OK);
    assert_eq!(place.episode().await, "assessment high");
    assert_eq!(place.post(&supervisor, "/risk", &to("low")).await.0, OK);
    assert_eq!(place.episode().await, "assessment low");
    let story = worker.get(&place.case).await;
    assert!(story.body.contains("What I saw"), "{}", story.body);
    // a supervisor who assessed is one of the two, not both
    assert_eq!(
        place.assess(&supervisor, "own", "education", "3").await.0,
        OK
    );
    let (status, body) = place.post(&supervisor, "/risk", &to("low")).await;
    assert_eq!(status, BAD);
    assert!(body.contains(&Lang::En.t("assessment-risk-four-eyes")));
}

#[tokio::test]
async fn a_plan_is_answered_by_another_and_carries_the_file_on() {
    let place = Place::new().await;
    let (worker, supervisor) = (place.worker(), place.supervisor());
    assert_eq!(
        place.submit("early", &[]).await.0,
        BAD,
        "the file is being assessed"
    );
    assert_eq!(place.assess(&worker, "first", "education", "3").await.0, OK);
    assert_eq!(
        place
            .post(&worker, "/state", &[("move", "draw_up_plan")])
            .await
            .0,
        OK
    );
    let yesterday = day(-1);
    for (what, more) in [
        ("the past", ("goal-0-a0-due", yesterday.as_str())),
        ("no domain of the list", ("goal-0-domain", "magic")),
        ("no provider", ("goal-0-a0-responsible", "")),
        ("no occasion of the list", ("goal-0-a0-occasion", "holiday")),
        ("nothing to do", ("goal-0-a0-what", "")),
    ] {
        let (status, body) = place.submit("plan", &[more]).await;
        assert_eq!(status, BAD, "{what}");
        assert!(
            body.contains("Back to school"),
            "{what}: what was typed is kept"
        );
    }
    assert_eq!(
        place.rows("care_plan").await + place.rows("plan_goal").await,
        0
    );
    assert_eq!(
        place
            .submit("plan", &[("goal-0-a0-occasion", "separation")])
            .await
            .0,
        OK
    );
    assert_eq!(place.owes().await, ["plan_answer 1", "reassess 1"]);
    let plan = format!("/care-plan/{}/answer", id("plan"));
    let approve = [("answer", "approve")];
    assert_eq!(
        place.post(&worker, &plan, &approve).await.0,
        StatusCode::FORBIDDEN
    );
    let (status, body) = place.post(&supervisor, &plan, &approve).await;
    assert_eq!(status, BAD, "no determination");
    assert!(body.contains("/best-interests?occasion=separation"));
    // two options at least, the child's view, and somebody else's answer
    let (form, met) = (id("determination").to_string(), day(0));
    let mut weighed = vec![
        ("id", form.as_str()),
        ("occasion", "separation"),
        ("met_on", met.as_str()),
    ];
    for field in [
        "option-0-what",
        "option-0-pro",
        "option-0-contra",
        "option-1-what",
        "option-1-pro",
        "child_view",
        "participants",
        "conclusion",
    ] {
        weighed.push((field, "words"));
    }
    assert_eq!(
        place.post(&worker, "/best-interests", &weighed).await.0,
        BAD
    );
    weighed.push(("option-1-contra", "words"));
    assert_eq!(place.post(&worker, "/best-interests", &weighed).await.0, OK);
    let one = format!("/best-interests/{form}/answer");
    assert_eq!(place.post(&supervisor, &one, &approve).await.0, OK);
    assert_eq!(
        place.post(&supervisor, &one, &approve).await.0,
        StatusCode::CONFLICT
    );
    // of two approvals at once one wins
    let path = format!("{}{plan}", place.case);
    let (a, b) = tokio::join!(
        supervisor.post(&path, &approve),
        supervisor.post(&path, &approve)
    );
    let mut both = [a.status.as_u16(), b.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(place.episode().await, "implementation medium");
    assert_eq!(
        place.owes().await,
        ["plan_action 1", "plan_review 1", "reassess 1"]
    );
    // the next version is returned: words are needed, and the first stays in force
    assert_eq!(
        place
            .submit(
                "later",
                &[("goal-0-a0-number", "1"), ("goal-0-a0-what", "Enrol both")]
            )
            .await
            .0,
        OK
    );
    let later = format!("/care-plan/{}/answer", id("later"));
    assert_eq!(
        place
            .post(&supervisor, &later, &[("answer", "return")])
            .await
            .0,
        BAD
    );
    let back = [("answer", "return"), ("comments", "Say who goes along")];
    assert_eq!(place.post(&supervisor, &later, &back).await.0, OK);
    assert_eq!(
        place.owes().await,
        [
            "plan_action 1",
            "plan_returned 2",
            "plan_review 1",
            "reassess 1"
        ]
    );
    let page = worker.get(&format!("{}/care-plan", place.case)).await;
    assert!(page.body.contains("Say who goes along") && page.body.contains("Enrol the child"));
    let page = worker.get(&format!("{}/care-plan/form", place.case)).await;
    assert!(
        page.body.contains("Enrol both"),
        "the next begins with what was returned"
    );
    // and the third comes into force, with the same action under the same number
    assert_eq!(
        place
            .submit(
                "third",
                &[("goal-0-a0-number", "1"), ("goal-0-a0-what", "Enrol both")]
            )
            .await
            .0,
        OK
    );
    let page = supervisor
        .get(&format!("{}/care-plan/{}", place.case, id("third")))
        .await;
    assert!(plain(&page.body).contains("Version 3"));
    assert_eq!(
        place
            .post(
                &supervisor,
                &format!("/care-plan/{}/answer", id("third")),
                &approve
            )
            .await
            .0,
        OK
    );
    assert_eq!(
        place.owes().await,
        ["plan_action 1", "plan_review 1", "reassess 1"]
    );
    let action: String = place
        .app
        .db
        .list(&format!(
            "select a.id::text from app.plan_action a where a.plan_id = '{}'",
            id("third")
        ))
        .await
        .remove(0);
    let close = format!("/plan-actions/{action}");
    assert_eq!(
        place.post(&worker, &close, &[("state", "dropped")]).await.0,
        BAD,
        "why?"
    );
    assert_eq!(
        place.post(&worker, &close, &[("state", "done")]).await.0,
        OK
    );
    assert_eq!(place.owes().await, ["plan_review 1", "reassess 1"]);
}

#[tokio::test]
async fn who_drew_a_plan_up_does_not_answer_it_and_a_closed_file_has_none() {
    let place = Place::new().await;
    let supervisor = place.supervisor();
    place
        .app
        .db
        .run("set session_replication_role = replica; update app.case_episode set state = 'planning'")
        .await;
    let (form, due) = (id("own").to_string(), day(3));
    let fields = [
        ("id", form.as_str()),
        ("version", "0"),
        ("act", "submit"),
        ("goal-0-domain", "safety"),
        ("goal-0-text", "Safe"),
        ("goal-0-a0-what", "Stay"),
        ("goal-0-a0-success", "Safe"),
        ("goal-0-a0-responsible", "Me"),
        ("goal-0-a0-due", due.as_str()),
    ];
    assert_eq!(
        place.post(&supervisor, "/care-plan/form", &fields).await.0,
        OK
    );
    let answer = format!("/care-plan/{form}/answer");
    let (status, body) = place
        .post(&supervisor, &answer, &[("answer", "approve")])
        .await;
    assert_eq!(status, BAD);
    assert!(body.contains(&Lang::En.t("care-plan-four-eyes")));
    let approved = "select count(*)::text from app.care_plan where state = 'approved' and id = ";
    let approved = place.app.db.list(&format!("{approved}'{form}'")).await;
    assert_eq!(approved, ["0"]);
    place
        .app
        .db
        .run("set session_replication_role = replica;
              update app.case_episode set state = 'closed', closed_at = now(), closed_by = opened_by,
                     closure_reason = (select code from ref.closure_reason order by sort limit 1)
              from (select id as file, opened_by from app.case_file) f where f.file = case_id")
        .await;
    let another = id("another").to_string();
    let mut fields = fields.to_vec();
    fields.retain(|(name, _)| *name != "id");
    fields.push(("id", &another));
    let (status, body) = place.post(&supervisor, "/care-plan/form", &fields).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(body.contains(&Lang::En.t("care-plan-file-closed")));
    assert_eq!(
        place.assess(&supervisor, "late", "safety", "1").await.0,
        StatusCode::CONFLICT
    );
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
