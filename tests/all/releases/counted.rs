//! What a release counts: what happened stays where it happened, and a human being counts once.

use crate::support::TestDb;

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

/// What is counted today, a line each, as the job that publishes counts it.
async fn counted(db: &TestDb) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', measure, territory_id, nullif(key, ''), nullif(sex, ''), n)
         from stat.exact_cells(current_date) order by 1",
    )
    .fetch_all(&mut db.connect("sanad_job").await)
    .await
    .unwrap()
}

fn girls(n: i32) -> String {
    format!("children_protected 1 F {n}")
}

#[tokio::test]
async fn a_file_that_moves_to_another_city_changes_no_count_of_the_past() {
    let db = ten_girls().await;
    let before = counted(&db).await;
    assert!(before.contains(&girls(10)), "{before:#?}");
    db.run("update app.case_file set territory_id = 2 where territory_id = 1; update app.person set territory_id = 2")
        .await;
    let moved: i64 = db
        .ask("select count(*) from app.case_file where territory_id = 2 and territory_at = 1")
        .await;
    assert!(moved >= 10);
    assert_eq!(counted(&db).await, before);
}

#[tokio::test]
async fn two_records_of_one_child_count_once_and_twice_again_when_parted() {
    let db = ten_girls().await;
    let before = counted(&db).await;
    db.run(
        "update app.identity_link l set live = false from public.girl g where g.person = l.person_id and g.n > 5;
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, supersedes_id)
         select gen_random_uuid(), 1, g.person, o.identity, 'same', g.worker, l.id
         from public.girl g join public.girl o on o.n = g.n - 5 join app.identity_link l on l.person_id = g.person
         where g.n > 5",
    )
    .await;
    let joined = counted(&db).await;
    assert!(joined.contains(&girls(5)), "{joined:#?}");
    db.run(
        "update app.identity_link l set live = supersedes_id is null from public.girl g
         where g.person = l.person_id and g.n > 5 and l.live;
         update app.identity_link l set live = true from public.girl g
         where g.person = l.person_id and g.n > 5 and l.supersedes_id is null",
    )
    .await;
    assert_eq!(counted(&db).await, before);
}
