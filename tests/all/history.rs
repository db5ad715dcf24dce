//! The history of a file: read a page at a time, written in notes, printed, and who read it.

use crate::support::{Client, TestApp, TestDb, id, session, statements};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FILE: &str = "rabat.mine";
const NOTE: &str = "0198c0de-0000-7000-8000-000000000031";
const WORDS: &str = "الجدة مستعدة لاستقبال الطفلة CANARY-TYPED";

/// A page without the marks that keep its directions apart.
fn plain(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

fn case() -> String {
    format!("/cases/{}", id(&format!("case {FILE}")))
}

/// Many moves, three in each instant, and visits that were missed, two on each day.
async fn long_history(app: &TestApp) {
    let (case, episode, by) = (
        id(&format!("case {FILE}")),
        id(&format!("episode {FILE}")),
        id("worker1.rabat"),
    );
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, at)
             select gen_random_uuid(), '{episode}', '{case}', 1, 'assessment', 'planning', '{by}', 'social_worker',
                    date_trunc('hour', now()) - interval '1 hour' * (n / 3) from generate_series(1, 80) n;
             insert into app.visit (id, case_id, episode_id, territory_id, territory_at, seq, kind, due_on, missed_on,
                                    missed_reason, recorded_by, recorded_at)
             select gen_random_uuid(), '{case}', '{episode}', 1, 1, 10 + n, 'home_visit', current_date - n / 2, current_date - n / 2,
                    'nobody_there', '{by}', now() from generate_series(1, 25) n"
        ))
        .await;
}

/// The places of the entries of a page: time, kind, id.
fn places(page: &str) -> Vec<(i64, i16, String)> {
    let marks = page.split("<li class=\"ev\" id=\"e").skip(1);
    marks
        .map(|part| {
            let place = part.split('"').next().unwrap();
            let mut parts = place.splitn(3, '.');
            let (at, rank) = (parts.next().unwrap(), parts.next().unwrap());
            let id = parts.next().unwrap().to_owned();
            (at.parse().unwrap(), rank.parse().unwrap(), id)
        })
        .collect()
}

/// What the button for more leads to.
fn more(page: &str) -> Option<String> {
    let before = page.split("rel=\"next\"").next()?;
    let (_, link) = before.rsplit_once("href=\"")?;
    let link = link.split('"').next()?;
    page.contains("rel=\"next\"")
        .then(|| link.replace("&#38;", "&").replace("&amp;", "&"))
}

async fn walk(reader: &Client, from: &str) -> Vec<Vec<(i64, i16, String)>> {
    let mut pages = Vec::new();
    let mut next = Some(from.to_owned());
    while let Some(address) = next {
        let answer = reader.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        pages.push(places(&answer.body));
        next = more(&answer.body);
        assert!(pages.len() < 20, "no end");
    }
    pages
}

#[tokio::test]
async fn a_long_history_is_read_without_a_gap_or_a_repeat() {
    let app = TestApp::new().await;
    long_history(&app).await;
    let worker = app.client("worker1.rabat");
    for from in [case(), format!("{}/history", case())] {
        let pages = walk(&worker, &from).await;
        let (last, full) = pages.split_last().unwrap();
        assert!(pages.len() > 3 && full.iter().all(|page| page.len() == 30));
        assert!(!last.is_empty());
        let all: Vec<_> = pages.concat();
        for pair in all.windows(2) {
            assert!(
                pair[0].0 >= pair[1].0 && pair[0] != pair[1],
                "{pair:?} in order"
            );
        }
        for (table, rank) in [("case_transition", 2), ("visit", 4)] {
            let mut shown: Vec<String> = all
                .iter()
                .filter(|(_, kind, _)| *kind == rank)
                .map(|(.., id)| id.clone())
                .collect();
            shown.sort();
            let sql = format!(
                "select id::text from app.{table} where case_id = '{}' {} order by id::text collate \"C\"",
                id(&format!("case {FILE}")),
                if rank == 4 {
                    "and recorded_at is not null"
                } else {
                    ""
                }
            );
            assert_eq!(shown, app.db.list(&sql).await, "{from} {table}");
        }
    }
}

#[tokio::test]
async fn it_is_looked_through_by_kind() {
    let app = TestApp::new().await;
    long_history(&app).await;
    let worker = app.client("worker1.rabat");
    let all = walk(&worker, &format!("{}/history", case())).await.concat();
    let mut told = 0;
    for (kind, ranks) in [
        ("notes", vec![15]),
        ("moves", vec![2, 14, 20]),
        ("contacts", vec![1]),
        ("care", vec![8, 9, 10, 11, 12, 17, 18]),
        ("services", vec![3, 13]),
        ("visits", vec![4, 19]),
        ("justice", vec![5, 6, 7]),
        ("documents", vec![16]),
    ] {
        let some = walk(&worker, &format!("{}/history?kind={kind}", case()))
            .await
            .concat();
        let wanted: Vec<_> = all
            .iter()
            .filter(|(_, rank, _)| ranks.contains(rank))
            .cloned()
            .collect();
        assert!(!wanted.is_empty(), "the world has {kind}");
        assert_eq!(some, wanted, "{kind}");
        told += some.len();
    }
    assert_eq!(told, all.len(), "every entry is of one kind");
    // nonsense in the address is no fault
    let page = worker
        .get(&format!("{}/history?kind=x&before=-9.9.9&seen=x", case()))
        .await;
    assert_eq!(places(&page.body).len(), 30);
}

#[tokio::test]
async fn however_long_it_is_it_costs_the_same() {
    let app = TestApp::new().await;
    long_history(&app).await;
    let worker = app.client("worker1.rabat");
    for path in [
        case(),
        format!("{}/history", case()),
        format!("{}/history?kind=visits", case()),
        format!("{}/print", case()),
    ] {
        worker.get(&path).await;
        statements::count();
        let answer = worker.get(&path).await;
        let asked = statements::take();
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(asked.len() <= 6, "{path}: {asked:#?}");
    }
}

async fn write(client: &Client, id: &str, words: &str) -> crate::support::Answer {
    let fields = [("note_id", id), ("case_note", words)];
    client.post(&format!("{}/notes", case()), &fields).await
}

async fn notes(db: &TestDb) -> i64 {
    db.ask("select count(*) from app.case_note where id = '0198c0de-0000-7000-8000-000000000031'")
        .await
}

#[tokio::test]
async fn a_note_is_written_once_and_lies_sealed() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    for _ in 0..2 {
        let answer = write(&worker, NOTE, WORDS).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location(), case());
    }
    assert_eq!(notes(&app.db).await, 1);
    let written = app
        .db
        .list(&format!(
            "select actor || ' ' || (fields->>'note') from audit.event where action = 'case_note.written' and object_id = '{}'",
            id(&format!("case {FILE}"))
        ))
        .await;
    assert_eq!(written, [format!("{} {NOTE}", id("worker1.rabat"))]);
    let open: i64 = app
        .db
        .ask("select count(*) from app.case_note n where position('CANARY-TYPED'::bytea in n.text_enc) > 0")
        .await;
    assert_eq!(open, 0);
    assert!(worker.get(&case()).await.body.contains(WORDS));
    // the same number with other words is nobody's second press
    let other = write(&worker, NOTE, "other words").await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let other = write(&app.client("supervisor.rabat"), NOTE, WORDS).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert_eq!(notes(&app.db).await, 1);
}

#[tokio::test]
async fn a_note_that_says_nothing_or_too_much_is_refused_and_kept() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let long = "x".repeat(4001);
    for (words, key) in [("  ", "error-required"), (long.as_str(), "error-too-long")] {
        let answer = write(&worker, NOTE, words).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(answer.body.contains("id=\"case_note-error\""), "{key}");
        assert!(answer.body.contains(NOTE), "the number is kept");
        assert!(words.trim().is_empty() || answer.body.contains(words));
    }
    assert_eq!(notes(&app.db).await, 0);
}

#[tokio::test]
async fn notes_are_written_by_those_who_care_while_the_file_is_open() {
    let app = TestApp::new().await;
    // an hour's opening of a colleague's file is for reading it
    let grant = format!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, until)
         values (gen_random_uuid(), '{}', 1, '{}', 'replacement', now() + interval '1 hour')",
        id(&format!("case {FILE}")),
        id("worker2.rabat")
    );
    for (username, status) in [
        ("worker2.rabat", StatusCode::NOT_FOUND),
        ("worker1.sale", StatusCode::NOT_FOUND),
        ("supervisor.sale", StatusCode::NOT_FOUND),
        ("prosecutor.rabat", StatusCode::FORBIDDEN),
        ("dpo", StatusCode::FORBIDDEN),
    ] {
        let answer = write(&app.client(username), NOTE, WORDS).await;
        assert_eq!(answer.status, status, "{username}");
    }
    app.db.run(&grant).await;
    let guest = app.client("worker2.rabat");
    assert_eq!(
        write(&guest, NOTE, WORDS).await.status,
        StatusCode::FORBIDDEN
    );
    let page = guest.get(&case()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("name=\"case_note\"") && !page.body.contains("/print\""));
    assert_eq!(
        guest.get(&format!("{}/print", case())).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(notes(&app.db).await, 0);
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = '{}', closure_reason = 'other'
             where case_id = '{}'",
            id("supervisor.rabat"),
            id(&format!("case {FILE}"))
        ))
        .await;
    let worker = app.client("worker1.rabat");
    assert_eq!(
        write(&worker, NOTE, WORDS).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(notes(&app.db).await, 0);
    let page = worker.get(&case()).await.body;
    assert!(!page.contains("name=\"case_note\"") && page.contains("CANARY-REMARK"));
}

#[tokio::test]
async fn what_came_since_the_reader_looked_is_marked() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    worker.get(&case()).await;
    // the clock of a test stands still
    let before = "update app.case_seen set seen_at = seen_at - interval '1 minute'";
    let mark = "<span class=\"pill brand\">New</span>";
    let page = worker.get(&case()).await.body;
    assert!(!page.contains(mark), "nothing came since");
    app.db.run(before).await;
    assert_eq!(
        write(&app.client("supervisor.rabat"), NOTE, WORDS)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let page = worker.get(&case()).await.body;
    assert_eq!(page.matches(mark).count(), 1);
    // the filter goes on from there, although the file has been looked at meanwhile
    let (_, link) = page.split_once("/history?kind=notes").unwrap();
    let rest = link.split('"').next().unwrap().replace("&#38;", "&");
    let notes = worker
        .get(&format!("{}/history?kind=notes{rest}", case()))
        .await;
    assert_eq!(notes.body.matches(mark).count(), 1);
    assert!(!worker.get(&case()).await.body.contains(mark));
    // one's own are no news
    let own = "0198c0de-0000-7000-8000-000000000032";
    write(&worker, own, "mine").await;
    assert!(!worker.get(&case()).await.body.contains(mark));
}

#[tokio::test]
async fn the_prosecution_sees_no_note() {
    let app = TestApp::new().await;
    for username in ["prosecutor.rabat", "registrar.rabat", "chief.rabat"] {
        let court = app.client(username);
        for path in [
            format!("/prosecution/{}", id(&format!("judicial {FILE}"))),
            format!("/prosecution/notices/{}", id(&format!("notice {FILE}"))),
        ] {
            let answer = court.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.body.contains("CANARY-REMARK"), "{path}");
        }
        for page in ["", "/history", "/history?kind=notes", "/print", "/readers"] {
            let answer = court.get(&format!("{}{page}", case())).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        }
    }
}

#[tokio::test]
async fn a_file_is_printed_by_who_just_showed_who_they_are_and_it_is_written_down() {
    let app = TestApp::new().await;
    let path = format!("{}/print", case());
    let printed = "select count(*) from audit.event where action = 'case.printed'";
    session::age(&app.db, "worker1.rabat").await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let answer = worker.get(&path).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/account/confirm?next="));
    assert!(!answer.body.contains("CANARY"));
    assert_eq!(app.db.ask::<i64>(printed).await, 0);

    app.db
        .run("update sec.session set stepped_up_at = now()")
        .await;
    let answer = worker.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let number: String = app
        .db
        .ask(&format!(
            "select number from app.case_file where id = '{}'",
            id(&format!("case {FILE}"))
        ))
        .await;
    let (head, sheet) = answer.body.split_once("<tbody>").unwrap();
    let (_, running) = head.split_once("<thead>").unwrap();
    for words in [number.as_str(), "Printed by Invented worker1.rabat, "] {
        assert!(plain(running).contains(words), "on every sheet: {words}");
    }
    for words in [
        "CANARY-child-rabat.mine",
        "CANARY-mother-rabat.mine",
        "CANARY-INQUIRY",
        "CANARY-SCORE",
        "CANARY-GOAL",
        "CANARY-ACTION",
        "CANARY-VISIT",
        "CANARY-REMARK",
        "CANARY-REASON",
        "CANARY-VIEW",
    ] {
        assert!(sheet.contains(words), "{words}");
    }
    for words in ["CANARY-CLINICAL", "CANARY-ADDRESS", "CANARY-MOTIVES"] {
        assert!(!sheet.contains(words), "{words}");
    }
    let trail = app
        .db
        .list("select actor || ' ' || object_id from audit.event where action = 'case.printed'")
        .await;
    let own = format!("{} {}", id("worker1.rabat"), id(&format!("case {FILE}")));
    assert_eq!(trail, [own]);
}

#[tokio::test]
async fn how_many_read_is_for_all_and_who_for_the_supervisors() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let readers = format!("{}/readers", case());
    let said =
        |page: &str, n: &str| plain(page).contains(&format!("{n} opened this file this month"));
    assert!(said(&worker.get(&case()).await.body, "1 person"));
    assert!(said(&worker.get(&case()).await.body, "1 person"));
    assert!(said(&supervisor.get(&case()).await.body, "2 people"));
    let page = worker.get(&case()).await.body;
    assert!(said(&page, "2 people") && !page.contains("/readers\""));
    assert!(supervisor.get(&case()).await.body.contains("/readers\""));
    assert_eq!(worker.get(&readers).await.status, StatusCode::FORBIDDEN);
    let far = app.client("supervisor.sale");
    assert_eq!(far.get(&readers).await.status, StatusCode::NOT_FOUND);
    let hidden = format!("/cases/{}/readers", id("case rabat.protected"));
    assert_eq!(supervisor.get(&hidden).await.status, StatusCode::NOT_FOUND);

    let page = supervisor.get(&readers).await.body;
    assert!(said(&page, "2 people"));
    assert_eq!(page.matches("Invented worker1.rabat").count(), 3);
    // of a month before, and of another kind
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             insert into audit.event (at, actor, action, territory_id, object_kind, object_id, row_hash)
             select now() - interval '40 days' - interval '1 second' * (n / 2), '{}', 'visits.opened', 1, 'case', '{}', ''
             from generate_series(1, 60) n",
            id("worker2.rabat"),
            id(&format!("case {FILE}"))
        ))
        .await;
    assert!(said(&supervisor.get(&readers).await.body, "2 people"));
    let (mut rows, mut next) = (0, Some(readers));
    while let Some(address) = next {
        let page = supervisor.get(&address).await.body;
        rows += page.matches("Invented worker2.rabat").count();
        next = more(&page);
    }
    assert_eq!(rows, 60, "each once");
}
