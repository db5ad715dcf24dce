//! Questions of the prosecution and answers of the cell: one thread, read on both sides.

use crate::support::{Answer, Client, TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

/// The number of a form as a page would carry it.
const FORM: &str = "018f0000-0000-7000-8000-000000000061";
const SAVED: StatusCode = StatusCode::SEE_OTHER;

fn page_of(file: &str) -> String {
    format!("/prosecution/{}", id(&format!("judicial {file}")))
}

async fn ask(client: &Client, file: &str, kind: &str, text: &str) -> Answer {
    let fields = [
        ("id", FORM),
        ("question_kind", kind),
        ("question_text", text),
    ];
    client
        .post(&format!("{}/questions", page_of(file)), &fields)
        .await
}

/// The address of the latest question of a file.
async fn latest(app: &TestApp, file: &str) -> String {
    let question: String = app
        .db
        .ask(format!(
            "select id::text from app.judicial_question where file_id = '{}' order by seq desc limit 1",
            id(&format!("judicial {file}"))
        ))
        .await;
    format!("{}/questions/{question}", page_of(file))
}

async fn say(client: &Client, path: &str, text: &str) -> Answer {
    client
        .post(path, &[("id", FORM), ("answer_text", text)])
        .await
}

/// The questions of a file, by number, whose answer somebody owes.
async fn owed(app: &TestApp, file: &str) -> Vec<String> {
    app.db
        .list(format!(
            "select occurrence::text from app.task
             where rule = 'judicial_answer' and judicial_file_id = '{}' and done_at is null order by 1",
            id(&format!("judicial {file}"))
        ))
        .await
}

/// Who was told of something, by user name.
async fn told(app: &TestApp, kind: &str) -> Vec<String> {
    app.db
        .list(format!(
            "select u.username from app.notice n join sec.app_user u on u.id = n.recipient
             where n.kind = '{kind}' order by 1"
        ))
        .await
}

async fn close_file(app: &TestApp, file: &str) {
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.judicial_file set state = 'closed' where id = '{}'",
            id(&format!("judicial {file}"))
        ))
        .await;
}

#[tokio::test]
async fn a_question_is_owed_answered_and_told() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let asked = ask(&prosecutor, file, "kinship_proof", "WORDS-ASKED").await;
    assert_eq!(asked.status, SAVED, "{}", asked.body);
    assert_eq!(owed(&app, file).await, ["2"]);
    assert_eq!(
        told(&app, "judicial_question").await,
        ["supervisor.rabat", "worker1.rabat"]
    );
    let read = worker.get(&page_of(file)).await;
    assert!(read.body.contains("WORDS-ASKED"), "{}", read.body);
    assert!(read.says(Lang::En, "judicial-question-waiting"));
    assert!(read.says(Lang::En, "judicial-question-not-adults"));
    let waits = Lang::En.t_with("judicial-questions-waiting", &[("n", 1.into())]);
    let case = format!("/cases/{}", id("case rabat.mine"));
    assert!(worker.get(&case).await.body.contains(&waits), "{waits}");

    let question = latest(&app, file).await;
    let answered = say(&worker, &format!("{question}/answers"), "WORDS-ANSWERED").await;
    assert_eq!(answered.status, SAVED, "{}", answered.body);
    assert!(owed(&app, file).await.is_empty());
    assert!(!worker.get(&case).await.body.contains(&waits));
    // nobody has the file in hand and no roster is set: everybody who decides there
    assert_eq!(
        told(&app, "judicial_answered").await,
        ["chief.rabat", "prosecutor.rabat"]
    );
    let read = prosecutor.get(&page_of(file)).await;
    assert!(read.body.contains("WORDS-ANSWERED"));
    assert!(read.says(Lang::En, "judicial-question-answered"));
    assert!(!read.says(Lang::En, "judicial-question-waiting"));
    let trail = app
        .db
        .list("select action from audit.event where action like 'judicial_question.%' order by id")
        .await;
    assert_eq!(
        trail,
        ["judicial_question.asked", "judicial_question.answered"]
    );
}

#[tokio::test]
async fn a_follow_up_waits_again_and_the_court_says_when_it_is_enough() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    // the question of the world was answered
    let question = latest(&app, file).await;
    let more = say(&prosecutor, &format!("{question}/follow-up"), "WORDS-MORE").await;
    assert_eq!(more.status, SAVED, "{}", more.body);
    assert_eq!(owed(&app, file).await, ["1"]);
    let read = worker.get(&page_of(file)).await;
    assert!(read.body.contains("CANARY-QUESTION") && read.body.contains("CANARY-REPLY"));
    assert!(read.body.contains("WORDS-MORE"));
    assert!(read.says(Lang::En, "judicial-question-waiting"));

    let closed = prosecutor.post(&format!("{question}/close"), &[]).await;
    assert_eq!(closed.status, SAVED, "{}", closed.body);
    let twice = prosecutor.post(&format!("{question}/close"), &[]).await;
    assert_eq!(twice.status, SAVED);
    assert!(owed(&app, file).await.is_empty());
    let late = say(&worker, &format!("{question}/answers"), "WORDS-TOO-LATE").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.says(Lang::En, "judicial-question-was-closed"));
    assert!(late.body.contains("WORDS-TOO-LATE"), "typed, kept");
    let closings: i64 = app
        .db
        .ask("select count(*) from audit.event where action = 'judicial_question.closed'")
        .await;
    assert_eq!(closings, 1, "said twice, it is once");
}

#[tokio::test]
async fn what_is_sent_twice_is_one_and_amended_it_is_another() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let prosecutor = app.client("prosecutor.rabat");
    let worker = app.client("worker1.rabat");
    let count = async |table: &str| -> i64 {
        let sql = format!(
            "select count(*) from app.{table} where file_id = '{}'",
            id(&format!("judicial {file}"))
        );
        app.db.ask(sql).await
    };
    for (words, wanted) in [("one", 2), ("one", 2), ("two", 3)] {
        let asked = ask(&prosecutor, file, "other", words).await;
        assert_eq!(asked.status, SAVED, "{}", asked.body);
        assert_eq!(count("judicial_question").await, wanted, "{words}");
    }
    assert_eq!(owed(&app, file).await, ["2", "3"]);
    let question = latest(&app, file).await;
    let answers = format!("{question}/answers");
    for (words, wanted) in [("one", 2), ("one", 2), ("two", 3)] {
        let said = say(&worker, &answers, words).await;
        assert_eq!(said.status, SAVED, "{}", said.body);
        assert_eq!(count("judicial_answer").await, wanted, "{words}");
    }
    // the answer to the first press was lost, and meanwhile the court needed no more
    prosecutor.post(&format!("{question}/close"), &[]).await;
    assert_eq!(say(&worker, &answers, "two").await.status, SAVED);
    assert_eq!(count("judicial_answer").await, 3);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let prosecutor = app.client("prosecutor.rabat").reading(Lang::En);
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let refused = ask(&prosecutor, file, "", "WORDS-TYPED").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("WORDS-TYPED"));
    assert!(refused.body.contains("ask-question_kind-error"));
    // of a kind alone, the form comes back with the sentence to begin with
    let begun = ask(&prosecutor, file, "birth_certificate", "").await;
    assert_eq!(begun.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(begun.says(Lang::En, "judicial-question-start"));
    let sentence: String = app
        .db
        .ask("select text_en from ref.judicial_question where code = 'birth_certificate'")
        .await;
    let sentence = sentence.replace('\'', "&#39;");
    assert!(begun.body.contains(&format!(">{sentence}</textarea>")));
    let empty = say(
        &worker,
        &format!("{}/answers", latest(&app, file).await),
        "",
    )
    .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("q1-answer_text-error"));

    close_file(&app, file).await;
    let question = latest(&app, file).await;
    let asked = ask(&prosecutor, file, "other", "WORDS-ON-CLOSED").await;
    let said = say(&worker, &format!("{question}/answers"), "WORDS-ON-CLOSED").await;
    for answer in [asked, said] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.says(Lang::En, "judicial-question-file-closed"));
        assert!(answer.body.contains("WORDS-ON-CLOSED"), "typed, kept");
    }
    let closed = prosecutor.post(&format!("{question}/close"), &[]).await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    let questions: i64 = app
        .db
        .ask(format!(
            "select count(*) from app.judicial_question where file_id = '{}'",
            id("judicial rabat.mine")
        ))
        .await;
    assert_eq!(questions, 1, "nothing was written");
}

#[tokio::test]
async fn only_the_two_sides_of_the_file_take_part() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let question = latest(&app, file).await;
    let (answers, follow_up, close) = (
        format!("{question}/answers"),
        format!("{question}/follow-up"),
        format!("{question}/close"),
    );
    let fields = [("id", FORM), ("answer_text", "x")];
    for (username, path, status) in [
        ("worker1.sale", &answers, 404),
        ("worker2.rabat", &answers, 404),
        ("supervisor.sale", &answers, 404),
        ("prosecutor.rabat", &answers, 403),
        ("prosecutor.sale", &follow_up, 404),
        ("prosecutor.sale", &close, 404),
        ("worker1.rabat", &follow_up, 403),
        ("registrar.rabat", &follow_up, 403),
        ("worker1.rabat", &close, 403),
    ] {
        let answer = app.client(username).post(path, &fields).await;
        assert_eq!(answer.status.as_u16(), status, "{username} {path}");
    }
    for username in [
        "focal.rabat",
        "institution.rabat",
        "steering",
        "admin",
        "dpo",
    ] {
        for path in [&answers, &follow_up, &close] {
            let answer = app.client(username).post(path, &fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username} {path}");
        }
    }
    let asked = ask(&app.client("prosecutor.sale"), file, "other", "x").await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
    // the supervisor answers for the cell, too
    let said = app.client("supervisor.rabat").post(&answers, &fields).await;
    assert_eq!(said.status, SAVED, "{}", said.body);
    // a question of one file is not answered under another's
    let elsewhere = format!(
        "{}/questions/{}/follow-up",
        page_of("rabat.protected"),
        id("question rabat.mine")
    );
    let crossed = app
        .client("prosecutor.rabat")
        .post(&elsewhere, &fields)
        .await;
    assert_eq!(crossed.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn of_a_protected_file_only_those_who_are_named_are_told() {
    let app = TestApp::new().await;
    let asked = ask(
        &app.client("prosecutor.rabat"),
        "rabat.protected",
        "other",
        "x",
    )
    .await;
    assert_eq!(asked.status, SAVED, "{}", asked.body);
    assert_eq!(told(&app, "judicial_question").await, ["worker2.rabat"]);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_told_once_and_only_while_the_file_is_open() {
    let app = TestApp::new().await;
    let file = "rabat.mine";
    let late = "update app.judicial_question set due_at = now() - interval '1 hour'";
    let escalate = "select app.escalate_questions()";
    app.db
        .run(&format!("set session_replication_role = replica; {late}"))
        .await;
    assert_eq!(app.db.ask::<i64>(escalate).await, 0, "all are answered");
    let asked = ask(&app.client("prosecutor.rabat"), file, "other", "x").await;
    assert_eq!(asked.status, SAVED);
    assert_eq!(app.db.ask::<i64>(escalate).await, 0, "there is time");
    app.db.run(late).await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let read = worker.get(&page_of(file)).await;
    assert!(read.says(Lang::En, "judicial-question-late"));
    assert_eq!(app.db.ask::<i64>(escalate).await, 1);
    assert_eq!(app.db.ask::<i64>(escalate).await, 0, "once");
    assert_eq!(
        told(&app, "judicial_question_late").await,
        ["supervisor.rabat", "worker1.rabat"]
    );
    app.db
        .run("update app.judicial_question set escalated_at = null")
        .await;
    close_file(&app, file).await;
    assert_eq!(app.db.ask::<i64>(escalate).await, 0);
}
