//! Two files of one city: side by side, joined, read as one, and apart again as they were.

use super::{form, identity, number, page, put, refused_at};
use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const MINE: &str = "rabat.mine";
const OTHER: &str = "rabat.colleague";

async fn join(client: &Client, n: &str) -> Answer {
    let (id, other) = (form(n), id("case rabat.colleague").to_string());
    let fields = [("id", id.as_str()), ("other", other.as_str())];
    client.post(&page(MINE, "/identity"), &fields).await
}

async fn acts(app: &TestApp) -> Vec<String> {
    app.db
        .list("select id::text from app.identity_act where kind = 'joined' and at > now() - interval '1 hour' order by at")
        .await
}

async fn part(client: &Client, of: &str, n: &str, act: &str) -> Answer {
    let id = form(n);
    let fields = [
        ("id", id.as_str()),
        ("part_act", act),
        ("verdict", "unsure"),
        ("part_why", "PARTED-WHY"),
    ];
    client.post(&page(of, "/identity/part"), &fields).await
}

/// Every row of every table but those that keep what was decided, told and read.
async fn everything(app: &TestApp) -> Vec<String> {
    super::property::everything(&app.db).await
}

#[tokio::test]
async fn two_files_stand_side_by_side_for_who_may_open_both() {
    let app = TestApp::new().await;
    let number = number(&app.db, OTHER).await;
    let compare = page(MINE, &format!("/identity?number={number}"));
    let shown = app.client("supervisor.rabat").get(&compare).await;
    for word in ["CANARY-child-rabat.mine", "CANARY-child-rabat.colleague"] {
        assert!(shown.body.contains(word), "{word}");
    }
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let refused = worker.get(&compare).await;
    assert!(refused.says(Lang::En, "identity-number-unknown"));
    assert!(!refused.body.contains("CANARY-child-rabat.colleague"));
    let none = worker
        .get(&page(MINE, "/identity?number=RAB-2020-00000-X"))
        .await;
    assert!(none.says(Lang::En, "identity-number-unknown"));
    assert_eq!(join(&worker, "01").await.status, StatusCode::NOT_FOUND);
    refused_at(&worker.post(&page(MINE, "/identity"), &[]).await, "number");
}

#[tokio::test]
async fn joined_files_are_read_as_one_and_apart_again_as_they_were() {
    let app = TestApp::new().await;
    let (ours, theirs) = (number(&app.db, MINE).await, number(&app.db, OTHER).await);
    let before = everything(&app).await;
    let was = identity(&app, MINE).await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let (worker, colleague) = (app.client("worker1.rabat"), app.client("worker2.rabat"));

    let joined = join(&supervisor, "11").await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let again = join(&supervisor, "11").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice");
    let acts = acts(&app).await;
    assert_eq!(acts.len(), 1, "one decision");
    assert_eq!(identity(&app, MINE).await, identity(&app, OTHER).await);
    let human: i64 = app
        .db
        .ask("select count(distinct app.human_of(child_id)) from app.case_file where territory_id = 1 and not protected")
        .await;
    assert_eq!(human, 1);

    // both numbers resolve, and each file tells of the other
    for (client, of, other) in [
        (&supervisor, MINE, &theirs),
        (&supervisor, OTHER, &ours),
        (&worker, MINE, &theirs),
        (&colleague, OTHER, &ours),
    ] {
        let file = client.get(&page(of, "")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.contains(other), "{of}");
    }
    // one story for who may open both; for the others their own file's
    let told = async |client: &Client| {
        let story = client.get(&page(MINE, "/history")).await.body;
        story.matches("CANARY-REMARK").count()
    };
    assert_eq!(told(&supervisor).await, 2);
    assert_eq!(told(&worker).await, 1);
    let printed = app
        .client("supervisor.rabat")
        .get(&page(MINE, "/print"))
        .await;
    assert_eq!(
        printed.body.matches("CANARY-REMARK").count(),
        1,
        "on paper a file is a file"
    );

    // the name of the other is shown, and written nowhere
    let other = id("case rabat.colleague").to_string();
    let choose = [("other", other.as_str()), ("names", "there")];
    let chosen = supervisor
        .post(&page(MINE, "/identity/shown"), &choose)
        .await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    let file = worker.get(&page(MINE, "")).await.body;
    let heading = file.split_once("<h1>").map_or("", |(_, rest)| rest);
    let heading = heading
        .split_once("</h1>")
        .map_or("", |(heading, _)| heading);
    assert!(
        heading.contains("CANARY-child-rabat.colleague"),
        "{heading}"
    );
    let back = [("other", other.as_str()), ("names", "here")];
    supervisor.post(&page(MINE, "/identity/shown"), &back).await;
    let file = worker.get(&page(MINE, "")).await.body;
    assert!(!file.contains("CANARY-child-rabat.colleague"));
    supervisor
        .post(&page(MINE, "/identity/shown"), &choose)
        .await;

    // taken back by who works on one of the two
    refused_at(
        &worker.post(&page(MINE, "/identity/part"), &[]).await,
        "part_why",
    );
    let parted = part(&worker, MINE, "12", &acts[0]).await;
    assert_eq!(parted.status, StatusCode::SEE_OTHER, "{}", parted.body);
    let again = part(&worker, MINE, "12", &acts[0]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice");
    let late = part(&supervisor, MINE, "13", &acts[0]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says(Lang::En, "identity-parted-already"));
    assert!(late.body.contains("PARTED-WHY"), "typed, kept");
    assert_eq!(identity(&app, MINE).await, was);
    assert_eq!(everything(&app).await, before, "every row as it was");
    let file = worker.get(&page(MINE, "")).await.body;
    assert!(
        !file.contains("CANARY-child-rabat.colleague"),
        "closed at once"
    );
    assert_eq!(told(&supervisor).await, 1);
    let history = worker.get(&page(MINE, "/identity")).await.body;
    assert!(history.contains("PARTED-WHY") && history.contains(&theirs));
    // and what is said of the two is what the search for duplicates finds
    let said = format!(
        "select string_agg(distinct v.verdict, ' ') from app.said_of('{}', '{}') v",
        id("child rabat.mine"),
        id("child rabat.colleague")
    );
    assert_eq!(app.db.ask::<String>(said).await, "unsure");
}

#[tokio::test]
async fn a_protected_file_is_joined_with_none_and_one_that_was_joined_hides() {
    let app = TestApp::new().await;
    let lead = app.client("worker2.rabat").reading(Lang::En);
    let (id_, protected) = (form("21"), id("case rabat.protected").to_string());
    let fields = [("id", id_.as_str()), ("other", protected.as_str())];
    let refused = lead.post(&page(OTHER, "/identity"), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says(Lang::En, "identity-protected"));

    let supervisor = app.client("supervisor.rabat");
    assert_eq!(join(&supervisor, "22").await.status, StatusCode::SEE_OTHER);
    let theirs = number(&app.db, OTHER).await;
    put(
        &app.db,
        &format!(
            "update app.case_file set protected = true where id = '{}';
             update app.person set protected = true, near_protected = true where id = '{}'",
            id("case rabat.colleague"),
            id("child rabat.colleague")
        ),
    )
    .await;
    for who in ["worker1.rabat", "supervisor.rabat"] {
        for rest in ["", "/identity"] {
            let shown = app.client(who).get(&page(MINE, rest)).await.body;
            assert!(!shown.contains(&theirs), "{who} {rest}");
        }
    }
}

/// Two supervisors of one mind at once: one decision.
#[tokio::test]
async fn two_who_join_at_once_join_once() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let (one, two) = tokio::join!(join(&supervisor, "31"), join(&supervisor, "32"));
    for answer in [one, two] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    assert_eq!(acts(&app).await.len(), 1);
}
