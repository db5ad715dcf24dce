//! A month is told once: whatever is found out, put right or moved afterwards changes no figure that was told, and is a
//! correction or nothing (schema D9, decision 0102).

mod counted;
mod random;
mod read;

use crate::{seal::work, support::TestDb};
use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use sanad::{clock::Clock, jobs::Work};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection};

/// The first day of the month so many months before this one.
fn first_of_month(ago: u32) -> NaiveDate {
    let first = Clock::system().today().with_day(1).unwrap();
    first.checked_sub_months(Months::new(ago)).unwrap()
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

/// Background work at that moment.
fn work_at(db: &TestDb, at: DateTime<Utc>) -> Work {
    Work {
        clock: Clock::fixed(at),
        ..work(db)
    }
}

/// Every row of a table of `stat`, as text.
async fn rows(db: &TestDb, table: &str, which: &str) -> Vec<String> {
    db.list(format!(
        "select t::text from stat.{table} t where {which} order by 1"
    ))
    .await
}

/// Three months told, what is found out afterwards, and the months since: the day of the last of the first three.
pub async fn told() -> (TestDb, Vec<String>) {
    let db = TestDb::new().await;
    db.run(include_str!("people.sql")).await;
    let early = work_at(&db, noon(first_of_month(2)) + TimeDelta::days(10));
    let months = early.release(Some(first_of_month(5))).await.unwrap();
    assert_eq!(months.len(), 3);
    assert!(
        months
            .iter()
            .all(|month| month.untold.is_empty() && month.corrections == 0)
    );
    let before = rows(&db, "published_cell", "release < 3").await;
    db.run(include_str!("later.sql")).await;
    let late = work_at(&db, noon(first_of_month(1)) + TimeDelta::days(10));
    let months = late.release(None).await.unwrap();
    assert_eq!(months.len(), 1);
    assert!(months[0].corrections > 0);
    (db, before)
}

#[tokio::test]
async fn later_facts_change_no_figure_that_was_told() {
    let (db, before) = told().await;
    assert_eq!(rows(&db, "published_cell", "release < 3").await, before);
    // the same moment again tells nothing more
    let again = work_at(&db, noon(first_of_month(1)) + TimeDelta::days(10));
    assert!(again.release(None).await.unwrap().is_empty());
    let releases: i64 = db.ask("select count(*) from stat.release").await;
    assert_eq!(releases, 4);
    // nor can the owner change them
    db.run("insert into stat.published_median (release, indicator, n_mark, median_days) values (0, 'I5', '10', 4)")
        .await;
    let mut owner = db.connect("postgres").await;
    for change in [
        "update stat.release set method = 2",
        "update stat.published_cell set n = 5 where n is not null",
        "delete from stat.published_median",
        "truncate stat.published_median",
        "update stat.correction set becomes = was + 9",
        "update stat.release_count set n = 1",
        "update stat.release_proof set steps = null",
        "delete from stat.published_cell",
        "delete from stat.correction",
        "truncate stat.release cascade",
    ] {
        let mut tx = owner.begin().await.unwrap();
        let done = sqlx::raw_sql(change).execute(&mut *tx).await;
        assert!(done.is_err(), "{change}");
    }
}

/// What changed of a figure that was told is a correction from what was said last to what is counted now, and no small one.
#[tokio::test]
async fn corrections_say_what_was_told_and_what_is_counted() {
    let (db, _) = told().await;
    let wrong = db
        .list(
            "select c::text from stat.correction c
             left join stat.published_cell p on p.release = c.release and p.table_code = c.table_code
                 and p.territory_id is not distinct from c.territory_id and p.part = c.part
             where c.was is distinct from p.n or abs(c.was - c.becomes) < 5",
        )
        .await;
    assert!(wrong.is_empty(), "{wrong:#?}");
    // of the country, by sex: every one that is listed is what is counted today
    let counted = db
        .list(
            "select c.part || ' ' || r.as_of || ' ' || c.becomes || ' ' || sum(e.n)
             from stat.correction c join stat.release r on r.number = c.release,
                  lateral stat.exact_cells(r.as_of) e
             where c.table_code = 'children_by_sex' and c.territory_id is null
               and e.measure = 'children_protected' and e.sex = c.part
             group by c.part, r.as_of, c.becomes having c.becomes <> sum(e.n)",
        )
        .await;
    assert!(counted.is_empty(), "{counted:#?}");
    let listed: i64 = db
        .ask("select count(*) from stat.correction where table_code = 'children_by_sex' and territory_id is null")
        .await;
    assert!(listed > 0);
}

#[tokio::test]
async fn nothing_small_is_told_and_what_is_told_adds_up() {
    let (db, _) = told().await;
    let small: i64 = db
        .ask("select count(*) from stat.published_cell where n between 1 and 4")
        .await;
    assert_eq!(small, 0);
    // neighbours in time: no figure differs by less than five from the one that was told before it
    let near: i64 = db
        .ask(
            "select count(*) from stat.published_cell a join stat.published_cell b
                 on b.table_code = a.table_code and b.territory_id is not distinct from a.territory_id and b.part = a.part
                    and b.release = a.release + 1
             where a.table_code <> 'contacts' and abs(a.n - b.n) between 1 and 4",
        )
        .await;
    assert_eq!(near, 0);
    // a country whose regions are all told is their sum
    let sums: i64 = db
        .ask(
            "select count(*) from (
                 select p.release, p.table_code, p.part from stat.published_cell p
                 left join ref.territory t on t.id = p.territory_id
                 where p.territory_id is null or t.parent_id is null
                 group by 1, 2, 3
                 having bool_and(p.n is not null)
                    and sum(p.n) filter (where p.territory_id is null) <> sum(p.n) filter (where p.territory_id is not null)) x",
        )
        .await;
    assert_eq!(sums, 0);
}

/// The committee's role reads what was told, and nothing of what stands behind it.
#[tokio::test]
async fn what_stands_behind_a_release_is_read_by_the_job_alone() {
    let (db, _) = told().await;
    for (role, allowed) in [
        ("sanad_stat", true),
        ("sanad_app", false),
        ("sanad_audit", false),
    ] {
        let mut connection = db.connect(role).await;
        for table in ["release", "published_cell", "correction"] {
            let sql = format!("select count(*) from stat.{table}");
            let read = sqlx::query(AssertSqlSafe(sql))
                .fetch_all(&mut connection)
                .await;
            assert_eq!(read.is_ok(), allowed, "{role} {table}");
        }
        for sql in [
            "select count(*) from stat.release_count",
            "select count(*) from stat.release_proof",
            "select count(*) from stat.exact_cells(current_date)",
            "select stat.publish(9, current_date, 1::smallint, sha256('x'), '[]', '[]', '[]', '[]', '[]')",
            "insert into stat.published_cell (release, table_code, mark, n) values (0, 'children', 'shown', 9)",
        ] {
            assert!(
                sqlx::query(sql).fetch_all(&mut connection).await.is_err(),
                "{role}: {sql}"
            );
        }
    }
    // and the job writes by its door alone
    let mut job = db.connect("sanad_job").await;
    let insert = "insert into stat.published_cell (release, table_code, mark, n) values (0, 'children', 'shown', 9)";
    assert!(sqlx::query(insert).execute(&mut job).await.is_err());
}

/// The fingerprint of a release, from its text, which anybody can write again from what is published.
pub async fn fingerprint(db: &TestDb, number: i32) -> String {
    let head: String = db
        .ask(format!("select concat_ws(chr(9), 'release', as_of, method) from stat.release where number = {number}"))
        .await;
    let mut lines = db
        .list(format!(
            "select concat_ws(chr(9), 'cell', table_code, coalesce(territory_id::text, '*'), part, coalesce(n::text, mark))
             from stat.published_cell where release = {number}
             union all
             select concat_ws(chr(9), 'median', indicator, coalesce(territory_id::text, '*'), part, n_mark, median_days,
                              coalesce(p90_days::text, ''))
             from stat.published_median where release = {number}
             union all
             select concat_ws(chr(9), 'correction', release, table_code, coalesce(territory_id::text, '*'), part, was, becomes)
             from stat.correction where told_by = {number}"
        ))
        .await;
    lines.sort();
    let mut hash = Sha256::new();
    for line in std::iter::once(head).chain(lines) {
        hash.update(line);
        hash.update("\n");
    }
    hex::encode(hash.finalize())
}

#[tokio::test]
async fn the_fingerprint_of_a_release_is_in_the_trail() {
    let (db, _) = told().await;
    for number in 0..4 {
        let written: String = db
            .ask(format!(
                "select encode(sha256, 'hex') from stat.release where number = {number}"
            ))
            .await;
        assert_eq!(fingerprint(&db, number).await, written);
        let trail: i64 = db
            .ask(format!(
                "select count(*) from audit.event where action = 'figures.released' and actor is null
                     and request_id = 'job release_figures' and fields ->> 'sha256' = '{written}'"
            ))
            .await;
        assert_eq!(trail, 1);
    }
}
