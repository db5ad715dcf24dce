//! Who was designated to a seat, from when to when: no two at once, an end that comes earlier and never later, and nothing
//! taken away.

use super::{BAD, DONE, TEAM, designate, designation, send, somebody, with};
use crate::support::{TestApp, html::forms, id, typed_day as day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

async fn rows(app: &TestApp, what: &str) -> i64 {
    app.db
        .ask(format!(
            "select count(*) from plan.designation d where {what}"
        ))
        .await
}

#[tokio::test]
async fn two_members_of_one_seat_on_one_day_are_told_beside_the_field() {
    let app = TestApp::new().await;
    let path = designate("rabat.mine");
    for lang in Lang::ALL {
        let supervisor = app.client("supervisor.rabat").reading(lang);
        let answer = send(&supervisor, &path, &somebody()).await;
        assert_eq!(answer.status, BAD);
        assert!(answer.says(lang, "team-overlaps"), "{lang:?}");
        for typed in ["Newly Invented", "L-77", "+212537111111"] {
            assert!(answer.body.contains(typed), "{typed} is lost");
        }
    }
    assert_eq!(rows(&app, "true").await, 4);
    // who comes in their place is another thing; and pressed twice is once
    let supervisor = app.client("supervisor.rabat");
    let alternate = with(somebody(), &[("seat_kind", "alternate")]);
    for _ in 0..2 {
        let answer = send(&supervisor, &path, &alternate).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    assert_eq!(rows(&app, "kind = 'alternate'").await, 1);
    let made = "select count(*) from audit.event where action = 'designation.made'";
    assert_eq!(app.db.ask::<i64>(made).await, 1);
    let page = supervisor.get(TEAM).await;
    assert!(page.body.contains("عضو جديد مختلق") && page.body.contains("+212537111111"));
}

#[tokio::test]
async fn a_day_that_cannot_be_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let (yesterday, tomorrow, far) = (day(-1), day(1), day(400));
    for (field, typed, key) in [
        ("since", "03/12/2019", "team-before-plan"),
        ("since", "31/02/2026", "error-date-none"),
        ("since", far.as_str(), "team-too-far"),
        ("until", yesterday.as_str(), "team-end-before"),
        ("letter_on", tomorrow.as_str(), "error-date-future"),
        ("letter_on", "01/01/2018", "error-date-early"),
        ("work_email", "nobody", "team-email-wrong"),
        ("name_ar", "", "error-required"),
        ("letter_ref", "", "error-required"),
    ] {
        for lang in Lang::ALL {
            let supervisor = app.client("supervisor.rabat").reading(lang);
            let fields = with(somebody(), &[(field, typed)]);
            let answer = send(&supervisor, &designate("rabat.mine"), &fields).await;
            assert_eq!(answer.status, BAD, "{field} {typed}");
            assert!(answer.says(lang, key), "{field} {typed} {lang:?}");
            assert!(answer.body.contains(&format!("id=\"{field}-error\"")));
            assert!(
                answer.body.contains("Newly Invented"),
                "nothing typed is lost"
            );
        }
    }
    assert_eq!(rows(&app, "true").await, 4);
}

#[tokio::test]
async fn a_designation_ends_on_a_day_and_the_seat_is_free_after_it() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let one = designation("rabat.mine");
    let end = async |until: &str| {
        supervisor
            .post(&format!("{one}/end"), &[("until", until)])
            .await
    };
    for (until, key) in [
        (day(-61), "team-end-before"),
        ("31/02/2026".to_owned(), "error-date-none"),
        (day(400), "team-too-far"),
    ] {
        let answer = end(&until).await;
        assert_eq!(answer.status, BAD, "{until}");
        assert!(
            answer.says(Lang::En, key) && answer.body.contains(&until),
            "{until}"
        );
    }
    // pressed twice
    for _ in 0..2 {
        assert_eq!(end(&day(3)).await.status, DONE);
    }
    let last = "select (upper(valid) - 1 - current_date)::text from plan.designation where ended_by is not null";
    assert_eq!(app.db.list(last).await, ["3"]);
    let ended = "select count(*) from audit.event where action = 'designation.ended'";
    assert_eq!(app.db.ask::<i64>(ended).await, 1);
    let answer = end(&day(5)).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "team-end-later"));
    // the next begins the day after, not on the last day
    let early = with(somebody(), &[("since", &day(3))]);
    let answer = send(&supervisor, &designate("rabat.mine"), &early).await;
    assert!(answer.says(Lang::En, "team-overlaps"));
    let next = with(somebody(), &[("since", &day(4))]);
    let answer = send(&supervisor, &designate("rabat.mine"), &next).await;
    assert_eq!(answer.status, DONE, "{}", answer.body);
    // and who was there before is still to be read of
    let page = supervisor.get(&one).await;
    assert!(page.body.contains("Invented member rabat.mine"));
    assert!(supervisor.get(TEAM).await.says(Lang::En, "team-comes"));
}

#[tokio::test]
async fn what_never_was_is_struck_and_stays_to_be_read() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let one = designation("rabat.mine");
    for _ in 0..2 {
        let answer = supervisor.post(&format!("{one}/strike"), &[]).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    let struck = "select count(*) from audit.event where action = 'designation.struck'";
    assert_eq!(app.db.ask::<i64>(struck).await, 1);
    let page = supervisor.get(&one).await;
    assert!(page.says(Lang::En, "team-struck") && page.body.contains("Invented member"));
    // its days are free again; and it has no end to write down
    let answer = send(&supervisor, &designate("rabat.mine"), &somebody()).await;
    assert_eq!(answer.status, DONE, "{}", answer.body);
    let answer = supervisor
        .post(&format!("{one}/end"), &[("until", &day(1))])
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.says(Lang::En, "team-over"));
}

#[tokio::test]
async fn who_a_member_is_can_be_corrected_and_the_trail_has_no_word_of_it() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let path = format!("{}/member", designation("rabat.mine"));
    let page = supervisor.get(&designation("rabat.mine")).await;
    let all = forms(&page.body, "");
    let form = all
        .iter()
        .find(|form| form.names().contains(&"was"))
        .unwrap();
    let pairs = form.pairs();
    let was = pairs
        .iter()
        .find(|(name, _)| *name == "was")
        .unwrap()
        .1
        .to_owned();
    let typed = |function: &str| {
        vec![
            ("version", "1".to_owned()),
            ("was", was.clone()),
            ("name_ar", "عضو مختلق".to_owned()),
            ("name_la", "Invented member rabat.mine".to_owned()),
            ("function", function.to_owned()),
            ("work_phone", "+212537000000".to_owned()),
            ("work_email", String::new()),
        ]
    };
    let answer = send(&supervisor, &path, &typed("")).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "error-required"));
    // pressed twice
    for _ in 0..2 {
        let answer = send(&supervisor, &path, &typed("Otherwise invented")).await;
        assert_eq!(answer.status, DONE, "{}", answer.body);
    }
    let trail = app
        .db
        .list("select fields->>'fields' from audit.event where action = 'member.changed'")
        .await;
    assert_eq!(trail, ["[\"function\"]"]);
    // somebody who began from the same page is asked
    let answer = send(&supervisor, &path, &typed("A third")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for words in ["Otherwise invented", "A third"] {
        assert!(answer.body.contains(words), "{words}");
    }
}

#[tokio::test]
async fn what_is_of_another_city_is_not_there() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    for (path, fields) in [
        (designate("sale.mine"), somebody()),
        (
            format!("{}/end", designation("sale.mine")),
            vec![("until", day(1))],
        ),
        (format!("{}/strike", designation("sale.mine")), vec![]),
        (
            format!("{}/member", designation("sale.mine")),
            vec![("version", "1".to_owned())],
        ),
        (
            format!("/plan/seats/{}/close", id("seat sale.mine")),
            vec![],
        ),
    ] {
        let answer = send(&supervisor, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        // who reads the team writes nothing in it
        for username in ["worker1.sale", "prosecutor.sale", "steering"] {
            let answer = send(&app.client(username), &path, &fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username} {path}");
        }
    }
    let refused = "select count(*) from audit.event where action = 'access.refused'";
    assert_eq!(app.db.ask::<i64>(refused).await, 20);
}
