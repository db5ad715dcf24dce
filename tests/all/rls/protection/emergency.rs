//! The glass: who may break it, what is seen through it, who reviews it.

use super::{FOUR_EYES, break_glass, child_of};
use crate::{
    rls::{reads, refused, tries, world},
    support::id,
};

/// Every column that the application may write, tried through the glass: nothing is written.
#[tokio::test]
async fn through_broken_glass_one_reads_and_writes_nothing() {
    let db = world().await;
    let case = id("case rabat.protected");
    let look = format!("select id from app.case_file where id = '{case}'");
    let child = child_of("rabat.protected");
    for username in ["worker1.rabat", "supervisor.rabat"] {
        assert!(reads(&db, username, &look).await.is_empty());
        assert_eq!(
            break_glass(&db, username, "rabat.protected").await,
            [case.to_string()]
        );
        assert_eq!(reads(&db, username, &look).await.len(), 1);
        for table in [
            "case_transition",
            "service_beneficiary",
            "judicial_file",
            "person_name",
            "contact",
        ] {
            assert!(
                !reads(&db, username, &format!("select t from app.{table} t"))
                    .await
                    .is_empty(),
                "{table}"
            );
        }
        let me = id(username);
        let mother = id("mother rabat.protected");
        for sql in [
            format!(
                "insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role) values (gen_random_uuid(), '{}', '{case}', 1, 'closed', '{me}', 'x')",
                id("episode rabat.protected")
            ),
            format!(
                "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until) values (gen_random_uuid(), '{case}', 1, '{me}', 'other', now() + interval '1 minute')"
            ),
            format!(
                "insert into app.case_grant (id, case_id, territory_id, user_id, kind, reason, granted_by, until) values (gen_random_uuid(), '{case}', 1, '{me}', 'named', 'other', '{me}', now() + interval '1 minute')"
            ),
            format!(
                "insert into app.case_assignment (id, case_id, territory_id, user_id, kind) values (gen_random_uuid(), '{case}', 1, '{me}', 'second')"
            ),
            format!(
                "insert into app.case_seen (user_id, case_id, territory_id, seen_at) values ('{me}', '{case}', 1, now())"
            ),
            format!(
                "insert into app.service_beneficiary (service_id, person_id, case_id, territory_id) values ('{}', '{child}', '{case}', 1)",
                id("service child rabat.mine")
            ),
            format!(
                "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by) values (gen_random_uuid(), 1, '{}', '{child}', 'father', '{me}')",
                id("mother rabat.mine")
            ),
            format!(
                "insert into app.person_name (id, person_id, territory_id, kind, given_ar) values (gen_random_uuid(), '{child}', 1, 'alias', 'x')"
            ),
            format!(
                "insert into app.person_name (id, person_id, territory_id, kind, given_ar) values (gen_random_uuid(), '{mother}', 1, 'alias', 'x')"
            ),
            format!(
                "insert into app.clinical_note (id, case_id, territory_id, kind, observed_on, text_enc, written_by) values (gen_random_uuid(), '{case}', 1, 'medical', current_date, 'x', '{me}')"
            ),
            format!(
                "insert into app.protection_lift (id, protection_id, case_id, territory_id, case_number, text_enc, asked_by) values (gen_random_uuid(), '{}', '{case}', 1, 'X', 'x', '{me}')",
                id("protection rabat.protected")
            ),
            format!(
                "insert into app.contact_action (contact_id, territory_id, action) values ('{}', 1, 'medical')",
                id("contact rabat.protected")
            ),
        ] {
            assert_eq!(
                tries(&db, username, &sql).await,
                refused(),
                "{username}: {sql}"
            );
        }
        for sql in [
            format!("update app.case_file set changed_at = now() where id = '{case}'"),
            format!("update app.case_episode set version = version + 1 where case_id = '{case}'"),
            format!(
                "update app.person set version = version + 1 where id = any (array['{child}', '{mother}']::uuid[])"
            ),
            format!("update app.person_name set given_ar = 'x' where person_id = '{mother}'"),
            format!(
                "update app.relationship set version = version + 1 where to_person = '{child}'"
            ),
            format!(
                "update app.service set version = version + 1 where id = '{}'",
                id("service child rabat.protected")
            ),
            format!("update app.judicial_file set version = version + 1 where case_id = '{case}'"),
            format!("update app.case_assignment set until = now() where case_id = '{case}'"),
            format!(
                "update app.contact set triaged_at = now() where id = '{}'",
                id("contact rabat.protected")
            ),
        ] {
            assert_eq!(tries(&db, username, &sql).await, Ok(0), "{username}: {sql}");
        }
        let clinical = format!(
            "select app.reveal_clinical_note('{}')",
            id("clinical rabat.protected")
        );
        assert!(
            reads(&db, username, &format!("{clinical} where false"))
                .await
                .is_empty()
        );
        let end = format!(
            "update app.emergency_access set ended_at = now() where user_id = '{me}' and ended_at is null"
        );
        assert_eq!(tries(&db, username, &end).await, Ok(1));
        assert!(reads(&db, username, &look).await.is_empty(), "over");
    }
    // own work goes on meanwhile
    break_glass(&db, "worker1.rabat", "rabat.protected").await;
    let mine = format!(
        "update app.case_file set changed_at = now() where id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(tries(&db, "worker1.rabat", &mine).await, Ok(1));
    db.run("update app.emergency_access set begun_at = begun_at - interval '2 hours', until = until - interval '2 hours'").await;
    assert!(
        reads(&db, "worker1.rabat", &look).await.is_empty(),
        "after the hour"
    );
}

/// The glass breaks on a protected file of one's own prefecture, for the two roles that have a duty of care.
#[tokio::test]
async fn the_glass_breaks_for_who_has_a_duty_of_care() {
    let db = world().await;
    for (username, file) in [
        ("worker1.rabat", "sale.mine"),
        ("worker1.rabat", "rabat.colleague"),
        ("worker1.sale", "rabat.protected"),
        ("worker2.rabat", "rabat.protected"), // its lead needs no emergency
    ] {
        assert!(
            break_glass(&db, username, file).await.is_empty(),
            "{username} {file}"
        );
    }
    for username in [
        "prosecutor.rabat",
        "registrar.rabat",
        "chief.rabat",
        "dpo",
        "admin",
        "focal.rabat",
    ] {
        let sql = "select app.break_glass(gen_random_uuid(), 'X', 'danger_now', 'x')";
        assert_eq!(tries(&db, username, sql).await, refused(), "{username}");
    }
    db.run("delete from app.notice").await;
    break_glass(&db, "worker1.rabat", "rabat.protected").await;
    let mut told = db
        .list("select recipient::text from app.notice where kind = 'glass_broken'")
        .await;
    told.sort();
    let mut wanted = [id("dpo").to_string(), id("worker2.rabat").to_string()];
    wanted.sort();
    assert_eq!(
        told, wanted,
        "its lead and who oversees; no supervisor is named on it"
    );
}

/// The review is somebody else's.
#[tokio::test]
async fn nobody_reviews_their_own_emergency() {
    let db = world().await;
    let review = |by: &str, which: &str| {
        format!(
            "update app.emergency_access set reviewed_by = '{}', reviewed_at = now(), justified = true, review_enc = 'x'
             where id = '{}'",
            id(by),
            id(&format!("emergency {which}"))
        )
    };
    let own = tries(
        &db,
        "worker2.rabat",
        &review("worker2.rabat", "rabat.protected"),
    )
    .await;
    assert_eq!(
        own,
        Ok(0),
        "a worker reviews nothing, and the emergency is over"
    );
    let hidden = tries(
        &db,
        "supervisor.rabat",
        &review("supervisor.rabat", "rabat.protected"),
    )
    .await;
    assert_eq!(hidden, Ok(0), "a supervisor who is not named");
    let other_city = tries(
        &db,
        "supervisor.rabat",
        &review("supervisor.rabat", "sale.mine"),
    )
    .await;
    assert_eq!(other_city, Ok(0));
    let in_anothers_name = tries(&db, "dpo", &review("supervisor.rabat", "rabat.protected")).await;
    assert_eq!(in_anothers_name, refused());
    assert_eq!(
        tries(&db, "dpo", &review("dpo", "rabat.protected")).await,
        Ok(1)
    );
    break_glass(&db, "supervisor.rabat", "rabat.protected").await;
    let self_review = format!(
        "update app.emergency_access set reviewed_by = user_id, reviewed_at = now(), justified = true, review_enc = 'x',
                ended_at = now() where user_id = '{}' and ended_at is null",
        id("supervisor.rabat")
    );
    assert_eq!(
        tries(&db, "supervisor.rabat", &self_review).await,
        Err(FOUR_EYES.to_owned())
    );
}
