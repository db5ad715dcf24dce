//! Help asked of others, through the pages: what leaves, who answers, and what the file shows of it.

mod answers;
mod effects;
mod joint;

use crate::support::{Answer, Client, TestApp};
use axum::http::StatusCode;

/// The value of a hidden field of a page.
fn hidden(body: &str, name: &str) -> String {
    let (_, rest) = body
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}"));
    rest.split_once('"').unwrap().0.to_owned()
}

async fn page(client: &Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// Sends the form of steps of a page with some more answers.
async fn step(client: &Client, path: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = page(client, path).await;
    let (form, version) = (hidden(&shown.body, "id"), hidden(&shown.body, "version"));
    let mut all = vec![("id", form.as_str()), ("version", version.as_str())];
    all.extend(fields);
    client.post(&format!("{path}/{action}"), &all).await
}

async fn state(app: &TestApp, service: &str) -> String {
    app.db
        .ask(&format!("select state || case when closed_at is null then '' else ' closed' end from app.service where id = '{service}'"))
        .await
}

async fn owed(app: &TestApp, service: &str) -> Vec<String> {
    app.db
        .list(&format!("select rule from app.task where service_id = '{service}' and done_at is null order by 1"))
        .await
}
