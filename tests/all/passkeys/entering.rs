//! Coming in with a passkey, alone or after the password.

use super::{add, asked, enter, is_refused, password_of, sign_in, trail, with_passkey};
use crate::support::{TestApp, app, authenticator::Authenticator};
use axum::http::StatusCode;
use sanad::{config::Config, i18n::Lang, passkeys::Passkeys, router};

#[tokio::test]
async fn a_passkey_is_added_under_a_name_and_enters_alone() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat").await;
    let mut client = app.client("worker1.rabat");
    let (other, _) = sign_in(&app, "worker1.rabat").await;
    assert_eq!(other.get("/account").await.status, StatusCode::OK);
    let mut device = Authenticator::new(7);
    let codes = add(&mut client, &mut device, "هاتف العمل").await;
    assert_eq!(
        codes.body.matches("class=\"ltr secret\"").count(),
        10,
        "with the first factor come backup codes"
    );
    assert_eq!(
        other.get("/account").await.status,
        StatusCode::SEE_OTHER,
        "every other session ended"
    );
    let page = client.get("/account/passkeys").await;
    assert!(page.body.contains("هاتف العمل") && page.says(Lang::Ar, "passkey-never"));
    assert!(client.get("/account").await.says(Lang::Ar, "passkey-keep"));

    let (inside, answer) = enter(&app, &mut device).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.location(), "/today");
    assert_eq!(inside.get("/cases").await.status, StatusCode::OK);
    let page = inside.get("/account/passkeys").await;
    assert!(!page.says(Lang::Ar, "passkey-never"), "it was used");
    assert_eq!(
        trail(&app).await,
        ["session.opened", "passkey.added", "session.opened"]
    );
    let how = app
        .db
        .list("select fields->>'by' from audit.event where fields ? 'by'")
        .await;
    assert_eq!(how, ["passkey"]);

    // a second one brings no new codes; the same device is not taken twice
    let mut second = Authenticator::new(8);
    let mut inside = inside;
    assert_eq!(
        add(&mut inside, &mut second, "الحاسوب").await.location(),
        "/account?done=passkey"
    );
    let again = add(&mut inside, &mut second, "الحاسوب").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.says(Lang::Ar, "passkey-not-added"));
}

#[tokio::test]
async fn a_passkey_is_the_second_factor_after_the_password() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat").await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    let (mut client, answer) = sign_in(&app, "worker1.rabat").await;
    assert_eq!(
        answer.location(),
        "/login/factor",
        "the password alone is not enough"
    );
    assert!(
        client
            .get("/login/factor")
            .await
            .body
            .contains("data-passkey=\"/login/factor/options\"")
    );
    let options = asked(&mut client, "/login/factor/options").await;
    let shown = device.get(&options);
    let answer = client.post("/login/factor", &[("passkey", &shown)]).await;
    assert_eq!(answer.location(), "/", "{}", answer.body);
    let inside = client.clone().with_cookies(&answer);
    assert_eq!(inside.get("/cases").await.status, StatusCode::OK);
    // the same answer, in a new session
    let (second, _) = sign_in(&app, "worker1.rabat").await;
    let again = second.post("/login/factor", &[("passkey", &shown)]).await;
    assert!(is_refused(&again), "{}", again.body);
}

#[tokio::test]
async fn the_passkey_of_a_closed_account_opens_nothing() {
    let app = TestApp::new().await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    app.db
        .run("update sec.app_user set active = false where username = 'worker1.rabat'")
        .await;
    assert!(is_refused(&enter(&app, &mut device).await.1));
    // and without a post there is no session
    app.db
        .run(
            "update sec.app_user set active = true where username = 'worker1.rabat';
             update sec.role_assignment set valid = daterange(current_date - 9, current_date)
             where user_id = (select id from sec.app_user where username = 'worker1.rabat')",
        )
        .await;
    let (_, answer) = enter(&app, &mut device).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.says(Lang::Ar, "login-no-assignment"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn a_role_that_needs_a_factor_may_enrol_a_passkey() {
    let app = TestApp::new().await;
    password_of(&app, "supervisor.rabat").await;
    let (mut client, answer) = sign_in(&app, "supervisor.rabat").await;
    assert_eq!(answer.location(), "/login/enrol");
    let mut device = Authenticator::new(7);
    let options = asked(&mut client, "/login/enrol/options").await;
    let made = device.create(&options);
    let nameless = client
        .post("/login/enrol", &[("name", ""), ("passkey", &made)])
        .await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = client
        .post("/login/enrol", &[("name", "هاتف"), ("passkey", &made)])
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let client = client.with_cookies(&done);
    assert_eq!(client.get("/contacts").await.status, StatusCode::OK);
    assert_eq!(
        sign_in(&app, "supervisor.rabat").await.1.location(),
        "/login/factor"
    );
    let (_, alone) = enter(&app, &mut device).await;
    assert_eq!(alone.location(), "/today", "both factors in one");
}

#[tokio::test]
async fn an_address_that_is_a_number_has_none_and_says_so() {
    let app = TestApp::new().await;
    let mut state = app.state.clone();
    let config = Config {
        public_url: "https://10.0.0.5".to_owned(),
        ..app::config()
    };
    state.passkeys = Passkeys::of(&config);
    let mut client = app.client("worker1.rabat");
    client.turn_to(router::app(state));
    let page = client.get("/account").await;
    assert!(page.says(Lang::Ar, "passkey-nameless"));
    assert!(
        client
            .get("/account/passkeys")
            .await
            .says(Lang::Ar, "passkey-nameless")
    );
    let stranger = client.post("/login/passkey/options", &[]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(!client.get("/login").await.body.contains("data-passkey"));
}
