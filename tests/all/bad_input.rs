//! Each field of each form, filled with what no field should hold: told beside the field, or not taken.

use crate::{
    documents::pdf,
    paths::{LINES, Reach},
    protection,
    support::{
        Answer, Client, TestApp,
        html::{Form, forms},
    },
};
use axum::http::StatusCode;
use sanad::i18n::Lang;
use sqlx::AssertSqlSafe;

/// Names of what is wrong, and the value.
fn evils() -> Vec<(&'static str, String)> {
    vec![
        ("nothing", String::new()),
        ("a NUL", "a\0b".into()),
        ("a bidi override", "a\u{202e}b".into()),
        ("an isolate", "a\u{2066}b".into()),
        ("100 kB", "ا".repeat(50_000)),
        ("no such day", "31/02/2026".into()),
        ("the future", "01/01/2199".into()),
        ("long ago", "01/01/0001".into()),
        ("an injection", "' or 1=1 --".into()),
        ("a script", "<script>alert(1)</script>".into()),
        ("too large a number", "99999999999999999999".into()),
        ("a negative number", "-1".into()),
        (
            "an id of nothing",
            "00000000-0000-0000-0000-000000000000".into(),
        ),
        ("Arabic digits", "٣١/٠٢/٢٠٢٦".into()),
    ]
}

/// The forms that someone meets on the pages of some files, each once.
async fn forms_of(client: &Client, files: &[&str]) -> Vec<Form> {
    let mut found: Vec<Form> = Vec::new();
    for file in files {
        for line in LINES
            .iter()
            .filter(|line| line.method == "GET" && line.reach != Reach::Public)
        {
            let path = line.path(file);
            let answer = client.get(&path).await;
            for form in forms(&answer.body, &path) {
                if !found.iter().any(|known| known.names() == form.names()) {
                    found.push(form);
                }
            }
        }
    }
    found
}

/// The question for the number of all rows of `app`, `sec` and `plan`.
async fn rows(app: &TestApp) -> String {
    let tables = app
        .db
        .list("select schemaname || '.' || tablename from pg_tables where schemaname in ('app', 'sec', 'plan')")
        .await;
    let counts: Vec<String> = tables
        .iter()
        .map(|table| format!("(select count(*) from {table})"))
        .collect();
    format!("select {}", counts.join(" + "))
}

/// What is wrong with the answer to a form in which one field held an evil value.
fn fault(answer: &Answer, form: &Form, field: &str, what: &str, evil: &str) -> Option<String> {
    let status = answer.status;
    if status.is_server_error() {
        return Some(format!("{status}"));
    }
    if answer.body.contains("<script>alert(1)") {
        return Some("the page runs what was typed".to_owned());
    }
    let unstorable = ["a NUL", "a bidi override", "an isolate"].contains(&what);
    // a place in a list is looked at and not kept; the name of a file is kept without what cannot be shown
    if unstorable && !["skip", "file"].contains(&field) && status == StatusCode::SEE_OTHER {
        return Some("taken".to_owned());
    }
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        if !answer.body.contains("role=\"alert\"") {
            return Some("refused without a summary".to_owned());
        }
        let typed = if what == "an injection" {
            "or 1=1 --"
        } else {
            evil
        };
        let is_plain = evil.len() < 100 && !unstorable && !evil.contains('<');
        if is_plain && form.is_typed(field) && !answer.body.contains(typed) {
            return Some("what was typed is lost".to_owned());
        }
    } else if !matches!(status.as_u16(), 303 | 400 | 403 | 404 | 409 | 429)
        && !form.is_button(field)
        // shown before it is sent: nothing is stored yet
        && !answer.body.contains("name=\"confirmed\"")
        // a search by POST, so that names stay out of addresses, answers with what it found
        && !form.action.ends_with("/search")
    {
        return Some(format!("{status}"));
    }
    None
}

/// Sends a form as a browser would: where it asks for a file, with one of that name.
async fn send(client: &Client, form: &Form, pairs: &[(&str, &str)]) -> Answer {
    if !form.uploads {
        return client.post(&form.action, pairs).await;
    }
    let is_file = |pair: &&(&str, &str)| pair.0 == "file";
    let typed = pairs.iter().find(is_file).map_or("", |(_, name)| name);
    let name = if typed.is_empty() { "a.pdf" } else { typed };
    let fields: Vec<_> = pairs.iter().filter(|p| !is_file(p)).copied().collect();
    let bytes = pdf("words");
    let file = (&*name.replace('"', "%22"), &*bytes);
    client.upload(&form.action, &fields, file).await
}

async fn try_every_form(username: &str, files: &[&str]) {
    try_forms(&TestApp::new().await, username, files, "").await;
}

/// Those whose address holds `within`.
async fn try_forms(app: &TestApp, username: &str, files: &[&str], within: &str) {
    let client = app.client(username).reading(Lang::Fr);
    let (question, mut admin) = (rows(app).await, app.db.connect("postgres").await);
    let mut all = forms_of(&client, files).await;
    all.retain(|form| form.action.contains(within));
    // a button alone may end what the others are about
    all.sort_by_key(|form| form.fields.is_empty());
    assert!(!all.is_empty());
    let mut faults = Vec::new();
    let mut before = 0;
    for form in &all {
        for field in form.names() {
            for (what, evil) in evils() {
                let others = form.pairs().into_iter().filter(|(name, _)| *name != field);
                let pairs: Vec<(&str, &str)> = others.chain([(field, evil.as_str())]).collect();
                let answer = send(&client, form, &pairs).await;
                let count = sqlx::query_scalar::<_, i64>(AssertSqlSafe(question.clone()))
                    .fetch_one(&mut admin);
                let after = count.await.unwrap();
                let stored =
                    before != 0 && after != before && answer.status != StatusCode::SEE_OTHER;
                before = after;
                let fault = fault(&answer, form, field, what, &evil)
                    .or(stored.then(|| "refused and stored all the same".to_owned()));
                faults.extend(
                    fault.map(|fault| format!("{} {field} = {what}: {fault}", form.action)),
                );
            }
            let twice: Vec<(&str, &str)> = form
                .pairs()
                .into_iter()
                .chain([(field, "a"), (field, "b")])
                .collect();
            let answer = send(&client, form, &twice).await;
            if answer.status.is_server_error() {
                faults.push(format!("{} {field} twice: {}", form.action, answer.status));
            }
            before = 0;
        }
        for body in [
            b"%FF%FE=%00&=&&%".to_vec(),
            b"\xff\xfe\x00".to_vec(),
            vec![b'a'; 200_000],
            vec![b'&'; 10_000],
        ] {
            let answer = client.post_raw(&form.action, body).await;
            let taken = answer.status.is_success() && !form.fields.is_empty();
            if answer.status.is_server_error() || taken {
                faults.push(format!("{} takes garbage: {}", form.action, answer.status));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{username}, {} forms:\n{}",
        all.len(),
        faults.join("\n")
    );
}

#[tokio::test]
async fn of_a_worker() {
    try_every_form("worker1.rabat", &["rabat.mine", "rabat.colleague"]).await;
}

#[tokio::test]
async fn of_a_supervisor() {
    try_every_form("supervisor.rabat", &["rabat.colleague"]).await;
}

#[tokio::test]
async fn of_a_prosecutor() {
    try_every_form("prosecutor.rabat", &["rabat.mine", "rabat.protected"]).await;
}

#[tokio::test]
async fn of_a_registrar() {
    try_every_form("registrar.rabat", &["rabat.mine"]).await;
}

#[tokio::test]
async fn of_an_administrator() {
    try_every_form("admin", &["rabat.mine"]).await;
}

#[tokio::test]
async fn of_who_oversees() {
    try_every_form("dpo", &["rabat.protected"]).await;
}

#[tokio::test]
async fn of_the_committee() {
    try_every_form("steering", &["rabat.mine"]).await;
}

#[tokio::test]
async fn of_the_keeper_of_a_protected_file() {
    let app = TestApp::new().await;
    protection::mark(&app.client("supervisor.rabat")).await;
    try_forms(&app, "supervisor.rabat", &["rabat.mine"], "/protection").await;
}

/// The session has a password behind it, or not even that; and each try begins with a fresh count.
#[tokio::test]
async fn of_the_steps_of_signing_in() {
    let app = TestApp::new().await;
    let mut faults = Vec::new();
    for (path, needs) in [
        ("/login/code", "null"),
        ("/login/factor", "'factor'"),
        ("/login/enrol", "'enrolment'"),
    ] {
        let again = format!("update sec.session set needs = {needs}, tries = 0");
        app.db.run(&again).await;
        let client = match needs {
            "null" => app.anonymous(),
            _ => app.client("supervisor.rabat"),
        };
        let client = client.reading(Lang::Fr);
        client.post(path, &[("begin", "1")]).await;
        let form = forms(&client.get(path).await.body, path).remove(0);
        assert!(form.names().contains(&"code"), "{path}");
        for field in form.names() {
            for (what, evil) in evils() {
                app.db.run(&again).await;
                let others = form.pairs().into_iter().filter(|(name, _)| *name != field);
                let pairs: Vec<(&str, &str)> = others.chain([(field, evil.as_str())]).collect();
                let answer = client.post(&form.action, &pairs).await;
                let entered = (answer.status == StatusCode::SEE_OTHER).then(|| "let in".to_owned());
                let fault = fault(&answer, &form, field, what, &evil).or(entered);
                faults.extend(fault.map(|fault| format!("{path} {field} = {what}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn of_the_sign_in_page() {
    let app = TestApp::new().await;
    let client = app.anonymous().reading(Lang::Fr);
    for (body, word) in [
        ("username=&password=", "error-required"),
        ("password=x", "error-required"),
        ("username=a&username=b&password=x", "error-repeated"),
        ("username=a%00b&password=x", "error-characters"),
        ("username=%FF%FE&password=x", "error-characters"),
        ("username=a%E2%80%AEb&password=x", "error-characters"),
        ("username=nobody&password=x", "login-refused"),
        ("username=worker1.rabat&password=x", "login-refused"),
    ] {
        let answer = client.post_raw("/login", body.as_bytes().to_vec()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.says(Lang::Fr, word), "{body}: {word}");
        assert!(
            !answer.body.contains("value=\"x\""),
            "{body}: the password is not sent back"
        );
    }
    let sessions: i64 = app
        .db
        .ask("select count(*) from sec.session where opened_at > now() + interval '1 h'")
        .await;
    assert_eq!(sessions, 0);
}

/// Codes, dates and places in a URL come from anywhere.
#[tokio::test]
async fn of_the_query_string() {
    let app = TestApp::new().await;
    let queries = [
        "after=1&before=1",
        "after='+or+1=1",
        "after=99999999999999999999.00000000-0000-0000-0000-000000000000",
        "state=none&risk=none&milestone=x&filter=x&place=x&lead=x",
        "q=%00",
        "q=%FF",
        "page=-1",
        "as_of=31/02/2026",
        "as_of=2020-12-15",
        "as_of=9999-99-99",
        "as_of=0001-01-01",
        "as_of=2999-01-01",
        "city=nowhere",
        "city=%00&as_of=",
        "case=x",
        "mother=x",
        "case=&mother=",
        "next=//evil.example",
        "from=31/02/2026&to=x&who=%00&action=none&object=%00",
        "from=01/02/2026&to=01/01/2026",
        "from=0001-01-01&to=2199-01-01&before=99999999999999999999.1",
        "number=%E2%80%AE&day=31/02/2026",
        "number=%27+or+1%3D1&day=01/01/2199",
        "%",
        "=",
        "&&&",
    ];
    for line in LINES
        .iter()
        .filter(|line| line.method == "GET" && !line.has_object())
    {
        for username in [
            "worker1.rabat",
            "supervisor.rabat",
            "prosecutor.rabat",
            "steering",
            "admin",
            "dpo",
        ] {
            for query in queries {
                let answer = app
                    .client(username)
                    .get(&format!("{}?{query}", line.route))
                    .await;
                let status = answer.status;
                assert!(
                    !status.is_server_error(),
                    "{}?{query} as {username}: {status}",
                    line.route
                );
                assert!(
                    !answer.location().contains("evil"),
                    "{}?{query}",
                    line.route
                );
            }
        }
    }
}
