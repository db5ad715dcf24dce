//! Decisions with a day of the past.

use super::{decide, deliver, kept, override_it, page, record, step};
use crate::support::{TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// The world's mother is not prosecuted since the day before yesterday; today a prosecution becomes known that is dated
/// before that, and before help that was given or sent.
#[tokio::test]
async fn a_prosecution_dated_back_acts_from_the_day_on_which_it_is_known() {
    let app = TestApp::new().await;
    let mother = id("mother rabat.mine");
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let given = id("service mother rabat.mine");
    let answer = deliver(&worker, given, -1).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let [early, late] = ["an act given in time", "an act not yet given"].map(id);
    for service in [early, late] {
        let kind = ("literacy", "planned", 0);
        let made = record(&worker, (mother, service), "en_cell_rabat", kind).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    }
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.service set state = 'sent' where id in ('{early}', '{late}')"
        ))
        .await;
    decide(&app, (mother, "rabat.mine"), "prosecuted", 3).await;
    assert_eq!(kept(&app, given).await, "delivered not_prosecuted");
    let shown = page(&worker, &format!("/mothers/{mother}")).await;
    assert!(shown.says(Lang::En, "mother-access-blocked"));
    assert!(shown.body.contains(&format!("/services/{given}")));
    // what was sent is not given from now on …
    let refused = deliver(&worker, late, 0).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "service-blocked"));
    // … and what was given while nobody knew is written down as what it was
    let answer = deliver(&worker, early, -1).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(kept(&app, early).await, "delivered not_prosecuted");
    let new = (mother, id("an act of yesterday"));
    let kind = ("literacy", "delivered", -1);
    let made = record(&worker, new, "en_cell_rabat", kind).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(kept(&app, new.1).await, "delivered not_prosecuted");
}

#[tokio::test]
async fn a_decision_not_to_prosecute_speaks_from_its_own_day_and_rewrites_nothing() {
    let app = TestApp::new().await;
    let mother = id("mother rabat.mine");
    let worker = app.client("worker1.rabat").reading(Lang::En);
    app.db
        .run(&format!(
            "set session_replication_role = replica; delete from app.adult_decision where person_id = '{mother}'"
        ))
        .await;
    let urgent: String = app
        .db
        .ask("select code from ref.service_kind where audience = 'mother' and urgent and parent is not null order by sort limit 1")
        .await;
    let pressing = (mother, id("urgent help"));
    let kind = (urgent.as_str(), "delivered", -3);
    let made = record(&worker, pressing, "en_cell_rabat", kind).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let plain = (mother, id("plain help"));
    let on = |days| ("literacy", "delivered", days);
    let refused = record(&worker, plain, "en_cell_rabat", on(-3)).await;
    assert!(
        refused.says(Lang::En, "service-urgent-only"),
        "{}",
        refused.body
    );
    decide(&app, (mother, "rabat.mine"), "not_prosecuted", 4).await;
    assert_eq!(kept(&app, pressing.1).await, "delivered pending");
    let refused = record(&worker, plain, "en_cell_rabat", on(-5)).await;
    assert!(
        refused.says(Lang::En, "service-urgent-only"),
        "before its day she was waiting for it: {}",
        refused.body
    );
    let made = record(&worker, plain, "en_cell_rabat", on(-3)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(kept(&app, plain.1).await, "delivered not_prosecuted");
}

#[tokio::test]
async fn a_part_that_counted_goes_on_counting_when_the_rest_is_given() {
    let app = TestApp::new().await;
    let (mother, service) = (id("mother rabat.mine"), id("service mother rabat.mine"));
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let yesterday = typed_day(-1);
    let partly = [
        ("move", "deliver_partly"),
        ("day-deliver_partly", yesterday.as_str()),
    ];
    let answer = step(&worker, service, &partly).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(kept(&app, service).await, "partial not_prosecuted");
    let decision = decide(&app, (mother, "rabat.mine"), "prosecuted", 0).await;
    assert_eq!(kept(&app, service).await, "partial not_prosecuted");
    let supervisor = app.client("supervisor.rabat");
    let opened = override_it(&supervisor, mother, &decision.to_string()).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let answer = deliver(&worker, service, 0).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(kept(&app, service).await, "delivered not_prosecuted");
}
