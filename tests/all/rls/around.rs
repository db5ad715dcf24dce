//! Ways around: statistics, functions with other rights, the trail, a policy that is missing.

use super::{REFUSED, code_of, reads, refused, tables, tries, visible, world};
use crate::support::id;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn statistics_and_switches_open_nothing() {
    let db = world().await;
    db.run("analyze").await;
    let stats = "select count(*) from pg_stats where schemaname in ('app', 'sec', 'audit')";
    assert_eq!(reads(&db, "worker1.rabat", stats).await, ["0"]);
    for sql in [
        "set local row_security = off; select id from app.person",
        "set local role sanad_owner",
        "set local role sanad_definer",
        "set session authorization postgres",
        "create temp table copy as select * from app.person",
        "create function app.steal() returns int language sql as 'select 1'",
        "alter table app.person disable row level security",
        "select * from sec.session",
        "select * from sec.app_user",
        "select * from sec.credential",
        "select * from sec.totp",
        "select * from sec.backup_code",
        "select * from sec.access_code",
        "select * from sec.passkey",
        "select * from sec.passkey_challenge",
        "select * from sec.judge_passkey('enter', null, 'x', 'x', 'x', '{}', 'x')",
        "select sec.spend_challenge('x', 'enter', null, 'x')",
        "select * from sec.open_session(null, null, sha256('x'), '1 hour', '1 hour', '', null)",
        "select sec.factor_since(null)",
        "select sec.forget_factors(null)",
        "select * from sec.factor_lift",
        "select * from sec.access_review",
        "select * from sec.decoy",
        "select * from sec.calendar_feed",
        "select sec.make_calendar(sha256('x'))",
        "select sec.end_calendar()",
        "select app.court_statistics(current_date, current_date)",
        "select sec.rotate(gen_random_uuid(), sha256('x'), true)",
        "select sec.rotate_without(gen_random_uuid(), null, sha256('x'), '{}')",
        "select sec.lacks_factor(null, '{admin}')",
        "select sec.refuse(gen_random_uuid(), 'factor.refused')",
        "select audit.record_as(null, null, 'session.opened', null, null)",
        "select sec.require_role('{admin}', false)",
        "select * from sec.require_holder('{nothing}', false)",
        "select * from audit.event",
        "select * from ref.number_counter",
        "select app.mark_protected(null, current_date, 'service')",
        "select text_enc from app.clinical_note",
        "select text_enc from app.safe_address",
        "select app.persons_behind(null)",
        "select app.tell('glass_broken', null, null)",
        "select app.signals_of(null)",
        "update app.case_file set protected = false",
        "update app.person set protected = false",
        "update app.case_protection set lifted_at = now()",
        "select * from stat.exact_cells(current_date)",
        "select * from stat.release_count",
        "select * from stat.release_proof",
        "select * from public._sqlx_migrations",
    ] {
        assert_eq!(
            tries(&db, "supervisor.rabat", sql).await,
            refused(),
            "{sql}"
        );
    }
}

#[tokio::test]
async fn functions_that_look_through_row_security_look_in_ones_own_city() {
    let db = world().await;
    let effects = |name: &str| {
        format!(
            "select effect from app.effects_of(array['{}'::uuid])",
            id(&format!("mother {name}"))
        )
    };
    assert_eq!(
        reads(&db, "worker1.rabat", &effects("rabat.mine")).await,
        ["not_prosecuted"]
    );
    assert!(
        reads(&db, "worker1.rabat", &effects("sale.mine"))
            .await
            .is_empty()
    );
    assert!(
        reads(&db, "prosecutor.rabat", &effects("rabat.mine"))
            .await
            .is_empty()
    );

    let stands = |name: &str| {
        format!(
            "select effect from app.stands_of('{}')",
            id(&format!("mother {name}"))
        )
    };
    assert_eq!(
        reads(&db, "worker1.rabat", &stands("rabat.mine")).await,
        ["no_procedure", "not_prosecuted", "pending"]
    );
    for (username, name) in [
        ("worker1.rabat", "sale.mine"),
        ("worker1.rabat", "rabat.protected"),
        ("prosecutor.rabat", "rabat.mine"),
    ] {
        assert!(
            reads(&db, username, &stands(name)).await.is_empty(),
            "{username} on {name}"
        );
    }

    let colleagues = "select count(*) from app.colleagues()";
    assert_eq!(reads(&db, "worker1.rabat", colleagues).await, ["3"]);
    assert_eq!(reads(&db, "prosecutor.rabat", colleagues).await, ["0"]);
    assert_eq!(reads(&db, "", colleagues).await, ["0"]);

    let open = format!(
        "select audit.record('case.opened', 'case', '{}', 2::smallint, '{{}}', null)",
        id("case sale.mine")
    );
    tries(&db, "worker1.sale", &open).await.unwrap();
    let openings = format!(
        "select actor from audit.readers('{}', now() - interval '1 day', now() + interval '1 day', 0, 9)",
        id("case sale.mine")
    );
    assert_eq!(reads(&db, "supervisor.sale", &openings).await.len(), 1);
    assert!(reads(&db, "supervisor.rabat", &openings).await.is_empty());
}

#[tokio::test]
async fn the_audit_trail_is_written_by_its_function_and_changed_by_nobody() {
    let db = world().await;
    assert_eq!(
        tries(
            &db,
            "worker1.rabat",
            "insert into audit.event (action, row_hash) values ('case.opened', '')"
        )
        .await,
        refused()
    );
    let record = "select audit.record('case.opened', 'case', null, 1::smallint, '{}', null)";
    tries(&db, "worker1.rabat", record).await.unwrap();
    tries(&db, "", record).await.unwrap();
    let actors = db
        .list("select coalesce(actor::text, 'nobody') from audit.event order by id")
        .await;
    assert_eq!(
        actors,
        [id("worker1.rabat").to_string(), "nobody".to_owned()],
        "the session names the actor"
    );

    let partition = db
        .list("select tableoid::regclass::text from audit.event limit 1")
        .await
        .remove(0);
    let mut owner = db.connect("postgres").await;
    sqlx::raw_sql("set role sanad_owner")
        .execute(&mut owner)
        .await
        .unwrap();
    for table in ["audit.event", partition.as_str()] {
        for sql in [
            "update {} set reason = 'other'",
            "delete from {}",
            "truncate {}",
        ] {
            let sql = sql.replace("{}", table);
            let answer = sqlx::raw_sql(AssertSqlSafe(sql.clone()))
                .execute(&mut owner)
                .await;
            assert!(answer.is_err(), "the owner could: {sql}");
        }
    }
    let mut auditor = db.connect("sanad_audit").await;
    let seen: i64 = sqlx::query_scalar("select count(*) from audit.event")
        .fetch_one(&mut auditor)
        .await
        .unwrap();
    assert_eq!(seen, 2);
    let error = sqlx::query("select count(*) from app.person")
        .execute(&mut auditor)
        .await
        .unwrap_err();
    assert_eq!(code_of(&error), REFUSED);
}

/// Probes that find nothing must have been able to: without the wall, each of these finds something.
#[tokio::test]
async fn a_missing_policy_is_noticed() {
    let db = world().await;
    let tables = tables(&db).await;
    let mut connection = db.connect("sanad_app").await;
    db.run("alter table app.person disable row level security")
        .await;
    assert!(
        visible(&mut connection, &tables, "").await > 0,
        "a table without row security"
    );
    db.run("alter table app.person enable row level security")
        .await;
    assert_eq!(visible(&mut connection, &tables, "").await, 0);
    db.run("alter view app.child set (security_invoker = false); alter view app.child owner to postgres").await;
    assert!(
        visible(&mut connection, &tables, "").await > 0,
        "a view that reads as its owner"
    );
    db.run("alter view app.child owner to sanad_owner").await;
    assert_eq!(
        visible(&mut connection, &tables, "").await,
        0,
        "FORCE holds the owner of the view"
    );
}
