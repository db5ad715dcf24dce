//! What comes to a file after it was sent.

use super::*;

/// How often those who are told of an annex in Rabat were.
async fn told(app: &TestApp) -> i32 {
    app.db
        .ask("select coalesce(max(times), 0) from app.notice where kind = 'judicial_annex'")
        .await
}

#[tokio::test]
async fn an_annex_that_waits_is_the_cells_until_a_supervisor_sends_it() {
    let app = TestApp::new().await;
    let file = path("rabat.mine");
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let seen = async |client: &Client| {
        let page = client.get(&file).await;
        assert_eq!(page.status, StatusCode::OK);
        ["CANARY-ANNEX-SENT", "CANARY-ANNEX-UNSENT"].map(|words| page.body.contains(words))
    };
    assert_eq!(seen(&court).await, [true, false]);
    assert_eq!(seen(&supervisor).await, [true, true]);
    let address = format!("{file}/annexes/2/send");
    assert_eq!(
        court.post(&address, &[]).await.status,
        StatusCode::FORBIDDEN
    );
    let worker = app.client("worker1.rabat");
    assert_eq!(
        worker.post(&address, &[]).await.status,
        StatusCode::FORBIDDEN
    );
    for _ in 0..2 {
        done(&supervisor.post(&address, &[]).await);
    }
    assert_eq!(seen(&court).await, [true, true]);
    assert_eq!(told(&app).await, 1, "sent once, told once");
    assert_eq!(
        supervisor
            .post(&format!("{file}/annexes/9/send"), &[])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_annex_is_numbered_frozen_and_written_once() {
    let app = TestApp::new().await;
    let file = path("rabat.mine");
    let address = format!("{file}/annexes/new");
    let court = app.client("prosecutor.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (blank, _) = form(&worker, &address).await;
    let empty = send(&worker, &blank, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let one = document();
    let fields = [
        ("annex_words", "NEW-FACTS"),
        ("document", one.as_str()),
        ("include", "assessment"),
    ];
    for _ in 0..2 {
        done(&send(&worker, &blank, &fields).await);
    }
    let count = format!(
        "select count(*) from app.judicial_annex where file_id = '{}'",
        id("judicial rabat.mine")
    );
    assert_eq!(
        app.db.ask::<i64>(&count).await,
        3,
        "the same form is one annex"
    );
    assert!(!court.get(&file).await.body.contains("NEW-FACTS"));
    // a supervisor's own goes at once
    let supervisor = app.client("supervisor.rabat");
    let (blank, _) = form(&supervisor, &address).await;
    done(&send(&supervisor, &blank, &[("annex_words", "SENT-AT-ONCE")]).await);
    let page = court.get(&file).await;
    assert!(page.body.contains("SENT-AT-ONCE") && !page.body.contains("NEW-FACTS"));
    assert_eq!(told(&app).await, 1);
    // what was frozen is what is read, hash and all
    done(
        &supervisor
            .post(&format!("{file}/annexes/3/send"), &[])
            .await,
    );
    let page = court.get(&file).await;
    assert!(page.body.contains("NEW-FACTS"));
    assert!(page.says(Lang::En, "judicial-assessed-risk"));
    let refused = app
        .db
        .list(
            "select action || ' ' || (fields ->> 'n') from audit.event where action like 'judicial_annex.%' order by id",
        )
        .await;
    assert_eq!(
        refused,
        [
            "judicial_annex.composed 3",
            "judicial_annex.composed 4",
            "judicial_annex.sent 4",
            "judicial_annex.sent 3"
        ]
    );
}

/// A draft has no annex: it is composed again. The page says so, and what is typed is kept.
#[tokio::test]
async fn nothing_is_annexed_to_what_was_not_sent() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let address = format!("{}/annexes/new", path("rabat.colleague"));
    assert!(
        supervisor
            .get(&address)
            .await
            .says(Lang::En, "judicial-annex-not-now")
    );
    let fields = [
        ("id", "018f0000-0000-7000-8000-0000000000a1"),
        ("annex_words", "TYPED"),
    ];
    let answer = supervisor.post(&address, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("TYPED") && answer.says(Lang::En, "judicial-annex-not-now"));
}
