//! What an answer's time tells of somebody who may not exist.

use crate::support::TestApp;
use axum::http::StatusCode;
use sanad::passwords;
use std::time::{Duration, Instant};

/// Of those who are known, and of those who are not.
const PAIRS: usize = 15;

/// Wrong passwords of known and unknown names, in turn: the machine is as loaded for one of a pair as for the
/// other, and half of the pairs may be disturbed without moving the median. The bound is wide: a derivation
/// that is left out is not a half of the time, but a tenth (median 10, seen).
#[tokio::test]
async fn a_name_is_not_told_by_the_time_it_takes() {
    let app = TestApp::new().await;
    let salt = passwords::new_salt();
    let derived = passwords::derive("the right one, which nobody tries", &salt).unwrap();
    let verifier = hex::encode(passwords::verifier(&derived));
    app.db
        .run(&format!(
            "insert into sec.credential (user_id, salt, verifier) select id, '{salt}', '\\x{verifier}' from sec.app_user"
        ))
        .await;
    let known = app
        .db
        .list("select username from sec.app_user order by 1")
        .await;
    assert!(known.len() >= PAIRS);
    let time = async |username: &str| -> Duration {
        let fields = [("username", username), ("password", "not the one")];
        let began = Instant::now();
        let answer = app.anonymous().post("/login", &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{username}"
        );
        began.elapsed()
    };
    time("warm.up").await;
    let mut ratios = Vec::new();
    for (n, known) in known.iter().take(PAIRS).enumerate() {
        let unknown = format!("nobody.{n}");
        // who goes first gains nothing
        let (with, without) = if n % 2 == 0 {
            let with = time(known).await;
            (with, time(&unknown).await)
        } else {
            let without = time(&unknown).await;
            (time(known).await, without)
        };
        ratios.push(with.as_secs_f64() / without.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[PAIRS / 2];
    assert!((0.5..2.0).contains(&median), "{ratios:.2?}");
}
