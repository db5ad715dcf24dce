//! The second factor: asked for, enrolled, lost.

use super::{PASSWORD, SECRET, after, audited, code, enter, factor_of, password_of, sealed};
use crate::support::{TestApp, app, id};
use axum::http::StatusCode;
use sanad::router;

#[tokio::test]
async fn the_second_factor_is_asked_for_and_each_code_works_once() {
    let app = TestApp::new().await;
    password_of(&app, "prosecutor.rabat", PASSWORD).await;
    factor_of(&app, "prosecutor.rabat").await;
    let (client, answer) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    assert_eq!(answer.location(), "/login/factor");
    // with the password alone the session may do nothing else
    for path in [
        "/prosecution",
        "/account",
        "/login/assignment",
        "/login/enrol",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/login"), "{path}");
    }
    let wrong = client.post("/login/factor", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let now = code(&app, 0);
    let answer = client.post("/login/factor", &[("code", &now)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let inside = after(&client, &answer);
    assert_eq!(inside.get("/prosecution").await.status, StatusCode::OK);
    assert_eq!(
        client.get("/prosecution").await.status,
        StatusCode::SEE_OTHER,
        "the token changed"
    );
    // the same code again, and the one of the step before
    let (second, _) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    for steps in [0, -1] {
        let used = code(&app, steps);
        let answer = second.post("/login/factor", &[("code", &used)]).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "step {steps}"
        );
    }
    let next = code(&app, 1);
    let answer = second.post("/login/factor", &[("code", &next)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(audited(&app, "factor.passed").await, 2);
    assert_eq!(audited(&app, "factor.refused").await, 3);
}

#[tokio::test]
async fn a_backup_code_works_once() {
    let app = TestApp::new().await;
    password_of(&app, "prosecutor.rabat", PASSWORD).await;
    factor_of(&app, "prosecutor.rabat").await;
    let typed = [("code", "abcd efgh-jklm npqr")];
    let (first, _) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    assert_eq!(
        first.post("/login/factor", &typed).await.status,
        StatusCode::SEE_OTHER
    );
    let (second, _) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    let again = second.post("/login/factor", &typed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !again.body.to_lowercase().contains("abcd"),
        "a code is not shown back"
    );
}

#[tokio::test]
async fn five_wrong_codes_ask_for_the_password_again_and_make_the_account_wait() {
    let app = TestApp::new().await;
    password_of(&app, "prosecutor.rabat", PASSWORD).await;
    factor_of(&app, "prosecutor.rabat").await;
    let (client, _) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let answer = client.post("/login/factor", &[("code", "000000")]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(
        statuses,
        [422, 422, 422, 429],
        "as kanidm's schedule has it"
    );
    // the wait belongs to the account: another browser finds it, too
    let (other, _) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    let answer = other.post("/login/factor", &[("code", "000000")]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!answer.header("retry-after").is_empty());
    // the database counts by itself
    for _ in 0..2 {
        app.db
            .run(&format!(
                "select set_config('app.session', (select encode(token_sha256, 'hex') from sec.session
                     where user_id = '{}' and needs = 'factor' and tries >= 3), false);
                 select sec.refuse_factor() where current_setting('app.session') <> ''",
                id("prosecutor.rabat")
            ))
            .await;
    }
    let left = app.db.ask::<i64>(format!(
        "select count(*) from sec.session where user_id = '{}' and tries >= 3",
        id("prosecutor.rabat")
    ));
    assert_eq!(left.await, 0);
}

#[tokio::test]
async fn a_role_that_needs_a_factor_enrols_it_before_anything_else() {
    let app = TestApp::new().await;
    password_of(&app, "supervisor.rabat", PASSWORD).await;
    let (client, answer) = enter(&app, "supervisor.rabat", PASSWORD).await;
    assert_eq!(answer.location(), "/login/enrol");
    assert_eq!(client.get("/contacts").await.status, StatusCode::SEE_OTHER);
    let begun = client.post("/login/enrol", &[("begin", "1")]).await;
    assert_eq!(begun.location(), "/login/enrol");
    let page = client.get("/login/enrol").await;
    assert!(page.body.contains("<svg class=\"qr\"") && page.body.contains("otpauth://totp/"));
    let wrong = client.post("/login/enrol", &[("code", "12 34 56")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sealed = sealed(&app, "supervisor.rabat").await;
    app.db
        .run(&format!("update sec.totp set secret_enc = '\\x{sealed}'"))
        .await;
    let right = code(&app, 0);
    let done = client.post("/login/enrol", &[("code", &right)]).await;
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(
        done.body.matches("class=\"ltr secret\"").count(),
        10,
        "ten backup codes, this once"
    );
    let inside = after(&client, &done);
    assert_eq!(inside.get("/contacts").await.status, StatusCode::OK);
    assert_eq!(
        app.client("supervisor.rabat").get("/contacts").await.status,
        StatusCode::SEE_OTHER,
        "every other session ended"
    );
    let kept = app
        .db
        .ask::<i64>("select count(*) from sec.backup_code where used_at is null".to_owned());
    assert_eq!(kept.await, 10);
}

/// A post that comes while somebody works: to take one asks what sign-in asks.
#[tokio::test]
async fn a_post_that_came_later_is_not_taken_without_a_factor() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    let (worker, answer) = enter(&app, "worker1.rabat", PASSWORD).await;
    assert_eq!(answer.location(), "/today", "a worker needs none");
    let today = app.state.clock.today().format("%d/%m/%Y").to_string();
    let post = id("a post that came later").to_string();
    let given = app
        .client("admin")
        .post(
            &format!("/admin/users/{}/posts", id("worker1.rabat")),
            &[
                ("id", &*post),
                ("role", "supervisor"),
                ("territory", "2"),
                ("since", &today),
                ("designation", "رسالة 14/2026"),
            ],
        )
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let choice = [("assignment", &*post)];
    let taken = worker.post("/login/assignment", &choice).await;
    assert_eq!(taken.location(), "/login?next=%2F");
    let page = worker.get("/today").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "the session ended");
    let (mut again, answer) = enter(&app, "worker1.rabat", PASSWORD).await;
    assert_eq!(answer.location(), "/login/enrol");
    // with one it is taken
    again.post("/login/enrol", &[("begin", "1")]).await;
    let sealed = sealed(&app, "worker1.rabat").await;
    app.db
        .run(&format!("update sec.totp set secret_enc = '\\x{sealed}'"))
        .await;
    let right = code(&app, 0);
    let done = again.post("/login/enrol", &[("code", &right)]).await;
    again = after(&again, &done);
    let taken = again.post("/login/assignment", &choice).await;
    assert_eq!(taken.location(), "/today");
    assert_eq!(
        after(&again, &taken).get("/today").await.status,
        StatusCode::OK
    );
}

/// Who gives up the factor that their post needs enrols another before anything else; others just go on.
#[tokio::test]
async fn a_factor_that_a_post_needs_is_replaced_at_once() {
    let app = TestApp::new().await;
    for (username, to) in [
        ("supervisor.rabat", "/"),
        ("worker1.rabat", "/account?done=factor"),
    ] {
        factor_of(&app, username).await;
        let client = app.client(username);
        let removed = client.post("/account/second-factor/remove", &[]).await;
        assert_eq!(removed.location(), to, "{username}");
        let client = after(&client, &removed);
        let page = client.get("/today").await;
        if to == "/" {
            assert_eq!(page.location(), "/login?next=%2Ftoday");
            assert_eq!(client.get("/").await.location(), "/login/enrol");
        } else {
            assert_eq!(page.status, StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn a_demonstration_does_not_insist() {
    let mut config = app::config();
    config.require_second_factor = false;
    let world = TestApp::new().await;
    password_of(&world, "supervisor.rabat", PASSWORD).await;
    let mut state = world.state.clone();
    state.config = std::sync::Arc::new(config);
    let client = world.behind(router::app(state));
    let fields = [("username", "supervisor.rabat"), ("password", PASSWORD)];
    assert_eq!(client.post("/login", &fields).await.location(), "/today");
    assert!(client.get("/login").await.body.contains("prosecutor.sale"));
}

/// A lost factor: one asks, another confirms, neither is its owner.
#[tokio::test]
async fn a_lost_factor_is_taken_away_by_two_people() {
    let app = TestApp::new().await;
    factor_of(&app, "prosecutor.rabat").await;
    let path = format!("/admin/users/{}", id("prosecutor.rabat"));
    let (admin, dpo) = (app.client("admin"), app.client("dpo"));
    assert_eq!(
        dpo.post(&format!("{path}/factor"), &[]).await.status,
        StatusCode::FORBIDDEN
    );
    admin.post(&format!("{path}/factor"), &[]).await;
    let lift = app
        .db
        .list("select id::text from sec.factor_lift")
        .await
        .remove(0);
    let confirm = format!("{path}/factor/confirm");
    let fields = [("lift", lift.as_str())];
    assert_eq!(
        admin.post(&confirm, &fields).await.status,
        StatusCode::CONFLICT
    );
    assert!(
        dpo.get("/admin/review").await.body.contains(&path),
        "the second person is told"
    );
    assert_eq!(
        dpo.post(&confirm, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        dpo.post(&confirm, &fields).await.status,
        StatusCode::CONFLICT,
        "once"
    );
    let left: i64 = app
        .db
        .ask("select (select count(*) from sec.totp) + (select count(*) from sec.backup_code)")
        .await;
    assert_eq!(left, 0);
    let trail = app.db.list("select action || ' ' || coalesce((select username from sec.app_user where id = actor), '-') from audit.event where action like 'factor.lift%' order by id").await;
    assert_eq!(trail, ["factor.lift_asked admin", "factor.lifted dpo"]);
}

/// A stolen dump without the master key, or a row moved to somebody else's acgives no codes.
#[tokio::test]
async fn the_secret_of_a_factor_is_sealed_and_its_own_users_only() {
    let app = TestApp::new().await;
    password_of(&app, "prosecutor.rabat", PASSWORD).await;
    factor_of(&app, "prosecutor.rabat").await;
    let plain = app.db.ask::<i64>(format!(
        "select count(*) from sec.totp where position('\\x{}'::bytea in secret_enc) > 0",
        hex::encode(SECRET)
    ));
    assert_eq!(plain.await, 0);
    let foreign = sealed(&app, "prosecutor.sale").await;
    app.db
        .run(&format!("update sec.totp set secret_enc = '\\x{foreign}'"))
        .await;
    let (client, _) = enter(&app, "prosecutor.rabat", PASSWORD).await;
    let answer = client
        .post("/login/factor", &[("code", &code(&app, 0))])
        .await;
    assert_eq!(
        answer.status,
        StatusCode::INTERNAL_SERVER_ERROR,
        "closed, not open"
    );
    let backup = client
        .post("/login/factor", &[("code", "ABCD-EFGH-JKLM-NPQR")])
        .await;
    assert_eq!(
        backup.status,
        StatusCode::SEE_OTHER,
        "a backup code needs no secret"
    );
}
