//! Distinguishing signs: recorded once, struck with a reason, and what they add.

use super::{BOY, Child, field, lay, page};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-0000000000bb";

fn of(child: &str) -> String {
    format!("/children/{}/signs", id(&format!("child {child}")))
}

#[tokio::test]
async fn a_sign_is_recorded_once_and_struck_with_a_reason() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let path = of("rabat.mine");
    let refused = worker
        .post(&path, &[("id", FORM), ("sign", "tattoo"), ("part", "")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("id", FORM),
        ("sign", "burn_mark"),
        ("part", "right_hand"),
        ("note", "MARK-OF-A-TEST"),
    ];
    for _ in 0..2 {
        assert_eq!(
            worker.post(&path, &fields).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let count: i64 = app
        .db
        .ask("select count(*) from app.distinguishing_sign where sign = 'burn_mark'")
        .await;
    assert_eq!(count, 1, "pressed twice");
    let child = worker
        .get(&format!("/children/{}", id("child rabat.mine")))
        .await;
    assert!(child.body.contains("MARK-OF-A-TEST") && child.says(Lang::Ar, "signs-title"));
    let row: String = app
        .db
        .ask("select id::text from app.distinguishing_sign where sign = 'burn_mark'")
        .await;
    let strike = format!("{path}/{row}/strike");
    let without = worker.post(&strike, &[]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = format!("reason-{row}");
    for _ in 0..2 {
        let struck = worker.post(&strike, &[(&reason, "another child")]).await;
        assert_eq!(struck.status, StatusCode::SEE_OTHER);
    }
    let page = worker.get(&path).await;
    assert!(page.body.contains("another child") && page.says(Lang::Ar, "signs-hint"));
    let child = worker
        .get(&format!("/children/{}", id("child rabat.mine")))
        .await;
    assert!(
        !child.body.contains("MARK-OF-A-TEST"),
        "struck, it is on its own page alone"
    );
    let told = app
        .db
        .list("select action from audit.event where action like 'sign.%' order by id")
        .await;
    assert_eq!(told, ["sign.recorded", "sign.struck"]);
    // of a colleague's child, and of another sign
    assert_eq!(
        worker.get(&of("rabat.colleague")).await.status,
        StatusCode::FORBIDDEN
    );
    let other = format!("{path}/{}/strike", id("sign rabat.colleague"));
    assert_eq!(
        worker.post(&other, &[(&reason, "x")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_sign_that_two_files_have_speaks_for_one_child() {
    let app = TestApp::new().await;
    let one = Child {
        name: "one",
        called: &[("street", "Simo", "")],
        ..BOY
    };
    let two = Child {
        name: "two",
        called: &[("street", "سيمو", "")],
        ..BOY
    };
    lay(&app, &[one, two]).await;
    let worker = app.client("worker1.rabat");
    let look = page(&one);
    let before = worker.get(&look).await;
    assert!(!before.body.contains(&field(&two)), "a nickname alone");
    for (child, form) in [("one", "c1"), ("two", "c2")] {
        let form = format!("018f0000-0000-7000-8000-0000000000{form}");
        let fields = [("id", form.as_str()), ("sign", "scar"), ("part", "face")];
        let done = worker.post(&of(child), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
    }
    let after = worker.get(&look).await;
    assert!(after.body.contains(&field(&two)) && after.says(Lang::Ar, "duplicate-sign-body"));
}
