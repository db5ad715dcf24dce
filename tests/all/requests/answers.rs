//! Asked, answered, refused.

use super::{hidden, owed, page, state, step};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

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
        ("words", "SLOWER-WORDS".to_owned()),
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
    assert!(second.says(Lang::En, "service-moved-meanwhile"));
    assert!(second.body.contains("SLOWER-WORDS"), "typed, kept");
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

/// The family moves; the hospital that was asked has seen the child, and says so to who has the file now.
#[tokio::test]
async fn who_was_asked_goes_on_answering_when_the_file_moves() {
    let app = TestApp::new().await;
    let focal = app.client("focal.rabat").reading(Lang::En);
    let request = format!("/requests/{}", id("request rabat.mine"));
    let service = id("service sent rabat.mine").to_string();
    page(&focal, &request).await;
    app.db
        .run("update app.case_transfer set to_territory = 2 where from_territory = 1")
        .await;
    let lead = id("worker1.sale").to_string();
    let accept = format!("/transfers/{}/accept", id("transfer rabat.mine"));
    let answer = app
        .client("supervisor.sale")
        .post(&accept, &[("lead", &lead)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(page(&focal, "/requests").await.body.contains(&request));
    let answer = step(
        &focal,
        &request,
        "answer",
        &[("move", "accept"), ("words", "WELCOME-WORDS")],
    )
    .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(state(&app, &service).await, "accepted");
    let shown = page(&app.client("worker1.sale"), &format!("/services/{service}")).await;
    assert!(shown.body.contains("WELCOME-WORDS"), "{}", shown.body);
}

#[tokio::test]
async fn an_answer_is_news_to_who_asked() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let file = format!("/cases/{}", id("case rabat.mine"));
    let before = "update app.case_seen set seen_at = seen_at - interval '1 minute'";
    let mark = "<span class=\"pill brand\">New</span>";
    worker.get(&file).await;
    app.db.run(before).await;
    assert!(!worker.get(&file).await.body.contains(mark));
    app.db.run(before).await;
    let inbox = format!("/requests/{}", id("request rabat.mine"));
    let accept = [("move", "accept"), ("words", "WELCOME-WORDS")];
    let answer = step(&app.client("focal.rabat"), &inbox, "answer", &accept).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let shown = worker.get(&file).await.body;
    assert_eq!(shown.matches(mark).count(), 1);
    assert!(shown.contains("Invented focal.rabat"));
}
