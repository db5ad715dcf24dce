//! The history of a file: read a page at a time, written in notes, printed, and who read it.

mod notes;
mod reading;

use crate::support::{Client, TestApp, TestDb, day, id, session};
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

/// What the button for more leads to.
fn more(page: &str) -> Option<String> {
    let before = page.split("rel=\"next\"").next()?;
    let (_, link) = before.rsplit_once("href=\"")?;
    let link = link.split('"').next()?;
    page.contains("rel=\"next\"")
        .then(|| link.replace("&#38;", "&").replace("&amp;", "&"))
}

async fn write(client: &Client, id: &str, words: &str) -> crate::support::Answer {
    let fields = [("note_id", id), ("case_note", words)];
    client.post(&format!("{}/notes", case()), &fields).await
}

/// The notes that were written beside that of the world.
async fn notes(db: &TestDb) -> i64 {
    let (case, known) = (id(&format!("case {FILE}")), id(&format!("note {FILE}")));
    let sql =
        format!("select count(*) from app.case_note where case_id = '{case}' and id <> '{known}'");
    db.ask(sql).await
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
    // an act that is dated by its day has no hour, on paper as on the screen
    let heard = Lang::En.date(day(-6));
    assert!(!plain(sheet).contains(&format!("{heard}, 12:00")));
    let trail = app
        .db
        .list("select actor || ' ' || object_id from audit.event where action = 'case.printed'")
        .await;
    let own = format!("{} {}", id("worker1.rabat"), id(&format!("case {FILE}")));
    assert_eq!(trail, [own]);
}

#[tokio::test]
async fn what_is_not_well_is_said_in_the_history_and_on_paper() {
    let app = TestApp::new().await;
    let file = id(&format!("case {FILE}"));
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_consent set withdrawn_on = current_date, withdrawn_by = recorded_by where case_id = '{file}';
             update app.visit set safe = 'no' where case_id = '{file}' and done_on is not null"
        ))
        .await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    for page in ["history", "print"] {
        let shown = worker.get(&format!("{}/{page}", case())).await;
        let shown = plain(&shown.body);
        let withdrawn = format!("Withdrawn on {}.", Lang::En.date(day(0)));
        for words in [withdrawn.as_str(), "Safe: No", "Schooling: Primary"] {
            assert!(shown.contains(words), "{page}: {words}");
        }
    }
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
