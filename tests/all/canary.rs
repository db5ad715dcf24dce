//! What is typed into a form is in no log, at any level that an operator can ask for, and not in the trail: not
//! in what the program says on its outputs, and not in what PostgreSQL writes by itself.

use crate::{
    paths::{LINES, Reach, persona},
    support::{
        ServerLog, TestApp,
        html::{Form, forms},
        id,
        program::Place,
        statements,
    },
};
use axum::http::StatusCode;
use sanad::authz::Role;

/// A name, a telephone number, a sentence that nobody has.
const NAME: &str = "قطرب-الكناري";
const PHONE: &str = "0661739204";
const USER: &str = "canary.typed.user";
/// The first word of the name, as it stands in an address.
const ADDRESSED: &str = "%D9%82%D8%B7%D8%B1%D8%A8";

fn canaries(text: &str) -> Vec<&'static str> {
    let bare = "61739204";
    [NAME, bare, USER, "قطرب", ADDRESSED]
        .into_iter()
        .filter(|canary| text.contains(canary))
        .collect()
}

/// The lines that hold one of them.
fn telling(log: &str) -> Vec<&str> {
    let tells = |line: &&str| !canaries(line).is_empty();
    log.lines().filter(tells).collect()
}

/// A word of this test in PostgreSQL's log, for an empty log proves nothing.
async fn heard(app: &TestApp, log: &ServerLog) -> String {
    let word = format!("heard by {}", app.db.name());
    let raise = format!("do $$ begin raise exception '{word}'; end $$");
    let mut connection = app.db.connect("sanad_app").await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(raise))
        .execute(&mut connection)
        .await
        .unwrap_err();
    let heard = log.heard();
    assert!(heard.contains(&word), "{} bytes", heard.len());
    heard
}

/// A contact, whole.
fn contact(id: &'static str) -> [(&'static str, &'static str); 14] {
    [
        ("id", id),
        ("place", "044210107"),
        ("place_kind", "mosque"),
        ("landmark", NAME),
        ("when", "now"),
        ("children", "1"),
        ("child-0-sex", "F"),
        ("child-0-years", "6"),
        ("child-0-name", NAME),
        ("adult", "mother"),
        ("adult_phone", PHONE),
        ("circumstance", "with_mother"),
        ("action", "awareness"),
        ("note", NAME),
    ]
}

/// Every field of a form filled: canaries where one types, the first choice elsewhere.
fn filled(form: &Form) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for name in form.names() {
        let mut fields = form.fields.iter().filter(|field| field.name == name);
        let Some(field) = fields
            .clone()
            .find(|field| field.sent)
            .or_else(|| fields.next())
        else {
            continue;
        };
        let value = match field.kind.as_str() {
            "tel" => PHONE.to_owned(),
            _ if name.contains("phone") => PHONE.to_owned(),
            // a number of its own shape, or the whole form is refused
            _ if name == "id_value" => String::new(),
            _ if form.is_typed(name) && field.value.is_empty() => NAME.to_owned(),
            "button" => continue,
            _ => field.value.clone(),
        };
        pairs.push((name.to_owned(), value));
    }
    pairs
}

#[tokio::test]
async fn what_is_typed_is_in_no_log_and_not_in_the_trail() {
    let app = TestApp::new().await;
    let of_postgres = ServerLog::listen();
    statements::record_log();
    let mut sent = 0;
    for role in [
        Role::SocialWorker,
        Role::Supervisor,
        Role::Prosecutor,
        Role::CourtRegistrar,
    ] {
        let client = app.client(persona(role));
        for line in LINES
            .iter()
            .filter(|line| line.method == "GET" && line.reach != Reach::Public)
        {
            for file in ["rabat.mine", "rabat.colleague"] {
                let path = line.path(file);
                let page = client.get(&path).await;
                for form in forms(&page.body, &path) {
                    let pairs = filled(&form);
                    let pairs: Vec<(&str, &str)> = pairs
                        .iter()
                        .map(|(a, b)| (a.as_str(), b.as_str()))
                        .collect();
                    sent += usize::from(pairs.iter().any(|(_, value)| !canaries(value).is_empty()));
                    client.post(&form.action, &pairs).await;
                    // and in the address, where a careless form would put it
                    client.get(&format!("{path}?q={NAME}&object={PHONE}")).await;
                }
            }
        }
    }
    assert!(sent > 10, "{sent} forms");
    // what is accepted: a contact, whole
    let worker = app.client("worker1.rabat");
    let typed = contact("0198c0de-0000-7000-8000-00000000ca0a");
    let logged = worker.post("/contacts", &typed).await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    app.anonymous()
        .post("/login", &[("username", USER), ("password", NAME)])
        .await;
    let dpo = app.client("dpo");
    for path in ["/audit?object=", "/audit?who=", "/audit/file?number="] {
        let answer = dpo.get(&format!("{path}{NAME}")).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let missing = format!("/cases/{}?name={NAME}", id("nothing"));
    worker.get(&missing).await;

    let log = statements::log();
    assert!(
        log.contains("audit.record"),
        "statements are heard: {} bytes",
        log.len()
    );
    let found = telling(&log);
    assert!(found.is_empty(), "{found:#?}");
    let log = heard(&app, &of_postgres).await;
    let found = telling(&log);
    assert!(found.is_empty(), "PostgreSQL: {found:#?}");
    let trail = app.db.list("select e::text from audit.event e").await;
    assert!(trail.len() > 20);
    let found: Vec<&String> = trail
        .iter()
        .filter(|row| !canaries(row).is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// The program as it runs in a city, told to say all that it can; and its database beside it.
#[tokio::test]
async fn what_is_typed_is_not_on_the_outputs_of_the_program() {
    let app = TestApp::new().await;
    let of_postgres = ServerLog::listen();
    let mut place = Place::over(&app.db);
    place.set("SANAD_LOG", "debug");
    let server = place.serve();
    let form = |pairs: &[(&str, &str)]| {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    };
    let typed = form(&contact("0198c0de-0000-7000-8000-00000000ca0b"));
    let answer = server.ask("POST", "/contacts", "worker1.rabat", &typed);
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let entering = form(&[("username", USER), ("password", NAME)]);
    let answer = server.ask("POST", "/login", "nobody", &entering);
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    for (username, path) in [
        ("dpo", "/audit?object="),
        ("worker1.rabat", "/cases?q="),
        ("worker1.rabat", "/no/such/page?q="),
    ] {
        let answer = server.ask("GET", &format!("{path}{ADDRESSED}"), username, "");
        assert!(answer.starts_with("HTTP/1.1 "), "{path}");
    }
    let said = server.stop();
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("audit.record"), "statements are heard");
    for line in said.out.lines() {
        let read: serde_json::Value = serde_json::from_str(line).unwrap();
        let moment = read["timestamp"].as_str().unwrap();
        assert!(moment.ends_with('Z'), "one object a line, in UTC: {line}");
    }
    for (output, log) in [
        ("standard output", said.out),
        ("standard error", said.err),
        ("PostgreSQL", heard(&app, &of_postgres).await),
    ] {
        let found = telling(&log);
        assert!(found.is_empty(), "{output}: {found:#?}");
    }
}
