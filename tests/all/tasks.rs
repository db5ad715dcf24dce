//! What is owed: on the list of whoever owes it, struck out by doing it, put off with a reason, taken over by
//! whoever stands in.

use crate::support::{TestApp, id, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FILE: &str = "rabat.mine";

#[tokio::test]
async fn a_worker_owes_what_their_files_owe_and_nothing_else() {
    let app = TestApp::new().await;
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    let mine = app
        .client("worker1.rabat")
        .reading(Lang::En)
        .get("/today")
        .await;
    assert!(mine.body.contains(&visits), "{}", mine.body);
    let other = app
        .client("worker2.rabat")
        .reading(Lang::En)
        .get("/today")
        .await;
    assert!(!other.body.contains(&visits));
    // a contact to sort is the supervisor's
    let contact = format!("/contacts/{}", id(&format!("contact fresh {FILE}")));
    assert!(!mine.body.contains(&contact));
    let supervisor = app.client("supervisor.rabat").get("/today").await;
    assert!(supervisor.body.contains(&contact));
}

#[tokio::test]
async fn a_step_made_is_struck_out_and_the_next_is_owed() {
    let app = TestApp::new().await;
    let case = id(&format!("case {FILE}"));
    app.db
        .run(&format!("update app.case_episode set due_at = now() + interval '5 days' where case_id = '{case}'"))
        .await;
    let owed = format!(
        "select rule from app.task where case_id = '{case}' and done_at is null and rule like 'step%' and occurrence = 1"
    );
    assert_eq!(app.db.list(&owed).await, ["step_assessment"]);
    app.db
        .run(&format!(
            "update app.case_episode set state = 'planning' where case_id = '{case}'"
        ))
        .await;
    assert_eq!(app.db.list(&owed).await, ["step_planning"]);
}

#[tokio::test]
async fn something_put_off_comes_back_on_its_day() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let task = id(&format!("task {FILE}"));
    let path = format!("/today/{task}/snooze");
    let (past, soon) = (day(0), day(3));
    let refused = worker
        .post(
            &path,
            &[("until", &past), ("why", "The family is travelling")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("The family is travelling"));
    let answer = worker
        .post(
            &path,
            &[("until", &soon), ("why", "The family is travelling")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = worker.get("/today").await;
    let (_, off) = page
        .body
        .split_once("<details class=\"card")
        .expect("what is put off");
    assert!(off.contains(&path));
    app.db
        .run(&format!(
            "update app.task set snoozed_until = current_date where id = '{task}'"
        ))
        .await;
    let page = worker.get("/today").await;
    assert!(!page.body.contains("<details class=\"card"));
    assert!(page.body.contains(&path));
}

#[tokio::test]
async fn who_stands_in_has_the_files_until_the_absence_ends() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let second = app.client("worker2.rabat").reading(Lang::En);
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    let (absent, colleague) = (
        id("worker1.rabat").to_string(),
        id("worker2.rabat").to_string(),
    );
    let until = day(10);
    let fields = [
        ("absent", absent.as_str()),
        ("colleague", &colleague),
        ("until", &until),
    ];
    let alone = [
        ("absent", absent.as_str()),
        ("colleague", &absent),
        ("until", &until),
    ];
    let answer = supervisor.post("/team/away", &alone).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(Lang::En, "away-another"));
    assert_eq!(
        supervisor.post("/team/away", &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        supervisor.post("/team/away", &fields).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(second.get(&visits).await.status, StatusCode::OK);
    assert!(second.get("/today").await.body.contains(&visits));
    // a protected file has named readers, and stays with them
    let protected = format!("/cases/{}/visits", id("case rabat.protected"));
    assert_eq!(second.get(&protected).await.status, StatusCode::NOT_FOUND);
    // the day passes
    app.db
        .run("update app.stand_in set until = current_date - 1 where ended_at is null; select app.end_stand_ins()")
        .await;
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    let back = [("absent", absent.as_str())];
    assert_eq!(
        supervisor.post("/team/back", &back).await.status,
        StatusCode::CONFLICT
    );
}
