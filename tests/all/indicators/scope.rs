//! Whose figures are told to whom.

use super::{asked, facts};
use sanad::disclosure::CLOSED_LIST;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn a_city_is_told_its_own_and_no_other() {
    let db = facts(
        "select child('a', '2024-02-01'), protect('a', '2024-03-01'),
                child('b', '2024-02-01', 2::smallint), protect('b', '2024-03-01')",
    )
    .await;
    let year = ("2024-01-01", "2024-12-31");
    for (username, city) in [
        ("worker.rabat", 1),
        ("supervisor.rabat", 1),
        ("worker.sale", 2),
    ] {
        let own = asked(&db, username, city, year.0, year.1).await;
        assert!(own.contains(&"I1 1".to_owned()), "{username}: {own:#?}");
        let other = asked(&db, username, 3 - city, year.0, year.1).await;
        assert!(other.is_empty(), "{username}: {other:#?}");
    }
    // nobody, and a session that is none
    assert!(asked(&db, "nobody", 1, year.0, year.1).await.is_empty());
}

#[tokio::test]
async fn the_figures_of_all_cities_are_for_the_job_alone() {
    let db = facts("select 1").await;
    for role in ["sanad_app", "sanad_stat", "sanad_audit"] {
        let mut connection = db.connect(role).await;
        for sql in [
            "select * from stat.indicator_cells(current_date)",
            "select * from stat.indicator_medians('2024-12-31')",
            "select * from stat.indicator_facts(0::smallint, 99::smallint, '2024-01-01', '2024-12-31')",
            "select * from stat.files_of_humans(0::smallint, 99::smallint)",
            "insert into stat.published_median (release, indicator, n_mark, median_days) values (0, 'I5', '10', 3)",
        ] {
            let answer = sqlx::query(AssertSqlSafe(sql))
                .fetch_all(&mut connection)
                .await;
            assert!(answer.is_err(), "{role}: {sql}");
        }
    }
    // the committee reads the medians that were told, and asks no city
    let mut committee = db.connect("sanad_stat").await;
    let medians = "select * from stat.published_median";
    let told = sqlx::query(medians).fetch_all(&mut committee).await;
    assert!(told.unwrap().is_empty());
    let city = "select * from stat.city_indicators(1::smallint, '2024-01-01', '2024-12-31')";
    assert!(sqlx::query(city).fetch_all(&mut committee).await.is_err());
}

/// A cell that no table of the closed list has would be left out of a release in silence.
#[tokio::test]
async fn every_cell_of_the_indicators_is_of_a_table_of_the_closed_list() {
    let db = facts(
        "select child('a', '2024-02-01'), protect('a', '2024-03-01'), meet('1', clock('2024-12-02'), 'a'),
                visit('1', 'a', '2024-03-01'), owe('1', 'a', 'visit', clock('2024-03-01'))",
    )
    .await;
    let measures = db
        .list("select distinct measure from stat.indicator_cells('2024-12-31') order by 1")
        .await;
    assert_eq!(
        measures,
        [
            "cases_by_assessment",
            "cases_by_response",
            "cases_by_view",
            "children_found_again",
            "contacts_by_night",
            "tasks_overdue",
            "visits_in_time"
        ]
    );
    for measure in &measures {
        let mut tables = CLOSED_LIST.iter().flat_map(|system| system.tables);
        assert!(tables.any(|table| table.code == measure), "{measure}");
    }
}
