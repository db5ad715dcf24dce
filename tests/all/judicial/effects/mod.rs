//! A decision acts: what a measure asks for is owed or planned in the child's file, once, and told; what strikes it out;
//! who of the family's workers sees what; and how a mother's page says what a decision means for her.

mod acts;
mod judge;
mod reads;

use crate::support::{
    Answer, Client, TestApp, database, id,
    role::{reads, tries},
};
use axum::http::StatusCode;
use sanad::vault::{Field, Holder, keeper};
use uuid::Uuid;

/// The file at the court of Rabat, of worker1's child; worker2's child is a brother or sister in it.
const FILE: &str = "judicial rabat.mine";

/// One number, asked in somebody's session.
async fn sees(app: &TestApp, username: &str, sql: &str) -> i64 {
    reads(&app.db, username, sql).await[0].parse().unwrap()
}

fn measure(decision: Uuid, child: &str, kind: &str, corrects: Option<Uuid>) -> String {
    format!(
        "insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by,
                                         supersedes_id)
         values ('{decision}', '{}', '{}', 1, 11, '{}', '{kind}', (now() at time zone 'Africa/Casablanca')::date, '{}', {})",
        id(FILE),
        id("case rabat.mine"),
        id(&format!("child {child}")),
        id("prosecutor.rabat"),
        corrects.map_or("null".to_owned(), |id| format!("'{id}'")),
    )
}

/// A measure of the prosecutor for the child of a file, as the page records it.
async fn decide(app: &TestApp, child: &str, kind: &str, corrects: Option<Uuid>) -> Uuid {
    let decision = id(&format!("measure {kind} {child} {corrects:?}"));
    let sql = measure(decision, child, kind, corrects);
    assert_eq!(
        tries(&app.db, "prosecutor.rabat", &sql).await,
        Ok(1),
        "{kind}"
    );
    decision
}

/// Worker2's child is in the procedure that began with worker1's.
async fn family(app: &TestApp) {
    app.db
        .run(&format!(
            "insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
             values ('{}', '{}', 1, 11, '{}', '{}')",
            id(FILE),
            id("case rabat.mine"),
            id("child rabat.colleague"),
            id("case rabat.colleague"),
        ))
        .await;
}

/// What the measure asks of the cell, in words that both sides read.
async fn instruct(app: &TestApp, decision: Uuid, words: &str) {
    let mut connection = app.db.connect("postgres").await;
    let field = Field::CHILD_INSTRUCTIONS;
    let holder = Holder::new(field.holder(), id("disclosure rabat.mine"));
    let keys = keeper::data_keys(&mut connection, &database::vault(), &[holder])
        .await
        .unwrap();
    let sealed = keys[&holder].seal(field, decision, words).unwrap();
    sqlx::query("update app.child_decision set instructions_enc = $1 where id = $2")
        .bind(sealed.as_bytes())
        .bind(decision)
        .execute(&mut connection)
        .await
        .unwrap();
}

async fn page(client: &Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// What a measure owes: its rule, and whether it is struck out.
async fn owed(app: &TestApp, decision: Uuid) -> Vec<String> {
    app.db
        .list(&format!(
            "select rule || case when done_at is null then '' else ' done' end from app.task
             where '{decision}' in (decision_id, court_event_id)"
        ))
        .await
}

async fn planned(app: &TestApp, decision: Uuid) -> Vec<String> {
    app.db
        .list(&format!(
            "select kind || ' ' || state from app.service where '{decision}' in (decision_id, court_event_id)"
        ))
        .await
}
