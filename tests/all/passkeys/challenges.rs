//! What a challenge is good for, and what the database itself verifies.

use super::{
    add, asked, enter, is_refused, password_of, sign_in, trail, unknown_browser, with_passkey,
};
use crate::support::{TestApp, TestDb, authenticator::Authenticator, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use serde_json::Value;
use sqlx::AssertSqlSafe;

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

fn options_with(challenge: &[u8]) -> Value {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    serde_json::json!({"publicKey": {"challenge": URL_SAFE_NO_PAD.encode(challenge)}})
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
    let [modulus, signature, other] = include_str!("../support/rsa_signature.txt")
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
