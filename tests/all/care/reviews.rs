//! A plan in force that is looked at and stays as it is.

use super::{BAD, OK, plain};
use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use sqlx::{AssertSqlSafe, Connection};

const FILE: &str = "rabat.mine";

fn page() -> String {
    format!("/cases/{}/care-plan", id(&format!("case {FILE}")))
}

fn path(plan: &str) -> String {
    format!("{}/{}/review", page(), id(plan))
}

/// How many reviews the page knows of, and the id of its blank form.
async fn form(client: &Client) -> (String, String) {
    let body = client.get(&page()).await.body;
    let value = |name: &str| {
        let (_, rest) = body
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("{name}: {body}"));
        rest.split('"').next().unwrap().to_owned()
    };
    (value("reviews"), value("id"))
}

async fn reviews(app: &TestApp) -> i64 {
    app.db
        .ask(&format!(
            "select count(*) from app.plan_review where case_id = '{}'",
            id(&format!("case {FILE}"))
        ))
        .await
}

#[tokio::test]
async fn a_plan_is_reviewed_without_a_version_and_the_next_day_is_owed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set risk = 'high' where case_id = '{0}';
             set session_replication_role = origin;
             select app.owe('plan_review', c.id, c.territory_id, now() - interval '1 day', episode => e.id)
             from app.case_file c join app.case_episode e on e.case_id = c.id where c.id = '{0}'",
            id(&format!("case {FILE}"))
        ))
        .await;
    let before = reviews(&app).await;
    let (seen, row) = form(&worker).await;
    let plan = format!("plan {FILE}");
    for (what, view, why_not, note) in [
        ("neither heard nor why not", "", "", "It goes well"),
        ("both", "I like it", "refused", "It goes well"),
        ("no reason of the list", "", "magic", "It goes well"),
        ("no word on why", "I like it", "", ""),
    ] {
        let fields = [
            ("id", row.as_str()),
            ("reviews", &seen),
            ("review_view", view),
            ("review_why_not", why_not),
            ("review_note", note),
        ];
        let answer = worker.post(&path(&plan), &fields).await;
        assert_eq!(answer.status, BAD, "{what}");
        assert!(
            answer
                .body
                .contains(if note.is_empty() { view } else { note }),
            "{what}: what was typed is kept"
        );
    }
    assert_eq!(reviews(&app).await, before);
    let fields = [
        ("id", row.as_str()),
        ("reviews", &seen),
        ("review_view", "The school is near now"),
        ("review_why_not", ""),
        ("review_note", "Each action goes on as planned"),
    ];
    // pressed twice, it is written once
    for _ in 0..2 {
        assert_eq!(worker.post(&path(&plan), &fields).await.status, OK);
    }
    assert_eq!(reviews(&app).await, before + 1);
    // at high risk a plan is looked at each month
    let owed = format!(
        "select count(*) from app.task t join app.care_plan p on p.episode_id = t.episode_id and p.state = 'approved'
         where t.rule = 'plan_review' and t.done_at is null and t.due_at = p.review_due_at and t.case_id = '{}'
           and t.due_at between now() + interval '29 days' and now() + interval '31 days'",
        id(&format!("case {FILE}"))
    );
    assert_eq!(app.db.ask::<i64>(&owed).await, 1);
    let versions = format!(
        "select count(*) from app.care_plan where case_id = '{}'",
        id(&format!("case {FILE}"))
    );
    assert_eq!(app.db.ask::<i64>(&versions).await, 2, "no other version");
    let shown = plain(&worker.get(&page()).await.body);
    assert!(shown.contains("The school is near now"), "{shown}");
    assert!(shown.contains("Each action goes on as planned"));
    // the supervisor finds it in the history
    let history = format!("/cases/{}/history?kind=care", id(&format!("case {FILE}")));
    let told = app
        .client("supervisor.rabat")
        .reading(Lang::En)
        .get(&history)
        .await;
    assert!(told.says(Lang::En, "entry-plan-reviewed"), "{}", told.body);
    assert!(told.body.contains("Each action goes on as planned"));
    let audited = "select count(*) from audit.event where action = 'care_plan.reviewed'";
    assert_eq!(app.db.ask::<i64>(audited).await, 1);
}

async fn post(who: &Client, plan: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    who.post(&path(plan), &fields).await
}

fn fields(row: &str, seen: &str, note: &str) -> [(&'static str, String); 5] {
    [
        ("id", row.to_owned()),
        ("reviews", seen.to_owned()),
        ("review_why_not", String::new()),
        ("review_view", "I like it".to_owned()),
        ("review_note", note.to_owned()),
    ]
}

/// Both have read the page before either is written: whoever comes second is told.
#[tokio::test]
async fn of_two_reviews_at_once_one_is_written() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let (seen, row) = form(&worker).await;
    let (_, other) = form(&supervisor).await;
    let plan = format!("plan {FILE}");
    let before = reviews(&app).await;
    let mut connection = app.db.connect("postgres").await;
    let mut holding = connection.begin().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!(
        "select from app.care_plan where id = '{}' for update",
        id(&plan)
    )))
    .execute(&mut *holding)
    .await
    .unwrap();
    let waits = "select count(*) = 2 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let release = async {
        while !app.db.ask::<bool>(waits).await {
            tokio::task::yield_now().await;
        }
        holding.commit().await.unwrap();
    };
    let (mine, theirs) = (fields(&row, &seen, "Mine"), fields(&other, &seen, "Theirs"));
    let (one, two, ()) = tokio::join!(
        post(&worker, &plan, &mine),
        post(&supervisor, &plan, &theirs),
        release
    );
    let (won, lost, kept) = if one.status == OK {
        (one, two, "Theirs")
    } else {
        (two, one, "Mine")
    };
    assert_eq!((won.status, lost.status), (OK, StatusCode::CONFLICT));
    assert!(lost.says(Lang::En, "care-plan-reviewed-meanwhile"));
    assert!(lost.body.contains(kept), "{}", lost.body);
    assert_eq!(reviews(&app).await, before + 1);
}

#[tokio::test]
async fn a_review_meets_another_and_is_of_the_plan_in_force() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let (seen, row) = form(&worker).await;
    let (seen_too, other) = form(&supervisor).await;
    let plan = format!("plan {FILE}");
    let first = post(&worker, &plan, &fields(&row, &seen, "Mine")).await;
    assert_eq!(first.status, OK);
    let second = post(
        &supervisor,
        &plan,
        &fields(&other, &seen_too, "Theirs, kept"),
    )
    .await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.body.contains("Theirs, kept"), "{}", second.body);
    assert!(second.says(Lang::En, "care-plan-reviewed-meanwhile"));
    // what waits for an answer is not in force
    let waiting = post(
        &worker,
        &format!("plan next {FILE}"),
        &fields(&row, &seen, "x"),
    )
    .await;
    assert_eq!(waiting.status, StatusCode::CONFLICT);
}
