//! The calendar of a court, which names nobody, its address, and the figures of its chief (decision 0092).

use crate::support::{
    Answer, TestApp, day, id,
    role::{looks, tries},
    world::{self, Place},
};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

/// What is wrong with a calendar, and its lines without folds.
fn unfolded(body: &str) -> String {
    for line in body.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line:?}");
    }
    assert!(body.starts_with("BEGIN:VCALENDAR\r\n") && body.ends_with("END:VCALENDAR\r\n"));
    body.replace("\r\n ", "")
}

#[tokio::test]
async fn a_calendar_shows_hours_and_numbers_of_its_own_court_and_no_name() {
    let app = TestApp::new().await;
    let number = async |of: &str| -> String {
        let file = id(&format!("judicial {of}"));
        app.db
            .ask(format!(
                "select number from app.judicial_file where id = '{file}'"
            ))
            .await
    };
    let (own, other) = (number("rabat.mine").await, number("sale.mine").await);
    for username in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let client = app.client(username);
        let file = client.get("/prosecution/calendar.ics").await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.header("content-type").starts_with("text/calendar"));
        let text = unfolded(&file.body);
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
        assert!(text.contains(&own) && !text.contains(&other));
        for word in ["CANARY", "DESCRIPTION", "زينب", "Zineb"] {
            assert!(!text.contains(word), "{word}");
        }
        let five = day(5);
        let month = client
            .get(&format!(
                "/prosecution/calendar?month={}",
                five.format("%Y-%m")
            ))
            .await;
        assert!(month.body.contains(&own) && !month.body.contains(&other));
        assert!(!month.body.contains("CANARY"));
    }
    for username in ["worker1.rabat", "supervisor.rabat", "steering", "admin"] {
        for path in ["/prosecution/calendar", "/prosecution/calendar.ics"] {
            let answer = app.client(username).get(path).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username} {path}");
        }
    }
}

/// The address that an answer shows, without the site.
fn address(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK);
    let (_, rest) = answer.body.split_once("http://127.0.0.1:8080").unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_address_of_a_calendar_works_until_it_ends() {
    let app = TestApp::new().await;
    let prosecutor = app.client("prosecutor.rabat");
    let make = async || prosecutor.post("/prosecution/calendar/code", &[]).await;
    let first = address(&make().await);
    assert!(
        first.rsplit('.').next() == Some("ics") && first.len() == "/calendar/.ics".len() + 32,
        "{first}"
    );
    // shown once, and kept as a hash alone
    assert!(
        !prosecutor
            .get("/prosecution/calendar")
            .await
            .body
            .contains(&first)
    );
    let token = first
        .trim_start_matches("/calendar/")
        .trim_end_matches(".ics");
    let kept: i64 = app
        .db
        .ask(format!(
            "select count(*) from sec.calendar_feed where token_sha256 = sha256('{token}'::bytea)"
        ))
        .await;
    assert_eq!(kept, 1);
    let get = async |path: &str| app.anonymous().get(path).await;
    let answer = get(&first).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(unfolded(&answer.body).matches("BEGIN:VEVENT").count(), 2);
    assert!(!answer.body.contains("CANARY"));
    let fetched: i64 = app
        .db
        .ask(format!(
            "select count(*) from audit.event where action = 'calendar.fetched' and actor = '{}'",
            id("prosecutor.rabat")
        ))
        .await;
    assert_eq!(fetched, 1);

    // another ends the one before; the page ends it for good
    let second = address(&make().await);
    assert_eq!(get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&second).await.status, StatusCode::OK);
    app.db
        .run(&format!(
            "update sec.role_assignment set valid = daterange(current_date - 10, current_date) where user_id = '{}'",
            id("prosecutor.rabat")
        ))
        .await;
    assert_eq!(
        get(&second).await.status,
        StatusCode::NOT_FOUND,
        "a post that is over"
    );
    app.db
        .run(&format!(
            "update sec.role_assignment set valid = daterange(current_date - 10, null) where user_id = '{}'",
            id("prosecutor.rabat")
        ))
        .await;
    assert_eq!(get(&second).await.status, StatusCode::OK);
    let ended = prosecutor.post("/prosecution/calendar/end", &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(get(&second).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_guesses_addresses_waits() {
    let app = TestApp::new().await;
    let guess = "/calendar/00000000000000000000000000000000.ics";
    let mut codes = Vec::new();
    for _ in 0..4 {
        codes.push(app.anonymous().get(guess).await.status.as_u16());
    }
    assert_eq!(codes, [404, 404, 404, 429]);
    for path in [
        "/calendar/x.ics",
        "/calendar/00000000000000000000000000000000",
    ] {
        assert_eq!(
            app.anonymous().get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn figures_are_of_one_court_and_for_its_chief() {
    let app = TestApp::new().await;
    let whole = "app.court_statistics(current_date - 30, current_date)";
    let told = async |username: &str, path: &str| {
        looks(&app.db, username, &format!("select {whole} {path}")).await
    };
    for (path, wanted) in [
        ("-> 'received'", "2"),
        ("-> 'children'", "2"),
        ("-> 'adults'", "2"),
        // decided now, on a file that came five days ago
        ("-> 'settled' -> 'n'", "1"),
        ("-> 'settled' -> 'minutes'", "7200"),
        ("-> 'measures' -> 'n'", "0"),
        ("-> 'measures' -> 'minutes'", "null"),
        ("-> 'adult_kinds' -> 0 ->> 'kind'", "treated_as_victim"),
        ("-> 'notices' -> 'n'", "3"),
        ("-> 'notices' -> 'seen'", "0"),
    ] {
        let found = told("chief.rabat", path).await.unwrap();
        assert_eq!(found, [wanted.to_owned()], "{path}");
    }
    let before = "select app.court_statistics(current_date - 60, current_date - 40) -> 'received'";
    assert_eq!(looks(&app.db, "chief.rabat", before).await.unwrap(), ["0"]);
    for username in [
        "prosecutor.rabat",
        "registrar.rabat",
        "supervisor.rabat",
        "dpo",
        "nobody",
    ] {
        assert_eq!(
            told(username, "").await,
            Err("42501".to_owned()),
            "{username}"
        );
    }
    let chief = world::sign_in(&app.db, Role::ChiefProsecutor, Place::Court(12)).await;
    assert_eq!(told(&chief, "-> 'received'").await.unwrap(), ["1"]);
    assert_eq!(told(&chief, "-> 'measures' -> 'n'").await.unwrap(), ["1"]);

    let path = "/prosecution/statistics";
    let page = app.client("chief.rabat").reading(Lang::Fr).get(path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says(Lang::Fr, "judicial-stat-to-measure"));
    assert!(!page.body.contains("CANARY"));
    for username in [
        "prosecutor.rabat",
        "registrar.rabat",
        "steering",
        "worker1.rabat",
    ] {
        let answer = app.client(username).get(path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username}");
    }
    let wrong = app
        .client("chief.rabat")
        .reading(Lang::Fr)
        .get(&format!("{path}?from=31/02/2026"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says(Lang::Fr, "error-date-none"));
}

/// What a chief reads: received, sent on, returned, and what waits.
async fn files_of(app: &TestApp, chief: &str) -> String {
    let sql = "select concat_ws(' ', w -> 'received', w -> 'sent_on', w -> 'returned',
                   (select coalesce(sum((p ->> 'n')::integer), 0) from jsonb_array_elements(w -> 'pending') p))
               from app.court_statistics(current_date - 30, current_date) w";
    looks(&app.db, chief, sql).await.unwrap().concat()
}

/// A prosecutor moves a file of the world.
async fn moves(app: &TestApp, username: &str, of: &str, what: &str) {
    let file = id(&format!("judicial {of}"));
    let sql = format!("select app.move_judicial(gen_random_uuid(), '{file}', {what})");
    let done = tries(&app.db, username, &sql).await;
    assert!(done.is_ok(), "{of} {what}: {done:?}");
}

#[tokio::test]
async fn what_was_sent_on_was_received_and_waits_where_it_is() {
    let app = TestApp::new().await;
    let chief = world::sign_in(&app.db, Role::ChiefProsecutor, Place::Court(12)).await;
    assert_eq!(files_of(&app, "chief.rabat").await, "2 0 2 2");
    assert_eq!(files_of(&app, &chief).await, "1 0 1 0");

    let away = "'reroute', court => 12::smallint, why => 'other'";
    moves(&app, "prosecutor.rabat", "rabat.mine", away).await;
    assert_eq!(files_of(&app, "chief.rabat").await, "2 1 2 1");
    // its return for completion was made by the court before
    assert_eq!(files_of(&app, &chief).await, "2 0 1 1");
    // so was the decision, and the time that it took is the former court's
    let settled =
        "select w -> 'settled' -> 'n' from app.court_statistics(current_date - 30, current_date) w";
    assert_eq!(looks(&app.db, "chief.rabat", settled).await.unwrap(), ["1"]);
    assert_eq!(looks(&app.db, &chief, settled).await.unwrap(), ["1"]);

    // sent back, it came twice and is one; it waits since it is back
    let back = "'reroute', court => 11::smallint, why => 'other'";
    moves(&app, "prosecutor.sale", "rabat.mine", back).await;
    assert_eq!(files_of(&app, "chief.rabat").await, "2 1 2 2");
    assert_eq!(files_of(&app, &chief).await, "2 1 1 0");
    let since = "select p ->> 'age' from jsonb_array_elements(
                     app.court_statistics(current_date - 30, current_date) -> 'pending') p where p ->> 'awaits' = 'receipt'";
    assert_eq!(looks(&app.db, "chief.rabat", since).await.unwrap(), ["0"]);

    // so with an urgent notice
    let notice = id("notice rabat.mine");
    let away =
        format!("select app.send_notice_on(gen_random_uuid(), '{notice}', 12::smallint, 'other')");
    assert!(tries(&app.db, "prosecutor.rabat", &away).await.is_ok());
    let notices =
        "select w -> 'notices' -> 'n' from app.court_statistics(current_date - 30, current_date) w";
    assert_eq!(looks(&app.db, "chief.rabat", notices).await.unwrap(), ["3"]);
    assert_eq!(looks(&app.db, &chief, notices).await.unwrap(), ["2"]);
}

#[tokio::test]
async fn what_was_joined_travels_inside_the_other_and_arrives_once() {
    let app = TestApp::new().await;
    let chief = world::sign_in(&app.db, Role::ChiefProsecutor, Place::Court(12)).await;
    let joined = format!("'join', other => '{}'", id("judicial rabat.protected"));
    moves(&app, "prosecutor.rabat", "rabat.mine", &joined).await;
    assert_eq!(files_of(&app, "chief.rabat").await, "2 0 2 1");
    let away = "'reroute', court => 12::smallint, why => 'other'";
    moves(&app, "prosecutor.rabat", "rabat.protected", away).await;
    assert_eq!(files_of(&app, "chief.rabat").await, "2 1 2 0");
    assert_eq!(files_of(&app, &chief).await, "2 0 1 1");
}
