//! What a child is owed, and the ends of a file: through HTTP, as the people of the world.

mod after;
mod closing;
mod guards;
mod transfer;

use crate::{
    duplicates::keyed,
    support::{
        Answer, Client, TestApp, id,
        world::{Place, RABAT},
    },
};
use axum::http::StatusCode;
use sanad::authz::Role;

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
    // the colleague's child is called alike
    app.db
        .run(
            "update app.person_name set family_ar = 'العمراني', family_la = 'Lamrani'
               where kind = 'civil' and names_enc is null",
        )
        .await;
    keyed(&app).await;
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
    let one: String = app
        .db
        .ask("select id::text from app.complaint where against is not null")
        .await;
    let answer = page("rabat.mine", &format!("/rights/complaints/{one}/answer"));
    let field = format!("answer-{one}");
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
    let twice = other.post(&answer, &words).await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER, "pressed twice");
    let amended = [(field.as_str(), "A SECOND ANSWER")];
    let told = other.post(&answer, &amended).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    let link = format!("href=\"#{field}\"");
    assert!(told.body.contains(&link), "no message beside the field");
    assert!(told.body.contains("A SECOND ANSWER"), "typed, kept");
    assert!(told.body.contains("An answer"), "and the one that stands");
}
