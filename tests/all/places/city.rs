//! The rhythm of a city, and telephone numbers.

use super::{BAD, DONE};
use crate::support::{TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_city_sets_its_rhythm_and_the_next_visit_keeps_it() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let path = "/visits/rhythm";
    assert_eq!(
        app.client("worker1.rabat").get(path).await.status,
        StatusCode::FORBIDDEN
    );
    let page = supervisor.get(path).await;
    assert!(page.body.contains("value=\"10\""), "the city's own");
    let days = |high, medium, low| {
        [
            ("days-high", high),
            ("days-medium", medium),
            ("days-low", low),
            ("shown", "0-1-0"),
        ]
    };
    for (fields, key) in [
        (days("0", "10", "30"), "days-high-error"),
        (days("7", "soon", "30"), "days-medium-error"),
        (days("7", "10", "181"), "days-low-error"),
        (days("20", "10", "30"), "days-high-error"),
    ] {
        let refused = supervisor.post(path, &fields).await;
        assert_eq!(refused.status, BAD, "{fields:?}");
        assert!(refused.body.contains(key), "{fields:?}");
    }
    let set = days("5", "9", "30");
    assert_eq!(supervisor.post(path, &set).await.status, DONE);
    // somebody looked before that
    assert_eq!(
        supervisor.post(path, &days("6", "9", "30")).await.status,
        StatusCode::CONFLICT
    );
    let trail = app
        .db
        .list("select fields ->> 'risk' || ' ' || (fields ->> 'from') || ' ' || (fields ->> 'to') from audit.event
               where action = 'rhythm.set' order by 1")
        .await;
    assert_eq!(trail, ["high 7 5", "medium 10 9"]);
    // the page of a file proposes it, and so does the database when the follow-up begins
    app.db
        .run("set session_replication_role = replica; update app.case_episode set risk = 'high'")
        .await;
    let visits = format!("/cases/{}/visits", id("case rabat.mine"));
    let proposed = supervisor.get(&visits).await;
    assert!(proposed.body.contains(&typed_day(5)), "in five days");
    let owed: i32 = app
        .db
        .ask("select app.visit_days(1::smallint, 'high')")
        .await;
    let elsewhere: i32 = app
        .db
        .ask("select app.visit_days(2::smallint, 'high')")
        .await;
    assert_eq!((owed, elsewhere), (5, 7));
}

#[tokio::test]
async fn a_number_is_masked_until_it_is_asked_for_and_the_asking_is_written_down() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let contact = format!("/contacts/{}", id("contact rabat.mine"));
    let page = worker.get(&contact).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("+212600000000"));
    assert!(page.body.contains("06 •• •• •• 00"));
    let shown = worker.post(&format!("{contact}/phone/reveal"), &[]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("+212600000000"));
    let written: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'contact_phone.revealed'")
        .await;
    assert_eq!(written, 1);
    // asked for again, masked again
    assert!(!worker.get(&contact).await.body.contains("+212600000000"));
    // the court has no way to it
    for who in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let court = app.client(who);
        let answer = court.post(&format!("{contact}/phone/reveal"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}");
    }
    app.db
        .run("update app.contact_adult set phone_enc = null")
        .await;
    let none = worker.post(&format!("{contact}/phone/reveal"), &[]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "nothing to show");
}

/// No page of the court, and no extract that it reads, has a telephone or an address of the care side.
#[tokio::test]
async fn the_court_reads_no_number_and_no_address() {
    let app = TestApp::new().await;
    let seen = [
        "+212600000000",
        "06 •• ••",
        "CANARY-ADDRESS",
        "CANARY-HOUSE",
    ];
    for who in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let court = app.client(who);
        for line in crate::paths::LINES
            .iter()
            .filter(|line| line.method == "GET")
        {
            for file in ["rabat.mine", "rabat.colleague", "rabat.protected"] {
                let answer = court.get(&line.path(file)).await;
                for words in seen {
                    assert!(
                        !answer.body.contains(words),
                        "{who} {}: {words}",
                        line.route
                    );
                }
            }
        }
    }
}
