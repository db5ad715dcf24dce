//! One child, or one mother, behind several records: put together and taken apart, asked of another city, counted once.

mod elsewhere;
mod joined;
mod model;
mod property;
mod women;

use crate::support::{Answer, TestApp, TestDb, id};
use axum::http::StatusCode;

const FORM: &str = "018f0000-0000-7000-8000-0000000000";

fn page(of: &str, rest: &str) -> String {
    format!("/cases/{}{rest}", id(&format!("case {of}")))
}

/// The id that a form carries.
fn form(n: &str) -> String {
    format!("{FORM}{n}")
}

fn refused_at(answer: &Answer, field: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
    let link = format!("href=\"#{field}\"");
    assert!(answer.body.contains(&link), "no message at {field}");
}

/// Changes the world past the triggers.
async fn put(db: &TestDb, change: &str) {
    db.run(&format!("set session_replication_role = replica; {change}"))
        .await;
}

async fn number(db: &TestDb, of: &str) -> String {
    db.ask(format!(
        "select number from app.case_file where id = '{}'",
        id(&format!("case {of}"))
    ))
    .await
}

/// The children of these two files bear one whole name, in keys that no method of the engine changes.
async fn alike(db: &TestDb, files: [&str; 2]) {
    let children = files.map(|of| format!("'{}'", id(&format!("child {of}"))));
    let children = children.join(", ");
    db.run(&format!(
        "update app.person_name n set method = 1, keys = app.keys_in(array[n.territory_id], array['s:zynb', 'l:zynb', 's:kanari', 'l:kanari', 'p:kanari+zynb', 'n:2'])
         where n.person_id in ({children}) and n.kind = 'civil'"
    ))
    .await;
}

/// The identity of a child now.
async fn identity(app: &TestApp, of: &str) -> String {
    app.db
        .ask(format!(
            "select identity_id::text from app.identity_link where person_id = '{}' and verdict = 'same' and live",
            id(&format!("child {of}"))
        ))
        .await
}
