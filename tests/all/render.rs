//! Every page × language: it answers, in its own language, with all its words and all its headers.

use crate::{
    paths::{LINES, Line, Reach, persona},
    support::{Answer, TestApp, TestDb, app, source, statements},
};
use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode},
};
use sanad::{authz::Role, i18n::Lang, router};
use std::collections::BTreeSet;

/// The roles that may read a page; for an open one, nobody in particular.
fn readers(line: &Line) -> Vec<Role> {
    let table = router::routes().table();
    let route = table
        .iter()
        .find(|r| r.path == line.route && r.method == line.method)
        .unwrap();
    let may = |role: &&Role| {
        route
            .permission
            .is_some_and(|p| role.permissions().contains(&p))
    };
    Role::ALL.iter().filter(may).copied().collect()
}

fn pages() -> impl Iterator<Item = &'static Line> {
    LINES
        .iter()
        .filter(|line| line.method == "GET" && line.reach != Reach::Public && line.is_page())
}

/// The keys of the locale files with a hyphen in them: a word that is missing shows its key.
fn keys() -> BTreeSet<String> {
    let files = source::files("locales/ar", &["ftl"]);
    let lines = files.iter().flat_map(|file| file.text.lines());
    let keys = lines
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned());
    keys.filter(|key| key.contains('-') && !key.starts_with([' ', '.', '#']))
        .collect()
}

/// The text of a page without its tags.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// What is wrong with a page, whatever it is.
fn faults(answer: &Answer, lang: Lang, keys: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let root = format!("<html lang=\"{}\" dir=\"{}\">", lang.tag(), lang.dir());
    if !answer.body.contains(&root) {
        faults.push(format!("no {root}"));
    }
    let text = visible(&answer.body);
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    faults.extend(
        words
            .filter(|word| keys.contains(*word))
            .map(|key| format!("shows the key {key}")),
    );
    for broken in ["{$", "{ $", "{{", "}}", "None", "Some(", "null"] {
        if text.contains(broken) {
            faults.push(format!("shows {broken}"));
        }
    }
    for c in ['٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩'] {
        if text.contains(c) {
            faults.push(format!("shows the digit {c}"));
        }
    }
    let title = answer
        .body
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    match title {
        Some((title, _)) if title.trim().starts_with('—') => {
            faults.push("has no title".to_owned());
        }
        Some((title, _)) if title.contains("CANARY") => {
            faults.push(format!("names a person in its title: {title}"));
        }
        Some(_) => {}
        None => faults.push("has no title".to_owned()),
    }
    for (what, wanted) in [("<h1", 1), ("<main", 1)] {
        let found = answer.body.matches(what).count();
        if found != wanted {
            faults.push(format!("{found} times {what}"));
        }
    }
    let mut ids = BTreeSet::new();
    for (_, rest) in answer
        .body
        .match_indices(" id=\"")
        .map(|(at, m)| answer.body[at..].split_at(m.len()))
    {
        let id = rest.split('"').next().unwrap_or_default();
        if !ids.insert(id) {
            faults.push(format!("two elements have the id {id}"));
        }
    }
    faults
}

#[tokio::test]
async fn every_page_speaks_every_language() {
    let app = TestApp::new().await;
    let keys = keys();
    let mut all = Vec::new();
    for line in pages() {
        for role in readers(line) {
            for lang in Lang::ALL {
                let client = app.client(persona(role)).reading(lang);
                let answer = client.get(&line.path_of(role)).await;
                let at = format!("{} as {} in {}", line.route, role.code(), lang.code());
                if answer.status != StatusCode::OK {
                    all.push(format!("{at}: {}", answer.status));
                    continue;
                }
                all.extend(
                    faults(&answer, lang, &keys)
                        .into_iter()
                        .map(|fault| format!("{at}: {fault}")),
                );
            }
        }
    }
    for lang in Lang::ALL {
        for path in ["/login", "/no-such-page"] {
            let answer = app.anonymous().reading(lang).get(path).await;
            all.extend(
                faults(&answer, lang, &keys)
                    .into_iter()
                    .map(|fault| format!("{path}: {fault}")),
            );
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// A page before there is anything to show.
#[tokio::test]
async fn a_city_on_its_first_day_has_its_pages() {
    let app = TestApp::over(TestDb::new().await, app::config()).await;
    let keys = keys();
    let mut all = Vec::new();
    // on its first day nobody has a page of their own there
    for line in pages().filter(|line| !line.has_object() && !line.route.contains('{')) {
        for role in readers(line) {
            let place = crate::support::world::place_of(role);
            let client = app.as_role(role, place).await;
            let answer = client.get(line.route).await;
            let at = format!("{} as {}", line.route, role.code());
            if answer.status != StatusCode::OK {
                all.push(format!("{at}: {}", answer.status));
            }
            all.extend(
                faults(&answer, Lang::Ar, &keys)
                    .into_iter()
                    .map(|fault| format!("{at}: {fault}")),
            );
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Every fixed header of security.md V3.
fn headers_missing(headers: &HeaderMap) -> Vec<String> {
    let text = |name: &str| {
        headers
            .get(name)
            .map_or("", |v| v.to_str().unwrap())
            .to_owned()
    };
    let mut missing = Vec::new();
    for (name, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex"),
        ("permissions-policy", "geolocation=()"),
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'",
        ),
    ] {
        if !text(name).starts_with(wanted) && !text(name).contains(wanted) {
            missing.push(format!("{name}: {}", text(name)));
        }
    }
    let policy = text("content-security-policy");
    for part in [
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        if !policy.contains(part) {
            missing.push(format!("content-security-policy lacks {part}"));
        }
    }
    if policy.contains("unsafe") || policy.contains('*') {
        missing.push(policy);
    }
    if text("x-request-id").is_empty() {
        missing.push("x-request-id".to_owned());
    }
    if headers.contains_key("access-control-allow-origin") || headers.contains_key("server") {
        missing.push("says too much".to_owned());
    }
    missing
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat");
    let mut answers = Vec::new();
    for path in [
        "/login",
        "/cases",
        "/",
        "/no-such-page",
        "/static/app.css",
        "/static/none",
        "/healthz",
        "/readyz",
        "/prosecution/1",
    ] {
        answers.push((format!("GET {path}"), worker.get(path).await));
    }
    answers.push(("anonymous".into(), app.anonymous().get("/cases").await));
    answers.push(("403".into(), app.client("steering").get("/cases").await));
    answers.push(("422".into(), app.anonymous().post("/login", &[]).await));
    answers.push((
        "cross-site".into(),
        worker
            .post_with(
                "/logout",
                &[(axum::http::header::ORIGIN, "https://evil.example")],
            )
            .await,
    ));
    answers.push(("no origin".into(), worker.post_with("/logout", &[]).await));
    answers.push((
        "413".into(),
        worker
            .post_raw("/contacts", vec![b'a'; 1024 * 1024 + 1])
            .await,
    ));
    let delete = worker
        .request(Method::DELETE, "/cases")
        .body(Body::empty())
        .unwrap();
    answers.push(("405".into(), worker.send(delete).await));
    for (what, answer) in &answers {
        let missing = headers_missing(&answer.headers);
        assert!(
            missing.is_empty(),
            "{what} ({}): {missing:?}",
            answer.status
        );
        let keep = answer.header("cache-control");
        let is_static = what.contains("/static/app.css");
        assert_eq!(keep == "no-store", !is_static, "{what}: {keep}");
    }
    let codes: BTreeSet<u16> = answers
        .iter()
        .map(|(_, answer)| answer.status.as_u16())
        .collect();
    assert_eq!(codes, BTreeSet::from([200, 303, 403, 404, 405, 413, 422]));
}

#[tokio::test]
async fn a_page_of_https_says_to_stay_there() {
    let mut config = app::config();
    config.public_url = "https://sanad.example".to_owned();
    let app = TestApp::over(TestDb::new().await, config).await;
    let answer = app.anonymous().get("/login").await;
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=63072000")
    );
    let answer = app.anonymous().post("/language", &[("lang", "fr")]).await;
    assert!(
        answer.header("set-cookie").contains("Secure"),
        "{:?}",
        answer.headers
    );
}

/// Statements of a page, the look-up of the session included: lists 5, a file 6, the inbox 4. A judicial file has one
/// for each of its panels, and one for the trail: 10, however long they are.
fn budget(route: &str) -> usize {
    match route {
        "/today" => 3,
        "/prosecution" => 4,
        "/prosecution/{id}" => 10,
        "/cases" | "/contacts" | "/mothers" | "/families/alerts" | "/plan" | "/audit" | "/jobs" => {
            5
        }
        _ => 6,
    }
}

#[tokio::test]
async fn a_page_asks_the_database_only_so_often() {
    let app = TestApp::new().await;
    statements::count();
    let mut over = Vec::new();
    for line in pages() {
        for role in readers(line) {
            let client = app.client(persona(role));
            let path = line.path_of(role);
            // once to warm up what is asked once a connection
            client.get(&path).await;
            statements::take();
            client.get(&path).await;
            let asked = statements::take();
            if asked.len() > budget(line.route) {
                over.push(format!(
                    "{} as {}: {} {asked:#?}",
                    line.route,
                    role.code(),
                    asked.len()
                ));
            }
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

/// 95 KB and 6 requests for a first visit, 12 KB for a later page, as sent.
#[tokio::test]
async fn pages_are_light() {
    let app = TestApp::new().await;
    let packed = async |path: &str| {
        let client = app.client("worker1.rabat");
        let request = client
            .request(Method::GET, path)
            .header("accept-encoding", "gzip");
        let response = client
            .send_bytes(request.body(Body::empty()).unwrap())
            .await;
        response.len()
    };
    let mut heavy = Vec::new();
    for line in pages().filter(|line| readers(line).contains(&Role::SocialWorker)) {
        let size = packed(&line.path("rabat.mine")).await;
        if size > 12 * 1024 {
            heavy.push(format!("{}: {size} bytes", line.route));
        }
    }
    assert!(heavy.is_empty(), "{heavy:?}");
    let page = app.client("worker1.rabat").get("/cases").await.body;
    let mut first = packed("/cases").await;
    let mut requests = 1;
    let mut seen = BTreeSet::new();
    for (at, _) in page.match_indices("/static/") {
        let url = page[at..].split(['"', '#']).next().unwrap();
        if seen.insert(url) {
            first += packed(url).await;
            requests += 1;
        }
    }
    for weight in ["400", "600"] {
        first += packed(&format!("/static/fonts/sanad-sans-{weight}.woff2")).await;
        requests += 1;
    }
    assert!(first <= 95 * 1024, "{first} bytes: {seen:?}");
    // the icon of the tab is not waited for
    assert!(requests <= 7, "{requests} requests: {seen:?}");
}
