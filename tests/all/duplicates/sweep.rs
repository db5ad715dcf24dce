//! The night's sweep: what it finds, and what it leaves alone.

use super::{BOY, Child, JUNE, MARCH, field, keyed, lay, page, pair};
use crate::{
    seal::work,
    support::{TestApp, id},
};

#[tokio::test]
async fn it_finds_a_pair_once() {
    let app = TestApp::new().await;
    lay(&app, &[MARCH, JUNE]).await;
    let job = work(&app.db);
    assert!(job.compare_files().await.unwrap() >= 1);
    assert_eq!(pair(&app, &MARCH, &JUNE).await.as_deref(), Some("open"));
    let before: i64 = app.db.ask("select count(*) from app.duplicate_pair").await;
    assert_eq!(job.compare_files().await.unwrap(), 0, "nothing new");
    let after: i64 = app.db.ask("select count(*) from app.duplicate_pair").await;
    assert_eq!(before, after);
    let swept: i64 = app
        .db
        .ask("select count(*) from app.duplicate_sweep where swept_to > now() - interval '1 hour'")
        .await;
    assert_eq!(swept, 2, "both cities");
}

#[tokio::test]
async fn it_leaves_brothers_other_cities_protected_files_and_common_names_alone() {
    let app = TestApp::new().await;
    let hassan = Child {
        name: "hassan",
        called: &[("civil", "حسن", "العمراني")],
        mother: Some("m"),
        ..BOY
    };
    let rachid = Child {
        name: "rachid",
        called: &[("civil", "رشيد", "العمراني")],
        mother: Some("m"),
        ..BOY
    };
    let elsewhere = Child {
        name: "elsewhere",
        territory: 2,
        ..JUNE
    };
    let hidden = Child {
        name: "hidden",
        protected: true,
        ..JUNE
    };
    let alone = Child {
        name: "alone",
        called: &[("street", "محمد", "")],
        ..BOY
    };
    let other = Child {
        name: "other",
        called: &[("street", "Mohamed", "")],
        ..BOY
    };
    lay(
        &app,
        &[MARCH, hassan, rachid, elsewhere, hidden, alone, other],
    )
    .await;
    work(&app.db).compare_files().await.unwrap();
    for (one, two) in [
        (&hassan, &rachid),
        (&MARCH, &elsewhere),
        (&MARCH, &hidden),
        (&alone, &other),
    ] {
        assert_eq!(
            pair(&app, one, two).await,
            None,
            "{} and {}",
            one.name,
            two.name
        );
    }
}

#[tokio::test]
async fn what_was_told_apart_is_asked_again_when_a_name_changes() {
    let app = TestApp::new().await;
    lay(&app, &[MARCH, JUNE]).await;
    let job = work(&app.db);
    job.compare_files().await.unwrap();
    let worker = app.client("worker1.rabat");
    worker
        .post(&page(&MARCH), &[(&field(&JUNE), "not_same")])
        .await;
    assert_eq!(
        pair(&app, &MARCH, &JUNE).await.as_deref(),
        Some("answered"),
        "the word on the page of the file answers the queue"
    );
    assert_eq!(job.compare_files().await.unwrap(), 0);
    assert_eq!(pair(&app, &MARCH, &JUNE).await.as_deref(), Some("answered"));
    // it turns out that the child of June has another given name still nearer to that of March
    let june = id("child june");
    app.db
        .run(&format!(
            "update app.person_name set given_la = 'Mohammed' where person_id = '{june}';
             update app.case_file set changed_at = now() where child_id = '{june}'"
        ))
        .await;
    keyed(&app).await;
    assert_eq!(job.compare_files().await.unwrap(), 1);
    assert_eq!(pair(&app, &MARCH, &JUNE).await.as_deref(), Some("open"));
}
