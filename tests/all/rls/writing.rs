//! What nobody can write, hang on, move, delete or take back.

use super::{reads, refused, tries, world};
use crate::support::id;

/// The foreign-key check looks around row security; the policy of the child table must not.
#[tokio::test]
async fn nothing_can_be_hung_on_a_file_that_is_not_seen() {
    let db = world().await;
    let me = id("worker1.rabat");
    let rows = [
        "insert into app.case_episode (id, case_id, territory_id, seq, state, risk) values (gen_random_uuid(), {case}, {territory}, 9, 'registered', 'low')",
        "insert into app.case_transition (id, episode_id, case_id, territory_id, to_state, by_user, role) values (gen_random_uuid(), {episode}, {case}, {territory}, 'closed', {me}, 'x')",
        "insert into app.case_assignment (id, case_id, territory_id, user_id, kind) values (gen_random_uuid(), {case}, {territory}, {me}, 'second')",
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until) values (gen_random_uuid(), {case}, {territory}, {me}, 'other', now())",
        "insert into app.case_seen (user_id, case_id, territory_id, seen_at) values ({me}, {case}, {territory}, now())",
        "insert into app.case_attachment (case_id, attachment_id, territory_id) values ({case}, {document}, {territory})",
        "insert into app.service_beneficiary (service_id, person_id, case_id, territory_id) values ({service}, {child}, {case}, {territory})",
        "insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc, sha256, composed_by) values (gen_random_uuid(), 'dossier', {case}, {territory}, 11, 'x', 1, '', sha256(''), {me})",
        "insert into app.disclosure (id, kind, case_id, territory_id, to_court, legal_basis, schema_version, snapshot_enc, sha256, composed_by, sent_by, sent_at) values (gen_random_uuid(), 'dossier', {case}, {territory}, 11, 'x', 1, '', sha256(''), {me}, {me}, now())",
        "insert into app.judicial_file (id, number, case_id, territory_id, court_id, proposed_court_id, disclosure_id, state, composed_by, transmitted_at) values (gen_random_uuid(), 'J-X', {case}, {territory}, 11, 11, {disclosure}, 'transmitted', {me}, now())",
        "insert into app.disclosure_document (disclosure_id, attachment_id, case_id, territory_id) values ({disclosure}, {document}, {case}, {territory})",
        "insert into app.judicial_annex (file_id, seq, case_id, territory_id, court_id, disclosure_id) values ({judicial}, 9, {case}, {territory}, 11, {disclosure})",
        "insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed) values ({judicial}, {case}, {territory}, 11, {child}, 'father')",
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by) values (gen_random_uuid(), {territory}, {child}, {identity}, 'unsure', {me})",
        "insert into app.identity_preference (id, territory_id, identity_id, field, person_id, by_user) values (gen_random_uuid(), {territory}, {identity}, 'names', {child}, {me})",
        "insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user) values ({seen}, {territory}, 'linked_to_case', {case}, {me})",
        "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by) values (gen_random_uuid(), {territory}, {mother}, {child}, 'father', {me})",
        "insert into app.person_identifier (id, person_id, territory_id, kind, value_enc, blind_index, recorded_by) values (gen_random_uuid(), {child}, {territory}, 'cnie', '', decode(repeat('00', 16), 'hex'), {me})",
        "insert into app.person_name (id, person_id, territory_id, kind, given_ar) values (gen_random_uuid(), {child}, {territory}, 'alias', 'x')",
        "insert into app.child_condition (case_id, territory_id, disability, recorded_by) values ({case}, {territory}, 'visual', {me})",
        "insert into app.distinguishing_sign (id, person_id, territory_id, sign, part, recorded_by) values (gen_random_uuid(), {child}, {territory}, 'scar', 'face', {me})",
    ];
    for row in rows {
        for (name, territory) in [
            ("rabat.protected", 1),
            ("sale.mine", 1),
            ("sale.mine", 2),
            ("no such file", 1),
        ] {
            let thing = |kind: &str| format!("'{}'", id(&format!("{kind} {name}")));
            let sql = row
                .replace("{case}", &thing("case"))
                .replace("{episode}", &thing("episode"))
                .replace("{child}", &thing("child"))
                .replace(
                    "{service}",
                    &format!("'{}'", id("service child rabat.mine")),
                )
                .replace("{document}", &format!("'{}'", id("document rabat.mine")))
                .replace("{judicial}", &thing("judicial"))
                .replace(
                    "{disclosure}",
                    &format!("'{}'", id("disclosure rabat.mine")),
                )
                .replace(
                    "{identity}",
                    &format!("'{}'", id("identity mother rabat.mine")),
                )
                .replace("{seen}", &format!("'{}'", id("seen fresh rabat.mine")))
                .replace("{mother}", &format!("'{}'", id("mother rabat.mine")))
                .replace("{me}", &format!("'{me}'"))
                .replace("{territory}", &territory.to_string());
            for username in ["worker1.rabat", "supervisor.rabat", "prosecutor.rabat"] {
                let answer = tries(&db, username, &sql).await;
                // one answer for hidden, of another city, and not there: nobody learns which it was
                assert_eq!(
                    answer,
                    refused(),
                    "{username} on {name} in {territory}\n{sql}"
                );
            }
        }
    }
}

/// Who could hang another's document on a file of their own would read it there.
#[tokio::test]
async fn a_document_that_is_not_seen_cannot_be_drawn_into_an_own_file() {
    let db = world().await;
    let case = id("case rabat.mine");
    let own = id("document rabat.mine");
    let link = |document| {
        format!(
            "insert into app.case_attachment (case_id, attachment_id, territory_id) values ('{case}', '{document}', 1)"
        )
    };
    for name in [
        "rabat.protected",
        "rabat.colleague",
        "sale.mine",
        "no such file",
    ] {
        let document = id(&format!("document {name}"));
        assert_eq!(
            tries(&db, "worker1.rabat", &link(document)).await,
            refused(),
            "{name}"
        );
        let look = format!("select id from app.attachment where id = '{document}'");
        assert!(
            reads(&db, "worker1.rabat", &look).await.is_empty(),
            "{name}"
        );
    }
    let mine = format!("select id from app.attachment where id = '{own}'");
    assert_eq!(reads(&db, "worker1.rabat", &mine).await.len(), 1);
    // what a document is, and who brought it, does not change; nor is it brought in another's name
    for sql in [
        format!("update app.attachment set sha256 = sha256('x') where id = '{own}'"),
        format!("update app.attachment set blob = gen_random_uuid() where id = '{own}'"),
        format!(
            "insert into app.attachment (id, territory_id, kind, media, blob, size, sha256, received_size, received_sha256, added_by)
             values (gen_random_uuid(), 1, 'other', 'pdf', gen_random_uuid(), 1, sha256('x'), 1, sha256('x'), '{}')",
            id("worker2.rabat")
        ),
    ] {
        assert_eq!(tries(&db, "worker1.rabat", &sql).await, refused(), "{sql}");
    }
}

#[tokio::test]
async fn a_row_does_not_move_to_another_city() {
    let db = world().await;
    assert_eq!(
        tries(
            &db,
            "supervisor.rabat",
            "update app.person set territory_id = 2"
        )
        .await,
        refused()
    );
    // even with the grant, the policy holds
    db.run("grant update on all tables in schema app to sanad_app")
        .await;
    for table in [
        "app.contact",
        "app.person",
        "app.case_file",
        "app.service",
        "app.judicial_file",
        "app.disclosure",
    ] {
        let move_it = format!("update {table} set territory_id = 2 where territory_id = 1");
        assert_eq!(
            tries(&db, "supervisor.rabat", &move_it).await,
            refused(),
            "{table}"
        );
    }
    assert_eq!(
        tries(
            &db,
            "worker1.rabat",
            "update app.case_file set territory_at = 2 where territory_id = 2"
        )
        .await,
        Ok(0)
    );
}

#[tokio::test]
async fn nothing_is_deleted() {
    let db = world().await;
    for table in db
        .list("select tablename::text from pg_tables where schemaname = 'app'")
        .await
    {
        for username in ["supervisor.rabat", "prosecutor.rabat"] {
            assert_eq!(
                tries(&db, username, &format!("delete from app.{table}")).await,
                refused(),
                "{table}"
            );
            assert_eq!(
                tries(&db, username, &format!("truncate app.{table} cascade")).await,
                refused(),
                "{table}"
            );
        }
    }
}

#[tokio::test]
async fn only_the_court_of_a_file_decides() {
    let db = world().await;
    let decide = |name: &str, territory: i16, court: i16| {
        format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, reason, decided_on, recorded_by)
             values (gen_random_uuid(), '{}', '{}', {territory}, {court}, '{}', 'warning', 'not_prosecuted', 'opportunity', current_date, '{}')",
            id(&format!("judicial {name}")),
            id(&format!("case {name}")),
            id(&format!("mother {name}")),
            id("prosecutor.rabat")
        )
    };
    assert_eq!(
        tries(&db, "prosecutor.rabat", &decide("rabat.mine", 1, 11)).await,
        Ok(1)
    );
    for username in [
        "worker1.rabat",
        "supervisor.rabat",
        "prosecutor.sale",
        "steering",
        "admin",
    ] {
        assert_eq!(
            tries(&db, username, &decide("rabat.mine", 1, 11)).await,
            refused(),
            "{username}"
        );
    }
    assert_eq!(
        tries(&db, "prosecutor.rabat", &decide("sale.mine", 2, 12)).await,
        refused()
    );
    assert_eq!(
        tries(&db, "prosecutor.rabat", &decide("sale.mine", 2, 11)).await,
        refused(),
        "another's file under one's court"
    );
    assert_eq!(
        tries(&db, "prosecutor.rabat", &decide("rabat.colleague", 1, 11)).await,
        refused(),
        "a draft"
    );
}

#[tokio::test]
async fn what_was_sent_stays_sent() {
    let db = world().await;
    let file = id("disclosure rabat.mine");
    let take_back =
        format!("update app.disclosure set sent_at = null, sent_by = null where id = '{file}'");
    assert_eq!(tries(&db, "supervisor.rabat", &take_back).await, refused());
    // nor by who passes every wall but this one
    let mut above = db.connect("postgres").await;
    let error = sqlx::raw_sql(sqlx::AssertSqlSafe(take_back))
        .execute(&mut above)
        .await
        .unwrap_err();
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .unwrap();
    assert_eq!(code, "23514");
    let rewrite = format!("update app.disclosure set snapshot_enc = 'other' where id = '{file}'");
    assert_eq!(tries(&db, "supervisor.rabat", &rewrite).await, refused());
}

/// A procedure that an open file began tells nobody of a protected child who is in it too.
#[tokio::test]
async fn a_protected_child_in_anothers_procedure_is_for_named_readers() {
    let db = world().await;
    let (file, child) = (id("judicial rabat.mine"), id("child rabat.protected"));
    let mut above = db.connect("postgres").await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "set session_replication_role = replica;
         insert into app.judicial_child (file_id, case_id, territory_id, court_id, person_id, child_case_id)
         select f.id, f.case_id, f.territory_id, f.court_id, '{child}', '{}' from app.judicial_file f where f.id = '{file}'",
        id("case rabat.protected")
    )))
    .execute(&mut above)
    .await
    .unwrap();
    let look = format!(
        "select person_id from app.judicial_child where file_id = '{file}' and person_id = '{child}'"
    );
    for username in ["worker1.rabat", "supervisor.rabat"] {
        assert!(reads(&db, username, &look).await.is_empty(), "{username}");
    }
    assert_eq!(reads(&db, "prosecutor.rabat", &look).await.len(), 1);
}

/// Decision 0088: a roster is its court's, and written by who keeps it, in their own name, of their own colleagues.
#[tokio::test]
async fn a_roster_is_of_ones_own_court() {
    let db = world().await;
    let look = "select id from app.duty_turn";
    assert_eq!(reads(&db, "registrar.rabat", look).await.len(), 3);
    assert_eq!(
        reads(&db, "prosecutor.sale", look).await,
        [id("turn sale.mine").to_string()]
    );
    for username in ["worker1.rabat", "supervisor.rabat", "admin", "dpo"] {
        assert!(reads(&db, username, look).await.is_empty(), "{username}");
    }
    let enter = |court: i16, officer: &str, by: &str| {
        format!(
            "insert into app.duty_turn (id, court_id, user_id, period, entered_by)
             values (gen_random_uuid(), {court}, '{}', tstzrange(now() + interval '20 days', now() + interval '21 days'), '{}')",
            id(officer),
            id(by)
        )
    };
    for (username, court, officer, by) in [
        ("chief.rabat", 12, "prosecutor.sale", "chief.rabat"),
        ("chief.rabat", 11, "prosecutor.rabat", "registrar.rabat"),
        (
            "prosecutor.rabat",
            11,
            "prosecutor.rabat",
            "prosecutor.rabat",
        ),
        (
            "supervisor.rabat",
            11,
            "prosecutor.rabat",
            "supervisor.rabat",
        ),
    ] {
        let answer = tries(&db, username, &enter(court, officer, by)).await;
        assert_eq!(answer, refused(), "{username} at {court} by {by}");
    }
    let stranger = enter(11, "prosecutor.sale", "chief.rabat");
    assert_eq!(
        tries(&db, "chief.rabat", &stranger).await,
        Err("23514".to_owned())
    );
    let own = enter(11, "prosecutor.rabat", "chief.rabat");
    assert_eq!(tries(&db, "chief.rabat", &own).await, Ok(1));
    let off = |court: i16, by: &str| {
        format!(
            "update app.duty_turn set cancelled_by = '{}', cancelled_at = now() where court_id = {court}",
            id(by)
        )
    };
    assert_eq!(
        tries(&db, "chief.rabat", &off(12, "chief.rabat")).await,
        Ok(0)
    );
    for (username, sql) in [
        ("chief.rabat", off(11, "registrar.rabat")),
        ("prosecutor.rabat", off(11, "prosecutor.rabat")),
        (
            "chief.rabat",
            "update app.duty_turn set period = tstzrange(now(), now() + interval '1 day')"
                .to_owned(),
        ),
    ] {
        assert_eq!(
            tries(&db, username, &sql).await,
            refused(),
            "{username}: {sql}"
        );
    }
}
