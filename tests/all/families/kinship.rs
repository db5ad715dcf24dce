//! Kinship has days, and joins two children with a file each.

use super::{number, relate};
use crate::support::{TestApp, html::forms, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const SAVED: StatusCode = StatusCode::SEE_OTHER;
const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The fields of a form on a page, with some of them typed anew.
fn filled(body: &str, with: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let form = forms(body, "")
        .into_iter()
        .find(|form| form.names().contains(&with))
        .unwrap();
    let keeps = |name: &str| !typed.iter().any(|(field, _)| *field == name);
    let kept = form.pairs().into_iter().filter(|(name, _)| keeps(name));
    kept.chain(typed.iter().copied())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = fields.iter();
    pairs.map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

#[tokio::test]
async fn a_kinship_is_dated_without_being_judged_again() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (child, mother) = (id("child rabat.mine"), id("mother rabat.mine"));
    let path = format!("/children/{child}/family/{mother}/proof");
    let stored = format!(
        "select concat_ws(' ', claim, proof, since, until, version) from app.relationship
         where from_person = '{mother}' and to_person = '{child}'"
    );
    let page = worker.get(&path).await.body;
    for (since, until, field) in [
        (typed_day(3), String::new(), "since-error"),
        (typed_day(-3), typed_day(-9), "until-error"),
        ("31/02/2020".to_owned(), String::new(), "since-error"),
    ] {
        let fields = filled(
            &page,
            "claim",
            &[("since", since.as_str()), ("until", until.as_str())],
        );
        let answer = worker.post(&path, &borrowed(&fields)).await;
        assert_eq!(answer.status, BAD, "{since} {until}");
        assert!(answer.body.contains(field), "{since} {until}");
    }
    let fields = filled(&page, "claim", &[("since", "05/03/2020"), ("until", "")]);
    let fields = borrowed(&fields);
    assert_eq!(worker.post(&path, &fields).await.status, SAVED);
    let now = "verified civil_document 2020-03-05 2";
    assert_eq!(app.db.list(&stored).await, [now]);
    // the button pressed again
    assert_eq!(worker.post(&path, &fields).await.status, SAVED);
    assert_eq!(app.db.list(&stored).await, [now]);
    let told = app
        .db
        .list("select action from audit.event where action like 'relationship.%'")
        .await;
    assert_eq!(told, ["relationship.changed"]);
    for page in [
        format!("/children/{child}"),
        format!("/cases/{}/family", id("case rabat.mine")),
    ] {
        let body = worker.get(&page).await.body;
        let day = chrono::NaiveDate::from_ymd_opt(2020, 3, 5).unwrap();
        assert!(body.contains(&Lang::En.date(day)), "{page}");
    }
    // what was proved does not become a mere claim again
    let page = worker.get(&path).await.body;
    let fields = filled(&page, "claim", &[("claim", "claimed")]);
    assert_eq!(worker.post(&path, &borrowed(&fields)).await.status, BAD);
}

#[tokio::test]
async fn the_database_refuses_days_that_cannot_be() {
    let app = TestApp::new().await;
    let mut owner = app.db.connect("postgres").await;
    for days in [
        "'2020-03-05', '2020-03-04'",
        "current_date + 9, null",
        "null, current_date + 9",
    ] {
        let sql = format!("update app.relationship set (since, until) = row({days})");
        let refused = sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut owner)
            .await;
        assert!(refused.is_err(), "{days}");
    }
}

#[tokio::test]
async fn two_children_with_a_file_each_are_brother_and_sister() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let child = id("child rabat.mine");
    let form = format!("/children/{child}/family/new");
    // of another city, of a protected file, of nobody: one answer
    for file in ["sale.mine", "rabat.protected"] {
        let hidden = number(&app, file).await;
        let page = worker.get(&format!("{form}?number={hidden}")).await;
        assert!(page.says(Lang::En, "relative-number-none"), "{file}");
        assert!(!page.body.contains(&format!("CANARY-child-{file}")));
    }
    let other = id("child rabat.colleague").to_string();
    let found = number(&app, "rabat.colleague").await;
    let page = worker
        .get(&format!("{form}?number={}", found.to_lowercase()))
        .await;
    assert!(page.body.contains("CANARY-child-rabat.colleague"));
    let fields = filled(&page.body, "kind", &[("since", "01/02/2019")]);
    let fields = borrowed(&fields);
    assert!(fields.contains(&("who", other.as_str())), "chosen already");
    assert!(fields.contains(&("kind", "sibling")));
    for _ in 0..2 {
        assert_eq!(worker.post(&form, &fields).await.status, SAVED);
    }
    let kept = app
        .db
        .list(format!(
            "select concat_ws(' ', kind, claim, since) from app.relationship where from_person = '{other}' and to_person = '{child}'"
        ))
        .await;
    assert_eq!(kept, ["sibling claimed 2019-02-01"]);
    // each stands on the pages of the other
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    for (file, sees) in [
        ("rabat.mine", "CANARY-child-rabat.colleague"),
        ("rabat.colleague", "CANARY-child-rabat.mine"),
    ] {
        let (case, child) = (id(&format!("case {file}")), id(&format!("child {file}")));
        for page in [
            format!("/cases/{case}"),
            format!("/cases/{case}/family"),
            format!("/children/{child}"),
        ] {
            let body = supervisor.get(&page).await.body;
            assert!(body.contains(sees), "{page}");
        }
    }
    // and neither is offered to the other once more
    let page = worker.get(&format!("{form}?number={found}")).await;
    assert!(page.says(Lang::En, "relative-number-none"));
}

#[tokio::test]
async fn the_family_is_drawn_with_what_is_proved_and_without_what_was_refuted() {
    let app = TestApp::new().await;
    let path = format!("/cases/{}/family", id("case rabat.mine"));
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let lines = |body: &str| {
        let drawing = body.split_once("<g class=\"wire\">").unwrap().1;
        let drawing = drawing.split_once("</g>").unwrap().0;
        let solid = drawing.matches("class=\"y\"").count();
        (drawing.matches("<path").count(), solid)
    };
    let body = worker.get(&path).await.body;
    assert_eq!(lines(&body), (1, 1), "the mother, proved");
    relate(&app, "mother rabat.colleague", "accompanying", "rabat.mine").await;
    let body = worker.get(&path).await.body;
    assert_eq!(lines(&body), (2, 1), "and somebody who is claimed");
    assert!(
        body.contains("CANARY-mother-rabat.colleague"),
        "whole in the table"
    );
    let refuted = "update app.relationship set claim = 'refuted', proof = 'judgment' where kind = 'accompanying'";
    app.db.run(refuted).await;
    let body = worker.get(&path).await.body;
    assert_eq!(lines(&body), (1, 1));
    assert!(
        body.contains("CANARY-mother-rabat.colleague"),
        "the claim was made"
    );
    let read =
        "select count(*) from audit.event where action = 'family.opened' and object_kind = 'case'";
    assert_eq!(app.db.ask::<i64>(read).await, 3);
}

/// A protected child is nowhere in the family of another.
#[tokio::test]
async fn a_protected_sibling_is_seen_by_who_is_named_alone() {
    let app = TestApp::new().await;
    relate(&app, "mother rabat.mine", "mother", "rabat.protected").await;
    let path = format!("/cases/{}/family", id("case rabat.mine"));
    for username in ["worker1.rabat", "supervisor.rabat"] {
        let body = app.client(username).get(&path).await.body;
        assert!(body.contains("CANARY-mother-rabat.mine"), "{username}");
        assert!(
            !body.contains(&number(&app, "rabat.protected").await),
            "{username}"
        );
        assert!(!body.contains("CANARY-child-rabat.protected"), "{username}");
    }
}
