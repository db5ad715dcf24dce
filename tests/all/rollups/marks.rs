//! Every way of writing what is counted marks the months that it changes, and nobody waits for a mark.

use super::{assert_equal, run, settle, stage};
use crate::{
    seal::work,
    support::{TestDb, id, role::tries, world},
};
use sqlx::{AssertSqlSafe, Connection};
use std::collections::BTreeSet;

async fn world() -> TestDb {
    let db = stage().await;
    world::build(&db).await;
    db
}

/// Cities and months, each with what is counted there.
async fn months(db: &TestDb) -> BTreeSet<String> {
    let sql = "select concat_ws(' ', territory_id, to_char(month, 'YYYY-MM'), measure, key, sex, trait, other_trait, n)
               from stat.month_cells(null, null, null, null)";
    db.list(sql).await.into_iter().collect()
}

/// `1 2026-11` of a line above.
fn place(line: &str) -> String {
    line.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// A way of the application: what it is, who writes, the statement.
type Way = (&'static str, &'static str, String);

fn service(made: &str, who: &str, given: Option<&str>, name: &str) -> String {
    format!(
        "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on, recorded_by, payload_mac)
         values ('{service}', 1, 1, 'food_clothes', 'en_cell_rabat', '{state}', current_date, {day}, '{by}', sha256('x'));
         insert into app.service_beneficiary (service_id, person_id, case_id, territory_id)
         values ('{service}', '{child}', '{case}', 1)",
        service = id(made),
        state = given.map_or("planned", |_| "delivered"),
        day = given.unwrap_or("null"),
        by = id(who),
        child = id(&format!("child {name}")),
        case = id(&format!("case {name}")),
    )
}

/// In the street and in the file.
fn social() -> Vec<Way> {
    let (case, worker) = (id("case rabat.mine"), id("worker1.rabat"));
    vec![
        (
            "a contact",
            "worker1.rabat",
            format!(
                "insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, author, circumstance, payload_mac)
                 values (gen_random_uuid(), 'R-MARKS', 1, 1, '044210107', 'mosque', now() - interval '1 hour', '{worker}', 'alone', sha256('x'))"
            ),
        ),
        (
            "a contact that is another's duplicate",
            "supervisor.rabat",
            format!(
                "insert into app.contact_outcome (contact_child_id, territory_id, kind, by_user) values ('{}', 1, 'duplicate', '{}')",
                id("seen fresh rabat.mine"),
                id("supervisor.rabat")
            ),
        ),
        (
            "a move of a file",
            "worker1.rabat",
            format!(
                "insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role)
                 values (gen_random_uuid(), '{}', '{case}', 1, 'assessment', 'planning', '{worker}', 'social_worker')",
                id("episode rabat.mine")
            ),
        ),
        (
            "help that was given",
            "worker1.rabat",
            service("marks given", "worker1.rabat", Some("current_date - 1"), "rabat.mine"),
        ),
        (
            "help to another child",
            "worker2.rabat",
            service("marks other", "worker2.rabat", Some("current_date"), "rabat.colleague"),
        ),
        (
            "help that is planned, and given",
            "worker1.rabat",
            format!(
                "{};
                 insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, on_day, by_user, role)
                 values (gen_random_uuid(), '{}', 1, 1, 'planned', 'delivered', current_date, '{worker}', 'social_worker')",
                service("marks planned", "worker1.rabat", None, "rabat.mine"),
                id("marks planned")
            ),
        ),
        (
            "a file that is sent to the prosecution",
            "supervisor.rabat",
            format!(
                "select app.move_judicial(gen_random_uuid(), '{}', 'transmit')",
                id("judicial rabat.colleague")
            ),
        ),
    ]
}

/// At the court.
fn court() -> Vec<Way> {
    let file = id("judicial rabat.mine");
    let case = id("case rabat.mine");
    let prosecutor = id("prosecutor.rabat");
    let child = |made: &str, kind: &str, corrects: &str| {
        format!(
            "insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_by, supersedes_id)
             values ('{}', '{file}', '{case}', 1, 11, '{}', '{kind}', current_date, '{prosecutor}', {corrects})",
            id(made),
            id("child rabat.mine")
        )
    };
    let first = format!("'{}'", id("marks decision"));
    vec![
        (
            "a decision on a child",
            "prosecutor.rabat",
            child("marks decision", "expertise", "null"),
        ),
        (
            "its correction",
            "prosecutor.rabat",
            child("marks corrected", "social_inquiry", &first),
        ),
        (
            "a further decision on an adult",
            "prosecutor.rabat",
            format!(
                "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on, recorded_by)
                 values (gen_random_uuid(), '{file}', '{case}', 1, 11, '{}', 'further_inquiry', 'pending', current_date, '{prosecutor}')",
                id("mother rabat.mine")
            ),
        ),
    ]
}

/// Who the child is, and whether there is a file at all.
fn identity() -> Vec<Way> {
    let (child, other) = (id("child rabat.mine"), id("child rabat.colleague"));
    vec![
        (
            "the sex of a child",
            "worker1.rabat",
            format!("update app.person set sex = 'M' where id = '{child}'"),
        ),
        (
            "two records of one child",
            "supervisor.rabat",
            format!(
                "select app.join_records('{}', '{child}', '{other}')",
                id("marks joined")
            ),
        ),
        (
            "and two again",
            "supervisor.rabat",
            format!(
                "select app.part_two('{}', '{child}', '{other}', 'not_same')",
                id("marks parted")
            ),
        ),
        (
            "a file that should never have been",
            "supervisor.rabat",
            format!(
                "update app.case_file set void = 'invalid', void_by = '{}', void_at = now(), void_why_enc = 'x' where id = '{}'",
                id("supervisor.rabat"),
                id("case rabat.colleague")
            ),
        ),
    ]
}

#[tokio::test]
async fn each_way_of_writing_marks_what_it_changes() {
    let db = world().await;
    let work = work(&db);
    let ways = social().into_iter().chain(court()).chain(identity());
    for (what, who, sql) in ways {
        settle(&db, &work).await;
        let before = months(&db).await;
        let done = tries(&db, who, &sql).await;
        assert!(done.is_ok(), "{what}: {done:?}");
        let after = months(&db).await;
        let changed: BTreeSet<String> = before
            .symmetric_difference(&after)
            .map(|line| place(line))
            .collect();
        assert!(!changed.is_empty(), "{what} changes nothing");
        let marked = db
            .list(
                "select distinct territory_id || ' ' || to_char(month, 'YYYY-MM') from stat.dirty",
            )
            .await
            .into_iter()
            .collect();
        assert!(changed.is_subset(&marked), "{what}: {changed:?} {marked:?}");
        assert_equal(&db, what).await;
    }
}

/// Where it happened stays: a file that moves changes no count, and no other city's month is counted again.
#[tokio::test]
async fn a_file_that_moves_changes_nothing_that_is_kept() {
    let db = world().await;
    settle(&db, &work(&db)).await;
    let before = months(&db).await;
    db.run(&format!(
        "update app.case_file set territory_id = 2 where id = '{}'",
        id("case rabat.mine")
    ))
    .await;
    assert_eq!(months(&db).await, before);
    assert_eq!(db.ask::<i64>("select count(*) from stat.dirty").await, 0);
    assert_equal(&db, "moved").await;
}

/// Two write in one city and one month, and neither has ended.
#[tokio::test]
async fn two_writers_do_not_wait_for_each_other() {
    let db = world().await;
    let work = work(&db);
    settle(&db, &work).await;
    let contact = |n: u32| {
        format!(
            "insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, observed_at, author, circumstance, payload_mac)
             values (gen_random_uuid(), 'R-{n}', 1, 1, '044210107', 'mosque', now() - interval '1 hour', '{}', 'alone', sha256('x'));",
            id("worker1.rabat")
        )
    };
    let mut one = db.connect("postgres").await;
    let mut two = db.connect("postgres").await;
    run(&mut one, "set lock_timeout = '2s'").await;
    run(&mut two, "set lock_timeout = '2s'").await;
    run(&mut one, &format!("begin; {}", contact(1))).await;
    run(&mut two, &format!("begin; {}", contact(2))).await;
    // nor does who counts, while both write
    work.refresh_figures().await.unwrap();
    run(&mut one, &contact(3)).await;
    run(&mut two, "commit").await;
    run(&mut one, "commit").await;
    let marked: i64 = db.ask("select count(*) from stat.dirty").await;
    assert!(marked >= 3, "{marked}");
    assert_equal(&db, "both ended").await;
    // what is rolled back leaves no mark
    settle(&db, &work).await;
    let mut tx = one.begin().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(contact(4)))
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(db.ask::<i64>("select count(*) from stat.dirty").await, 0);
}

/// One transaction gives a child an earlier measure, another says that the child is one with another: neither sees what the
/// other writes, and the month of the later measure is marked by the second alone, which ends first.
#[tokio::test]
async fn a_mark_waits_for_who_ran_beside_it() {
    let db = world().await;
    let work = work(&db);
    let (early, late) = (id("case rabat.mine"), id("case rabat.colleague"));
    db.run(&format!(
        "update app.case_file set protected_measure_on = null, protected_measure_kind = null where id = '{early}';
         update app.case_file set protected_measure_on = current_date - 40, protected_measure_kind = 'service' where id = '{late}'"
    ))
    .await;
    settle(&db, &work).await;
    let mut first = db.connect("postgres").await;
    run(
        &mut first,
        &format!(
            "begin; update app.case_file set protected_measure_on = current_date - 100, protected_measure_kind = 'service' where id = '{early}'"
        ),
    )
    .await;
    db.run(&format!(
        "update app.identity_link set live = false where person_id = '{child}' and live;
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
         values (gen_random_uuid(), 1, '{child}', '{identity}', 'same', '{by}')",
        child = id("child rabat.colleague"),
        identity = id("identity child rabat.mine"),
        by = id("supervisor.rabat"),
    ))
    .await;
    for _ in 0..3 {
        work.refresh_figures().await.unwrap();
    }
    run(&mut first, "commit").await;
    assert_equal(&db, "the first ended last").await;
    settle(&db, &work).await;
    assert_equal(&db, "all is counted").await;
    assert_eq!(db.ask::<i64>(super::STALE).await, 0);
    assert_eq!(work.reconcile().await.unwrap(), 0);
}
