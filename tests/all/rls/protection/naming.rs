//! Who is named on it, and how it ends.

use super::{FOUR_EYES, protect_mine};
use crate::{
    rls::{reads, refused, tries, world},
    support::id,
};

/// Nobody names themselves, and a grant is ended, never prolonged.
#[tokio::test]
async fn a_named_grant_is_given_by_a_supervisor_who_is_named() {
    let db = world().await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    let grant = |by: &str, to: &str, days: i32| {
        format!(
            "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until)
             values ('{}', '{}', 1, '{}', 'named', 'replacement', '{}', now() + interval '{days} days')",
            id("new grant"),
            id("case rabat.mine"),
            id(to),
            id(by)
        )
    };
    let look = format!(
        "select id from app.case_file where id = '{}'",
        id("case rabat.mine")
    );
    for (username, by) in [
        ("worker1.rabat", "worker1.rabat"),
        ("worker2.rabat", "worker2.rabat"),
        ("worker1.rabat", "supervisor.rabat"),
    ] {
        let answer = tries(&db, username, &grant(by, "worker2.rabat", 10)).await;
        assert_eq!(answer, refused(), "{username} as {by}");
    }
    let long = grant("supervisor.rabat", "worker2.rabat", 400);
    assert_eq!(
        tries(&db, "supervisor.rabat", &long).await,
        Err("23514".to_owned())
    );
    assert!(reads(&db, "worker2.rabat", &look).await.is_empty());
    let short = grant("supervisor.rabat", "worker2.rabat", 10);
    assert_eq!(tries(&db, "supervisor.rabat", &short).await, Ok(1));
    assert_eq!(reads(&db, "worker2.rabat", &look).await.len(), 1);
    let told = "select kind from app.notice where recipient = (select app.my_user()) and kind = 'grant_given'";
    assert_eq!(reads(&db, "worker2.rabat", told).await.len(), 1);
    let change = |until: &str| {
        format!(
            "update app.case_grant set until = {until} where id = '{}'",
            id("new grant")
        )
    };
    assert_eq!(
        tries(&db, "worker2.rabat", &change("until + interval '1 day'")).await,
        Ok(0)
    );
    let longer = tries(&db, "supervisor.rabat", &change("until + interval '1 day'")).await;
    assert_eq!(longer, Err("23514".to_owned()));
    assert_eq!(
        tries(
            &db,
            "supervisor.rabat",
            &change("greatest(granted_at, now())")
        )
        .await,
        Ok(1)
    );
    assert!(reads(&db, "worker2.rabat", &look).await.is_empty());
}

/// Four eyes, held by the database: asked by one, answered by another, and answered before it is done.
#[tokio::test]
async fn nobody_lifts_a_protection_alone() {
    let db = world().await;
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    let case = id("case rabat.mine");
    let lift = format!("select app.lift_protection('{case}')");
    let is_protected = format!("select protected::text from app.case_file where id = '{case}'");
    let ask = format!(
        "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by)
         values ('{}', '{}', '{case}', 1, 'X', 'x', '{{}}')",
        id("new lift"),
        id("new protection")
    );
    let asked = |who: &str| ask.replace("{}", &id(who).to_string());
    for (username, by) in [
        ("worker1.rabat", "worker1.rabat"),
        ("supervisor.rabat", "dpo"),
        ("dpo", "dpo"),
    ] {
        assert_eq!(
            tries(&db, username, &asked(by)).await,
            refused(),
            "{username}"
        );
    }
    let own = asked("supervisor.rabat");
    assert_eq!(tries(&db, "supervisor.rabat", &own).await, Ok(1));
    assert_eq!(reads(&db, "supervisor.rabat", &lift).await, ["false"]);
    let answer = |by: &str| {
        format!(
            "update app.protection_lift set answered_by = '{}', answered_at = now(), granted = true where id = '{}'",
            id(by),
            id("new lift")
        )
    };
    let alone = tries(&db, "supervisor.rabat", &answer("supervisor.rabat")).await;
    assert_eq!(alone, Err(FOUR_EYES.to_owned()));
    let in_anothers_name = tries(&db, "supervisor.rabat", &answer("dpo")).await;
    assert_eq!(in_anothers_name, refused());
    assert_eq!(
        tries(&db, "supervisor.sale", &answer("supervisor.sale")).await,
        Ok(0)
    );
    assert_eq!(tries(&db, "dpo", &answer("dpo")).await, Ok(1));
    // the officer agrees and sees no file; who is named carries it out
    assert_eq!(reads(&db, "dpo", &lift).await, ["false"]);
    assert_eq!(db.list(is_protected.clone()).await, ["true"]);
    tries(&db, "supervisor.rabat", &lift).await.unwrap();
    assert_eq!(db.list(is_protected.clone()).await, ["false"]);
    let look = format!("select id from app.case_file where id = '{case}'");
    assert_eq!(reads(&db, "worker2.rabat", &look).await.len(), 1);
}

/// Who stands in was named by nobody: a file that is protected meanwhile is left to its readers. Who marks it has read it.
#[tokio::test]
async fn who_stands_in_loses_a_file_that_is_protected_meanwhile() {
    for (marks, left) in [("supervisor.rabat", 0), ("worker2.rabat", 1)] {
        let db = world().await;
        db.run(&format!(
            "insert into app.stand_in (id, territory_id, absent, colleague, since, until, made_by)
             values (gen_random_uuid(), 1, '{0}', '{1}', current_date, current_date + 5, '{0}')",
            id("worker1.rabat"),
            id("worker2.rabat")
        ))
        .await;
        let mine = format!(
            "select x from unnest(app.my_cases()) x where x = '{}'",
            id("case rabat.mine")
        );
        assert_eq!(reads(&db, "worker2.rabat", &mine).await.len(), 1);
        protect_mine(&db, marks).await.unwrap();
        assert_eq!(
            reads(&db, "worker2.rabat", &mine).await.len(),
            left,
            "{marks}"
        );
        assert_eq!(reads(&db, "worker1.rabat", &mine).await.len(), 1);
    }
}
