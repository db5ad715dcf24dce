//! Help asked of others, through the pages: what leaves, who answers, and what the file shows of it.

use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

/// The value of a hidden field of a page.
fn hidden(body: &str, name: &str) -> String {
    let (_, rest) = body
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}"));
    rest.split_once('"').unwrap().0.to_owned()
}

async fn page(client: &Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// Sends the form of steps of a page with some more answers.
async fn step(client: &Client, path: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = page(client, path).await;
    let (form, version) = (hidden(&shown.body, "id"), hidden(&shown.body, "version"));
    let mut all = vec![("id", form.as_str()), ("version", version.as_str())];
    all.extend(fields);
    client.post(&format!("{path}/{action}"), &all).await
}

async fn state(app: &TestApp, service: &str) -> String {
    app.db
        .ask(&format!("select state || case when closed_at is null then '' else ' closed' end from app.service where id = '{service}'"))
        .await
}

async fn owed(app: &TestApp, service: &str) -> Vec<String> {
    app.db
        .list(&format!("select rule from app.task where service_id = '{service}' and done_at is null order by 1"))
        .await
}

#[tokio::test]
async fn what_is_asked_is_previewed_frozen_answered_and_closed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let focal = app.client("focal.rabat").reading(Lang::En);
    let service = id("service asked rabat.mine").to_string();
    let path = format!("/services/{service}");
    let ask = format!("{path}/request");
    assert_eq!(owed(&app, &service).await, ["service_send"]);

    let blank = page(&worker, &ask).await;
    let fields = [
        ("id", hidden(&blank.body, "id")),
        ("version", hidden(&blank.body, "version")),
        ("naming", "given".to_owned()),
        ("by", hidden(&blank.body, "by")),
        ("ask", "ASKED-WORDS".to_owned()),
        ("practical", String::new()),
    ];
    let send = async |fields: Vec<(&'static str, String)>| {
        let pairs: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        worker.post(&ask, &pairs).await
    };
    let preview = send(fields.to_vec()).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    assert!(preview.body.contains("ASKED-WORDS") && preview.body.contains("Zineb"));
    let shown = preview
        .body
        .split_once("<article")
        .unwrap()
        .1
        .split_once("</article>")
        .unwrap()
        .0;
    assert!(!shown.contains("CANARY"), "a family name in the extract");
    assert_eq!(
        state(&app, &service).await,
        "proposed",
        "a preview sends nothing"
    );

    let mut confirmed: Vec<_> = fields[..3].to_vec();
    confirmed.push(("by", hidden(&preview.body, "by")));
    confirmed.extend([
        ("ask", "ASKED-WORDS".to_owned()),
        ("practical", String::new()),
    ]);
    confirmed.push(("confirmed", hidden(&preview.body, "confirmed")));
    assert_eq!(send(confirmed.clone()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        send(confirmed).await.status,
        StatusCode::SEE_OTHER,
        "pressed twice"
    );
    assert_eq!(state(&app, &service).await, "sent");
    assert_eq!(
        owed(&app, &service).await,
        ["service_answer", "service_outcome", "service_silent"]
    );

    let request: String = app
        .db
        .ask(&format!(
            "select id::text from app.disclosure where service_id = '{service}'"
        ))
        .await;
    let inbox = format!("/requests/{request}");
    assert!(page(&focal, "/requests").await.body.contains(&inbox));
    let read = page(&focal, &inbox).await;
    assert!(read.body.contains("ASKED-WORDS") && !read.body.contains("CANARY"));

    // two focal points at once: the second is told
    let stale = [
        ("id", "018f0000-0000-7000-8000-00000000000a".to_owned()),
        ("version", hidden(&read.body, "version")),
        ("move", "refuse".to_owned()),
        ("reason-refuse", "no_place".to_owned()),
    ];
    let answer = step(
        &focal,
        &inbox,
        "answer",
        &[("move", "accept"), ("words", "WELCOME-WORDS")],
    )
    .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let pairs: Vec<_> = stale
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let second = focal.post(&format!("{inbox}/answer"), &pairs).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert_eq!(state(&app, &service).await, "accepted");

    // the file shows it at once, and its lead is told
    assert!(page(&worker, &path).await.body.contains("WELCOME-WORDS"));
    let told: i64 = app
        .db
        .ask(&format!(
            "select count(*) from app.notice where kind = 'service_answered' and recipient = '{}'",
            id("worker1.rabat")
        ))
        .await;
    assert_eq!(told, 1);

    // a day that comes, and no day after today for what was given
    let early = step(
        &focal,
        &inbox,
        "answer",
        &[("move", "deliver"), ("day-deliver", "01/01/2199")],
    )
    .await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let today: String = app
        .db
        .ask("select to_char(now() at time zone 'Africa/Casablanca', 'DD/MM/YYYY')")
        .await;
    let given = step(
        &focal,
        &inbox,
        "answer",
        &[("move", "deliver"), ("day-deliver", &today)],
    )
    .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    assert_eq!(owed(&app, &service).await, ["service_outcome"]);
    let closed = step(
        &worker,
        &path,
        "step",
        &[("move", "close_loop"), ("outcome-close_loop", "goal_met")],
    )
    .await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&app, &service).await, "delivered closed");
    assert!(owed(&app, &service).await.is_empty());
    // what came of it is not the provider's to read
    assert!(
        !page(&focal, &inbox)
            .await
            .says(Lang::En, "service-step-closed")
    );
}

#[tokio::test]
async fn a_refusal_is_explained_and_asks_for_an_alternative() {
    let app = TestApp::new().await;
    let (worker, focal) = (app.client("worker1.rabat"), app.client("focal.rabat"));
    let service = id("service sent rabat.mine").to_string();
    let (path, inbox) = (
        format!("/services/{service}"),
        format!("/requests/{}", id("request rabat.mine")),
    );
    for fields in [
        &[("move", "refuse")][..],
        // a reason of another step
        &[("move", "refuse"), ("reason-refuse", "did_not_come")],
        // the cell's to make
        &[("move", "cancel"), ("reason-cancel", "need_gone")],
        &[("move", "send")],
    ] {
        let answer = step(&focal, &inbox, "answer", fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}"
        );
        assert_eq!(state(&app, &service).await, "sent");
    }
    let refused = step(
        &focal,
        &inbox,
        "answer",
        &[("move", "refuse"), ("reason-refuse", "no_place")],
    )
    .await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    assert_eq!(owed(&app, &service).await, ["service_refused"]);

    let bare = step(&worker, &path, "step", &[("move", "close_loop")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    // the database holds the same rule
    let raw = format!(
        "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, closes, by_user, role)
         values (gen_random_uuid(), '{service}', 1, 3, 'refused', 'refused', true, '{}', 'x')",
        id("worker1.rabat")
    );
    let mut owner = app.db.connect("postgres").await;
    assert!(
        sqlx::raw_sql(sqlx::AssertSqlSafe(raw))
            .execute(&mut owner)
            .await
            .is_err()
    );

    let case = id("case rabat.mine").to_string();
    let child = id("child rabat.mine").to_string();
    let fields = [
        ("id", "018f0000-0000-7000-8000-00000000000b"),
        ("case", case.as_str()),
        ("mother", ""),
        ("replaces", service.as_str()),
        ("for", child.as_str()),
        ("kind", "medical_consultation"),
        ("provider", "en_cell_rabat"),
        ("state", "proposed"),
        ("outcome", ""),
        ("note", ""),
    ];
    let day: String = app
        .db
        .ask("select to_char(now() + interval '3 days', 'DD/MM/YYYY')")
        .await;
    let with_day: Vec<_> = fields
        .iter()
        .copied()
        .chain([("date", day.as_str())])
        .collect();
    let made = worker.post("/services", &with_day).await;
    assert_eq!(
        made.location(),
        "/services/018f0000-0000-7000-8000-00000000000b/request",
        "{}",
        made.body
    );
    let closed = step(&worker, &path, "step", &[("move", "close_loop")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&app, &service).await, "refused closed");
    assert!(owed(&app, &service).await.is_empty());
}

#[tokio::test]
async fn a_request_to_another_organisation_is_not_there_and_the_asking_is_audited() {
    let app = TestApp::new().await;
    let stranger = app
        .as_role(
            Role::FocalPoint,
            crate::support::world::Place::Organisation(1, "education_rabat"),
        )
        .await;
    let path = format!("/requests/{}", id("request rabat.mine"));
    assert_eq!(
        app.client("focal.rabat").get(&path).await.status,
        StatusCode::OK
    );
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(
        !page(&stranger, "/requests")
            .await
            .body
            .contains("/requests/0")
    );
    let refusals: i64 = app
        .db
        .ask(&format!(
            "select count(*) from audit.event where action = 'access.refused' and object_id = '{}'",
            id("request rabat.mine")
        ))
        .await;
    assert_eq!(refusals, 1);
    // what has run out is not there any more
    app.db.run("set session_replication_role = replica; update app.disclosure set expires_at = now() where kind = 'service'").await;
    assert_eq!(
        app.client("focal.rabat").get(&path).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_missed_day_says_why_and_when_it_is_tried_again() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let service = id("service sent rabat.mine").to_string();
    let path = format!("/services/{service}");
    let day: String = app
        .db
        .ask("select to_char(now() + interval '3 days', 'DD/MM/YYYY')")
        .await;
    // answered by telephone: the cell writes it down
    let agreed = step(
        &worker,
        &path,
        "step",
        &[("move", "schedule"), ("day-schedule", &day)],
    )
    .await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER);
    let bare = step(&worker, &path, "step", &[("move", "miss"), ("again", &day)]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let missed = step(
        &worker,
        &path,
        "step",
        &[
            ("move", "miss"),
            ("reason-miss", "was_ill"),
            ("again", &day),
        ],
    )
    .await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&app, &service).await, "scheduled");
    let story = app
        .db
        .list(&format!(
            "select to_state from app.service_step where service_id = '{service}' order by seq"
        ))
        .await;
    assert_eq!(
        story,
        ["proposed", "sent", "scheduled", "no_show", "scheduled"]
    );
    assert_eq!(
        owed(&app, &service).await,
        ["service_day", "service_outcome"]
    );
}

#[tokio::test]
async fn a_later_decision_erases_nothing_that_was_given_to_a_mother() {
    let app = TestApp::new().await;
    let (mother, service) = (
        id("mother rabat.mine"),
        id("service mother rabat.mine").to_string(),
    );
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let today: String = app
        .db
        .ask("select to_char(now() at time zone 'Africa/Casablanca', 'DD/MM/YYYY')")
        .await;
    let given = step(
        &worker,
        &format!("/services/{service}"),
        "step",
        &[("move", "deliver"), ("day-deliver", &today)],
    )
    .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    let effect =
        format!("select mother_effect from app.service_beneficiary where service_id = '{service}'");
    assert_eq!(app.db.list(&effect).await, ["not_prosecuted"]);
    app.db
        .run(&format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by, supersedes_id, offence)
             select gen_random_uuid(), file_id, case_id, territory_id, court_id, person_id,
                    (select code from ref.adult_decision_kind where effect = 'prosecuted' order by sort limit 1), 'prosecuted', current_date, recorded_by, id,
                    (select code from ref.offence order by sort limit 1)
             from app.adult_decision where person_id = '{mother}'"
        ))
        .await;
    let shown = page(&worker, &format!("/mothers/{mother}")).await;
    assert!(
        shown.says(Lang::En, "decision-mother-why-prosecuted"),
        "the later decision holds"
    );
    assert!(
        shown.body.contains(&format!("/services/{service}")),
        "and what was given is still there"
    );
    assert_eq!(app.db.list(&effect).await, ["not_prosecuted"]);
    assert_eq!(state(&app, &service).await, "delivered");
}

#[tokio::test]
async fn a_part_of_help_protects_a_child_and_a_missed_day_does_not() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let case = id("case rabat.mine");
    app.db
        .run(&format!("update app.case_file set protected_measure_on = null, protected_measure_kind = null where id = '{case}'"))
        .await;
    let protected = format!(
        "select count(*) from app.case_file where id = '{case}' and protected_measure_on is not null"
    );
    let path = format!("/services/{}", id("service sent rabat.mine"));
    let today: String = app
        .db
        .ask("select to_char(now() at time zone 'Africa/Casablanca', 'DD/MM/YYYY')")
        .await;
    step(
        &worker,
        &path,
        "step",
        &[("move", "schedule"), ("day-schedule", &today)],
    )
    .await;
    step(
        &worker,
        &path,
        "step",
        &[("move", "miss"), ("reason-miss", "was_ill")],
    )
    .await;
    assert_eq!(app.db.ask::<i64>(&protected).await, 0);
    let partly = step(
        &worker,
        &path,
        "step",
        &[("move", "deliver_partly"), ("day-deliver_partly", &today)],
    )
    .await;
    assert_eq!(partly.status, StatusCode::SEE_OTHER);
    assert_eq!(app.db.ask::<i64>(&protected).await, 1);
}

#[tokio::test]
async fn nothing_is_asked_for_a_closed_file() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.case_episode set state = 'closed', closed_at = now(), closed_by = gen_random_uuid(), closure_asked_by = gen_random_uuid(), closure_asked_from = 'monitoring', closure_reason =
                 (select code from ref.closure_reason order by sort limit 1) where case_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    let ask = format!("/services/{}/request", id("service asked rabat.mine"));
    assert_eq!(worker.get(&ask).await.status, StatusCode::CONFLICT);
    assert_eq!(
        worker.post(&ask, &[("naming", "number")]).await.status,
        StatusCode::CONFLICT
    );
}
