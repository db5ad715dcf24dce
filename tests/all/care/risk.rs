//! The risk of a file rises by itself and falls by an answer; what is seen between two assessments is heeded at once.

use super::{BAD, OK, Place, day, plain};
use crate::support::{
    TestApp, id,
    world::{self, RABAT},
};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

const ANSWER: &str = "Answer whether the risk of a child is lowered";

/// What is owed of the rules of the risk.
async fn owed(app: &TestApp) -> Vec<String> {
    let sql = format!(
        "select rule from app.task where case_id = '{}' and done_at is null
         and (rule = 'risk_answer' or rule like 'reassess\\_%') order by 1",
        id("case rabat.mine")
    );
    app.db.list(&sql).await
}

async fn risk(app: &TestApp) -> String {
    let sql = format!(
        "select risk from app.case_episode where id = '{}'",
        id("episode rabat.mine")
    );
    app.db.ask(sql).await
}

/// In how many rows of the trail the facts of a risk stand: who reads it reads no file.
async fn told(app: &TestApp) -> i64 {
    let sql = "select count(*) from audit.event
               where action in ('assessment.completed', 'case.risk_changed') and fields ? 'reasons'";
    app.db.ask(sql).await
}

fn to(level: &'static str) -> [(&'static str, &'static str); 2] {
    [("risk", level), ("risk_why", "What I saw")]
}

#[tokio::test]
async fn a_later_assessment_does_not_lower_the_risk_alone() {
    let place = Place::new().await;
    let (worker, supervisor) = (place.worker(), place.supervisor());
    assert_eq!(
        place.assess(&worker, "first", "exploitation", "3").await.0,
        OK
    );
    assert_eq!(risk(&place.app).await, "high");
    assert!(owed(&place.app).await.is_empty(), "it came out higher");
    assert_eq!(
        place.assess(&worker, "second", "education", "3").await.0,
        OK
    );
    assert_eq!(risk(&place.app).await, "high", "it is not lowered alone");
    assert_eq!(owed(&place.app).await, ["risk_answer"]);
    for page in ["", "/assessments"] {
        let page = worker.get(&format!("{}{page}", place.case)).await;
        let body = plain(&page.body);
        assert!(
            body.contains("Computed lower: Medium. Awaits the supervisor since"),
            "{body}"
        );
    }
    let today = supervisor.get("/today").await.body;
    assert!(today.contains(ANSWER) && today.contains("/assessments#answer"));
    // the worker is not the one who answers
    for level in ["high", "medium"] {
        assert_eq!(place.post(&worker, "/risk", &to(level)).await.0, BAD);
    }
    let form = supervisor.get(&format!("{}/assessments", place.case)).await;
    assert!(form.says(Lang::En, "risk-answer"));
    assert!(plain(&form.body).contains("Keep: High"));
    let (status, body) = place.post(&supervisor, "/risk", &[("risk", "high")]).await;
    assert_eq!(status, BAD, "no reason");
    assert!(body.contains("<option value=\"high\" selected"));
    assert_eq!(place.post(&supervisor, "/risk", &to("high")).await.0, OK);
    assert_eq!(risk(&place.app).await, "high");
    assert!(owed(&place.app).await.is_empty(), "it is answered");
    let story = plain(&worker.get(&place.case).await.body);
    assert!(story.contains("Risk kept at “High”") && !story.contains("Awaits the supervisor"));
    assert_eq!(
        place.post(&supervisor, "/risk", &to("high")).await.0,
        BAD,
        "nothing is asked any more"
    );
    // the next one asks anew, and is followed
    assert_eq!(place.assess(&worker, "third", "education", "3").await.0, OK);
    assert_eq!(owed(&place.app).await, ["risk_answer"]);
    assert_eq!(place.post(&supervisor, "/risk", &to("medium")).await.0, OK);
    assert_eq!(risk(&place.app).await, "medium");
    assert!(owed(&place.app).await.is_empty());
    let trail = place
        .app
        .db
        .list("select action from audit.event where action like 'case.risk\\_%' order by id")
        .await;
    assert_eq!(trail, ["case.risk_kept", "case.risk_changed"]);
    assert_eq!(told(&place.app).await, 0);
}

#[tokio::test]
async fn a_newer_assessment_takes_the_place_of_the_question() {
    let place = Place::new().await;
    let worker = place.worker();
    for (name, domain) in [
        ("first", "exploitation"),
        ("second", "education"),
        ("third", "safety"),
    ] {
        assert_eq!(place.assess(&worker, name, domain, "3").await.0, OK);
    }
    assert_eq!(risk(&place.app).await, "high");
    assert!(owed(&place.app).await.is_empty(), "it came out as high");
}

#[tokio::test]
async fn of_two_answers_at_once_one_holds() {
    let place = Place::new().await;
    let (worker, supervisor) = (place.worker(), place.supervisor());
    for (name, domain) in [("first", "exploitation"), ("second", "education")] {
        assert_eq!(place.assess(&worker, name, domain, "3").await.0, OK);
    }
    let rabat = world::Place::Prefecture(RABAT);
    let other = place.app.as_role(Role::Supervisor, rabat).await;
    let version: i32 = place
        .app
        .db
        .ask(format!(
            "select version from app.case_episode where id = '{}'",
            id("episode rabat.mine")
        ))
        .await;
    let version = version.to_string();
    let with = |level| {
        let [risk, why] = to(level);
        [risk, why, ("version", version.as_str())]
    };
    let (keep, lower) = (with("high"), with("medium"));
    let (a, b) = tokio::join!(
        place.post(&supervisor, "/risk", &lower),
        place.post(&other, "/risk", &keep)
    );
    let mut both = [a.0, b.0];
    both.sort_unstable();
    assert_eq!(both, [OK, StatusCode::CONFLICT]);
    // what was typed on the older page is kept, and nothing is written
    let (status, body) = place.post(&other, "/risk", &keep).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(body.contains("What I saw"));
    let answers: i64 = place
        .app
        .db
        .ask("select count(*) from app.risk_change where answers")
        .await;
    assert_eq!(answers, 1);
}

/// Whether the owner's own statement is taken.
async fn tries(app: &TestApp, sql: String) -> bool {
    let mut owner = app.db.connect("postgres").await;
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    sql.execute(&mut owner).await.is_ok()
}

/// What holds whatever the program does.
#[tokio::test]
async fn the_database_lets_a_risk_fall_by_the_reason_of_that_very_version() {
    let app = TestApp::new().await;
    let set = |risk: &str| {
        format!(
            "update app.case_episode set risk = '{risk}', version = version + 1 where id = '{}'",
            id("episode rabat.mine")
        )
    };
    let said = |by: &str, version: i32| {
        format!(
            "insert into app.risk_change (id, assessment_id, case_id, territory_id, of_version, from_risk, to_risk, why_enc, by_user, at)
             values (gen_random_uuid(), '{}', '{}', 1, {version}, 'high', 'medium', 'x', '{}', now())",
            id("assessment rabat.mine"),
            id("case rabat.mine"),
            id(by)
        )
    };
    assert!(
        !tries(&app, set("low")).await,
        "medium to low, without a reason"
    );
    assert!(tries(&app, set("high")).await, "it rises");
    assert!(!tries(&app, set("medium")).await);
    for (by, version) in [("worker2.rabat", 2), ("supervisor.sale", 2)] {
        assert!(!tries(&app, said(by, version)).await, "{by}");
    }
    // said of an earlier version: at the same instant or not, it is not this one's reason
    assert!(tries(&app, said("supervisor.rabat", 1)).await);
    assert!(!tries(&app, set("medium")).await);
    assert!(tries(&app, said("supervisor.rabat", 2)).await);
    assert!(tries(&app, set("medium")).await);
    assert!(tries(&app, set("high")).await);
    assert!(!tries(&app, set("medium")).await, "it has served");
}

/// Links the contact that waits to the file of worker1.
async fn link(app: &TestApp, flags: &[&str]) {
    let seen = id("seen fresh rabat.mine");
    let codes: Vec<String> = flags.iter().map(|flag| format!("'{flag}'")).collect();
    let codes = codes.join(", ");
    app.db
        .run(&format!(
            "delete from app.contact_child_flag where contact_child_id = '{seen}';
             insert into app.contact_child_flag (contact_child_id, territory_id, flag)
             select '{seen}', 1, flag from unnest(array[{codes}]::text[]) as flag"
        ))
        .await;
    let number: String = app
        .db
        .ask(format!(
            "select number from app.case_file where id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    let fields = [
        ("outcome-0", "linked_to_case"),
        ("number-0", number.as_str()),
    ];
    let triage = format!("/contacts/{}/triage", id("contact fresh rabat.mine"));
    let answer = app.client("supervisor.rabat").post(&triage, &fields).await;
    assert_eq!(answer.status, OK, "{}", answer.body);
}

#[tokio::test]
async fn a_red_flag_between_two_assessments_raises_the_risk_at_once() {
    let app = TestApp::new().await;
    assert_eq!(risk(&app).await, "medium");
    link(&app, &["drugged"]).await;
    assert_eq!(risk(&app).await, "high");
    assert_eq!(owed(&app).await, ["reassess_flag"]);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let story = plain(
        &worker
            .get(&format!("/cases/{}", id("case rabat.mine")))
            .await
            .body,
    );
    assert!(
        story.contains("because: Drugged or abnormally drowsy"),
        "{story}"
    );
    let today = worker.get("/today").await.body;
    assert!(today.contains("Reassess the same day: a red flag in a new contact"));
    let trail = app
        .db
        .list(
            "select action from audit.event
             where action like 'case.risk%' or action = 'assessment.called_for' order by id",
        )
        .await;
    assert_eq!(trail, ["case.risk_changed", "assessment.called_for"]);
    assert_eq!(told(&app).await, 0);
}

#[tokio::test]
async fn what_is_no_flag_raises_nothing() {
    // an infant in the street is no flag of a child whose age is known to be five
    let none: &[&str] = &[];
    for flags in [none, &["infant"]] {
        let app = TestApp::new().await;
        link(&app, flags).await;
        assert_eq!(risk(&app).await, "medium", "{flags:?}");
        assert!(owed(&app).await.is_empty(), "{flags:?}");
    }
}

#[tokio::test]
async fn a_child_found_begging_or_unsafe_is_assessed_again_the_same_day() {
    let place = Place::new().await;
    let worker = place.worker();
    let visit = format!("/visits/{}", id("visit rabat.mine"));
    let (next, today, then) = (id("the next visit").to_string(), day(0), day(7));
    let fields = [
        ("id", next.as_str()),
        ("version", "1"),
        ("happened", "yes"),
        ("kind", "home_visit"),
        ("done_on", today.as_str()),
        ("safe", "no"),
        ("refound", "yes"),
        ("education", "primary"),
        ("findings", "Alone at the lights"),
        ("next_on", then.as_str()),
    ];
    assert_eq!(place.assess(&worker, "first", "education", "3").await.0, OK);
    assert_eq!(place.post(&worker, &visit, &fields).await.0, OK);
    assert_eq!(
        owed(&place.app).await,
        ["reassess_begging", "reassess_unsafe"]
    );
    assert_eq!(risk(&place.app).await, "medium", "the table has no line");
    let due = "select distinct (due_at at time zone 'Africa/Casablanca')::date
                               - (now() at time zone 'Africa/Casablanca')::date
               from app.task where rule like 'reassess\\_%' and done_at is null";
    assert_eq!(place.app.db.ask::<i32>(due).await, 0, "the same day");
    let list = worker.get("/today").await.body;
    assert!(list.contains("Reassess the same day: the child is not safe"));
    // made, it is owed no more
    assert_eq!(place.assess(&worker, "second", "safety", "3").await.0, OK);
    assert!(owed(&place.app).await.is_empty());
    assert_eq!(risk(&place.app).await, "high");
}

#[tokio::test]
async fn who_has_no_assessment_yet_owes_the_first_and_no_other() {
    let place = Place::new().await;
    link(&place.app, &["drugged"]).await;
    assert_eq!(risk(&place.app).await, "high");
    assert!(owed(&place.app).await.is_empty());
}
