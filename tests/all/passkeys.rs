//! Passkeys: adding one, entering with it, confirming with it; and what neither the application nor the database
//! lets through.

use crate::support::{
    Answer, Client, TestApp, TestDb, app, authenticator::Authenticator, id, world::session_of,
};
use axum::http::StatusCode;
use sanad::{
    config::Config,
    i18n::Lang,
    passkeys::Passkeys,
    passwords::{self, Gate},
    router,
};
use serde_json::Value;
use sqlx::AssertSqlSafe;

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

async fn sessions(db: &TestDb, username: &str) -> i64 {
    let sql = format!(
        "select count(*) from sec.session where user_id = '{}'",
        id(username)
    );
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(&mut db.connect("postgres").await)
        .await
        .unwrap()
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says(Lang::Ar, "passkey-refused")
}

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
    assert_eq!(answer.location(), "/cases");
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
async fn a_challenge_works_once_for_five_minutes_and_for_its_own_browser() {
    let app = TestApp::new().await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    let before = sessions(&app.db, "worker1.rabat").await;

    // used already
    let mut client = app.anonymous();
    let options = asked(&mut client, "/login/passkey/options").await;
    let shown = device.get(&options);
    let path = "/login/passkey";
    let first = client.post(path, &[("passkey", &shown)]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    assert!(is_refused(&client.post(path, &[("passkey", &shown)]).await));
    // signed anew, for the same challenge
    let shown = device.get(&options);
    assert!(is_refused(&client.post(path, &[("passkey", &shown)]).await));

    // late
    let mut client = unknown_browser(&app);
    let options = asked(&mut client, "/login/passkey/options").await;
    app.db
        .run("update sec.passkey_challenge set expires_at = now() - interval '1 second'")
        .await;
    let shown = device.get(&options);
    assert!(is_refused(&client.post(path, &[("passkey", &shown)]).await));

    // another browser's
    let mut client = unknown_browser(&app);
    let other = unknown_browser(&app);
    let options = asked(&mut client, "/login/passkey/options").await;
    let shown = device.get(&options);
    assert!(is_refused(&other.post(path, &[("passkey", &shown)]).await));
    let own = client.post(path, &[("passkey", &shown)]).await;
    assert_eq!(
        own.status,
        StatusCode::SEE_OTHER,
        "left to its own browser: {}",
        own.body
    );
    assert_eq!(sessions(&app.db, "worker1.rabat").await, before + 2);
}

#[tokio::test]
async fn a_challenge_of_another_session_or_for_another_purpose_is_refused() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat").await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    let (mut first, _) = sign_in(&app, "worker1.rabat").await;
    let (second, _) = sign_in(&app, "worker1.rabat").await;
    let options = asked(&mut first, "/login/factor/options").await;
    let shown = device.get(&options);
    let foreign = second.post("/login/factor", &[("passkey", &shown)]).await;
    assert!(is_refused(&foreign), "{}", foreign.body);
    // drawn for whoever enters, shown as a second factor
    let mut nobody = app.anonymous();
    let options = asked(&mut nobody, "/login/passkey/options").await;
    let shown = device.get(&options);
    let crossed = first.post("/login/factor", &[("passkey", &shown)]).await;
    assert!(is_refused(&crossed), "{}", crossed.body);
    assert_eq!(
        first.get("/cases").await.status,
        StatusCode::SEE_OTHER,
        "still outside"
    );
    // somebody else's passkey, for a session that waits
    password_of(&app, "worker2.rabat").await;
    let mut owner = app.client("worker2.rabat");
    let mut other = Authenticator::new(9);
    add(&mut owner, &mut other, "x").await;
    let (mut third, _) = sign_in(&app, "worker1.rabat").await;
    let options = asked(&mut third, "/login/factor/options").await;
    let shown = other.get(&options);
    let answer = third.post("/login/factor", &[("passkey", &shown)]).await;
    assert!(is_refused(&answer), "{}", answer.body);
}

#[tokio::test]
async fn a_device_that_counts_backwards_is_refused_and_told() {
    let app = TestApp::new().await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    device.counter = 40;
    assert_eq!(
        enter(&app, &mut device).await.1.status,
        StatusCode::SEE_OTHER
    );
    let mut copy = device.clone();
    copy.counter = 11;
    assert!(is_refused(&enter(&app, &mut copy).await.1));
    copy.counter = device.counter - 1;
    assert!(
        is_refused(&enter(&app, &mut copy).await.1),
        "the same number again"
    );
    let told = trail(&app).await;
    assert_eq!(
        told.iter().filter(|act| *act == "passkey.copied").count(),
        2
    );
    assert_eq!(
        enter(&app, &mut device).await.1.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_passkey_that_nobody_unlocked_or_of_another_site_is_refused() {
    let app = TestApp::new().await;
    let (_, device) = with_passkey(&app, "worker1.rabat").await;
    let mut locked = device.clone();
    locked.verifies = false;
    let mut phished = device.clone();
    phished.origin = "http://localhost.example:8080";
    let mut elsewhere = device.clone();
    elsewhere.site = "localhost.example";
    let mut forged = Authenticator::new(9);
    forged.id = device.id;
    let mut unknown = Authenticator::new(10);
    let mut claims = device.clone();
    claims.user = Some("AAAAAAAAAAAAAAAAAAAAAA".to_owned());
    for (what, device) in [
        ("locked", &mut locked),
        ("phished", &mut phished),
        ("elsewhere", &mut elsewhere),
        ("forged", &mut forged),
        ("unknown", &mut unknown),
        ("claims", &mut claims),
    ] {
        let (_, answer) = enter(&app, device).await;
        assert!(
            is_refused(&answer),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
    }
    assert!(!trail(&app).await.contains(&"session.opened".to_owned()));
    // one that is made without being unlocked is not taken either
    let mut client = app.client("worker2.rabat");
    let mut locked = Authenticator::new(11);
    locked.verifies = false;
    let answer = add(&mut client, &mut locked, "x").await;
    assert!(
        answer.says(Lang::Ar, "passkey-not-added"),
        "{}",
        answer.body
    );
}

/// The application's role can open a session for nobody, whatever it says: the database looks for itself.
#[tokio::test]
async fn the_database_believes_no_application_about_a_passkey() {
    let app = TestApp::new().await;
    let (_, device) = with_passkey(&app, "worker1.rabat").await;
    let before = sessions(&app.db, "worker1.rabat").await;
    let attempt = async |change: &dyn Fn(&mut Authenticator, &mut [Vec<u8>; 3])| {
        let mut connection = app.db.connect("sanad_app").await;
        let challenge: Vec<u8> = sqlx::query_scalar("select sec.begin_passkey('enter', 'mark')")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let mut device = device.clone();
        device.counter += 1;
        let mut parts: [Vec<u8>; 3] = Default::default();
        change(&mut device, &mut parts);
        if parts[0].is_empty() {
            parts = device.parts(&options_with(&challenge));
        }
        let verdict: String = sqlx::query_scalar(
            "select verdict from sec.enter_by_passkey('mark', $1, $2, $3, $4, sha256(random()::text::bytea),
                                                      '1 hour', '1 hour', '')",
        )
        .bind(device.id.as_slice())
        .bind(&parts[0])
        .bind(&parts[1])
        .bind(&parts[2])
        .fetch_one(&mut connection)
        .await
        .unwrap();
        verdict
    };
    // no signature, of another key, a bit turned, not unlocked, of another site, a challenge of one's own
    let forged = |device: &mut Authenticator, _: &mut [Vec<u8>; 3]| {
        let id = device.id;
        *device = Authenticator::new(9);
        device.id = id;
    };
    assert_eq!(attempt(&forged).await, "refused");
    assert_eq!(
        attempt(&|device, _| device.verifies = false).await,
        "refused"
    );
    assert_eq!(
        attempt(&|device, _| device.site = "sanad.example").await,
        "refused"
    );
    assert_eq!(
        attempt(&|device, parts| *parts = device.parts(&options_with(&[3; 32]))).await,
        "refused"
    );
    assert_eq!(attempt(&|device, _| device.id[0] ^= 1).await, "refused");
    assert_eq!(sessions(&app.db, "worker1.rabat").await, before);
    assert_eq!(
        attempt(&|_, _| ()).await,
        "passed",
        "and it is not refused for another reason"
    );
    assert_eq!(sessions(&app.db, "worker1.rabat").await, before + 1);
}

fn options_with(challenge: &[u8]) -> Value {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    serde_json::json!({"publicKey": {"challenge": URL_SAFE_NO_PAD.encode(challenge)}})
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
    assert_eq!(alone.location(), "/contacts", "both factors in one");
}

#[tokio::test]
async fn a_passkey_confirms_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    password_of(&app, "admin").await;
    let (mut admin, mut device) = with_passkey(&app, "admin").await;
    let age = format!(
        "update sec.session set stepped_up_at = now() - interval '6 minutes' where user_id = '{}'",
        id("admin")
    );
    app.db.run(&age).await;
    let fields = [("username", "new.one"), ("name_la", "New Name")];
    let page = admin
        .post("/account/confirm?next=/admin/users", &fields)
        .await;
    assert!(
        page.body
            .contains("data-passkey=\"/account/confirm/options\"")
    );
    let form = &crate::support::html::forms(&page.body, "/account/confirm")[0];
    let options = asked(&mut admin, "/account/confirm/options").await;
    let shown = device.get(&options);
    let mut pairs = form.pairs();
    pairs.retain(|(name, _)| !matches!(*name, "confirm_code" | "confirm_passkey"));
    pairs.push(("confirm_passkey", &shown));
    let right = admin.post("/account/confirm", &pairs).await;
    assert_eq!(
        right.status,
        StatusCode::TEMPORARY_REDIRECT,
        "{}",
        right.body
    );
    assert_eq!(right.location(), "/admin/users");
    assert_eq!(trail(&app).await, ["passkey.added", "passkey.passed"]);
    // once a passkey is there, the password confirms nothing any more
    app.db.run(&age).await;
    let admin = admin.with_cookies(&right);
    let typed = [("confirm_sent", "1"), ("confirm_password", PASSWORD)];
    let answer = admin.post("/account/confirm", &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.body.contains("name=\"confirm_password\""));
}

#[tokio::test]
async fn adding_and_removing_ask_for_a_fresh_confirmation_in_the_page_and_in_the_database() {
    let app = TestApp::new().await;
    let (mut client, _) = with_passkey(&app, "worker1.rabat").await;
    app.db
        .run("update sec.session set stepped_up_at = now() - interval '6 minutes'")
        .await;
    let own: String = app
        .db
        .list("select id::text from sec.passkey")
        .await
        .remove(0);
    for path in [
        "/account/passkeys/options".to_owned(),
        "/account/passkeys".to_owned(),
        format!("/account/passkeys/{own}/remove"),
    ] {
        let answer = client.post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{path}");
        assert!(answer.location().starts_with("/account/confirm"));
    }
    let mut connection = app.db.connect("sanad_app").await;
    for sql in [
        "select sec.begin_passkey('add', null)".to_owned(),
        format!("select sec.remove_passkey('{own}', sha256('x'))"),
    ] {
        let refused = sqlx::raw_sql(AssertSqlSafe(format!(
            "begin; select set_config('app.session', '{}', true); {sql}; commit",
            session_of("worker2.rabat")
        )))
        .execute(&mut connection)
        .await
        .unwrap_err();
        assert!(
            refused.to_string().contains("not for this session"),
            "{sql}: {refused}"
        );
        connection = app.db.connect("sanad_app").await;
    }
    asked(&mut client, "/account/confirm/options").await;
}

#[tokio::test]
async fn a_removed_passkey_opens_nothing_and_nobody_removes_anothers() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat").await;
    let (client, mut device) = with_passkey(&app, "worker1.rabat").await;
    let own: String = app
        .db
        .list("select id::text from sec.passkey")
        .await
        .remove(0);
    let path = format!("/account/passkeys/{own}/remove");
    let foreign = app.client("worker2.rabat").post(&path, &[]).await;
    assert_eq!(foreign.location(), "/account/passkeys");
    assert_eq!(
        enter(&app, &mut device).await.1.status,
        StatusCode::SEE_OTHER
    );
    let removed = client.post(&path, &[]).await;
    assert_eq!(removed.location(), "/account?done=passkey-removed");
    assert!(is_refused(&enter(&app, &mut device).await.1));
    let codes: i64 = app.db.ask("select count(*) from sec.backup_code").await;
    assert_eq!(codes, 0, "the codes go with the last factor");
    assert_eq!(sign_in(&app, "worker1.rabat").await.1.location(), "/cases");
}

#[tokio::test]
async fn a_lost_factor_takes_the_passkeys_with_it() {
    let app = TestApp::new().await;
    let (_, mut device) = with_passkey(&app, "worker1.rabat").await;
    let user = id("worker1.rabat");
    let asked = app
        .client("admin")
        .post(&format!("/admin/users/{user}/factor"), &[])
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let lift = app
        .db
        .list("select id::text from sec.factor_lift")
        .await
        .remove(0);
    let path = format!("/admin/users/{user}/factor/confirm");
    let lifted = app.client("dpo").post(&path, &[("lift", &lift)]).await;
    assert_eq!(lifted.status, StatusCode::SEE_OTHER, "{}", lifted.body);
    assert!(is_refused(&enter(&app, &mut device).await.1));
    let left: i64 = app.db.ask("select count(*) from sec.passkey").await;
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_is_no_answer_is_refused_in_words_and_not_shown_back() {
    let app = TestApp::new().await;
    let (client, _) = with_passkey(&app, "worker1.rabat").await;
    let stranger = app.anonymous();
    for garbage in ["{}", "garbage-of-mine", "[1,2]", "{\"id\":1}", "null"] {
        for (who, path, fields) in [
            (&stranger, "/login/passkey", vec![("passkey", garbage)]),
            (
                &client,
                "/account/passkeys",
                vec![("name", "x"), ("passkey", garbage)],
            ),
            (
                &client,
                "/account/confirm",
                vec![("confirm_sent", "1"), ("confirm_passkey", garbage)],
            ),
        ] {
            let answer = who.post(path, &fields).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{path} {garbage}"
            );
            assert!(
                answer.says(Lang::Ar, "passkey-unreadable"),
                "{path} {garbage}"
            );
            assert!(!answer.body.contains("garbage-of-mine"));
        }
    }
    let long = "x".repeat(61);
    let fields = [("name", long.as_str()), ("passkey", "{}")];
    let answer = client.post("/account/passkeys", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"name-error\""));
}

#[tokio::test]
async fn who_tries_again_and_again_waits() {
    let app = TestApp::new().await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let mut client = app.anonymous();
        let options = asked(&mut client, "/login/passkey/options").await;
        let shown = Authenticator::new(12).get(&options);
        let answer = client.post("/login/passkey", &[("passkey", &shown)]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
    // as a second factor they count with the codes
    password_of(&app, "worker1.rabat").await;
    with_passkey(&app, "worker1.rabat").await;
    let (mut client, _) = sign_in(&app, "worker1.rabat").await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let options = asked(&mut client, "/login/factor/options").await;
        let shown = Authenticator::new(12).get(&options);
        let answer = client.post("/login/factor", &[("passkey", &shown)]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
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

/// Signatures that others made: those of the tests' own library, and one of RSA by OpenSSL.
#[tokio::test]
async fn the_database_verifies_signatures_as_everybody_does() {
    let db = TestDb::new().await;
    let mut connection = db.connect("postgres").await;
    for seed in 1..=12u8 {
        let device = Authenticator::new(seed);
        let message = vec![seed; usize::from(seed) * 9];
        let signature = device.sign(&message);
        let mut turned = signature.clone();
        *turned.last_mut().unwrap() ^= 1;
        let mut off = device.point();
        off[63] ^= 1;
        let truth: Vec<bool> = sqlx::query_scalar(
            "select unnest(array[sec.verifies_p256($1, $2, $3), sec.verifies_p256($1, $4, $3),
                                 sec.verifies_p256($1 || '\\x00'::bytea, $2, $3), sec.verifies_p256($1, $2, $5),
                                 sec.is_on_p256($3), sec.is_on_p256($5),
                                 sec.verifies_p256($1, substr($2, 1, 40), $3), sec.verifies_p256($1, '', $3)])",
        )
        .bind(&message)
        .bind(&signature)
        .bind(device.point())
        .bind(&turned)
        .bind(&off)
        .fetch_all(&mut connection)
        .await
        .unwrap();
        assert_eq!(
            truth,
            [true, false, false, false, true, false, false, false],
            "{seed}"
        );
    }
    let [modulus, signature, other] = include_str!("support/rsa_signature.txt")
        .split_whitespace()
        .collect::<Vec<_>>()[..]
    else {
        panic!("three numbers");
    };
    let truth: Vec<bool> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select unnest(array[sec.verifies_rsa('sanad', '\\x{signature}', '\\x{modulus}'),
                             sec.verifies_rsa('sanab', '\\x{signature}', '\\x{modulus}'),
                             sec.verifies_rsa('sanad', '\\x{other}', '\\x{modulus}')])"
    )))
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(truth, [true, false, false], "the third is over SHA-512");
}
