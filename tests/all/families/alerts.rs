//! What calls for checking is told to who may know it, and as no more than that.

use super::{number, relate, same};
use crate::support::{Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const LIST: &str = "/families/alerts";

struct Place {
    app: TestApp,
    worker: Client,
    supervisor: Client,
}

impl Place {
    async fn new() -> Self {
        let app = TestApp::new().await;
        Self {
            worker: app.client("worker1.rabat").reading(Lang::En),
            supervisor: app.client("supervisor.rabat").reading(Lang::En),
            app,
        }
    }

    /// What the list says of the mother of worker1's file.
    async fn told(&self) -> bool {
        let body = self.supervisor.get(LIST).await.body;
        body.contains("CANARY-mother-rabat.mine")
    }

    /// Another child of that prefecture, with a file, met at a contact of its own.
    async fn another(&self, name: &str) {
        let by = id("worker1.rabat");
        let made = ["child", "identity", "case", "contact", "seen"]
            .map(|thing| id(&format!("{thing} {name}")));
        let [child, identity, case, contact, seen] = made;
        self.app
            .db
            .run(&format!(
                "insert into app.identity (id, territory_id) values ('{identity}', 1);
                 insert into app.person (id, territory_id, sex, created_by) values ('{child}', 1, 'M', '{by}');
                 insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
                 values (gen_random_uuid(), 1, '{child}', '{identity}', 'same', '{by}');
                 insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by)
                 values ('{case}', ref.next_number('case', 1::smallint, current_date), 1, 1, '{child}', '{by}');
                 insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at,
                                          author, circumstance, state, triaged_by, triaged_at, payload_mac)
                 select '{contact}', ref.next_number('receipt', 1::smallint, current_date), 1, 1, place_code, spot_kind,
                        now() - interval '4 days', '{by}', circumstance, 'triaged', triaged_by, now(), payload_mac
                 from app.contact where id = '{}';
                 insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months)
                 values ('{seen}', '{contact}', 1, 1, 'M', 60, 72);
                 insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user)
                 values ('{seen}', 1, 'new_case', '{case}', '{by}')",
                id("contact rabat.mine")
            ))
            .await;
    }
}

#[tokio::test]
async fn an_adult_with_children_of_two_mothers_is_told_to_the_supervisor() {
    let place = Place::new().await;
    assert!(!place.told().await, "a mother with her child");
    relate(
        &place.app,
        "mother rabat.mine",
        "unrelated",
        "rabat.colleague",
    )
    .await;
    assert!(place.told().await);
    let body = place.supervisor.get(LIST).await.body;
    assert!(body.contains(" different mothers"), "{body}");
    assert!(body.contains(&number(&place.app, "rabat.colleague").await));
    // on her page, for the supervisor alone; on the family's page for who reads the file
    let mother = format!("/mothers/{}", id("mother rabat.mine"));
    assert!(
        place
            .supervisor
            .get(&mother)
            .await
            .says(Lang::En, "family-signs")
    );
    assert!(
        !place
            .worker
            .get(&mother)
            .await
            .says(Lang::En, "family-signs")
    );
    let family = format!("/cases/{}/family", id("case rabat.mine"));
    let page = place.worker.get(&family).await;
    assert!(page.says(Lang::En, "family-signs") && page.says(Lang::En, "family-signs-hint"));
    // the list is the supervisor's
    assert_eq!(place.worker.get(LIST).await.status, StatusCode::FORBIDDEN);
    let sale = place.app.client("supervisor.sale").get(LIST).await.body;
    assert!(!sale.contains("CANARY-mother-rabat"));
    // refuted, it is over
    let refuted = "update app.relationship set claim = 'refuted', proof = 'judgment' where kind = 'unrelated'";
    place.app.db.run(refuted).await;
    assert!(!place.told().await);
}

/// A father whom a document proves has children of two wives, and nothing is to be said of him.
#[tokio::test]
async fn a_proved_father_is_not_asked_about_the_mothers_of_his_own() {
    let place = Place::new().await;
    // a person like any other: a mother may be sixteen, and a father
    place.another("father").await;
    for file in ["rabat.mine", "rabat.colleague"] {
        relate(&place.app, "child father", "father", file).await;
    }
    let list = async || place.supervisor.get(LIST).await.body;
    let here = format!("/cases/{}/family", id("case rabat.mine"));
    assert!(list().await.contains(&here), "claimed");
    let proved = "update app.relationship set claim = 'verified', proof = 'civil_document' where kind = 'father'";
    place.app.db.run(proved).await;
    assert!(!list().await.contains(&here), "proved");
}

#[tokio::test]
async fn several_children_over_time_are_counted_unless_they_are_proved_ones_own() {
    let place = Place::new().await;
    for name in ["second", "third"] {
        place.another(name).await;
        relate(&place.app, "mother rabat.mine", "mother", name).await;
        // one proved and one claimed; then one proved and two claimed, met at two contacts
        assert_eq!(place.told().await, name == "third", "{name}");
    }
    let proved = "update app.relationship set claim = 'verified', proof = 'civil_document' where kind = 'mother'";
    place.app.db.run(proved).await;
    assert!(!place.told().await, "three children of her own");
}

#[tokio::test]
async fn a_child_that_is_hidden_is_not_counted() {
    let place = Place::new().await;
    relate(
        &place.app,
        "mother rabat.mine",
        "unrelated",
        "rabat.protected",
    )
    .await;
    assert!(!place.told().await);
    let family = format!("/cases/{}/family", id("case rabat.mine"));
    assert!(
        !place
            .worker
            .get(&family)
            .await
            .says(Lang::En, "family-signs")
    );
}

#[tokio::test]
async fn another_city_is_named_to_the_supervisor_and_nothing_of_it_opens() {
    let place = Place::new().await;
    same(&place.app, "mother sale.mine", "mother rabat.mine").await;
    let body = place.supervisor.get(LIST).await.body;
    assert!(body.contains("CANARY-mother-rabat.mine") && body.contains("Salé"));
    assert!(
        !body.contains("CANARY-mother-sale")
            && !body.contains(&number(&place.app, "sale.mine").await)
    );
    // a worker is told that there is something, and not where
    let family = format!("/cases/{}/family", id("case rabat.mine"));
    let page = place.worker.get(&family).await;
    assert!(page.says(Lang::En, "family-sign-elsewhere") && !page.body.contains("Salé"));
    assert!(!page.body.contains("CANARY-mother-sale"));
    // of a protected file there nothing is said at all
    let case = id("case sale.mine");
    let protect = format!("update app.case_file set protected = true where id = '{case}'");
    place.app.db.run(&protect).await;
    assert!(!place.told().await);
}

/// Two records of one adult are one line, and their children are counted together.
#[tokio::test]
async fn records_of_one_adult_are_one() {
    let place = Place::new().await;
    same(&place.app, "mother rabat.colleague", "mother rabat.mine").await;
    assert!(!place.told().await, "two children proved to be hers");
    relate(
        &place.app,
        "mother rabat.colleague",
        "unrelated",
        "rabat.mine",
    )
    .await;
    let unproved =
        "update app.relationship set claim = 'claimed', proof = null where kind = 'mother'";
    place.app.db.run(unproved).await;
    let body = place.supervisor.get(LIST).await.body;
    let lines = body.matches("<th scope=\"row\">").count();
    assert_eq!(lines, 1, "{body}");
}
