//! Row security, tried by someone who can run any statement as the application's role.
//!
//! Every probe of the design's table stands here, and each says first that there was something to find.

mod clinical;
mod fresh;
mod keys;
mod protection;

use crate::support::{
    TestDb, id,
    world::{self, session_of},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgTransaction};

async fn world() -> TestDb {
    let db = TestDb::new().await;
    world::build(&db).await;
    db
}

/// A transaction of the application in which the setting holds that text.
async fn told<'a>(connection: &'a mut PgConnection, context: &str) -> PgTransaction<'a> {
    let mut tx = connection.begin().await.unwrap();
    sqlx::query("select set_config('app.session', $1, true)")
        .bind(context)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx
}

/// The values of the first column, as text, that someone gets.
async fn reads(db: &TestDb, username: &str, sql: &str) -> Vec<String> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = told(&mut connection, &session_of(username)).await;
    sqlx::query_scalar(AssertSqlSafe(format!(
        "select x::text from ({sql}) as q (x) order by 1"
    )))
    .fetch_all(&mut *tx)
    .await
    .unwrap()
}

/// Runs a statement as someone and keeps what it did; the code of the refusal, if it was refused.
async fn tries(db: &TestDb, username: &str, sql: &str) -> Result<u64, String> {
    let mut connection = db.connect("sanad_app").await;
    let mut tx = told(&mut connection, &session_of(username)).await;
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await;
    let rows = done.map_err(|error| code_of(&error))?.rows_affected();
    tx.commit().await.map_err(|error| code_of(&error))?;
    Ok(rows)
}

fn code_of(error: &sqlx::Error) -> String {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .unwrap_or_else(|| panic!("{error}"))
        .into_owned()
}

/// `insufficient_privilege`: a missing grant, and a policy's WITH CHECK.
const REFUSED: &str = "42501";

fn refused<T>() -> Result<T, String> {
    Err(REFUSED.to_owned())
}

/// The tables and views of `app` that the application reads.
async fn tables(db: &TestDb) -> Vec<String> {
    db.list(
        "select c.oid::regclass::text from pg_class c where c.relnamespace = 'app'::regnamespace
             and c.relkind in ('r', 'p', 'v') and has_table_privilege('sanad_app', c.oid, 'SELECT')",
    )
    .await
}

/// How many rows of each table and view of `app` the application gets under that context.
async fn visible(connection: &mut PgConnection, tables: &[String], context: &str) -> i64 {
    let counts: Vec<String> = tables
        .iter()
        .map(|table| format!("(select count(*) from {table})"))
        .collect();
    let mut tx = told(connection, context).await;
    let sql = format!("select {}", counts.join(" + "));
    let rows = sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    // at once, or its locks would hold up who takes a wall away
    tx.rollback().await.unwrap();
    rows
}

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
    for username in ["focal.rabat", "institution.rabat", "steering", "admin"] {
        assert_eq!(
            visible(&mut connection, &tables, &session_of(username)).await,
            0,
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

#[tokio::test]
async fn a_city_sees_its_own() {
    let db = world().await;
    let cases = "select id from app.case_file";
    let ids = |names: &[&str]| {
        let mut ids: Vec<String> = names
            .iter()
            .map(|name| id(&format!("case {name}")).to_string())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(
        reads(&db, "worker1.rabat", cases).await,
        ids(&["rabat.mine", "rabat.colleague"])
    );
    assert_eq!(
        reads(&db, "worker2.rabat", cases).await,
        ids(&["rabat.mine", "rabat.colleague", "rabat.protected"])
    );
    assert_eq!(
        reads(&db, "supervisor.rabat", cases).await,
        ids(&["rabat.mine", "rabat.colleague"])
    );
    assert_eq!(reads(&db, "worker1.sale", cases).await, ids(&["sale.mine"]));
}

/// A protected file shows in no table and no view: not its id, its number, its child's name.
#[tokio::test]
async fn a_protected_file_shows_nowhere() {
    let db = world().await;
    let things = [
        "case",
        "child",
        "episode",
        "judicial",
        "disclosure",
        "service child",
        "service mother",
        "lead",
        "grant",
        "document",
        "blob",
    ];
    let mut marks: Vec<String> = things
        .iter()
        .map(|thing| id(&format!("{thing} rabat.protected")).to_string())
        .collect();
    marks.push("CANARY-child-rabat.protected".to_owned());
    marks.extend(
        db.list("select ',' || number || ',' from app.case_file where protected")
            .await,
    );
    let mut shown = Vec::new();
    for username in ["worker1.rabat", "supervisor.rabat"] {
        for table in tables(&db).await {
            for row in reads(&db, username, &format!("select t from {table} t")).await {
                if let Some(mark) = marks.iter().find(|mark| row.contains(mark.as_str())) {
                    shown.push(format!(
                        "{username} sees in {table} the row {row} with {mark}"
                    ));
                }
            }
        }
    }
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[tokio::test]
async fn a_grant_opens_a_protected_file_until_it_ends() {
    let db = world().await;
    let case = id("case rabat.protected");
    let look = format!("select id from app.case_file where id = '{case}'");
    for username in ["worker1.rabat", "supervisor.rabat"] {
        assert!(reads(&db, username, &look).await.is_empty());
        db.run(&format!(
            "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
             values (gen_random_uuid(), '{case}', 1, '{}', 'replacement', now() + interval '1 hour')",
            id(username)
        ))
        .await;
        assert_eq!(reads(&db, username, &look).await.len(), 1);
        assert_eq!(
            reads(&db, username, "select id from app.person where protected")
                .await
                .len(),
            1
        );
        db.run("update app.case_grant set until = granted_at where until > now()")
            .await;
        assert!(
            reads(&db, username, &look).await.is_empty(),
            "{username} after the hour"
        );
    }
}

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
        "insert into app.judicial_adult (file_id, case_id, territory_id, court_id, person_id, relation_claimed) values ({judicial}, {case}, {territory}, 11, {child}, 'father')",
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by) values (gen_random_uuid(), {territory}, {child}, {identity}, 'unsure', {me})",
        "insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user) values ({seen}, {territory}, 'linked_to_case', {case}, {me})",
        "insert into app.relationship (id, territory_id, from_person, to_person, kind, created_by) values (gen_random_uuid(), {territory}, {mother}, {child}, 'father', {me})",
        "insert into app.person_identifier (id, person_id, territory_id, kind, value_enc, blind_index, recorded_by) values (gen_random_uuid(), {child}, {territory}, 'cnie', '', decode(repeat('00', 16), 'hex'), {me})",
        "insert into app.person_name (id, person_id, territory_id, kind, given_ar) values (gen_random_uuid(), {child}, {territory}, 'alias', 'x')",
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
        "select * from sec.factor_lift",
        "select * from sec.access_review",
        "select * from sec.decoy",
        "select sec.rotate(gen_random_uuid(), sha256('x'), true)",
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
        "select * from stat.figures(current_date)",
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
        "select actor from audit.openings('case', '{}', now() - interval '1 day')",
        id("case sale.mine")
    );
    assert_eq!(reads(&db, "supervisor.sale", &openings).await.len(), 1);
    assert!(reads(&db, "supervisor.rabat", &openings).await.is_empty());
}

#[tokio::test]
async fn the_committee_can_select_nothing_personal() {
    let db = world().await;
    let mut connection = db.connect("sanad_stat").await;
    let tables = db
        .list(
            "select c.oid::regclass::text from pg_class c
             where c.relnamespace::regnamespace::text in ('app', 'sec', 'audit') and c.relkind in ('r', 'p', 'v')",
        )
        .await;
    for table in tables {
        let sql = AssertSqlSafe(format!("select count(*) from {table}"));
        let error = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
        assert_eq!(code_of(&error), REFUSED, "{table}");
    }
    let figures: i64 = sqlx::query_scalar("select count(*) from stat.figures(current_date)")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(figures > 0);
    let write = sqlx::query("create table stat.mine ()")
        .execute(&mut connection)
        .await
        .unwrap_err();
    assert!(["25006", REFUSED].contains(&code_of(&write).as_str()));
}

/// The prosecution reads what was sent to its court and what it wrote, and no living file (schema D8).
#[tokio::test]
async fn a_prosecutor_sees_what_was_sent_to_the_court_and_nothing_else() {
    let db = world().await;
    let mine = ["rabat.mine", "rabat.protected"];
    for username in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        for table in tables(&db).await {
            let rows = reads(&db, username, &format!("select t from {table} t")).await;
            let wanted = match table.as_str() {
                "app.judicial_file" | "app.judicial_desk" | "app.judicial_child"
                | "app.judicial_adult" | "app.court_note" => 2,
                // two dossiers, and the urgent notices of all three files of the city
                "app.disclosure" => 5,
                "app.court_act" | "app.adult_decision" | "app.adult_decision_text" => 1,
                _ => 0,
            };
            assert_eq!(rows.len(), wanted, "{username} in {table}: {rows:?}");
        }
        let mut files: Vec<String> = mine
            .iter()
            .map(|name| id(&format!("judicial {name}")).to_string())
            .collect();
        files.sort();
        assert_eq!(
            reads(&db, username, "select id from app.judicial_file").await,
            files
        );
    }
    let sale = reads(&db, "prosecutor.sale", "select id from app.judicial_file").await;
    assert_eq!(sale, [id("judicial sale.mine").to_string()]);
}

#[tokio::test]
async fn the_text_of_a_decision_is_for_the_court_alone() {
    let db = world().await;
    let texts = "select decision_id from app.adult_decision_text";
    assert_eq!(
        reads(&db, "prosecutor.rabat", texts).await,
        [id("decision adult rabat.mine").to_string()]
    );
    for username in [
        "worker1.rabat",
        "worker2.rabat",
        "supervisor.rabat",
        "worker1.sale",
    ] {
        assert!(reads(&db, username, texts).await.is_empty(), "{username}");
    }
    // the header of the decision, without its text, is for the file's own people
    assert_eq!(
        reads(
            &db,
            "worker1.rabat",
            "select effect from app.adult_decision"
        )
        .await,
        ["not_prosecuted"]
    );
    assert!(
        reads(
            &db,
            "worker2.rabat",
            "select effect from app.adult_decision"
        )
        .await
        .is_empty()
    );
}

#[tokio::test]
async fn only_the_court_of_a_file_decides() {
    let db = world().await;
    let decide = |name: &str, territory: i16, court: i16| {
        format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by)
             values (gen_random_uuid(), '{}', '{}', {territory}, {court}, '{}', 'warning', 'not_prosecuted', current_date, '{}')",
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
    assert_eq!(
        tries(&db, "supervisor.rabat", &take_back).await,
        Err("23514".to_owned())
    );
    let rewrite = format!("update app.disclosure set snapshot_enc = 'other' where id = '{file}'");
    assert_eq!(tries(&db, "supervisor.rabat", &rewrite).await, refused());
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
