//! A file goes to another city.

use super::{FORM, page, put, refused_at};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_file_goes_to_another_city_when_that_city_accepts_and_its_texts_open_there() {
    let app = TestApp::new().await;
    let (sender, receiver) = (
        app.client("supervisor.rabat").reading(Lang::En),
        app.client("supervisor.sale").reading(Lang::En),
    );
    let (old, new) = (app.client("worker1.rabat"), app.client("worker2.sale"));
    put(&app, "delete from app.case_transfer where case_id = $case").await;
    let figures = "select coalesce(string_agg(concat_ws(' ', measure, territory_id, key, sex, n), '; ' order by measure, territory_id, key, sex), '')
                   from stat.exact_cells(current_date)";
    let before: String = app.db.ask(figures).await;
    let transfer = format!("{FORM}31");
    let ask = [
        ("id", transfer.as_str()),
        ("to_city", "2"),
        ("transfer_why", "TRANSFER-WHY"),
    ];
    let mut here = ask.to_vec();
    here[1] = ("to_city", "1");
    refused_at(
        &sender.post(&page("rabat.mine", "/transfer"), &here).await,
        "to_city",
    );
    assert_eq!(
        old.post(&page("rabat.mine", "/transfer"), &ask)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let asked = sender.post(&page("rabat.mine", "/transfer"), &ask).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let sheet = asked.location().to_owned();
    let again = sender.post(&page("rabat.mine", "/transfer"), &ask).await;
    assert_eq!(again.location(), sheet, "pressed twice");
    let mut amended = ask.to_vec();
    amended[2] = ("transfer_why", "AMENDED-WHY");
    let told = sender
        .post(&page("rabat.mine", "/transfer"), &amended)
        .await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says(Lang::En, "transfer-waits-already") && told.body.contains("AMENDED-WHY"));
    // the sheet, and not the file
    let shown = receiver.get(&sheet).await;
    assert!(shown.body.contains("TRANSFER-WHY") && shown.body.contains("CANARY-child-rabat.mine"));
    assert_eq!(
        receiver.get(&page("rabat.mine", "")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        old.get(&page("rabat.mine", "")).await.status,
        StatusCode::OK,
        "the sender keeps it"
    );
    let lead = id("worker2.sale").to_string();
    let accept = format!("{sheet}/accept");
    assert_eq!(
        sender.post(&accept, &[("lead", &lead)]).await.status,
        StatusCode::CONFLICT
    );
    let stranger = id("worker1.rabat").to_string();
    refused_at(
        &receiver.post(&accept, &[("lead", &stranger)]).await,
        "lead",
    );
    assert_eq!(
        receiver.post(&accept, &[("lead", &lead)]).await.status,
        StatusCode::SEE_OTHER
    );
    let twice = receiver.post(&accept, &[("lead", &lead)]).await;
    assert_eq!(
        twice.location(),
        page("rabat.mine", ""),
        "pressed twice, it is the file"
    );
    let other = id("worker1.sale").to_string();
    let late = receiver.post(&accept, &[("lead", &other)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says(Lang::En, "transfer-answered"));
    for gone in [&old, &sender] {
        assert_eq!(
            gone.get(&page("rabat.mine", "")).await.status,
            StatusCode::NOT_FOUND
        );
    }
    assert!(
        new.get(&page("rabat.mine", ""))
            .await
            .body
            .contains("CANARY-child-rabat.mine")
    );
    assert!(
        new.get(&page("rabat.mine", "/rights"))
            .await
            .body
            .contains("CANARY-CONSENT"),
        "its key opens"
    );
    let mother: i64 = app.db.ask("select count(*) from app.person p where p.id = substr(encode(sha256('mother rabat.mine'), 'hex'), 1, 32)::uuid and p.territory_id = 2").await;
    assert_eq!(mother, 1, "nobody needs her there: she comes along");
    assert_eq!(app.db.ask::<String>(figures).await, before);
}

#[tokio::test]
async fn who_is_still_needed_stays_and_is_copied_as_the_same_human_being() {
    let app = TestApp::new().await;
    let receiver = app.client("supervisor.sale");
    let (mother, brother) = (id("mother rabat.mine"), id("child rabat.colleague"));
    put(
        &app,
        &format!(
            "update app.case_transfer set to_territory = 2 where case_id = $case;
        update app.relationship set from_person = '{mother}' where to_person = '{brother}'"
        ),
    )
    .await;
    let lead = id("worker1.sale").to_string();
    let accept = format!("/transfers/{}/accept", id("transfer rabat.mine"));
    assert_eq!(
        receiver.post(&accept, &[("lead", &lead)]).await.status,
        StatusCode::SEE_OTHER
    );
    let records: String = app
        .db
        .ask("select string_agg(p.territory_id::text, ' ' order by p.territory_id) from app.identity_link l join app.person p on p.id = l.person_id
              where l.live and l.verdict = 'same' and l.identity_id = substr(encode(sha256('identity mother rabat.mine'), 'hex'), 1, 32)::uuid")
        .await;
    assert_eq!(records, "1 2");
}

#[tokio::test]
async fn a_transfer_is_refused_with_a_reason_or_taken_back() {
    let app = TestApp::new().await;
    let (sender, receiver) = (
        app.client("supervisor.rabat"),
        app.client("supervisor.sale"),
    );
    put(
        &app,
        "update app.case_transfer set to_territory = 2 where from_territory = 1",
    )
    .await;
    let transfer =
        |of: &str, what: &str| format!("/transfers/{}/{what}", id(&format!("transfer {of}")));
    refused_at(
        &receiver.post(&transfer("rabat.mine", "refuse"), &[]).await,
        "refusal",
    );
    let why = [("refusal", "No place before March")];
    assert_eq!(
        receiver
            .post(&transfer("rabat.mine", "refuse"), &why)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let told = sender
        .get(&format!("/transfers/{}", id("transfer rabat.mine")))
        .await;
    assert!(told.body.contains("No place before March"));
    let again = receiver.post(&transfer("rabat.mine", "refuse"), &why).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice");
    let amended = [("refusal", "No place before April")];
    let late = receiver
        .post(&transfer("rabat.mine", "refuse"), &amended)
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("No place before April"), "typed, kept");
    assert_eq!(
        receiver
            .post(&transfer("rabat.colleague", "withdraw"), &[])
            .await
            .status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        sender
            .post(&transfer("rabat.colleague", "withdraw"), &[])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        receiver
            .post(&transfer("rabat.protected", "accept"), &[("lead", "x")])
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

/// An act for two brothers stays where the other is when the first moves, and is owed there from then on: else its
/// provider's next answer would owe something of a file that is not in that city.
#[tokio::test]
async fn help_that_is_shared_stays_and_is_owed_by_who_stays() {
    let app = TestApp::new().await;
    let service = id("service sent rabat.mine");
    let owed = format!(
        "select concat_ws(' ', t.territory_id, t.rule, t.case_id = '{}') from app.task t
         where t.service_id = '{service}' and t.done_at is null order by t.rule",
        id("case rabat.colleague")
    );
    put(
        &app,
        &format!(
            "update app.case_transfer set to_territory = 2 where case_id = $case;
             insert into app.service_beneficiary (service_id, person_id, case_id, territory_id)
             values ('{service}', '{}', '{}', 1)",
            id("child rabat.colleague"),
            id("case rabat.colleague")
        ),
    )
    .await;
    let before = app.db.list(&owed).await;
    assert_eq!(
        before[0], "1 service_answer f",
        "the first of the two owes it"
    );
    let lead = id("worker1.sale").to_string();
    let accept = format!("/transfers/{}/accept", id("transfer rabat.mine"));
    let answer = app
        .client("supervisor.sale")
        .post(&accept, &[("lead", &lead)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let after = app.db.list(&owed).await;
    assert_eq!(after.len(), before.len(), "{after:?}");
    assert!(
        after
            .iter()
            .all(|one| one.starts_with("1 ") && one.ends_with(" t")),
        "{after:?}"
    );
    // the provider goes on answering
    app.db
        .run(&format!(
            "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, by_user, role)
             values (gen_random_uuid(), '{service}', 1, 2, 'sent', 'accepted', '{}', 'focal_point')",
            id("worker1.rabat")
        ))
        .await;
    assert!(
        app.db
            .list(&owed)
            .await
            .contains(&"1 service_day t".to_owned())
    );
}
