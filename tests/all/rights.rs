//! What a child is owed, and the ends of a file: through HTTP, as the people of the world.

use crate::support::{
    Answer, Client, TestApp, id,
    world::{Place, RABAT},
};
use axum::http::StatusCode;
use sanad::{authz::Role, i18n::Lang};

const FORM: &str = "018f0000-0000-7000-8000-0000000000";

fn page(of: &str, rest: &str) -> String {
    format!("/cases/{}{rest}", id(&format!("case {of}")))
}

fn refused_at(answer: &Answer, field: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
    let link = format!("href=\"#{field}\"");
    assert!(answer.body.contains(&link), "no message at {field}");
}

/// Puts the file of worker1 elsewhere on the way, past the triggers of moves.
async fn put(app: &TestApp, change: &str) {
    let case = id("case rabat.mine");
    app.db
        .run(&format!(
            "set session_replication_role = replica; {change};",
            change = change.replace("$case", &format!("'{case}'"))
        ))
        .await;
}

async fn state(app: &TestApp) -> String {
    app.db
        .ask("select e.state from app.case_episode e join app.case_file c on c.id = e.case_id
              where c.id = substr(encode(sha256('case rabat.mine'), 'hex'), 1, 32)::uuid order by e.seq desc limit 1")
        .await
}

async fn mv(client: &Client, what: &str, more: &[(&str, &str)]) -> StatusCode {
    let mut fields = vec![("move", what)];
    fields.extend(more);
    client
        .post(&page("rabat.mine", "/state"), &fields)
        .await
        .status
}

#[tokio::test]
async fn a_file_leaves_registration_on_a_basis_and_a_search() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    put(&app, "update app.case_episode set state = 'registered' where case_id = $case;
               update app.case_consent set withdrawn_on = current_date, withdrawn_by = recorded_by where case_id = $case").await;
    assert_eq!(
        mv(&worker, "assess", &[]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let file = worker.get(&page("rabat.mine", "")).await;
    for lack in ["/rights", "/duplicates"] {
        assert!(
            file.body
                .contains(&format!("href=\"{}\"", page("rabat.mine", lack))),
            "{lack}"
        );
    }
    // a mother does not give the child's own assent; a refusal is no basis
    let consent = |given_by: &'static str, basis: &'static str, n: &str| {
        let id = format!("{FORM}{n}");
        let worker = &worker;
        async move {
            let fields = [
                ("id", id.as_str()),
                ("purpose", "sharing"),
                ("basis", basis),
                ("given_by", given_by),
                ("given_on", "01/11/2026"),
            ];
            worker
                .post(&page("rabat.mine", "/rights/consents"), &fields)
                .await
        }
    };
    refused_at(&consent("mother", "child_assent", "01").await, "given_by");
    assert_eq!(
        consent("mother", "refusal_recorded", "02").await.status,
        StatusCode::SEE_OTHER
    );
    let colleague = format!("match-{}", id("case rabat.colleague"));
    refused_at(
        &worker
            .post(&page("rabat.mine", "/duplicates"), &[("done", "1")])
            .await,
        &colleague,
    );
    let said = |verdict: &'static str| {
        let (worker, colleague) = (&worker, colleague.as_str());
        async move {
            worker
                .post(&page("rabat.mine", "/duplicates"), &[(colleague, verdict)])
                .await
                .status
        }
    };
    // "the same child" is no end of the search
    assert_eq!(said("same").await, StatusCode::SEE_OTHER);
    let shared: i64 = app.db.ask("select count(*) from (select identity_id from app.identity_link where verdict = 'same' and live group by 1 having count(*) = 2) x").await;
    assert_eq!(shared, 1);
    assert_eq!(
        mv(&worker, "assess", &[]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(said("not_same").await, StatusCode::SEE_OTHER);
    let shared: i64 = app.db.ask("select count(*) from (select identity_id from app.identity_link where verdict = 'same' and live group by 1 having count(*) = 2) x").await;
    assert_eq!(
        shared, 0,
        "taken back, the child has an identity of its own again"
    );
    assert_eq!(
        mv(&worker, "assess", &[]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        consent("nobody", "vital_interest", "03").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(mv(&worker, "assess", &[]).await, StatusCode::SEE_OTHER);
    assert_eq!(state(&app).await, "assessment");
}

#[tokio::test]
async fn a_complaint_is_not_read_by_who_it_is_about_and_not_answered_by_who_received_it() {
    let app = TestApp::new().await;
    let (worker, supervisor) = (app.client("worker1.rabat"), app.client("supervisor.rabat"));
    let (form, about) = (format!("{FORM}11"), id("worker1.rabat").to_string());
    let rights = page("rabat.mine", "/rights");
    let complaint = |against: String| {
        let (form, supervisor) = (form.clone(), &supervisor);
        async move {
            let fields = [
                ("id", form.as_str()),
                ("source", "child"),
                ("subject", "worker"),
                ("against", against.as_str()),
                ("received_on", "20/11/2026"),
                ("complaint_text", "WORDS-OF-A-CHILD"),
            ];
            supervisor
                .post(&page("rabat.mine", "/rights/complaints"), &fields)
                .await
        }
    };
    refused_at(
        &complaint(id("supervisor.rabat").to_string()).await,
        "against",
    );
    assert_eq!(complaint(about).await.status, StatusCode::SEE_OTHER);
    assert!(
        supervisor
            .get(&rights)
            .await
            .body
            .contains("WORDS-OF-A-CHILD")
    );
    let seen = worker.get(&rights).await;
    assert!(seen.body.contains("CANARY-VIEW") && !seen.body.contains("WORDS-OF-A-CHILD"));
    let owed: i64 = app.db.ask("select count(*) from app.task where rule = 'complaint_answer' and done_at is null and queue = 'supervisor'").await;
    assert_eq!(owed, 1);
    let answer = page("rabat.mine", &format!("/rights/complaints/{form}/answer"));
    let field = format!("answer-{form}");
    let words = [(field.as_str(), "An answer")];
    assert_eq!(
        worker.post(&answer, &words).await.status,
        StatusCode::NOT_FOUND
    );
    refused_at(&supervisor.post(&answer, &words).await, &field);
    let other = app
        .as_role(Role::Supervisor, Place::Prefecture(RABAT))
        .await;
    assert_eq!(
        other.post(&answer, &words).await.status,
        StatusCode::SEE_OTHER
    );
    let owed: i64 = app
        .db
        .ask("select count(*) from app.task where rule = 'complaint_answer' and done_at is null")
        .await;
    assert_eq!(owed, 0);
}

#[tokio::test]
async fn a_file_is_closed_by_two_people_looked_at_again_and_opened_again() {
    let app = TestApp::new().await;
    let (worker, supervisor) = (
        app.client("worker1.rabat").reading(Lang::En),
        app.client("supervisor.rabat").reading(Lang::En),
    );
    let closure = page("rabat.mine", "/closure");
    put(&app, "update app.case_episode set state = 'monitoring' where case_id = $case;
               delete from app.closing_report where case_id = $case; delete from app.after_closure where case_id = $case;
               update app.service set state = 'cancelled', delivered_on = null where state = 'planned';
               update app.judicial_file set state = 'closed' where case_id = $case").await;
    assert_eq!(
        mv(&worker, "ask_closure", &[("reason", "done")]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let (view, report) = (format!("{FORM}21"), format!("{FORM}22"));
    let fields = [
        ("id", view.as_str()),
        ("occasion", "closure"),
        ("heard_on", "20/11/2026"),
        ("heard", "yes"),
        ("language", "tachelhit"),
        ("words", "WORDS"),
        ("script_language", "tachelhit"),
    ];
    refused_at(
        &worker
            .post(&page("rabat.mine", "/rights/views"), &fields)
            .await,
        "script_language",
    );
    let mut with = fields.to_vec();
    with.push(("interpreter", "yes"));
    assert_eq!(
        worker
            .post(&page("rabat.mine", "/rights/views"), &with)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let mut fields = vec![
        ("id", report.as_str()),
        ("version", "0"),
        ("closing_reason", "stable_in_family"),
        ("placement", "one_parent"),
        ("education", "primary"),
        ("report_entry", "REPORT-ENTRY"),
        ("report_done", "b"),
    ];
    refused_at(&worker.post(&closure, &fields).await, "report_now");
    fields.push(("report_now", "c"));
    assert_eq!(
        worker.post(&closure, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    // pressed twice it is the same; a report written over one that was not seen is asked about
    assert_eq!(
        worker.post(&closure, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let mut other = fields.clone();
    other.retain(|(name, _)| *name != "report_now");
    other.push(("report_now", "d"));
    let asked = worker.post(&closure, &other).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.body.contains("pick-report_now"));
    assert_eq!(
        mv(&worker, "ask_closure", &[("reason", "done")]).await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        worker.post(&closure, &fields).await.status,
        StatusCode::CONFLICT,
        "frozen"
    );
    let close = [("closure_reason", "stable_in_family")];
    assert_eq!(
        mv(&worker, "close", &close).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let shown = supervisor.get(&closure).await;
    assert!(shown.body.contains("REPORT-ENTRY") && shown.body.contains("value=\"close\""));
    assert_eq!(
        mv(&supervisor, "close", &close).await,
        StatusCode::SEE_OTHER
    );
    let owed = "select string_agg(rule, ' ' order by rule) from app.task where done_at is null and rule like 'after\\_closure%'";
    assert_eq!(
        app.db.ask::<String>(owed).await,
        "after_closure_3m after_closure_6m"
    );
    let after = page("rabat.mine", "/closure/after");
    let check = format!("{FORM}23");
    let today = crate::support::typed_day(0);
    let mut fields = vec![
        ("id", check.as_str()),
        ("months", "3"),
        ("checked_on", "01/01/2026"),
        ("reached", "yes"),
        ("after_words", "AFTER-WORDS"),
    ];
    let refused = worker.post(&after, &fields).await;
    refused_at(&refused, "checked_on");
    refused_at(&refused, "safe");
    // on the day of the closing nobody can know how the child is after three months
    fields[2] = ("checked_on", &today);
    refused_at(&worker.post(&after, &fields).await, "checked_on");
    app.db
        .run(
            "set session_replication_role = replica;
             update app.case_episode set opened_at = opened_at - interval '3 months', closed_at = closed_at - interval '3 months'
             where id = (select id from app.case_episode where closed_at is not null order by closed_at desc limit 1)",
        )
        .await;
    fields.extend([
        ("safe", "yes"),
        ("schooled", "yes"),
        ("begging_again", "no"),
    ]);
    assert_eq!(
        worker.post(&after, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(app.db.ask::<String>(owed).await, "after_closure_6m");
    let again = [("risk", "high"), ("reopen_why", "Seen again at the market")];
    assert_eq!(
        worker
            .post(&page("rabat.mine", "/reopen"), &again)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        supervisor
            .post(&page("rabat.mine", "/reopen"), &again)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(state(&app).await, "identified");
    assert_eq!(
        supervisor
            .post(&page("rabat.mine", "/reopen"), &again)
            .await
            .status,
        StatusCode::CONFLICT
    );
    let left: i64 = app
        .db
        .ask("select count(*) from app.task where done_at is null and rule like 'after\\_closure%'")
        .await;
    assert_eq!(left, 0, "the visits after a closing end with the opening");
    let page = worker.get(&page("rabat.mine", "")).await;
    assert!(
        page.body.contains("Seen again at the market"),
        "the history of before and why"
    );
}

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
                   from stat.figures(stat.answerable(current_date))";
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
    assert_eq!(
        sender
            .post(&page("rabat.mine", "/transfer"), &ask)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let sheet = format!("/transfers/{transfer}");
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
    assert_eq!(
        receiver.post(&accept, &[("lead", &lead)]).await.status,
        StatusCode::CONFLICT
    );
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

#[tokio::test]
async fn a_file_that_is_none_leaves_the_lists_and_is_changed_no_more() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    let listed = page("rabat.mine", "\"");
    assert!(supervisor.get("/cases").await.body.contains(&listed));
    refused_at(
        &supervisor.post(&page("rabat.mine", "/void"), &[]).await,
        "void_why",
    );
    let done = supervisor
        .post(
            &page("rabat.mine", "/void"),
            &[("void_why", "Opened twice")],
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(!supervisor.get("/cases").await.body.contains(&listed));
    assert_eq!(
        mv(&supervisor, "draw_up_plan", &[]).await,
        StatusCode::CONFLICT
    );
    let kept: i64 = app.db.ask("select count(*) from app.case_file where void = 'invalid' and void_why_enc is not null").await;
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn turning_eighteen_is_owed_and_moves_with_the_birth() {
    let app = TestApp::new().await;
    let child = id("child rabat.mine");
    app.db
        .run(&format!("update app.person set birth_earliest = '2010-01-01', birth_latest = '2010-03-05', birth_basis = 'estimated' where id = '{child}'"))
        .await;
    let due: String = app.db.ask("select (due_at at time zone 'UTC')::date::text from app.task where rule = 'aftercare_18' and done_at is null and due_at < '2029-01-01'").await;
    assert_eq!(due, "2028-03-05");
}

#[tokio::test]
async fn a_contact_with_the_child_of_a_closed_file_offers_to_open_it_again() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    put(&app, "update app.case_episode set state = 'closed', closed_at = now(), closed_by = (select id from sec.app_user where username = 'supervisor.rabat'),
               closure_reason = 'objectives_met' where case_id = $case").await;
    let number: String = app.db.ask("select number from app.case_file where id = substr(encode(sha256('case rabat.mine'), 'hex'), 1, 32)::uuid").await;
    let triage = format!("/contacts/{}/triage", id("contact fresh rabat.mine"));
    let mut fields = vec![
        ("outcome-0", "linked_to_case"),
        ("number-0", number.as_str()),
    ];
    refused_at(&supervisor.post(&triage, &fields).await, "reopen-0");
    fields.push(("reopen-0", "yes"));
    refused_at(&supervisor.post(&triage, &fields).await, "risk-0");
    fields.push(("risk-0", "high"));
    assert_eq!(
        supervisor.post(&triage, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(state(&app).await, "identified");
}
