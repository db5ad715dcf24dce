//! Who keeps the roster of a court, and what it takes (decision 0088).

use crate::support::{TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-000000000073";
const OTHER_FORM: &str = "018f0000-0000-7000-8000-000000000074";
const SAVED: StatusCode = StatusCode::SEE_OTHER;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The fields of a turn, from an hour of a day to an hour of a day.
fn turn<'a>(
    form: &'a str,
    officer: &'a str,
    from: (&'a str, &'a str),
    until: (&'a str, &'a str),
) -> [(&'a str, &'a str); 6] {
    [
        ("id", form),
        ("officer", officer),
        ("from_day", from.0),
        ("from_hour", from.1),
        ("until_day", until.0),
        ("until_hour", until.1),
    ]
}

#[tokio::test]
async fn the_roster_takes_a_turn_once_and_says_what_is_wrong_with_another() {
    let app = TestApp::new().await;
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    let page = "/prosecution/roster";
    let officer = id("prosecutor.rabat").to_string();
    let [past, soon, next, far] = [-1, 10, 11, 60].map(typed_day);
    let good = turn(FORM, &officer, (&soon, "08:00"), (&next, "08:00"));
    for _ in 0..2 {
        let saved = registrar.post(page, &good).await;
        assert_eq!(saved.status, SAVED, "{}", saved.body);
    }
    let turns = "select count(*) from app.duty_turn where court_id = 11";
    assert_eq!(
        app.db.ask::<i64>(turns).await,
        4,
        "three of the world, and one"
    );
    let trail = app
        .db
        .list("select concat_ws(' ', action, object_kind, territory_id, fields->>'court') from audit.event where action like 'duty_turn.%'")
        .await;
    assert_eq!(trail, ["duty_turn.entered duty_turn 11"]);

    let stranger = id("prosecutor.sale").to_string();
    for (fields, key) in [
        (
            turn(OTHER_FORM, &officer, (&soon, "20:15"), (&next, "21:45")),
            "duty-overlaps",
        ),
        (
            turn(OTHER_FORM, &officer, (&next, "20:15"), (&soon, "21:45")),
            "duty-order",
        ),
        (
            turn(OTHER_FORM, &officer, (&past, "20:15"), (&next, "21:45")),
            "duty-past",
        ),
        (
            turn(OTHER_FORM, &officer, (&next, "20:15"), (&far, "21:45")),
            "duty-long",
        ),
        (
            turn(OTHER_FORM, &stranger, (&next, "20:15"), (&far, "21:45")),
            "error-choice",
        ),
        (
            turn(OTHER_FORM, &officer, (&next, "25:15"), (&far, "21:45")),
            "error-time",
        ),
    ] {
        let answer = registrar.post(page, &fields).await;
        assert_eq!(answer.status, REFUSED, "{key}: {}", answer.body);
        assert!(answer.says(Lang::En, key), "{key}");
        for (name, value) in &fields[2..] {
            let kept = format!("name=\"{name}\" value=\"{value}\"");
            assert!(answer.body.contains(&kept), "{key}: {name} is lost");
        }
    }
    assert_eq!(app.db.ask::<i64>(turns).await, 4);
    // a colleague may share the night
    let colleague = id("chief.rabat").to_string();
    let shared = turn(OTHER_FORM, &colleague, (&soon, "20:15"), (&next, "21:45"));
    assert_eq!(registrar.post(page, &shared).await.status, SAVED);
}

#[tokio::test]
async fn a_roster_is_its_courts_and_kept_by_who_may() {
    let app = TestApp::new().await;
    let page = "/prosecution/roster";
    let shown = async |username: &str| {
        let answer = app.client(username).reading(Lang::En).get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{username}");
        let has_form = answer.body.contains("action=\"/prosecution/roster\"");
        (answer.body.contains("Invented prosecutor.rabat"), has_form)
    };
    assert_eq!(shown("chief.rabat").await, (true, true));
    assert_eq!(shown("prosecutor.rabat").await, (true, false), "read alone");
    assert_eq!(shown("prosecutor.sale").await, (false, false), "another's");
    for name in ["worker1.rabat", "supervisor.rabat", "admin"] {
        let answer = app.client(name).get(page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
    }
    let cancel = |file: &str| format!("{page}/{}/cancel", id(&format!("turn {file}")));
    let prosecutor = app.client("prosecutor.rabat");
    let refused = prosecutor.post(&cancel("rabat.mine"), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let registrar = app.client("registrar.rabat");
    let elsewhere = registrar.post(&cancel("sale.mine"), &[]).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        let off = registrar.post(&cancel("rabat.mine"), &[]).await;
        assert_eq!(off.status, SAVED);
    }
    let trail = app
        .db
        .list("select actor || ' ' || object_id from audit.event where action = 'duty_turn.cancelled'")
        .await;
    let wanted = format!("{} {}", id("registrar.rabat"), id("turn rabat.mine"));
    assert_eq!(trail, [wanted]);
    let kept: i64 = app
        .db
        .ask("select count(*) from app.duty_turn where court_id = 11")
        .await;
    assert_eq!(kept, 3, "taken off, not erased");
}
