//! Figures: what happened stays where it happened, a human being counts once, no cell tells of one child.

use crate::support::{TestApp, TestDb, app};
use axum::http::StatusCode;
use chrono::TimeDelta;
use sanad::{
    authz::TerritoryId,
    figures::{Counted, Measure},
};

/// Ten girls of Rabat with a protection measure, and nobody else.
async fn ten_girls() -> TestDb {
    let db = TestDb::new().await;
    db.run(
        "insert into sec.app_user (id, username, name_ar, name_la) values (gen_random_uuid(), 'worker', 'x', 'x');
         create table public.girl as select n, gen_random_uuid() as person, gen_random_uuid() as identity,
             gen_random_uuid() as file, (select id from sec.app_user) as worker
         from generate_series(1, 10) n;
         insert into app.identity (id, territory_id) select identity, 1 from public.girl;
         insert into app.person (id, territory_id, sex, created_by) select person, 1, 'F', worker from public.girl;
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by)
             select gen_random_uuid(), 1, person, identity, 'same', worker from public.girl;
         insert into app.case_file (id, number, territory_id, territory_at, child_id, opened_by, opened_at,
                 protected_measure_on, protected_measure_kind)
             select file, 'RAB-X-' || n, 1, 1, person, worker, now() - interval '9 days', current_date - 3, 'service'
             from public.girl;",
    )
    .await;
    db
}

/// The live figures, a line each.
async fn figures(db: &TestDb) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', measure, territory_id, nullif(key, ''), nullif(sex, ''), n) from stat.figures(stat.answerable(current_date)) order by 1",
    )
    .fetch_all(&mut db.connect("sanad_stat").await)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_file_that_moves_to_another_city_changes_no_figure_of_the_past() {
    let db = ten_girls().await;
    let before = figures(&db).await;
    assert!(
        before.contains(&"children_protected 1 F 10".to_owned()),
        "{before:#?}"
    );
    db.run("update app.case_file set territory_id = 2 where territory_id = 1; update app.person set territory_id = 2")
        .await;
    let moved: i64 = db
        .ask("select count(*) from app.case_file where territory_id = 2 and territory_at = 1")
        .await;
    assert!(moved >= 10);
    assert_eq!(figures(&db).await, before);
}

#[tokio::test]
async fn two_records_of_one_child_count_once_and_twice_again_when_parted() {
    let db = ten_girls().await;
    let before = figures(&db).await;
    db.run(
        "update app.identity_link l set live = false from public.girl g where g.person = l.person_id and g.n > 5;
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, supersedes_id)
         select gen_random_uuid(), 1, g.person, o.identity, 'same', g.worker, l.id
         from public.girl g join public.girl o on o.n = g.n - 5 join app.identity_link l on l.person_id = g.person
         where g.n > 5",
    )
    .await;
    let joined = figures(&db).await;
    assert!(
        joined.contains(&"children_protected 1 F 5".to_owned()),
        "{joined:#?}"
    );
    db.run(
        "update app.identity_link l set live = supersedes_id is null from public.girl g
         where g.person = l.person_id and g.n > 5 and l.live;
         update app.identity_link l set live = true from public.girl g
         where g.person = l.person_id and g.n > 5 and l.supersedes_id is null",
    )
    .await;
    assert_eq!(figures(&db).await, before);
}

#[tokio::test]
async fn no_cell_is_finer_than_five_and_no_day_off_the_grid_is_answered() {
    let db = ten_girls().await;
    let mut stat = db.connect("sanad_stat").await;
    let fine: i64 = sqlx::query_scalar(
        "select count(*) from stat.figures(stat.answerable(current_date)) where n % 5 <> 0",
    )
    .fetch_one(&mut stat)
    .await
    .unwrap();
    assert_eq!(fine, 0);
    let refused = sqlx::query("select * from stat.figures('2026-03-17')")
        .fetch_all(&mut stat)
        .await
        .unwrap_err();
    assert_eq!(
        refused
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .as_deref(),
        Some("22023")
    );
}

/// 142 children, 79 girls, 63 boys: published for three cities together, never a city's share (schema D21).
#[tokio::test]
async fn the_published_total_of_the_pilot_is_shown_whole() {
    let app = TestApp::new().await;
    let steering = app.client("steering");
    for query in ["?as_of=2020-12-15", "?as_of=2020-12-15&city=rabat"] {
        let page = steering.get(&format!("/dashboard{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        for figure in ["142", "79", "63"] {
            assert!(page.body.contains(figure), "{query}: {figure}");
        }
    }
}

/// Decision 0052.
#[tokio::test]
async fn a_count_serves_for_five_minutes_and_then_is_made_anew() {
    let app = TestApp::over(ten_girls().await, app::config()).await;
    let (figures, db) = (&app.state.figures, &app.state.db);
    let (day, now) = (app.state.clock.today(), app.state.clock.now());
    let girls = |counted: &Counted| {
        counted
            .cells
            .sum(Measure::ChildrenProtected, TerritoryId(1), |_| true)
    };
    let first = figures.of(db, day, now).await.unwrap();
    assert_eq!((girls(&first), first.at), (10, now));
    app.db
        .run("update app.case_file set protected_measure_on = null, protected_measure_kind = null")
        .await;
    let soon = now + TimeDelta::seconds(299);
    assert_eq!(girls(&figures.of(db, day, soon).await.unwrap()), 10);
    let later = now + TimeDelta::seconds(301);
    let anew = figures.of(db, day, later).await.unwrap();
    assert_eq!((girls(&anew), anew.at), (0, later));
}
