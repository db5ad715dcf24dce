//! The keys themselves: made once, refused when wrong, changed while people read.

use super::{alerts, contact};
use crate::support::{Client, TestApp, TestDb, database};
use axum::http::StatusCode;
use sanad::{
    db::Db,
    vault::{MasterKeys, Vault, keeper},
};

#[tokio::test]
async fn a_wrong_master_key_is_told_before_the_first_page() {
    let db = TestDb::new().await;
    let with = |vault: Vault| Db::new(db.options("sanad_app"), db.options("sanad_stat"), 1, vault);
    with(database::vault())
        .refuse_wrong_master_key()
        .await
        .unwrap();
    let other = || Vault::new(MasterKeys::from_bytes([9; 32]).unwrap());
    let told = with(other())
        .refuse_wrong_master_key()
        .await
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("not the master key of this database") && !told.contains('\n'),
        "{told}"
    );
    let mut owner = db.connect("postgres").await;
    for told in [
        keeper::init(&mut owner, &other()).await.unwrap_err(),
        keeper::rotate(&mut owner, &other()).await.unwrap_err(),
    ] {
        assert!(
            matches!(told, keeper::KeeperError::WrongMaster { .. }),
            "{told}"
        );
    }
    assert_eq!(
        db.ask::<i64>("select count(*) from sec.vault_key").await,
        3,
        "nothing was written"
    );
    db.run("delete from sec.vault_key").await;
    let told = with(database::vault())
        .refuse_wrong_master_key()
        .await
        .unwrap_err()
        .to_string();
    assert!(told.contains("sanad keys init"), "{told}");
}

#[tokio::test]
async fn keys_are_made_once() {
    let db = TestDb::new().await;
    let mut owner = db.connect("postgres").await;
    assert!(!keeper::init(&mut owner, &database::vault()).await.unwrap());
    assert_eq!(db.ask::<i64>("select count(*) from sec.vault_key").await, 3);
    db.run("delete from sec.vault_key").await;
    assert!(keeper::init(&mut owner, &database::vault()).await.unwrap());
    let told = db.list("select action from audit.event").await;
    assert_eq!(told, ["keys.made"]);
}

const NOTE: &str = "A note of the hour in which the keys were changed";

/// Logs a contact with that note: where it is shown.
async fn log_contact(client: &Client) -> String {
    let id = "0198c0de-0000-7000-8000-00000000ca0c";
    let fields = [
        ("id", id),
        ("place", "044210107"),
        ("place_kind", "mosque"),
        ("when", "now"),
        ("children", "1"),
        ("child-0-sex", "F"),
        ("child-0-years", "6"),
        ("adult", "mother"),
        ("circumstance", "with_mother"),
        ("action", "awareness"),
        ("note", NOTE),
    ];
    let logged = client.post("/contacts", &fields).await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    format!("/contacts/{id}")
}

/// Reads and writes go on while every key is wrapped anew, one by one.
#[tokio::test]
async fn a_rotation_disturbs_no_reader_and_is_taken_up_where_it_was_killed() {
    let app = TestApp::new().await;
    let vault = database::vault();
    let mut owner = app.db.connect("postgres").await;
    let newest = "select max(id) from sec.vault_key";
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let readers: Vec<_> = ["rabat.mine", "rabat.colleague", "rabat.protected"]
        .into_iter()
        .map(|name| {
            // the contact of a protected child is for who is named
            let reader = if name == "rabat.protected" {
                "worker2.rabat"
            } else {
                "worker1.rabat"
            };
            let (client, stopped) = (app.client(reader), stopped.clone());
            tokio::spawn(async move {
                let mut read = 0;
                while !*stopped.borrow() {
                    let page = client.get(&contact(name)).await;
                    assert!(page.body.contains("CANARY-NOTE"), "{name}: {}", page.status);
                    read += 1;
                }
                read
            })
        })
        .collect();

    let (rotation, resumed) = keeper::begin(&mut owner, &vault).await.unwrap();
    assert!(!resumed);
    assert_eq!(
        keeper::step(&mut owner, &vault, rotation, 2).await.unwrap(),
        2
    );
    // killed inside a batch: the connection goes, and what it had not committed
    let mut dying = app.db.connect("postgres").await;
    sqlx::raw_sql("begin; update sec.data_key set wrapped = decode(repeat('00', 60), 'hex')")
        .execute(&mut dying)
        .await
        .unwrap();
    drop(dying);
    assert!(
        !keeper::finish(&mut owner, rotation).await.unwrap(),
        "not before the last one"
    );
    let halfway = keeper::status(&mut owner, &vault).await.unwrap();
    assert_eq!(halfway.rotation, Some(2));
    let worker = app.client("worker1.rabat");
    let written = log_contact(&worker).await;

    let (again, resumed) = keeper::begin(&mut owner, &vault).await.unwrap();
    assert!(resumed);
    assert_eq!(again, rotation, "no third key");
    while keeper::step(&mut owner, &vault, rotation, 1).await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
    assert!(keeper::finish(&mut owner, rotation).await.unwrap());
    stop.send(true).unwrap();
    for reader in readers {
        assert!(reader.await.unwrap() > 0, "somebody read meanwhile");
    }
    assert!(worker.get(&written).await.body.contains(NOTE), "written");
    let data_keys: i64 = app.db.ask("select count(*) from sec.data_key").await;
    assert_eq!(app.db.ask::<i32>(newest).await, rotation.vault_key);
    let status = keeper::status(&mut owner, &vault).await.unwrap();
    assert_eq!(status.rotation, None);
    let line = status
        .keys
        .iter()
        .find(|key| key.id == rotation.vault_key)
        .unwrap();
    assert_eq!(line.data_keys, data_keys);
    assert!(
        status
            .keys
            .iter()
            .all(|key| (key.purpose == "wrap" && key.id == 1) == key.retired_at.is_some())
    );
    assert!(alerts(&app.db).await.is_empty());
    let told = app
        .db
        .list("select action from audit.event where action like 'keys.%' order by id")
        .await;
    assert_eq!(told, ["keys.rotation_begun", "keys.rotated"]);
}

#[tokio::test]
async fn the_master_key_changes_by_two_lines_and_a_rotation() {
    let app = TestApp::new().await;
    let new = "ab".repeat(32);
    let old = hex::encode("the master key of all the tests.");
    let both = Vault::new(MasterKeys::parse(&format!("{new}\n{old}")).unwrap());
    let mut owner = app.db.connect("postgres").await;
    let before = keeper::status(&mut owner, &both).await.unwrap();
    assert!(
        before
            .keys
            .iter()
            .all(|key| key.opens && !key.opens_with_first)
    );
    keeper::rotate(&mut owner, &both).await.unwrap();
    let only = Vault::new(MasterKeys::parse(&new).unwrap());
    let after = keeper::status(&mut owner, &only).await.unwrap();
    assert!(
        after
            .keys
            .iter()
            .all(|key| key.opens && key.opens_with_first)
    );
    let gone = keeper::status(&mut owner, &database::vault())
        .await
        .unwrap();
    assert!(
        gone.keys.iter().all(|key| !key.opens),
        "the old one opens nothing any more"
    );
}
