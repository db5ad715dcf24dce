//! Each night what is kept is compared with all facts: a difference is put right, and is never silent.

use super::{STALE, assert_equal, settle, stage};
use crate::{
    seal::work,
    support::{TestApp, TestDb, app, world},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

async fn settled() -> TestDb {
    let db = stage().await;
    world::build(&db).await;
    settle(&db, &work(&db)).await;
    db
}

/// What an intruder or a fault may do to the rollup: another number, a cell too many, one that is gone.
const TAMPERED: [&str; 3] = [
    "update stat.rollup set n = n + 7 where measure = 'contacts' and territory_id = 1",
    "insert into stat.rollup values (5, date_trunc('month', current_date)::date, 'referrals', '', '', '', '', 3)",
    "delete from stat.rollup where measure = 'cases' and territory_id = 2",
];

#[tokio::test]
async fn what_was_changed_is_put_right_and_told() {
    let app = TestApp::over(settled().await, app::config()).await;
    let work = work(&app.db);
    let alerts = "select count(*) from audit.event where action = 'figures.differed' and actor is null and (fields ->> 'cells')::integer > 0";
    assert_eq!(work.reconcile().await.unwrap(), 0);
    assert_eq!(app.db.ask::<i64>(alerts).await, 0);
    let admin = app.client("admin").reading(Lang::En);
    let page = admin.get("/jobs").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says(Lang::En, "jobs-figures-equal"));
    for (nth, change) in (1_i64..).zip(TAMPERED) {
        app.db.run(change).await;
        assert!(app.db.ask::<i64>(STALE).await > 0, "{change}");
        assert!(work.reconcile().await.unwrap() > 0, "{change}");
        assert_eq!(app.db.ask::<i64>(STALE).await, 0, "{change}");
        assert_equal(&app.db, change).await;
        assert_eq!(app.db.ask::<i64>(alerts).await, nth, "{change}");
    }
    let page = admin.get("/jobs").await;
    assert!(!page.says(Lang::En, "jobs-figures-equal"));
    assert!(page.body.contains("not what the facts say"));
    // each comparison is kept, those without a difference too, and is final
    let kept = app
        .db
        .list("select (differing > 0)::text from stat.reconciliation order by at")
        .await;
    assert_eq!(kept, ["false", "true", "true", "true"]);
    let mut connection = app.db.connect("postgres").await;
    let changed = sqlx::query("update stat.reconciliation set differing = 0")
        .execute(&mut connection)
        .await;
    assert!(changed.is_err());
}

/// A month is told once, so it is counted in two ways before; if they differ, nothing is told and the trail says so.
#[tokio::test]
async fn no_month_is_told_that_two_ways_count_differently() {
    let db = settled().await;
    let work = work(&db);
    db.run(
        "insert into stat.rollup
         values (3, (date_trunc('month', current_date) - interval '3 months')::date, 'contacts', '', '', '', '', 8)",
    )
    .await;
    let refused = work.release(None).await.unwrap_err();
    assert!(
        refused.to_string().contains("differ from a full count"),
        "{refused}"
    );
    assert_eq!(db.ask::<i64>("select count(*) from stat.release").await, 0);
    let told: i64 = db
        .ask("select count(*) from audit.event where action = 'figures.differed' and fields ? 'until'")
        .await;
    assert_eq!(told, 1);
    // put right in the night, it is told
    assert!(work.reconcile().await.unwrap() > 0);
    assert_eq!(work.release(None).await.unwrap().len(), 1);
}
