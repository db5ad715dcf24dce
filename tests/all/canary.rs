//! What is typed into a form is in no log, at any level that an operator can ask for, and not in the trail.

use crate::{
    paths::{LINES, Reach, persona},
    support::{
        TestApp,
        html::{Form, forms},
        id, statements,
    },
};
use axum::http::StatusCode;
use sanad::authz::Role;

/// A name, a telephone number, a sentence that nobody has.
const NAME: &str = "قطرب-الكناري";
const PHONE: &str = "0661739204";
const USER: &str = "canary.typed.user";

fn canaries(text: &str) -> Vec<&'static str> {
    let bare = "61739204";
    [NAME, bare, USER, "قطرب"]
        .into_iter()
        .filter(|canary| text.contains(canary))
        .collect()
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
    let typed = [
        ("id", "0198c0de-0000-7000-8000-00000000ca0a"),
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
    ];
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
    let found: Vec<&str> = log
        .lines()
        .filter(|line| !canaries(line).is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let trail = app.db.list("select e::text from audit.event e").await;
    assert!(trail.len() > 20);
    let found: Vec<&String> = trail
        .iter()
        .filter(|row| !canaries(row).is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}
