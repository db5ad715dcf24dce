//! The page of a file: who is found for it, and what was said.

use super::{BOY, Child, JUNE, MARCH, field, lay, number, page};
use crate::support::{TestApp, statements};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn one_child_is_found_in_the_other_script_from_both_sides() {
    let app = TestApp::new().await;
    lay(&app, &[MARCH, JUNE]).await;
    let worker = app.client("worker1.rabat");
    for (of, other) in [(&MARCH, &JUNE), (&JUNE, &MARCH)] {
        let answer = worker.get(&page(of)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains(&field(other)), "{}", of.name);
        assert!(answer.says(Lang::Ar, "duplicate-sign-name"));
        assert!(answer.says(Lang::Ar, "duplicate-sign-age"));
    }
}

#[tokio::test]
async fn another_name_sex_city_or_a_protected_file_is_not_found() {
    let app = TestApp::new().await;
    let others = [
        Child {
            name: "girl",
            sex: "F",
            ..JUNE
        },
        Child {
            name: "older",
            born: (5200, 4900),
            ..JUNE
        },
        Child {
            name: "mahmoud",
            called: &[("civil", "Mahmoud", "Bennani")],
            ..BOY
        },
        Child {
            name: "elsewhere",
            territory: 2,
            ..JUNE
        },
        Child {
            name: "hidden",
            protected: true,
            ..JUNE
        },
    ];
    lay(&app, &[MARCH]).await;
    lay(&app, &others).await;
    let answer = app.client("worker1.rabat").get(&page(&MARCH)).await;
    for other in &others {
        assert!(!answer.body.contains(&field(other)), "{}", other.name);
        assert!(!answer.body.contains(&number(&app, other).await));
    }
    assert!(answer.says(Lang::Ar, "duplicates-none"));
}

/// Of one mother every child is shown whose sex and age fit: what two of them are is for somebody to say.
#[tokio::test]
async fn a_child_of_the_same_mother_is_shown_and_told_apart() {
    let app = TestApp::new().await;
    let twins = [
        Child {
            name: "hassan",
            called: &[("civil", "حسن", "العمراني")],
            mother: Some("m"),
            ..BOY
        },
        Child {
            name: "rachid",
            called: &[("civil", "رشيد", "العمراني")],
            mother: Some("m"),
            ..BOY
        },
        Child {
            name: "nameless",
            mother: Some("m"),
            ..BOY
        },
    ];
    lay(&app, &twins).await;
    let worker = app.client("worker1.rabat");
    let answer = worker.get(&page(&twins[0])).await;
    assert!(answer.body.contains(&field(&twins[1])) && answer.body.contains(&field(&twins[2])));
    for key in [
        "duplicate-sign-mother",
        "duplicate-sign-other-given",
        "duplicate-weak",
        "duplicate-possible",
    ] {
        assert!(answer.says(Lang::Ar, key), "{key}");
    }
}

#[tokio::test]
async fn what_was_said_is_kept_and_shown_on_both_sides() {
    let app = TestApp::new().await;
    lay(&app, &[MARCH, JUNE]).await;
    let worker = app.client("worker1.rabat").reading(Lang::Fr);
    for verdict in ["unsure", "not_same"] {
        let said = worker
            .post(&page(&MARCH), &[(&field(&JUNE), verdict)])
            .await;
        assert_eq!(said.status, StatusCode::SEE_OTHER);
        for (of, other) in [(&MARCH, &JUNE), (&JUNE, &MARCH)] {
            let body = worker.get(&page(of)).await.body;
            let chosen = format!("value=\"{verdict}\" checked");
            assert!(
                body.contains(&field(other)) && body.contains(&chosen),
                "{verdict}"
            );
            assert!(body.contains("avis de") && body.contains("Invented worker1.rabat"));
        }
    }
    let live: i64 = app
        .db
        .ask("select count(*) from app.identity_link where live and verdict = 'not_same'")
        .await;
    assert_eq!(live, 1, "one word on the two, the last");
}

#[tokio::test]
async fn a_page_takes_as_many_statements_for_one_as_for_many() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let mut seen = Vec::new();
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    lay(&app, &[MARCH, JUNE]).await;
    for round in 0..2 {
        worker.get(&page(&MARCH)).await;
        statements::count();
        let answer = worker.get(&page(&MARCH)).await;
        seen.push(statements::take().len());
        assert!(answer.body.contains(&field(&JUNE)), "{round}");
        let more: Vec<Child> = names.iter().map(|name| Child { name, ..JUNE }).collect();
        if round == 0 {
            lay(&app, &more).await;
        }
    }
    assert_eq!(seen[0], seen[1]);
    let shown = worker
        .get(&page(&MARCH))
        .await
        .body
        .matches("<fieldset class=\"q\"")
        .count();
    assert_eq!(shown, 8, "the best of eleven");
}
