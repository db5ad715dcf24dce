//! What is read of a protected file is told, whichever page wrote the reading down: the trail finds the file behind it.

use super::{break_glass, protect_mine};
use crate::{
    rls::{reads, refused, tries, world},
    support::{id, source},
};

/// Kinds of things in the trail, and one or more of the world that hang on a file.
const HANGS: [(&str, &str); 14] = [
    ("case", "case"),
    ("person", "child"),
    ("person", "mother"),
    ("contact", "contact"),
    ("service", "service child"),
    ("service", "service sent"),
    ("document", "document"),
    ("judicial_file", "judicial"),
    ("disclosure", "disclosure"),
    ("disclosure", "notice"),
    ("disclosure", "hold"),
    ("disclosure", "request"),
    ("transfer", "transfer"),
    ("identity_request", "identity request"),
];

fn record(action: &str, kind: &str, thing: &str) -> String {
    let thing = id(thing);
    format!("select audit.record('{action}', '{kind}', '{thing}', 1::smallint, '{{}}', null)")
}

#[tokio::test]
async fn a_reading_is_traced_to_its_file_whatever_it_was_of() {
    let db = world().await;
    for file in ["rabat.protected", "rabat.mine"] {
        for (kind, thing) in HANGS {
            let thing = id(&format!("{thing} {file}"));
            let behind = format!("select app.files_behind('{kind}', '{thing}')::text");
            assert_eq!(
                db.list(behind).await,
                [id(&format!("case {file}")).to_string()],
                "{kind} {thing} {file}"
            );
        }
    }
    let unknown = record("case.opened", "house", "case rabat.mine");
    assert_eq!(
        tries(&db, "worker1.rabat", &unknown).await,
        Err("22023".to_owned()),
        "what nobody can trace is not read"
    );
    // whose file a thing is, and who is told, are the trail's to ask
    let case = id("case rabat.protected");
    for function in ["files_behind", "tell_reading"] {
        let asked = format!("select app.{function}('case', '{case}')");
        assert_eq!(
            tries(&db, "worker1.rabat", &asked).await,
            refused(),
            "{function}"
        );
    }
}

/// The sources are read: a reading of something that hangs on no file of `app.files_behind` would be a page that fails.
#[tokio::test]
async fn every_reading_that_the_program_writes_can_be_traced() {
    let db = world().await;
    let readings = db.list("select unnest(audit.readings())").await;
    let is_known = |kind: &str| HANGS.iter().any(|(known, _)| *known == kind);
    let (mut found, mut faults) = (0, Vec::new());
    for (folder, extension, call, quote) in [
        ("src", "rs", "Event::on(", '"'),
        ("src", "rs", "audit.record(", '\''),
        ("migrations", "sql", "audit.record(", '\''),
    ] {
        for file in source::files(folder, &[extension]) {
            for written in file.text.split(call).skip(1) {
                let written = written.split(')').next().unwrap_or_default();
                let mut texts = written.split(',').map(|part| {
                    let part = part.trim().strip_prefix(quote);
                    part.and_then(|part| part.strip_suffix(quote))
                });
                let (action, kind) = (texts.next().flatten(), texts.next().flatten());
                let is_reading =
                    action.is_some_and(|action| readings.iter().any(|one| one == action));
                if !is_reading {
                    continue;
                }
                found += 1;
                if !kind.is_some_and(is_known) {
                    faults.push(format!("{}: {written}", file.name()));
                }
            }
        }
    }
    assert!(found > 20, "{found}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn a_reading_tells_those_who_keep_the_file_and_nobody_else() {
    let db = world().await;
    let told = "select recipient || ' ' || actor || ' ' || kind || ' ' || times from app.notice where kind = 'protected_opened'";
    let all = async |username: &str| {
        for (kind, thing) in HANGS {
            let reading = record("case.opened", kind, &format!("{thing} rabat.mine"));
            tries(&db, username, &reading).await.unwrap();
        }
    };
    all("worker1.rabat").await;
    assert!(
        db.list(told).await.is_empty(),
        "an ordinary file tells nobody"
    );
    protect_mine(&db, "supervisor.rabat").await.unwrap();
    all("worker1.rabat").await;
    let line = format!(
        "{} {} protected_opened {}",
        id("supervisor.rabat"),
        id("worker1.rabat"),
        HANGS.len()
    );
    assert_eq!(db.list(told).await, [line], "each is told, in one line");

    db.run("delete from app.notice").await;
    // who keeps it reads it; who is not named does not see it, nor does another city
    for username in ["supervisor.rabat", "worker2.rabat", "worker1.sale", "dpo"] {
        all(username).await;
    }
    let case = "case rabat.mine";
    for (username, action, kind, thing) in [
        ("worker1.rabat", "case.moved", "case", case),
        // told in its own words, when it breaks
        ("worker1.rabat", "emergency.begun", "case", case),
        // what was sent to it is the court's to read
        (
            "prosecutor.rabat",
            "judicial_file.opened",
            "judicial_file",
            "judicial rabat.mine",
        ),
        (
            "focal.rabat",
            "request.opened",
            "disclosure",
            "request rabat.mine",
        ),
    ] {
        let row = record(action, kind, thing);
        tries(&db, username, &row).await.unwrap();
    }
    assert!(db.list(told).await.is_empty());
}

#[tokio::test]
async fn what_was_read_through_the_glass_is_for_who_reviews_it() {
    let db = world().await;
    break_glass(&db, "worker1.rabat", "rabat.protected").await;
    for (action, kind, thing) in [
        ("emergency.begun", "case", "case rabat.protected"),
        ("emergency.read", "case", "case rabat.protected"),
        ("emergency.read", "case", "case rabat.protected"),
        ("documents.opened", "case", "case rabat.protected"),
        ("mother.opened", "person", "mother rabat.protected"),
        ("contact.opened", "contact", "contact rabat.protected"),
        ("case.moved", "case", "case rabat.protected"),
        ("case.opened", "case", "case rabat.mine"),
        ("contact.opened", "contact", "contact rabat.mine"),
    ] {
        let row = record(action, kind, thing);
        tries(&db, "worker1.rabat", &row).await.unwrap();
    }
    // its lead reads it in the same hour, through no glass
    let own = record("case.opened", "case", "case rabat.protected");
    tries(&db, "worker2.rabat", &own).await.unwrap();
    let access = "select id::text from app.emergency_access where ended_at is null";
    let access = db.list(access).await.remove(0);
    let readings = format!("select action || ' ' || times from app.readings_in('{access}')");
    assert_eq!(
        reads(&db, "dpo", &readings).await,
        [
            "contact.opened 1",
            "documents.opened 1",
            "emergency.read 2",
            "mother.opened 1"
        ]
    );
    for username in [
        "worker1.rabat",
        "worker2.rabat",
        "supervisor.rabat",
        "supervisor.sale",
        "prosecutor.rabat",
    ] {
        let seen = reads(&db, username, &readings).await;
        assert!(seen.is_empty(), "{username}: {seen:?}");
    }
    // closed before: what was read afterwards was read in some other way
    db.run(
        "update app.emergency_access set begun_at = begun_at - interval '30 minutes', until = until - interval '30 minutes',
                ended_at = now() - interval '20 minutes' where ended_at is null",
    )
    .await;
    assert!(reads(&db, "dpo", &readings).await.is_empty());
}
