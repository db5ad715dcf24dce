//! Who is nobody sees nothing: forged, ended, inherited.

use super::{tables, told, visible, world};
use crate::support::{id, world::session_of};
use sqlx::{AssertSqlSafe, Connection};

/// Else a probe that finds nothing proves nothing.
#[tokio::test]
async fn the_world_has_a_row_in_every_table() {
    let db = world().await;
    let mut admin = db.connect("postgres").await;
    for table in tables(&db).await {
        let some: bool = sqlx::query_scalar(AssertSqlSafe(format!(
            "select exists (select from {table})"
        )))
        .fetch_one(&mut admin)
        .await
        .unwrap();
        assert!(some, "{table} is empty in tests/all/support/world.sql");
    }
}

#[tokio::test]
async fn nobody_sees_a_row() {
    let db = world().await;
    let tables = tables(&db).await;
    let mut connection = db.connect("sanad_app").await;
    assert!(visible(&mut connection, &tables, &session_of("worker1.rabat")).await > 0);
    let forged = "f".repeat(64);
    let upper = session_of("worker1.rabat").to_uppercase();
    for context in [
        "",
        "x",
        "worker1.rabat",
        "{1,2,3}",
        &forged,
        &upper,
        "' or true --",
    ] {
        assert_eq!(
            visible(&mut connection, &tables, context).await,
            0,
            "{context:?}"
        );
    }
    // an institution: its places, the hold and the sheet of one child
    for (username, rows) in [("institution.rabat", 3), ("steering", 0), ("admin", 0)] {
        assert_eq!(
            visible(&mut connection, &tables, &session_of(username)).await,
            rows,
            "{username}"
        );
    }
    let mut fresh = db.connect("sanad_app").await;
    let seen: i64 = sqlx::query_scalar("select count(*) from app.person")
        .fetch_one(&mut fresh)
        .await
        .unwrap();
    assert_eq!(seen, 0, "no setting at all");
}

/// What ends a right ends it at the next transaction, on a connection that was used before.
#[tokio::test]
async fn an_ended_right_ends_at_once() {
    let db = world().await;
    let tables = tables(&db).await;
    let mut connection = db.connect("sanad_app").await;
    let me = session_of("worker1.rabat");
    let session = "sec.session set {} where token_sha256 = sha256('worker1.rabat')";
    let ends = [
        session.replace("{}", "expires_at = now()"),
        session.replace("{}", "idle_until = now()"),
        session.replace("{}", "assignment_id = null"),
        session.replace("{}", "needs = 'factor'"),
        session.replace("{}", "needs = 'enrolment'"),
        "sec.app_user set active = false where username = 'worker1.rabat'".to_owned(),
        "sec.app_user set epoch = epoch + 1 where username = 'worker1.rabat'".to_owned(),
        format!(
            "sec.role_assignment set valid = daterange('2020-01-01', current_date) where id = '{}'",
            id("assignment worker1.rabat")
        ),
    ];
    for end in ends {
        assert!(
            visible(&mut connection, &tables, &me).await > 0,
            "before {end}"
        );
        let undo = "update sec.app_user set active = true, epoch = 1;
            update sec.session set expires_at = now() + interval '1 h', idle_until = now() + interval '1 h', needs = null;
            update sec.session s set assignment_id = a.id from sec.role_assignment a where a.user_id = s.user_id;
            update sec.role_assignment set valid = daterange('2020-01-01', null)";
        db.run(&format!("update {end}")).await;
        assert_eq!(visible(&mut connection, &tables, &me).await, 0, "{end}");
        db.run(undo).await;
    }
}

/// The setting of a finished transaction is '' and not NULL on that connection; both show nothing.
#[tokio::test]
async fn the_next_borrower_of_a_connection_inherits_nothing() {
    let db = world().await;
    let tables = tables(&db).await;
    let mut connection = db.connect("sanad_app").await;
    for keep in [true, false] {
        let tx = told(&mut connection, &session_of("worker1.rabat")).await;
        if keep {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
        let left: String = sqlx::query_scalar("select current_setting('app.session', true)")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(left, "");
        let mut tx = connection.begin().await.unwrap();
        let seen: i64 = sqlx::query_scalar("select count(*) from app.case_file")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(seen, 0);
    }
    assert_eq!(visible(&mut connection, &tables, "").await, 0);
}
