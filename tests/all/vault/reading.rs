//! A text opens in its own place; what does not open costs one field and no page.

use super::{alerts, contact};
use crate::support::{TestApp, database, id};
use axum::http::StatusCode;
use sanad::{
    i18n::Lang,
    vault::{Field, Holder, HolderKind, keeper},
};

#[tokio::test]
async fn what_was_written_is_read_again() {
    let app = TestApp::new().await;
    let page = app
        .client("worker1.rabat")
        .get(&contact("rabat.mine"))
        .await;
    for words in ["CANARY-LANDMARK", "CANARY-NOTE"] {
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
