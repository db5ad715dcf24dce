//! Entering: passwords, second factors, confirmations, codes handed over in person; and who may give access.

mod confirm;
mod password;
mod posts;
mod recover;
mod second_factor;
mod sessions;

use crate::support::{Answer, Client, TestApp, id};
use chrono::TimeDelta;
use sanad::{factor, ids::UserId, passwords};

const PASSWORD: &str = "قنطرة وردة ومطر خفيف";
const SECRET: &[u8; 20] = b"12345678901234567890";

/// Gives someone of the world a password.
async fn password_of(app: &TestApp, username: &str, password: &str) {
    let salt = passwords::new_salt();
    let verifier = passwords::verifier(&passwords::derive(password, &salt).unwrap());
    app.db
        .run(&format!(
            "insert into sec.credential (user_id, salt, verifier) values ('{}', '{salt}', '\\x{}')",
            id(username),
            hex::encode(verifier)
        ))
        .await;
}

/// Seals the key of the tests for someone of the world, as the application does.
async fn sealed(app: &TestApp, username: &str) -> String {
    let mut tx = app.state.db.begin_anonymous().await.unwrap();
    let ring = tx.ring().await.unwrap();
    hex::encode(factor::seal(&ring, UserId(id(username)), SECRET).unwrap())
}

/// Gives someone of the world a second factor.
async fn factor_of(app: &TestApp, username: &str) {
    let sealed = sealed(app, username).await;
    app.db
        .run(&format!(
            "insert into sec.totp (user_id, secret_enc, confirmed_at) values ('{0}', '\\x{sealed}', now());
             insert into sec.backup_code (user_id, code_sha256) values ('{0}', sha256('ABCDEFGHJKLMNPQR'))",
            id(username)
        ))
        .await;
}

/// The code that an authenticator shows so many steps from now.
fn code(app: &TestApp, steps: i64) -> String {
    let at = app.state.clock.now() + TimeDelta::seconds(30 * steps);
    let authenticator = totp_rs::Builder::new()
        .with_secret(SECRET.as_slice())
        .with_account_name("anyone")
        .build()
        .unwrap();
    let at = u64::try_from(at.timestamp()).unwrap();
    authenticator.generate(at).to_string()
}

/// The same browser after an answer: with its new cookies.
fn after(client: &Client, answer: &Answer) -> Client {
    client.clone().with_cookies(answer)
}

async fn enter(app: &TestApp, username: &str, password: &str) -> (Client, Answer) {
    let client = app.anonymous();
    let fields = [("username", username), ("password", password)];
    let answer = client.post("/login", &fields).await;
    (after(&client, &answer), answer)
}

async fn age(app: &TestApp, username: &str) {
    app.db
        .run(&format!(
            "update sec.session set stepped_up_at = now() - interval '6 minutes' where user_id = '{}'",
            id(username)
        ))
        .await;
}

async fn audited(app: &TestApp, action: &str) -> i64 {
    app.db
        .ask::<i64>(format!(
            "select count(*) from audit.event where action = '{action}'"
        ))
        .await
}
