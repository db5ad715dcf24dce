//! A mother with records in two cities.

use super::{decide, deliver, hidden, kept, override_it, page, record};
use crate::support::{TestApp, id, role::refused_by};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use uuid::Uuid;

/// The children of both files have one mother, and both files are asked for by Salé.
async fn one_mother(app: &TestApp) {
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_transfer set to_territory = 2 where case_id in ('{}', '{}');
             update app.relationship set from_person = '{}' where to_person = '{}'",
            id("case rabat.mine"),
            id("case rabat.colleague"),
            id("mother rabat.mine"),
            id("child rabat.colleague")
        ))
        .await;
}

/// A file goes to Salé, to worker1; gives the record that its child's mother has from then on.
async fn goes(app: &TestApp, of: &str) -> Uuid {
    let lead = id("worker1.sale").to_string();
    let accept = format!("/transfers/{}/accept", id(&format!("transfer {of}")));
    let receiver = app.client("supervisor.sale");
    let answer = receiver.post(&accept, &[("lead", &lead)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    app.db
        .ask(format!(
            "select from_person from app.relationship where to_person = '{}'",
            id(&format!("child {of}"))
        ))
        .await
}

#[tokio::test]
async fn a_prosecution_goes_with_a_mother_and_the_investigation_stays() {
    let app = TestApp::new().await;
    let mother = id("mother rabat.mine");
    decide(&app, (mother, "rabat.mine"), "prosecuted", 1).await;
    one_mother(&app).await;
    let here = app.client("worker1.rabat").reading(Lang::En);
    let shown = page(&here, &format!("/mothers/{mother}")).await;
    assert!(
        shown.body.contains("CANARY-ACT-1"),
        "in its own city the act of the court is named"
    );
    let twin = goes(&app, "rabat.colleague").await;
    assert_ne!(twin, mother, "she is needed in Rabat, and is copied");
    let link = format!("href=\"/mothers/{twin}\"");
    for username in ["supervisor.sale", "worker1.sale"] {
        let there = app.client(username).reading(Lang::En);
        let shown = page(&there, &format!("/mothers/{twin}")).await;
        assert!(
            shown.says(Lang::En, "decision-mother-why-prosecuted"),
            "{username}"
        );
        assert!(!shown.body.contains("CANARY-ACT"), "{username}");
        let listed = page(&there, "/mothers?effect=prosecuted").await;
        assert!(listed.body.contains(&link), "{username}");
        let free = page(&there, "/mothers?effect=no_procedure").await;
        assert!(!free.body.contains(&link), "{username}");
    }
    // nobody opens what is closed to her: not by the pages
    let supervisor = app.client("supervisor.sale").reading(Lang::En);
    let bare = override_it(&supervisor, twin, "").await;
    assert_eq!(bare.status, StatusCode::CONFLICT);
    let worker = app.client("worker1.sale").reading(Lang::En);
    let act = (twin, id("an act in Sale"));
    let given = record(&worker, act, "en_cell_sale", ("literacy", "planned", 3)).await;
    assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(given.says(Lang::En, "service-blocked"), "{}", given.body);
    // … and not past them
    let open = format!(
        "insert into app.mother_support (id, person_id, territory_id, ground, reason, opened_by)
         values (gen_random_uuid(), '{twin}', 2, 'no_procedure', 'other', '{}')",
        id("supervisor.sale")
    );
    assert_eq!(
        refused_by(&app.db, "supervisor.sale", &open).await,
        "mother_support_fits"
    );
    for effect in ["no_procedure", "prosecuted"] {
        let serve = format!(
            "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, recorded_by, payload_mac)
             values ('{act}', 2, 2, 'literacy', 'en_cell_sale', 'planned', current_date, '{me}', sha256('x'));
             insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect)
             values ('{act}', '{twin}', '{case}', 2, '{effect}')",
            act = act.1,
            me = id("worker1.sale"),
            case = id("case rabat.colleague"),
        );
        assert_eq!(
            refused_by(&app.db, "worker1.sale", &serve).await,
            "service_fork",
            "{effect}"
        );
    }
}

#[tokio::test]
async fn a_word_against_a_decision_of_another_city_holds_in_both() {
    let app = TestApp::new().await;
    let mother = id("mother rabat.mine");
    let decision = decide(&app, (mother, "rabat.mine"), "prosecuted", 1).await;
    one_mother(&app).await;
    let twin = goes(&app, "rabat.colleague").await;
    let supervisor = app.client("supervisor.sale").reading(Lang::En);
    let asked = page(&supervisor, &format!("/mothers/{twin}")).await;
    assert_eq!(hidden(&asked.body, "decision"), decision.to_string());
    let opened = override_it(&supervisor, twin, &decision.to_string()).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    for (username, record) in [("worker1.sale", twin), ("worker1.rabat", mother)] {
        let client = app.client(username).reading(Lang::En);
        let shown = page(&client, &format!("/mothers/{record}")).await;
        assert!(shown.says(Lang::En, "mother-access-open"), "{username}");
    }
    let worker = app.client("worker1.sale");
    let act = (twin, id("an act in Sale"));
    let given = record(&worker, act, "en_cell_sale", ("literacy", "delivered", 0)).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    assert_eq!(kept(&app, act.1).await, "delivered prosecuted");
    // a decision not to prosecute, taken in Rabat, opens in Salé by itself
    decide(&app, (mother, "rabat.mine"), "not_prosecuted", 0).await;
    let shown = page(&worker.reading(Lang::En), &format!("/mothers/{twin}")).await;
    assert!(shown.says(Lang::En, "decision-mother-why-not-prosecuted"));
    assert_eq!(kept(&app, act.1).await, "delivered prosecuted");
}

#[tokio::test]
async fn neither_a_mother_nor_what_she_was_given_is_lost_or_there_twice() {
    let app = TestApp::new().await;
    let (mother, service) = (id("mother rabat.mine"), id("service mother rabat.mine"));
    one_mother(&app).await;
    let given = deliver(&app.client("worker1.rabat"), service, 0).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let counted = "select count(*) from app.service s join app.service_beneficiary b on b.service_id = s.id
                   where s.state in ('delivered', 'partial') and b.mother_effect in ('not_prosecuted', 'no_procedure')";
    let before: i64 = app.db.ask(counted).await;
    let twin = goes(&app, "rabat.mine").await;
    assert_ne!(twin, mother, "the brother's file needs her in Rabat");
    let worker = app.client("worker1.sale").reading(Lang::En);
    let hers = format!("/mothers/{twin}");
    let act = format!("/services/{service}");
    assert!(
        page(&worker, &hers).await.body.contains(&act),
        "what was given through the file is where the file is"
    );
    page(&worker, &act).await;
    // the brother follows: she is known there
    assert_eq!(goes(&app, "rabat.colleague").await, twin);
    let listed = page(&worker, "/mothers").await;
    let link = format!("href=\"{hers}\"");
    assert_eq!(listed.body.matches(&link).count(), 1);
    let records: String = app
        .db
        .ask(
            "select string_agg(p.territory_id::text, ' ' order by p.territory_id)
             from app.identity_link l join app.person p on p.id = l.person_id
             where l.live and l.verdict = 'same'
               and l.identity_id = substr(encode(sha256('identity mother rabat.mine'), 'hex'), 1, 32)::uuid",
        )
        .await;
    assert_eq!(records, "1 2");
    assert_eq!(kept(&app, service).await, "delivered not_prosecuted");
    assert_eq!(app.db.ask::<i64>(counted).await, before);
}
