//! Passkeys: adding one, entering with it, confirming with it; and what neither the application nor the database
//! lets through.

mod challenges;
mod entering;
mod keeping;

use crate::support::{Answer, Client, TestApp, authenticator::Authenticator, id};
use axum::http::StatusCode;
use sanad::{i18n::Lang, passwords, passwords::Gate, router};
use serde_json::Value;

const PASSWORD: &str = "قنطرة وردة ومطر خفيف";

async fn password_of(app: &TestApp, username: &str) {
    let salt = passwords::new_salt();
    let verifier = passwords::verifier(&passwords::derive(PASSWORD, &salt).unwrap());
    app.db
        .run(&format!(
            "insert into sec.credential (user_id, salt, verifier) values ('{}', '{salt}', '\\x{}')",
            id(username),
            hex::encode(verifier)
        ))
        .await;
}

async fn sign_in(app: &TestApp, username: &str) -> (Client, Answer) {
    let client = app.anonymous();
    let fields = [("username", username), ("password", PASSWORD)];
    let answer = client.post("/login", &fields).await;
    (client.with_cookies(&answer), answer)
}

/// What a browser is asked for there; it keeps its new cookies.
async fn asked(client: &mut Client, path: &str) -> Value {
    let answer = client.post(path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    *client = client.clone().with_cookies(&answer);
    serde_json::from_str(&answer.body).unwrap()
}

/// Adds a passkey to the account of somebody signed in.
async fn add(client: &mut Client, device: &mut Authenticator, name: &str) -> Answer {
    let options = asked(client, "/account/passkeys/options").await;
    let made = device.create(&options);
    let fields = [("name", name), ("passkey", made.as_str())];
    let answer = client.post("/account/passkeys", &fields).await;
    *client = client.clone().with_cookies(&answer);
    answer
}

/// Somebody of the world with a passkey, and their device.
async fn with_passkey(app: &TestApp, username: &str) -> (Client, Authenticator) {
    let (mut client, mut device) = (app.client(username), Authenticator::new(7));
    let answer = add(&mut client, &mut device, "هاتف العمل").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    (client, device)
}

/// A passkey alone, in a browser that nobody is signed in with.
async fn enter(app: &TestApp, device: &mut Authenticator) -> (Client, Answer) {
    let mut client = unknown_browser(app);
    let options = asked(&mut client, "/login/passkey/options").await;
    let shown = device.get(&options);
    let answer = client.post("/login/passkey", &[("passkey", &shown)]).await;
    (client.with_cookies(&answer), answer)
}

/// A browser whose wrong tries nobody has counted yet.
fn unknown_browser(app: &TestApp) -> Client {
    let mut state = app.state.clone();
    state.gate = Gate::default();
    app.behind(router::app(state))
}

async fn trail(app: &TestApp) -> Vec<String> {
    app.db
        .list("select action from audit.event where action like any (array['passkey.%', 'session.%', 'factor.%']) order by id")
        .await
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says(Lang::Ar, "passkey-refused")
}
