//! In a thread between court and cell everybody speaks for their own side, and nobody takes a word back.

use super::{reads, refused, tries, world};
use crate::support::id;

/// An answer in a thread of a file, from a side, in somebody's name.
fn answer(name: &str, (territory, court): (i16, i16), side: &str, by: &str) -> String {
    format!(
        "insert into app.judicial_answer (id, question_id, file_id, case_id, territory_id, court_id, side, text_enc, by_user)
         values (gen_random_uuid(), '{}', '{}', '{}', {territory}, {court}, '{side}', '', '{}')",
        id(&format!("question {name}")),
        id(&format!("judicial {name}")),
        id(&format!("case {name}")),
        id(by)
    )
}

fn question(name: &str, (territory, court): (i16, i16), by: &str) -> String {
    format!(
        "insert into app.judicial_question (id, file_id, case_id, territory_id, court_id, kind, text_enc, asked_by)
         values (gen_random_uuid(), '{}', '{}', {territory}, {court}, 'other', '', '{}')",
        id(&format!("judicial {name}")),
        id(&format!("case {name}")),
        id(by)
    )
}

const RABAT: (i16, i16) = (1, 11);
const SALE: (i16, i16) = (2, 12);

#[tokio::test]
async fn each_side_reads_the_threads_of_its_own_files() {
    let db = world().await;
    let ids = |kind: &str, names: &[&str]| {
        let mut ids: Vec<String> = names
            .iter()
            .map(|name| id(&format!("{kind} {name}")).to_string())
            .collect();
        ids.sort();
        ids
    };
    for (username, names) in [
        ("worker1.rabat", &["rabat.mine"][..]),
        ("worker2.rabat", &["rabat.protected"][..]),
        ("supervisor.rabat", &["rabat.mine"][..]),
        ("prosecutor.rabat", &["rabat.mine", "rabat.protected"][..]),
        ("prosecutor.sale", &["sale.mine"][..]),
        ("worker1.sale", &["sale.mine"][..]),
        ("focal.rabat", &[][..]),
        ("institution.rabat", &[][..]),
        ("steering", &[][..]),
        ("admin", &[][..]),
        ("dpo", &[][..]),
    ] {
        for kind in ["question", "answer"] {
            let sql = format!("select id from app.judicial_{kind}");
            assert_eq!(
                reads(&db, username, &sql).await,
                ids(kind, names),
                "{username}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_speaks_for_the_other_side() {
    let db = world().await;
    for (username, name, place, side, by) in [
        (
            "worker1.rabat",
            "rabat.mine",
            RABAT,
            "court",
            "worker1.rabat",
        ),
        (
            "worker1.rabat",
            "rabat.mine",
            RABAT,
            "court",
            "prosecutor.rabat",
        ),
        (
            "supervisor.rabat",
            "rabat.mine",
            RABAT,
            "court",
            "supervisor.rabat",
        ),
        (
            "prosecutor.rabat",
            "rabat.mine",
            RABAT,
            "cell",
            "prosecutor.rabat",
        ),
        (
            "prosecutor.rabat",
            "rabat.mine",
            RABAT,
            "cell",
            "worker1.rabat",
        ),
        // a registrar asks nothing
        (
            "registrar.rabat",
            "rabat.mine",
            RABAT,
            "court",
            "registrar.rabat",
        ),
        // in another's name, and to a file that is not theirs
        (
            "worker1.rabat",
            "rabat.mine",
            RABAT,
            "cell",
            "supervisor.rabat",
        ),
        (
            "chief.rabat",
            "rabat.mine",
            RABAT,
            "court",
            "prosecutor.rabat",
        ),
        (
            "worker1.rabat",
            "rabat.protected",
            RABAT,
            "cell",
            "worker1.rabat",
        ),
        (
            "worker2.rabat",
            "rabat.mine",
            RABAT,
            "cell",
            "worker2.rabat",
        ),
        ("worker1.rabat", "sale.mine", SALE, "cell", "worker1.rabat"),
        ("worker1.rabat", "sale.mine", RABAT, "cell", "worker1.rabat"),
        (
            "prosecutor.rabat",
            "sale.mine",
            SALE,
            "court",
            "prosecutor.rabat",
        ),
        (
            "prosecutor.rabat",
            "sale.mine",
            RABAT,
            "court",
            "prosecutor.rabat",
        ),
        (
            "prosecutor.rabat",
            "no such file",
            RABAT,
            "court",
            "prosecutor.rabat",
        ),
        (
            "worker1.rabat",
            "no such file",
            RABAT,
            "cell",
            "worker1.rabat",
        ),
        ("steering", "rabat.mine", RABAT, "cell", "steering"),
        ("admin", "rabat.mine", RABAT, "court", "admin"),
    ] {
        let sql = answer(name, place, side, by);
        assert_eq!(
            tries(&db, username, &sql).await,
            refused(),
            "{username}\n{sql}"
        );
    }
    for (username, name, place) in [
        ("worker1.rabat", "rabat.mine", RABAT),
        ("supervisor.rabat", "rabat.mine", RABAT),
        ("registrar.rabat", "rabat.mine", RABAT),
        ("prosecutor.sale", "rabat.mine", RABAT),
        ("prosecutor.rabat", "rabat.colleague", RABAT),
        ("prosecutor.rabat", "sale.mine", RABAT),
        ("prosecutor.rabat", "no such file", RABAT),
    ] {
        let sql = question(name, place, username);
        assert_eq!(
            tries(&db, username, &sql).await,
            refused(),
            "{username}\n{sql}"
        );
    }
    // and these could
    for (username, sql) in [
        (
            "worker1.rabat",
            answer("rabat.mine", RABAT, "cell", "worker1.rabat"),
        ),
        (
            "supervisor.rabat",
            answer("rabat.mine", RABAT, "cell", "supervisor.rabat"),
        ),
        (
            "chief.rabat",
            answer("rabat.mine", RABAT, "court", "chief.rabat"),
        ),
        (
            "prosecutor.rabat",
            question("rabat.mine", RABAT, "prosecutor.rabat"),
        ),
    ] {
        assert_eq!(tries(&db, username, &sql).await, Ok(1), "{username}\n{sql}");
    }
}

#[tokio::test]
async fn nobody_takes_a_word_back() {
    let db = world().await;
    let close = format!("select app.close_question('{}')", id("question rabat.mine"));
    for username in ["worker1.rabat", "supervisor.rabat", "prosecutor.rabat"] {
        for sql in [
            "update app.judicial_question set text_enc = 'other'",
            "update app.judicial_question set due_at = now() + interval '1 year'",
            "update app.judicial_question set closed_at = now()",
            "update app.judicial_answer set text_enc = 'other'",
            "update app.judicial_answer set side = 'court'",
            "delete from app.judicial_question",
            "delete from app.judicial_answer",
            "select app.escalate_questions()",
        ] {
            assert_eq!(
                tries(&db, username, sql).await,
                refused(),
                "{username}: {sql}"
            );
        }
    }
    for username in [
        "worker1.rabat",
        "supervisor.rabat",
        "registrar.rabat",
        "prosecutor.sale",
        "admin",
    ] {
        assert_eq!(tries(&db, username, &close).await, refused(), "{username}");
    }
    assert!(tries(&db, "prosecutor.rabat", &close).await.is_ok());
    // what the court needs no more is not answered
    let late = answer("rabat.mine", RABAT, "cell", "worker1.rabat");
    assert_eq!(
        tries(&db, "worker1.rabat", &late).await,
        Err("23514".to_owned())
    );
}
