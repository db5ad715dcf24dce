//! What gives or takes away access to a protected file asks for a fresh factor in the database, too.

use super::{REFUSED, reads, refused, tries, world};
use crate::support::{
    TestDb, id,
    session::{age, truly},
};

/// As the keeper of the protection of `rabat.mine`, which is marked and being lifted.
async fn protected() -> TestDb {
    let db = world().await;
    let me = id("supervisor.rabat");
    db.run(&format!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, keeper)
         values ('{}', '{}', 1, 'threat', 'x', '{me}', '{me}')",
        id("new protection"),
        id("case rabat.mine"),
    ))
    .await;
    db
}

#[tokio::test]
async fn a_stale_session_changes_nothing_of_a_protection() {
    let (case, me) = (id("case rabat.mine"), id("supervisor.rabat"));
    let mark = format!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, keeper)
         values (gen_random_uuid(), '{}', 1, 'threat', 'x', '{me}', '{me}')",
        id("case rabat.colleague")
    );
    let give = format!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until)
         values (gen_random_uuid(), '{case}', 1, '{}', 'named', 'replacement', '{me}', now() + interval '9 days')",
        id("worker2.rabat")
    );
    let end = format!(
        "update app.case_grant set until = granted_at where case_id = '{case}' and kind = 'named'"
    );
    let ask = format!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by)
         values ('{}', '{}', '{case}', 1, 'X', 'x', '{me}')",
        id("new lift"),
        id("new protection")
    );
    let answer = format!(
        "update app.protection_lift set answered_by = '{}', answered_at = now(), granted = true where id = '{}'",
        id("dpo"),
        id("lift rabat.protected")
    );
    let review = format!(
        "update app.emergency_access set reviewed_by = '{}', reviewed_at = now(), justified = true, review_enc = 'x'
         where id = '{}'",
        id("dpo"),
        id("emergency rabat.protected")
    );
    let acts = [
        ("supervisor.rabat", mark, refused()),
        ("supervisor.rabat", give, refused()),
        ("supervisor.rabat", ask, refused()),
        // a row that may not be changed is not there to be changed
        ("supervisor.rabat", end, Ok(0)),
        ("dpo", answer, refused()),
        ("dpo", review, refused()),
    ];
    for (who, sql, stale) in acts {
        let db = protected().await;
        age(&db, who).await;
        assert_eq!(tries(&db, who, &sql).await, stale, "{sql}");
        db.run("update sec.session set stepped_up_at = now()").await;
        assert_eq!(tries(&db, who, &sql).await, Ok(1), "{sql}");
    }
}

#[tokio::test]
async fn a_stale_session_breaks_no_glass_and_lifts_nothing() {
    let db = protected().await;
    let number = format!(
        "select number from app.case_file where id = '{}'",
        id("case rabat.protected")
    );
    let number = truly(&db, number).await.remove(0);
    let glass = format!("select app.break_glass(gen_random_uuid(), '{number}', 'danger_now', 'x')");
    age(&db, "worker1.rabat").await;
    assert_eq!(
        tries(&db, "worker1.rabat", &glass).await,
        Err(REFUSED.to_owned())
    );
    db.run("update sec.session set stepped_up_at = now()").await;
    assert!(tries(&db, "worker1.rabat", &glass).await.is_ok());

    db.run(&format!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by,
                                          answered_by, answered_at, granted)
         values (gen_random_uuid(), '{}', '{}', 1, 'X', 'x', '{}', '{}', now(), true)",
        id("new protection"),
        id("case rabat.mine"),
        id("supervisor.rabat"),
        id("dpo")
    ))
    .await;
    let lift = format!("select app.lift_protection('{}')", id("case rabat.mine"));
    age(&db, "supervisor.rabat").await;
    assert_eq!(reads(&db, "supervisor.rabat", &lift).await, ["false"]);
    db.run("update sec.session set stepped_up_at = now()").await;
    assert_eq!(reads(&db, "supervisor.rabat", &lift).await, ["true"]);
}
