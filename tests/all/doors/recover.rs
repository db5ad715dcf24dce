//! `sanad admin recover`: the way back in from the machine itself, when no administrator can help another.

use super::{PASSWORD, audited, enter, factor_of, password_of};
use crate::support::{ServerLog, TestApp, id, program::Place};
use axum::http::StatusCode;

/// The account of the only administrator is closed; the code opens it again, and everything of it is new.
#[tokio::test]
async fn the_last_administrator_comes_back_with_a_code_from_the_machine() {
    let app = TestApp::new().await;
    password_of(&app, "admin", "the old password of an admin").await;
    factor_of(&app, "admin").await;
    app.db
        .run("update sec.app_user set active = false, epoch = epoch + 1 where username = 'admin'")
        .await;

    let log = ServerLog::listen();
    let place = Place::over(&app.db);
    let said = place.run(&["admin", "recover", "admin"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let (head, code) = said.out.trim_end().rsplit_once(' ').unwrap();
    assert_eq!(
        head, "One-time code of admin, for 15 minutes, at /login/code:",
        "one line"
    );
    assert_eq!(audited(&app, "user.recovered").await, 1);
    let about: String = app
        .db
        .ask("select concat_ws(' ', object_id, fields) from audit.event where action = 'user.recovered'")
        .await;
    assert_eq!(about, format!("{} {{\"factor\": false}}", id("admin")));

    // the code is on that line, and in no log, no trail and no table
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    assert_eq!(bare.len(), 12, "{code}");
    for (place, text) in [
        ("standard error", said.err),
        ("PostgreSQL's log", log.heard()),
        (
            "the trail",
            app.db
                .list("select e::text from audit.event e")
                .await
                .concat(),
        ),
        (
            "the table",
            app.db
                .list("select c::text from sec.access_code c")
                .await
                .concat(),
        ),
    ] {
        assert!(!text.contains(code) && !text.contains(&bare), "{place}");
    }

    assert_eq!(
        app.client("admin").get("/admin").await.status,
        StatusCode::SEE_OTHER,
        "older sessions stay ended"
    );
    let fields = [
        ("username", "admin"),
        ("code", code),
        ("new_password", PASSWORD),
        ("new_password_again", PASSWORD),
    ];
    let chosen = app.anonymous().post("/login/code", &fields).await;
    assert_eq!(chosen.location(), "/login?set=1");
    let again = app.anonymous().post("/login/code", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
    let (client, answer) = enter(&app, "admin", PASSWORD).await;
    assert_eq!(
        answer.location(),
        "/login/factor",
        "a code passes no second factor by"
    );
    assert_eq!(client.get("/admin").await.status, StatusCode::SEE_OTHER);
}

/// Lost with the telephone: then the factor goes, too, and the trail says so.
#[tokio::test]
async fn a_second_factor_goes_only_when_it_is_asked_for() {
    let app = TestApp::new().await;
    factor_of(&app, "admin").await;
    let place = Place::over(&app.db);
    let factors = "select count(*) from sec.totp";
    assert_eq!(place.run(&["admin", "recover", "admin"]).code, Some(0));
    assert_eq!(app.db.ask::<i64>(factors).await, 1);
    let said = place.run(&["admin", "recover", "admin", "--factor"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(app.db.ask::<i64>(factors).await, 0);
    let told = app
        .db
        .list(
            "select fields->>'factor' from audit.event where action = 'user.recovered' order by id",
        )
        .await;
    assert_eq!(told, ["false", "true"]);
}

/// A post of administrator that runs, and nobody else: no other account is opened from the machine.
#[tokio::test]
async fn only_an_administrator_is_recovered() {
    let app = TestApp::new().await;
    let place = Place::over(&app.db);
    app.db
        .run(&format!(
            "update sec.role_assignment set valid = daterange(lower(valid), current_date) where user_id = '{}'",
            id("admin")
        ))
        .await;
    for username in ["worker1.rabat", "dpo", "admin", "nobody"] {
        let said = place.run(&["admin", "recover", username]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert_eq!(said.out, "");
        assert_eq!(
            said.err,
            format!("sanad: {username}: not an administrator with a running post\n")
        );
    }
    assert_eq!(audited(&app, "user.recovered").await, 0);
    let codes: i64 = app.db.ask("select count(*) from sec.access_code").await;
    assert_eq!(codes, 0);
}
