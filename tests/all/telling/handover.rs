//! One task goes to a colleague and comes back.

use crate::support::{Answer, Client, TestApp, TestDb, id, role::tries};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FILE: &str = "rabat.mine";
const FIRST: &str = "0198c0de-0000-7000-8000-0000000000a1";
const SECOND: &str = "0198c0de-0000-7000-8000-0000000000a2";

fn task(file: &str) -> String {
    format!("/tasks/{}", id(&format!("task {file}")))
}

async fn hand(client: &Client, file: &str, key: &str, to: &str, why: &str) -> Answer {
    let to = id(to).to_string();
    let fields = [("id", key), ("colleague", to.as_str()), ("why", why)];
    client.post(&format!("{}/hand", task(file)), &fields).await
}

async fn give_back(client: &Client, key: &str, why: &str) -> Answer {
    let fields = [("id", key), ("why_back", why)];
    client
        .post(&format!("{}/return", task(FILE)), &fields)
        .await
}

/// In whose hands the task is.
async fn holder(db: &TestDb) -> Option<String> {
    let sql = format!(
        "select assignee::text from app.task where id = '{}' and assignee is not null",
        id(&format!("task {FILE}"))
    );
    db.list(sql).await.into_iter().next()
}

#[tokio::test]
async fn a_colleague_has_the_file_for_as_long_as_the_task_is_theirs() {
    let app = TestApp::new().await;
    let lead = app.client("worker1.rabat").reading(Lang::En);
    let colleague = app.client("worker2.rabat").reading(Lang::En);
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    assert_eq!(colleague.get(&visits).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        colleague.get(&task(FILE)).await.status,
        StatusCode::NOT_FOUND
    );

    for _ in 0..2 {
        let answer = hand(
            &lead,
            FILE,
            FIRST,
            "worker2.rabat",
            "She speaks the mother's language",
        )
        .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let handed = "select count(*) from app.task_handover where to_user is not null and at > now() - interval '1 hour'";
    assert_eq!(
        app.db.ask::<i64>(handed).await,
        1,
        "sent twice, handed once"
    );
    let written = "select count(*) from audit.event where action = 'task.handed'";
    assert_eq!(app.db.ask::<i64>(written).await, 1);

    let theirs = colleague.get("/today").await;
    assert!(theirs.body.contains(&task(FILE)), "{}", theirs.body);
    assert!(theirs.says(Lang::En, "task-handed-to-me"));
    assert_eq!(colleague.get(&visits).await.status, StatusCode::OK);
    // the lead still sees it, apart from what they do themselves
    let mine = lead.get("/today").await;
    let (own, elsewhere) = mine
        .body
        .split_once("id=\"elsewhere\"")
        .expect("what colleagues have");
    assert!(elsewhere.contains(&task(FILE)) && !own.contains(&format!("{}\"", task(FILE))));

    // to hand it on is not the receiver's; to give it back is
    let on = hand(&colleague, FILE, SECOND, "supervisor.rabat", "I am full").await;
    assert_eq!(on.status, StatusCode::FORBIDDEN);
    let silent = give_back(&colleague, SECOND, "").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let back = give_back(&colleague, SECOND, "I am ill from tomorrow").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert_eq!(holder(&app.db).await, None);
    assert_eq!(colleague.get(&visits).await.status, StatusCode::NOT_FOUND);
    assert!(!colleague.get("/today").await.body.contains(&task(FILE)));
    let page = lead.get(&task(FILE)).await;
    for words in [
        "I am ill from tomorrow",
        "She speaks the mother&#39;s language",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let told = app
        .db
        .list("select kind from app.notice where kind like 'task%' order by kind")
        .await;
    assert_eq!(
        told,
        ["task_back", "task_handed"],
        "nobody is told of their own act"
    );
}

#[tokio::test]
async fn what_is_typed_wrong_hands_nothing_over() {
    let app = TestApp::new().await;
    let lead = app.client("worker1.rabat").reading(Lang::En);
    let before = "select count(*) from app.task_handover";
    let count: i64 = app.db.ask(before).await;
    for (to, why) in [
        ("worker2.rabat", ""),
        ("worker1.sale", "Of another city"),
        ("worker1.rabat", "The lead"),
        ("focal.rabat", "Of another house"),
        ("nobody", "There is no such person"),
    ] {
        let answer = hand(&lead, FILE, FIRST, to, why).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        assert!(answer.body.contains(why), "{to}: what was typed is kept");
    }
    assert_eq!(app.db.ask::<i64>(before).await, count);
    // something done has no hands
    app.db
        .run(&format!(
            "update app.task set done_at = now() where id = '{}'",
            id(&format!("task {FILE}"))
        ))
        .await;
    let late = hand(&lead, FILE, FIRST, "worker2.rabat", "Too late").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

/// The wall behind the page: what no form sends.
#[tokio::test]
async fn the_database_lets_nobody_hand_over_what_is_not_theirs() {
    let app = TestApp::new().await;
    let insert = |file: &str, by: &str, to: &str| {
        format!(
            "insert into app.task_handover (id, task_id, case_id, territory_id, to_user, why_enc, by_user)
             values (gen_random_uuid(), '{}', '{}', 1, '{}', 'x', '{}')",
            id(&format!("task {file}")),
            id(&format!("case {file}")),
            id(to),
            id(by)
        )
    };
    for (who, file, by, to, code) in [
        // a colleague's; in somebody's name; a protected file to who is not named; to another city
        (
            "worker1.rabat",
            "rabat.colleague",
            "worker1.rabat",
            "worker1.rabat",
            "42501 23514",
        ),
        (
            "worker1.rabat",
            FILE,
            "supervisor.rabat",
            "worker2.rabat",
            "42501",
        ),
        (
            "worker2.rabat",
            "rabat.protected",
            "worker2.rabat",
            "worker1.rabat",
            "23514",
        ),
        (
            "worker1.rabat",
            FILE,
            "worker1.rabat",
            "worker1.sale",
            "23514",
        ),
    ] {
        let done = tries(&app.db, who, &insert(file, by, to)).await;
        let found = done.expect_err("it was let through");
        assert!(code.contains(&found), "{who} {file}: {found}");
    }
    let page = app
        .client("worker2.rabat")
        .get(&task("rabat.protected"))
        .await;
    assert!(
        !page.body.contains(&id("worker1.rabat").to_string()),
        "who is not named is not offered"
    );
}

#[tokio::test]
async fn a_supervisor_puts_anybodys_task_into_other_hands() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let person = |name: &str| format!("/team/{}", id(name));
    let page = supervisor.get(&person("worker1.rabat")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&task(FILE)), "{}", page.body);
    assert_eq!(
        supervisor.get(&person("worker1.sale")).await.status,
        StatusCode::NOT_FOUND
    );
    let worker = app.client("worker1.rabat");
    assert_eq!(
        worker.get(&person("worker2.rabat")).await.status,
        StatusCode::FORBIDDEN
    );

    let given = hand(&supervisor, FILE, FIRST, "worker2.rabat", "He has room").await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    let again = hand(&supervisor, FILE, SECOND, "worker2.rabat", "Once more").await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it is there already");
    let page = supervisor.get(&person("worker2.rabat")).await;
    assert!(page.says(Lang::En, "task-from-colleague"), "{}", page.body);
    let taken = give_back(&supervisor, SECOND, "The lead is back").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let told = app
        .db
        .list("select kind || ' ' || (select username from sec.app_user u where u.id = recipient) from app.notice where kind like 'task%' order by 1")
        .await;
    assert_eq!(
        told,
        [
            "task_back worker1.rabat",
            "task_handed worker2.rabat",
            "task_taken worker2.rabat"
        ]
    );
}

#[tokio::test]
async fn the_file_closes_behind_who_did_the_work_but_not_in_their_face() {
    let app = TestApp::new().await;
    let lead = app.client("worker1.rabat");
    let colleague = app.client("worker2.rabat");
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    hand(&lead, FILE, FIRST, "worker2.rabat", "Please").await;
    let done = |ago: &str| {
        format!(
            "update app.task set done_at = now() - interval '{ago}' where id = '{}'; select app.end_handovers(null, interval '1 hour')",
            id(&format!("task {FILE}"))
        )
    };
    app.db.run(&done("5 minutes")).await;
    assert_eq!(
        colleague.get(&visits).await.status,
        StatusCode::OK,
        "they read what they wrote"
    );
    app.db.run(&done("2 hours")).await;
    assert_eq!(colleague.get(&visits).await.status, StatusCode::NOT_FOUND);
    // owed anew, it is the lead's
    app.db
        .run(&format!(
            "update app.task set done_at = null where id = '{}'",
            id(&format!("task {FILE}"))
        ))
        .await;
    assert_eq!(holder(&app.db).await, None);
}
