//! Where and when a child was met, and whether it was found again.

use super::{number, same};
use crate::support::{TestApp, id};
use sanad::i18n::Lang;

fn page() -> String {
    format!("/cases/{}/seen", id("case rabat.mine"))
}

/// The child of a file is met, so many days ago.
async fn meet(app: &TestApp, file: &str, name: &str, ago: i64) {
    let [contact, seen] = ["contact", "seen"].map(|thing| id(&format!("{thing} {name}")));
    app.db
        .run(&format!(
            "insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, author,
                                      circumstance, state, triaged_by, triaged_at, payload_mac)
             select '{contact}', ref.next_number('receipt', territory_id, current_date), territory_id, territory_at,
                    place_code, spot_kind, now() - interval '{ago} days', author, circumstance, 'triaged', triaged_by,
                    now(), payload_mac
             from app.contact where id = '{}';
             insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
             select '{seen}', id, territory_id, 1, 'F', 60, 72 from app.contact where id = '{contact}';
             insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user)
             select '{seen}', territory_id, 'linked_to_case', '{}', author from app.contact where id = '{contact}'",
            id(&format!("contact {file}")),
            id(&format!("case {file}"))
        ))
        .await;
}

/// The first protection measure of a file.
async fn protect(app: &TestApp, ago: i64) {
    let case = id("case rabat.mine");
    app.db
        .run(&format!(
            "update app.case_file set protected_measure_on = current_date - {ago}, protected_measure_kind = 'service'
             where id = '{case}'"
        ))
        .await;
}

fn rows(body: &str) -> usize {
    body.matches("<th scope=\"row\">").count()
}

#[tokio::test]
async fn a_child_met_after_its_protection_was_found_again() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    app.db
        .run("update app.case_file set protected_measure_on = null, protected_measure_kind = null")
        .await;
    let body = worker.get(&page()).await;
    assert_eq!(rows(&body.body), 1, "the contact of the world");
    assert!(body.says(Lang::En, "seen-first") && body.says(Lang::En, "seen-no-measure"));
    // met again after 120 days: outside 90, inside 180 and 365, of which the last is not over
    protect(&app, 200).await;
    meet(&app, "rabat.mine", "again", 80).await;
    app.db
        .run(&format!(
            "update app.contact set observed_at = now() - interval '300 days' where id = '{}'",
            id("contact rabat.mine")
        ))
        .await;
    let body = worker.get(&page()).await;
    assert_eq!(rows(&body.body), 2);
    assert!(body.says(Lang::En, "seen-after-measure"));
    assert!(body.says(Lang::En, "seen-again-no"), "in 90 days");
    let again = body.body.matches("Found again on").count();
    let runs = body.body.matches("time still running").count();
    assert_eq!((again, runs), (2, 1));
    // two days apart, the newest first
    let days = body.body.find("days later").unwrap();
    let first = body.body.find(&Lang::En.t("seen-first")).unwrap();
    assert!(days < first);
    let read = "select count(*) from audit.event where action = 'seen.opened'";
    assert_eq!(app.db.ask::<i64>(read).await, 2);
}

#[tokio::test]
async fn other_files_of_the_same_child_are_read_with_it() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let other = number(&app, "rabat.colleague").await;
    assert!(!worker.get(&page()).await.body.contains(&other));
    same(&app, "child rabat.colleague", "child rabat.mine").await;
    let body = worker.get(&page()).await;
    assert!(body.body.contains(&other) && body.says(Lang::En, "seen-other-file"));
    assert_eq!(rows(&body.body), 2);
    // a protected one stays hidden
    same(&app, "child rabat.protected", "child rabat.mine").await;
    assert_eq!(rows(&worker.get(&page()).await.body), 2);
}

#[tokio::test]
async fn of_another_city_the_day_and_the_city_are_told() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    same(&app, "child sale.mine", "child rabat.mine").await;
    let body = worker.get(&page()).await.body;
    assert_eq!(rows(&body), 2);
    assert!(body.contains("Salé"));
    assert!(!body.contains(&number(&app, "sale.mine").await));
    assert!(!body.contains(&id("contact sale.mine").to_string()));
    let case = id("case sale.mine");
    let protect = format!("update app.case_file set protected = true where id = '{case}'");
    app.db.run(&protect).await;
    let body = worker.get(&page()).await.body;
    assert!(rows(&body) == 1 && !body.contains("Salé"));
}
