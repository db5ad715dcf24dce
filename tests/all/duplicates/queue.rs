//! The supervisor's queue.

use super::{BOY, Child, JUNE, MARCH, field, lay, number, page, pair};
use crate::{
    seal::work,
    support::{TestApp, id, statements},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

async fn swept(children: &[Child]) -> TestApp {
    let app = TestApp::new().await;
    lay(&app, children).await;
    work(&app.db).compare_files().await.unwrap();
    app
}

/// The pair of March and June, by its id.
async fn which(app: &TestApp) -> String {
    let [one, two] = ["march", "june"].map(|name| id(&format!("child {name}")));
    app.db
        .ask(format!(
            "select id::text from app.duplicate_pair
             where (one_person, other_person) in (('{one}', '{two}'), ('{two}', '{one}'))"
        ))
        .await
}

#[tokio::test]
async fn a_pair_waits_and_is_answered_by_a_link() {
    let app = swept(&[MARCH, JUNE]).await;
    let supervisor = app.client("supervisor.rabat");
    let list = supervisor.get("/duplicates").await;
    assert_eq!(list.status, StatusCode::OK);
    for child in [&MARCH, &JUNE] {
        assert!(list.body.contains(&number(&app, child).await));
    }
    assert!(list.says(Lang::Ar, "duplicate-sign-name"));
    let path = format!("/duplicates/{}", which(&app).await);
    for _ in 0..2 {
        let said = supervisor.post(&path, &[("verdict", "unsure")]).await;
        assert_eq!(
            said.status,
            StatusCode::SEE_OTHER,
            "pressed twice, it is one"
        );
    }
    assert_eq!(pair(&app, &MARCH, &JUNE).await.as_deref(), Some("answered"));
    let links: i64 = app
        .db
        .ask("select count(*) from app.identity_link where verdict = 'unsure' and live")
        .await;
    assert_eq!(links, 1);
    let other = supervisor.post(&path, &[("verdict", "same")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "another mind is told");
    let list = supervisor.get("/duplicates").await;
    assert!(!list.body.contains(&number(&app, &MARCH).await));
    // the file shows what was said in the queue
    let page = app.client("worker1.rabat").get(&page(&JUNE)).await;
    assert!(page.body.contains(&field(&MARCH)) && page.body.contains("value=\"unsure\" checked"));
}

#[tokio::test]
async fn the_same_child_counts_once_and_the_search_as_not_made() {
    let app = swept(&[MARCH, JUNE]).await;
    app.db
        .run("update app.case_episode set duplicates_checked_at = now(), duplicates_checked_by = (select id from sec.app_user where username = 'worker1.rabat')")
        .await;
    let supervisor = app.client("supervisor.rabat");
    let path = format!("/duplicates/{}", which(&app).await);
    let said = supervisor.post(&path, &[("verdict", "same")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    let shared: i64 = app
        .db
        .ask("select count(*) from (select identity_id from app.identity_link where verdict = 'same' and live
              group by 1 having count(*) = 2) x")
        .await;
    assert_eq!(shared, 1);
    let unchecked: i64 = app
        .db
        .ask("select count(*) from app.case_episode where duplicates_checked_at is null")
        .await;
    assert_eq!(unchecked, 1, "of the later of the two");
}

#[tokio::test]
async fn another_city_a_worker_and_a_made_up_answer_get_nothing() {
    let app = swept(&[MARCH, JUNE]).await;
    let path = format!("/duplicates/{}", which(&app).await);
    for (who, status) in [
        ("supervisor.sale", StatusCode::NOT_FOUND),
        ("worker1.rabat", StatusCode::FORBIDDEN),
    ] {
        let answer = app.client(who).post(&path, &[("verdict", "same")]).await;
        assert_eq!(answer.status, status, "{who}");
    }
    let made_up = app
        .client("supervisor.rabat")
        .post(&path, &[("verdict", "merge")])
        .await;
    assert_eq!(made_up.status, StatusCode::BAD_REQUEST);
    let list = app.client("supervisor.sale").get("/duplicates").await;
    assert!(!list.body.contains(&number(&app, &MARCH).await));
    assert_eq!(pair(&app, &MARCH, &JUNE).await.as_deref(), Some("open"));
}

/// A file that is protected meanwhile takes its pair out of the queue.
#[tokio::test]
async fn a_protected_file_leaves_the_queue() {
    let app = swept(&[MARCH, JUNE]).await;
    let june = id("child june");
    app.db
        .run(&format!(
            "update app.person set protected = true, near_protected = true where id = '{june}';
             update app.case_file set protected = true where child_id = '{june}'"
        ))
        .await;
    let list = app.client("supervisor.rabat").get("/duplicates").await;
    assert!(!list.body.contains(&number(&app, &MARCH).await));
}

#[tokio::test]
async fn a_page_of_the_queue_is_cut_and_takes_few_statements() {
    const NAMES: [&str; 9] = ["k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"];
    let crowd = NAMES.map(|name| Child {
        name,
        called: &[("civil", "ياسين", "بناني")],
        ..BOY
    });
    let app = swept(&crowd).await;
    let supervisor = app.client("supervisor.rabat");
    supervisor.get("/duplicates").await;
    statements::count();
    let first = supervisor.get("/duplicates").await;
    let seen = statements::take();
    assert!(seen.len() <= 5, "{seen:#?}");
    let shown = first
        .body
        .matches("name=\"verdict\" value=\"same\"")
        .count();
    let waiting: i64 = app
        .db
        // two files or two adults, and none of them near a protected file
        .ask("select count(*) from app.duplicate_pair d where territory_id = 1 and state = 'open'
              and (select count(*) from app.case_file c where c.child_id in (d.one_person, d.other_person)) in (0, 2)
              and not exists (select from app.person p where p.id in (d.one_person, d.other_person) and p.near_protected)")
        .await;
    assert!(waiting > 25, "nine of one name are many pairs: {waiting}");
    assert_eq!(shown, 25);
    let at = first.body.find("/duplicates?after=").unwrap();
    let next: String = first.body[at..].chars().take_while(|c| *c != '"').collect();
    let second = supervisor.get(&next).await;
    let rest = second
        .body
        .matches("name=\"verdict\" value=\"same\"")
        .count();
    assert_eq!(i64::try_from(shown + rest).unwrap(), waiting);
}
