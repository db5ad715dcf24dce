//! What of the indicators goes into a release: cells that share a total add up to it, and medians of enough things alone.

use super::{facts, lay};
use crate::{releases::fingerprint, seal::work, support::day};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Tables of one system count the same things, city by city, whatever is recorded.
#[tokio::test]
async fn tables_of_one_system_have_one_total() {
    let db = facts(
        "select child('n' || n, date '2024-01-01' + n * 3, (1 + n % 3)::smallint, case when n % 2 = 0 then 'F' else 'M' end)
         from generate_series(1, 60) n;
         select protect('n' || n, date '2024-01-05' + n * 3) from generate_series(1, 60, 2) n;
         -- files without a beginning, files that are void, files inside a published total
         delete from app.case_transition where case_id = id('file n3');
         update app.case_file set void = 'merged' where id in (id('file n5'), id('file n7'));
         select child('old', '2020-06-01'), protect('old', '2020-06-02');
         select same('n9', 'n11');
         select meet('m' || n, clock(date '2024-06-01' + n, time '17:00' + n * interval '20 minutes'), 'n' || n,
                     city => (1 + n % 3)::smallint)
         from generate_series(1, 29) n;
         -- some answers, of each kind
         update app.case_episode e set source_contact_id = id('contact m' || n) from generate_series(1, 20) n
         where e.id = id('episode n' || n);
         select owe('t' || n, 'n' || n, 'step_assessment', clock(date '2024-02-01' + n * 5)) from generate_series(10, 40) n;
         select assess('a' || n, 'n' || n, clock(date '2024-01-30' + n * 5)) from generate_series(10, 20) n;
         insert into app.child_view (id, case_id, territory_id, episode_id, occasion, heard_on, language, words_enc, recorded_by,
                                     recorded_at)
         select gen_random_uuid(), c.id, c.territory_id, id('episode n' || n), 'assessment', '2024-03-01', 'x', '\\x00',
                id('worker.rabat'), clock('2024-03-01')
         from generate_series(1, 60, 4) n join app.case_file c on c.id = id('file n' || n)",
    )
    .await;
    for (day, total, tables) in [
        (
            "2024-12-31",
            "cases",
            &["cases_by_response", "cases_by_assessment", "cases_by_view"][..],
        ),
        (
            "2024-04-30",
            "cases",
            &["cases_by_response", "cases_by_assessment", "cases_by_view"][..],
        ),
        (
            "2024-12-31",
            "children_protected",
            &["children_found_again"][..],
        ),
        (
            "2024-03-31",
            "children_protected",
            &["children_found_again"][..],
        ),
        (
            "2024-06-30",
            "contacts_of_month",
            &["contacts_by_night"][..],
        ),
    ] {
        let sums = |source: &str, measure: &str| {
            format!(
                "select territory_id || ' ' || sum(n) from stat.{source}('{day}') where measure = '{measure}'
                 group by territory_id order by territory_id"
            )
        };
        let whole = db.list(sums("exact_cells", total)).await;
        assert!(whole.len() == 3, "{day} {total}: {whole:?}");
        for table in tables {
            assert_eq!(
                db.list(sums("indicator_cells", table)).await,
                whole,
                "{day} {table}"
            );
        }
    }
}

#[tokio::test]
async fn children_are_found_again_among_those_of_three_months_ago() {
    let db = facts(
        "select child('a', '2024-08-01'), protect('a', '2024-08-31'), meet('1', clock('2024-11-28'), 'a'),
                -- the month after: its ninety days run on
                child('b', '2024-09-01'), protect('b', '2024-09-01'), meet('2', clock('2024-10-01'), 'b'),
                -- after more than ninety days
                child('c', '2024-02-01'), protect('c', '2024-02-01'), meet('3', clock('2024-06-01'), 'c')",
    )
    .await;
    let told = |day: &str| {
        format!(
            "select key || ' ' || n from stat.indicator_cells('{day}') where measure = 'children_found_again' order by 1"
        )
    };
    assert_eq!(db.list(told("2024-11-30")).await, ["no 2", "yes 1"]);
    assert_eq!(db.list(told("2024-12-31")).await, ["no 1", "yes 2"]);
}

/// Files of Rabat that were closed in 2024, each after its number of days.
fn closed(files: std::ops::RangeInclusive<i32>, on: &str) -> String {
    format!(
        "select child('f' || n, date '{on}' - n), shut('f' || n, '{on}', 'other') from generate_series({}, {}) n",
        files.start(),
        files.end()
    )
}

#[tokio::test]
async fn a_median_is_told_of_ten_and_more_at_the_end_of_a_quarter() {
    let db = facts(&closed(1..=9, "2024-11-10")).await;
    let told = |day: &str| {
        format!(
            "select concat_ws(' ', indicator, nullif(part, ''), coalesce(territory_id::text, 'country'), n_mark, median_days, p90_days)
             from stat.indicator_medians('{day}') order by 1"
        )
    };
    assert!(db.list(told("2025-03-31")).await.is_empty(), "nine");
    lay(&db, &closed(10..=11, "2024-11-11")).await;
    let region: i16 = db
        .ask("select parent_id from ref.territory where id = 1")
        .await;
    // 1 to 11 days: 6 in the middle; nine in ten are told of fifty
    let ten = [format!("I18 {region} 10 6"), "I18 country 10 6".to_owned()];
    assert_eq!(db.list(told("2025-03-31")).await, ten);
    // the quarter is told once: not at its own end, not in a month that ends no quarter, not afterwards
    for day in ["2024-12-31", "2025-02-28", "2025-04-30", "2025-06-30"] {
        assert!(db.list(told(day)).await.is_empty(), "{day}");
    }
    // who comes later is of a later quarter, and changes nothing
    lay(&db, &closed(100..=120, "2025-02-10")).await;
    assert_eq!(db.list(told("2025-03-31")).await, ten);
    let later = [
        format!("I18 {region} 10 110"),
        "I18 country 10 110".to_owned(),
    ];
    assert_eq!(db.list(told("2025-06-30")).await, later);
}

#[tokio::test]
async fn nine_in_ten_are_told_of_fifty() {
    let db = facts(&closed(1..=50, "2024-11-10")).await;
    let told = db
        .list(
            "select median_days || ' ' || p90_days from stat.indicator_medians('2025-03-31')
             where indicator = 'I18' and territory_id is null and n_mark = '50'",
        )
        .await;
    // 25.5 and 45.1, in whole days
    assert_eq!(told, ["26 45"]);
}

/// The end of the last quarter that is over for five days.
fn quarter_end() -> NaiveDate {
    let settled = day(-5);
    let month = settled.month0() / 3 * 3 + 1;
    let first = NaiveDate::from_ymd_opt(settled.year(), month, 1).unwrap();
    // of a quarter that has just begun the days since do not matter
    first.pred_opt().unwrap()
}

#[tokio::test]
async fn medians_are_told_with_the_month_and_are_in_its_fingerprint() {
    let end = quarter_end();
    // in the quarter before it
    let within = end.checked_sub_days(Days::new(110)).unwrap();
    let db = facts(&closed(1..=20, &within.to_string())).await;
    let first = end.checked_sub_months(Months::new(1)).unwrap();
    let months = work(&db).release(Some(first)).await.unwrap();
    assert!(months.len() >= 2 && months.iter().all(|month| month.untold.is_empty()));
    assert_eq!(months[1].as_of, end);
    let told = db
        .list(
            "select concat_ws(' ', release, indicator, territory_id is null, n_mark, median_days, p90_days)
             from stat.published_median order by 1",
        )
        .await;
    // 1 to 20 days, of a region and of the country; the month before was no quarter's end
    let mut wanted = ["1 I18 f 10 11", "1 I18 t 10 11"]
        .map(str::to_owned)
        .to_vec();
    // on some days the quarter that follows is over, too
    let later = months.iter().zip(0..).skip(2);
    wanted.extend(
        later
            .filter(|(month, _)| month.as_of.month() % 3 == 0)
            .flat_map(|(_, release)| ["f", "t"].map(|all| format!("{release} I18 {all} 10 11"))),
    );
    assert_eq!(told, wanted);
    for number in 0..2 {
        let written: String = db
            .ask(format!(
                "select encode(sha256, 'hex') from stat.release where number = {number}"
            ))
            .await;
        assert_eq!(fingerprint(&db, number).await, written);
    }
}
