//! A protected file over HTTP: marked, named, read in an emergency, reviewed, lifted; and what is for some
//! readers of a file only.

mod emergency;
mod lifting;
mod marking;
mod readers;
mod telling;

use crate::support::{Client, TestApp, id};
use axum::http::StatusCode;
use uuid::Uuid;

const WHY: &str = "تهديد من طرف مستغل يعرف مسكن الأسرة";
const NAME: &str = "CANARY-child-rabat.mine";

fn case() -> String {
    format!("/cases/{}", id("case rabat.mine"))
}

fn fresh() -> String {
    Uuid::now_v7().to_string()
}

async fn number(app: &TestApp, name: &str) -> String {
    let case = id(&format!("case {name}"));
    app.db
        .list(&format!(
            "select number from app.case_file where id = '{case}'"
        ))
        .await
        .remove(0)
}

/// A supervisor protects `rabat.mine`.
pub async fn mark(client: &Client) {
    let path = format!("{}/protection", case());
    let fields = [("id", &*fresh()), ("reason", "threat"), ("text", WHY)];
    assert_eq!(
        client.post(&path, &fields).await.status,
        StatusCode::SEE_OTHER
    );
}
