//! Months of the demonstration are told by the job, and the committee's page has something to draw.

use super::told;
use crate::seal::work;
use chrono::{Datelike, Months};

#[tokio::test]
async fn the_months_of_the_demonstration_can_be_told() {
    let db = told().await;
    let work = work(db);
    let today = work.clock.today();
    let first = today.checked_sub_months(Months::new(3)).unwrap();
    let months = work.release(Some(first)).await.unwrap();
    assert_eq!(months[0].as_of.month(), first.month());
    assert!(months.len() >= 2, "{months:#?}");
    for month in &months {
        assert!(month.untold.is_empty(), "{month:#?}");
        assert!(month.shown > 0 && month.withheld > 0, "{month:#?}");
    }
    // what the page draws: all children, and each city in some month
    let country: i64 = db
        .ask("select count(*) from stat.published_cell where table_code = 'children' and territory_id is null and n > 0")
        .await;
    assert!(country > 0);
    let cities: i64 = db
        .ask("select count(distinct territory_id) from stat.published_cell where table_code = 'children' and territory_id <= 7 and n > 0")
        .await;
    assert!(cities >= 4, "{cities} of 7");
}
