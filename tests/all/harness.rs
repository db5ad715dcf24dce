//! The tests' own ground: if it did not hold, every other promise would be empty.

use crate::support::{
    TestApp, TestDb, statements,
    world::{Place, RABAT},
};
use axum::http::StatusCode;
use sanad::authz::Role;

/// Row security does not hold a superuser, an owner, or a role with BYPASSRLS: the tests must be none.
#[tokio::test]
async fn the_tests_connect_as_a_role_that_row_security_holds() {
    let db = TestDb::new().await;
    for role in ["sanad_app", "sanad_stat"] {
        let mut connection = db.connect(role).await;
        let (name, unsafe_role): (String, bool) = sqlx::query_as(
            "select current_user::text, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
                 or exists (select from pg_class c where pg_has_role(current_user, c.relowner, 'member'))
                 or exists (select from pg_proc p where pg_has_role(current_user, p.proowner, 'member'))
                 or exists (select from pg_namespace n where pg_has_role(current_user, n.nspowner, 'member'))
             from pg_roles where rolname = current_user",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        assert_eq!(name, role);
        assert!(
            !unsafe_role,
            "{role} owns something or stands above row security"
        );
    }
}

#[tokio::test]
async fn two_databases_share_nothing() {
    let (one, two) = (TestDb::new().await, TestDb::new().await);
    one.run("create table public.only_here ()").await;
    assert!(
        two.ask::<bool>("select to_regclass('public.only_here') is null")
            .await
    );
}

#[tokio::test]
async fn a_new_colleague_is_signed_in() {
    let app = TestApp::new().await;
    let colleague = app
        .as_role(Role::SocialWorker, Place::Prefecture(RABAT))
        .await;
    let home = colleague.get("/").await;
    assert_eq!(
        (home.status, home.location()),
        (StatusCode::SEE_OTHER, "/today")
    );
    assert_eq!(app.anonymous().get("/").await.location(), "/login");
}

#[tokio::test]
async fn statements_are_counted() {
    let app = TestApp::new().await;
    statements::count();
    app.client("worker1.rabat").get("/").await;
    let seen = statements::take();
    assert_eq!(seen.len(), 1, "the look-up of the session alone: {seen:?}");
}
