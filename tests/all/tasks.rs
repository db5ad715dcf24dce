//! What is owed: on the list of whoever owes it, struck out by doing it, put off with a reason, taken over by
//! whoever stands in.

use crate::support::{Client, TestApp, id, typed_day as day};
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
        .split_once("id=\"snoozed\"")
        .expect("what is put off");
    assert!(off.contains(&path));
    app.db
        .run(&format!(
            "update app.task set snoozed_until = current_date where id = '{task}'"
        ))
        .await;
    let page = worker.get("/today").await;
    assert!(!page.body.contains("id=\"snoozed\""));
    assert!(page.body.contains(&path));
}

#[tokio::test]
async fn who_stands_in_has_the_files_until_the_absence_ends() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let second = app.client("worker1.rabat").reading(Lang::En);
    let visits = format!("/cases/{}/visits", id("case rabat.colleague"));
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    let (absent, colleague) = (
        id("worker2.rabat").to_string(),
        id("worker1.rabat").to_string(),
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
    let again = supervisor.post("/team/away", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.says(Lang::En, "away-overlaps") && again.body.contains(&until));
    assert_eq!(second.get(&visits).await.status, StatusCode::OK);
    assert!(second.get("/today").await.body.contains(&visits));
    // a protected file has named readers, and stays with them
    let protected = format!("/cases/{}/visits", id("case rabat.protected"));
    assert_eq!(second.get(&protected).await.status, StatusCode::NOT_FOUND);
    // what is given to who is away comes along, and leaves with them
    let own = id(&format!("case {FILE}"));
    let (given, taken) = (
        format!("update app.case_assignment set until = now() where case_id = '{own}' and kind = 'lead' and until is null;
                 insert into app.case_assignment (id, case_id, territory_id, user_id, kind)
                 values (gen_random_uuid(), '{own}', 1, '{absent}', 'lead')"),
        format!("update app.case_assignment set until = now() where case_id = '{own}' and user_id = '{absent}' and until is null"),
    );
    let stands_in = format!(
        "select count(*) from app.case_assignment where case_id = '{own}' and user_id = '{colleague}' and stand_in_id is not null and until is null"
    );
    for (change, has) in [(given, 1), (taken, 0)] {
        app.db.run(&change).await;
        assert_eq!(app.db.ask::<i64>(&stands_in).await, has, "{change}");
    }
    // the day passes
    app.db
        .run("update app.stand_in set since = current_date - 1, until = current_date - 1 where ended_at is null;
              select app.end_stand_ins()")
        .await;
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    let absence = app
        .db
        .list(&format!(
            "select id::text from app.stand_in where absent = '{absent}' order by made_at desc limit 1"
        ))
        .await
        .remove(0);
    let back = [("absence", absence.as_str())];
    assert_eq!(
        supervisor.post("/team/back", &back).await.status,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn what_a_leaver_leaves_is_seen_by_the_supervisor() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let leaver = id("worker1.rabat");
    let page = format!("/team/{leaver}");
    assert!(!supervisor.get("/team").await.says(Lang::En, "team-gone"));
    app.db
        .run(&format!(
            "update sec.role_assignment set valid = daterange(lower(valid), current_date) where user_id = '{leaver}'"
        ))
        .await;
    let team = supervisor.get("/team").await;
    assert!(team.says(Lang::En, "team-gone"), "{}", team.body);
    assert!(team.body.contains(&page));
    let left = supervisor.get(&page).await;
    assert!(left.says(Lang::En, "person-gone"));
    assert!(
        left.body.contains("CANARY-child-rabat.mine"),
        "{}",
        left.body
    );
    // who leads nothing any more is not in the team
    app.db
        .run(&format!(
            "update app.case_assignment set until = now() where user_id = '{leaver}' and until is null"
        ))
        .await;
    assert!(!supervisor.get("/team").await.body.contains(&page));
    assert_eq!(supervisor.get(&page).await.status, StatusCode::NOT_FOUND);
}

/// A task outlasts the absence of who stood in and was handed it.
#[tokio::test]
async fn who_stands_in_and_is_handed_a_task_keeps_the_file_for_the_task() {
    let app = TestApp::new().await;
    let (absent, colleague, own) = (
        id("worker1.rabat"),
        id("worker2.rabat"),
        id(&format!("case {FILE}")),
    );
    let visits = format!("/cases/{own}/visits");
    app.db
        .run(&format!(
            "insert into app.stand_in (id, territory_id, absent, colleague, since, until, made_by)
             values (gen_random_uuid(), 1, '{absent}', '{colleague}', current_date, current_date + 5, '{absent}');
             insert into app.task_handover (id, task_id, case_id, territory_id, to_user, why_enc, by_user)
             values (gen_random_uuid(), '{}', '{own}', 1, '{colleague}', '', '{absent}');
             update app.stand_in set since = current_date - 1, until = current_date - 1 where ended_at is null;
             select app.end_stand_ins()",
            id(&format!("task {FILE}"))
        ))
        .await;
    let second = app.client("worker2.rabat");
    assert_eq!(second.get(&visits).await.status, StatusCode::OK);
    let today = second.get("/today").await;
    assert!(
        today
            .body
            .contains(&format!("/tasks/{}", id(&format!("task {FILE}"))))
    );
}

/// The id that the blank form holds.
async fn blank(client: &Client) -> String {
    let page = client.get("/today/away").await;
    let (_, rest) = page.body.split_once("name=\"id\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn notices(app: &TestApp, kind: &str, who: &str) -> i64 {
    app.db
        .ask(&format!(
            "select count(*) from app.notice where kind = '{kind}' and recipient = '{}'",
            id(who)
        ))
        .await
}

#[tokio::test]
async fn a_worker_says_when_they_are_away_and_who_stands_in() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let second = app.client("worker2.rabat").reading(Lang::En);
    assert!(worker.get("/today").await.body.contains("/today/away"));
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    let (form, colleague, today, until) = (
        blank(&worker).await,
        id("worker2.rabat").to_string(),
        day(0),
        day(4),
    );
    let fields = [
        ("id", form.as_str()),
        ("since", &today),
        ("until", &until),
        ("colleague", &colleague),
    ];
    // pressed twice, it is said once
    for _ in 0..2 {
        let answer = worker.post("/today/away", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let live = "select count(*) from app.stand_in where ended_at is null";
    assert_eq!(app.db.ask::<i64>(live).await, 1);
    assert_eq!(second.get(&visits).await.status, StatusCode::OK);
    assert!(second.get("/today").await.body.contains(&visits));
    assert_eq!(notices(&app, "colleague_away", "supervisor.rabat").await, 1);
    assert_eq!(notices(&app, "stands_in", "worker2.rabat").await, 1);
    let told = app
        .client("supervisor.rabat")
        .reading(Lang::En)
        .get("/notices")
        .await;
    assert!(
        told.says(Lang::En, "notice-colleague-away"),
        "{}",
        told.body
    );
    // back early: the files go with the absence
    let absence = app
        .db
        .list("select id::text from app.stand_in where ended_at is null")
        .await
        .remove(0);
    let end = format!("/today/away/{absence}/end");
    assert_eq!(second.post(&end, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(worker.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    assert_eq!(notices(&app, "colleague_back", "supervisor.rabat").await, 1);
    assert_eq!(worker.post(&end, &[]).await.status, StatusCode::CONFLICT);
    for action in ["stand_in.begun", "stand_in.ended"] {
        let count = format!("select count(*) from audit.event where action = '{action}'");
        assert_eq!(app.db.ask::<i64>(&count).await, 1, "{action}");
    }
}

#[tokio::test]
async fn an_absence_that_cannot_be_is_refused_beside_its_field() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (own, other_city, colleague) = (
        id("worker1.rabat").to_string(),
        id("worker1.sale").to_string(),
        id("worker2.rabat").to_string(),
    );
    // the colleague is away next week
    app.db
        .run(&format!(
            "insert into app.stand_in (id, territory_id, absent, since, until, made_by)
             values (gen_random_uuid(), 1, '{colleague}', current_date + 7, current_date + 9, '{colleague}'),
                    (gen_random_uuid(), 1, '{own}', current_date + 20, current_date + 22, '{own}')"
        ))
        .await;
    let live = "select count(*) from app.stand_in where ended_at is null";
    let before: i64 = app.db.ask(live).await;
    for (since, until, who, words) in [
        (-1, 3, "", "away-past"),
        (3, 1, "", "away-order"),
        (3, 300, "", "away-range"),
        (3, 5, own.as_str(), "away-another"),
        (3, 5, other_city.as_str(), "error-choice"),
        (6, 8, colleague.as_str(), "away-colleague-away"),
        (19, 20, "", "away-overlaps"),
    ] {
        let (form, since, until) = (blank(&worker).await, day(since), day(until));
        let fields = [
            ("id", form.as_str()),
            ("since", &since),
            ("until", &until),
            ("colleague", who),
        ];
        let answer = worker.post("/today/away", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.says(Lang::En, words), "{words}: {}", answer.body);
        // what was typed is kept
        assert!(answer.body.contains(&until), "{words}");
    }
    assert_eq!(app.db.ask::<i64>(live).await, before);
    // who will be away next week falls ill today
    let supervisor = app.client("supervisor.rabat");
    for (until, status) in [(8, StatusCode::CONFLICT), (3, StatusCode::SEE_OTHER)] {
        let until = day(until);
        let fields = [
            ("absent", colleague.as_str()),
            ("colleague", &own),
            ("until", &until),
        ];
        let answer = supervisor.post("/team/away", &fields).await;
        assert_eq!(answer.status, status, "{until}");
    }
}

#[tokio::test]
async fn an_absence_said_ahead_begins_on_its_day() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let second = app.client("worker2.rabat");
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    let (form, colleague, since, until) = (
        blank(&worker).await,
        id("worker2.rabat").to_string(),
        day(2),
        day(6),
    );
    let fields = [
        ("id", form.as_str()),
        ("since", &since),
        ("until", &until),
        ("colleague", &colleague),
    ];
    let answer = worker.post("/today/away", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
    let night = "select app.begin_stand_ins()";
    assert_eq!(app.db.ask::<i64>(night).await, 0);
    // moved to today past the rules, as if the days had gone by
    app.db
        .run("set session_replication_role = replica; update app.stand_in set since = current_date where ended_at is null")
        .await;
    assert_eq!(app.db.ask::<i64>(night).await, 1);
    assert_eq!(second.get(&visits).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_stands_in_is_left_to_the_supervisor() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let second = app.client("worker2.rabat");
    let visits = format!("/cases/{}/visits", id(&format!("case {FILE}")));
    let (form, today, until) = (blank(&worker).await, day(0), day(6));
    let fields = [
        ("id", form.as_str()),
        ("since", &today),
        ("until", &until),
        ("colleague", ""),
    ];
    let answer = worker.post("/today/away", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let team = supervisor.get("/team").await;
    assert!(team.body.contains("/team/stand-in"), "{}", team.body);
    let absence = app
        .db
        .list("select id::text from app.stand_in where ended_at is null")
        .await
        .remove(0);
    let (absent, colleague) = (
        id("worker1.rabat").to_string(),
        id("worker2.rabat").to_string(),
    );
    let names = |who: &str| {
        [
            ("absence", absence.clone()),
            ("absent", absent.clone()),
            ("colleague", who.to_owned()),
        ]
    };
    for (who, status) in [
        ("", StatusCode::UNPROCESSABLE_ENTITY),
        (absent.as_str(), StatusCode::UNPROCESSABLE_ENTITY),
        (colleague.as_str(), StatusCode::SEE_OTHER),
        (colleague.as_str(), StatusCode::CONFLICT),
    ] {
        let fields = names(who);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = supervisor.post("/team/stand-in", &fields).await;
        assert_eq!(answer.status, status, "{who}");
    }
    assert_eq!(second.get(&visits).await.status, StatusCode::OK);
    assert!(
        !supervisor
            .get("/team")
            .await
            .body
            .contains("/team/stand-in")
    );
    let back = [("absence", absence.as_str())];
    let answer = supervisor.post("/team/back", &back).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(second.get(&visits).await.status, StatusCode::NOT_FOUND);
}
