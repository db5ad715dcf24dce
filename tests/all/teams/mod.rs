//! The teams of the cities: their seats, who was designated to each by which letter and until when, and the account that
//! ends with it (decision 0101).

mod accounts;
mod designations;
mod letters;
mod walls;

use crate::support::{Answer, Client, TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const DONE: StatusCode = StatusCode::SEE_OTHER;
const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const TEAM: &str = "/plan/cities/rabat/team";
/// Of a form and its answers.
const SENT: &str = "018f0000-0000-7000-8000-00000000e501";

/// What is typed, and what is wrong with it if anything.
type Fields = Vec<(&'static str, String)>;

/// The same with other answers in place of some.
fn with(mut fields: Fields, typed: &[(&'static str, &str)]) -> Fields {
    for (name, value) in typed {
        fields.retain(|(field, _)| field != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn send(who: &Client, path: &str, fields: &Fields) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    who.post(path, &fields).await
}

/// Somebody who is designated from today on.
fn somebody() -> Fields {
    vec![
        ("id", SENT.to_owned()),
        ("seat_kind", "holder".to_owned()),
        ("name_ar", "عضو جديد مختلق".to_owned()),
        ("name_la", "Newly Invented".to_owned()),
        ("function", "Invented function".to_owned()),
        ("work_phone", "+212537111111".to_owned()),
        ("work_email", "invented@example.org".to_owned()),
        ("since", typed_day(0)),
        ("until", String::new()),
        ("letter_ref", "L-77".to_owned()),
        ("letter_on", typed_day(-3)),
    ]
}

/// A seat that the list of organisations does not know.
fn seat() -> Fields {
    vec![
        ("id", SENT.to_owned()),
        ("sector", "youth".to_owned()),
        ("organisation", String::new()),
        ("organisation_name", "هيئة جديدة مختلقة".to_owned()),
    ]
}

fn designate(name: &str) -> String {
    format!("/plan/seats/{}/designate", id(&format!("seat {name}")))
}

fn designation(name: &str) -> String {
    format!("/plan/designations/{}", id(&format!("designation {name}")))
}

#[tokio::test]
async fn a_city_chooses_its_seats() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let new = format!("{TEAM}/new");
    assert!(!supervisor.get(TEAM).await.says(Lang::En, "team-vacant"));
    // pressed twice
    for _ in 0..2 {
        let answer = send(&supervisor, &new, &seat()).await;
        assert_eq!((answer.status, answer.location()), (DONE, TEAM));
    }
    let page = supervisor.get(TEAM).await;
    assert!(page.says(Lang::En, "team-vacant") && page.body.contains("هيئة جديدة مختلقة"));
    let seats: i64 = app
        .db
        .ask("select count(*) from plan.seat where territory_id = 1")
        .await;
    assert_eq!(seats, 4);
    let trail = "select count(*) from audit.event where action = 'seat.added'";
    assert_eq!(app.db.ask::<i64>(trail).await, 1);
    for (typed, key) in [
        (vec![("sector", "none")], "error-choice"),
        (vec![("sector", "")], "error-required"),
        (
            vec![("organisation", "hospital_cell_rabat")],
            "team-organisation-both",
        ),
        (
            vec![
                ("organisation", "hospital_cell_sale"),
                ("organisation_name", ""),
            ],
            "error-choice",
        ),
        (vec![("organisation_name", "")], "error-required"),
    ] {
        let fields = with(seat(), &typed);
        let answer = send(&supervisor, &new, &fields).await;
        assert_eq!(answer.status, BAD, "{typed:?}");
        assert!(answer.says(Lang::En, key), "{typed:?}: {}", answer.body);
        let name = fields.iter().find(|(name, _)| *name == "organisation_name");
        assert!(
            answer.body.contains(&name.unwrap().1),
            "nothing typed is lost"
        );
    }
    // the team of another city is nothing to write in, nor to look at
    for path in [
        "/plan/cities/sale/team/new",
        "/plan/cities/nowhere/team/new",
    ] {
        let answer = supervisor.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let answer = send(&supervisor, path, &seat()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_team_is_read_in_its_city_at_its_court_and_by_the_committee() {
    let app = TestApp::new().await;
    for (username, rabat, sale) in [
        ("worker1.rabat", 200, 404),
        ("supervisor.rabat", 200, 404),
        ("focal.rabat", 200, 404),
        ("prosecutor.rabat", 200, 404),
        ("registrar.rabat", 200, 404),
        ("prosecutor.sale", 404, 200),
        ("worker1.sale", 404, 200),
        ("steering", 200, 200),
        ("institution.rabat", 403, 403),
        ("admin", 403, 403),
        ("dpo", 403, 403),
    ] {
        let reader = app.client(username);
        for (city, status) in [("rabat", rabat), ("sale", sale)] {
            let page = reader.get(&format!("/plan/cities/{city}/team")).await;
            assert_eq!(page.status.as_u16(), status, "{username} {city}");
            let shown = page.body.contains("Invented member") || page.body.contains("عضو مختلق");
            assert_eq!(shown, status == 200, "{username} {city}");
        }
    }
    // what stands in the register of the whole country is a number, and no name
    let page = app.client("worker1.sale").get("/plan/cities/rabat").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("عضو مختلق"));
}

#[tokio::test]
async fn a_seat_closes_when_nobody_is_in_it() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let taken = format!("/plan/seats/{}/close", id("seat rabat.mine"));
    let answer = supervisor.post(&taken, &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "team-seat-in-office"));
    send(&supervisor, &format!("{TEAM}/new"), &seat()).await;
    let new = app
        .db
        .list("select id::text from plan.seat where sector = 'youth'")
        .await
        .remove(0);
    for _ in 0..2 {
        let answer = supervisor
            .post(&format!("/plan/seats/{new}/close"), &[])
            .await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    let closed = "select count(*) from audit.event where action = 'seat.closed'";
    assert_eq!(app.db.ask::<i64>(closed).await, 1);
    // it stays in the list, and nobody is designated to it any more
    assert!(
        supervisor
            .get(TEAM)
            .await
            .body
            .contains("هيئة جديدة مختلقة")
    );
    let answer = send(
        &supervisor,
        &format!("/plan/seats/{new}/designate"),
        &somebody(),
    )
    .await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "team-seat-closed"));
    assert!(answer.body.contains("Newly Invented"));
}
