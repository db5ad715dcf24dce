//! Papers of many pages, which background work sets while their reader sees how far it is; and papers of annexes.

use super::*;
use crate::{
    seal::work,
    support::{app, world},
};
use sanad::jobs::{self, Work};
use std::time::Duration;
use uuid::Uuid;

const FILE: &str = "rabat.mine";
/// More than ten pages of them.
const LINES: usize = 600;

/// The world, with a worker that would set papers, and a dossier of many pages.
async fn place() -> TestApp {
    let mut config = app::config();
    config.has_worker = true;
    let db = TestDb::new().await;
    world::build(&db).await;
    let app = TestApp::over(db, config).await;
    let mut extract = extract_of(&app, FILE).await;
    extract["summary"] = json!("طفلة تبيت قرب محطة القطار رفقة رضيع.\n".repeat(LINES));
    put(&app, FILE, &extract, true).await;
    app
}

fn worker(app: &TestApp) -> Work {
    Work {
        papers: Some(database::vault()),
        ..work(&app.db)
    }
}

fn path() -> String {
    format!("{}?lang=fr", paper_of(FILE))
}

/// What somebody waits for.
async fn waits(app: &TestApp, reader: &str) -> Vec<Uuid> {
    let sql = format!(
        "select id::text from app.paper_job where asked_by = '{}' order by asked_at, id",
        id(reader)
    );
    let ids = app.db.list(sql).await;
    ids.iter().map(|id| id.parse().unwrap()).collect()
}

/// Steps that the page shows as done; whether it looks again by itself.
fn shown(answer: &Answer) -> (usize, bool) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let kind = answer.header(header::CONTENT_TYPE);
    assert!(kind.starts_with("text/html"), "{kind}");
    (
        answer.body.matches("class=\"k\"").count(),
        answer.body.contains("http-equiv=\"refresh\""),
    )
}

async fn trail(app: &TestApp) -> Vec<String> {
    app.db
        .list("select action || ' ' || fields::text from audit.event where action like 'judicial_paper.%' order by id")
        .await
}

#[tokio::test]
async fn a_long_dossier_is_made_while_its_reader_sees_how_far_it_is() {
    let app = place().await;
    let work = worker(&app);
    let reader = app.client("prosecutor.rabat");
    assert_eq!(shown(&reader.get(&path()).await), (0, true), "it waits");
    let by_hand = reader.get(&format!("{}&by_hand=1", path())).await;
    assert_eq!(shown(&by_hand), (0, false));
    let asked = waits(&app, "prosecutor.rabat").await;
    assert_eq!(asked.len(), 1, "asked for twice, it is made once");
    let queued: i64 = app
        .db
        .ask("select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
              where t.identifier = 'set_paper'")
        .await;
    assert_eq!(queued, 1);
    // taken up, and cut off
    app.db
        .run(&format!("select app.begin_paper('{}', now())", asked[0]))
        .await;
    let early = reader.get(&format!("{}&open=1", path())).await;
    assert_eq!(shown(&early), (1, true), "it is being set");
    let wanted = ["judicial_paper.asked {\"paper\": \"dossier\"}"];
    assert_eq!(trail(&app).await, wanted, "nobody has read it yet");
    for _ in 0..2 {
        work.paper(asked[0]).await.unwrap();
    }
    let ready = reader.get(&path()).await;
    assert_eq!(shown(&ready), (3, false));
    assert!(ready.says(Lang::Ar, "judicial-paper-made"));
    assert_eq!(trail(&app).await, wanted, "nor now");
    let lies_open: i64 = app
        .db
        .ask(r"select count(*) from app.paper_job where position('\x25504446'::bytea in content_enc) > 0
              or position(convert_to('Invented', 'UTF8') in content_enc) > 0")
        .await;
    assert_eq!(lies_open, 0);
    let paper = print(&reader, &format!("{}&open=1", path())).await;
    let pages = paper.pages();
    assert!(pages > 10, "{pages} pages");
    is_drawn(&paper);
    let text = paper.text();
    assert!(text.contains("Invented prosecutor.rabat"), "{text}");
    assert!(said(&app, &code_on(&text)).await);
    let read = "judicial_paper.printed {\"paper\": \"dossier\"}";
    assert_eq!(trail(&app).await, [wanted[0], read]);
}

#[tokio::test]
async fn a_paper_that_is_made_is_its_readers_alone() {
    let app = place().await;
    let work = worker(&app);
    let (one, other) = (app.client("prosecutor.rabat"), app.client("chief.rabat"));
    for reader in [&one, &other] {
        assert_eq!(shown(&reader.get(&path()).await), (0, true));
    }
    work.paper(waits(&app, "prosecutor.rabat").await[0])
        .await
        .unwrap();
    let open = format!("{}&open=1", path());
    assert_eq!(shown(&other.get(&open).await), (0, true), "not theirs");
    let paper = print(&one, &open).await.text();
    assert!(paper.contains("Invented prosecutor.rabat") && !paper.contains("Invented chief.rabat"));
    let rows = reads(&app.db, "chief.rabat", "select asked_by from app.paper_job").await;
    assert_eq!(rows, [id("chief.rabat").to_string()]);
    for stranger in ["prosecutor.sale", "worker2.rabat", "worker1.sale"] {
        let answer = app.client(stranger).get(&open).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{stranger}");
    }
}

/// What was made for somebody who lost the file meanwhile is theirs no more.
#[tokio::test]
async fn who_may_not_read_the_file_any_more_gets_nothing_of_it() {
    let app = place().await;
    let reader = app.client("worker1.rabat");
    assert_eq!(shown(&reader.get(&path()).await), (0, true));
    let mine = "select id from app.paper_job";
    assert_eq!(reads(&app.db, "worker1.rabat", mine).await.len(), 2);
    app.db
        .run(&format!(
            "set session_replication_role = replica; update app.case_assignment set until = now() where case_id = '{}'",
            id("case rabat.mine")
        ))
        .await;
    let answer = reader.get(&format!("{}&open=1", path())).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let rows = reads(&app.db, "worker1.rabat", mine).await;
    assert!(rows.is_empty(), "{rows:?}");
}

#[tokio::test]
async fn a_paper_is_kept_for_an_hour() {
    let app = place().await;
    let work = worker(&app);
    let reader = app.client("prosecutor.rabat");
    reader.get(&path()).await;
    let first = waits(&app, "prosecutor.rabat").await;
    work.paper(first[0]).await.unwrap();
    assert_eq!(work.sweep_papers().await.unwrap(), 0);
    let over = format!(
        "update app.paper_job set expires_at = now() - interval '1 hour' where asked_by = '{}'",
        id("prosecutor.rabat")
    );
    app.db.run(&over).await;
    // not even before the job
    let open = format!("{}&open=1", path());
    assert_eq!(shown(&reader.get(&open).await), (0, true));
    let second = waits(&app, "prosecutor.rabat").await;
    assert!(second.len() == 1 && second != first);
    app.db.run(&over).await;
    work.paper(second[0]).await.unwrap();
    let set: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.paper_job where id = '{}' and begun_at is not null",
            second[0]
        ))
        .await;
    assert_eq!(set, 0, "nobody waits for it any more");
    assert_eq!(work.sweep_papers().await.unwrap(), 1);
    assert!(waits(&app, "prosecutor.rabat").await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_set_is_told_and_can_be_asked_for_again() {
    let app = place().await;
    let work = worker(&app);
    let reader = app.client("prosecutor.rabat");
    reader.get(&path()).await;
    let first = waits(&app, "prosecutor.rabat").await;
    app.db
        .run(&format!(
            "update app.paper_job set content_enc = set_byte(content_enc, 40, get_byte(content_enc, 40) # 1) where id = '{}'",
            first[0]
        ))
        .await;
    assert!(work.paper(first[0]).await.is_err());
    let failed = reader.get(&path()).await;
    assert_eq!(shown(&failed), (1, false));
    assert!(failed.says(Lang::Ar, "judicial-paper-failed"));
    assert_eq!(waits(&app, "prosecutor.rabat").await, first);
    let again = reader.get(&format!("{}&again=1", path())).await;
    assert_eq!(shown(&again), (0, true));
    let second = waits(&app, "prosecutor.rabat").await;
    assert!(second.len() == 1 && second != first);
    work.paper(first[0]).await.unwrap();
    work.paper(second[0]).await.unwrap();
    assert_eq!(shown(&reader.get(&path()).await), (3, false));
}

/// What the worker does by itself, from the press of the button on.
#[tokio::test]
async fn the_worker_sets_what_is_asked_for() {
    let app = place().await;
    let running = jobs::start(worker(&app));
    let reader = app.client("worker1.rabat");
    reader.get(&path()).await;
    let question = format!(
        "select exists (select from app.paper_job where asked_by = '{}' and set_at is not null and id <> '{}')",
        id("worker1.rabat"),
        id("print rabat.mine")
    );
    for _ in 0..1200 {
        if app.db.ask::<bool>(question.clone()).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let pages = print(&reader, &format!("{}&open=1", path())).await.pages();
    assert!(pages > 10, "{pages}");
    running.stop().await;
}

/// A server without background work sets them while their reader waits.
#[tokio::test]
async fn without_a_worker_a_long_paper_is_set_at_once() {
    let app = TestApp::new().await;
    let mut extract = extract_of(&app, FILE).await;
    extract["summary"] = json!("طفلة تبيت قرب محطة القطار.\n".repeat(LINES));
    put(&app, FILE, &extract, true).await;
    let pages = print(&app.client("prosecutor.rabat"), &path())
        .await
        .pages();
    assert!(pages > 10, "{pages}");
}

#[tokio::test]
async fn an_annex_that_was_sent_has_a_paper_of_its_own() {
    let app = TestApp::new().await;
    let file = format!("/prosecution/{}", id("judicial rabat.mine"));
    let (sent, unsent) = (
        format!("{file}/annexes/1/paper.pdf"),
        format!("{file}/annexes/2/paper.pdf"),
    );
    let annex = id("annex 1 rabat.mine");
    let hash: String = app
        .db
        .ask(format!(
            "select encode(sha256, 'hex') from app.disclosure where id = '{annex}'"
        ))
        .await;
    let mut codes = Vec::new();
    for reader in ["worker1.rabat", "prosecutor.rabat"] {
        let client = app.client(reader);
        let paper = print(&client, &format!("{sent}?lang=fr")).await;
        let text = paper.text();
        for words in [
            "CANARY-ANNEX-SENT",
            hash.as_str(),
            &format!("Invented {reader}"),
        ] {
            assert!(dense(&text).contains(&dense(words)), "{words}: {text}");
        }
        is_drawn(&paper);
        assert_eq!(client.get(&unsent).await.status, StatusCode::NOT_FOUND);
        let page = client.get(&file).await;
        assert!(page.body.contains(&sent) && !page.body.contains(&unsent));
        codes.push(code_on(&text));
    }
    assert_eq!(codes[0], codes[1]);
    assert!(said(&app, &codes[0]).await);
    let dossier = print(&app.client("prosecutor.rabat"), &paper_of(FILE)).await;
    assert_ne!(codes[0], code_on(&dossier.text()));
    let read = "judicial_paper.printed {\"n\": 1, \"paper\": \"annex\"}";
    assert_eq!(trail(&app).await[..2], [read, read]);
    for stranger in ["worker2.rabat", "prosecutor.sale"] {
        let answer = app.client(stranger).get(&sent).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{stranger}");
    }
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.disclosure set sha256 = sha256('other'::bytea) where id = '{annex}'"
        ))
        .await;
    assert!(!said(&app, &codes[0]).await, "another content");
    let answer = app.client("prosecutor.rabat").get(&sent).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}
