//! What lies encrypted: it opens for whom it should, in its own place, and while its keys change.

use crate::support::{TestApp, TestDb, database, id, world};
use axum::http::StatusCode;
use sanad::{
    db::Db,
    i18n::Lang,
    vault::{Field, Holder, HolderKind, MasterKeys, Vault, keeper},
};
use sqlx::AssertSqlSafe;

fn contact(name: &str) -> String {
    format!("/contacts/{}", id(&format!("contact {name}")))
}

async fn alerts(db: &TestDb) -> Vec<String> {
    db.list(
        "select concat_ws(' ', fields->>'field', object_id, fields->>'why', actor, territory_id, reason)
         from audit.event where action = 'vault.unreadable' order by id",
    )
    .await
}

#[tokio::test]
async fn what_was_written_is_read_again() {
    let app = TestApp::new().await;
    let page = app
        .client("worker1.rabat")
        .get(&contact("rabat.mine"))
        .await;
    for words in ["CANARY-LANDMARK", "CANARY-NOTE", "+212600000000"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(alerts(&app.db).await.is_empty());
}

#[tokio::test]
async fn a_flipped_bit_costs_one_field_and_raises_an_alert() {
    let app = TestApp::new().await;
    app.db
        .run(&format!(
            "update app.contact set note_enc = set_byte(note_enc, 20, get_byte(note_enc, 20) # 1) where id = '{}'",
            id("contact rabat.mine")
        ))
        .await;
    for lang in Lang::ALL {
        let page = app
            .client("worker1.rabat")
            .reading(lang)
            .get(&contact("rabat.mine"))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says(lang, "unreadable"), "{}", lang.code());
        assert!(page.body.contains("CANARY-LANDMARK") && !page.body.contains("CANARY-NOTE"));
    }
    let wanted = format!(
        "contact.note_enc {} forged {} 1",
        id("contact rabat.mine"),
        id("worker1.rabat")
    );
    assert_eq!(alerts(&app.db).await, vec![wanted; 3]);
}

/// Every sealed column that a page shows, corrupted: the page lives and says so, whoever reads.
#[tokio::test]
async fn a_page_lives_whatever_cannot_be_read_on_it() {
    let app = TestApp::new().await;
    let file = |name: &str| format!("/prosecution/{}", id(&format!("judicial {name}")));
    let case = |name: &str| format!("/cases/{}", id(&format!("case {name}")));
    let notice = format!("/prosecution/notices/{}", id("notice rabat.mine"));
    let pages = [
        ("worker1.rabat", case("rabat.mine"), "CANARY-REASON"),
        ("worker1.sale", case("sale.mine"), "CANARY-INSTRUCTIONS"),
        ("worker1.rabat", file("rabat.mine"), "CANARY-SUMMARY"),
        ("prosecutor.rabat", file("rabat.mine"), "CANARY-MOTIVES"),
        ("prosecutor.sale", file("sale.mine"), "CANARY-INSTRUCTIONS"),
        ("prosecutor.rabat", notice, "J-"),
        ("prosecutor.rabat", "/prosecution".to_owned(), "J-"),
    ];
    for (username, path, words) in &pages {
        let page = app.client(username).get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            page.body.contains(words) || *words == "J-",
            "{path} without {words}"
        );
        assert!(!page.says(Lang::Ar, "unreadable"), "{username} {path}");
    }
    for field in Field::ALL {
        let (table, column) = field.column().split_once('.').unwrap();
        app.db
            .run(&format!(
                "set session_replication_role = replica;
                 update app.{table} set {column} = set_byte({column}, 19, get_byte({column}, 19) # 4)
                 where length({column}) > 30"
            ))
            .await;
    }
    for (username, path, words) in &pages {
        for lang in Lang::ALL {
            let page = app.client(username).reading(lang).get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{username} {path}");
            assert!(
                page.says(lang, "unreadable"),
                "{username} {path} in {}",
                lang.code()
            );
            assert!(
                *words == "J-" || !page.body.contains(words),
                "{username} {path}"
            );
        }
    }
    let told = alerts(&app.db).await.join("\n");
    for field in [
        Field::TRANSITION_REASON,
        Field::CHILD_INSTRUCTIONS,
        Field::DISCLOSURE_SNAPSHOT,
        Field::ADULT_DECISION_TEXT,
        Field::COURT_CHANGE_NOTE,
    ] {
        assert!(told.contains(field.column()), "{}", field.column());
    }
}

/// Sealed well by whoever has the keys, and yet not what was hashed: what was sent stays sent.
#[tokio::test]
async fn another_text_in_place_of_a_frozen_one_is_not_shown() {
    let app = TestApp::new().await;
    let extract = id("disclosure rabat.mine");
    let holder = Holder::new(HolderKind::Disclosure, extract);
    let mut owner = app.db.connect("postgres").await;
    let keys = keeper::data_keys(&mut owner, &database::vault(), &[holder])
        .await
        .unwrap();
    let other = keys[&holder]
        .seal(Field::DISCLOSURE_SNAPSHOT, extract, "{}")
        .unwrap();
    let put = "update app.disclosure set snapshot_enc = $1 where id = $2";
    let refused = sqlx::query(put)
        .bind(other.as_bytes())
        .bind(extract)
        .execute(&mut owner)
        .await;
    assert!(
        refused.is_err(),
        "the database itself keeps it frozen, for its owner too"
    );
    sqlx::raw_sql("set session_replication_role = replica")
        .execute(&mut owner)
        .await
        .unwrap();
    sqlx::query(put)
        .bind(other.as_bytes())
        .bind(extract)
        .execute(&mut owner)
        .await
        .unwrap();
    let path = format!("/prosecution/{}", id("judicial rabat.mine"));
    let page = app.client("prosecutor.rabat").get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says(Lang::Ar, "judicial-seal-broken") && page.says(Lang::Ar, "unreadable"));
    assert!(alerts(&app.db).await[0].contains("other_text"));
}

/// Who, a kind of holder, a holder: does the session reach its wrapped key?
const SIGHT: &[(&str, &str, &str, bool)] = &[
    ("worker1.rabat", "contact", "contact rabat.colleague", true),
    ("worker1.sale", "contact", "contact rabat.mine", false),
    ("prosecutor.rabat", "contact", "contact rabat.mine", false),
    ("worker1.rabat", "case", "case rabat.mine", true),
    ("worker1.rabat", "case", "case rabat.protected", false),
    ("supervisor.rabat", "case", "case rabat.protected", false),
    ("worker2.rabat", "case", "case rabat.protected", true),
    ("worker1.sale", "case", "case rabat.mine", false),
    (
        "worker1.rabat",
        "service",
        "service child rabat.protected",
        false,
    ),
    ("worker1.rabat", "person", "mother rabat.colleague", true),
    (
        "prosecutor.rabat",
        "person",
        "mother rabat.colleague",
        false,
    ),
    ("worker1.rabat", "disclosure", "disclosure rabat.mine", true),
    (
        "worker1.rabat",
        "disclosure",
        "disclosure rabat.colleague",
        false,
    ),
    (
        "prosecutor.rabat",
        "disclosure",
        "disclosure rabat.mine",
        true,
    ),
    (
        "prosecutor.rabat",
        "disclosure",
        "disclosure rabat.colleague",
        false,
    ),
    (
        "prosecutor.sale",
        "disclosure",
        "disclosure rabat.mine",
        false,
    ),
    (
        "prosecutor.rabat",
        "judicial_file",
        "judicial rabat.mine",
        true,
    ),
    (
        "prosecutor.sale",
        "judicial_file",
        "judicial rabat.mine",
        false,
    ),
    (
        "worker1.rabat",
        "judicial_file",
        "judicial rabat.mine",
        false,
    ),
    (
        "supervisor.rabat",
        "judicial_file",
        "judicial rabat.mine",
        false,
    ),
    ("steering", "contact", "contact rabat.mine", false),
    ("admin", "case", "case rabat.mine", false),
    ("nobody", "case", "case rabat.mine", false),
    ("worker1.rabat", "case", "no such case", false),
];

/// A wrapped key is reached by who can see its holder, and by nobody else; the court's never by the cell.
#[tokio::test]
async fn wrapped_keys_follow_what_a_session_sees() {
    let app = TestApp::new().await;
    let sees = async |username: &str, kind: &str, holder: &str| -> bool {
        let mut tx = app.db.connect("sanad_app").await;
        sqlx::raw_sql("begin").execute(&mut tx).await.unwrap();
        sqlx::query("select set_config('app.session', $1, true)")
            .bind(world::session_of(username))
            .execute(&mut tx)
            .await
            .unwrap();
        sqlx::query_scalar("select app.key_of($1, $2) is not null")
            .bind(kind)
            .bind(id(holder))
            .fetch_one(&mut tx)
            .await
            .unwrap()
    };
    for (username, kind, holder, wanted) in SIGHT {
        assert_eq!(
            sees(username, kind, holder).await,
            *wanted,
            "{username}: {kind} of {holder}"
        );
    }
}

/// Offering a key for a file that is not seen tells nothing and leaves nothing.
#[tokio::test]
async fn a_key_cannot_be_put_into_what_is_not_seen() {
    let app = TestApp::new().await;
    let count = "select count(*) from sec.data_key";
    let before: i64 = app.db.ask(count).await;
    app.db
        .run(&format!(
            "delete from sec.data_key where holder_id = '{}'",
            id("case sale.mine")
        ))
        .await;
    let offer = async |username: &str, holder: &str| -> Option<i32> {
        let mut session = app.db.connect("sanad_app").await;
        sqlx::query("select set_config('app.session', $1, false)")
            .bind(world::session_of(username))
            .execute(&mut session)
            .await
            .unwrap();
        sqlx::query_scalar(
            "select length(app.keep_key('case', $1, 1, decode(repeat('00', 60), 'hex')))",
        )
        .bind(id(holder))
        .fetch_one(&mut session)
        .await
        .ok()
    };
    let (hidden, other, own) = ("case rabat.protected", "case sale.mine", "case rabat.mine");
    for holder in [hidden, other, own] {
        assert_eq!(offer("worker1.rabat", holder).await, Some(128), "{holder}");
    }
    assert_eq!(
        app.db.ask::<i64>(count).await,
        before - 1,
        "none was added or replaced"
    );
    assert_eq!(offer("nobody", own).await, None);
    let changed =
        "select count(*) from sec.data_key where wrapped = decode(repeat('00', 60), 'hex')";
    assert_eq!(app.db.ask::<i64>(changed).await, 0);
}

/// By someone who can write every table and has not the master key.
#[tokio::test]
async fn ciphertext_moved_elsewhere_does_not_open() {
    let app = TestApp::new().await;
    let (mine, other) = (id("contact rabat.mine"), id("contact rabat.colleague"));
    let moves = [
        format!(
            "update app.contact a set note_enc = b.note_enc from app.contact b where a.id = '{mine}' and b.id = '{other}'"
        ),
        format!("update app.contact set note_enc = landmark_enc where id = '{mine}'"),
        format!(
            "update sec.data_key a set wrapped = b.wrapped from sec.data_key b
             where a.holder_id = '{mine}' and b.holder_id = '{other}'"
        ),
        format!("delete from sec.data_key where holder_id = '{mine}'"),
        format!("update app.contact set note_enc = 'x' where id = '{mine}'"),
        format!("update app.contact set note_enc = '' where id = '{mine}'"),
    ];
    let client = app.client("worker1.rabat");
    for (n, sql) in moves.iter().enumerate() {
        app.db.run(sql).await;
        let page = client.get(&contact("rabat.mine")).await;
        assert_eq!(page.status, StatusCode::OK, "{sql}");
        assert!(page.says(Lang::Ar, "unreadable"), "{sql}");
        assert!(!page.body.contains("CANARY-NOTE"), "{sql}");
        assert!(alerts(&app.db).await.len() > n, "{sql}");
    }
}

/// Whoever copies the database reads none of it: every column of every table, as text and as bytes.
#[tokio::test]
async fn no_text_of_anyone_lies_open_in_the_database() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let sent = worker
        .post(
            "/contacts",
            &[
                ("id", "0198c0de-0000-7000-8000-000000000001"),
                ("place", "044210107"),
                ("place_kind", "mosque"),
                ("landmark", "CANARY-LANDMARK typed"),
                ("when", "now"),
                ("children", "1"),
                ("child-0-sex", "F"),
                ("child-0-name", "CANARY-SEEN typed"),
                ("child-0-years", "6"),
                ("adult", "mother"),
                ("adult_name", "CANARY-ADULT typed"),
                ("adult_phone", "06 99 88 77 66"),
                ("circumstance", "with_mother"),
                ("action", "awareness"),
                ("note", "CANARY-NOTE typed"),
            ],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = worker.get(sent.location()).await;
    for words in [
        "CANARY-LANDMARK typed",
        "CANARY-NOTE typed",
        "CANARY-SEEN typed",
        "CANARY-ADULT typed",
        "+212699887766",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let found = lies_open(&app.db, SECRETS).await;
    assert!(found.is_empty(), "{found:#?}");
}

/// A protected child's own name, from its first contact on, whoever typed it and wherever.
#[tokio::test]
async fn the_name_of_a_protected_child_lies_open_nowhere() {
    let app = TestApp::new().await;
    let name = "CANARY-child-rabat.mine";
    assert_eq!(
        lies_open(&app.db, &[name]).await,
        ["app.person_name"],
        "before"
    );
    let mark = format!("/cases/{}/protection", id("case rabat.mine"));
    let fields = [
        ("id", "0198c0de-0000-7000-8000-000000000002"),
        ("reason", "threat"),
        ("text", "تهديد من طرف مستغل يعرف مسكن الأسرة"),
    ];
    let supervisor = app.client("supervisor.rabat");
    let marked = supervisor.post(&mark, &fields).await;
    assert_eq!(marked.status, StatusCode::SEE_OTHER, "{}", marked.body);
    assert!(lies_open(&app.db, &[name]).await.is_empty());
}

/// The tables in which one of the words lies open: in any column, as text or as the hexadecimal of its bytes.
async fn lies_open(db: &TestDb, words: &[&str]) -> Vec<String> {
    let tables = db
        .list(
            "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname !~ '^(pg_|information_schema)' and c.relkind = 'r'",
        )
        .await;
    let mut connection = db.connect("postgres").await;
    let words: Vec<String> = words
        .iter()
        .flat_map(|words| [(*words).to_owned(), hex::encode(words)])
        .collect();
    let mut found = Vec::new();
    for table in tables {
        let sql = format!(
            "select exists (select from {table} t, unnest($1::text[]) as w where position(w in t::text) > 0)"
        );
        let is_open: bool = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(&words)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        if is_open {
            found.push(table);
        }
    }
    found
}

/// Words of the world that only a key opens.
const SECRETS: &[&str] = &[
    "CANARY-LANDMARK",
    "CANARY-SEEN",
    "CANARY-ADULT",
    "CANARY-NOTE",
    "CANARY-SERVICE",
    "CANARY-VISIT",
    "CANARY-SUMMARY",
    "CANARY-COURT-CHANGE",
    "CANARY-REASON",
    "CANARY-GRANT",
    "CANARY-INSTRUCTIONS",
    "CANARY-MOTIVES",
    "CANARY-NUMBER",
    "CANARY-SUPPORT",
    "CANARY-CONSENT",
    "CANARY-VIEW",
    "CANARY-COMPLAINT",
    "CANARY-REPORT",
    "CANARY-AFTER",
    "+212600000000",
    "+212699887766",
];

#[tokio::test]
async fn every_sealed_column_is_in_the_list_and_every_field_is_a_column() {
    let db = TestDb::new().await;
    let mut columns = db
        .list(
            "select c.relname || '.' || a.attname from pg_class c
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attname ~ '_enc$'
               and a.atttypid = 'bytea'::regtype",
        )
        .await;
    let mut fields: Vec<&str> = Field::ALL.iter().map(|field| field.column()).collect();
    columns.sort();
    fields.sort_unstable();
    assert_eq!(columns, fields);
}

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

/// Reads and writes go on while every key is wrapped anew, one by one.
#[tokio::test]
async fn a_rotation_disturbs_no_reader_and_is_taken_up_where_it_was_killed() {
    let app = TestApp::new().await;
    let vault = database::vault();
    let mut owner = app.db.connect("postgres").await;
    let data_keys: i64 = app.db.ask("select count(*) from sec.data_key").await;
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
