//! The walls around a report, tried by who can run any statement as the application's role.

use crate::support::{
    TestDb, id,
    role::{reads, refused_by, tries},
    world,
};

const REFUSED: &str = "42501";

async fn rabat() -> TestDb {
    let db = TestDb::new().await;
    world::build(&db).await;
    db
}

#[tokio::test]
async fn a_report_is_read_by_its_owner_and_where_it_is_shared() {
    let db = rabat().await;
    let all = [
        "rabat.mine",
        "rabat.colleague",
        "rabat.protected",
        "sale.mine",
        "country",
    ];
    let all = all.map(|name| id(&format!("saved report {name}")).to_string());
    let owners = format!(
        "select report from app.report_owners('{{{}}}')",
        all.join(",")
    );
    for (username, names) in [
        ("worker1.rabat", vec!["rabat.mine", "rabat.protected"]),
        (
            "worker2.rabat",
            vec!["rabat.mine", "rabat.colleague", "rabat.protected"],
        ),
        ("supervisor.rabat", vec!["rabat.mine", "rabat.protected"]),
        ("worker1.sale", vec!["sale.mine"]),
        ("supervisor.sale", vec!["sale.mine"]),
        ("steering", vec!["country"]),
        ("focal.rabat", vec![]),
        ("prosecutor.rabat", vec![]),
        ("institution.rabat", vec![]),
        ("admin", vec![]),
        ("dpo", vec![]),
        ("nobody", vec![]),
    ] {
        let mut wanted: Vec<String> = names
            .into_iter()
            .map(|name| id(&format!("saved report {name}")).to_string())
            .collect();
        wanted.sort();
        let seen = reads(&db, username, "select id from plan.saved_report").await;
        assert_eq!(seen, wanted, "{username}");
        // and nobody is told more names of owners than of reports
        assert_eq!(
            reads(&db, username, &owners).await,
            wanted,
            "{username}: owners"
        );
    }
}

#[tokio::test]
async fn a_report_is_written_in_ones_own_name_and_scope() {
    let db = rabat().await;
    let insert = |territory: &str, owner: &str| {
        format!(
            "insert into plan.saved_report (id, territory_id, owner_id, name, definition)
             values (gen_random_uuid(), {territory}, '{}', 'x', '{{}}')",
            id(owner)
        )
    };
    for (username, territory, owner, done) in [
        ("worker1.rabat", "1", "worker1.rabat", Ok(1)),
        ("worker1.rabat", "1", "worker2.rabat", Err(REFUSED)),
        ("worker1.rabat", "2", "worker1.rabat", Err(REFUSED)),
        ("worker1.rabat", "null", "worker1.rabat", Err(REFUSED)),
        ("steering", "null", "steering", Ok(1)),
        ("steering", "1", "steering", Err(REFUSED)),
        ("prosecutor.rabat", "1", "prosecutor.rabat", Err(REFUSED)),
        ("admin", "null", "admin", Err(REFUSED)),
    ] {
        let tried = tries(&db, username, &insert(territory, owner)).await;
        assert_eq!(
            tried,
            done.map_err(str::to_owned),
            "{username} {territory} {owner}"
        );
    }
    // another's is not changed, not taken over and not removed
    let colleague = id("saved report rabat.protected");
    for (sql, done) in [
        (
            format!("update plan.saved_report set name = 'x' where id = '{colleague}'"),
            Ok(0),
        ),
        (
            format!("update plan.saved_report set shared = false where id = '{colleague}'"),
            Ok(0),
        ),
        (
            "update plan.saved_report set owner_id = owner_id".to_owned(),
            Err(REFUSED),
        ),
        (
            "update plan.saved_report set territory_id = 2".to_owned(),
            Err(REFUSED),
        ),
        ("delete from plan.saved_report".to_owned(), Err(REFUSED)),
    ] {
        let tried = tries(&db, "worker1.rabat", &sql).await;
        assert_eq!(tried, done.map_err(str::to_owned), "{sql}");
    }
    // what was deleted does not come back
    let mine = id("saved report rabat.mine");
    let delete = format!("update plan.saved_report set deleted_at = now() where id = '{mine}'");
    assert_eq!(tries(&db, "worker1.rabat", &delete).await, Ok(1));
    let seen = reads(
        &db,
        "supervisor.rabat",
        &format!("select id from plan.saved_report where id = '{mine}'"),
    )
    .await;
    assert!(seen.is_empty(), "it is shared no more");
    let back = format!("update plan.saved_report set deleted_at = null where id = '{mine}'");
    assert_eq!(
        refused_by(&db, "worker1.rabat", &back).await,
        "saved_report_over"
    );
}

/// The committee's pool reads what was told, and no report of anybody.
#[tokio::test]
async fn the_role_of_the_figures_reads_no_report() {
    let db = rabat().await;
    let mut figures = db.connect("sanad_stat").await;
    for sql in [
        "select count(*) from plan.saved_report",
        "select count(*) from app.report_owners('{}')",
        "insert into plan.saved_report (id, owner_id, name, definition) select gen_random_uuid(), gen_random_uuid(), 'x', '{}'",
    ] {
        assert!(
            sqlx::query(sql).execute(&mut figures).await.is_err(),
            "{sql}"
        );
    }
    sqlx::query("select count(*) from stat.published_cell")
        .execute(&mut figures)
        .await
        .unwrap();
}
