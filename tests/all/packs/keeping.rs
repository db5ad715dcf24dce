//! How one is asked for, made and kept.

use super::*;
use crate::support::{id, role};
use axum::body::Bytes;
use chrono::TimeDelta;
use sanad::{clock::Clock, documents::sweep, i18n::Lang};
use sha2::{Digest, Sha256};

#[tokio::test]
async fn a_pack_is_asked_for_made_and_handed_out() {
    let app = place().await;
    let reader = app.client("steering");
    let page = ask(&reader, "2026-08", "2026-09", "fr").await;
    assert_eq!(shown(&reader.get(&page).await), (0, true), "it waits");
    let by_hand = reader.get(&format!("{page}?by_hand=1")).await;
    assert_eq!(shown(&by_hand), (0, false));
    let waits: i64 = app
        .db
        .ask("select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
              where t.identifier = 'make_pack'")
        .await;
    assert_eq!(waits, 1);
    // taken up, and cut off at the workbook
    let pack = id_of(&page);
    app.db
        .run(&format!(
            "select stat.begin_pack('{pack}', now()); select stat.step_pack('{pack}', 'xlsx')"
        ))
        .await;
    assert_eq!(
        shown(&reader.get(&page).await),
        (3, true),
        "the workbook is written"
    );
    let none = reader.get(&format!("{page}/pack.xlsx")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        worker(&app).pack(pack).await.unwrap();
    }
    let ready = reader.get(&page).await;
    assert_eq!(shown(&ready), (0, false));
    for ending in ["xlsx", "zip"] {
        let file = bytes(&reader, &page, ending).await;
        let sha256 = hex::encode(Sha256::digest(&file));
        assert!(ready.body.contains(&sha256), "{ending}");
        let answer = reader.get(&format!("{page}/pack.{ending}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let name = answer.header("content-disposition");
        let wanted = format!("attachment; filename=\"sanad-2026-08-2026-09-fr.{ending}\"");
        assert_eq!(name, wanted);
        assert_eq!(answer.header("cache-control"), "no-store");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("sandbox;"), "{policy}");
    }
    let steering = id("steering");
    let fetched = |ending: &str| format!("pack.fetched {steering} {ending}");
    let mut wanted = vec![
        format!("pack.asked {steering}"),
        "pack.made nobody".to_owned(),
    ];
    for ending in ["xlsx", "zip"] {
        wanted.extend([fetched(ending), fetched(ending)]);
    }
    assert_eq!(
        trail(&app).await,
        wanted,
        "made once, and each download told"
    );
}

/// Of one period and one language there is one, whoever asks and however often.
#[tokio::test]
async fn asked_for_again_it_is_the_same_one() {
    let app = place().await;
    let (committee, supervisor) = (app.client("steering"), app.client("supervisor.rabat"));
    let page = made(&app, &committee, "ar").await;
    assert_eq!(ask(&supervisor, "2026-08", "2026-09", "ar").await, page);
    assert_eq!(ask(&supervisor, "08/2026", "2026-09", "ar").await, page);
    assert_ne!(ask(&supervisor, "2026-09", "2026-09", "ar").await, page);
    assert_ne!(ask(&supervisor, "2026-08", "2026-09", "fr").await, page);
    let packs: i64 = app.db.ask("select count(*) from stat.pack").await;
    assert_eq!(packs, 3);
    // the same again: not a byte differs
    let first = bytes(&committee, &page, "zip").await;
    let other = place().await;
    let reader = other.client("steering");
    let page = made(&other, &reader, "ar").await;
    assert!(first == bytes(&reader, &page, "zip").await);
}

#[tokio::test]
async fn one_that_could_not_be_made_is_asked_for_again() {
    let app = place().await;
    let reader = app.client("steering");
    let page = ask(&reader, "2026-09", "2026-09", "fr").await;
    let pack = id_of(&page);
    app.db
        .run(&format!(
            "select stat.begin_pack('{pack}', now()); select stat.fail_pack('{pack}', now())"
        ))
        .await;
    let failed = reader.get(&page).await;
    assert!(failed.says(Lang::Ar, "pack-failed") && failed.says(Lang::Ar, "pack-again"));
    assert_eq!(ask(&reader, "2026-09", "2026-09", "fr").await, page);
    assert_eq!(shown(&reader.get(&page).await), (0, true));
    worker(&app).pack(pack).await.unwrap();
    assert!(reader.get(&page).await.says(Lang::Ar, "pack-files"));
}

/// The night after a month was told its packs are asked for, in both languages, by nobody.
#[tokio::test]
async fn the_packs_of_a_month_come_by_themselves() {
    let app = place().await;
    let work = worker(&app);
    assert_eq!(work.ask_packs().await.unwrap(), 2);
    assert_eq!(work.ask_packs().await.unwrap(), 0);
    let asked = app
        .db
        .list("select concat_ws(' ', from_release, to_release, lang) from stat.pack order by lang")
        .await;
    assert_eq!(asked, ["2 2 ar", "2 2 fr"]);
    assert_eq!(
        trail(&app).await,
        ["pack.asked nobody", "pack.asked nobody"]
    );
    let list = app.client("steering").get("/packs").await;
    assert_eq!(list.body.matches("href=\"/packs/").count(), 2);
    // where nothing is told, nothing is asked for
    let fresh = TestApp::new().await;
    assert_eq!(worker(&fresh).ask_packs().await.unwrap(), 0);
}

/// Bytes that are not those of the day it was made are refused, and written down.
#[tokio::test]
async fn a_file_that_was_changed_is_not_handed_out() {
    let app = place().await;
    let reader = app.client("steering");
    let page = made(&app, &reader, "fr").await;
    let blobs = &app.state.blobs;
    for (ending, other) in [("xlsx", true), ("zip", false)] {
        let sql = format!("select blob from stat.pack_file where format = '{ending}'");
        let name: Uuid = app.db.ask(sql).await;
        let mut changed = bytes(&reader, &page, ending).await;
        *changed.last_mut().unwrap() ^= 1;
        blobs.remove(name).await.unwrap();
        if other {
            blobs.put(name, vec![Bytes::from(changed)]).await.unwrap();
        }
        let answer = reader.get(&format!("{page}/pack.{ending}")).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{ending}");
        assert!(answer.says(Lang::Ar, "pack-unreadable"));
        let told = format!("pack.unreadable {} {ending}", id("steering"));
        assert_eq!(trail(&app).await.last(), Some(&told));
    }
}

/// Nobody changes what was made, not the owner either, and the nightly sweep knows whose bytes they are.
#[tokio::test]
async fn what_was_made_stands() {
    let app = place().await;
    let reader = app.client("steering");
    let page = made(&app, &reader, "fr").await;
    for sql in [
        "update stat.pack_file set sha256 = sha256('x')",
        "delete from stat.pack_file",
        "truncate stat.pack_file",
        "update stat.pack set made_at = null",
        "update stat.pack set to_release = 1",
        "delete from stat.pack_file; delete from stat.pack",
        "truncate stat.pack cascade",
    ] {
        let mut owner = app.db.connect("postgres").await;
        assert!(
            sqlx::raw_sql(sql).execute(&mut owner).await.is_err(),
            "{sql}"
        );
    }
    let later = Clock::system().now() + TimeDelta::hours(25);
    let mut job = app.db.connect("sanad_job").await;
    let swept = sweep(&mut job, &app.state.blobs, later, false)
        .await
        .unwrap();
    assert_eq!(swept.removed, 0);
    let file = reader.get(&format!("{page}/pack.zip")).await;
    assert_eq!(file.status, StatusCode::OK);
}

/// The role that reads figures reads all that a pack shows; nobody writes one but by its functions.
#[tokio::test]
async fn packs_are_written_by_their_functions_alone() {
    let app = place().await;
    made(&app, &app.client("steering"), "fr").await;
    let mut stat = app.db.connect("sanad_stat").await;
    for table in [
        "pack",
        "pack_file",
        "release",
        "published_cell",
        "correction",
        "historical_aggregate",
    ] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from stat.{table}"));
        let rows: i64 = sqlx::query_scalar(sql).fetch_one(&mut stat).await.unwrap();
        assert!(rows > 0, "{table}");
    }
    let writes = [
        "insert into stat.pack (id, from_release, to_release, lang) values (gen_random_uuid(), 0, 0, 'fr')",
        "update stat.pack set failed_at = now()",
        "insert into stat.pack_file (pack, format, blob, size, sha256) select id, 'pdf', gen_random_uuid(), 1, sha256('x') from stat.pack",
        "select stat.enter_pack(gen_random_uuid(), 0, 0, 'fr', now())",
    ];
    for role in ["sanad_stat", "sanad_job", "sanad_app"] {
        for sql in writes {
            let mut connection = app.db.connect(role).await;
            let error = sqlx::raw_sql(sql)
                .execute(&mut connection)
                .await
                .unwrap_err();
            // refused, or a transaction that may not write at all
            let code = role::code_of(&error);
            assert!(
                ["42501", "25006"].contains(&code.as_str()),
                "{role} {code}: {sql}"
            );
        }
    }
    let asks = "select stat.ask_pack(gen_random_uuid(), 0, 1, 'en', now())";
    for (username, may) in [
        ("steering", true),
        ("supervisor.rabat", true),
        ("worker1.rabat", false),
        ("prosecutor.rabat", false),
        ("admin", false),
        ("dpo", false),
    ] {
        let refused = role::refused_by(&app.db, username, asks).await;
        assert_eq!(refused == "taken", may, "{username}: {refused}");
    }
    for sql in [
        "select stat.due_packs(now())",
        "select stat.begin_pack(gen_random_uuid(), now())",
    ] {
        let refused = role::refused_by(&app.db, "steering", sql).await;
        assert_eq!(refused, "42501", "{sql}");
    }
}
