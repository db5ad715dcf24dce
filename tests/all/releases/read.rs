//! What those who are told read: each cell as it was told, and of one that is withheld what was told of it last.

use super::told;
use crate::support::{TestApp, TestDb, app};
use sanad::{
    authz::TerritoryId,
    releases::{
        Kept,
        read::{self, Told},
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// The database of four months, and the application over it.
async fn reader() -> TestApp {
    let (db, _) = told().await;
    TestApp::over(db, app::config()).await
}

/// The cells of a release, as its rows say.
async fn rows(db: &TestDb, number: i32) -> BTreeMap<(String, i16, String), (String, Option<i32>)> {
    sqlx::query_as::<_, (String, i16, String, String, Option<i32>)>(
        "select table_code, coalesce(territory_id, 0::smallint), part, mark, n from stat.published_cell where release = $1",
    )
    .bind(number)
    .fetch_all(&mut db.connect("sanad_stat").await)
    .await
    .unwrap()
    .into_iter()
    .map(|(table, place, part, mark, n)| ((table, place, part), (mark, n)))
    .collect()
}

#[tokio::test]
async fn every_cell_is_read_as_it_was_told() {
    let app = reader().await;
    let mut tx = app.state.db.begin_figures().await.unwrap();
    let releases = read::releases(&mut tx).await.unwrap();
    assert_eq!(releases.len(), 4);
    let mut before: BTreeMap<(String, i16, String), i64> = BTreeMap::new();
    let mut with_last = 0;
    for release in releases.iter().rev() {
        let figures = read::figures(&mut tx, release).await.unwrap();
        let rows = rows(&app.db, release.number).await;
        assert_eq!(figures.cells().len(), rows.len());
        for ((table, place, part), (mark, n)) in rows {
            let at = (place != 0).then_some(TerritoryId(place));
            let told = figures.get(&table, at, &part).unwrap();
            let name = (table.clone(), place, part.clone());
            match (mark.as_str(), told) {
                ("shown", Told::Shown(m)) => {
                    assert_eq!(n.map(i64::from), Some(*m));
                    before.insert(name, *m);
                }
                ("few", Told::Few) => {}
                ("withheld", Told::Withheld { last }) => {
                    with_last += usize::from(last.is_some());
                    // no month was corrected before the last one
                    if release.number < 3 && table != "contacts" {
                        let n = last.map(|(day, n)| {
                            assert!(day < release.as_of);
                            n
                        });
                        assert_eq!(n, before.get(&name).copied(), "{name:?}");
                    }
                }
                other => panic!("{name:?}: {other:?}"),
            }
        }
        assert_eq!(figures.get("children", Some(TerritoryId(9999)), ""), None);
    }
    assert!(with_last > 0, "some figure stands with its date");
}

#[tokio::test]
async fn a_series_is_the_same_cell_month_after_month() {
    let app = reader().await;
    let mut tx = app.state.db.begin_figures().await.unwrap();
    let releases = read::releases(&mut tx).await.unwrap();
    let last = &releases[0];
    let of = ("children", "");
    let series = read::series(&mut tx, last, of, None, 3).await.unwrap();
    let days: Vec<_> = series.iter().map(|(day, _)| *day).collect();
    let wanted: Vec<_> = releases[..3].iter().rev().map(|one| one.as_of).collect();
    assert_eq!(days, wanted);
    for (release, (_, told)) in releases[..3].iter().rev().zip(&series) {
        let figures = read::figures(&mut tx, release).await.unwrap();
        assert_eq!(
            figures.get("children", None, "").and_then(Told::shown),
            told.shown()
        );
    }
    let cities = [TerritoryId(1), TerritoryId(2)];
    let several = read::series_of(&mut tx, last, of, &cities, 12)
        .await
        .unwrap();
    assert_eq!(several.len(), 8);
    assert!(several.iter().all(|(_, place, _)| cities.contains(place)));
}

#[tokio::test]
async fn the_last_release_of_a_day_answers_and_lists_its_corrections() {
    let app = reader().await;
    let mut tx = app.state.db.begin_figures().await.unwrap();
    let releases = read::releases(&mut tx).await.unwrap();
    for release in &releases {
        let day = release.as_of;
        assert_eq!(
            read::at(&mut tx, day).await.unwrap().as_ref(),
            Some(release)
        );
        let eve = read::at(&mut tx, day.pred_opt().unwrap()).await.unwrap();
        assert_eq!(
            eve.map(|one| one.number),
            (release.number > 0).then(|| release.number - 1)
        );
    }
    let told = read::corrections(&mut tx, &releases[0]).await.unwrap();
    assert!(!told.is_empty());
    assert!(
        told.iter()
            .all(|one| one.told_by == releases[0].as_of && one.of < one.told_by)
    );
    let mut later = 0;
    for release in &releases {
        later += read::corrected_later(&mut tx, release).await.unwrap().len();
    }
    assert_eq!(later, told.len());
}

/// A month is read once; when another one is told, what it says of this one is read, too.
#[tokio::test]
async fn a_month_is_kept_until_another_is_told() {
    let app = reader().await;
    let mut tx = app.state.db.begin_figures().await.unwrap();
    let releases = read::releases(&mut tx).await.unwrap();
    let (last, before) = (&releases[0], &releases[1]);
    let kept = Kept::default();
    // as it was when the month before was the last one
    let then = kept.month(&mut tx, before, before).await.unwrap();
    let same = kept.month(&mut tx, before, before).await.unwrap();
    assert!(Arc::ptr_eq(&then, &same));
    let now = kept.month(&mut tx, before, last).await.unwrap();
    assert!(!Arc::ptr_eq(&then, &now));
    assert_eq!(then.figures, now.figures);
}
