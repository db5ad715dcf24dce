//! One table for each audience (schema D7): the words of clinical notes, safe addresses, notes of a court.

use super::{reads, refused, tries, world};
use crate::support::id;

fn reveal(what: &str, name: &str) -> String {
    let (function, thing) = match what {
        "note" => ("reveal_clinical_note", "clinical"),
        _ => ("reveal_safe_address", "address"),
    };
    format!(
        "select app.{function}('{}')",
        id(&format!("{thing} {name}"))
    )
}

/// The words leave by one function, to those who care for the child, and each reading is written down.
#[tokio::test]
async fn words_are_revealed_to_who_cares_and_written_down() {
    let db = world().await;
    for what in ["note", "address"] {
        for (username, name, seen) in [
            ("worker1.rabat", "rabat.mine", true),
            ("supervisor.rabat", "rabat.mine", true),
            ("worker2.rabat", "rabat.protected", true),
            ("worker2.rabat", "rabat.mine", false),
            ("supervisor.rabat", "rabat.protected", false),
            ("worker1.rabat", "sale.mine", false),
            ("prosecutor.rabat", "rabat.mine", false),
            ("dpo", "rabat.mine", false),
            ("focal.rabat", "rabat.mine", false),
        ] {
            let sql = format!("select ({}) is not null", reveal(what, name));
            let answer = reads(&db, username, &sql).await;
            assert_eq!(answer, [seen.to_string()], "{username} {what} {name}");
        }
    }
    tries(&db, "worker1.rabat", &reveal("note", "rabat.mine"))
        .await
        .unwrap();
    tries(&db, "worker2.rabat", &reveal("note", "rabat.mine"))
        .await
        .unwrap();
    let trail = db
        .list("select actor || ' ' || action from audit.event order by id")
        .await;
    let read = format!("{} clinical_note.revealed", id("worker1.rabat"));
    assert_eq!(trail, [read], "and nothing is written for who got nothing");
}

/// An hour's opening of a colleague's file is for its story.
#[tokio::test]
async fn an_opening_with_a_reason_reveals_nothing_clinical() {
    let db = world().await;
    db.run(&format!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
         values (gen_random_uuid(), '{}', 1, '{}', 'replacement', now() + interval '1 hour')",
        id("case rabat.mine"),
        id("worker2.rabat")
    ))
    .await;
    let open = "select id from app.case_transition where case_id = ".to_owned();
    let story = format!("{open}'{}'", id("case rabat.mine"));
    assert_eq!(reads(&db, "worker2.rabat", &story).await.len(), 3);
    let note = "select id from app.clinical_note";
    let mine = [id("clinical rabat.mine"), id("clinical rabat.colleague")];
    let seen = reads(&db, "worker2.rabat", note).await;
    assert!(!seen.contains(&mine[0].to_string()));
    assert!(seen.contains(&mine[1].to_string()), "their own file's");
    let words = format!("select ({}) is null", reveal("note", "rabat.mine"));
    assert_eq!(reads(&db, "worker2.rabat", &words).await, ["true"]);
}

#[tokio::test]
async fn notes_of_a_court_are_for_that_court_alone() {
    let db = world().await;
    let notes = "select id from app.court_note";
    assert_eq!(reads(&db, "prosecutor.rabat", notes).await.len(), 2);
    assert_eq!(reads(&db, "prosecutor.sale", notes).await.len(), 1);
    for username in ["worker1.rabat", "worker2.rabat", "supervisor.rabat", "dpo"] {
        assert!(reads(&db, username, notes).await.is_empty(), "{username}");
        let key = format!(
            "select app.key_of('judicial_file', '{}') is null",
            id("judicial rabat.mine")
        );
        assert_eq!(reads(&db, username, &key).await, ["true"], "{username}");
    }
    let write = |name: &str, court: i16, territory: i16, by: &str| {
        format!(
            "insert into app.court_note (id, file_id, case_id, territory_id, court_id, text_enc, written_by)
             values (gen_random_uuid(), '{}', '{}', {territory}, {court}, 'x', '{}')",
            id(&format!("judicial {name}")),
            id(&format!("case {name}")),
            id(by)
        )
    };
    let own = write("rabat.mine", 11, 1, "prosecutor.rabat");
    assert_eq!(tries(&db, "prosecutor.rabat", &own).await, Ok(1));
    for (username, sql) in [
        (
            "prosecutor.rabat",
            write("sale.mine", 12, 2, "prosecutor.rabat"),
        ),
        (
            "prosecutor.rabat",
            write("rabat.colleague", 11, 1, "prosecutor.rabat"),
        ),
        (
            "prosecutor.rabat",
            write("rabat.mine", 11, 1, "chief.rabat"),
        ),
        (
            "supervisor.rabat",
            write("rabat.mine", 11, 1, "supervisor.rabat"),
        ),
    ] {
        assert_eq!(
            tries(&db, username, &sql).await,
            refused(),
            "{username} {sql}"
        );
    }
}

#[tokio::test]
async fn who_cares_writes_in_their_own_name() {
    let db = world().await;
    let note = |name: &str, territory: i16, by: &str| {
        format!(
            "insert into app.clinical_note (id, case_id, territory_id, kind, observed_on, text_enc, written_by)
             values (gen_random_uuid(), '{}', {territory}, 'medical', current_date, 'x', '{}')",
            id(&format!("case {name}")),
            id(by)
        )
    };
    let own = note("rabat.mine", 1, "worker1.rabat");
    assert_eq!(tries(&db, "worker1.rabat", &own).await, Ok(1));
    for (username, sql) in [
        ("worker1.rabat", note("rabat.mine", 1, "worker2.rabat")),
        ("worker1.rabat", note("rabat.colleague", 1, "worker1.rabat")),
        ("worker1.rabat", note("rabat.protected", 1, "worker1.rabat")),
        ("worker1.rabat", note("sale.mine", 2, "worker1.rabat")),
        (
            "prosecutor.rabat",
            note("rabat.mine", 1, "prosecutor.rabat"),
        ),
    ] {
        assert_eq!(
            tries(&db, username, &sql).await,
            refused(),
            "{username} {sql}"
        );
    }
    let edit = "update app.clinical_note set kind = 'other'";
    assert_eq!(tries(&db, "worker1.rabat", edit).await, refused());
}

/// A document that is marked clinical is hidden row by row, its key with it, from whoever does not care for the child.
#[tokio::test]
async fn a_clinical_document_is_for_those_who_care() {
    let db = world().await;
    let (case, document) = (id("case rabat.mine"), id("document rabat.mine"));
    db.run(&format!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
         values (gen_random_uuid(), '{case}', 1, '{}', 'replacement', now() + interval '1 hour')",
        id("worker2.rabat")
    ))
    .await;
    let seen = format!("select count(*)::text from app.attachment where id = '{document}'");
    let key = format!("select (app.key_of('document', '{document}') is not null)::text");
    let masked = format!("select app.masked_documents('{case}')::text");
    let told = format!(
        "select count(*)::text from app.story_of('{case}', '{{documents}}', 'infinity', 99::smallint, gen_random_uuid(), 10)"
    );
    assert_eq!(reads(&db, "worker2.rabat", &seen).await, ["1"]);
    let mark =
        |wanted: bool| format!("select app.classify_document('{case}', '{document}', {wanted})");
    for username in ["worker2.rabat", "worker1.sale", "prosecutor.rabat", "dpo"] {
        assert_eq!(
            tries(&db, username, &mark(true)).await,
            refused(),
            "{username}"
        );
    }
    tries(&db, "worker1.rabat", &mark(true)).await.unwrap();
    for (username, sees, counted) in [
        ("worker1.rabat", "1", "0"),
        ("supervisor.rabat", "1", "0"),
        ("worker2.rabat", "0", "1"),
        ("worker1.sale", "0", "0"),
        ("prosecutor.rabat", "0", "0"),
    ] {
        assert_eq!(reads(&db, username, &seen).await, [sees], "{username}");
        assert_eq!(reads(&db, username, &masked).await, [counted], "{username}");
    }
    assert_eq!(reads(&db, "worker1.rabat", &key).await, ["true"]);
    assert_eq!(reads(&db, "worker2.rabat", &key).await, ["false"]);
    assert_eq!(reads(&db, "worker1.rabat", &told).await, ["1"]);
    assert_eq!(reads(&db, "worker2.rabat", &told).await, ["0"]);
    // back again: a supervisor, and by no other way
    assert_eq!(tries(&db, "worker1.rabat", &mark(false)).await, refused());
    let straight = format!("update app.attachment set clinical = false where id = '{document}'");
    assert_eq!(tries(&db, "supervisor.rabat", &straight).await, refused());
    tries(&db, "supervisor.rabat", &mark(false)).await.unwrap();
    assert_eq!(reads(&db, "worker2.rabat", &seen).await, ["1"]);
}
