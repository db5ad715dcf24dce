//! What is given, in part, late or not; and whom it protects.

use super::{hidden, owed, page, state, step};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_missed_day_says_why_and_when_it_is_tried_again() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let service = id("service sent rabat.mine").to_string();
    let path = format!("/services/{service}");
    let day: String = app
        .db
        .ask("select to_char(now() + interval '3 days', 'DD/MM/YYYY')")
        .await;
    // answered by telephone: the cell writes it down
    let agreed = step(
        &worker,
        &path,
        "step",
        &[("move", "schedule"), ("day-schedule", &day)],
    )
    .await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER);
    let bare = step(&worker, &path, "step", &[("move", "miss"), ("again", &day)]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let missed = step(
        &worker,
        &path,
        "step",
        &[
            ("move", "miss"),
            ("reason-miss", "was_ill"),
            ("again", &day),
        ],
    )
    .await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&app, &service).await, "scheduled");
    let story = app
        .db
        .list(&format!(
            "select to_state from app.service_step where service_id = '{service}' order by seq"
        ))
        .await;
    assert_eq!(
        story,
        ["proposed", "sent", "scheduled", "no_show", "scheduled"]
    );
    assert_eq!(
        owed(&app, &service).await,
        ["service_day", "service_outcome"]
    );
}

#[tokio::test]
async fn a_later_decision_erases_nothing_that_was_given_to_a_mother() {
    let app = TestApp::new().await;
    let (mother, service) = (
        id("mother rabat.mine"),
        id("service mother rabat.mine").to_string(),
    );
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let today: String = app
        .db
        .ask("select to_char(now() at time zone 'Africa/Casablanca', 'DD/MM/YYYY')")
        .await;
    let given = step(
        &worker,
        &format!("/services/{service}"),
        "step",
        &[("move", "deliver"), ("day-deliver", &today)],
    )
    .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    let effect =
        format!("select mother_effect from app.service_beneficiary where service_id = '{service}'");
    assert_eq!(app.db.list(&effect).await, ["not_prosecuted"]);
    app.db
        .run(&format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by, supersedes_id, offence)
             select gen_random_uuid(), file_id, case_id, territory_id, court_id, person_id,
                    (select code from ref.adult_decision_kind where effect = 'prosecuted' order by sort limit 1), 'prosecuted', current_date, recorded_by, id,
                    (select code from ref.offence order by sort limit 1)
             from app.adult_decision where person_id = '{mother}'"
        ))
        .await;
    let shown = page(&worker, &format!("/mothers/{mother}")).await;
    assert!(
        shown.says(Lang::En, "decision-mother-why-prosecuted"),
        "the later decision holds"
    );
    assert!(
        shown.body.contains(&format!("/services/{service}")),
        "and what was given is still there"
    );
    assert_eq!(app.db.list(&effect).await, ["not_prosecuted"]);
    assert_eq!(state(&app, &service).await, "delivered");
}

#[tokio::test]
async fn a_part_of_help_protects_a_child_and_a_missed_day_does_not() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let case = id("case rabat.mine");
    app.db
        .run(&format!("update app.case_file set protected_measure_on = null, protected_measure_kind = null where id = '{case}'"))
        .await;
    let protected = format!(
        "select count(*) from app.case_file where id = '{case}' and protected_measure_on is not null"
    );
    let path = format!("/services/{}", id("service sent rabat.mine"));
    let today: String = app
        .db
        .ask("select to_char(now() at time zone 'Africa/Casablanca', 'DD/MM/YYYY')")
        .await;
    step(
        &worker,
        &path,
        "step",
        &[("move", "schedule"), ("day-schedule", &today)],
    )
    .await;
    step(
        &worker,
        &path,
        "step",
        &[("move", "miss"), ("reason-miss", "was_ill")],
    )
    .await;
    assert_eq!(app.db.ask::<i64>(&protected).await, 0);
    let partly = step(
        &worker,
        &path,
        "step",
        &[("move", "deliver_partly"), ("day-deliver_partly", &today)],
    )
    .await;
    assert_eq!(partly.status, StatusCode::SEE_OTHER);
    assert_eq!(app.db.ask::<i64>(&protected).await, 1);
}

#[tokio::test]
async fn nothing_is_asked_for_a_closed_file() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.case_episode set state = 'closed', closed_at = now(), closed_by = gen_random_uuid(), closure_asked_by = gen_random_uuid(), closure_asked_from = 'monitoring', closure_reason =
                 (select code from ref.closure_reason order by sort limit 1) where case_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    let ask = format!("/services/{}/request", id("service asked rabat.mine"));
    assert_eq!(worker.get(&ask).await.status, StatusCode::CONFLICT);
    let day = crate::support::typed_day(3);
    let fields = [
        ("id", "018f0000-0000-7000-8000-00000000000e"),
        ("version", "1"),
        ("naming", "number"),
        ("by", day.as_str()),
        ("ask", "ASKED-WORDS"),
    ];
    let refused = worker.post(&ask, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "service-case-closed"));
    assert!(refused.body.contains("ASKED-WORDS"), "typed, kept");
    assert_eq!(
        state(&app, &id("service asked rabat.mine").to_string()).await,
        "proposed"
    );
}

#[tokio::test]
async fn a_mother_is_served_also_when_the_file_of_her_child_is_closed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.case_episode set state = 'closed', closed_at = now(), closed_by = gen_random_uuid(), closure_asked_by = gen_random_uuid(), closure_asked_from = 'monitoring', closure_reason =
                 (select code from ref.closure_reason order by sort limit 1) where case_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    let mother = id("mother rabat.mine").to_string();
    page(&worker, &format!("/services/new?mother={mother}")).await;
    let day = crate::support::typed_day(3);
    let fields = [
        ("id", "018f0000-0000-7000-8000-00000000000c"),
        ("case", ""),
        ("mother", mother.as_str()),
        ("replaces", ""),
        ("kind", "literacy"),
        ("provider", "en_cell_rabat"),
        ("state", "proposed"),
        ("date", day.as_str()),
        ("outcome", ""),
        ("note", ""),
    ];
    let made = worker.post("/services", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    page(&worker, made.location()).await;
    // a colleague who has no right to the file has none to her
    let colleague = app.client("worker2.rabat");
    let refused = colleague
        .get(&format!("/services/new?mother={mother}"))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nothing_is_sent_once_the_consent_is_taken_back() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let (case, service) = (
        id("case rabat.mine"),
        id("service asked rabat.mine").to_string(),
    );
    let ask = format!("/services/{service}/request");
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_consent set withdrawn_on = current_date, withdrawn_by = recorded_by where case_id = '{case}'"
        ))
        .await;
    let rights = format!("href=\"/cases/{case}/rights\"");
    let blank = page(&worker, &ask).await;
    assert!(
        blank.body.contains(&rights),
        "it is said before it is typed"
    );
    let [form, version, by] = ["id", "version", "by"].map(|name| hidden(&blank.body, name));
    let fields = [
        ("id", form.as_str()),
        ("version", version.as_str()),
        ("naming", "given"),
        ("by", by.as_str()),
        ("ask", "ASKED-WORDS"),
        ("practical", ""),
    ];
    let refused = worker.post(&ask, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says(Lang::En, "request-no-basis") && refused.body.contains(&rights));
    assert!(
        refused.body.contains("ASKED-WORDS"),
        "what was typed is kept"
    );
    // what is urgent does not wait
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.service set urgent = true where id = '{service}'"
        ))
        .await;
    let preview = worker.post(&ask, &fields).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    // a file that has a basis again sends as before
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.service set urgent = false where id = '{service}';
             update app.case_consent set withdrawn_on = null, withdrawn_by = null where case_id = '{case}'"
        ))
        .await;
    assert_eq!(worker.post(&ask, &fields).await.status, StatusCode::OK);
    assert_eq!(state(&app, &service).await, "proposed");
}
