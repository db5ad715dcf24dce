//! Protected files: who sees them, what tells of them, and the glass that is broken for an hour.

mod emergency;
mod hiding;
mod naming;
mod telling;

use super::tries;
use crate::support::{TestDb, id};

const FOUR_EYES: &str = "23514";

fn child_of(name: &str) -> uuid::Uuid {
    id(&format!("child {name}"))
}

/// Protects `rabat.mine`, led by worker1, kept by supervisor.rabat.
async fn protect_mine(db: &TestDb, username: &str) -> Result<u64, String> {
    let sql = format!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, keeper)
         values ('{}', '{}', 1, 'threat', 'x', '{}', '{}')",
        id("new protection"),
        id("case rabat.mine"),
        id(username),
        id("supervisor.rabat"),
    );
    tries(db, username, &sql).await
}

async fn break_glass(db: &TestDb, username: &str, file: &str) -> Vec<String> {
    let case = id(&format!("case {file}"));
    let number = format!("select number from app.case_file where id = '{case}'");
    let number = db.list(number).await.remove(0);
    let sql = format!("select app.break_glass(gen_random_uuid(), '{number}', 'danger_now', 'x')");
    tries(db, username, &sql).await.unwrap();
    let open =
        "select case_id::text from app.emergency_access where ended_at is null and user_id = ";
    db.list(format!("{open}'{}'", id(username))).await
}
