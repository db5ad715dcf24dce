//! What is kept by city and month is what a full count finds, whatever is written, in whatever order (decision 0103).

mod city;
mod marks;
mod night;

use crate::{
    seal::work,
    support::{TestDb, database, world},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sanad::{blobs::Blobs, clock::Clock, demo, jobs::Work};
use sqlx::{AssertSqlSafe, PgConnection};
use std::time::Duration;

/// Things that happen, and after how many of them the two counts are compared.
const HAPPENS: usize = 240;
const BETWEEN: usize = 6;

/// A database in which anything may happen: `public.happens`, `public.differences`.
async fn stage() -> TestDb {
    let db = TestDb::new().await;
    db.run(include_str!("happens.sql")).await;
    db
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
}

/// Refreshes until no month is marked: a mark is let go when whatever ran beside it has ended, and other tests of the cluster
/// run, too.
async fn settle(db: &TestDb, work: &Work) {
    for _ in 0..4800 {
        work.refresh_figures().await.unwrap();
        if db.ask::<i64>("select count(*) from stat.dirty").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("a month stays marked");
}

async fn assert_equal(db: &TestDb, told: &str) {
    let differences = db.list("select * from public.differences()").await;
    assert!(differences.is_empty(), "{told}: {differences:#?}");
}

/// What is kept, and what the facts add up to now.
const STALE: &str = "select count(*) from (
        (select * from stat.rollup except select * from stat.month_cells(null, null, null, null))
        union all
        (select * from stat.month_cells(null, null, null, null) except select * from stat.rollup)) x";

#[tokio::test]
async fn whatever_happens_the_rollup_is_the_full_count() {
    let db = stage().await;
    let work = work(&db);
    let mut connection = db.connect("postgres").await;
    run(&mut connection, "set session_replication_role = replica").await;
    let mut runner = TestRunner::deterministic();
    let things = proptest::collection::vec(any::<(u8, u8, u8, u8)>(), HAPPENS);
    let things = things.new_tree(&mut runner).unwrap().current();
    // some people and places first, so that things happen to somebody
    let people = (0..12).map(|n| (0, n, n * 17, n * 5));
    let things: Vec<_> = people.chain(things).collect();
    for (nth, (what, a, b, c)) in things.iter().enumerate() {
        run(
            &mut connection,
            &format!("select public.happens({what}, {a}, {b}, {c})"),
        )
        .await;
        if nth % 7 == 3 {
            work.refresh_figures().await.unwrap();
        }
        if nth % BETWEEN == 0 {
            let last = &things[nth.saturating_sub(BETWEEN)..=nth];
            assert_equal(&db, &format!("{nth}: {last:?}")).await;
        }
    }
    assert_equal(&db, "at the end").await;
    settle(&db, &work).await;
    assert_eq!(db.ask::<i64>(STALE).await, 0);
    assert_equal(&db, "with no month marked").await;
    // it was about something: every measure, and stocks that went down
    let measures = db
        .list("select distinct measure from stat.rollup order by 1")
        .await;
    assert_eq!(
        measures,
        [
            "adult_decisions",
            "cases",
            "cases_handled",
            "child_decisions",
            "children_protected",
            "contacts",
            "referrals",
            "services"
        ]
    );
    for measure in ["adult_decisions", "cases"] {
        let left: i64 = db
            .ask(format!(
                "select count(*) from stat.rollup where measure = '{measure}' and n < 0"
            ))
            .await;
        assert!(left > 0, "{measure}");
    }
}

/// Who counts from the tables and who adds up months find the same, over lives as they are told.
#[tokio::test]
async fn a_demonstration_is_counted_the_same_both_ways() {
    let db = stage().await;
    let blobs = Blobs::in_memory();
    let mut connection = db.connect("postgres").await;
    let stores = (&database::vault(), &blobs);
    demo::fill(&mut connection, &Clock::system(), stores)
        .await
        .unwrap();
    assert_equal(&db, "while all months are marked").await;
    settle(&db, &work(&db)).await;
    assert_equal(&db, "from the rollup").await;
    assert_eq!(db.ask::<i64>(STALE).await, 0);
    let cells: i64 = db.ask("select count(*) from stat.rollup").await;
    assert!(cells > 100, "{cells}");
}

/// A list that is changed changes every month: all of them are counted again, and until then none is read from the rollup.
#[tokio::test]
async fn a_changed_list_or_a_closed_period_counts_everything_again() {
    let db = stage().await;
    world::build(&db).await;
    let work = work(&db);
    settle(&db, &work).await;
    for change in [
        "update ref.service_kind set parent = 'medical' where code = 'food_clothes'",
        "update ref.nationality set reporting_group = (select reporting_group from ref.nationality where code = 'SY') where code = 'MA'",
        "insert into stat.historical_aggregate (code, measure, unit, value, as_of, \"precision\", source, closes_period)
         values ('later', 'cases_handled', 'case', 9, (now() at time zone 'Africa/Casablanca')::date - 3, 'day', 'x', true);
         insert into stat.historical_scope (aggregate, territory_id) values ('later', 1)",
        "delete from stat.historical_scope where aggregate = 'later'",
        "update ref.age_band set min_months = 71 where code = 'plan_6_13'; update ref.age_band set max_months = 71 where code = 'plan_1_5'",
    ] {
        let before = db.list("select x::text from stat.month_cells(null, null, null, null) x order by 1").await;
        let mut connection = db.connect("postgres").await;
        run(&mut connection, &format!("begin; {change}; commit")).await;
        assert_equal(&db, change).await;
        settle(&db, &work).await;
        assert_eq!(db.ask::<i64>(STALE).await, 0, "{change}");
        let after = db.list("select x::text from stat.month_cells(null, null, null, null) x order by 1").await;
        if change.starts_with("update ref.service_kind") || change.contains("historical") {
            assert_ne!(before, after, "{change}");
        }
    }
}

/// A list that is loaded again as it was changes nothing, and marks nothing.
#[tokio::test]
async fn the_reference_data_loaded_again_mark_nothing() {
    let db = stage().await;
    world::build(&db).await;
    settle(&db, &work(&db)).await;
    let mut connection = db.connect("postgres").await;
    run(
        &mut connection,
        "delete from ref.load; set role sanad_owner",
    )
    .await;
    sanad::reference::load(&mut connection).await.unwrap();
    assert_eq!(db.ask::<i64>("select count(*) from stat.dirty").await, 0);
}
