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
    // what is accepted: a child's name and a contact, whole
    let worker = app.client("worker1.rabat");
    let page = worker.get("/contacts/new").await;
    let form = &forms(&page.body, "/contacts")[0];
    let hidden = form.fields.iter().filter(|field| field.kind == "hidden");
    let hidden: Vec<(&str, &str)> = hidden
        .map(|field| (field.name.as_str(), field.value.as_str()))
        .collect();
    let typed = [
        ("place", "044210107"),
        ("spot", "mosque"),
        ("landmark", NAME),
        ("when", "now"),
        ("circumstance", "alone"),
        ("child-0-sex", "M"),
        ("child-0-age", "band_0_5"),
        ("child-0-seen_as", NAME),
        ("adult-0-phone", PHONE),
        ("note", NAME),
    ];
    worker
        .post("/contacts", &[&hidden[..], &typed[..]].concat())
        .await;
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
    // it was there to be found: somewhere it was stored
    let stored: Vec<String> = app
        .db
        .list("select distinct t from (select x::text as t from app.contact x union all select x::text from app.person_name x
               union all select x::text from app.service x union all select x::text from app.contact_child x) y")
        .await;
    assert!(
        stored.iter().any(|row| !canaries(row).is_empty()),
        "no form was accepted"
    );
}
