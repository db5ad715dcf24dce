//! Entering: passwords, second factors, confirmations, codes handed over in person; and who may give access.

use crate::support::{Answer, Client, TestApp, app, id, statements, world::session_of};
use axum::http::StatusCode;
use chrono::TimeDelta;
use sanad::{clock::Clock, factor, i18n::Lang, ids::UserId, passwords, router};
use sqlx::AssertSqlSafe;

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

async fn count(app: &TestApp, sql: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(&mut app.db.connect("postgres").await)
        .await
        .unwrap()
}

async fn audited(app: &TestApp, action: &str) -> i64 {
    count(
        app,
        format!("select count(*) from audit.event where action = '{action}'"),
    )
    .await
}

#[tokio::test]
async fn a_password_opens_a_session_and_a_wrong_one_does_not() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    let (_, answer) = enter(&app, "worker1.rabat", "قنطرة وردة ومطر غزير").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(Lang::Ar, "login-refused"));
    assert!(
        !answer.body.contains("غزير"),
        "a password is not shown back"
    );
    // the same words from a keyboard of the other kind
    let other = PASSWORD.replace('ق', "\u{fed5}");
    let (client, answer) = enter(&app, "worker1.rabat", &other).await;
    assert_eq!(answer.location(), "/cases");
    assert_eq!(client.get("/cases").await.status, StatusCode::OK);
    assert_eq!(audited(&app, "session.opened").await, 1);
    assert_eq!(audited(&app, "session.refused").await, 1);
}

/// Known and unknown names cost the same: one derivation and the same statements, counted over many tries.
#[tokio::test]
async fn a_name_is_not_told_by_the_work_it_costs() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    statements::count();
    let mut seen = Vec::new();
    for (at, username) in [
        "worker1.rabat",
        "nobody.at.all",
        "worker2.rabat",
        "somebody.else",
    ]
    .iter()
    .cycle()
    .take(12)
    .enumerate()
    {
        let client = app.anonymous();
        let username = if at < 4 { "warm.up" } else { username };
        let before = app.state.gate.work();
        statements::take();
        let fields = [("username", username), ("password", "not the one")];
        let answer = client.post("/login", &fields).await;
        let asked = statements::take();
        if at >= 4 && answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            let body = answer
                .body
                .replace(username, "")
                .replace(answer.header("x-request-id"), "");
            seen.push((app.state.gate.work() - before, asked, body.len()));
        }
    }
    assert!(seen.len() >= 8);
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    assert_eq!(seen[0].0, 1, "one derivation");
}

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
    let left = count(
        &app,
        format!(
            "select count(*) from sec.session where user_id = '{}' and tries >= 3",
            id("prosecutor.rabat")
        ),
    );
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
    let kept = count(
        &app,
        "select count(*) from sec.backup_code where used_at is null".to_owned(),
    );
    assert_eq!(kept.await, 10);
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
    assert_eq!(client.post("/login", &fields).await.location(), "/contacts");
    assert!(client.get("/login").await.body.contains("prosecutor.sale"));
}

/// What needs a fresh confirmation asks for it, keeps what was typed, and goes on.
#[tokio::test]
async fn a_stale_session_confirms_itself_and_loses_nothing() {
    let app = TestApp::new().await;
    password_of(&app, "admin", PASSWORD).await;
    let admin = app.client("admin");
    age(&app, "admin").await;
    let page = admin.get("/admin/users/new?from=list").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(
        page.location(),
        "/account/confirm?next=%2Fadmin%2Fusers%2Fnew%3Ffrom%3Dlist"
    );
    let user = id("someone new").to_string();
    let fields = [
        ("id", user.as_str()),
        ("username", "new.one"),
        ("name_ar", "اسم جديد"),
        ("name_la", "New Name"),
    ];
    let sent = admin.post("/admin/users", &fields).await;
    assert_eq!(
        sent.status,
        StatusCode::TEMPORARY_REDIRECT,
        "keeps the method and the body"
    );
    let asked = admin.post(sent.location(), &fields).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("name=\"name_ar\" value=\"اسم جديد\""));
    let form = &crate::support::html::forms(&asked.body, "/account/confirm")[0];
    let with = |password: &'static str| {
        let mut pairs = form.pairs();
        pairs.retain(|(name, _)| *name != "confirm_password");
        pairs.push(("confirm_password", password));
        pairs
    };
    let wrong = admin
        .post("/account/confirm", &with("not the one at all"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("value=\"New Name\"") && !wrong.body.contains("not the one at all")
    );
    let right = admin.post("/account/confirm", &with(PASSWORD)).await;
    assert_eq!(right.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(right.location(), "/admin/users");
    let admin = after(&admin, &right);
    let done = admin.post(right.location(), &with(PASSWORD)).await;
    assert_eq!(done.location(), format!("/admin/users/{user}"));
    assert_eq!(admin.get(done.location()).await.status, StatusCode::OK);
}

/// The database asks for it, too.
#[tokio::test]
async fn without_a_fresh_confirmation_the_database_gives_no_post() {
    let app = TestApp::new().await;
    let give = |to: &str| {
        format!(
            "select set_config('app.session', '{}', true);
             select sec.give_post(gen_random_uuid(), '{}', 'dpo', null, null, null, current_date, null, 'x')",
            session_of("admin"),
            id(to)
        )
    };
    let as_app = async |sql: String| {
        let mut connection = app.db.connect("sanad_app").await;
        sqlx::raw_sql(AssertSqlSafe(format!("begin; {sql}; commit")))
            .execute(&mut connection)
            .await
            .is_ok()
    };
    assert!(as_app(give("worker1.rabat")).await);
    assert!(!as_app(give("admin")).await, "not to oneself");
    age(&app, "admin").await;
    assert!(
        !as_app(give("worker2.rabat")).await,
        "not without confirmation"
    );
    let stranger =
        give("worker2.rabat").replace(&session_of("admin"), &session_of("worker1.rabat"));
    assert!(!as_app(stranger).await, "not without the role");
}

#[tokio::test]
async fn a_one_time_code_lets_its_owner_choose_a_password_and_nobody_else_know_it() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", "the old password of a worker").await;
    let page = app
        .client("admin")
        .post(&format!("/admin/users/{}/code", id("worker1.rabat")), &[])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, rest) = page.body.split_once("class=\"ltr secret big1\">").unwrap();
    let code = rest.split('<').next().unwrap();
    assert_eq!(
        count(
            &app,
            format!("select count(*) from sec.access_code where code_sha256 = sha256('{code}')")
        )
        .await,
        0
    );
    let redeem = async |code: &str, password: &str| {
        let fields = [
            ("username", "worker1.rabat"),
            ("code", code),
            ("new_password", password),
            ("new_password_again", password),
        ];
        app.anonymous().post("/login/code", &fields).await
    };
    for weak in [
        "short",
        "worker1.rabat",
        "الرباط2026الرباط",
        "sanad sanad sanad",
    ] {
        let answer = redeem(code, weak).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        assert!(!answer.body.contains(code), "a code is not shown back");
    }
    assert_eq!(
        redeem("ABCD-EFGH-JKLM", PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(redeem(code, PASSWORD).await.location(), "/login?set=1");
    assert_eq!(
        redeem(code, PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "once"
    );
    assert_eq!(
        app.client("worker1.rabat").get("/cases").await.status,
        StatusCode::SEE_OTHER,
        "older sessions ended"
    );
    let (_, answer) = enter(&app, "worker1.rabat", PASSWORD).await;
    assert_eq!(answer.location(), "/cases");
    // a code of sixteen minutes ago
    let path = format!("/admin/users/{}/code", id("worker1.rabat"));
    let page = app.client("admin").post(&path, &[]).await;
    let (_, rest) = page.body.split_once("class=\"ltr secret big1\">").unwrap();
    let late = rest.split('<').next().unwrap();
    app.db.run("update sec.access_code set issued_at = now() - interval '16 minutes', expires_at = now() - interval '1 minute'").await;
    assert_eq!(
        redeem(late, PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let app = TestApp::new().await;
    password_of(&app, "steering", PASSWORD).await;
    let (other, _) = enter(&app, "steering", PASSWORD).await;
    let me = app.client("steering");
    let change = async |old: &str, new: &str| {
        let fields = [
            ("password", old),
            ("new_password", new),
            ("new_password_again", new),
        ];
        me.post("/account/password", &fields).await
    };
    assert_eq!(
        change("not the old one", "kettle-orbit-vinegar-42")
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(other.get("/dashboard").await.status, StatusCode::OK);
    let done = change(PASSWORD, "kettle-orbit-vinegar-42").await;
    assert_eq!(done.location(), "/account?done=password");
    assert_eq!(other.get("/dashboard").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        after(&me, &done).get("/dashboard").await.status,
        StatusCode::OK
    );
    assert_eq!(
        enter(&app, "steering", PASSWORD).await.1.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        enter(&app, "steering", "kettle-orbit-vinegar-42")
            .await
            .1
            .location(),
        "/dashboard"
    );
}

#[tokio::test]
async fn a_session_is_ended_from_another_device_and_only_ones_own() {
    let app = TestApp::new().await;
    password_of(&app, "worker1.rabat", PASSWORD).await;
    let (phone, _) = enter(&app, "worker1.rabat", PASSWORD).await;
    let session = async |token: &str| -> String {
        sqlx::query_scalar(AssertSqlSafe(format!(
            "select id::text from sec.session where encode(token_sha256, 'hex') {token} order by opened_at desc limit 1"
        )))
        .fetch_one(&mut app.db.connect("postgres").await)
        .await
        .unwrap()
    };
    let desk = app.client("worker1.rabat");
    let colleague = session(&format!("= '{}'", session_of("worker2.rabat"))).await;
    desk.post(&format!("/account/sessions/{colleague}/end"), &[])
        .await;
    assert_eq!(
        app.client("worker2.rabat").get("/cases").await.status,
        StatusCode::OK
    );
    let page = desk.get("/account").await;
    let newest = session(
        "not in (select encode(sha256(convert_to(username, 'UTF8')), 'hex') from sec.app_user)",
    )
    .await;
    assert!(page.body.contains(&newest));
    desk.post(&format!("/account/sessions/{newest}/end"), &[])
        .await;
    assert_eq!(phone.get("/cases").await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.get("/cases").await.status, StatusCode::OK);
    assert_eq!(audited(&app, "session.ended").await, 1);
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

/// What an administrator ends, ends at the next request, in the middle of a form, too.
#[tokio::test]
async fn an_ended_post_and_a_closed_account_end_at_the_next_request() {
    let app = TestApp::new().await;
    let admin = app.client("admin");
    for (username, path) in [
        (
            "worker1.rabat",
            format!(
                "/admin/users/{}/posts/{}/end",
                id("worker1.rabat"),
                id("assignment worker1.rabat")
            ),
        ),
        (
            "worker2.rabat",
            format!("/admin/users/{}/end", id("worker2.rabat")),
        ),
    ] {
        let worker = app.client(username);
        assert_eq!(worker.get("/contacts/new").await.status, StatusCode::OK);
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        let before: i64 = app.db.ask("select count(*) from app.contact").await;
        let answer = worker.post("/contacts", &[("circumstance", "alone")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/login?next="));
        let after: i64 = app.db.ask("select count(*) from app.contact").await;
        assert_eq!(before, after);
    }
    let own = format!("/admin/users/{}/end", id("admin"));
    assert_eq!(admin.post(&own, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(admin.get("/admin").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_post_is_given_with_its_place_its_time_and_its_letter() {
    let app = TestApp::new().await;
    let admin = app.client("admin");
    let path = format!("/admin/users/{}/posts", id("worker1.rabat"));
    let today = Clock::system().today().format("%d/%m/%Y").to_string();
    let new = id("a new post").to_string();
    let with = async |fields: &[(&str, &str)]| {
        let base = [
            ("id", new.as_str()),
            ("since", today.as_str()),
            ("designation", "رسالة 12/2026"),
        ];
        let kept = base
            .into_iter()
            .filter(|(name, _)| !fields.iter().any(|(n, _)| n == name));
        let all: Vec<_> = kept.chain(fields.iter().copied()).collect();
        admin.post(&path, &all).await
    };
    for (fields, field) in [
        (&[("role", "prosecutor")][..], "court"),
        (&[("role", "social_worker")], "territory"),
        (&[("role", "steering"), ("court", "11")], "court"),
        (
            &[
                ("role", "focal_point"),
                ("territory", "2"),
                ("organisation", "hospital_cell_rabat"),
            ],
            "organisation",
        ),
        (&[("role", "steering"), ("until", "01/01/2020")], "until"),
        (&[("role", "steering"), ("designation", "")], "designation"),
        (&[("role", "social_worker"), ("territory", "1")], "role"),
        (&[("role", "king")], "role"),
    ] {
        let answer = with(fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}"
        );
        assert!(
            answer.body.contains(&format!("href=\"#{field}\"")),
            "{fields:?}"
        );
    }
    let given = with(&[("role", "supervisor"), ("territory", "2")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    assert_eq!(
        with(&[("role", "supervisor"), ("territory", "2")])
            .await
            .status,
        StatusCode::SEE_OTHER,
        "pressed twice"
    );
    let letters = app
        .db
        .list("select designation from sec.role_assignment where designation is not null")
        .await;
    assert_eq!(letters, ["رسالة 12/2026"]);
    assert_eq!(audited(&app, "post.given").await, 1);
    // one that began today ends today, and leaves a page that can be read
    let end = format!("{path}/{new}/end");
    assert_eq!(admin.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    let page = admin
        .get(&format!("/admin/users/{}", id("worker1.rabat")))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("رسالة 12/2026"), "it never ran");
}

#[tokio::test]
async fn a_post_is_reviewed_once_a_quarter_by_somebody_else() {
    let app = TestApp::new().await;
    let dpo = app.client("dpo");
    for (post, marked) in [
        ("assignment worker1.rabat", 1),
        ("assignment worker1.rabat", 1),
        ("assignment dpo", 1),
    ] {
        dpo.post(&format!("/admin/review/{}", id(post)), &[]).await;
        assert_eq!(audited(&app, "post.reviewed").await, marked, "{post}");
    }
    let page = dpo.get("/admin/review").await;
    assert!(page.says(Lang::Ar, "review-own"));
}

/// A stolen dump without the master key, or a row moved to somebody else's account, gives no codes.
#[tokio::test]
async fn the_secret_of_a_factor_is_sealed_and_its_own_users_only() {
    let app = TestApp::new().await;
    password_of(&app, "prosecutor.rabat", PASSWORD).await;
    factor_of(&app, "prosecutor.rabat").await;
    let plain = count(
        &app,
        format!(
            "select count(*) from sec.totp where position('\\x{}'::bytea in secret_enc) > 0",
            hex::encode(SECRET)
        ),
    );
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
