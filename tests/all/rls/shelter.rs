//! Places and sheets: an institution sees its own, and what is over is closed to it.

use super::{reads, refused, tries, world};
use crate::support::id;

const HOLDS: &str = "select id from app.bed_hold";
const SHEETS: &str = "select id from app.disclosure";

#[tokio::test]
async fn an_institution_sees_its_own_places_children_and_sheets() {
    let db = world().await;
    let manager = "institution.rabat";
    let own = |thing: &str| vec![id(&format!("{thing} rabat.mine")).to_string()];
    assert_eq!(reads(&db, manager, HOLDS).await, own("hold"));
    assert_eq!(reads(&db, manager, SHEETS).await, own("hold"));
    assert_eq!(
        reads(&db, manager, "select id from app.bed_group").await,
        own("group")
    );
    assert_eq!(
        reads(&db, manager, "select id from app.institution").await,
        own("institution")
    );
    for table in [
        "case_file",
        "person",
        "person_name",
        "task",
        "bed_move",
        "service",
    ] {
        let sql = format!("select territory_id from app.{table}");
        assert!(reads(&db, manager, &sql).await.is_empty(), "{table}");
    }
    let key = |hold: &str| {
        format!(
            "select app.key_of('disclosure', '{}') is not null",
            id(&format!("hold {hold}"))
        )
    };
    assert_eq!(reads(&db, manager, &key("rabat.mine")).await, ["true"]);
    assert_eq!(reads(&db, manager, &key("sale.mine")).await, ["false"]);
    // the stay is over: the sheet is closed
    db.run("update app.bed_hold set state = 'cancelled' where state = 'held'")
        .await;
    assert!(reads(&db, manager, SHEETS).await.is_empty());
    assert_eq!(reads(&db, manager, &key("rabat.mine")).await, ["false"]);
}

#[tokio::test]
async fn places_of_every_city_are_seen_by_who_looks_for_one_and_children_by_their_own() {
    let db = world().await;
    let groups = "select id from app.bed_group";
    for who in ["worker1.rabat", "supervisor.sale", "prosecutor.rabat"] {
        assert_eq!(reads(&db, who, groups).await.len(), 4, "{who}");
    }
    for who in ["focal.rabat", "steering", "admin", "dpo"] {
        assert!(reads(&db, who, groups).await.is_empty(), "{who}");
        assert!(reads(&db, who, HOLDS).await.is_empty(), "{who}");
    }
    assert!(reads(&db, "prosecutor.rabat", HOLDS).await.is_empty());
    assert_eq!(
        reads(&db, "worker1.rabat", HOLDS).await,
        [id("hold rabat.mine").to_string()]
    );
    assert_eq!(reads(&db, "supervisor.rabat", HOLDS).await.len(), 2);
    let hidden = id("hold rabat.protected").to_string();
    assert!(
        !reads(&db, "supervisor.rabat", HOLDS)
            .await
            .contains(&hidden)
    );
    assert_eq!(
        tries(&db, "worker1.rabat", "select address from app.institution").await,
        refused()
    );
}

#[tokio::test]
async fn no_count_is_written_and_no_move_is_invented() {
    let db = world().await;
    let (hold, group) = (id("hold rabat.mine"), id("group rabat.mine"));
    let held = "update app.bed_group set held = 0";
    assert_eq!(tries(&db, "institution.rabat", held).await, refused());
    let capacity = "update app.bed_group set capacity = 2000";
    assert_eq!(tries(&db, "worker1.rabat", capacity).await, Ok(0));
    assert_eq!(tries(&db, "institution.rabat", capacity).await, Ok(1));
    let jump = format!(
        "update app.bed_hold set state = 'discharged', admitted_on = current_date, ended_on = current_date,
             destination = 'parents', moved_by = '{}' where id = '{hold}'",
        id("institution.rabat")
    );
    assert_eq!(
        tries(&db, "institution.rabat", &jump).await,
        Err("23514".to_owned())
    );
    // in another's name
    let other = format!(
        "update app.bed_hold set state = 'cancelled', moved_by = '{}' where id = '{hold}'",
        id("worker2.rabat")
    );
    assert_eq!(tries(&db, "worker1.rabat", &other).await, refused());
    let mut connection = db.connect("postgres").await;
    let full = sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "update app.bed_group set capacity = 4 where id = '{group}'"
    )))
    .execute(&mut connection)
    .await;
    assert!(sanad::error::violates(
        &full.unwrap_err(),
        "bed_group_places"
    ));
}
