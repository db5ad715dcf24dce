//! Regular follow-up: a visit is owed until it is made or missed, and never left without the next one.

use crate::support::{TestApp, id, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FILE: &str = "rabat.mine";

struct Place {
    app: TestApp,
    visits: String,
    owed: String,
    next: String,
}

impl Place {
    /// A file that is followed up, with one visit owed.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let case = id(&format!("case {FILE}"));
        app.db
            .run(&format!(
                "set session_replication_role = replica;
                 update app.case_episode set state = 'monitoring' where case_id = '{case}'"
            ))
            .await;
        Self {
            app,
            visits: format!("/cases/{case}/visits"),
            owed: format!("/cases/{case}/visits/{}", id(&format!("visit {FILE}"))),
            next: id("the next visit").to_string(),
        }
    }

    /// What the file owes: visits and their tasks, by their day.
    async fn owes(&self) -> Vec<String> {
        let sql = format!(
            "select concat_ws(' ', v.seq, v.due_on - current_date, t.occurrence is not null) from app.visit v
             left join app.task t on t.rule = 'visit' and t.subject = v.episode_id and t.occurrence = v.seq and t.done_at is null
             where v.case_id = '{}' and v.recorded_at is null order by v.seq",
            id(&format!("case {FILE}"))
        );
        self.app.db.list(&sql).await
    }
}

#[tokio::test]
async fn a_visit_made_is_struck_out_and_the_next_is_owed() {
    let place = Place::new().await;
    let worker = place.app.client("worker1.rabat").reading(Lang::En);
    assert_eq!(place.owes().await, ["2 3 t"]);
    let (today, then) = (day(0), day(14));
    let fields = [
        ("id", place.next.as_str()),
        ("version", "1"),
        ("happened", "yes"),
        ("kind", "school_visit"),
        ("done_on", &today),
        ("safe", "yes"),
        ("refound", "yes"),
        ("education", "primary"),
        ("findings", "Seen at school, in class"),
        ("next_on", &then),
    ];
    let answer = place_post(&worker, &place.owed, &fields).await;
    assert_eq!(answer, StatusCode::SEE_OTHER);
    assert_eq!(place.owes().await, ["3 14 t"]);
    let page = worker.get(&place.visits).await;
    assert!(page.body.contains("Seen at school, in class"));
    // met begging again: the story of the file says so
    let story = worker.get(place.visits.trim_end_matches("/visits")).await;
    assert!(story.body.contains("Begging again"), "{}", story.body);
    // pressed twice, or written by somebody else meanwhile
    let answer = place_post(&worker, &place.owed, &fields).await;
    assert_eq!(answer, StatusCode::CONFLICT);
    assert_eq!(place.owes().await, ["3 14 t"]);
}

async fn place_post(
    client: &crate::support::Client,
    path: &str,
    fields: &[(&str, &str)],
) -> StatusCode {
    client.post(path, fields).await.status
}

#[tokio::test]
async fn a_visit_missed_says_why_and_another_is_planned() {
    let place = Place::new().await;
    let worker = place.app.client("worker1.rabat").reading(Lang::En);
    let then = day(2);
    let mut fields = vec![
        ("id", place.next.as_str()),
        ("version", "1"),
        ("happened", "no"),
    ];
    let answer = worker.post(&place.owed, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(Lang::En, "error-required"));
    assert_eq!(place.owes().await, ["2 3 t"]);
    fields.extend([
        ("missed_reason", "nobody_there"),
        ("next_on", then.as_str()),
    ]);
    assert_eq!(
        place_post(&worker, &place.owed, &fields).await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(place.owes().await, ["3 2 t"]);
    let page = worker.get(&place.visits).await;
    assert!(page.body.contains("Nobody was there"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_what_was_typed_is_kept() {
    let place = Place::new().await;
    let worker = place.app.client("worker1.rabat").reading(Lang::En);
    let (tomorrow, then, yesterday) = (day(1), day(14), day(-1));
    for (done_on, next_on, field) in [
        (&tomorrow, &then, "done_on"),
        (&yesterday, &yesterday, "next_on"),
    ] {
        let answer = worker
            .post(
                &place.owed,
                &[
                    ("id", place.next.as_str()),
                    ("version", "1"),
                    ("happened", "yes"),
                    ("kind", "home_visit"),
                    ("done_on", done_on),
                    ("safe", "unknown"),
                    ("refound", "unknown"),
                    ("findings", "Kept for the next try"),
                    ("next_on", next_on),
                ],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            answer.body.contains(&format!("id=\"{field}-error\"")),
            "{field}"
        );
        assert!(answer.body.contains("Kept for the next try"));
    }
    assert_eq!(place.owes().await, ["2 3 t"]);
}

#[tokio::test]
async fn a_file_that_closes_owes_no_visit_and_takes_none() {
    let place = Place::new().await;
    let case = id(&format!("case {FILE}"));
    place
        .app
        .db
        .run(&format!(
            "update app.case_episode set state = 'closure_requested', closure_asked_by = '{}', closure_asked_from = state
             where case_id = '{case}';
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{}', closure_reason = 'other'
             where case_id = '{case}'",
            id("worker1.rabat"),
            id("supervisor.rabat")
        ))
        .await;
    assert!(place.owes().await.is_empty());
    let owed = format!(
        "select count(*)::text from app.task where case_id = '{case}' and done_at is null and (rule = 'visit' or rule like 'step%')"
    );
    assert_eq!(place.app.db.list(&owed).await, ["0"]);
    let worker = place.app.client("worker1.rabat");
    let then = day(5);
    let fields = [("id", place.next.as_str()), ("next_on", then.as_str())];
    assert_eq!(
        place_post(&worker, &place.visits, &fields).await,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn the_first_visit_comes_with_the_state_by_the_rhythm_of_the_risk() {
    let place = Place::new().await;
    let case = id(&format!("case {FILE}"));
    place
        .app
        .db
        .run(&format!(
            "set session_replication_role = replica;
             delete from app.task where case_id = '{case}'; delete from app.visit where case_id = '{case}';
             update app.case_episode set state = 'implementation', risk = 'high' where case_id = '{case}';
             insert into ref.case_target (territory_id, state, risk, hours) values (1, 'monitoring', 'high', 72);
             set session_replication_role = origin;
             update app.case_episode set state = 'monitoring', state_since = now() where case_id = '{case}'"
        ))
        .await;
    // the city of this file sees them every three days, the others each week
    assert_eq!(place.owes().await, ["1 3 t"]);
}

/// Days from today on which the file itself is due: what its list and its colour go by.
async fn due(place: &Place) -> Option<i32> {
    let case = id(&format!("case {FILE}"));
    let sql = format!(
        "select (due_at at time zone 'Africa/Casablanca')::date - current_date from app.case_episode where case_id = '{case}'"
    );
    place.app.db.ask(sql).await
}

#[tokio::test]
async fn a_file_that_is_followed_up_is_due_with_its_next_visit() {
    let place = Place::new().await;
    let worker = place.app.client("worker1.rabat");
    place
        .app
        .db
        .run("update app.visit set due_on = current_date - 5 where recorded_at is null")
        .await;
    assert_eq!(due(&place).await, Some(-5));
    let (today, then) = (day(0), day(9));
    let fields = [
        ("id", place.next.as_str()),
        ("version", "1"),
        ("happened", "yes"),
        ("kind", "home_visit"),
        ("done_on", &today),
        ("safe", "yes"),
        ("refound", "no"),
        ("education", "primary"),
        ("findings", "At home"),
        ("next_on", &then),
    ];
    assert_eq!(
        place_post(&worker, &place.owed, &fields).await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(due(&place).await, Some(9), "visited, it is late no more");
    // a greater risk brings the visit, and so the file, nearer; a lesser one leaves what was agreed
    let case = id(&format!("case {FILE}"));
    place
        .app
        .db
        .run("alter table app.case_episode disable trigger risk_is_not_lowered_alone")
        .await;
    for (risk, days) in [("high", 7), ("low", 7)] {
        place
            .app
            .db
            .run(&format!(
                "update app.case_episode set risk = '{risk}' where case_id = '{case}'"
            ))
            .await;
        assert_eq!(due(&place).await, Some(days), "{risk}");
    }
    assert_eq!(place.owes().await, ["3 7 t"]);
}

#[tokio::test]
async fn that_the_file_was_closed_is_for_the_program_to_say() {
    let place = Place::new().await;
    let worker = place.app.client("worker1.rabat");
    let then = day(2);
    let fields = [
        ("id", place.next.as_str()),
        ("version", "1"),
        ("happened", "no"),
        ("missed_reason", "file_closed"),
        ("next_on", then.as_str()),
    ];
    let answer = worker.post(&place.owed, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"missed_reason-error\""));
    assert_eq!(place.owes().await, ["2 3 t"]);
}
