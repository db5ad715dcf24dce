//! Families: dated kinship, the group seen together, what calls for checking, and where a child was met.

mod alerts;
mod kinship;
mod seen;

use crate::support::{TestApp, id};

/// The number of a file of the world.
async fn number(app: &TestApp, file: &str) -> String {
    let case = id(&format!("case {file}"));
    app.db
        .ask(format!(
            "select number from app.case_file where id = '{case}'"
        ))
        .await
}

/// Relates somebody of the world to a child of it, as nobody's form does.
async fn relate(app: &TestApp, from: &str, kind: &str, file: &str) {
    let (from, to, by) = (id(from), id(&format!("child {file}")), id("worker1.rabat"));
    app.db
        .run(&format!(
            "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by)
             values (gen_random_uuid(), 1, '{from}', '{to}', '{kind}', '{by}')"
        ))
        .await;
}

/// Says that two persons of the world are one, as two cells do that agree on it.
async fn same(app: &TestApp, one: &str, other: &str) {
    let (one, other) = (id(one), id(other));
    app.db
        .run(&format!(
            "update app.identity_link set identity_id = (
                 select identity_id from app.identity_link where person_id = '{other}' and verdict = 'same' and live)
             where person_id = '{one}' and verdict = 'same' and live"
        ))
        .await;
}
