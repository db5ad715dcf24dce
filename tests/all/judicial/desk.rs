//! The inbox of a court and not of a person: who is told of what arrives, whose hands a file is in, and what silence does
//! (decision 0088).

use crate::{
    seal::work,
    support::{Answer, Client, TestApp, id, role::tries, statements},
};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const FORM: &str = "018f0000-0000-7000-8000-000000000071";
const SAVED: StatusCode = StatusCode::SEE_OTHER;

/// Makes a move of a file as somebody, by the one function that can.
pub(super) async fn moves(
    app: &TestApp,
    username: &str,
    file: &str,
    made: &str,
    heir: Option<&str>,
) {
    let heir = heir.map_or_else(|| "null".to_owned(), |name| format!("'{}'", id(name)));
    let sql = format!(
        "select app.move_judicial(gen_random_uuid(), '{}', '{made}', heir => {heir}, words => 'x')",
        id(&format!("judicial {file}"))
    );
    tries(&app.db, username, &sql).await.unwrap();
}

/// Somebody is on duty in Rabat for some hours.
pub(super) async fn on_duty(app: &TestApp, username: &str) {
    app.db
        .run(&format!(
            "insert into app.duty_turn (id, court_id, user_id, period, entered_by)
             values (gen_random_uuid(), 11, '{}', tstzrange(now() - interval '1 hour', now() + interval '5 hours'), '{}')",
            id(username),
            id("registrar.rabat")
        ))
        .await;
}

/// Who was told of something, by user name.
pub(super) async fn told(app: &TestApp, kind: &str) -> Vec<String> {
    app.db
        .list(format!(
            "select distinct u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind = '{kind}' order by 1"
        ))
        .await
}

/// Who was told that a file is late, and how often.
pub(super) async fn told_late(app: &TestApp, file: &str) -> Vec<String> {
    app.db
        .list(format!(
            "select u.username || ' ' || n.times from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind = 'judicial_late' and n.judicial_file_id = '{}' order by 1",
            id(&format!("judicial {file}"))
        ))
        .await
}

/// What is owed because of a file.
async fn owed(app: &TestApp, file: &str) -> Vec<String> {
    app.db
        .list(format!(
            "select rule || ' ' || queue from app.task where judicial_file_id = '{}' and done_at is null order by 1",
            id(&format!("judicial {file}"))
        ))
        .await
}

/// As if the time of a file had run out.
pub(super) async fn run_out(app: &TestApp, file: &str) {
    app.db
        .run(&format!(
            "update app.judicial_file set due_at = now() - interval '1 hour' where id = '{}'",
            id(&format!("judicial {file}"))
        ))
        .await;
}

fn link(file: &str) -> String {
    format!("href=\"/prosecution/{}\"", id(&format!("judicial {file}")))
}

async fn list(client: &Client, filter: &str) -> Answer {
    let answer = client.get(&format!("/prosecution?state={filter}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{filter}");
    answer
}

#[tokio::test]
async fn an_arrival_is_told_to_who_is_on_duty_and_to_nobody_else() {
    let app = TestApp::new().await;
    let file = "rabat.colleague";
    on_duty(&app, "chief.rabat").await;
    moves(&app, "supervisor.rabat", file, "transmit", None).await;
    assert_eq!(told(&app, "judicial_arrived").await, ["chief.rabat"]);

    let notices = app
        .client("chief.rabat")
        .reading(Lang::En)
        .get("/notices")
        .await;
    assert!(notices.says(Lang::En, "notice-judicial-arrived"));
    assert!(notices.body.contains(&link(file)), "{}", notices.body);
    let number = |table: &str, of: &str| {
        format!(
            "select number from app.{table} where id = '{}'",
            id(&format!("{of} {file}"))
        )
    };
    let judicial: String = app.db.ask(number("judicial_file", "judicial")).await;
    let case: String = app.db.ask(number("case_file", "case")).await;
    assert!(notices.body.contains(&judicial));
    // the two may share their digits
    let rest = notices.body.replace(&judicial, "");
    assert!(!rest.contains(&case) && !rest.contains("CANARY"));

    // the inbox says who it is, and every colleague has the file all the same
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    assert!(
        !prosecutor
            .get("/notices")
            .await
            .says(Lang::En, "notice-judicial-arrived")
    );
    let inbox = list(&prosecutor, "transmitted").await;
    assert!(inbox.body.contains("Invented chief.rabat"));
    assert!(!inbox.says(Lang::En, "duty-nobody"));
    assert!(inbox.body.contains(&link(file)));
}

#[tokio::test]
async fn at_a_court_without_a_roster_everybody_who_decides_is_told() {
    let app = TestApp::new().await;
    moves(
        &app,
        "supervisor.rabat",
        "rabat.colleague",
        "transmit",
        None,
    )
    .await;
    let everybody = ["chief.rabat", "prosecutor.rabat"];
    assert_eq!(told(&app, "judicial_arrived").await, everybody);
    let registrar = app.client("registrar.rabat").reading(Lang::En);
    assert!(list(&registrar, "all").await.says(Lang::En, "duty-nobody"));

    // likewise of an urgent notice
    let urgent = format!("/cases/{}/prosecution/urgent", id("case rabat.mine"));
    let sent = app
        .client("worker1.rabat")
        .post(&urgent, &[("id", FORM)])
        .await;
    assert_eq!(sent.status, SAVED, "{}", sent.body);
    assert_eq!(told(&app, "urgent_notice_arrived").await, everybody);
    let notices = app.client("chief.rabat").get("/notices").await;
    let page = format!("href=\"/prosecution/notices/{FORM}\"");
    assert!(notices.body.contains(&page), "{}", notices.body);

    // a turn that was taken off counts for nothing
    on_duty(&app, "chief.rabat").await;
    app.db
        .run("update app.duty_turn set cancelled_by = entered_by, cancelled_at = now()")
        .await;
    assert!(list(&registrar, "all").await.says(Lang::En, "duty-nobody"));
}

#[tokio::test]
async fn an_urgent_notice_that_nobody_reads_is_told_to_the_chief_and_the_duty() {
    let app = TestApp::new().await;
    on_duty(&app, "prosecutor.rabat").await;
    let seen = format!(
        "/prosecution/notices/{}/acknowledge",
        id("notice rabat.mine")
    );
    let prosecutor = app.client("prosecutor.rabat");
    assert_eq!(prosecutor.post(&seen, &[]).await.status, SAVED);
    // the notices of the world are of last week
    work(&app.db).escalate().await.unwrap();
    assert_eq!(
        told(&app, "urgent_notice_late").await,
        ["chief.rabat", "prosecutor.rabat", "prosecutor.sale"]
    );
    let lines =
        "select count(*) || ' ' || sum(times) from app.notice where kind = 'urgent_notice_late'";
    let once: String = app.db.ask(lines).await;
    assert_eq!(once, "5 5", "two notices to two people, one to one");
    work(&app.db).escalate().await.unwrap();
    assert_eq!(app.db.ask::<String>(lines).await, once);
    let page = app
        .client("chief.rabat")
        .reading(Lang::En)
        .get("/notices")
        .await;
    assert!(page.says(Lang::En, "notice-urgent-notice-late"));
    assert!(page.says(Lang::En, "notices-clock"));
}

#[tokio::test]
async fn a_file_that_is_handed_over_is_told_to_its_heir_and_stays_the_courts() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let chief = app.client("chief.rabat").reading(Lang::En);
    moves(&app, "prosecutor.rabat", file, "take", None).await;
    assert!(list(&prosecutor, "mine").await.body.contains(&link(file)));
    assert!(!list(&chief, "mine").await.body.contains(&link(file)));
    moves(
        &app,
        "prosecutor.rabat",
        file,
        "hand_over",
        Some("chief.rabat"),
    )
    .await;
    assert_eq!(told(&app, "judicial_handed").await, ["chief.rabat"]);
    assert!(list(&chief, "mine").await.body.contains(&link(file)));
    assert!(!list(&prosecutor, "mine").await.body.contains(&link(file)));
    // whoever does not have it sees who has
    let inbox = list(&prosecutor, "all").await;
    assert!(inbox.body.contains(&link(file)) && inbox.body.contains("Invented chief.rabat"));
}

#[tokio::test]
async fn silence_goes_one_step_higher_once_and_an_answer_ends_it() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    moves(&app, "prosecutor.rabat", file, "take", None).await;
    assert!(owed(&app, file).await.is_empty());
    run_out(&app, file).await;
    let late = list(&app.client("prosecutor.rabat").reading(Lang::En), "late").await;
    assert!(late.body.contains(&link(file)) && late.body.contains("late since"));

    let work = work(&app.db);
    assert!(work.escalate().await.unwrap() > 0);
    let both = ["chief.rabat 1", "prosecutor.rabat 1"];
    assert_eq!(told_late(&app, file).await, both);
    assert_eq!(owed(&app, file).await, ["judicial_silence supervisor"]);
    let supervisor = app.client("supervisor.rabat").reading(Lang::En);
    let today = supervisor.get("/today").await;
    assert!(today.body.contains(&link(file)), "{}", today.body);
    assert_eq!(work.escalate().await.unwrap(), 0, "nothing new is late");
    assert_eq!(told_late(&app, file).await, both);

    // the answer: what the court waits for now is the cell's to do
    moves(&app, "prosecutor.rabat", file, "return", None).await;
    assert_eq!(owed(&app, file).await, ["judicial_completion lead"]);
    let state = "judicial-filter-returned";
    for name in ["prosecutor.rabat", "supervisor.rabat", "worker1.rabat"] {
        let returned = list(&app.client(name).reading(Lang::En), "returned").await;
        assert!(returned.body.contains(&link(file)), "{name}");
        assert!(returned.says(Lang::En, state), "{name}");
    }
    run_out(&app, file).await;
    assert_eq!(work.escalate().await.unwrap(), 1);
    assert_eq!(
        told(&app, "judicial_completion_late").await,
        ["supervisor.rabat", "worker1.rabat"]
    );
    assert_eq!(told_late(&app, file).await, both, "the court waits too");
    let notices = app
        .client("worker1.rabat")
        .reading(Lang::En)
        .get("/notices")
        .await;
    let panel = format!("href=\"/cases/{}#judicial\"", id("case rabat.mine"));
    assert!(notices.body.contains(&panel), "{}", notices.body);
    assert!(notices.says(Lang::En, "notices-clock"));
}

#[tokio::test]
async fn the_cell_learns_that_an_answer_is_late_and_not_on_whom() {
    let app = TestApp::new().await;
    let file = id("judicial sale.mine");
    app.db
        .run(&format!(
            "update app.judicial_file set awaits = 'adult_decision', due_at = now() - interval '1 hour' where id = '{file}'"
        ))
        .await;
    let court = list(&app.client("prosecutor.sale").reading(Lang::En), "late").await;
    assert!(court.says(Lang::En, "judicial-awaits-adult-decision"));
    let cell = list(&app.client("supervisor.sale").reading(Lang::En), "late").await;
    assert!(cell.body.contains(&link("sale.mine")));
    assert!(cell.says(Lang::En, "judicial-awaits-answer"));
    assert!(!cell.says(Lang::En, "judicial-awaits-adult-decision"));
}

#[tokio::test]
async fn each_filter_shows_its_files_in_four_statements() {
    let app = TestApp::new().await;
    let (mine, protected) = ("rabat.mine", "rabat.protected");
    let prosecutor = app.client("prosecutor.rabat");
    moves(&app, "prosecutor.rabat", protected, "take", None).await;
    for (filter, shown) in [
        ("all", vec![mine, protected]),
        ("mine", vec![protected]),
        ("transmitted", vec![mine]),
        // one transmitted five days ago, the other received for three
        ("late", vec![mine, protected]),
        ("child", vec![mine, protected]),
        ("adult", vec![protected]),
        ("returned", vec![]),
        ("decided", vec![]),
        ("closed", vec![]),
    ] {
        list(&prosecutor, filter).await;
        statements::count();
        let answer = list(&prosecutor, filter).await;
        let seen = statements::take();
        assert!(seen.len() <= 4, "{filter}: {seen:#?}");
        for file in [mine, protected] {
            let is_shown = answer.body.contains(&link(file));
            assert_eq!(is_shown, shown.contains(&file), "{filter}: {file}");
        }
        for file in ["rabat.colleague", "sale.mine"] {
            assert!(!answer.body.contains(&link(file)), "{filter}: {file}");
        }
    }
}
